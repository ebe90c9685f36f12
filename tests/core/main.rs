//! Promises of skyreel-core.
