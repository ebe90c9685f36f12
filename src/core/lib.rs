//! Skyreel core.
