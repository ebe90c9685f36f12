//! A recording of OpenSpace's, text or binary.
#![no_main]

use libfuzzer_sys::fuzz_target;
use skyreel_core::format::osrec;

fuzz_target!(|bytes: &[u8]| {
    let _ = osrec::read(bytes);
});
