//! OpenSpace's files read as one would without further thought, for comparison: a text line by line
//! and word by word, binary fields one after the other from a buffered stream. They check what such
//! readers check, and give up at the first thing they do not understand.

use std::io::{BufReader, Error, ErrorKind, Read};

/// All that a file holds.
#[derive(Default)]
pub struct Plain {
    pub cameras: Vec<Camera>,
    pub scripts: Vec<Script>,
}

#[allow(dead_code, reason = "what a reader is for, though nobody looks at it here")]
pub struct Camera {
    pub stamp_s: f64,
    pub sim_time_s: f64,
    pub position_m: [f64; 3],
    pub rotation: [f64; 4],
    pub follow_rotation: bool,
    pub focus: String,
    pub scale: f32,
}

#[allow(dead_code, reason = "what a reader is for, though nobody looks at it here")]
pub struct Script {
    pub stamp_s: f64,
    pub sim_time_s: f64,
    pub text: String,
}

const HEADER: &[u8] = b"OpenSpace_record/playback";

/// Whether numbers are as they were up to version 01.00, and where the entries begin.
fn header(bytes: &[u8], mode: u8) -> Option<(bool, &[u8])> {
    let rest = bytes.strip_prefix(HEADER)?;
    let is_old = match rest.get(..5)? {
        b"00.85" | b"01.00" => true,
        b"02.00" | b"03.00" => false,
        _ => return None,
    };
    let rest = rest[5..].strip_prefix(&[mode])?;
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    Some((is_old, rest.strip_prefix(b"\n")?))
}

/// Lines, words between white space, `str::parse`.
pub fn read_text(bytes: &[u8]) -> Option<Plain> {
    let (is_old, body) = header(bytes, b'A')?;
    let mut plain = Plain::default();
    let mut lines = std::str::from_utf8(body).ok()?.lines();
    while let Some(line) = lines.next() {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("camera") => {
                let mut number = || words.next()?.parse::<f64>().ok();
                if is_old {
                    number()?;
                }
                let (stamp_s, sim_time_s) = (number()?, number()?);
                let position_m = [number()?, number()?, number()?];
                let rotation = [number()?, number()?, number()?, number()?];
                let scale = number()? as f32;
                let follow_rotation = match words.next()? {
                    "F" => true,
                    "-" => false,
                    _ => return None,
                };
                let focus = words.next()?.to_owned();
                plain.cameras.push(Camera {
                    stamp_s,
                    sim_time_s,
                    position_m,
                    rotation,
                    follow_rotation,
                    focus,
                    scale,
                });
            }
            Some("script") => {
                if is_old {
                    words.next()?;
                }
                let stamp_s = words.next()?.parse().ok()?;
                let sim_time_s = words.next()?.parse().ok()?;
                let count: u64 = words.next()?.parse().ok()?;
                let text = line.splitn(if is_old { 6 } else { 5 }, ' ').last()?;
                let mut text = text.to_owned();
                for _ in 1..count {
                    text.push('\n');
                    text.push_str(lines.next()?);
                }
                plain.scripts.push(Script { stamp_s, sim_time_s, text });
            }
            Some(word) if !word.starts_with('#') => return None,
            _ => {}
        }
    }
    Some(plain)
}

/// A buffered stream that is asked for one field at a time.
pub fn read_binary(bytes: &[u8]) -> Option<Plain> {
    let (is_old, body) = header(bytes, b'B')?;
    read_entries(is_old, &mut BufReader::new(body)).ok()
}

fn read_entries(is_old: bool, stream: &mut impl Read) -> Result<Plain, Error> {
    let mut plain = Plain::default();
    loop {
        let kind = match field::<1>(stream) {
            Ok([kind]) => kind,
            Err(end) if end.kind() == ErrorKind::UnexpectedEof => return Ok(plain),
            Err(error) => return Err(error),
        };
        if is_old {
            double(stream)?;
        }
        let (stamp_s, sim_time_s) = (double(stream)?, double(stream)?);
        match kind {
            b'c' => {
                let position_m = [double(stream)?, double(stream)?, double(stream)?];
                let mut rotation = [0.0; 4];
                for number in &mut rotation {
                    *number = if is_old { double(stream)? } else { single(stream)?.into() };
                }
                let follow_rotation = match field::<1>(stream)? {
                    [0] => false,
                    [1] => true,
                    _ => return Err(ErrorKind::InvalidData.into()),
                };
                let focus = text(stream)?;
                let scale = single(stream)?;
                if is_old {
                    double(stream)?;
                }
                plain.cameras.push(Camera {
                    stamp_s,
                    sim_time_s,
                    position_m,
                    rotation,
                    follow_rotation,
                    focus,
                    scale,
                });
            }
            b's' => {
                let text = text(stream)?;
                plain.scripts.push(Script { stamp_s, sim_time_s, text });
            }
            _ => return Err(ErrorKind::InvalidData.into()),
        }
    }
}

fn field<const SIZE: usize>(stream: &mut impl Read) -> Result<[u8; SIZE], Error> {
    let mut bytes = [0; SIZE];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn double(stream: &mut impl Read) -> Result<f64, Error> {
    field(stream).map(f64::from_le_bytes)
}

fn single(stream: &mut impl Read) -> Result<f32, Error> {
    field(stream).map(f32::from_le_bytes)
}

fn text(stream: &mut impl Read) -> Result<String, Error> {
    let length = u32::from_le_bytes(field(stream)?);
    // A length that cannot be is not reserved.
    if length > 1 << 24 {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length as usize];
    stream.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| ErrorKind::InvalidData.into())
}
