//! The bytes of 03.00 entries, text and binary, and the fields that do not fit into them.

use super::super::Mode;
use super::header::push_header;
use super::lua_text;
use super::number_text::push_number;
use super::write::{Item, Planned};
use crate::camera_track::CameraEntry;
use crate::fault::Fault;
use crate::pose::{to_wxyz, unit_rotation};
use crate::time::SessionTime;

/// What OpenSpace calls the middle of its scene.
const SCENE_ROOT: &str = "Root";

/// A field that the format cannot hold as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    RotationRounded,
    RotationNormalised,
    BlanksInAnchor,
    NoAnchor,
    StampOutOfRange,
    SimTimeNotFinite,
    TextTooLong,
}

impl Misfit {
    pub(super) fn fault(self, count: u64) -> Fault {
        let warn = |what: &str| Fault::warning(format!("{what} ({count} times)"));
        let lose = |what: &str| Fault::loss(format!("{what} ({count} times)"));
        match self {
            Self::RotationRounded => warn("a rotation is rounded to single precision"),
            Self::RotationNormalised => warn("a rotation is written at unit length"),
            Self::BlanksInAnchor => lose("blanks in an anchor's name are written as _"),
            Self::NoAnchor => warn("a camera without an anchor gets the scene's root"),
            Self::StampOutOfRange => lose("an entry beyond 292 years is left out"),
            Self::SimTimeNotFinite => lose("a simulation time is not finite and written as 0"),
            Self::TextTooLong => {
                lose("an entry's text is longer than a file can say; it is left out")
            }
        }
    }
}

/// A file that is being written.
pub(super) struct Encoder {
    out: Vec<u8>,
    mode: Mode,
    for_openspace: bool,
}

impl Encoder {
    /// Begins a file of about that many entries.
    pub(super) fn new(mode: Mode, for_openspace: bool, entries: usize) -> Self {
        let entry_size = if mode == Mode::Ascii { 200 } else { 80 };
        let mut out = Vec::with_capacity(entries.saturating_mul(entry_size).saturating_add(32));
        push_header(mode, &mut out);
        Self { out, mode, for_openspace }
    }

    /// The file.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    /// Appends an entry; gives what did not fit.
    pub(super) fn push(&mut self, planned: &Planned) -> Vec<Misfit> {
        let mut misfits = Vec::new();
        let stamp_s = planned.stamp.as_secs();
        if SessionTime::from_secs(stamp_s).is_none() {
            misfits.push(Misfit::StampOutOfRange);
            return misfits;
        }
        match &planned.item {
            Item::Camera(entry) => self.push_camera(stamp_s, entry, &mut misfits),
            Item::Script { sim_time_s, text } => {
                let mut sim_time_s = *sim_time_s;
                if !sim_time_s.is_finite() {
                    misfits.push(Misfit::SimTimeNotFinite);
                    sim_time_s = 0.0;
                }
                self.push_script(stamp_s, sim_time_s, text, &mut misfits);
            }
        }
        misfits
    }

    fn push_camera(&mut self, stamp_s: f64, entry: &CameraEntry, misfits: &mut Vec<Misfit>) {
        let pose = &entry.pose;
        let rotation = single_precision(pose.rotation_wxyz, misfits);
        let mut anchor = pose.anchor.as_str();
        if anchor.is_empty() && self.for_openspace {
            misfits.push(Misfit::NoAnchor);
            anchor = SCENE_ROOT;
        }
        let [x, y, z] = pose.position_m;
        let out = &mut self.out;
        match self.mode {
            Mode::Ascii => {
                out.extend_from_slice(b"camera");
                for value in [stamp_s, entry.sim_time_s, x, y, z] {
                    out.push(b' ');
                    push_number(value, out);
                }
                for value in rotation.into_iter().chain([pose.scale]) {
                    out.push(b' ');
                    push_number(value, out);
                }
                out.extend_from_slice(if pose.follow_rotation { b" F " } else { b" - " });
                let is_blank = |b: u8| b == b' ' || (b'\t'..=b'\r').contains(&b);
                if anchor.bytes().any(is_blank) {
                    misfits.push(Misfit::BlanksInAnchor);
                }
                out.extend(anchor.bytes().map(|b| if is_blank(b) { b'_' } else { b }));
                out.push(b'\n');
            }
            Mode::Binary => {
                let Ok(length) = i32::try_from(anchor.len()) else {
                    misfits.push(Misfit::TextTooLong);
                    return;
                };
                out.push(b'c');
                for value in [stamp_s, entry.sim_time_s, x, y, z] {
                    out.extend_from_slice(&value.to_le_bytes());
                }
                for value in rotation {
                    out.extend_from_slice(&value.to_le_bytes());
                }
                out.push(u8::from(pose.follow_rotation));
                out.extend_from_slice(&length.to_le_bytes());
                out.extend_from_slice(anchor.as_bytes());
                out.extend_from_slice(&pose.scale.to_le_bytes());
            }
        }
    }

    fn push_script(
        &mut self,
        stamp_s: f64,
        sim_time_s: f64,
        text: &str,
        misfits: &mut Vec<Misfit>,
    ) {
        let out = &mut self.out;
        match self.mode {
            Mode::Ascii => {
                out.extend_from_slice(b"script ");
                push_number(stamp_s, out);
                out.push(b' ');
                push_number(sim_time_s, out);
                out.extend_from_slice(b" 1 ");
                out.extend_from_slice(lua_text::wrap(text).as_bytes());
                out.push(b'\n');
            }
            Mode::Binary => {
                let Ok(length) = u32::try_from(text.len()) else {
                    misfits.push(Misfit::TextTooLong);
                    return;
                };
                out.push(b's');
                out.extend_from_slice(&stamp_s.to_le_bytes());
                out.extend_from_slice(&sim_time_s.to_le_bytes());
                out.extend_from_slice(&length.to_le_bytes());
                out.extend_from_slice(text.as_bytes());
            }
        }
    }
}

/// The rotation in f32; at unit length where its own length is nothing an f32 can hold.
fn single_precision(wxyz: [f64; 4], misfits: &mut Vec<Misfit>) -> [f32; 4] {
    let rounded = wxyz.map(|v| v as f32);
    let vanished = rounded.iter().all(|v| *v == 0.0) && wxyz.iter().any(|v| *v != 0.0);
    if vanished || rounded.iter().any(|v| !v.is_finite()) {
        misfits.push(Misfit::RotationNormalised);
        return to_wxyz(unit_rotation(wxyz)).map(|v| v as f32);
    }
    if rounded.iter().zip(wxyz).any(|(rounded, exact)| f64::from(*rounded) != exact) {
        misfits.push(Misfit::RotationRounded);
    }
    rounded
}
