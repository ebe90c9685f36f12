//! Promises of skyreel-store.
