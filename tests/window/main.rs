//! Promises of the window, held on a display of the test's own. Each test that needs one says that
//! it skips where Xvfb or xdotool is missing.
#![allow(clippy::unwrap_used, reason = "tests")]

mod display;
mod dropping;
mod playing;
mod presenting;
mod program;
mod scripting;
