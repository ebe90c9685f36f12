//! Promises of the browser menu, held by driving Chromium against the program as a person would. Each test
//! says that it skips where chromedriver is missing, and fails instead with SKYREEL_TESTS_BROWSER=1.
//! Screenshots are kept in the build folder, under tmp/screenshots/browser.
#![allow(clippy::unwrap_used, reason = "tests")]

mod browser;
mod coming_back;
mod entering;
mod looks;
mod presenting;
mod recording;
mod skyreel;
mod words;
