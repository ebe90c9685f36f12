//! What goes into a 03.00 file, in which order, and what of a recording does not. The bytes of an
//! entry are `encode`'s business.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::Mode;
use super::encode::{Encoder, Misfit};
use super::{PROGRAM, path, translate};
use crate::camera_track::CameraEntry;
use crate::event::{Event, EventKind, Said};
use crate::fault::Fault;
use crate::recording::{DEFAULT_VFOV_DEG, MAIN_VIEW, Recording, Sequence};
use crate::time::SessionTime;
use crate::timeline::{Stamped, Timeline};

/// For whom a file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteOptions {
    /// Whether OpenSpace's own player must be able to play it: a camera entry at its beginning, no
    /// empty scripts, an anchor in every camera entry.
    pub for_openspace: bool,
}

/// A written file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// What the format could not hold (losses), and what it holds in other words (warnings).
    pub losses: Vec<Fault>,
}

/// Why no file can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWritable {
    /// OpenSpace refuses a recording without a camera.
    #[error("the recording has no camera entry; OpenSpace plays only recordings with at least one")]
    NoCamera,
}

/// Something that becomes an entry.
pub(super) enum Item<'a> {
    Camera(Cow<'a, CameraEntry>),
    Script { sim_time_s: f64, text: Cow<'a, str> },
}

/// An entry to be: its content and its place.
pub(super) struct Planned<'a> {
    pub(super) seq: Sequence,
    pub(super) stamp: SessionTime,
    pub(super) item: Item<'a>,
}

impl Stamped for Planned<'_> {
    fn stamp(&self) -> SessionTime {
        self.stamp
    }
}

/// Writes the first view's camera and all scripts as a 03.00 file.
///
/// Entries of a recording that OpenSpace made keep their order; those of others are put in the order
/// in which they are due. Changes of properties and of the clock that no script of the recording
/// makes are written as scripts; a camera's path or a clock that is not straight between its entries
/// is written as many entries. Everything the format cannot hold is named.
///
/// # Errors
/// Where OpenSpace would refuse the file and it is written for OpenSpace.
pub fn write(
    recording: &Recording,
    mode: Mode,
    options: WriteOptions,
) -> Result<Written, NotWritable> {
    let mut notes = not_held(recording);
    let mut cameras: Timeline<Planned> = Timeline::default();
    if let Some(view) = recording.views.first() {
        let path = path::straightened(&view.camera, &recording.clock, &mut notes);
        for entry in path {
            let (seq, stamp) = (entry.seq, entry.stamp);
            cameras.push(Planned { seq, stamp, item: Item::Camera(entry) });
        }
    }
    if options.for_openspace && cameras.is_empty() {
        return Err(NotWritable::NoCamera);
    }
    let by_scripts: HashSet<Sequence> = recording
        .events
        .iter()
        .filter(|event| !matches!(event.kind, EventKind::Marker { .. }))
        .map(|event| event.seq)
        .collect();
    let mut plan = translate::baseline(recording, &mut notes);
    let changes = translate::changes(recording, &by_scripts, &mut notes);
    let scripts = scripts(recording, options, &mut notes).collect();
    plan.extend(in_order(recording, [cameras, scripts, changes]));
    if options.for_openspace {
        put_camera_first(&mut plan, &mut notes);
    }
    let mut encoder = Encoder::new(mode, options.for_openspace, plan.len());
    let mut misfits: Vec<(Misfit, u64, Sequence)> = Vec::new();
    for planned in &plan {
        for misfit in encoder.push(planned) {
            match misfits.iter_mut().find(|(known, ..)| *known == misfit) {
                Some((_, count, _)) => *count += 1,
                None => misfits.push((misfit, 1, planned.seq)),
            }
        }
    }
    notes.extend(
        misfits.into_iter().map(|(misfit, count, first)| misfit.fault(count).at_entry(first)),
    );
    Ok(Written { bytes: encoder.finish(), losses: notes })
}

/// Script events and console lines.
fn scripts<'a>(
    recording: &'a Recording,
    options: WriteOptions,
    notes: &mut Vec<Fault>,
) -> impl Iterator<Item = Planned<'a>> {
    let texts = recording.events.iter().filter_map(|event| match &event.kind {
        EventKind::Script { text } | EventKind::Console { text, said: Said::Typed, .. } => {
            Some((event, text))
        }
        EventKind::Console { .. } | EventKind::Marker { .. } => None,
    });
    let empty = texts.clone().filter(|(_, text)| options.for_openspace && text.is_empty());
    let mut empty = empty.peekable();
    if let Some((first, _)) = empty.peek().copied() {
        let message = format!("empty scripts, which do nothing, left out: {}", empty.count());
        notes.push(Fault::warning(message).at_entry(first.seq));
    }
    texts.filter(move |(_, text)| !(options.for_openspace && text.is_empty())).map(
        |(event, text)| {
            let item = Item::Script { sim_time_s: event.sim_time_s, text: Cow::Borrowed(text) };
            Planned { seq: event.seq, stamp: event.stamp, item }
        },
    )
}

/// All entries in one order.
fn in_order<'a>(
    recording: &Recording,
    kinds: [Timeline<Planned<'a>>; 3],
) -> impl Iterator<Item = Planned<'a>> {
    // A file's own order is kept even where its stamps go back.
    let as_in_file = recording.header.program == PROGRAM;
    let mut all: Vec<(SessionTime, Planned)> = Vec::new();
    for kind in kinds {
        let mut due = SessionTime::MIN;
        all.extend(kind.into_items().map(|planned| {
            due = due.max(planned.stamp);
            (if as_in_file { SessionTime::MIN } else { due }, planned)
        }));
    }
    all.sort_by_key(|(due, planned)| (*due, planned.seq));
    all.into_iter().map(|(_, planned)| planned)
}

/// OpenSpace looks for a camera at or before the moment playback begins.
fn put_camera_first(plan: &mut Vec<Planned>, notes: &mut Vec<Fault>) {
    let begins_with_camera = plan.first().is_some_and(|first| {
        matches!(first.item, Item::Camera(_)) && first.stamp <= SessionTime::ZERO
    });
    if begins_with_camera {
        return;
    }
    let stamp = plan.first().map_or(SessionTime::ZERO, |first| first.stamp.min(SessionTime::ZERO));
    let camera = plan.iter().find_map(|planned| match &planned.item {
        Item::Camera(entry) => Some(CameraEntry { stamp, ..CameraEntry::clone(entry) }),
        Item::Script { .. } => None,
    });
    if let Some(entry) = camera {
        let message = "a copy of the first camera entry is put before everything else";
        notes.push(Fault::warning(message).at_entry(entry.seq));
        let item = Item::Camera(Cow::Owned(entry));
        plan.insert(0, Planned { seq: 0, stamp, item });
    }
}

/// What of the recording has no place in the format at all.
fn not_held(recording: &Recording) -> Vec<Fault> {
    let mut notes = Vec::new();
    for view in recording.views.iter().skip(1) {
        let entries = view.camera.entries().len();
        let message = format!("the view {:?} ({entries} camera entries) has no place", view.name);
        notes.push(Fault::loss(message).found(view.name.clone(), "one view"));
    }
    if let Some(view) = recording.views.first() {
        if let Some(vfov_deg) = view.vfov_deg.filter(|vfov| *vfov != DEFAULT_VFOV_DEG) {
            let message = "the vertical field of view has no place";
            let expected = format!("{DEFAULT_VFOV_DEG}");
            notes.push(Fault::loss(message).found(vfov_deg.to_string(), expected));
        }
        if view.name != MAIN_VIEW {
            let message = "the view's name has no place and will be read as another";
            notes.push(Fault::warning(message).found(view.name.clone(), MAIN_VIEW));
        }
    }
    let markers: Vec<_> = recording
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Marker { name, .. } => Some((event.seq, name.as_str())),
            EventKind::Script { .. } | EventKind::Console { .. } => None,
        })
        .collect();
    if let Some((first, _)) = markers.first() {
        let names: Vec<_> = markers.iter().take(20).map(|(_, name)| *name).collect();
        let message = format!("markers have no place: {}", markers.len());
        notes.push(Fault::loss(message).found(names.join(", "), "no marker").at_entry(*first));
    }
    let lines = |wanted: fn(Said) -> bool| {
        let is_one =
            |event: &&Event| matches!(event.kind, EventKind::Console { said, .. } if wanted(said));
        recording.events.iter().filter(is_one).count()
    };
    let typed = lines(|said| said == Said::Typed);
    if typed > 0 {
        notes.push(Fault::warning(format!("console lines, written as scripts: {typed}")));
    }
    let answers = lines(|said| said != Said::Typed);
    if answers > 0 {
        notes.push(Fault::loss(format!("what scripts answered has no place: {answers} lines")));
    }
    let header = &recording.header;
    let said = [
        ("title", &header.title),
        ("description", &header.description),
        ("author", &header.author),
        ("host", &header.host),
        ("date", &header.created_utc),
        ("scene", &header.scene),
    ];
    let said: Vec<_> =
        said.iter().filter(|(_, text)| !text.is_empty()).map(|(what, _)| *what).collect();
    if !said.is_empty() {
        let message = format!("what is said about the recording has no place: {}", said.join(", "));
        notes.push(Fault::warning(message));
    }
    notes
}
