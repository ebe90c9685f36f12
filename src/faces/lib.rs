//! Skyreel faces.
