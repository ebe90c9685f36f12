//! Skyreel sky.
