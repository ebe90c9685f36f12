//! Whatever a recording holds, the RON file written from it reads back to the same recording, every
//! float to the same bits.

use std::sync::Arc;

use std::path::PathBuf;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, Leave, Path};
use skyreel_core::clock_track::{ClockChange, ClockKey};
use skyreel_core::command::Origin;
use skyreel_core::event::{Event, EventKind, Said};
use skyreel_core::format::ron::{read, write};
use skyreel_core::pattern::PropertyPattern;
use skyreel_core::pose::{CameraPose, NodeName};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::{Effects, Header, Recording, View};
use skyreel_core::rule::Rule;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};

fn float() -> impl Strategy<Value = f64> {
    let finite = any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |f| f.is_finite());
    prop_oneof![
        finite,
        any::<i32>().prop_map(f64::from),
        -1e10..1e10,
        Just(-0.0),
        Just(5e-324),
        Just(-f64::MIN_POSITIVE / 3.0),
        Just(f64::MAX),
        Just(0.1 + 0.2),
    ]
}

fn coordinate() -> impl Strategy<Value = f64> {
    float().prop_map(|f| if f.abs() <= 1e60 { f } else { f.signum() * 1e60 })
}

fn single() -> impl Strategy<Value = f32> {
    let finite = any::<u32>().prop_map(f32::from_bits).prop_filter("finite", |f| f.is_finite());
    prop_oneof![finite, Just(0.0), Just(-0.0), Just(1.0)]
}

fn time() -> impl Strategy<Value = SessionTime> {
    let ns = prop_oneof![
        any::<i64>(),
        -20_000_000_000..20_000_000_000_i64,
        // Around where a plain number stops being exact.
        8_388_607_000_000_000..8_388_609_000_000_000_i64,
        (0..100_i64).prop_map(|s| s * 1_000_000_000),
    ];
    ns.prop_map(SessionTime::from_nanos)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,12}",
        r#"[\r\n\t\\"'#{}*&~|a-c /\u{feff}\u{0}]{0,16}"#,
        Just("openspace.time.setPause(true)\n\n  x = \"#\"##\"".to_owned()),
    ]
}

fn seq() -> impl Strategy<Value = u64> {
    prop_oneof![0..20_u64, any::<u64>()]
}

fn easing() -> impl Strategy<Value = Easing> {
    proptest::sample::select(vec![
        Easing::Linear,
        Easing::Linear,
        Easing::CubicEaseInOut,
        Easing::ElasticEaseOut,
        Easing::BounceEaseIn,
    ])
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        float().prop_map(Value::Number),
        text().prop_map(|t| Value::Text(t.into())),
        vec(float(), 0..5).prop_map(|n| Value::Numbers(n.into())),
    ]
}

fn property_path() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec!["Scene.Earth.Renderable.Fade", "a", "{b}.c", "*x", "{", ""])
            .prop_map(str::to_owned),
        text(),
    ]
}

fn entry() -> impl Strategy<Value = CameraEntry> {
    let path = proptest::sample::select(vec![Path::AsRecorded, Path::Smooth, Path::Hold]);
    let anchor = prop_oneof![Just("Earth".to_owned()), Just("Moon".to_owned()), text()];
    let pose = (
        anchor,
        any::<bool>(),
        [coordinate(), coordinate(), coordinate()],
        [float(), float(), float(), float()],
        single(),
    );
    (seq(), time(), float(), pose, path, easing()).prop_map(
        |(
            seq,
            stamp,
            sim_time_s,
            (anchor, follow_rotation, position_m, rotation_wxyz, scale),
            path,
            easing,
        )| {
            let anchor = NodeName::new(&anchor);
            let pose = CameraPose { anchor, follow_rotation, position_m, rotation_wxyz, scale };
            CameraEntry { seq, stamp, sim_time_s, pose, leave: Leave { path, easing } }
        },
    )
}

fn view(name: String) -> impl Strategy<Value = View> {
    let vfov = proptest::option::of(0.001..179.999_f64);
    (vfov, vec(entry(), 0..6)).prop_map(move |(vfov_deg, entries)| {
        let mut view = View::new(&name);
        view.vfov_deg = vfov_deg;
        for entry in entries {
            view.camera.push(entry).unwrap();
        }
        view
    })
}

fn said() -> impl Strategy<Value = Said> {
    proptest::sample::select(vec![Said::Typed, Said::Printed, Said::Returned, Said::Refused])
}

fn origin() -> impl Strategy<Value = Option<Origin>> {
    use Origin::{CommandLine, Keyboard, Network, Program, Script, Window};
    let all = vec![CommandLine, Keyboard, Network, Program, Script, Window];
    proptest::option::of(proptest::sample::select(all))
}

fn event() -> impl Strategy<Value = Event> {
    let kind = prop_oneof![
        text().prop_map(|text| EventKind::Script { text }),
        (text(), said(), origin()).prop_map(|(text, said, origin)| EventKind::Console {
            text,
            said,
            origin
        }),
        (text(), text()).prop_map(|(name, text)| EventKind::Marker { name, text }),
    ];
    let sim_time_s = prop_oneof![float(), Just(f64::INFINITY)];
    (seq(), time(), sim_time_s, kind).prop_map(|(seq, stamp, sim_time_s, kind)| Event {
        seq,
        stamp,
        sim_time_s,
        kind,
    })
}

fn change() -> impl Strategy<Value = PropertyChange> {
    (seq(), time(), value(), time(), easing()).prop_map(|(seq, stamp, value, duration, easing)| {
        PropertyChange { seq, stamp, value, duration, easing }
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let pattern =
        property_path().prop_filter_map("a pattern", |p| p.parse::<PropertyPattern>().ok());
    (pattern, change()).prop_map(|(pattern, c)| {
        let PropertyChange { seq, stamp, value, duration, easing } = c;
        Rule { seq, stamp, pattern, value, duration, easing }
    })
}

/// Any recording, as odd as a file may hold one.
pub fn recording() -> impl Strategy<Value = Recording> {
    let header = (vec(text(), 8), any::<bool>()).prop_map(|(t, recorded)| Header {
        effects: if recorded { Effects::Recorded } else { Effects::OfScripts },
        title: t[0].clone(),
        description: t[1].clone(),
        author: t[2].clone(),
        host: t[3].clone(),
        created_utc: t[4].clone(),
        program: t[5].clone(),
        scene: t[6].clone(),
        scene_hash: t[7].clone(),
    });
    let views = proptest::collection::btree_set(text(), 0..3)
        .prop_flat_map(|names| names.into_iter().map(view).collect::<Vec<_>>());
    let clock = (
        vec((time(), float(), easing()), 0..4),
        vec((seq(), time(), proptest::option::of(float()), any::<Option<bool>>()), 0..4),
        any::<bool>(),
    );
    let properties = btree_map(property_path(), vec(change(), 1..4), 0..4);
    let others = (vec(rule(), 0..4), vec(event(), 0..5));
    let baseline = btree_map(property_path().prop_map(Arc::from), value(), 0..4);
    (header, views, clock, baseline, properties, others).prop_map(
        |(
            header,
            views,
            (keys, changes, goes_with_cameras),
            baseline,
            properties,
            (rules, events),
        )| {
            let mut recording =
                Recording { header, views, baseline, rules, events, ..Recording::default() };
            let key = |(stamp, tdb_s, easing)| ClockKey {
                stamp,
                sim_time: SimTime::from_tdb_secs(tdb_s).unwrap(),
                easing,
            };
            let cameras = recording.views.first().into_iter().flat_map(|v| v.camera.entries());
            let of_cameras: Vec<_> =
                cameras.map(|e| (e.stamp, e.sim_time_s, Easing::Linear)).collect();
            for k in if goes_with_cameras { of_cameras } else { keys } {
                recording.clock.push_key(key(k));
            }
            for (seq, stamp, rate, paused) in changes {
                recording.clock.push_change(ClockChange { seq, stamp, rate, paused });
            }
            for (path, changes) in properties {
                for change in changes {
                    recording.push_property(&path, change);
                }
            }
            recording
        },
    )
}

/// Every float of a recording, in order, as bits: `==` takes 0.0 and −0.0 for the same.
pub fn bits(recording: &Recording) -> Vec<u64> {
    let of_value = |value: &Value| match value {
        Value::Number(n) => vec![*n],
        Value::Numbers(n) => n.to_vec(),
        Value::Bool(_) | Value::Text(_) => Vec::new(),
    };
    let mut floats = Vec::new();
    for view in &recording.views {
        floats.extend(view.vfov_deg);
        for entry in view.camera.entries() {
            floats.push(entry.sim_time_s);
            floats.extend(entry.pose.position_m);
            floats.extend(entry.pose.rotation_wxyz);
            floats.push(f64::from(entry.pose.scale));
        }
    }
    floats.extend(recording.clock.keys().iter().map(|k| k.sim_time.as_tdb_secs()));
    floats.extend(recording.clock.changes().iter().filter_map(|c| c.rate));
    floats.extend(recording.baseline.values().flat_map(of_value));
    let changes = recording.properties.values().flat_map(|t| t.changes());
    floats.extend(changes.flat_map(|c| of_value(&c.value)));
    floats.extend(recording.rules.iter().flat_map(|r| of_value(&r.value)));
    floats.extend(recording.events.iter().map(|e| e.sim_time_s));
    floats.into_iter().map(f64::to_bits).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_recording_reads_back_to_itself(recording in recording()) {
        let text = write(&recording);
        let imported = read(text.as_bytes()).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert!(imported.faults.is_empty(), "{:?}\n{text}", imported.faults);
        prop_assert_eq!(bits(&imported.recording), bits(&recording), "{}", text);
        prop_assert_eq!(&imported.recording, &recording, "{}", text);
        prop_assert_eq!(write(&imported.recording), text);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), inner in "[(){}\\[\\]:,\"'a-z0-9. /*#-]{0,60}") {
        let _ = read(text.as_bytes());
        let _ = read(format!("Skyreel({inner}").as_bytes());
        let _ = read(format!("Skyreel(version: 1, keys: [({inner})])").as_bytes());
    }
}

#[test]
fn ten_thousand_keys_take_one_line_each() {
    let mut recording = Recording::default();
    let view = recording.view_mut("main");
    for i in 0..10_000_u64 {
        let t = i as f64 / 60.0;
        let pose = CameraPose {
            anchor: NodeName::new("Earth"),
            follow_rotation: true,
            position_m: [t.sin() * 1e7, t.cos() * 1e7, t / 3.0],
            rotation_wxyz: [(t / 2.0).cos(), 0.0, 0.0, (t / 2.0).sin()],
            scale: 0.01,
        };
        let stamp = SessionTime::from_secs(t).unwrap();
        let entry =
            CameraEntry { seq: i, stamp, sim_time_s: 8e8 + t, pose, leave: Leave::AS_RECORDED };
        view.camera.push(entry).unwrap();
    }
    let entries = recording.views[0].camera.entries().to_vec();
    for entry in entries {
        let sim_time = SimTime::from_tdb_secs(entry.sim_time_s).unwrap();
        recording.clock.push_key(ClockKey { stamp: entry.stamp, sim_time, easing: Easing::Linear });
    }
    let text = write(&recording);
    assert_eq!(text.lines().count(), 10_000 + 9, "{}", &text[..400]);
    assert_eq!(read(text.as_bytes()).unwrap().recording, recording);
}

#[test]
fn recordings_of_openspace_read_back_to_themselves() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let corpus = std::env::var_os("SKYREEL_CORPUS").map_or(beside, PathBuf::from);
    if !corpus.is_dir() {
        println!("skipped: there is no corpus at {}", corpus.display());
        return;
    }
    let (mut folders, mut recordings) = (vec![corpus], 0);
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            // The larger ones hold nothing else, and take long unoptimised.
            if bytes.len() > 300_000 {
                continue;
            }
            let Ok(original) = skyreel_core::format::read(&bytes) else { continue };
            let again = read(write(&original.recording).as_bytes()).unwrap();
            assert!(again.faults.is_empty(), "{}: {:?}", path.display(), again.faults);
            assert_eq!(bits(&again.recording), bits(&original.recording), "{}", path.display());
            assert!(again.recording == original.recording, "{}", path.display());
            recordings += 1;
        }
    }
    assert!(recordings > 0, "no recording in the corpus");
}
