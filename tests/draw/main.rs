//! Promises of drawing.
#[test]
fn a() {}
