//! Reads binary files. All numbers are little-endian; no entry says how long it is, so that one wrong
//! length hides where the next entry begins (`salvage` looks for it).

use std::borrow::Cow;

use super::header::{Header, Version, text};
use super::import::{Import, RawCamera, Unusable};
use super::salvage;
use crate::fault::Fault;

/// An entry as its bytes say, unchecked, and how many bytes it takes.
pub(super) struct Entry<'a> {
    pub(super) body: Body<'a>,
    pub(super) size: usize,
}

/// What an entry holds.
pub(super) enum Body<'a> {
    Camera { raw: RawCamera, follow: u8, anchor: &'a [u8], anchor_at: usize },
    Script { stamp_s: f64, sim_time_s: f64, text: &'a [u8], text_at: usize, upper_length: u32 },
    Time,
}

/// Why no entry can be told from the bytes; `at` counts from the entry's type byte. Put into words
/// only when it is reported, because `salvage` meets many.
pub(super) struct Broken {
    at: usize,
    why: Why,
}

enum Why {
    UnknownType(u8),
    CutShort { bytes: usize },
    TooLong { what: &'static str, length: i64, room: usize },
}

impl Broken {
    fn fault(&self, what_now: &str) -> Fault {
        match self.why {
            Why::UnknownType(byte) => {
                let message = "no entry begins here, or the one before it is damaged";
                Fault::loss(format!("{message}; {what_now}")).found(text(&[byte]), "c or s")
            }
            Why::CutShort { bytes } => Fault::loss(format!("the entry is cut short; {what_now}"))
                .found(format!("{bytes} bytes"), "a whole entry"),
            Why::TooLong { what, length, room } => {
                Fault::loss(format!("{what} does not fit into the rest of the file; {what_now}"))
                    .found(format!("a length of {length}"), format!("at most {room}"))
            }
        }
    }
}

/// Reads the entries.
pub(super) fn read<'a>(bytes: &'a [u8], header: &Header, import: &mut Import<'a>) {
    let mut at = header.body_at;
    while at < bytes.len() {
        match parse(header.version, &bytes[at..]) {
            Ok(entry) => {
                take(&entry.body, at, header.version, import);
                at += entry.size;
            }
            Err(broken) => {
                let next =
                    salvage::find_entries(bytes, at + 1, header.version, import.last_stamp());
                let lost = next.unwrap_or(bytes.len()) - at;
                let what_now = match next {
                    Some(next) => format!("{lost} bytes are left out, up to byte {next}"),
                    None => format!("the last {lost} bytes of the file are left out"),
                };
                import.fault(broken.fault(&what_now), at + broken.at);
                import.leave_entry_out();
                at += lost;
            }
        }
    }
}

#[inline]
fn take<'a>(body: &Body<'a>, start: usize, version: Version, import: &mut Import<'a>) {
    let taken = match *body {
        Body::Camera { ref raw, follow, anchor, anchor_at } => {
            if follow > 1 {
                let fault =
                    Fault::warning("the camera counts as not following its anchor's rotation");
                let flag_at = start + anchor_at - 5;
                import.fault(fault.found(follow.to_string(), "0 or 1"), flag_at);
            }
            import.camera(raw, anchor, start + anchor_at)
        }
        Body::Script { stamp_s, sim_time_s, text, text_at, upper_length } => {
            if upper_length != 0 {
                let fault = Fault::warning("the upper half of the script's length is passed over");
                import.fault(fault.found(upper_length.to_string(), "0"), start + text_at - 4);
            }
            import.script(stamp_s, sim_time_s, Cow::Borrowed(text), start + text_at)
        }
        Body::Time => {
            import.skip_time_entry();
            Ok(())
        }
    };
    if let Err(bad) = taken {
        let message = format!("the {} cannot be used; the entry is left out", bad.field);
        let fault = Fault::loss(message).found(bad.found(), bad.expected());
        let at = match *body {
            Body::Camera { anchor, anchor_at, .. } if bad.field == "scale" => {
                anchor_at + anchor.len()
            }
            _ => field_at(&bad, version),
        };
        import.fault(fault, start + at);
        import.leave_entry_out();
    }
}

/// Where in its entry a number before the anchor's name stands.
fn field_at(bad: &Unusable, version: Version) -> usize {
    let stamp = if version.is_old() { 9 } else { 1 };
    let position = stamp + 16;
    let rotation = position + 24;
    let turn =
        |order: [&str; 4]| order.iter().position(|name| bad.field.ends_with(name)).unwrap_or(0);
    let size = if version.is_old() { 8 } else { 4 };
    match bad.field {
        "timestamp" => stamp,
        "simulation time" => stamp + 8,
        "position x" => position,
        "position y" => position + 8,
        "position z" => position + 16,
        name if name.starts_with("rotation") => {
            let order = match version.rotation_starts_with_w() {
                true => ["w", "x", "y", "z"],
                false => ["x", "y", "z", "w"],
            };
            rotation + size * turn(order)
        }
        _ => 0,
    }
}

/// Tells what entry the bytes begin with.
#[inline]
pub(super) fn parse(version: Version, bytes: &[u8]) -> Result<Entry<'_>, Broken> {
    let mut cursor = Cursor { bytes, at: 0 };
    let parsed = match (bytes.first(), version.time_entry_size()) {
        (Some(b'c'), _) => camera(version, &mut cursor),
        (Some(b's'), _) => script(version, &mut cursor),
        (Some(b't'), Some(size)) => cursor.take(size).map(|_| Body::Time),
        (Some(other), _) => Err(Broken { at: 0, why: Why::UnknownType(*other) }),
        (None, _) => Err(cursor.cut_short()),
    };
    parsed.map(|body| Entry { body, size: cursor.at })
}

#[inline]
fn camera<'a>(version: Version, cursor: &mut Cursor<'a>) -> Result<Body<'a>, Broken> {
    let (stamp_s, sim_time_s) = cursor.stamps(version)?;
    let position_m = [cursor.f64()?, cursor.f64()?, cursor.f64()?];
    let mut q = [0.0; 4];
    for value in &mut q {
        *value = if version.is_old() { cursor.f64()? } else { f64::from(cursor.f32()?) };
    }
    let rotation_wxyz = match version.rotation_starts_with_w() {
        true => q,
        false => [q[3], q[0], q[1], q[2]],
    };
    let [follow] = cursor.array()?;
    let length = i32::from_le_bytes(cursor.array()?);
    let behind = if version.is_old() { 12 } else { 4 };
    let anchor_at = cursor.at;
    let anchor = cursor.counted(i64::from(length), 4, behind, "the anchor's name")?;
    let scale = cursor.f32()?;
    if version.is_old() {
        cursor.f64()?;
    }
    let follow_rotation = follow == 1;
    let raw = RawCamera { stamp_s, sim_time_s, position_m, rotation_wxyz, follow_rotation, scale };
    Ok(Body::Camera { raw, follow, anchor, anchor_at })
}

fn script<'a>(version: Version, cursor: &mut Cursor<'a>) -> Result<Body<'a>, Broken> {
    let (stamp_s, sim_time_s) = cursor.stamps(version)?;
    let length = u32::from_le_bytes(cursor.array()?);
    let (upper_length, width) = match version.has_wide_script_length() {
        true => (u32::from_le_bytes(cursor.array()?), 8),
        false => (0, 4),
    };
    let text_at = cursor.at;
    let text = cursor.counted(i64::from(length), width, 0, "the script")?;
    Ok(Body::Script { stamp_s, sim_time_s, text, text_at, upper_length })
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, size: usize) -> Result<&'a [u8], Broken> {
        match self.bytes.get(self.at..).and_then(|rest| rest.get(..size)) {
            Some(taken) => {
                self.at += size;
                Ok(taken)
            }
            None => Err(self.cut_short()),
        }
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        match self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>()) {
            Some(taken) => {
                self.at += N;
                Ok(*taken)
            }
            None => Err(self.cut_short()),
        }
    }

    #[inline]
    fn f64(&mut self) -> Result<f64, Broken> {
        self.array().map(f64::from_le_bytes)
    }

    #[inline]
    fn f32(&mut self) -> Result<f32, Broken> {
        self.array().map(f32::from_le_bytes)
    }

    /// Type byte, application time, timestamp, simulation time.
    #[inline]
    fn stamps(&mut self, version: Version) -> Result<(f64, f64), Broken> {
        self.at += 1;
        if version.is_old() {
            self.f64()?;
        }
        Ok((self.f64()?, self.f64()?))
    }

    /// A text of `length` bytes, told by a number `width` bytes before it, with more to come `behind`.
    #[inline]
    fn counted(
        &mut self,
        length: i64,
        width: usize,
        behind: usize,
        what: &'static str,
    ) -> Result<&'a [u8], Broken> {
        let left = self.bytes.len() - self.at;
        let fits = usize::try_from(length).ok().filter(|l| l.saturating_add(behind) <= left);
        match fits {
            Some(length) => self.take(length),
            None => {
                let room = left.saturating_sub(behind);
                Err(Broken { at: self.at - width, why: Why::TooLong { what, length, room } })
            }
        }
    }

    fn cut_short(&self) -> Broken {
        Broken { at: 0, why: Why::CutShort { bytes: self.bytes.len() } }
    }
}
