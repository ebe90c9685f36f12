//! A small recording with a bit of everything, the file of it, and where in it what lies.

use std::collections::BTreeMap;
use std::ops::Range;

use skyreel_core::camera_track::{CameraEntry, Leave, Path};
use skyreel_core::clock_track::{ClockChange, ClockKey};
use skyreel_core::entry::entries;
use skyreel_core::event::{Event, EventKind};
use skyreel_core::format::native::{Encoder, Ending, Segment, Segmenter};
use skyreel_core::pose::{CameraPose, NodeName};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::{Header, Recording, View};
use skyreel_core::rule::Rule;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};
use skyreel_core::wording::{Aim, GlobePlace, Height, Wording};

use crate::support::{ns, s};

/// A recording, its file, and the segments and pieces that the file was made of.
pub struct Small {
    pub recording: Recording,
    pub file: Vec<u8>,
    pub segments: Vec<Segment>,
    /// The pieces that the encoder gave, one after another in the file: head, segments, attachment, end.
    pub pieces: Vec<Range<usize>>,
}

impl Small {
    /// The chunk record of a segment.
    pub fn chunk(&self, segment: usize) -> Range<usize> {
        let start = self.pieces[1 + segment].start;
        start..start + record_bytes(&self.file[start..])
    }
}

/// The length of the record that bytes begin with, head included.
pub fn record_bytes(bytes: &[u8]) -> usize {
    9 + u64::from_le_bytes(bytes[1..9].try_into().unwrap()) as usize
}

/// The file of a recording, with a picture attached.
pub fn small(recording: Recording) -> Small {
    let (mut encoder, mut file) = Encoder::new(&recording.header);
    let mut pieces = Vec::from([Range { start: 0, end: file.len() }]);
    let mut append = |piece: Vec<u8>| {
        pieces.push(file.len()..file.len() + piece.len());
        file.extend(piece);
    };
    let mut segmenter = Segmenter::new(recording.baseline.clone());
    let mut segments = Vec::new();
    for entry in entries(&recording) {
        segments.extend(segmenter.push(entry));
    }
    segments.extend(segmenter.close());
    for segment in &segments {
        append(encoder.segment(segment).unwrap());
    }
    append(encoder.attach("thumbnail", "image/png", &[7; 40]));
    append(encoder.finish(&Ending::default()));
    Small { recording, file, segments, pieces }
}

/// Thirty seconds: two cameras, a clock that is set, held and let go, toggles, an easing across the
/// border of two segments, a rule, scripts, markers, a place in words.
pub fn bit_of_everything() -> Recording {
    let header = Header {
        title: "To the Moon".into(),
        author: "Ada".into(),
        program: "skyreel".into(),
        scene: "solar".into(),
        scene_hash: "c0ffee".into(),
        created_utc: "2026-03-07T18:30:00Z".into(),
        ..Header::default()
    };
    let mut recording = Recording { header, ..Recording::default() };
    recording.views.push(View { vfov_deg: Some(50.5), ..View::new("main") });
    recording.views.push(View::new("side"));
    let mut seq = 0;
    let mut next = || {
        seq += 1;
        seq - 1
    };
    for i in 0..8 {
        let at = f64::from(i) * 4.0;
        let sim_time_s = 8e8 + at * 60.0;
        let entry = camera(next(), at, sim_time_s, "Earth", 7e6 + 1e5 * at * at);
        recording.views[0].camera.push(entry).unwrap();
        let sim_time = SimTime::from_tdb_secs(sim_time_s).unwrap();
        let key = ClockKey { stamp: s(at), sim_time, easing: Easing::Linear };
        recording.clock.push_key(key);
    }
    for (at, anchor) in [(1.0, "Moon"), (13.5, "Moon"), (26.5, "Earth")] {
        let entry = camera(next(), at, 8e8 + at * 60.0, anchor, 3e6 - 1e4 * at);
        recording.views[1].camera.push(entry).unwrap();
    }
    let first = recording.views[0].camera.entries()[0].clone();
    let place =
        GlobePlace { latitude_deg: 48.1, longitude_deg: 11.5, height: Height::Altitude(9e5) };
    let aim = Aim::LookAt { node: NodeName::new("Moon"), up: Some([0.0, 0.0, 1.0]) };
    let date = Some("2026-03-07T18:30:00".to_owned());
    let words = Wording { place: Some(place), aim: Some(aim), date, pose: first.pose };
    recording.views[0].wordings.insert(first.seq, words);
    for (at, rate, paused) in
        [(2.0, Some(60.0), None), (14.0, None, Some(true)), (25.0, Some(5.0), Some(false))]
    {
        let change = ClockChange { seq: next(), stamp: s(at), rate, paused };
        recording.clock.push_change(change);
    }
    let baseline: [(&str, Value); 3] = [
        ("Scene.Moon.Fade", Value::Number(1.0)),
        ("Scene.Moon.Enabled", Value::Bool(true)),
        ("Scene.Stars.Colour", Value::Numbers([0.5, 0.25, 1.0].into())),
    ];
    recording.baseline = baseline.map(|(path, value)| (path.into(), value)).into();
    let changes: [(&str, f64, Value, f64); 6] = [
        ("Scene.Moon.Fade", 8.0, Value::Number(0.0), 6.0),
        ("Scene.Moon.Enabled", 9.0, Value::Bool(false), 0.0),
        ("Scene.Moon.Enabled", 16.0, Value::Bool(true), 0.0),
        ("Scene.Label.Text", 17.5, Value::Text("new moon".into()), 0.0),
        ("Scene.Moon.Fade", 19.0, Value::Number(1.0), 4.0),
        ("Scene.Moon.Enabled", 26.0, Value::Bool(false), 0.0),
    ];
    for (path, at, value, lasts) in changes {
        let (duration, easing) = (s(lasts), Easing::CubicEaseInOut);
        let change = PropertyChange { seq: next(), stamp: s(at), value, duration, easing };
        recording.push_property(path, change);
    }
    recording.rules.push(Rule {
        seq: next(),
        stamp: s(22.0),
        pattern: "Scene.*.Fade".parse().unwrap(),
        value: Value::Number(0.5),
        duration: s(1.0),
        easing: Easing::SineEaseOut,
    });
    let script = |text: &str| EventKind::Script { text: text.to_owned() };
    let marker = EventKind::Marker { name: "new moon".into(), text: "look".into() };
    let console = EventKind::typed("pause()");
    for (at, kind) in
        [(4.0, script("go()")), (14.0, console), (17.0, marker), (25.0, script("b()\nc()"))]
    {
        let event = Event { seq: next(), stamp: s(at), sim_time_s: 8e8 + at, kind };
        recording.events.push(event);
    }
    recording
}

fn camera(seq: u64, at: f64, sim_time_s: f64, anchor: &str, x: f64) -> CameraEntry {
    let (sin, cos) = (at / 9.0).sin_cos();
    CameraEntry {
        seq,
        stamp: s(at),
        sim_time_s,
        pose: CameraPose {
            anchor: NodeName::new(anchor),
            follow_rotation: anchor == "Moon",
            position_m: [x, x / 3.0, -at],
            rotation_wxyz: [cos, 0.0, sin, 0.0],
            scale: 1.0,
        },
        leave: Leave { path: Path::AsRecorded, easing: Easing::Linear },
    }
}

/// Moments all over it, on entries and between them.
pub fn moments() -> Vec<SessionTime> {
    (-2..68).map(|half| ns(half * 500_000_000 + half % 3)).collect()
}

/// How many entries of all kinds a recording has, by their sequence numbers, and how often.
pub fn census(recording: &Recording) -> BTreeMap<(&'static str, u64), usize> {
    let mut census = BTreeMap::new();
    let mut count = |what, seq| *census.entry((what, seq)).or_default() += 1;
    for view in &recording.views {
        view.camera.entries().iter().for_each(|e| count("camera", e.seq));
        view.wordings.keys().for_each(|seq| count("wording", *seq));
    }
    let keys = recording.clock.keys().iter();
    keys.for_each(|k| count("key", k.stamp.as_nanos() as u64));
    recording.rules.iter().for_each(|r| count("rule", r.seq));
    recording.events.iter().for_each(|e| count("event", e.seq));
    census
}
