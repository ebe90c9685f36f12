//! Reads binary files. All numbers are little-endian; no entry says how long it is, so that one wrong
//! length hides where the next entry begins (`salvage` looks for it).

use std::borrow::Cow;

use super::header::{Header, Version, text};
use super::import::{Import, RawCamera, Unusable};
use super::salvage;
use crate::fault::Fault;

/// An entry as its bytes say, unchecked.
pub(super) enum Entry<'a> {
    Camera(Camera<'a>),
    Script(Script<'a>),
    Time,
}

/// A camera entry and how many bytes it takes.
pub(super) struct Camera<'a> {
    pub(super) raw: RawCamera,
    pub(super) follow: u8,
    pub(super) anchor: &'a [u8],
    anchor_at: usize,
    pub(super) size: usize,
}

/// A script entry and how many bytes it takes.
pub(super) struct Script<'a> {
    pub(super) stamp_s: f64,
    pub(super) sim_time_s: f64,
    pub(super) text: &'a [u8],
    text_at: usize,
    pub(super) upper_length: u32,
    pub(super) size: usize,
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
    let version = header.version;
    let mut at = header.body_at;
    import.reserve(count_cameras(version, bytes.get(at..).unwrap_or_default()));
    while at < bytes.len() {
        let rest = &bytes[at..];
        let taken = match rest.first() {
            Some(b'c') => {
                camera(version, rest).map(|entry| take_camera(&entry, at, version, import))
            }
            Some(b's') => {
                script(version, rest).map(|entry| take_script(&entry, at, version, import))
            }
            _ => time(version, rest).inspect(|_| import.skip_time_entry()),
        };
        match taken {
            Ok(size) => at += size,
            Err(broken) => at += leave_out(&broken, bytes, at, version, import),
        }
    }
}

/// How many camera entries there are before the first damage. A walk over their lengths costs less
/// than moving what was read each time its place becomes too small.
fn count_cameras(version: Version, mut bytes: &[u8]) -> usize {
    let mut count = 0;
    loop {
        let size = match bytes.first() {
            Some(b'c') => {
                count += 1;
                camera(version, bytes).map(|entry| entry.size)
            }
            Some(b's') => script(version, bytes).map(|entry| entry.size),
            _ => time(version, bytes),
        };
        match size {
            Ok(size) => bytes = &bytes[size..],
            Err(_) => return count,
        }
    }
}

/// Names what cannot be read and goes to where it can be again; returns how many bytes that is.
#[cold]
fn leave_out(
    broken: &Broken,
    bytes: &[u8],
    at: usize,
    version: Version,
    import: &mut Import,
) -> usize {
    let next = salvage::find_entries(bytes, at + 1, version, import.last_stamp());
    let lost = next.unwrap_or(bytes.len()) - at;
    let what_now = match next {
        Some(next) => format!("{lost} bytes are left out, up to byte {next}"),
        None => format!("the last {lost} bytes of the file are left out"),
    };
    import.fault(broken.fault(&what_now), at + broken.at);
    import.leave_entry_out();
    lost
}

/// Takes over a camera entry; returns its size.
#[inline(always)]
fn take_camera<'a>(
    entry: &Camera<'a>,
    start: usize,
    version: Version,
    import: &mut Import<'a>,
) -> usize {
    if entry.follow > 1 {
        let fault = Fault::warning("the camera counts as not following its anchor's rotation");
        let flag_at = start + entry.anchor_at - 5;
        import.fault(fault.found(entry.follow.to_string(), "0 or 1"), flag_at);
    }
    if let Err(bad) = import.camera(&entry.raw, entry.anchor, start + entry.anchor_at) {
        let at = match bad.field {
            "scale" => entry.anchor_at + entry.anchor.len(),
            _ => field_at(&bad, version),
        };
        unusable(&bad, start + at, import);
    }
    entry.size
}

/// Takes over a script entry; returns its size.
fn take_script(entry: &Script, start: usize, version: Version, import: &mut Import) -> usize {
    let text_at = start + entry.text_at;
    if entry.upper_length != 0 {
        let fault = Fault::warning("the upper half of the script's length is passed over");
        import.fault(fault.found(entry.upper_length.to_string(), "0"), text_at - 4);
    }
    let text = Cow::Borrowed(entry.text);
    if let Err(bad) = import.script(entry.stamp_s, entry.sim_time_s, text, text_at) {
        unusable(&bad, start + field_at(&bad, version), import);
    }
    entry.size
}

#[cold]
fn unusable(bad: &Unusable, at: usize, import: &mut Import) {
    let message = format!("the {} cannot be used; the entry is left out", bad.field);
    import.fault(Fault::loss(message).found(bad.found(), bad.expected()), at);
    import.leave_entry_out();
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
pub(super) fn parse(version: Version, bytes: &[u8]) -> Result<Entry<'_>, Broken> {
    match bytes.first() {
        Some(b'c') => camera(version, bytes).map(Entry::Camera),
        Some(b's') => script(version, bytes).map(Entry::Script),
        _ => time(version, bytes).map(|_| Entry::Time),
    }
}

/// The size of a `time` entry, in the versions that knew it.
fn time(version: Version, bytes: &[u8]) -> Result<usize, Broken> {
    let mut cursor = Cursor { bytes, at: 0 };
    match (bytes.first(), version.time_entry_size()) {
        (Some(b't'), Some(size)) => cursor.take(size).map(<[u8]>::len),
        (Some(other), _) => Err(Broken { at: 0, why: Why::UnknownType(*other) }),
        (None, _) => Err(cursor.cut_short()),
    }
}

#[inline(always)]
fn camera(version: Version, bytes: &[u8]) -> Result<Camera<'_>, Broken> {
    // What has a fixed size is cut out at once, so that none of its fields need look for its end.
    match version.is_old() {
        true => numbers::<{ 1 + 8 + 16 + 24 + 32 + 5 }>(version, bytes),
        false => numbers::<{ 1 + 16 + 24 + 16 + 5 }>(version, bytes),
    }
}

/// A camera entry whose fields before the anchor's name take `SIZE` bytes.
#[inline(always)]
fn numbers<const SIZE: usize>(version: Version, bytes: &[u8]) -> Result<Camera<'_>, Broken> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut fixed = Cursor { bytes: cursor.chunk::<SIZE>()?, at: 0 };
    let (stamp_s, sim_time_s) = fixed.stamps(version)?;
    let position_m = [fixed.f64()?, fixed.f64()?, fixed.f64()?];
    let mut q = [0.0; 4];
    for value in &mut q {
        *value = if version.is_old() { fixed.f64()? } else { f64::from(fixed.f32()?) };
    }
    let rotation_wxyz = match version.rotation_starts_with_w() {
        true => q,
        false => [q[3], q[0], q[1], q[2]],
    };
    let [follow] = fixed.array()?;
    let length = i32::from_le_bytes(fixed.array()?);
    let behind = if version.is_old() { 12 } else { 4 };
    let anchor = cursor.counted(i64::from(length), 4, behind, "the anchor's name")?;
    let scale = cursor.f32()?;
    if version.is_old() {
        cursor.f64()?;
    }
    let follow_rotation = follow == 1;
    let raw = RawCamera { stamp_s, sim_time_s, position_m, rotation_wxyz, follow_rotation, scale };
    Ok(Camera { raw, follow, anchor, anchor_at: SIZE, size: cursor.at })
}

fn script(version: Version, bytes: &[u8]) -> Result<Script<'_>, Broken> {
    let mut cursor = Cursor { bytes, at: 0 };
    let (stamp_s, sim_time_s) = cursor.stamps(version)?;
    let length = u32::from_le_bytes(cursor.array()?);
    let (upper_length, width) = match version.has_wide_script_length() {
        true => (u32::from_le_bytes(cursor.array()?), 8),
        false => (0, 4),
    };
    let text_at = cursor.at;
    let text = cursor.counted(i64::from(length), width, 0, "the script")?;
    Ok(Script { stamp_s, sim_time_s, text, text_at, upper_length, size: cursor.at })
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

    #[inline(always)]
    fn chunk<const N: usize>(&mut self) -> Result<&'a [u8; N], Broken> {
        match self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>()) {
            Some(taken) => {
                self.at += N;
                Ok(taken)
            }
            None => Err(self.cut_short()),
        }
    }

    #[inline(always)]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        self.chunk().copied()
    }

    #[inline(always)]
    fn f64(&mut self) -> Result<f64, Broken> {
        self.array().map(f64::from_le_bytes)
    }

    #[inline(always)]
    fn f32(&mut self) -> Result<f32, Broken> {
        self.array().map(f32::from_le_bytes)
    }

    /// Type byte, application time, timestamp, simulation time.
    #[inline(always)]
    fn stamps(&mut self, version: Version) -> Result<(f64, f64), Broken> {
        self.at += 1;
        if version.is_old() {
            self.f64()?;
        }
        Ok((self.f64()?, self.f64()?))
    }

    /// A text of `length` bytes, told by a number `width` bytes before it, with more to come `behind`.
    #[inline(always)]
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
