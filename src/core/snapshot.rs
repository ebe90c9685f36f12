//! What faces show: the state of a session at one moment, as plain data that does not change any more.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::catalogue::PropertySpec;
use crate::command::Origin;
use crate::event::{EventKind, Said};
use crate::journey::{KeyId, PLAYED_AS, Pace};
use crate::player::{AtEnd, Speed};
use crate::property_set::PropertySet;
use crate::recording::Recording;
use crate::settings::SettingRow;
use crate::time::{SessionSpan, SessionTime, SimTime};
use crate::value::Value;

/// The state of a session, as faces show it. What a program does not have stays empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Snapshot {
    /// Grows by one with each snapshot that differs from the one before.
    pub number: u64,
    /// What the session does.
    pub mode: ModeView,
    /// The scene's clock.
    pub clock: ClockView,
    /// What the scene's properties hold; shared from one snapshot to the next.
    pub properties: Arc<PropertySet>,
    /// What was told last, the oldest first.
    pub notices: Arc<[Notice]>,
    /// The scene's nodes and what is known of its properties.
    pub scene: Arc<SceneView>,
    /// The node whose children and parts alone are shown.
    pub solo: Option<String>,
    /// Where the navigation camera is; `None` where there is none.
    pub navigation: Option<NavigationView>,
    /// The cameras there are, and which are on screen.
    pub views: Arc<ViewsView>,
    /// The recordings there are.
    pub library: Arc<LibraryView>,
    /// The film being made, or the last one that was.
    pub film: Option<FilmView>,
    /// What was said in the console, and the scripts that run.
    pub console: Arc<ConsoleView>,
    /// The journey that is being made.
    pub journey: Arc<JourneyView>,
    /// The recording being made of others, or the last one that was.
    pub edit: Option<EditView>,
    /// The settings, in the order in which they are shown.
    pub settings: Arc<[SettingRow]>,
}

impl Snapshot {
    /// Whether whoever shows this need not look at `other`. What is shared is not looked into, so that
    /// asking costs next to nothing.
    pub fn shows_the_same_as(&self, other: &Self) -> bool {
        self.mode == other.mode
            && self.clock == other.clock
            && self.solo == other.solo
            && self.navigation == other.navigation
            && self.film == other.film
            && self.edit == other.edit
            && Arc::ptr_eq(&self.properties, &other.properties)
            && Arc::ptr_eq(&self.notices, &other.notices)
            && Arc::ptr_eq(&self.scene, &other.scene)
            && Arc::ptr_eq(&self.views, &other.views)
            && Arc::ptr_eq(&self.library, &other.library)
            && Arc::ptr_eq(&self.console, &other.console)
            && Arc::ptr_eq(&self.journey, &other.journey)
            && Arc::ptr_eq(&self.settings, &other.settings)
    }
}

/// What a scene has, which does not change.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SceneView {
    /// Its name.
    pub name: String,
    /// Its nodes, parents before children.
    pub nodes: Vec<NodeView>,
    /// What is known of its properties, in order of their paths.
    pub properties: Vec<PropertySpec>,
}

/// A node of a scene.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeView {
    /// Its name, as commands take it.
    pub name: String,
    /// The name that people read.
    pub label: String,
    /// The node it moves with.
    pub parent: Option<String>,
    /// Whether it is a body that one can fly to.
    pub is_body: bool,
}

/// Where the navigation camera is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NavigationView {
    /// The node that it turns round.
    pub focus: String,
    /// From the node's centre, metres.
    pub distance_m: f64,
    /// Above its ground, metres; `None` where it has none.
    pub altitude_m: Option<f64>,
    /// Above which place: degrees north and east.
    pub above_deg: Option<(f64, f64)>,
    /// Which way it looks there: degrees clockwise from north, and above the horizon.
    pub looks_deg: Option<(f64, f64)>,
    /// Above which place of the focus the Sun stands: degrees north and east.
    pub sun_above_deg: Option<(f64, f64)>,
    /// Whether it turns with the focus.
    pub follows: bool,
    /// The flight that is under way.
    pub flight: Option<FlightView>,
}

/// A flight under way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FlightView {
    /// Where it leads.
    pub to: String,
    /// How long it has lasted, seconds.
    pub at_s: f64,
    /// How long it lasts in all, seconds.
    pub duration_s: f64,
}

/// The cameras there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ViewsView {
    /// Their names; the first is the navigation camera's.
    pub names: Vec<String>,
    /// Those on screen, place by place.
    pub on_screen: Vec<String>,
}

/// The recordings there are.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LibraryView {
    /// The folder they are in.
    pub folder: String,
    /// The youngest first.
    pub recordings: Vec<RecordingItem>,
    /// Why the folder cannot be read, where it cannot.
    pub fault: Option<String>,
    /// What is in the trash, the latest first.
    pub trash: Vec<TrashItem>,
}

/// A recording in the trash.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrashItem {
    /// What it is restored by.
    pub recording: String,
    /// The id that it had, and has again when it is restored.
    pub was: String,
    /// When it went there, ISO 8601 UTC.
    pub since_utc: String,
    /// The size of its file, bytes.
    pub bytes: u64,
}

/// A recording in the library.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordingItem {
    /// Its id: its path within the folder.
    pub recording: String,
    /// Its title.
    pub title: String,
    /// A description for people.
    pub description: String,
    /// When recording began, ISO 8601 UTC; empty if unknown.
    pub created_utc: String,
    /// How long it is; `None` where that cannot be told.
    pub duration: Option<SessionSpan>,
    /// The size of its file, bytes.
    pub bytes: u64,
    /// What is to be known of it: damaged, recovered, being recorded; empty where it is whole.
    pub condition: String,
    /// Whether it can be played.
    pub is_playable: bool,
    /// Whether it is a favourite.
    pub is_favourite: bool,
    /// Whether it is secured against the trash.
    pub is_secured: bool,
    /// Whether its file holds a picture of its beginning.
    pub has_thumbnail: bool,
}

/// A film being made, or one that was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FilmView {
    /// Its file.
    pub path: String,
    /// Frames that are done.
    pub frames: u64,
    /// Frames in all.
    pub of_frames: u64,
    /// How it ended, in words; `None` while it is being made.
    pub ended: Option<String>,
}

/// The console.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ConsoleView {
    /// What was said last, the oldest first.
    pub lines: Arc<[ConsoleLine]>,
    /// Scripts that run or wait.
    pub running: Vec<RunningScript>,
    /// All that scripts can call, in order of their names; it does not change.
    pub words: Arc<[ApiWord]>,
}

/// A line of the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsoleLine {
    /// Grows with each.
    pub number: u64,
    /// The script that it is about.
    pub script: u64,
    /// Who said it to whom.
    pub said: Said,
    /// By which way the script had come.
    pub origin: Origin,
    /// The line, or several.
    pub text: String,
    /// For a failure: the line of the script where it happened, from 1, where that is known.
    pub at_line: Option<u32>,
}

/// A script that runs or waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunningScript {
    /// Its number.
    pub script: u64,
    /// What it is called.
    pub name: String,
    /// What it does: what it waits for, in words.
    pub does: String,
}

/// Something that scripts can call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiWord {
    /// Its full name: `skyreel.record.start`.
    pub name: String,
    /// How it is called.
    pub usage: String,
    /// One line of what it does; for what is known and not supported, why.
    pub help: String,
}

/// The journey that is being made.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct JourneyView {
    /// Its file's name without ending; empty where it has none yet.
    pub name: String,
    /// Whether there is something that is not saved.
    pub is_changed: bool,
    /// Where its time stands.
    pub at: SessionTime,
    /// How long it is.
    pub duration: SessionTime,
    /// Its keys, by time; of the same time in order of their numbers.
    pub keys: Vec<KeyView>,
    /// What `undo` would take back, in words.
    pub undo: Option<String>,
    /// What `redo` would do again, in words.
    pub redo: Option<String>,
    /// What should be known of it: where the way goes through a globe.
    pub warnings: Vec<KeyWarning>,
    /// How fast the camera goes, sampled evenly from start to end: shares of the distance to the anchor
    /// a second, and the camera's turning in radians a second, together. Empty where there is no way.
    pub speeds: Vec<f32>,
    /// The date in the scene at its start.
    pub date: Option<SimTime>,
    /// Whether the camera was flown since the journey had put it somewhere or a key was made of it: what
    /// is seen is in no key.
    pub is_flown: bool,
    /// Whether `back` leads to where the camera was before the journey's time was moved.
    pub can_go_back: bool,
}

/// A key of a journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyView {
    /// Its number.
    pub key: KeyId,
    /// When.
    pub at: SessionTime,
    /// Its name; empty: none.
    pub name: String,
    /// How it is left for the next of its lane.
    pub pace: Pace,
    /// What it is a key of.
    pub of: KeyOf,
}

/// What a key is a key of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyOf {
    /// The camera.
    Camera {
        /// The node it is relative to.
        anchor: String,
        /// From that node's centre, metres.
        distance_m: f64,
    },
    /// A property, or all that a pattern names.
    Property {
        /// The path or pattern.
        path: String,
        /// What it is to hold.
        value: Value,
        /// How long the change takes.
        over: SessionSpan,
    },
    /// A script.
    Script {
        /// Lua.
        code: String,
    },
}

/// Something that should be known of a stretch of a journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeyWarning {
    /// The key that the stretch begins with.
    pub key: KeyId,
    /// When it is at its worst.
    pub at: SessionTime,
    /// What.
    pub text: String,
}

/// A recording being made of others, or one that was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EditView {
    /// What is being done, in words: `reduce tour.skyreel`.
    pub what: String,
    /// The new recording's name.
    pub name: String,
    /// How far it is, 0 to 1.
    pub done: f32,
    /// How it ended, in words; `None` while it is being made.
    pub ended: Option<String>,
    /// Whether it ended well.
    pub is_well: bool,
}

/// What a session does.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeView {
    /// Nothing of the two.
    #[default]
    Idle,
    /// It records.
    Recording(RecordingView),
    /// It plays.
    Playing(PlayingView),
}

/// A recording being made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordingView {
    /// Its name.
    pub name: String,
    /// How long it is.
    pub elapsed: SessionSpan,
    /// How large its file is, bytes.
    pub bytes: u64,
    /// How many frames it has.
    pub frames: u64,
    /// Whether it leaves out what happens.
    pub paused: bool,
}

/// A recording being played.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlayingView {
    /// Its id.
    pub recording: String,
    /// Its title.
    pub name: String,
    /// Where it stands.
    pub at: SessionTime,
    /// How long it is.
    pub duration: SessionTime,
    /// The part that plays.
    pub marks: (SessionTime, SessionTime),
    /// How fast.
    pub speed: Speed,
    /// What becomes of it at the end.
    pub at_end: AtEnd,
    /// Whether it moves.
    pub is_moving: bool,
    /// Whether it has come to its end.
    pub has_ended: bool,
    /// Whether the clock is the recorded one.
    pub force_time: bool,
    /// What happens when: for the time line.
    pub moments: Arc<[Moment]>,
}

impl PlayingView {
    /// Whether it is the journey that is being made.
    pub fn is_journey(&self) -> bool {
        self.recording.starts_with(PLAYED_AS)
    }
}

/// Something on a recording's time line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// When.
    pub at: SessionTime,
    /// What sort of thing.
    pub kind: MomentKind,
    /// In words.
    pub text: String,
}

/// A sort of thing on a time line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MomentKind {
    /// A named moment.
    Marker,
    /// A property was changed.
    Change,
    /// A script ran, or a line was typed.
    Script,
}

/// The scene's clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClockView {
    /// Simulation time.
    pub sim_time: SimTime,
    /// Simulated seconds a second.
    pub rate: f64,
    /// Whether it stands still.
    pub paused: bool,
}

/// Something that people should be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Grows with each.
    pub number: u64,
    /// How much it matters.
    pub weight: Weight,
    /// What.
    pub text: String,
}

/// How much something matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// For whoever reads the log.
    Detail,
    /// Good to know.
    Info,
    /// Something is not as it should be.
    Warning,
    /// Something did not work.
    Error,
}

/// What the time line of a recording shows: its markers, its scripts, and what was changed when;
/// changes within a tenth of a second are one.
pub fn moments(recording: &Recording) -> Vec<Moment> {
    let events = recording.events.iter().filter_map(|event| {
        let (kind, text) = match &event.kind {
            EventKind::Marker { name, text } if text.is_empty() => {
                (MomentKind::Marker, name.clone())
            }
            EventKind::Marker { name, text } => (MomentKind::Marker, format!("{name}: {text}")),
            EventKind::Script { text } | EventKind::Console { text, .. } => {
                (MomentKind::Script, text.clone())
            }
        };
        (event.stamp >= SessionTime::ZERO).then_some(Moment { at: event.stamp, kind, text })
    });
    let mut moments: Vec<Moment> = events.collect();
    let mut changes: BTreeMap<i64, (SessionTime, usize, &str)> = BTreeMap::new();
    for (path, track) in &recording.properties {
        for change in track.changes().iter().filter(|c| c.stamp > SessionTime::ZERO) {
            let tenth = change.stamp.as_nanos() / 100_000_000;
            changes.entry(tenth).or_insert((change.stamp, 0, path)).1 += 1;
        }
    }
    moments.extend(changes.into_values().map(|(at, count, path)| Moment {
        at,
        kind: MomentKind::Change,
        text: match count {
            1 => path.to_owned(),
            count => format!("{path} and {} more", count - 1),
        },
    }));
    moments.sort_by_key(|moment| moment.at);
    moments
}
