//! The boxes of an MP4 file (ISO/IEC 14496-12 and -15) as bytes. No file is touched here.

use crate::FrameRate;

/// Flags of a sample that depends on no other (14496-12, 8.8.3.1).
const SYNC_SAMPLE: u32 = 0x0200_0000;
/// Flags of a sample that depends on others and cannot be started from.
const OTHER_SAMPLE: u32 = 0x0101_0000;
/// The identity transform of pictures, as 16.16 and 2.30 fixed point.
const UNITY_MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/// The one track of a film: a size and a constant frame rate.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    /// Width in pixels.
    pub(crate) width: u16,
    /// Height in pixels.
    pub(crate) height: u16,
    /// Units of time a second.
    pub(crate) timescale: u32,
    /// Units of time a frame; exact.
    pub(crate) frame_ticks: u32,
}

impl Track {
    /// A track at an exact rate. The time scale is at least 10,000, which players handle better than very small ones.
    pub(crate) fn new(width: u16, height: u16, rate: FrameRate) -> Self {
        let mut factor = 1;
        while rate.num() * factor < 10_000 {
            factor *= 2;
        }
        Self { width, height, timescale: rate.num() * factor, frame_ticks: rate.den() * factor }
    }
}

/// What a decoder must know before the first picture: the H.264 parameter sets, without start codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParameterSets {
    /// Sequence parameter set.
    pub(crate) sps: Vec<u8>,
    /// Picture parameter set.
    pub(crate) pps: Vec<u8>,
}

/// One frame of a fragment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// Its bytes.
    pub(crate) size: u32,
    /// Whether playing can start here.
    pub(crate) sync: bool,
}

/// Where every frame of a film lies. Grows by four bytes a frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    /// Bytes of each frame.
    pub(crate) sizes: Vec<u32>,
    /// Numbers, from 1, of the frames that playing can start from.
    pub(crate) sync: Vec<u32>,
    /// Place in the file and number of frames of each run of frames.
    pub(crate) chunks: Vec<(u64, u32)>,
}

/// File type: fit for both the growing and the finished file. A multiple of 8 bytes long.
pub(crate) fn file_type() -> Vec<u8> {
    let mut out = Vec::new();
    boxed(&mut out, b"ftyp", |b| {
        b.extend_from_slice(b"isom");
        put(b, &[0x200]);
        b.extend_from_slice(b"isomiso2iso5iso6avc1mp41");
    });
    out
}

/// The movie box of a film that is still growing: no frame is listed, fragments follow.
pub(crate) fn growing_movie(track: &Track, sets: &ParameterSets) -> Vec<u8> {
    movie(track, sets, &Index::default(), true)
}

/// The movie box of a finished film: every frame is listed.
pub(crate) fn finished_movie(track: &Track, sets: &ParameterSets, index: &Index) -> Vec<u8> {
    movie(track, sets, index, false)
}

/// A fragment's head: the movie fragment box, and the head of the box that holds `samples`' bytes.
/// `before` frames lie ahead of it.
pub(crate) fn fragment_head(
    track: &Track,
    sequence: u32,
    before: u64,
    samples: &[Sample],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(96 + samples.len() * 8);
    let mut data_offset_at = 0;
    boxed(&mut out, b"moof", |b| {
        full(b, b"mfhd", 0, 0, |b| put(b, &[sequence]));
        boxed(b, b"traf", |b| {
            // Offsets count from the start of the fragment; durations are the track's.
            full(b, b"tfhd", 0, 0x02_0000, |b| put(b, &[1]));
            full(b, b"tfdt", 1, 0, |b| put64(b, before * u64::from(track.frame_ticks)));
            full(b, b"trun", 0, 0x601, |b| {
                put(b, &[samples.len() as u32]);
                data_offset_at = b.len();
                put(b, &[0]);
                for sample in samples {
                    put(b, &[sample.size, if sample.sync { SYNC_SAMPLE } else { OTHER_SAMPLE }]);
                }
            });
        });
    });
    let data_offset = out.len() as u32 + 8;
    out[data_offset_at..data_offset_at + 4].copy_from_slice(&data_offset.to_be_bytes());
    put(&mut out, &[samples.iter().map(|sample| sample.size).sum::<u32>() + 8]);
    out.extend_from_slice(b"mdat");
    out
}

/// The head of a data box that is `len` bytes long with its head; always 16 bytes.
pub(crate) fn large_data_head(len: u64) -> [u8; 16] {
    let mut head = [0; 16];
    head[..4].copy_from_slice(&1_u32.to_be_bytes());
    head[4..8].copy_from_slice(b"mdat");
    head[8..].copy_from_slice(&len.to_be_bytes());
    head
}

/// A box of `len` bytes, at least 8, that says nothing.
pub(crate) fn free_space(len: u32) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, &[len]);
    out.extend_from_slice(b"free");
    out.resize(len.max(8) as usize, 0);
    out
}

fn movie(track: &Track, sets: &ParameterSets, index: &Index, growing: bool) -> Vec<u8> {
    let duration = index.sizes.len() as u64 * u64::from(track.frame_ticks);
    let mut out = Vec::new();
    boxed(&mut out, b"moov", |b| {
        full(b, b"mvhd", 1, 0, |b| {
            put64(b, 0);
            put64(b, 0);
            put(b, &[track.timescale]);
            put64(b, duration);
            put(b, &[0x1_0000, 0x0100_0000, 0, 0]);
            put(b, &UNITY_MATRIX);
            put(b, &[0, 0, 0, 0, 0, 0, 2]);
        });
        boxed(b, b"trak", |b| {
            full(b, b"tkhd", 1, 3, |b| {
                put64(b, 0);
                put64(b, 0);
                put(b, &[1, 0]);
                put64(b, duration);
                put(b, &[0, 0, 0, 0]);
                put(b, &UNITY_MATRIX);
                put(b, &[u32::from(track.width) << 16, u32::from(track.height) << 16]);
            });
            boxed(b, b"mdia", |b| {
                full(b, b"mdhd", 1, 0, |b| {
                    put64(b, 0);
                    put64(b, 0);
                    put(b, &[track.timescale]);
                    put64(b, duration);
                    // The language "und", five bits a letter.
                    put(b, &[0x55c4_0000]);
                });
                full(b, b"hdlr", 0, 0, |b| {
                    put(b, &[0]);
                    b.extend_from_slice(b"vide");
                    put(b, &[0, 0, 0]);
                    b.extend_from_slice(b"Video\0");
                });
                boxed(b, b"minf", |b| {
                    full(b, b"vmhd", 0, 1, |b| put(b, &[0, 0]));
                    boxed(b, b"dinf", |b| {
                        full(b, b"dref", 0, 0, |b| {
                            put(b, &[1]);
                            full(b, b"url ", 0, 1, |_| {});
                        });
                    });
                    boxed(b, b"stbl", |b| sample_table(b, track, sets, index));
                });
            });
        });
        if growing {
            boxed(b, b"mvex", |b| {
                full(b, b"trex", 0, 0, |b| put(b, &[1, 1, track.frame_ticks, 0, OTHER_SAMPLE]));
            });
        }
    });
    out
}

fn sample_table(b: &mut Vec<u8>, track: &Track, sets: &ParameterSets, index: &Index) {
    full(b, b"stsd", 0, 0, |b| {
        put(b, &[1]);
        sample_entry(b, track, sets);
    });
    let frames = index.sizes.len() as u32;
    full(b, b"stts", 0, 0, |b| match frames {
        0 => put(b, &[0]),
        _ => put(b, &[1, frames, track.frame_ticks]),
    });
    // Without this box every frame can be started from.
    if index.sync.len() < index.sizes.len() {
        full(b, b"stss", 0, 0, |b| {
            put(b, &[index.sync.len() as u32]);
            put(b, &index.sync);
        });
    }
    full(b, b"stsc", 0, 0, |b| {
        let mut runs = Vec::new();
        let mut last = None;
        for (n, &(_, frames)) in index.chunks.iter().enumerate() {
            if last != Some(frames) {
                runs.extend_from_slice(&[n as u32 + 1, frames, 1]);
                last = Some(frames);
            }
        }
        put(b, &[runs.len() as u32 / 3]);
        put(b, &runs);
    });
    full(b, b"stsz", 0, 0, |b| {
        put(b, &[0, frames]);
        put(b, &index.sizes);
    });
    full(b, b"co64", 0, 0, |b| {
        put(b, &[index.chunks.len() as u32]);
        for &(offset, _) in &index.chunks {
            put64(b, offset);
        }
    });
}

/// How the frames are coded (14496-15, 5.4.2), with the colour space: BT.709, limited range.
fn sample_entry(b: &mut Vec<u8>, track: &Track, sets: &ParameterSets) {
    boxed(b, b"avc1", |b| {
        put(b, &[0, 1, 0, 0, 0, 0]);
        put16(b, &[track.width, track.height]);
        // 72 dots an inch both ways, one frame a sample, no name, 24 bits deep, no colour table.
        put(b, &[0x48_0000, 0x48_0000, 0]);
        put16(b, &[1]);
        b.extend_from_slice(&[0; 32]);
        put16(b, &[24, 0xffff]);
        boxed(b, b"avcC", |b| {
            let profile = sets.sps.get(1..4).unwrap_or(&[0; 3]);
            b.push(1);
            b.extend_from_slice(profile);
            // Lengths take four bytes; one parameter set of each kind follows.
            b.extend_from_slice(&[0xff, 0xe1]);
            put16(b, &[sets.sps.len() as u16]);
            b.extend_from_slice(&sets.sps);
            b.push(1);
            put16(b, &[sets.pps.len() as u16]);
            b.extend_from_slice(&sets.pps);
            if profile.first() == Some(&100) {
                // High profile repeats here that chroma is 4:2:0 and that samples have eight bits.
                b.extend_from_slice(&[0xfd, 0xf8, 0xf8, 0]);
            }
        });
        boxed(b, b"colr", |b| {
            b.extend_from_slice(b"nclx");
            put16(b, &[1, 1, 1]);
            b.push(0);
        });
        boxed(b, b"pasp", |b| put(b, &[1, 1]));
    });
}

fn boxed(out: &mut Vec<u8>, name: &[u8; 4], fill: impl FnOnce(&mut Vec<u8>)) {
    let begin = out.len();
    put(out, &[0]);
    out.extend_from_slice(name);
    fill(out);
    let len = (out.len() - begin) as u32;
    out[begin..begin + 4].copy_from_slice(&len.to_be_bytes());
}

fn full(
    out: &mut Vec<u8>,
    name: &[u8; 4],
    version: u8,
    flags: u32,
    fill: impl FnOnce(&mut Vec<u8>),
) {
    boxed(out, name, |b| {
        put(b, &[u32::from(version) << 24 | flags]);
        fill(b);
    });
}

fn put(out: &mut Vec<u8>, words: &[u32]) {
    out.extend(words.iter().flat_map(|word| word.to_be_bytes()));
}

fn put16(out: &mut Vec<u8>, words: &[u16]) {
    out.extend(words.iter().flat_map(|word| word.to_be_bytes()));
}

fn put64(out: &mut Vec<u8>, word: u64) {
    out.extend_from_slice(&word.to_be_bytes());
}
