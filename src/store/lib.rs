//! Skyreel store.
