//! Recordings that a planetarium made. They are not part of the project: where they are missing,
//! these tests say that they skip.
