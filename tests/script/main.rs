//! Promises of skyreel-script.
