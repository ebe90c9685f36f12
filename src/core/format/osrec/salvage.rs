//! Where entries may begin again after damage in a binary file. Strict, because nothing may be taken
//! for an entry that is none; the readers themselves are not.

use super::binary::{Camera, Entry, Script, parse};
use super::header::Version;
use crate::time::SessionTime;

/// Longest name and script that are believed without knowing where the entry begins.
const MAX_NAME: usize = 256;
const MAX_SCRIPT: usize = 1 << 16;

/// The first offset from `from` on at which an entry stands whose every field is sane, whose stamp is
/// not before `not_before`, and after which another entry begins or the file ends.
///
/// Looks at no byte more than a bounded number of times: candidates are refused by their first
/// fields, and texts are short.
pub(super) fn find_entries(
    bytes: &[u8],
    from: usize,
    version: Version,
    not_before: SessionTime,
) -> Option<usize> {
    (from..bytes.len()).find(|at| {
        let size = sane_entry(version, &bytes[*at..], not_before);
        size.is_some_and(|size| matches!(bytes.get(at + size), None | Some(b'c' | b's')))
    })
}

/// Size of the sane entry that the bytes begin with.
fn sane_entry(version: Version, bytes: &[u8], not_before: SessionTime) -> Option<usize> {
    if !matches!(bytes.first(), Some(b'c' | b's')) {
        return None;
    }
    let (stamp_s, size, sane) = match parse(version, bytes).ok()? {
        Entry::Camera(Camera { raw, follow, anchor, size, .. }) => {
            let length: f64 = raw.rotation_wxyz.iter().map(|v| v * v).sum();
            let sane = follow <= 1
                && (0.25..4.0).contains(&length)
                && raw.position_m.into_iter().all(|p| sane_magnitude(p, 1e-9, 1e31))
                && sane_magnitude(raw.sim_time_s, 1e-9, 1e15)
                && sane_magnitude(raw.scale.into(), 1e-38, 1e38)
                && (1..=MAX_NAME).contains(&anchor.len())
                && is_text(anchor);
            (raw.stamp_s, size, sane)
        }
        Entry::Script(Script { stamp_s, sim_time_s, text, upper_length, size, .. }) => {
            let sane = upper_length == 0
                && sane_magnitude(sim_time_s, 1e-9, 1e15)
                && (1..=MAX_SCRIPT).contains(&text.len())
                && is_text(text);
            (stamp_s, size, sane)
        }
        Entry::Time => return None,
    };
    let stamp = SessionTime::from_secs(stamp_s)?;
    (sane && sane_magnitude(stamp_s, 1e-9, 1e9) && stamp >= not_before).then_some(size)
}

/// Zero, or of a size that something recorded has; bytes of other kinds seldom look like it.
fn sane_magnitude(value: f64, least: f64, most: f64) -> bool {
    value == 0.0 || (least..=most).contains(&value.abs())
}

fn is_text(bytes: &[u8]) -> bool {
    let printable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(printable))
}
