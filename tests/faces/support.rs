//! Sessions to look at.

use std::sync::Arc;

use skyreel_core::catalogue::PropertySpec;
use skyreel_core::command::Origin;
use skyreel_core::event::Said;
use skyreel_core::journey::{KeyId, Pace};
use skyreel_core::player::{AtEnd, Speed};
use skyreel_core::property_set::PropertySet;
use skyreel_core::settings::{SettingKind, SettingRow};
use skyreel_core::snapshot::{
    ApiWord, ClockView, ConsoleLine, ConsoleView, EditView, JourneyView, KeyOf, KeyView,
    KeyWarning, LibraryView, ModeView, Moment, MomentKind, NavigationView, NodeView, Notice,
    PlayingView, RecordingItem, RecordingView, RunningScript, SceneView, Snapshot, TrashItem,
    ViewsView, Weight,
};
use skyreel_core::time::SessionTime;
use skyreel_core::value::Value;
use skyreel_faces::bar::console::Language;

pub fn secs(seconds: f64) -> SessionTime {
    SessionTime::from_secs(seconds).unwrap()
}

pub fn recording() -> ModeView {
    ModeView::Recording(RecordingView {
        name: "Saturn tour".to_owned(),
        elapsed: secs(72.5),
        bytes: 12_345_678,
        frames: 4_350,
        paused: false,
    })
}

pub fn playing_view() -> PlayingView {
    let moment = |at_s, kind, text: &str| Moment { at: secs(at_s), kind, text: text.to_owned() };
    PlayingView {
        recording: "tours/saturn.skyreel".to_owned(),
        name: "Saturn tour".to_owned(),
        at: secs(25.0),
        duration: secs(100.0),
        marks: (secs(0.0), secs(100.0)),
        speed: Speed::NORMAL,
        at_end: AtEnd::Hold,
        is_moving: true,
        has_ended: false,
        force_time: true,
        moments: Arc::new([
            moment(10.0, MomentKind::Marker, "First light"),
            moment(40.0, MomentKind::Change, "Scene.SaturnTrail.Renderable.Enabled = true"),
            moment(70.0, MomentKind::Script, "openspace.time.setPause(true)"),
        ]),
    }
}

pub fn playing() -> ModeView {
    ModeView::Playing(playing_view())
}

/// A recording in the library.
pub fn item(recording: &str, title: &str) -> RecordingItem {
    RecordingItem {
        recording: recording.to_owned(),
        title: title.to_owned(),
        description: format!("All about {title}"),
        created_utc: "2026-03-07T18:30:00.125Z".to_owned(),
        duration: Some(secs(90.0)),
        bytes: 12_345_678,
        condition: String::new(),
        is_playable: true,
        is_favourite: false,
        is_secured: false,
        has_thumbnail: false,
    }
}

/// A handful of recordings, one of them damaged.
pub fn library() -> LibraryView {
    let damaged = RecordingItem {
        condition: "damaged: it has no camera; record it again".to_owned(),
        is_playable: false,
        duration: None,
        ..item("old/broken.osrec", "Broken")
    };
    let starred = RecordingItem {
        is_favourite: true,
        is_secured: true,
        ..item("shows/evening.skyreel", "Evening show")
    };
    LibraryView {
        folder: "/home/ada/skyreel/recordings".to_owned(),
        recordings: vec![
            item("saturn.skyreel", "Saturn tour"),
            item("moon.ron", "Moon landing sites"),
            damaged,
            starred,
            RecordingItem {
                condition: "recovered: 2 s are missing at its end".to_owned(),
                ..item("kiosk.skyreel", "Kiosk loop")
            },
        ],
        fault: None,
        trash: vec![
            trashed("2026-11-19T10-00-00Z/tours/old.skyreel", "tours/old.skyreel"),
            trashed("2026-11-18T09-30-00Z/test.ron", "test.ron"),
        ],
    }
}

fn trashed(recording: &str, was: &str) -> TrashItem {
    TrashItem {
        recording: recording.to_owned(),
        was: was.to_owned(),
        since_utc: "2026-11-19T10:00:00Z".to_owned(),
        bytes: 2_500_000,
    }
}

/// A library of many recordings.
pub fn long_library(count: usize) -> LibraryView {
    let recordings =
        (0..count).map(|n| item(&format!("tour {n}.skyreel"), &format!("Tour {n}"))).collect();
    LibraryView { recordings, ..library() }
}

fn node(name: &str, parent: Option<&str>, is_body: bool) -> NodeView {
    NodeView {
        name: name.to_owned(),
        label: name.replace("Trail", " trail").replace("Label", " label"),
        parent: parent.map(str::to_owned),
        is_body,
    }
}

/// A small scene and what its properties hold.
pub fn scene() -> (SceneView, PropertySet) {
    let mut nodes = vec![node("Sun", None, true)];
    for planet in ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"] {
        nodes.push(node(planet, Some("Sun"), true));
        nodes.push(node(&format!("{planet}Trail"), Some("Sun"), false));
        nodes.push(node(&format!("{planet}Label"), Some(planet), false));
    }
    nodes.push(node("Moon", Some("Earth"), true));
    nodes.push(node("Constellations", None, false));
    let mut properties = Vec::new();
    for node in &nodes {
        let mut add = |end: &str, default: Value, range| {
            let path = format!("Scene.{}.Renderable.{end}", node.name);
            properties.push(PropertySpec { path, tags: Vec::new(), default, range });
        };
        add("Enabled", Value::Bool(true), None);
        add("Fade", Value::Number(1.0), Some((0.0, 1.0)));
        if node.name.ends_with("Trail") {
            let colour = Value::Numbers([0.4, 0.7, 1.0].into());
            add("Appearance.Color", colour, Some((0.0, 1.0)));
            add("Appearance.LineWidth", Value::Number(2.0), Some((1.0, 20.0)));
        }
        if node.name == "Earth" {
            add("Texture", Value::Text("blue marble".into()), None);
            add("Offset", Value::Numbers([0.0, 1.0].into()), None);
            add("Height", Value::Number(12.0), None);
        }
    }
    properties.sort_by(|a, b| a.path.cmp(&b.path));
    let values = properties.iter().map(|spec| {
        let is_hidden = spec.path == "Scene.VenusTrail.Renderable.Enabled";
        let value = if is_hidden { Value::Bool(false) } else { spec.default.clone() };
        (spec.path.as_str().into(), value)
    });
    let values = values.collect();
    (SceneView { name: "Solar system".to_owned(), nodes, properties }, values)
}

/// A session in full swing.
pub fn snapshot(mode: ModeView) -> Snapshot {
    let (scene, properties) = scene();
    Snapshot {
        number: 7,
        mode,
        clock: ClockView {
            sim_time: "2026-03-07T18:30:00".parse().unwrap(),
            rate: 3_600.0,
            paused: false,
        },
        properties: Arc::new(properties),
        scene: Arc::new(scene),
        navigation: Some(NavigationView {
            focus: "Saturn".to_owned(),
            distance_m: 3.1e8,
            altitude_m: Some(2.5e8),
            above_deg: Some((-12.25, 16.37)),
            looks_deg: Some((90.0, -30.0)),
            sun_above_deg: Some((2.5, 120.0)),
            follows: false,
            flight: None,
        }),
        views: Arc::new(ViewsView {
            names: vec!["Navigation".to_owned(), "Overview".to_owned()],
            on_screen: vec!["Navigation".to_owned(), "Overview".to_owned()],
        }),
        library: Arc::new(library()),
        ..Snapshot::default()
    }
}

pub fn notice(number: u64, weight: Weight, text: &str) -> Notice {
    Notice { number, weight, text: text.to_owned() }
}

/// Some settings of each kind.
pub fn settings() -> Vec<SettingRow> {
    let row = |name: &str, help: &str, kind, unit: &str, value: Value, default: Value| SettingRow {
        name: name.to_owned(),
        help: help.to_owned(),
        kind,
        unit: unit.to_owned(),
        value,
        default,
    };
    let text = |text: &str| Value::Text(text.into());
    let number = |greatest| SettingKind::Number { least: 0.0, greatest, is_whole: true };
    vec![
        row(
            "recordings_folder",
            "Where recordings are kept.",
            SettingKind::Folder,
            "",
            text("/home/ada/skyreel/recordings"),
            text("/home/ada/skyreel/recordings"),
        ),
        row(
            "auto_record",
            "Record as soon as the scene is ready.",
            SettingKind::Switch,
            "",
            Value::Bool(false),
            Value::Bool(false),
        ),
        row(
            "largest_bytes",
            "Recording stops where its file would be larger; 0: never.",
            number(1e12),
            "bytes",
            Value::Number(1e8),
            Value::Number(1e8),
        ),
        row(
            "keep_days",
            "After so many days recordings go into the trash; secured and favourite ones stay.",
            number(36_500.0),
            "days",
            Value::Number(60.0),
            Value::Number(30.0),
        ),
        row(
            "at_end",
            "What becomes of playback at the end.",
            SettingKind::Choice(vec!["hold".to_owned(), "return".to_owned(), "loop".to_owned()]),
            "",
            text("hold"),
            text("hold"),
        ),
    ]
}

/// A language in which every bracket is closed and every `do` has its `end`.
pub fn language() -> Language {
    let is_complete = |text: &str| {
        let words = |word: &str| text.split_whitespace().filter(|w| *w == word).count();
        text.matches('(').count() <= text.matches(')').count() && words("do") <= words("end")
    };
    Language { is_complete }
}

fn word(name: &str, usage: &str, help: &str) -> ApiWord {
    ApiWord { name: name.to_owned(), usage: format!("{name}{usage}"), help: help.to_owned() }
}

/// A console in which much was said, two scripts of which run.
pub fn console(count: u64) -> ConsoleView {
    let said = [
        (Said::Typed, "skyreel.navigate.fly_to(\"Saturn\")", None),
        (Said::Returned, "12.5", None),
        (Said::Typed, "for _, moon in {\"Titan\", \"Rhea\"} do\n  print(moon)\nend", None),
        (Said::Printed, "Titan", None),
        (Said::Printed, "Rhea", None),
        (Said::Typed, "skyreel.scene.show(\"Titania\")", None),
        (Said::Refused, "the scene has no node 'Titania'; did you mean 'Titan'?", Some(1)),
        (
            Said::Printed,
            "Rings from 66,900 km to 140,180 km from the centre, seen from above",
            None,
        ),
    ];
    let lines = (0..count).map(|number| {
        let (said, text, at_line) = said[number as usize % said.len()];
        let is_last = number % 8 == 7;
        ConsoleLine {
            number: number + 1,
            script: number / 2,
            said,
            origin: if is_last { Origin::CommandLine } else { Origin::Window },
            text: text.to_owned(),
            at_line,
        }
    });
    let running = |script, name: &str, does: &str| RunningScript {
        script,
        name: name.to_owned(),
        does: does.to_owned(),
    };
    let mut words = vec![
        word("print", "(...)", "Write to the console."),
        word("skyreel.clock.pause", "()", "Stop the clock."),
        word("skyreel.clock.set", "(date)", "Set date and time."),
        word("skyreel.record.mark", "(name, [text])", "Name this moment of the recording."),
        word("skyreel.record.start", "([name], [description])", "Begin to record."),
        word("skyreel.record.stop", "()", "End the recording and keep it."),
        word("wait", "(seconds)", "Go on so much later."),
    ];
    words.sort_by(|a, b| a.name.cmp(&b.name));
    ConsoleView {
        lines: lines.collect(),
        running: vec![
            running(4, "evening.lua", "waits until 20:15:00"),
            running(7, "console", "waits 3.2 s"),
        ],
        words: words.into(),
    }
}

pub fn key(number: u32, at_s: f64, name: &str, of: KeyOf) -> KeyView {
    KeyView { key: KeyId(number), at: secs(at_s), name: name.to_owned(), pace: Pace::Linear, of }
}

pub fn camera(anchor: &str, distance_m: f64) -> KeyOf {
    KeyOf::Camera { anchor: anchor.to_owned(), distance_m }
}

fn property(path: &str, value: Value, over_s: f64) -> KeyOf {
    KeyOf::Property { path: path.to_owned(), value, over: secs(over_s) }
}

/// A journey with keys on four lanes and a warning.
pub fn journey() -> JourneyView {
    let trail = "Scene.SaturnTrail.Renderable.Enabled";
    let fade = "Scene.EarthLabel.Renderable.Fade";
    let code = "skyreel.clock.pause()\nprint(\"here\")".to_owned();
    let mut keys = vec![
        key(1, 0.0, "Home", camera("Earth", 2.0e7)),
        key(2, 8.0, "", camera("Earth", 9.0e6)),
        key(3, 20.0, "Over the rings", camera("Saturn", 3.1e8)),
        key(4, 31.5, "Titan", camera("Saturn", 9.0e8)),
        key(5, 4.0, "", property(trail, Value::Bool(false), 0.0)),
        key(6, 22.0, "", property(trail, Value::Bool(true), 0.0)),
        key(7, 12.0, "", property(fade, Value::Number(0.25), 3.0)),
        key(8, 26.0, "Pause", KeyOf::Script { code }),
    ];
    keys[1].pace = Pace::InOut;
    keys[3].pace = Pace::Hold;
    keys.sort_by_key(|key| key.at);
    JourneyView {
        name: "Saturn tour".to_owned(),
        is_changed: true,
        at: secs(14.0),
        duration: secs(31.5),
        keys,
        undo: Some("move 2 keys".to_owned()),
        redo: None,
        warnings: vec![KeyWarning {
            key: KeyId(2),
            at: secs(11.0),
            text: "The way goes through Earth; add a key beside it".to_owned(),
        }],
        speeds: (0..200).map(|n| (n as f32 / 14.0).sin().abs() * 0.6).collect(),
        date: Some("2026-03-07T18:30:00".parse().unwrap()),
        is_flown: false,
        can_go_back: false,
    }
}

/// A journey of many keys.
pub fn long_journey(count: u32) -> JourneyView {
    let key_of = |n: u32| match n % 5 {
        0..=2 => camera("Saturn", 3e8),
        3 => property(&format!("Scene.Moon{}.Renderable.Fade", n % 37), Value::Number(0.5), 1.0),
        _ => KeyOf::Script { code: "print(1)".to_owned() },
    };
    let keys = (0..count).map(|n| key(n, f64::from(n) * 0.75, "", key_of(n)));
    JourneyView {
        keys: keys.collect(),
        duration: secs(f64::from(count) * 0.75),
        warnings: Vec::new(),
        ..journey()
    }
}

/// A recording being made of another.
pub fn edit(ended: Option<&str>) -> EditView {
    EditView {
        what: "reduce Saturn tour".to_owned(),
        name: "Saturn tour reduced".to_owned(),
        done: 0.4,
        ended: ended.map(str::to_owned),
        is_well: ended.is_some(),
    }
}
