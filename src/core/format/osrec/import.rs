//! Where both readers put what they read: the recording as it grows, its faults, the numbering.
//! Nothing of the files' layout in here.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::{Format, Imported, Mode, Unreadable};
use super::header::{Header, text};
use crate::camera_track::{CameraEntry, CameraTrack, Leave};
use crate::clock_track::{ClockKey, ClockTrack};
use crate::event::{Event, EventKind};
use crate::fault::{Fault, Severity};
use crate::pose::{CameraPose, NodeName, unusable};
use crate::recording::{MAIN_VIEW, Recording, View};
use crate::time::{SessionTime, SimTime};
use crate::value::Easing;

/// Faults listed one by one; the rest of a thoroughly broken file is counted.
const MAX_FAULTS: usize = 1000;

/// A camera entry's numbers as they stand in the file, still to be checked.
pub(super) struct RawCamera {
    pub(super) stamp_s: f64,
    pub(super) sim_time_s: f64,
    pub(super) position_m: [f64; 3],
    pub(super) rotation_wxyz: [f64; 4],
    pub(super) follow_rotation: bool,
    pub(super) scale: f32,
}

/// A number that cannot be used: which, and what it is.
#[derive(Debug)]
pub(super) struct Unusable {
    pub(super) field: &'static str,
    pub(super) found: f64,
}

impl Unusable {
    pub(super) fn found(&self) -> String {
        format!("{:e}", self.found)
    }

    pub(super) fn expected(&self) -> &'static str {
        match self.field {
            "timestamp" => "a number of seconds within 292 years",
            "position x" | "position y" | "position z" => "a distance of at most 1e60 m",
            _ => "a finite number",
        }
    }
}

/// A recording that is being read.
pub(super) struct Import<'a> {
    bytes: &'a [u8],
    mode: Mode,
    camera: CameraTrack,
    clock: ClockTrack,
    events: Vec<Event>,
    names: HashMap<&'a [u8], NodeName>,
    last_name: Option<(&'a [u8], NodeName)>,
    faults: Vec<Fault>,
    losses_not_listed: u64,
    warnings_not_listed: u64,
    /// The last place asked for, as (offset, line), so that counting lines never starts anew.
    line_mark: (usize, u64),
    next_entry: u64,
    time_entries: u64,
}

impl<'a> Import<'a> {
    pub(super) fn new(bytes: &'a [u8], header: &Header) -> Self {
        let mut import = Self {
            bytes,
            mode: header.mode,
            camera: CameraTrack::default(),
            clock: ClockTrack::default(),
            events: Vec::new(),
            names: HashMap::new(),
            last_name: None,
            faults: Vec::new(),
            losses_not_listed: 0,
            warnings_not_listed: 0,
            line_mark: (0, 1),
            next_entry: 0,
            time_entries: 0,
        };
        if let Some(odd) = header.odd_line_end {
            let fault = Fault::warning("the header does not end in a line end");
            let fault = fault.found(text(&[odd]), "a line end");
            import.push_fault(fault.at_offset(Header::LINE_END_AT as u64));
        }
        import
    }

    /// Makes room for camera entries that are known to be there.
    pub(super) fn reserve(&mut self, cameras: usize) {
        self.camera.reserve(cameras);
        self.clock.reserve(cameras);
    }

    /// The number of the entry that comes next, or is being read.
    pub(super) fn entry(&self) -> u64 {
        self.next_entry
    }

    /// The largest stamp of a camera entry so far.
    pub(super) fn last_stamp(&self) -> SessionTime {
        self.camera.end().unwrap_or(SessionTime::MIN)
    }

    /// Takes over a camera entry.
    #[inline(always)]
    pub(super) fn camera(
        &mut self,
        raw: &RawCamera,
        anchor: &'a [u8],
        anchor_at: usize,
    ) -> Result<(), Unusable> {
        let stamp = session_time(raw.stamp_s)?;
        let RawCamera { sim_time_s, position_m, rotation_wxyz, follow_rotation, scale, .. } = *raw;
        if let Some((field, found)) = unusable(position_m, rotation_wxyz, scale) {
            return Err(Unusable { field, found });
        }
        let Some(sim_time) = SimTime::from_tdb_secs(sim_time_s) else {
            return Err(Unusable { field: "simulation time", found: sim_time_s });
        };
        if !matches!(&self.last_name, Some((last, _)) if is_same(last, anchor)) {
            let name = self.name(anchor, anchor_at);
            self.last_name = Some((anchor, name));
        }
        let Some((_, anchor)) = &self.last_name else { return Ok(()) };
        let seq = self.next_entry;
        self.camera.push_usable(stamp, || CameraEntry {
            seq,
            stamp,
            sim_time_s,
            pose: CameraPose {
                anchor: anchor.clone(),
                follow_rotation,
                position_m,
                rotation_wxyz,
                scale,
            },
            leave: Leave::AS_RECORDED,
        });
        self.clock.push_key(ClockKey { stamp, sim_time, easing: Easing::Linear });
        self.next_entry += 1;
        Ok(())
    }

    /// Takes over a script entry.
    pub(super) fn script(
        &mut self,
        stamp_s: f64,
        sim_time_s: f64,
        script: Cow<'_, [u8]>,
        script_at: usize,
    ) -> Result<(), Unusable> {
        let stamp = session_time(stamp_s)?;
        if !sim_time_s.is_finite() {
            return Err(Unusable { field: "simulation time", found: sim_time_s });
        }
        let text = match String::from_utf8(script.into_owned()) {
            Ok(text) => text,
            Err(not_utf8) => {
                self.name_bad_text("script", not_utf8.as_bytes(), script_at);
                String::from_utf8_lossy(not_utf8.as_bytes()).into_owned()
            }
        };
        let kind = EventKind::Script { text };
        self.events.push(Event { seq: self.next_entry, stamp, sim_time_s, kind });
        self.next_entry += 1;
        Ok(())
    }

    /// Notes a `time` entry, which no release of OpenSpace wrote and today's refuses.
    pub(super) fn skip_time_entry(&mut self) {
        self.time_entries += 1;
    }

    /// Counts an entry of which nothing was kept.
    pub(super) fn leave_entry_out(&mut self) {
        self.next_entry += 1;
    }

    /// Lists a fault of the entry being read.
    pub(super) fn fault(&mut self, fault: Fault, offset: usize) {
        let entry = self.next_entry;
        self.fault_of(entry, fault, offset);
    }

    /// Lists a fault of an entry.
    pub(super) fn fault_of(&mut self, entry: u64, fault: Fault, offset: usize) {
        if self.faults.len() >= MAX_FAULTS {
            match fault.severity {
                Severity::Loss => self.losses_not_listed += 1,
                Severity::Warning => self.warnings_not_listed += 1,
            }
            return;
        }
        let fault = fault.at_entry(entry).at_offset(offset as u64);
        let fault = match self.mode {
            Mode::Ascii => fault.at_line(self.line_of(offset)),
            Mode::Binary => fault,
        };
        self.push_fault(fault);
    }

    fn push_fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn line_of(&mut self, offset: usize) -> u64 {
        let (from, line) = if offset < self.line_mark.0 { (0, 1) } else { self.line_mark };
        let passed = self.bytes.get(from..offset).unwrap_or_default();
        let line = line + passed.iter().filter(|b| **b == b'\n').count() as u64;
        self.line_mark = (offset, line);
        line
    }

    /// The name of an anchor, one and the same for all entries that have it.
    fn name(&mut self, name: &'a [u8], at: usize) -> NodeName {
        if let Some(known) = self.names.get(name) {
            return known.clone();
        }
        let new = NodeName::new(&String::from_utf8_lossy(name));
        if std::str::from_utf8(name).is_err() {
            self.name_bad_text("anchor's name", name, at);
        }
        if name.is_empty() {
            let message = "the camera has no anchor, as OpenSpace writes it without a focus";
            self.fault(Fault::warning(message).found("", "the name of a node"), at);
        }
        self.names.insert(name, new.clone());
        new
    }

    fn name_bad_text(&mut self, what: &str, bytes: &[u8], at: usize) {
        let message =
            format!("the {what} is not UTF-8; what cannot be read is replaced by \u{fffd}");
        self.fault(Fault::loss(message).found(text(bytes), "UTF-8"), at);
    }

    /// The recording, or the first loss where nothing else was found.
    pub(super) fn finish(mut self, header: &Header) -> Result<Imported, Unreadable> {
        let lost = self.faults.iter().position(|f| f.severity == Severity::Loss);
        if self.camera.entries().is_empty() && self.events.is_empty() {
            if let Some(first) = lost {
                return Err(Unreadable(Box::new(self.faults.swap_remove(first))));
            }
            let fault = Fault::warning("the recording has no entries").found("", "camera entries");
            self.push_fault(fault.at_offset(self.bytes.len() as u64));
        }
        if self.time_entries > 0 {
            let message = format!("time entries, passed over: {}", self.time_entries);
            self.push_fault(Fault::warning(message));
        }
        if self.losses_not_listed > 0 {
            let message = format!("more losses, not listed: {}", self.losses_not_listed);
            self.push_fault(Fault::loss(message));
        }
        if self.warnings_not_listed > 0 {
            let message = format!("more remarks, not listed: {}", self.warnings_not_listed);
            self.push_fault(Fault::warning(message));
        }
        let main = View { camera: self.camera, ..View::new(MAIN_VIEW) };
        let recording = Recording {
            header: crate::recording::Header {
                program: super::PROGRAM.to_owned(),
                ..Default::default()
            },
            views: vec![main],
            clock: self.clock,
            events: self.events,
            ..Recording::default()
        };
        Ok(Imported {
            format: Format::OpenSpace,
            version: header.version.name().to_owned(),
            mode: header.mode,
            recording,
            faults: self.faults,
        })
    }
}

#[inline(always)]
fn session_time(stamp_s: f64) -> Result<SessionTime, Unusable> {
    SessionTime::from_secs(stamp_s).ok_or(Unusable { field: "timestamp", found: stamp_s })
}

/// Whether two names are the same. They are short: a loop is done before a call would be.
#[inline(always)]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a == b)
}
