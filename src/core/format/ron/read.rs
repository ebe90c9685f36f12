//! Reading a file: outline first, then item by item, so that a mistake in one costs that one.

use crate::camera_track::Path;
use crate::clock_track::ClockChange;
use crate::fault::{Fault, Severity};
use crate::format::{Format, Imported, Mode, Unreadable};
use crate::recording::{MAIN_VIEW, Recording, View};
use crate::time::SessionTime;
use crate::value::Easing;
use crate::wording::{KnownGlobes, Surroundings};

use super::apply;
use super::clock::WrittenClock;
use super::field::{Date, FieldOfView, Finite};
use super::item::{ChangeItem, ClockChangeItem, ClockItem, EventItem, KeyItem};
use super::key::{KeyState, Moment};
use super::outline::Outline;
use super::reader::{Head, Reader, Timed, number};
use super::source::{Source, skip_trivia};
use super::{KIND, VERSION};

/// Reads a file without knowing the scene: places above the known globes are worked out, a
/// `look_at` of a node other than the key's anchor is not, and says so.
///
/// # Errors
/// Where nothing in it can be read, the reason.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    read_in(bytes, &KnownGlobes)
}

/// Reads a file in a scene.
///
/// # Errors
/// Where nothing in it can be read, the reason.
pub fn read_in(bytes: &[u8], scene: &impl Surroundings) -> Result<Imported, Unreadable> {
    // Some editors begin a file with a mark of its byte order.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (text, not_text) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(valid).unwrap_or_default(), Some(error.valid_up_to()))
        }
    };
    check_kind(bytes, text).map_err(Unreadable)?;
    let source = Source::new(text);
    let mut reader = Reader::new(&source);
    if let Some(offset) = not_text {
        let fault = Fault::loss("the file ends here for its reader")
            .found("bytes that are no text", "UTF-8");
        reader.note(fault, offset);
    }
    let mut outline = reader.outline();
    check_version(&mut reader, &mut outline)?;
    let recording = recording(&mut reader, outline, scene);
    let faults = reader.into_faults();
    let first_loss = || faults.iter().find(|f| f.severity == Severity::Loss);
    if let (true, Some(loss)) = (is_empty(&recording), first_loss()) {
        return Err(Unreadable(Box::new(loss.clone())));
    }
    let version = VERSION.to_string();
    Ok(Imported { format: Format::Ron, version, mode: Mode::Ascii, recording, faults })
}

/// Whether the text begins with `Skyreel(`.
fn check_kind(bytes: &[u8], text: &str) -> Result<(), Box<Fault>> {
    let start = skip_trivia(text);
    let content = &text[start..];
    let name_len =
        content.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(content.len());
    let (name, rest) = content.split_at(name_len);
    let opens = rest[skip_trivia(rest)..].starts_with('(');
    if name == KIND && opens {
        return Ok(());
    }
    let expected = "a file that begins with Skyreel(version: 1, or OpenSpace_record/playback";
    let message = if opens {
        "a RON file, but no Skyreel recording"
    } else {
        "neither an OpenSpace recording nor a Skyreel RON file"
    };
    let head = bytes.get(start..).unwrap_or_default();
    let head = String::from_utf8_lossy(head.get(..40).unwrap_or(head)).into_owned();
    let found = if bytes.is_empty() { "an empty file".to_owned() } else { head };
    Err(Box::new(Source::new(text).place(Fault::loss(message).found(found, expected), start)))
}

fn check_version<'a>(
    reader: &mut Reader<'_, 'a>,
    outline: &mut Outline<'a>,
) -> Result<(), Unreadable> {
    let readable = format!("a version up to {VERSION}");
    let (piece, version) = match reader.stated::<u32>(outline, "version") {
        Some(stated) => stated.map_err(Unreadable)?,
        None => {
            let fault = Fault::warning("the file does not say its version; it is read as 1")
                .found("no version", format!("{KIND}(version: {VERSION}, …"));
            reader.note(fault, 0);
            return Ok(());
        }
    };
    if (1..=VERSION).contains(&version) {
        return Ok(());
    }
    let message = if version == 0 { "no such version" } else { "written by a newer Skyreel" };
    let fault = Fault::loss(message).found(version.to_string(), readable);
    Err(Unreadable(Box::new(reader.source.place(fault, piece.offset))))
}

fn is_empty(recording: &Recording) -> bool {
    recording.camera_entries() == 0
        && recording.clock.keys().is_empty()
        && recording.baseline.is_empty()
        && recording.properties.is_empty()
        && recording.rules.is_empty()
        && recording.events.is_empty()
}

/// The simulation time at 0 s, where the file says one.
fn start_date<'a>(reader: &mut Reader<'_, 'a>, outline: &mut Outline<'a>) -> Option<f64> {
    let (piece, date) = reader.placed::<Date>(outline, "date")?;
    if !date.tdb_s.is_finite() {
        let fault = Fault::loss("this date is left out")
            .found(date.tdb_s.to_string(), "a finite number of seconds");
        reader.note(fault, piece.offset);
    }
    Some(date.tdb_s).filter(|tdb_s| tdb_s.is_finite())
}

/// A view's fields, its keys not yet settled.
struct DraftView {
    view: View,
    state: KeyState,
    keys: Vec<Timed<KeyItem>>,
}

fn recording<'a>(
    reader: &mut Reader<'_, 'a>,
    mut outline: Outline<'a>,
    scene: &impl Surroundings,
) -> Recording {
    let mut recording = Recording::default();
    header(reader, &mut outline, &mut recording);
    let start_tdb_s = start_date(reader, &mut outline);
    let rate = reader.one::<Finite>(&mut outline, "rate").map(|rate| rate.0);

    let mut views = Vec::new();
    let has_main = ["keys", "vfov", "anchor", "follow", "path", "ease"]
        .iter()
        .any(|name| outline.fields.iter().any(|field| field.name == *name));
    if has_main {
        views.push(draft_view(reader, &mut outline));
    }
    for mut view_outline in reader.views(&mut outline) {
        let offset = view_outline.offset().unwrap_or(0);
        let draft = draft_view(reader, &mut view_outline);
        reader.left_over(&view_outline, VIEW_FIELDS);
        if views.iter().any(|known: &DraftView| known.view.name == draft.view.name) {
            let fault = Fault::loss("this view is left out")
                .found(format!("a second view '{}'", draft.view.name), "one view of each name");
            reader.note(fault, offset);
        } else {
            views.push(draft);
        }
    }
    let mut changes: Vec<Timed<ChangeItem>> =
        reader.list(&mut outline, "changes", "a change").unwrap_or_default();
    let mut events: Vec<Timed<EventItem>> =
        reader.list(&mut outline, "events", "an event").unwrap_or_default();
    let clock: Option<Vec<Timed<ClockItem>>> = reader.list(&mut outline, "clock", "a clock key");
    let clock_changes: Option<Vec<Timed<ClockChangeItem>>> =
        reader.list(&mut outline, "clock_changes", "a change of the clock");
    let has_clock_changes = clock_changes.is_some();
    let mut clock_changes = clock_changes.unwrap_or_default();
    for (path, value) in reader.baseline(&mut outline) {
        recording.baseline.insert(path.into(), value);
    }
    reader.left_over(&outline, TOP_FIELDS);

    let mut lists: Vec<Vec<&mut Head>> =
        views.iter_mut().map(|view| heads(&mut view.keys)).collect();
    lists.extend([heads(&mut changes), heads(&mut events), heads(&mut clock_changes)]);
    let is_recorded = number(lists);

    let dated = views.iter().find(|view| !view.keys.is_empty()).into_iter().flat_map(|view| {
        let keys = view.keys.iter();
        keys.filter_map(|key| Some((key.head.stamp, key.item.date.as_ref()?.tdb_s)))
    });
    let written = WrittenClock::new(start_tdb_s, rate.unwrap_or(1.0), dated);
    for draft in views {
        let named =
            draft.keys.iter().filter_map(|key| Some((key.head.seq?, key.item.name.as_ref()?)));
        recording.names.extend(named.map(|(seq, name)| (seq, name.as_str().into())));
        let view = settle_view(reader, draft, is_recorded, &written, scene);
        recording.views.push(view);
    }
    match clock {
        Some(keys) => apply::clock(reader, &mut recording, keys),
        None => apply::derived_clock(&mut recording, start_tdb_s),
    }
    if let Some(rate) = rate.filter(|_| !has_clock_changes) {
        let stamp = SessionTime::ZERO;
        recording.clock.push_change(ClockChange { seq: 0, stamp, rate: Some(rate), paused: None });
    }
    apply::clock_changes(&mut recording, clock_changes);
    for change in changes {
        apply::change(reader, &mut recording, change);
    }
    for event in events {
        apply::event(&mut recording, event);
    }
    recording
}

const TOP_FIELDS: &str = "version, title, description, author, host, created, program, scene, \
    scene_hash, effects, date, rate, vfov, anchor, follow, path, ease, keys, views, clock, clock_changes, \
    baseline, changes, events";
const VIEW_FIELDS: &str = "name, vfov, anchor, follow, path, ease, keys";

fn heads<T>(items: &mut [Timed<T>]) -> Vec<&mut Head> {
    items.iter_mut().map(|item| &mut item.head).collect()
}

fn header<'a>(reader: &mut Reader<'_, 'a>, outline: &mut Outline<'a>, recording: &mut Recording) {
    let header = &mut recording.header;
    let fields = [
        ("title", &mut header.title),
        ("description", &mut header.description),
        ("author", &mut header.author),
        ("host", &mut header.host),
        ("created", &mut header.created_utc),
        ("program", &mut header.program),
        ("scene", &mut header.scene),
        ("scene_hash", &mut header.scene_hash),
    ];
    for (name, field) in fields {
        if let Some(text) = reader.one(outline, name) {
            *field = text;
        }
    }
    if let Some(effects) = reader.one(outline, "effects") {
        header.effects = effects;
    }
}

fn draft_view<'a>(reader: &mut Reader<'_, 'a>, outline: &mut Outline<'a>) -> DraftView {
    let name: Option<String> = reader.one(outline, "name");
    let mut view = View::new(name.as_deref().unwrap_or(MAIN_VIEW));
    view.vfov_deg = reader.one::<FieldOfView>(outline, "vfov").map(|vfov| vfov.0);
    let state = KeyState {
        anchor: reader.one(outline, "anchor"),
        follow: reader.one(outline, "follow").unwrap_or(true),
        path: reader.one(outline, "path").unwrap_or(Path::Smooth),
        ease: reader.one(outline, "ease").unwrap_or(Easing::Linear),
        scale: 1.0,
        last: None,
    };
    let keys = reader.list(outline, "keys", "a camera key").unwrap_or_default();
    DraftView { view, state, keys }
}

fn settle_view(
    reader: &mut Reader<'_, '_>,
    draft: DraftView,
    is_recorded: bool,
    clock: &WrittenClock,
    scene: &impl Surroundings,
) -> View {
    let DraftView { mut view, mut state, keys } = draft;
    let mut latest = SessionTime::MIN;
    for Timed { head, item: key } in keys {
        let Head { stamp, offset, .. } = head;
        let seq = head.seq.unwrap_or_default();
        if stamp < latest && !is_recorded {
            let fault = Fault::warning("this key is due as late as the one before it")
                .found(format!("{stamp} s"), format!("at least {latest} s"));
            reader.note(fault, offset);
        }
        latest = latest.max(stamp);
        let sim_time_s = key.date.as_ref().map_or_else(|| clock.tdb_s(stamp), |date| date.tdb_s);
        let settled = state.settle(&key, Moment { seq, stamp, sim_time_s }, scene);
        let settled = settled.and_then(|settled| match view.camera.push(settled.entry) {
            Ok(()) => Ok((settled.wording, settled.remark)),
            Err(unusable) => {
                Err(Box::new(Fault::loss(format!("this key is left out: {unusable}"))))
            }
        });
        let fault = match settled {
            Ok((wording, remark)) => {
                view.wordings.extend(wording.map(|wording| (seq, wording)));
                remark
            }
            Err(fault) => Some(*fault),
        };
        if let Some(fault) = fault {
            reader.note(fault, offset);
        }
    }
    view
}
