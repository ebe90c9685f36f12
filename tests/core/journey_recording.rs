//! From a journey to a recording, to a text, and back.

use proptest::prelude::*;
use serde_json::json;
use skyreel_core::camera_track::{Leave, Path};
use skyreel_core::format::ron::{read, write, write_journey};
use skyreel_core::journey::{Content, Editor, Journey, Key, KeyId, NotAJourney};
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;

use crate::journey_support::{aimed, any_edit, say};
use crate::ron_round_trip::{bits, recording};
use crate::support::{along_x, ns, s};

const FIRST: KeyId = KeyId(1);

/// A small journey, as a show might begin.
fn small() -> Editor {
    let mut editor = Editor::default();
    let say = |editor: &mut Editor, call, arguments| say(editor, call, arguments).unwrap();
    say(&mut editor, "new", json!({}));
    say(&mut editor, "add_key", json!({"at_s": 0, "name": "Above home"}));
    say(&mut editor, "add_key", json!({"at_s": 6.5}));
    say(&mut editor, "add_key", json!({"at_s": 12}));
    let pose = json!({"key": 1, "anchor": "Earth", "follow": true, "position_m": [2e7, 0, 0], "rotation_wxyz": [0.5, 0.5, 0.5, 0.5]});
    say(&mut editor, "pose", pose);
    let pose = json!({"key": 2, "anchor": "Earth", "follow": true, "position_m": [0, 3e7, 0], "rotation_wxyz": [0.5, 0.5, -0.5, -0.5]});
    say(&mut editor, "pose", pose);
    say(&mut editor, "ease", json!({"keys": [2], "pace": "in_out"}));
    let moon = json!({"key": 3, "anchor": "Moon", "position_m": [1e7, 0, 0], "rotation_wxyz": [1, 0, 0, 0]});
    say(&mut editor, "pose", moon);
    say(
        &mut editor,
        "add_property",
        json!({"path": "{trail}.Renderable.Fade", "value": 0.25, "at_s": 3, "over_s": 2}),
    );
    say(&mut editor, "name", json!({"key": 4, "name": "Trails off"}));
    say(
        &mut editor,
        "add_property",
        json!({"path": "Scene.Moon.Renderable.Enabled", "value": true, "at_s": 6.5}),
    );
    say(&mut editor, "add_script", json!({"code": "print('halfway')", "at_s": 6.5}));
    say(&mut editor, "name", json!({"key": 6, "name": "Say so"}));
    editor
}

#[test]
fn the_text_of_a_small_journey_is_what_a_person_would_write() {
    let text = write_journey(&small().recording());
    assert_eq!(
        text,
        r#"Skyreel(
    version: 1,
    date: "2026-03-20T07:40:00",
    rate: 10.0,
    keys: [
        (at: 0, name: "Above home", anchor: "Earth", position: (20000000.0, 0.0, 0.0), rotation: (0.5, 0.5, 0.5, 0.5)),
        (at: 6.5, position: (0.0, 30000000.0, 0.0), rotation: (0.5, 0.5, -0.5, -0.5), ease: SineEaseInOut),
        (at: 12, anchor: "Moon", follow: false, position: (10000000.0, 0.0, 0.0), rotation: (1.0, 0.0, 0.0, 0.0)),
    ],
    changes: [
        (at: 3, name: "Trails off", set: {"{trail}.Renderable.Fade": 0.25}, over: 2),
        (at: 6.5, set: {"Scene.Moon.Renderable.Enabled": true}),
    ],
    events: [
        Script(at: 6.5, name: "Say so", text: "print('halfway')"),
    ],
)
"#
    );
}

#[test]
fn a_journey_that_was_saved_opens_as_it_was() {
    let editor = small();
    for text in [write_journey(&editor.recording()), write(&editor.recording())] {
        let imported = read(text.as_bytes()).unwrap();
        assert!(imported.faults.is_empty(), "{:?}", imported.faults);
        assert_eq!(imported.recording, *editor.recording());
        let journey = Journey::from_recording(&imported.recording, FIRST).unwrap();
        assert_eq!(journey.to_recording(), *editor.recording());
        let names: Vec<&str> = journey.keys().iter().map(|key| &*key.name).collect();
        assert_eq!(names, ["Above home", "Trails off", "", "", "Say so", ""]);
    }
}

#[test]
fn a_journey_with_too_many_camera_entries_is_to_be_reduced_first() {
    let entries = |count: i32| (0..count).map(|i| (f64::from(i), 1e7 + f64::from(i)));
    let mut recording = Recording::default();
    recording.view_mut("main").camera = along_x(&entries(2_000).collect::<Vec<_>>());
    assert!(Journey::from_recording(&recording, FIRST).is_ok());
    recording.view_mut("main").camera = along_x(&entries(2_001).collect::<Vec<_>>());
    let error = Journey::from_recording(&recording, FIRST).unwrap_err();
    assert_eq!(error, NotAJourney::TooManyEntries { found: 2_001 });
    let text = error.to_string();
    assert!(text.contains("2001 camera entries") && text.contains("edit.reduce"), "{text}");
}

#[test]
fn what_was_recorded_plays_the_same_when_it_was_opened() {
    let mut recording = Recording::default();
    recording.view_mut("main").camera = along_x(&[(0.0, 1e7), (1.0, 2e7), (1.0, 3e7), (4.0, 1e7)]);
    let journey = Journey::from_recording(&recording, FIRST).unwrap();
    for key in journey.camera_keys() {
        assert!(matches!(key.content, Content::Camera { leave: Leave::AS_RECORDED, .. }));
    }
    let again = journey.to_recording();
    for i in 0..=50 {
        let t = ns(100_000_000 * i);
        assert_eq!(sample(&again, t), sample(&recording, t));
    }
    // A key between two of them goes smoothly, and the others as they were.
    let mut editor = Editor::default();
    editor.opened(&recording, "flown").unwrap();
    say(&mut editor, "add_key", json!({"at_s": 3})).unwrap();
    let paths = editor.recording().views[0]
        .camera
        .entries()
        .iter()
        .map(|e| e.leave.path)
        .collect::<Vec<_>>();
    use Path::{AsRecorded, Smooth};
    assert_eq!(paths, [AsRecorded, AsRecorded, AsRecorded, Smooth, AsRecorded]);
    assert_eq!(editor.journey().duration(), s(4.0));
}

/// The keys without their numbers, in the order in which they are opened.
fn without_numbers(journey: &Journey) -> Vec<Key> {
    let mut keys: Vec<Key> = journey.keys().iter().map(|key| Key::clone(key)).collect();
    let lane = |key: &Key| match key.content {
        Content::Camera { .. } => 0,
        Content::Property { .. } => 1,
        Content::Script { .. } => 2,
    };
    keys.sort_by_key(|key| (key.at, lane(key), key.id));
    keys.into_iter().map(|key| Key { id: FIRST, ..key }).collect()
}

/// A recording in which people have named things.
fn named() -> impl Strategy<Value = Recording> {
    recording().prop_map(|mut recording| {
        let cameras = recording.views.iter().flat_map(|v| v.camera.entries()).map(|e| e.seq);
        let changes = recording.properties.values().flat_map(|t| t.changes()).map(|c| c.seq);
        let rules = recording.rules.iter().map(|r| r.seq);
        let named = cameras.chain(changes).chain(rules).filter(|seq| seq % 2 == 0);
        recording.names = named.map(|seq| (seq, format!("n{seq}").into())).collect();
        recording
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_recording_and_its_names_read_back_to_themselves(recording in named()) {
        for text in [write(&recording), write_journey(&recording)] {
            let imported = read(text.as_bytes()).unwrap();
            prop_assert_eq!(bits(&imported.recording), bits(&recording), "{}", text);
            prop_assert_eq!(&imported.recording, &recording, "{}", text);
        }
    }

    #[test]
    fn an_edited_journey_is_the_same_after_it_was_a_recording(
        edits in proptest::collection::vec(any_edit(), 1..40)
    ) {
        let mut editor = Editor::default();
        for (call, arguments) in edits {
            let arguments = aimed(&editor, arguments);
            let _ = say(&mut editor, call, arguments);
        }
        let journey = editor.journey();
        let again = Journey::from_recording(&journey.to_recording(), FIRST).unwrap();
        prop_assert_eq!(without_numbers(&again), without_numbers(journey));
        if !journey.keys().is_empty() {
            prop_assert_eq!(again.clock(), journey.clock());
        }
        let third = Journey::from_recording(&again.to_recording(), FIRST).unwrap();
        prop_assert_eq!(third, again);
        // As text too, in which nothing need be said that the reader makes up.
        let text = write_journey(&journey.to_recording());
        prop_assert!(!text.contains("seq: "), "{}", text);
        let imported = read(text.as_bytes()).unwrap();
        prop_assert_eq!(imported.recording, journey.to_recording(), "{}", text);
    }

    #[test]
    fn any_recording_opens_and_loses_nothing(recording in named()) {
        let journey = Journey::from_recording(&recording, FIRST).unwrap();
        let again = journey.to_recording();
        prop_assert_eq!(&again.header, &recording.header);
        prop_assert_eq!(&again.baseline, &recording.baseline);
        prop_assert_eq!(again.camera_entries(), recording.camera_entries());
        prop_assert_eq!(again.rules.len(), recording.rules.len());
        prop_assert_eq!(again.events.len(), recording.events.len());
        prop_assert_eq!(again.clock.keys(), recording.clock.keys());
        prop_assert_eq!(again.clock.changes().len(), recording.clock.changes().len());
        let opened = Journey::from_recording(&again, FIRST).unwrap();
        prop_assert_eq!(&opened, &journey);
        for i in -2..=20_i64 {
            let t = ns(i * 700_000_000);
            let (one, other) = (sample(&again, t), sample(&recording, t));
            prop_assert_eq!(one.clock, other.clock);
            prop_assert_eq!(one.views, other.views);
            prop_assert_eq!(one.properties, other.properties);
        }
    }
}
