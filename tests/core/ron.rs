//! Hand-written RON journeys: what they mean, what is said of mistakes in them, and that no bytes
//! upset the reader.

use std::fs;
use std::path::PathBuf;

use glam::{DQuat, DVec3};
use skyreel_core::camera_track::{CameraEntry, Path};
use skyreel_core::event::EventKind;
use skyreel_core::fault::Severity;
use skyreel_core::format::ron::{read, read_in, write};
use skyreel_core::format::{Format, Imported};
use skyreel_core::resolve::WorldFromNode;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};
use skyreel_core::wording::{KnownGlobes, Surroundings, settle};

fn corpus(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus").join(name);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn imported(text: &str) -> Imported {
    read(text.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn clean(text: &str) -> Imported {
    let imported = imported(text);
    assert!(imported.faults.is_empty(), "{:#?}\n{text}", imported.faults);
    imported
}

/// The keys of the one view of a file that consists of these.
fn keys(fields: &str, keys: &str) -> Vec<CameraEntry> {
    let text = format!("Skyreel(version: 1, {fields} keys: [{keys}])");
    clean(&text).recording.views[0].camera.entries().to_vec()
}

fn near(found: [f64; 3], expected: [f64; 3], within: f64) {
    let distance = (DVec3::from_array(found) - DVec3::from_array(expected)).length();
    assert!(distance <= within, "{found:?} is {distance} from {expected:?}");
}

/// Where a camera's own axes point: forward (−z) and up (+y).
fn forward_and_up(entry: &CameraEntry) -> (DVec3, DVec3) {
    let [w, x, y, z] = entry.pose.rotation_wxyz;
    let rotation = DQuat::from_xyzw(x, y, z, w);
    assert!((rotation.length() - 1.0).abs() < 1e-12);
    (rotation * DVec3::NEG_Z, rotation * DVec3::Y)
}

#[test]
fn a_place_above_a_globe_becomes_a_position_in_its_own_axes() {
    // Computed by hand and with other formulas (x = a cos φ …) than the code's.
    let cases: &[(&str, [f64; 3])] = &[
        (r#"anchor: "Earth", latitude: 0, longitude: 0, altitude: 0"#, [6_378_137.0, 0.0, 0.0]),
        (r#"anchor: "Earth", latitude: 0, longitude: 90, altitude: 1000"#, [0.0, 6_379_137.0, 0.0]),
        (r#"anchor: "Earth", latitude: 90, longitude: 0, altitude: 0"#, [0.0, 0.0, 6_356_752.314]),
        (
            r#"anchor: "Earth", latitude: -90, longitude: 0, altitude_km: 1"#,
            [0.0, 0.0, -6_357_752.314],
        ),
        // Radius at planetocentric 45°: ab·√2 / √(a²+b²) = 6,367,417.7 m; each component ÷ 2.
        (
            r#"anchor: "Earth", latitude: 45, longitude: 45, altitude: 0"#,
            [3183708.862, 3183708.862, 4502444.252],
        ),
        (
            r#"anchor: "Moon", latitude: 0, longitude: -180, altitude: 2e3"#,
            [-1_739_400.0, 0.0, 0.0],
        ),
        (
            r#"anchor: "Nowhere", latitude: 30, longitude: 180, distance: 2"#,
            [-1.732_050_8, 0.0, 1.0],
        ),
    ];
    for (fields, expected) in cases {
        let entry = &keys("", &format!("({fields})"))[0];
        near(entry.pose.position_m, *expected, 0.02 + 1e-7);
        assert!(entry.pose.follow_rotation, "{fields}");
    }
}

#[test]
fn a_direction_may_be_said_in_four_ways() {
    let (x, y, z) = (DVec3::X, DVec3::Y, DVec3::Z);
    let diagonal = (-x + z).normalize();
    let place = r#"anchor: "Earth", position: (7e6, 0, 0)"#;
    let cases: &[(&str, DVec3, DVec3)] = &[
        // Nothing said: at the centre, north up.
        ("", -x, z),
        (r#"look_at: "Earth""#, -x, z),
        ("up: (0, 1, 0)", -x, y),
        (r#"look_at: "Earth", up: (0, 0, -1)"#, -x, -z),
        // Above latitude 0, longitude 0: up is +x, east +y, north +z.
        ("heading: 0", z, x),
        ("heading: 90", y, x),
        ("pitch: -90", -x, z),
        ("heading: 90, pitch: -90", -x, y),
        ("heading: 0, pitch: -45", diagonal, (x + z).normalize()),
        // Rolled to the right, the camera's top leans to the east of north.
        ("heading: 0, roll: 90", z, y),
        ("rotation: (1, 0, 0, 0)", -z, y),
        ("rotation: [0.5, 0.5, 0.5, 0.5]", -x, z),
    ];
    for (direction, forward, up) in cases {
        let entry = &keys("", &format!("({place}, {direction})"))[0];
        let found = forward_and_up(entry);
        assert!(found.0.distance(*forward) < 1e-12, "{direction}: forward {}", found.0);
        assert!(found.1.distance(*up) < 1e-12, "{direction}: up {}", found.1);
    }
}

#[test]
fn straight_down_over_a_pole_is_a_direction() {
    for latitude in [90, -90] {
        for aim in ["", ", pitch: -90", ", heading: 30"] {
            let text = format!(
                r#"(anchor: "Earth", latitude: {latitude}, longitude: 0, altitude: 1e5{aim})"#
            );
            let (forward, up) = forward_and_up(&keys("", &text)[0]);
            assert!(forward.dot(up).abs() < 1e-12);
        }
    }
}

#[test]
fn what_a_key_leaves_out_is_as_in_the_key_before() {
    let entries = keys(
        "date: 0, rate: 60,",
        r#"
        (anchor: "Mars", latitude: 10, longitude: 20, altitude_km: 400, scale: 0.5),
        (after: 2.5),
        (after: 1, altitude_km: 800, pitch: -30),
        (at: 10, anchor: "Sun", follow: false, position: (0, 1e9, 0), path: Hold, ease: CubicEaseIn),
        (after: 1, rotation: (0, 1, 0, 0)),
        "#,
    );
    let [a, b, c, d, e] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!(b.pose, a.pose);
    assert_eq!(b.stamp, SessionTime::from_nanos(2_500_000_000));
    assert_eq!((a.sim_time_s, b.sim_time_s, e.sim_time_s), (0.0, 150.0, 660.0));
    assert_eq!((c.stamp.as_secs(), c.pose.anchor.as_str(), c.pose.scale), (3.5, "Mars", 0.5));
    let climbed = DVec3::from_array(c.pose.position_m).length()
        - DVec3::from_array(a.pose.position_m).length();
    assert!((climbed - 400e3).abs() < 1e-3);
    assert_eq!((a.leave.path, a.leave.easing), (Path::Smooth, Easing::Linear));
    assert_eq!((d.leave.path, d.leave.easing), (Path::Hold, Easing::CubicEaseIn));
    assert!(!d.pose.follow_rotation && !e.pose.follow_rotation);
    assert_eq!(e.pose.position_m, [0.0, 1e9, 0.0]);
    assert_eq!(e.leave.path, Path::Smooth);
}

#[test]
fn simulation_time_comes_from_dates_or_seconds_or_the_rate() {
    let at_centre = r#"anchor: "Earth", position: (1e7, 0, 0)"#;
    let times = |fields: &str, items: [&str; 4]| {
        let text = items.map(|item| format!("({item}, {at_centre}),")).concat();
        keys(fields, &text).iter().map(|e| e.sim_time_s).collect::<Vec<_>>()
    };
    let plain = ["at: 0", "at: 1", "at: 2", "at: 5"];
    assert_eq!(times("", plain), [0.0, 1.0, 2.0, 5.0]);
    assert_eq!(times("date: 100,", plain), [100.0, 101.0, 102.0, 105.0]);
    assert_eq!(times("date: 100, rate: -2,", plain), [100.0, 98.0, 96.0, 90.0]);
    // Evenly between dated keys, at the rate beyond them.
    let dated = ["at: 0", "at: 1, date: 10", "at: 3, date: 30", "at: 5"];
    assert_eq!(times("rate: 3,", dated), [7.0, 10.0, 30.0, 36.0]);
    assert_eq!(times("date: 0,", dated), [0.0, 10.0, 30.0, 32.0]);
    let text = ["at: 0, date: \"2026-03-07T18:30:00\"", "at: 1", "at: 2", "at: 3"];
    let noon: SimTime = "2026-03-07T18:30:00".parse().unwrap();
    assert_eq!(times("", text)[0], noon.as_tdb_secs());
    let recording =
        clean(&format!("Skyreel(version: 1, date: 5, rate: 9, keys: [({at_centre})])")).recording;
    let clock = recording.clock.sample(SessionTime::ZERO);
    assert_eq!((clock.sim_time.as_tdb_secs(), clock.rate, clock.paused), (5.0, 9.0, false));
}

#[test]
fn session_times_may_be_numbers_or_texts() {
    let cases = [
        ("0", 0),
        ("12.5", 12_500_000_000),
        ("-1.5", -1_500_000_000),
        ("1e3", 1_000_000_000_000),
        ("\"90.000000001\"", 90_000_000_001),
        ("\"1:30\"", 90_000_000_000),
        ("\"-1:00:00.25\"", -3_600_250_000_000),
        ("\"9223372036.854775807\"", i64::MAX),
        ("\"-9223372036.854775808\"", i64::MIN),
    ];
    for (text, ns) in cases {
        let text = format!("(at: {text}, anchor: \"Earth\", position: (1, 0, 0))");
        assert_eq!(keys("", &text)[0].stamp.as_nanos(), ns, "{text}");
    }
}

#[test]
fn changes_name_one_property_or_many() {
    let recording = clean(
        r#"Skyreel(version: 1, changes: [
            (at: 3, set: {
                "Scene.EarthTrail.Renderable.Enabled": false,
                "{planet_trail}.Renderable.Fade": 0,
                "Scene.*.Renderable.Fade": 0.5,
                "Scene.Earth.Renderable.Colour": (1, 0.5, 0),
                "Dashboard.Text": "hello",
            }, over: 2.0, ease: QuadraticEaseOut),
            (after: 1, rule: {"Scene.Moon.Scale": [2, 2, 2]}, property: {"a*b": 1}),
        ])"#,
    )
    .recording;
    let change = &recording.properties["Scene.EarthTrail.Renderable.Enabled"].changes()[0];
    assert_eq!(change.value, Value::Bool(false));
    assert_eq!((change.stamp.as_secs(), change.duration.as_secs()), (3.0, 2.0));
    assert_eq!(change.easing, Easing::QuadraticEaseOut);
    let patterns: Vec<_> = recording.rules.iter().map(|r| (r.pattern.as_str(), r.seq)).collect();
    assert_eq!(
        patterns,
        [
            ("{planet_trail}.Renderable.Fade", 0),
            ("Scene.*.Renderable.Fade", 0),
            ("Scene.Moon.Scale", 1)
        ]
    );
    assert_eq!(recording.rules[0].value, Value::Number(0.0));
    assert_eq!(recording.rules[2].stamp.as_secs(), 4.0);
    let colour = &recording.properties["Scene.Earth.Renderable.Colour"].changes()[0].value;
    assert_eq!(*colour, Value::Numbers([1.0, 0.5, 0.0].into()));
    assert!(recording.properties.contains_key("a*b"));
}

#[test]
fn events_keep_their_texts_and_take_their_date_from_the_clock() {
    let recording = clean(
        "Skyreel(version: 1, date: 50, rate: 2, keys: [
            (anchor: \"Earth\", position: (1e7, 0, 0)), (at: 10, latitude: 0, longitude: 0, altitude: 1)],
        events: [
            Script(at: 1, text: r#\"openspace.time.setPause(true)\nlocal a = \"b\"\"#),
            Console(at: 2, text: \"x = 1\"),
            Marker(at: 3, name: \"Here\", text: \"we are\", date: 7),
        ])",
    )
    .recording;
    let times: Vec<f64> = recording.events.iter().map(|e| e.sim_time_s).collect();
    assert_eq!(times, [52.0, 54.0, 7.0]);
    let text = "openspace.time.setPause(true)\nlocal a = \"b\"".to_owned();
    assert_eq!(recording.events[0].kind, EventKind::Script { text });
    // Numbered by time, keys and events together.
    assert_eq!(recording.events.iter().map(|e| e.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(recording.views[0].camera.entries()[1].seq, 4);
}

#[test]
fn several_views_have_their_own_keys() {
    let recording = clean(
        r#"Skyreel(version: 1,
            vfov: 40, keys: [(anchor: "Earth", position: (1e7, 0, 0))],
            views: [
                (name: "left", vfov: 60, path: Hold, anchor: "Moon", keys: [(position: (0, 3e6, 0))]),
                View(name: "empty", keys: []),
            ])"#,
    )
    .recording;
    let views: Vec<_> = recording.views.iter().map(|v| (v.name.as_str(), v.vfov_deg)).collect();
    assert_eq!(views, [("main", Some(40.0)), ("left", Some(60.0)), ("empty", None)]);
    assert_eq!(recording.views[1].camera.entries()[0].leave.path, Path::Hold);
}

/// A Moon that stands at (0, 4e8, 0) from an Earth that is turned by a quarter about z.
struct Scene;

impl Surroundings for Scene {
    fn radii_m(&self, node: &str) -> Option<[f64; 3]> {
        (node == "Earth").then_some([1e6; 3])
    }

    fn world_from_node(&self, node: &str, _: SimTime) -> Option<WorldFromNode> {
        let quarter = DQuat::from_rotation_z(std::f64::consts::FRAC_PI_2);
        match node {
            "Earth" => Some(WorldFromNode { position_m: DVec3::ONE, rotation: quarter }),
            "Moon" => Some(WorldFromNode {
                position_m: DVec3::ONE + DVec3::Y * 4e8,
                rotation: DQuat::IDENTITY,
            }),
            _ => None,
        }
    }
}

const AT_THE_MOON: &str = r#"Skyreel(version: 1, keys: [
    (anchor: "Earth", latitude: 90, longitude: 0, altitude: 1, look_at: "Moon"),
])"#;

#[test]
fn another_node_is_looked_at_where_the_scene_has_it() {
    let in_scene = read_in(AT_THE_MOON.as_bytes(), &Scene).unwrap();
    assert!(in_scene.faults.is_empty(), "{:?}", in_scene.faults);
    let entry = &in_scene.recording.views[0].camera.entries()[0];
    // World +y is the turned Earth's own +x.
    let (forward, _) = forward_and_up(entry);
    let expected = (DVec3::X * 4e8 - DVec3::Z * 1_000_001.0).normalize();
    assert!(forward.distance(expected) < 1e-9, "{forward}");
    near(entry.pose.position_m, [0.0, 0.0, 1_000_001.0], 1e-6);

    // Without a scene: down, with a remark, and the words are not lost.
    let mut alone = imported(AT_THE_MOON);
    let [fault] = &alone.faults[..] else { panic!("{:?}", alone.faults) };
    assert_eq!((fault.severity, fault.line, fault.column), (Severity::Warning, Some(2), Some(5)));
    assert!(fault.message.contains("where 'Moon' is"), "{fault}");
    let (forward, _) = forward_and_up(&alone.recording.views[0].camera.entries()[0]);
    assert!(forward.distance(DVec3::NEG_Z) < 1e-9);
    assert!(write(&alone.recording).contains(r#"look_at: "Moon""#));
    assert_eq!(settle(&mut alone.recording, &KnownGlobes).len(), 1);
    assert!(settle(&mut alone.recording, &Scene).is_empty());
    assert_eq!(alone.recording, in_scene.recording);
}

#[test]
fn words_are_written_back_as_they_came_while_they_hold() {
    let text = r#"Skyreel(version: 1, keys: [
        (anchor: "Earth", latitude: 35.35, longitude: 138.73, altitude_km: 12, heading: 90, pitch: -10, roll: 5),
        (after: 1, date: "2026-03-07T18:30:00", distance: 1e7),
    ])"#;
    let mut recording = clean(text).recording;
    let written = write(&recording);
    for words in [
        "latitude: 35.35, longitude: 138.73, altitude: 12000.0, heading: 90.0, pitch: -10.0, roll: 5.0",
        "date: \"2026-03-07T18:30:00\", latitude: 35.35, longitude: 138.73, distance: 10000000.0)",
    ] {
        assert!(written.contains(words), "{written}");
    }
    assert_eq!(clean(&written).recording, recording);
    // Once an entry has moved, its words are no longer true.
    for words in recording.views[0].wordings.values_mut() {
        words.pose.position_m[0] += 1.0;
    }
    assert!(!write(&recording).contains("latitude"));
}

/// Fields with one mistake among them, the line and column it is at, what was found and expected
/// (the beginning).
type Mistake = (&'static str, (u64, u64), &'static str, &'static str);

const MISTAKES: &[Mistake] = &[
    (
        "keys: [\n (anchor: \"Earth\", latitude: 95, longitude: 0, altitude: 0)]",
        (2, 30),
        "95",
        "a latitude from -90 to 90",
    ),
    ("keys: [(at: 0, ease: Cubic)]", (1, 42), "Cubic", "one of Linear, QuadraticEaseIn,"),
    ("keys: [(at: 0, path: Straight)]", (1, 42), "Straight", "one of AsRecorded, Smooth, Hold"),
    ("keys: [(at: 0, lattitude: 4)]", (1, 36), "lattitude", "one of seq, at, after, date, anchor"),
    ("keys: [(at: 0, position: (1, 2))]", (1, 51), "2 elements", "3 numbers (x, y, z)"),
    ("keys: [(at: 0, position: (1, 2, NaN))]", (1, 53), "NaN", "a finite number"),
    ("keys: [(at: 0, rotation: (1, 2, 3, 4, 5))]", (1, 60), "5 elements", "4 numbers (w, x, y, z)"),
    ("keys: [(at: \"noon\")]", (1, 33), "\"noon\"", "seconds such as 12.5"),
    ("keys: [(at: 1e30)]", (1, 33), "1e30", "seconds such as 12.5"),
    ("keys: [(date: \"yesterday\")]", (1, 35), "\"yesterday\"", "a date such as"),
    ("keys: [(at: 0, at: 1)]", (1, 36), "at again", "at once"),
    ("keys: [(at: 0, after: 1)]", (1, 28), "both at and after", "at: seconds from the start"),
    ("keys: [\n\n  /* here */ (at: 0)]", (3, 14), "a key without an anchor", "anchor: \"Earth\""),
    ("keys: [(anchor: \"Earth\")]", (1, 28), "a key without a place", "position: (x, y, z), or"),
    (
        "keys: [(anchor: \"Earth\", latitude: 1, longitude: 2)]",
        (1, 28),
        "a place without a height",
        "position",
    ),
    (
        "keys: [(anchor: \"Earth\", position: (1, 2, 3), latitude: 1)]",
        (1, 28),
        "a position and a place",
        "position",
    ),
    (
        "keys: [(anchor: \"Earth\", latitude: 1, longitude: 1, altitude: 1, distance: 1)]",
        (1, 28),
        "more than one height",
        "one of",
    ),
    (
        "keys: [(anchor: \"Earth\", position: (1, 2, 3), heading: 1, look_at: \"Sun\")]",
        (1, 28),
        "more than one direction",
        "one of",
    ),
    (
        "keys: [(anchor: \"Earth\", position: (1, 2, 1e61), rotation: (1, 0, 0, 0))]",
        (1, 28),
        "",
        "",
    ),
    ("keys: [(anchor: \"MilkyWay\", latitude: 1, longitude: 2, altitude: 3)]", (1, 28), "", ""),
    (
        "keys: [(anchor: \"Earth\", follow: false, latitude: 1, longitude: 2, altitude: 3)]",
        (1, 28),
        "",
        "",
    ),
    ("keys: [(anchor: \"Earth\", position: (0, 0, 0), look_at: \"Earth\")]", (1, 28), "", ""),
    ("vfov: 180", (1, 27), "180", "a vertical field of view between"),
    (
        "views: [(name: \"a\"),\n (name: \"a\")]",
        (2, 9),
        "a second view 'a'",
        "one view of each name",
    ),
    ("title: 5", (1, 28), "5", "string"),
    ("titel: \"x\"", (1, 28), "titel", "one of version, title"),
    ("rate: inf", (1, 27), "inf", "a finite number"),
    ("date: \"soon\"", (1, 27), "\"soon\"", "a date such as"),
    ("baseline: {\"a\": 1, \"a\": 2}", (1, 40), "a second value of a", "each property once"),
    ("baseline: {\"a\": inf}", (1, 37), "inf", "a finite number"),
    ("changes: [(at: 0, set: {\"{a.b\": 1})]", (1, 31), "{a.b", "a closing }"),
    (
        "changes: [(at: 0, set: {\"a\": 1, \"a\": 2})]",
        (1, 59),
        "a property set twice",
        "each property once",
    ),
    ("changes: [(at: 0)]", (1, 31), "a change of nothing", "set:"),
    ("changes: [(set: {\"a\": 1}), (set: {\"a\": 2})]", (1, 48), "no time", "at: seconds"),
    ("events: [Mark(at: 0)]", (1, 30), "Mark", "one of Script, Console, Marker"),
    ("events: [Script(at: 0)]", (1, 30), "nothing", "the field text"),
    ("clock: [(at: 0)]", (1, 29), "nothing", "the field date"),
    ("clock: [(at: 0, date: inf)]", (1, 29), "inf", "a finite number of seconds"),
];

/// A file that ends in a mistake of form.
const BREAKS: &[Mistake] = &[
    ("keys: [(at: 0,, )]", (1, 35), ", )]", ""),
    ("keys: [(at: 0", (1, 34), "", ""),
    ("title: \"abc", (1, 29), "abc", "a closing quote"),
    ("title: \"\\q\"", (1, 31), "", ""),
];

#[test]
fn a_mistake_is_told_with_line_column_and_what_was_expected() {
    let mut wrong = Vec::new();
    let all = MISTAKES.iter().map(|m| (m, ")")).chain(BREAKS.iter().map(|m| (m, "")));
    for ((content, place, found, expected), end) in all {
        let text = format!("Skyreel(version: 1, {content}{end}");
        let faults = match read(text.as_bytes()) {
            Ok(imported) => imported.faults,
            Err(unreadable) => vec![*unreadable.0],
        };
        let fault = faults.iter().find(|f| f.severity == Severity::Loss);
        let Some(fault) = fault else {
            wrong.push(format!("{text}: no fault"));
            continue;
        };
        let at = (fault.line.unwrap_or(0), fault.column.unwrap_or(0));
        let says = fault.found.starts_with(found) && fault.expected.starts_with(expected);
        if at != *place || !says {
            wrong.push(format!("{text}\n   {at:?} for {place:?}: {fault}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mistake_costs_its_own_item_alone() {
    let imported = imported(
        r#"Skyreel(version: 1, keys: [
            (at: 0, anchor: "Earth", position: (1e7, 0, 0)),
            (at: 1, latitude: 100, longitude: 0, altitude: 0),
            (at: 2, position: (2e7, 0, 0)),
        ], colour: "red", events: [Marker(name: "a"), Label(name: "b")])"#,
    );
    assert_eq!(imported.faults.len(), 3, "{:?}", imported.faults);
    assert!(imported.has_loss());
    assert_eq!(imported.recording.camera_entries(), 2);
    assert_eq!(imported.recording.events.len(), 1);
}

#[test]
fn of_a_file_that_breaks_off_what_came_before_is_kept() {
    let whole = corpus("everything.ron");
    let full = imported(&whole).recording.camera_entries();
    let cut = whole.rfind("(at: 4, date: 6").unwrap();
    let imported = imported(&whole[..cut + 30]);
    assert!(imported.has_loss());
    assert!(imported.recording.camera_entries() > 0 && imported.recording.camera_entries() < full);
    assert_eq!(imported.faults[0].line, Some(whole[..cut].lines().count() as u64));
}

#[test]
fn keys_that_go_back_in_time_are_remarked_on_unless_they_were_recorded() {
    let place = r#"anchor: "Earth", position: (1e7, 0, 0)"#;
    let by_hand = format!("Skyreel(version: 1, keys: [(at: 5, {place}),\n(at: 3)])");
    let faults = imported(&by_hand).faults;
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!((fault.severity, fault.line), (Severity::Warning, Some(2)));
    clean(&format!("Skyreel(version: 1, keys: [(seq: 0, at: 5, {place}),\n(at: 3)])"));
}

#[test]
fn what_is_no_skyreel_file_is_told_so() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "neither an OpenSpace recording nor a Skyreel RON file"),
        (b"\x00\x01\x02\xff\xfe", "neither"),
        (b"{\"version\": 1}", "neither"),
        (b"Scene(nodes: [])", "a RON file, but no Skyreel recording"),
        (b"(version: 1)", "a RON file, but no Skyreel recording"),
        (b"Skyreels(version: 1)", "a RON file, but no Skyreel recording"),
        (b"Skyreel", "neither"),
        (b"/* Skyreel( */", "neither"),
        (b"Skyreel(version: 2, keys: [strange])", "written by a newer Skyreel"),
        (b"Skyreel(version: 0)", "no such version"),
        (b"Skyreel(version: \"one\", events: [])", "version could not be read"),
    ];
    for (bytes, message) in cases {
        let fault = *read(bytes).expect_err("nothing to read").0;
        assert!(fault.message.starts_with(message), "{fault}");
        assert!(!fault.expected.is_empty() && fault.line.is_some(), "{fault}");
    }
    // Comments and attributes may stand before the name; the version may be missing.
    let imported = imported(
        "\u{feff}\n// a\n/* b /* c */ */#![enable(implicit_some)]\nSkyreel (title: \"x\",)",
    );
    assert_eq!(imported.format, Format::Ron);
    assert_eq!(imported.recording.header.title, "x");
    assert!(!imported.has_loss());
}

#[test]
fn bytes_that_are_no_text_end_the_file_where_they_stand() {
    let mut bytes =
        br#"Skyreel(version: 1, keys: [(anchor: "Earth", position: (1e7, 0, 0)),"#.to_vec();
    bytes.extend([0xff, 0xfe]);
    let imported = read(&bytes).unwrap();
    assert_eq!(imported.recording.camera_entries(), 1);
    assert_eq!(imported.faults[0].offset, Some(bytes.len() as u64 - 2));
}

#[test]
fn golden_files_are_written_as_they_stand() {
    for name in ["everything.ron", "minimal.ron", "two_views.ron"] {
        let text = corpus(name);
        let imported = imported(&text);
        assert!(!imported.has_loss(), "{:?}", imported.faults);
        assert_eq!(write(&imported.recording), text, "{name}");
    }
}

#[test]
fn no_prefix_and_no_flipped_bit_of_a_file_upsets_the_reader() {
    // The small file whole, of the larger ones a part, for the sake of time.
    for (name, every, bits) in
        [("small.ron", 1, 8), ("by_hand.ron", 3, 1), ("everything.ron", 3, 1)]
    {
        let bytes = corpus(name).into_bytes();
        let mut flipped = bytes.clone();
        for at in (0..bytes.len()).step_by(every) {
            let _ = read(&bytes[..at]);
            for bit in 0..bits {
                flipped[at] ^= 1 << ((at + bit) % 8);
                if let Ok(imported) = read(&flipped) {
                    let _ = write(&imported.recording);
                }
                flipped[at] = bytes[at];
            }
        }
    }
}

#[test]
fn deep_and_hostile_files_are_stopped() {
    for (open, close) in
        [("(", ")"), ("[", "]"), ("{", "}"), ("Some(", ")"), ("a(b:", ")"), ("/*", "*/")]
    {
        for depth in [10, 60, 100_000] {
            let bomb = format!(
                "Skyreel(version: 1, keys: [{}{}])",
                open.repeat(depth),
                close.repeat(depth)
            );
            let _ = read(bomb.as_bytes());
            let _ = read(&bomb.as_bytes()[..bomb.len() / 2]);
            let _ = read(format!("Skyreel(version: 1, x: {}", open.repeat(depth)).as_bytes());
        }
    }
    let deep = format!("Skyreel(version: 1, keys: [(at: {}1{})])", "(".repeat(90), ")".repeat(90));
    let fault = *read(deep.as_bytes()).expect_err("too deep").0;
    assert!(fault.expected.contains("inside each other"), "{fault}");
}

#[test]
fn of_very_many_mistakes_the_first_are_listed_and_the_rest_counted() {
    let bad = "(at: x),".repeat(30_000);
    let text = format!("Skyreel(version: 1, keys: [{bad}], events: [Marker(name: \"kept\")])");
    let imported = imported(&text);
    assert_eq!(imported.recording.events.len(), 1);
    assert_eq!(imported.faults.len(), 1_001);
    assert_eq!(imported.faults[1_000].message, "29000 more places lost data");
    assert!(imported.has_loss());
}
