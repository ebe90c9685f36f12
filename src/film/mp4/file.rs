//! An MP4 file that can be played at every moment of its making, and quickly sought in when it is done. Knows in
//! which order bytes reach the disk; what they mean is told in [`boxes`](super::boxes).
//!
//! While it grows: `ftyp free moov (moof mdat)…`, a fragmented file. When it is done, the room kept in `free` becomes
//! `moov mdat`: a full index, and one data box that spans everything after it, the old `moov` and `moof`s included.
//! That change is one write of eight bytes within a disk sector, so there is no moment at which the file is neither
//! of the two. Where the index outgrew its room it goes to the end, and `free` becomes the head of that data box.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::boxes::{self, Index, ParameterSets, Sample, Track};
use crate::{FilmError, h264};

/// A fragment is written early when it has this many bytes, so that memory stays bounded.
const FRAGMENT_BYTES: usize = 16 << 20;

/// Frames to expect where nobody knows: their index takes 47 KiB.
const UNKNOWN_FRAMES: u64 = 10_000;

/// Most frames that room is kept for (64 MiB of index, 77 hours at 60 frames a second).
const MOST_FRAMES: u64 = 1 << 24;

/// A film being written.
pub(crate) struct Mp4File {
    file: File,
    path: PathBuf,
    track: Track,
    sets: ParameterSets,
    keyframe_interval: u32,
    /// Where the room for the index begins, and its bytes.
    room: (u64, u32),
    /// Bytes of the file that are whole.
    end: u64,
    index: Index,
    fragments: u32,
    /// Frames of the fragment that is being gathered, and their bytes.
    samples: Vec<Sample>,
    data: Vec<u8>,
}

impl Mp4File {
    /// Makes the file, with room for the index of `expected_frames`.
    pub(crate) fn create(
        path: &Path,
        overwrite: bool,
        track: Track,
        keyframe_interval: u32,
        expected_frames: Option<u64>,
    ) -> Result<Self, FilmError> {
        let mut options = OpenOptions::new();
        options.write(true);
        match overwrite {
            true => options.create(true).truncate(true),
            false => options.create_new(true),
        };
        let mut file = options.open(path).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => FilmError::Exists { path: path.to_owned() },
            _ => FilmError::Disk { doing: "create", path: path.to_owned(), source },
        })?;
        let mut head = boxes::file_type();
        let room = (head.len() as u64, index_room(keyframe_interval, expected_frames));
        head.extend_from_slice(&boxes::free_space(room.1));
        file.write_all(&head).map_err(|source| FilmError::writing(path, 0, source))?;
        Ok(Self {
            file,
            path: path.to_owned(),
            track,
            sets: ParameterSets::default(),
            keyframe_interval,
            room,
            end: head.len() as u64,
            index: Index::default(),
            fragments: 0,
            samples: Vec::new(),
            data: Vec::new(),
        })
    }

    /// Frames taken so far.
    pub(crate) fn frames(&self) -> u64 {
        (self.index.sizes.len() + self.samples.len()) as u64
    }

    /// Takes one encoded picture as an H.264 byte stream; the first must bring the parameter sets.
    pub(crate) fn push(&mut self, picture: &[u8]) -> Result<(), FilmError> {
        let sync = h264::units(picture).any(|unit| h264::unit_type(unit) == h264::IDR_SLICE);
        let enough = self.samples.len() >= (self.keyframe_interval / 2).max(1) as usize;
        if (sync && enough) || self.data.len() > FRAGMENT_BYTES {
            self.flush()?;
        }
        let begin = self.data.len();
        for unit in h264::units(picture) {
            match h264::unit_type(unit) {
                h264::SPS => self.sets.sps = unit.to_vec(),
                h264::PPS => self.sets.pps = unit.to_vec(),
                h264::DELIMITER => {}
                _ => {
                    self.data.extend_from_slice(&(unit.len() as u32).to_be_bytes());
                    self.data.extend_from_slice(unit);
                }
            }
        }
        self.samples.push(Sample { size: (self.data.len() - begin) as u32, sync });
        Ok(())
    }

    /// Puts the gathered frames on disk as a fragment.
    pub(crate) fn flush(&mut self) -> Result<(), FilmError> {
        if self.samples.is_empty() {
            return Ok(());
        }
        let before = self.index.sizes.len() as u64;
        let mut head = match before {
            0 => boxes::growing_movie(&self.track, &self.sets),
            _ => Vec::new(),
        };
        head.extend_from_slice(&boxes::fragment_head(
            &self.track,
            self.fragments + 1,
            before,
            &self.samples,
        ));
        let written = self.at(self.end, &head).and_then(|()| self.file.write_all(&self.data));
        if let Err(source) = written {
            // Half a fragment is worth nothing. Where it cannot be cut off, players stop before it all the same.
            let _ = self.file.set_len(self.end);
            return Err(FilmError::writing(&self.path, before, source));
        }
        // A deleted file can be written to without an error.
        if !self.path.exists() {
            return Err(FilmError::Vanished { path: self.path.clone() });
        }
        self.index.chunks.push((self.end + head.len() as u64, self.samples.len() as u32));
        for sample in self.samples.drain(..) {
            self.index.sizes.push(sample.size);
            if sample.sync {
                self.index.sync.push(self.index.sizes.len() as u32);
            }
        }
        self.end += (head.len() + self.data.len()) as u64;
        self.fragments += 1;
        self.data.clear();
        Ok(())
    }

    /// Writes the rest and turns the file into one with an index. Returns its bytes. A file without a frame is
    /// removed.
    pub(crate) fn finish(mut self) -> Result<u64, FilmError> {
        self.flush()?;
        if self.index.sizes.is_empty() {
            let _ = std::fs::remove_file(&self.path);
            return Err(FilmError::NoFrames { path: self.path });
        }
        let frames = self.frames();
        self.write_index().map_err(|source| FilmError::writing(&self.path, frames, source))
    }

    fn write_index(&mut self) -> io::Result<u64> {
        let movie = boxes::finished_movie(&self.track, &self.sets, &self.index);
        let (room_at, room) = self.room;
        let data_at = room_at + movie.len() as u64;
        if movie.len() + 16 <= room as usize {
            self.at(room_at + 8, &movie[8..])?;
            self.at(data_at, &boxes::large_data_head(self.end - data_at))?;
            self.file.sync_data()?;
            self.at(room_at, &movie[..8])?;
        } else {
            if let Err(error) = self.at(self.end, &movie) {
                let _ = self.file.set_len(self.end);
                return Err(error);
            }
            let data_head = boxes::large_data_head(self.end - room_at);
            self.at(room_at + 8, &data_head[8..])?;
            self.file.sync_data()?;
            self.at(room_at, &data_head[..8])?;
            self.end += movie.len() as u64;
        }
        self.file.sync_all()?;
        Ok(self.end)
    }

    fn at(&mut self, place: u64, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(place))?;
        self.file.write_all(bytes)
    }
}

/// Bytes to keep for a finished film's movie box and the head of its data box: 4 a frame, at most 24 a fragment (place,
/// run, keyframe), and what does not grow. A multiple of 8.
fn index_room(keyframe_interval: u32, expected_frames: Option<u64>) -> u32 {
    let frames = expected_frames.unwrap_or(UNKNOWN_FRAMES).min(MOST_FRAMES);
    let fragments = frames / u64::from((keyframe_interval / 2).max(1)) + 2;
    (4 * frames + 24 * fragments + 1024) as u32 / 8 * 8
}
