//! Skyreel.
