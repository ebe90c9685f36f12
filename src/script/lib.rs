//! Skyreel script.
