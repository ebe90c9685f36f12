//! A `.skyreel` file, read whole and piece by piece.
#![no_main]

use std::io;

use libfuzzer_sys::fuzz_target;
use skyreel_core::format::native::{self, Reel, Source};
use skyreel_core::time::SessionTime;

struct Memory<'a>(&'a [u8]);

impl Source for Memory<'_> {
    fn file_bytes(&mut self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }

    fn read_at(&mut self, offset: u64, bytes: usize) -> io::Result<Vec<u8>> {
        let from = usize::try_from(offset).map_err(io::Error::other)?;
        let end = from.checked_add(bytes).ok_or(io::ErrorKind::UnexpectedEof)?;
        let part = self.0.get(from..end).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(part.to_vec())
    }
}

fuzz_target!(|bytes: &[u8]| {
    let _ = native::read(bytes);
    if let Ok(mut reel) = Reel::open(Memory(bytes)) {
        for second in [-1, 0, 5, 12, 30, 3600] {
            let _ = reel.frame(SessionTime::from_nanos(second * 1_000_000_000));
        }
    }
});
