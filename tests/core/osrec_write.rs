//! Writing 03.00: everything comes back bit for bit, what cannot is named, and OpenSpace's own player
//! gets what it needs.

use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, Leave, Path};
use skyreel_core::clock_track::{ClockChange, ClockKey};
use skyreel_core::event::{Event, EventKind};
use skyreel_core::fault::Severity;
use skyreel_core::format::Mode;
use skyreel_core::format::osrec::{NotWritable, WriteOptions, Written, write};
use skyreel_core::pose::CameraPose;
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::{MAIN_VIEW, Recording, View};
use skyreel_core::rule::Rule;
use skyreel_core::sample::sample_camera;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};

use crate::osrec::{own_file, read, scripts};

const FOR_OPENSPACE: WriteOptions = WriteOptions { for_openspace: true };

/// A recording as a reader makes it: entries numbered in the order given.
#[derive(Default)]
struct Maker(Recording);

impl Maker {
    fn new() -> Self {
        let mut recording = Recording::default();
        recording.header.program = "OpenSpace".to_owned();
        recording.view_mut(MAIN_VIEW);
        Self(recording)
    }

    fn camera(mut self, stamp: SessionTime, sim_time_s: f64, pose: CameraPose) -> Self {
        let seq = self.0.next_sequence();
        let leave = Leave::AS_RECORDED;
        let entry = CameraEntry { seq, stamp, sim_time_s, pose, leave };
        self.0.view_mut(MAIN_VIEW).camera.push(entry).unwrap();
        let sim_time = SimTime::from_tdb_secs(sim_time_s).unwrap();
        self.0.clock.push_key(ClockKey { stamp, sim_time, easing: Easing::Linear });
        self
    }

    fn script(self, stamp: SessionTime, sim_time_s: f64, text: &str) -> Self {
        self.event(stamp, sim_time_s, EventKind::Script { text: text.to_owned() })
    }

    fn event(mut self, stamp: SessionTime, sim_time_s: f64, kind: EventKind) -> Self {
        let seq = self.0.next_sequence();
        self.0.events.push(Event { seq, stamp, sim_time_s, kind });
        self
    }
}

fn pose(anchor: &str, x: f64) -> CameraPose {
    CameraPose {
        anchor: anchor.into(),
        follow_rotation: true,
        position_m: [x, 0.0, 0.0],
        rotation_wxyz: [1.0, 0.0, 0.0, 0.0],
        scale: 1.0,
    }
}

fn secs(seconds: f64) -> SessionTime {
    SessionTime::from_secs(seconds).unwrap()
}

fn written(recording: &Recording, mode: Mode) -> Written {
    write(recording, mode, WriteOptions::default()).unwrap()
}

fn text_of(written: &Written) -> &str {
    std::str::from_utf8(&written.bytes).unwrap()
}

fn losses(written: &Written) -> Vec<&str> {
    let losses = written.losses.iter().filter(|f| f.severity == Severity::Loss);
    losses.map(|f| f.message.as_str()).collect()
}

#[derive(Clone, Debug)]
enum Made {
    Camera(SessionTime, f64, CameraPose),
    Script(SessionTime, f64, String),
}

fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("finite", |v| v.is_finite())
}

fn entry() -> impl Strategy<Value = Made> {
    // Up to 46 days, within which an f64 of seconds names every nanosecond.
    let stamp =
        || (-4_000_000_000_000_000_i64..4_000_000_000_000_000).prop_map(SessionTime::from_nanos);
    let place = prop_oneof![-1e60..1e60_f64, -1e9..1e9_f64, Just(-0.0), Just(5e-324)];
    let part = || any::<f32>().prop_filter("finite", |v| v.is_finite());
    let pose = (
        "[^\\s\0]{1,8}",
        any::<bool>(),
        [place.clone(), place.clone(), place],
        [part(), part(), part(), part()],
        part(),
    )
        .prop_map(|(anchor, follow_rotation, position_m, rotation, scale)| CameraPose {
            anchor: anchor.as_str().into(),
            follow_rotation,
            position_m,
            rotation_wxyz: rotation.map(f64::from),
            scale,
        });
    let script = prop_oneof![
        any::<String>(),
        "[ \\t\\r\\n\"\\\\0a-c();]{0,20}",
        "load\\(\"[\\\\nr\"0a]{0,5}\"\\)\\(\\)",
    ];
    prop_oneof![
        (stamp(), finite(), pose).prop_map(|(t, sim, pose)| Made::Camera(t, sim, pose)),
        (stamp(), finite(), script).prop_map(|(t, sim, text)| Made::Script(t, sim, text)),
    ]
}

proptest! {
    #[test]
    fn every_recording_comes_back_bit_for_bit_in_both_modes(
        made in prop::collection::vec(entry(), 1..12),
    ) {
        let recording = made.into_iter().fold(Maker::new(), |maker, made| match made {
            Made::Camera(t, sim, pose) => maker.camera(t, sim, pose),
            Made::Script(t, sim, text) => maker.script(t, sim, &text),
        }).0;
        for mode in [Mode::Ascii, Mode::Binary] {
            let first = written(&recording, mode);
            prop_assert_eq!(&first.losses, &[]);
            let back = read(&first.bytes);
            prop_assert_eq!(&back.faults, &[]);
            prop_assert_eq!(&back.recording, &recording);
            // `==` takes 0 for -0; bytes do not.
            prop_assert_eq!(&written(&back.recording, mode).bytes, &first.bytes);
        }
    }
}

#[test]
fn a_script_that_text_cannot_hold_is_one_load_line_and_comes_back_as_it_was() {
    let cases = [
        ("openspace.time.setPause(true)", "openspace.time.setPause(true)"),
        ("a -- note\nb = 2", r#"load("a -- note\nb = 2")()"#),
        ("", r#"load("")()"#),
        ("  x()", r#"load("  x()")()"#),
        ("\tx()", "load(\"\tx()\")()"),
        ("x()  ", "x()  "),
        ("x()\r", r#"load("x()\r")()"#),
        ("say(\"C:\\dir\")\n", r#"load("say(\"C:\\dir\")\n")()"#),
        ("a\x001", r#"load("a\0001")()"#),
        ("say(\"a\\nb\")", r#"say("a\nb")"#),
        (r#"load("a\nb")()"#, r#"load("load(\"a\\nb\")()")()"#),
        (r#"load("print(1)")()"#, r#"load("load(\"print(1)\")()")()"#),
    ];
    for (script, line) in cases {
        let recording = Maker::new().script(SessionTime::ZERO, 0.0, script).0;
        let file = written(&recording, Mode::Ascii);
        assert_eq!(text_of(&file).lines().nth(1), Some(format!("script 0 0 1 {line}").as_str()));
        assert_eq!(scripts(&read(&file.bytes)), [script]);
        let file = written(&recording, Mode::Binary);
        assert_eq!(scripts(&read(&file.bytes)), [script]);
    }
}

#[test]
fn a_load_line_of_someone_elses_is_left_as_it_is() {
    for line in [
        r#"load("print(1)")()"#,
        r#"load("a\n" .. "b")()"#,
        r#"load("a\tb\n")()"#,
        r#"load("a\10b")()"#,
        r#"load("a\"#,
    ] {
        let file = format!("OpenSpace_record/playback03.00A\nscript 0 0 1 {line}\n");
        assert_eq!(scripts(&read(file.as_bytes())), [line]);
    }
    // Before 03.00 nothing was written in this way.
    let file = "OpenSpace_record/playback02.00A\nscript 0 0 1 load(\"a\\nb\")()\n";
    assert_eq!(scripts(&read(file.as_bytes())), ["load(\"a\\nb\")()"]);
}

#[test]
fn our_own_files_come_back_byte_for_byte() {
    for (name, mode) in [("0300_small.osrec", Mode::Binary), ("0300_small.osrectxt", Mode::Ascii)] {
        let bytes = own_file(name);
        assert_eq!(written(&read(&bytes).recording, mode).bytes, bytes, "{name}");
    }
}

#[test]
fn entries_of_an_openspace_file_keep_their_order_those_of_others_are_in_order_of_time() {
    let make = |program: &str| {
        let mut maker = Maker::new()
            .camera(secs(0.0), 0.0, pose("Earth", 1.0))
            .camera(secs(9.0), 9.0, pose("Earth", 2.0))
            .script(secs(4.0), 4.0, "x()");
        maker.0.header.program = program.to_owned();
        let file = written(&maker.0, Mode::Ascii);
        text_of(&file).lines().skip(1).map(|line| line[..8].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(make("OpenSpace"), ["camera 0", "camera 9", "script 4"]);
    assert_eq!(make("Skyreel"), ["camera 0", "script 4", "camera 9"]);
}

#[test]
fn what_openspace_plays_begins_with_a_camera_and_has_no_empty_script() {
    let recording = Maker::new()
        .script(secs(0.0), 0.0, "openspace.time.setPause(false)")
        .script(secs(0.0), 0.0, "")
        .camera(secs(2.0), 700.0, pose("Earth", 5.0))
        .camera(secs(3.0), 701.0, pose("", 6.0))
        .0;
    for mode in [Mode::Ascii, Mode::Binary] {
        let file = write(&recording, mode, FOR_OPENSPACE).unwrap();
        let back = read(&file.bytes);
        let entries = back.recording.views[0].camera.entries();
        assert_eq!((entries[0].seq, entries[0].stamp), (0, SessionTime::ZERO));
        assert_eq!((entries[0].sim_time_s, &entries[0].pose), (700.0, &entries[1].pose));
        assert_eq!(entries[2].pose.anchor.as_str(), "Root");
        assert_eq!(scripts(&back), ["openspace.time.setPause(false)"]);
        assert_eq!(losses(&file), [""; 0]);
        assert_eq!(file.losses.len(), 3, "{:?}", file.losses);
    }
    // What it could already play is left as it is.
    let good =
        Maker::new().camera(secs(0.0), 1.0, pose("Earth", 5.0)).script(secs(1.0), 2.0, "x()").0;
    let file = write(&good, Mode::Ascii, FOR_OPENSPACE).unwrap();
    assert_eq!(file, written(&good, Mode::Ascii));
}

#[test]
fn openspace_gets_no_recording_without_a_camera() {
    let recording = Maker::new().script(secs(0.0), 0.0, "x()").0;
    assert_eq!(write(&recording, Mode::Ascii, FOR_OPENSPACE), Err(NotWritable::NoCamera));
    assert!(write(&recording, Mode::Ascii, WriteOptions::default()).is_ok());
    assert!(write(&Recording::default(), Mode::Binary, WriteOptions::default()).is_ok());
}

#[test]
fn what_the_format_cannot_hold_is_named() {
    let mut recording = Maker::new()
        .camera(secs(0.0), 0.0, pose("Space Station", 1.0))
        .event(secs(1.0), 0.0, EventKind::Marker { name: "Earthrise".into(), text: "!".into() })
        .event(secs(2.0), 0.0, EventKind::typed("x()"))
        .0;
    recording.views[0].vfov_deg = Some(40.0);
    recording.header.title = "A flight".to_owned();
    let camera = recording.views[0].camera.clone();
    recording.views.push(View { camera, ..View::new("left") });
    let file = written(&recording, Mode::Ascii);
    let all = losses(&file).join("; ");
    for said in ["\"left\"", "field of view", "markers", "blanks in an anchor's name"] {
        assert!(all.contains(said), "{said} is missing in {all}");
    }
    assert_eq!(losses(&file).len(), 4);
    let back = read(&file.bytes);
    assert_eq!(back.recording.views[0].camera.entries()[0].pose.anchor.as_str(), "Space_Station");
    assert_eq!(scripts(&back), ["x()"]);
    assert_eq!(losses(&written(&recording, Mode::Binary)).len(), 3);
}

#[test]
fn tracks_rules_and_baseline_that_no_script_carries_are_written_as_scripts() {
    let mut recording = Maker::new().camera(secs(0.0), 100.0, pose("Earth", 1.0)).0;
    recording.header.program.clear();
    recording.baseline.insert("Scene.Sun.Fade".into(), Value::Number(0.5));
    let change = |seq, at, value, duration, easing| PropertyChange {
        seq,
        stamp: secs(at),
        value,
        duration: secs(duration),
        easing,
    };
    let on = change(1, 1.0, Value::Bool(true), 0.0, Easing::Linear);
    recording.push_property("Scene.Earth.Enabled", on);
    let eased = change(3, 3.0, Value::Number(0.0), 2.5, Easing::QuadraticEaseInOut);
    recording.push_property("Scene.Earth.Fade", eased);
    let text = Value::Text("a \"b\"\n".into());
    recording.push_property("Scene.Label.Text", change(4, 4.0, text, 0.0, Easing::Linear));
    recording.rules.push(Rule {
        seq: 2,
        stamp: secs(2.0),
        pattern: "{planet}.Renderable.Color".parse().unwrap(),
        value: Value::Numbers([1.0, 0.25, 1e-5].into()),
        duration: secs(1.0),
        easing: Easing::Linear,
    });
    let (rate, paused) = (Some(3600.0), Some(true));
    recording.clock.push_change(ClockChange { seq: 5, stamp: secs(5.0), rate, paused });
    let file = written(&recording, Mode::Ascii);
    assert_eq!(file.losses, []);
    let lines: Vec<_> = text_of(&file).lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            r#"script 0 0 1 openspace.setPropertyValueSingle("Scene.Sun.Fade", 0.5)"#,
            "camera 0 100 1 0 0 1 0 0 0 1 F Earth",
            r#"script 1 100 1 openspace.setPropertyValueSingle("Scene.Earth.Enabled", true)"#,
            r#"script 2 100 1 openspace.setPropertyValue("{planet}.Renderable.Color", {1, 0.25, 1e-05}, 1)"#,
            r#"script 3 100 1 openspace.setPropertyValueSingle("Scene.Earth.Fade", 0, 2.5, "QuadraticEaseInOut")"#,
            r#"script 4 100 1 openspace.setPropertyValueSingle("Scene.Label.Text", "a \"b\"\n")"#,
            "script 5 100 1 openspace.time.setDeltaTime(3600)",
            "script 5 100 1 openspace.time.setPause(true)",
        ]
    );
    // What a script of the recording does is not said twice.
    let mut recording = Maker::new().script(secs(1.0), 0.0, "openspace.time.setPause(true)").0;
    recording.clock.push_change(ClockChange { seq: 0, stamp: secs(1.0), rate: None, paused });
    recording
        .push_property("Scene.Earth.Fade", change(0, 1.0, Value::Bool(true), 0.0, Easing::Linear));
    assert_eq!(text_of(&written(&recording, Mode::Ascii)).lines().count(), 2);
}

#[test]
fn a_smooth_path_is_written_as_many_entries_that_follow_it() {
    let mut recording = Recording::default();
    let track = &mut recording.view_mut(MAIN_VIEW).camera;
    for (seq, x) in [(0, 1e7), (1, 2e7), (2, 1e9)] {
        let leave = Leave::SMOOTH;
        let entry = CameraEntry {
            seq,
            stamp: secs(seq as f64 * 2.0),
            sim_time_s: seq as f64,
            pose: pose("Earth", x),
            leave,
        };
        track.push(entry).unwrap();
    }
    let file = written(&recording, Mode::Binary);
    let back = read(&file.bytes);
    assert!(back.recording.camera_entries() > 230);
    for at in [0.0, 0.51, 1.99, 2.0, 3.333, 4.0].map(secs) {
        let there = sample_camera(&recording.views[0].camera, at).unwrap();
        let here = sample_camera(&back.recording.views[0].camera, at).unwrap();
        let (there, here) = (there.leading().position_m, here.leading().position_m);
        assert!((there - here).length() < there.length() * 1e-4, "{there} {here}");
    }
}

#[test]
fn a_camera_that_stays_and_jumps_does_so_in_the_file() {
    let mut recording = Recording::default();
    let hold = Leave { path: Path::Hold, easing: Easing::Linear };
    for (seq, x) in [(0, 1.0), (1, 9.0)] {
        let (stamp, sim_time_s) = (secs(seq as f64), seq as f64);
        let entry = CameraEntry { seq, stamp, sim_time_s, pose: pose("Earth", x), leave: hold };
        recording.view_mut(MAIN_VIEW).camera.push(entry).unwrap();
    }
    let back = read(&written(&recording, Mode::Ascii).bytes);
    for at in [0.0, 0.5, 0.999_999, 1.0, 1.5].map(secs) {
        let there = sample_camera(&recording.views[0].camera, at);
        assert_eq!(sample_camera(&back.recording.views[0].camera, at), there);
    }
}
