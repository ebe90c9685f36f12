//! Skyreel film.
