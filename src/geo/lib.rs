//! Skyreel geo.
