//! What faces show: the state of a session at one moment, as plain data that does not change any more.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::catalogue::PropertySpec;
use crate::event::EventKind;
use crate::player::{AtEnd, Speed};
use crate::property_set::PropertySet;
use crate::recording::Recording;
use crate::time::{SessionSpan, SessionTime, SimTime};

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
            && Arc::ptr_eq(&self.properties, &other.properties)
            && Arc::ptr_eq(&self.notices, &other.notices)
            && Arc::ptr_eq(&self.scene, &other.scene)
            && Arc::ptr_eq(&self.views, &other.views)
            && Arc::ptr_eq(&self.library, &other.library)
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
            EventKind::Script { text } | EventKind::Console { text } => {
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
