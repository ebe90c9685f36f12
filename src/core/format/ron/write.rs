//! Writing a file: one line an entry, what goes without saying left out.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::io;
use std::sync::Arc;

use crate::camera_track::{CameraEntry, Path};
use crate::clock_track::ClockKey;
use crate::command::Origin;
use crate::event::{Event, EventKind, Said};
use crate::pose::CameraPose;
use crate::recording::{Effects, Recording, Sequence, View};
use crate::time::{SessionSpan, SessionTime};
use crate::value::{Easing, Value};
use crate::wording::{Aim, Height, Wording};

use super::number::{float, float32, floats, text, time, value};
use super::plain::{Dates, Unsaid};
use super::{KIND, VERSION};

/// The recording as text that reads back to the same recording, every number to the same bits.
///
/// A property track without any change says nothing and is left out.
pub fn write(recording: &Recording) -> String {
    let mut bytes = Vec::new();
    // Neither memory nor a recording in memory fails.
    let written = write_to(&mut Whole(recording), &mut bytes);
    debug_assert!(written.is_ok(), "{written:?}");
    String::from_utf8(bytes).unwrap_or_default()
}

/// A recording to be written whose cameras and clock need not be in memory: they are told one after
/// another, as often as they are asked for.
pub trait Told {
    /// All but camera entries, their words, and clock keys, of which what there is does not count.
    fn rest(&self) -> &Recording;

    /// Tells the entries of a view in order, each with its words.
    ///
    /// # Errors
    /// Where one cannot be read.
    fn each_entry(
        &mut self,
        view: usize,
        hear: &mut dyn FnMut(&CameraEntry, Option<&Wording>),
    ) -> io::Result<()>;

    /// Tells the clock keys in order.
    ///
    /// # Errors
    /// Where one cannot be read.
    fn each_clock_key(&mut self, hear: &mut dyn FnMut(&ClockKey)) -> io::Result<()>;
}

/// A recording in memory.
pub(super) struct Whole<'a>(pub &'a Recording);

impl Told for Whole<'_> {
    fn rest(&self) -> &Recording {
        self.0
    }

    fn each_entry(
        &mut self,
        view: usize,
        hear: &mut dyn FnMut(&CameraEntry, Option<&Wording>),
    ) -> io::Result<()> {
        let view = &self.0.views[view];
        for entry in view.camera.entries() {
            hear(entry, view.wordings.get(&entry.seq));
        }
        Ok(())
    }

    fn each_clock_key(&mut self, hear: &mut dyn FnMut(&ClockKey)) -> io::Result<()> {
        self.0.clock.keys().iter().for_each(hear);
        Ok(())
    }
}

/// Writes what `write` gives, a little at a time.
///
/// # Errors
/// Where the recording cannot be read or the text not be written.
pub fn write_to(told: &mut impl Told, out: &mut dyn io::Write) -> io::Result<()> {
    write_as(told, Unsaid::default(), out)
}

/// Writes a recording without what the reader makes up by itself.
pub(super) fn write_as(
    told: &mut impl Told,
    unsaid: Unsaid,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let recording = told.rest().clone_without_entries();
    let head = format!("{KIND}(\n    version: {VERSION},\n");
    let mut file = File { text: head, out, failed: None, unsaid, names: recording.names.clone() };
    let header = &recording.header;
    for (name, words) in [
        ("title", &header.title),
        ("description", &header.description),
        ("author", &header.author),
        ("host", &header.host),
        ("created", &header.created_utc),
        ("program", &header.program),
        ("scene", &header.scene),
        ("scene_hash", &header.scene_hash),
    ] {
        if !words.is_empty() {
            file.line(1, &format!("{name}: {}", text(words)));
        }
    }
    if header.effects != Effects::default() {
        file.line(1, &format!("effects: {:?}", header.effects));
    }
    if let Some(dates) = &file.unsaid.dates {
        let lines = [Some(format!("date: {}", dates.date_text())), dates.rate_text()];
        lines.into_iter().flatten().for_each(|line| file.line(1, &line));
    }
    let mut views = recording.views.iter().enumerate();
    if let (true, Some((index, view))) = (file.unsaid.view_name, views.clone().next()) {
        views.next();
        file.view(view, index, told)?;
    }
    if views.len() > 0 {
        let mut told_all = Ok(());
        file.list(1, "views", |file| {
            for (index, view) in views {
                if told_all.is_ok() {
                    told_all = file.view(view, index, told);
                }
            }
        });
        told_all?;
    }
    file.clock(&recording, told)?;
    if !recording.baseline.is_empty() {
        file.line_of(1, "baseline: {");
        for (path, v) in &recording.baseline {
            file.line(2, &format!("{}: {}", text(path), value(v)));
        }
        file.line(1, "}");
    }
    file.changes(&recording);
    if !recording.events.is_empty() {
        file.list(1, "events", |file| {
            let mut numbers = file.numbers();
            for event in &recording.events {
                let name = file.names.get(&event.seq);
                let item = event_item(event, name, &file.unsaid, &mut numbers);
                file.line(2, &item.into_text());
            }
        });
    }
    file.text.push_str(")\n");
    file.pass_on();
    file.failed.map_or(Ok(()), Err)
}

/// So many bytes are kept before they are passed on.
const MOST_KEPT: usize = 1 << 16;

struct File<'o> {
    text: String,
    out: &'o mut dyn io::Write,
    failed: Option<io::Error>,
    unsaid: Unsaid,
    names: BTreeMap<Sequence, Arc<str>>,
}

impl File<'_> {
    fn numbers(&self) -> Numbers {
        Numbers { next: None, are_unsaid: self.unsaid.numbers }
    }

    fn pass_on(&mut self) {
        if self.failed.is_none() {
            self.failed = self.out.write_all(self.text.as_bytes()).err();
        }
        self.text.clear();
    }

    fn line_of(&mut self, depth: usize, content: &str) {
        self.text.push_str(&"    ".repeat(depth));
        self.text.push_str(content);
        self.text.push('\n');
    }

    fn line(&mut self, depth: usize, content: &str) {
        self.text.push_str(&"    ".repeat(depth));
        self.text.push_str(content);
        self.text.push_str(",\n");
        if self.text.len() >= MOST_KEPT {
            self.pass_on();
        }
    }

    fn list(&mut self, depth: usize, name: &str, items: impl FnOnce(&mut Self)) {
        self.line_of(depth, &format!("{name}: ["));
        items(self);
        self.line(depth, "]");
    }

    fn view(&mut self, view: &View, index: usize, told: &mut impl Told) -> io::Result<()> {
        let path = usual_path(index, told)?;
        let vfov = view.vfov_deg.map(|vfov_deg| format!("vfov: {}", float(vfov_deg)));
        let path_said = (path != Path::Smooth).then(|| format!("path: {path:?}"));
        let is_main = index == 0 && self.unsaid.view_name;
        let depth = if is_main { 1 } else { 3 };
        let name = (!is_main).then(|| format!("name: {}", text(&view.name)));
        let head: Vec<String> = [name, vfov, path_said].into_iter().flatten().collect();
        match (is_main, head.is_empty()) {
            (false, _) => self.line_of(2, &format!("({},", head.join(", "))),
            (true, true) => {}
            (true, false) => self.line(1, &head.join(", ")),
        }
        let mut written = Ok(());
        self.list(depth, "keys", |file| {
            let mut numbers = file.numbers();
            let mut before: Option<CameraPose> = None;
            written = told.each_entry(index, &mut |entry, words| {
                let words = words.filter(|w| w.holds_for(entry));
                let said = KeySaid { words, name: file.names.get(&entry.seq), path };
                let item = key(entry, &said, before.as_ref(), &file.unsaid, &mut numbers);
                file.line(depth + 1, &item.into_text());
                before = Some(entry.pose.clone());
            });
        });
        if !is_main {
            self.line(2, ")");
        }
        written
    }

    fn clock(&mut self, recording: &Recording, told: &mut impl Told) -> io::Result<()> {
        if !(self.unsaid.clock || goes_with_cameras(recording.views.len(), told)?) {
            let mut written = Ok(());
            self.list(1, "clock", |file| {
                written = told.each_clock_key(&mut |key| {
                    let mut item = Item::new("");
                    item.field("at", time(key.stamp));
                    item.field("date", float(key.sim_time.as_tdb_secs()));
                    item.ease(key.easing);
                    file.line(2, &item.into_text());
                });
            });
            written?;
        }
        if !recording.clock.changes().is_empty() && self.unsaid.dates.is_none() {
            self.list(1, "clock_changes", |file| {
                let mut numbers = file.numbers();
                for change in recording.clock.changes() {
                    let mut item = Item::new("");
                    item.head(change.seq, change.stamp, &mut numbers);
                    item.some("rate", change.rate.map(float));
                    item.some("paused", change.paused);
                    file.line(2, &item.into_text());
                }
            });
        }
        Ok(())
    }

    fn changes(&mut self, recording: &Recording) {
        let changes = changes_in_order(recording);
        if changes.is_empty() {
            return;
        }
        self.list(1, "changes", |file| {
            let mut numbers = file.numbers();
            for together in changes.chunk_by(|a, b| a.goes_with(b)) {
                // `chunk_by` compares neighbours alone; a path may come again further on.
                let mut rest = together;
                while let Some(first) = rest.first() {
                    let repeat = |(i, c): (usize, &Change<'_>)| {
                        rest[..i].iter().any(|earlier| earlier.path == c.path)
                    };
                    let end = rest.iter().enumerate().position(repeat).unwrap_or(rest.len());
                    let (now, later) = rest.split_at(end);
                    let mut item = Item::new("");
                    item.head(first.seq, first.stamp, &mut numbers);
                    item.some("name", file.names.get(&first.seq).map(|name| text(name)));
                    let pairs: Vec<String> = now
                        .iter()
                        .map(|c| format!("{}: {}", text(c.path), value(c.value)))
                        .collect();
                    item.field(first.kind, format!("{{{}}}", pairs.join(", ")));
                    if first.duration != SessionTime::ZERO {
                        item.field("over", time(first.duration));
                    }
                    item.ease(first.easing);
                    file.line(2, &item.into_text());
                    rest = later;
                }
            }
        });
    }
}

/// One item of a list.
struct Item {
    text: String,
    is_empty: bool,
}

impl Item {
    fn new(name: &str) -> Self {
        Self { text: format!("{name}("), is_empty: true }
    }

    fn field(&mut self, name: &str, content: impl fmt::Display) {
        let separator = if self.is_empty { "" } else { ", " };
        self.is_empty = false;
        // Writing to a String cannot fail.
        let _ = write!(self.text, "{separator}{name}: {content}");
    }

    fn some(&mut self, name: &str, content: Option<impl fmt::Display>) {
        if let Some(content) = content {
            self.field(name, content);
        }
    }

    /// Its number, where that is not one more than the last one's, and its time.
    fn head(&mut self, seq: Sequence, stamp: SessionTime, numbers: &mut Numbers) {
        if numbers.next != Some(seq) && !numbers.are_unsaid {
            self.field("seq", seq);
        }
        numbers.next = Some(seq.saturating_add(1));
        self.field("at", time(stamp));
    }

    fn ease(&mut self, easing: Easing) {
        if easing != Easing::Linear {
            self.field("ease", format!("{easing:?}"));
        }
    }

    fn into_text(mut self) -> String {
        self.text.push(')');
        self.text
    }
}

/// The number that the next item of a list has if it says none. The first of each list says its
/// own, which tells the reader that all are as recorded.
struct Numbers {
    next: Option<Sequence>,
    are_unsaid: bool,
}

/// What is said of a key beside its entry.
struct KeySaid<'a> {
    words: Option<&'a Wording>,
    name: Option<&'a Arc<str>>,
    /// The path that goes without saying.
    path: Path,
}

/// The path that most entries of a view take.
fn usual_path(view: usize, told: &mut impl Told) -> io::Result<Path> {
    let mut counts = [(Path::Hold, 0), (Path::AsRecorded, 0), (Path::Smooth, 0_u64)];
    told.each_entry(view, &mut |entry, _| {
        let own = counts.iter_mut().find(|(path, _)| *path == entry.leave.path);
        if let Some((_, count)) = own {
            *count += 1;
        }
    })?;
    Ok(counts.into_iter().max_by_key(|(_, count)| *count).unwrap_or_default().0)
}

fn key(
    entry: &CameraEntry,
    said: &KeySaid<'_>,
    before: Option<&CameraPose>,
    unsaid: &Unsaid,
    numbers: &mut Numbers,
) -> Item {
    let KeySaid { words, name, path: usual_path } = *said;
    let mut item = Item::new("");
    item.head(entry.seq, entry.stamp, numbers);
    item.some("name", name.map(|name| text(name)));
    match words.and_then(|words| words.date.as_deref()) {
        Some(date) => item.field("date", text(date)),
        None if unsaid.dates.is_some() => {}
        None => item.field("date", float(entry.sim_time_s)),
    }
    let pose = &entry.pose;
    if before.is_none_or(|before| before.anchor != pose.anchor) {
        item.field("anchor", text(pose.anchor.as_str()));
    }
    if before.is_none_or(|b| b.follow_rotation) != pose.follow_rotation {
        item.field("follow", pose.follow_rotation);
    }
    match words.and_then(|words| words.place) {
        None => item.field("position", floats('(', &pose.position_m, ')')),
        Some(place) => {
            item.field("latitude", float(place.latitude_deg));
            item.field("longitude", float(place.longitude_deg));
            match place.height {
                Height::Altitude(altitude_m) => item.field("altitude", float(altitude_m)),
                Height::Distance(distance_m) => item.field("distance", float(distance_m)),
            }
        }
    }
    match words.and_then(|words| words.aim.as_ref()) {
        None => item.field("rotation", floats('(', &pose.rotation_wxyz, ')')),
        Some(Aim::LookAt { node, up }) => {
            if *node != pose.anchor {
                item.field("look_at", text(node.as_str()));
            }
            item.some("up", up.map(|up| floats('(', &up, ')')));
        }
        Some(Aim::Horizon { heading_deg, pitch_deg, roll_deg }) => {
            item.field("heading", float(*heading_deg));
            item.field("pitch", float(*pitch_deg));
            if roll_deg.to_bits() != 0 {
                item.field("roll", float(*roll_deg));
            }
        }
    }
    if before.map_or(1.0, |before| before.scale).to_bits() != pose.scale.to_bits() {
        item.field("scale", float32(pose.scale));
    }
    if entry.leave.path != usual_path {
        item.field("path", format!("{:?}", entry.leave.path));
    }
    item.ease(entry.leave.easing);
    item
}

/// Whether the clock is that of the first view's keys, so that it need not be stated. Told by a sum
/// over both, for they need not be in memory.
fn goes_with_cameras(views: usize, told: &mut impl Told) -> io::Result<bool> {
    let mut of_keys = Digest::default();
    let mut is_even = true;
    told.each_clock_key(&mut |key| {
        is_even &= key.easing == Easing::Linear;
        of_keys.add(key.stamp, key.sim_time.as_tdb_secs());
    })?;
    for view in 0..views {
        let mut of_entries = Digest::default();
        told.each_entry(view, &mut |entry, _| of_entries.add(entry.stamp, entry.sim_time_s))?;
        if of_entries != Digest::default() {
            return Ok(is_even && of_entries == of_keys);
        }
    }
    Ok(is_even && of_keys == Digest::default())
}

/// Stands for a list of moments: how many, and two sums that lists as long seldom share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Digest {
    count: u64,
    crc: u32,
    hash: u64,
}

impl Digest {
    fn add(&mut self, stamp: SessionTime, sim_time_s: f64) {
        let (stamp, sim_time) = (stamp.as_nanos() as u64, sim_time_s.to_bits());
        self.count += 1;
        let mut crc = crc32fast::Hasher::new_with_initial(self.crc);
        crc.update(&stamp.to_le_bytes());
        crc.update(&sim_time.to_le_bytes());
        self.crc = crc.finalize();
        // FNV-1a, a word at a time.
        for word in [stamp, sim_time] {
            self.hash = (self.hash ^ word).wrapping_mul(0x100_0000_01b3);
        }
    }
}

/// A change of one property or of those that a pattern names.
struct Change<'r> {
    seq: Sequence,
    stamp: SessionTime,
    duration: SessionSpan,
    easing: Easing,
    kind: &'static str,
    path: &'r str,
    value: &'r Value,
}

impl Change<'_> {
    fn goes_with(&self, other: &Self) -> bool {
        (self.seq, self.stamp, self.duration, self.easing, self.kind)
            == (other.seq, other.stamp, other.duration, other.easing, other.kind)
    }
}

/// All changes by number, those of one property and the rules each in their own order.
fn changes_in_order(recording: &Recording) -> Vec<Change<'_>> {
    let mut changes: Vec<(Sequence, Change<'_>)> = Vec::new();
    for (path, track) in &recording.properties {
        let names_many = path.trim().is_empty() || path.starts_with('{') || path.contains('*');
        let kind = if names_many { "property" } else { "set" };
        let mut due = 0;
        for c in track.changes() {
            due = c.seq.max(due);
            let (seq, stamp, duration, easing) = (c.seq, c.stamp, c.duration, c.easing);
            let change = Change { seq, stamp, duration, easing, kind, path, value: &c.value };
            changes.push((due, change));
        }
    }
    let mut due = 0;
    for r in &recording.rules {
        due = r.seq.max(due);
        let kind = if r.pattern.single_path().is_some() { "rule" } else { "set" };
        let (seq, stamp, duration, easing) = (r.seq, r.stamp, r.duration, r.easing);
        let path = r.pattern.as_str();
        changes.push((due, Change { seq, stamp, duration, easing, kind, path, value: &r.value }));
    }
    changes.sort_by_key(|(due, _)| *due);
    changes.into_iter().map(|(_, change)| change).collect()
}

fn event_item(
    event: &Event,
    own_name: Option<&Arc<str>>,
    unsaid: &Unsaid,
    numbers: &mut Numbers,
) -> Item {
    let (name, fields) = match &event.kind {
        EventKind::Script { text } => ("Script", vec![("text", text)]),
        EventKind::Console { text, .. } => ("Console", vec![("text", text)]),
        EventKind::Marker { name, text } => ("Marker", vec![("name", name), ("text", text)]),
    };
    let is_marker = name == "Marker";
    let mut item = Item::new(name);
    item.head(event.seq, event.stamp, numbers);
    let is_of_clock = |dates: &Dates| dates.is_of_clock(event.stamp, event.sim_time_s);
    if !unsaid.dates.as_ref().is_some_and(is_of_clock) {
        item.field("date", float(event.sim_time_s));
    }
    if let EventKind::Script { .. } = &event.kind {
        item.some("name", own_name.map(|name| text(name)));
    }
    if let EventKind::Console { said, origin, .. } = &event.kind {
        item.some("said", Some(said).filter(|said| **said != Said::Typed).map(Said::name));
        item.some("origin", origin.map(Origin::name));
    }
    for (field, words) in fields {
        if !(is_marker && field == "text" && words.is_empty()) {
            item.field(field, text(words));
        }
    }
    item
}
