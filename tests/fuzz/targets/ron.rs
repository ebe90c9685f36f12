//! A journey in keyframe text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use skyreel_core::format::ron;

fuzz_target!(|bytes: &[u8]| {
    let _ = ron::read(bytes);
});
