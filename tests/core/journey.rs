//! What can be asked of a journey, and what becomes of it.

use serde_json::{Value as Json, json};
use skyreel_core::camera_track::{Leave, Path};
use skyreel_core::command::JourneyCommand;
use skyreel_core::journey::{Editor, KeyId, Pace};
use skyreel_core::recording::{Effects, Recording};
use skyreel_core::time::SessionTime;
use skyreel_core::value::Easing;

use crate::journey_support::{Sky, above, obey_at, present, say, with_keys};
use crate::support::{EASINGS, s};

fn three_keys() -> Editor {
    with_keys([
        (0.0, above(0.0, 0.0, 1e7)),
        (4.0, above(0.0, 40.0, 1e7)),
        (8.0, above(0.0, 90.0, 2e7)),
    ])
}

/// A journey with a key of each kind: cameras 1, 2, 3, a property 4, a script 5.
fn all_kinds() -> Editor {
    let mut editor = three_keys();
    let fade =
        json!({"path": "Scene.Earth.Renderable.Fade", "at_s": 2, "value": 0.25, "over_s": 1});
    say(&mut editor, "add_property", fade).unwrap();
    say(&mut editor, "add_script", json!({"code": "print('here')", "at_s": 6})).unwrap();
    editor
}

/// Numbers, moments and names of the keys, in order.
fn outline(editor: &Editor) -> String {
    let keys = editor.journey().keys().iter().map(|key| {
        let name = if key.name.is_empty() { String::new() } else { format!(" {}", key.name) };
        format!("{}@{}{name}", key.id.0, key.at)
    });
    keys.collect::<Vec<_>>().join(", ")
}

#[test]
fn each_command_makes_of_the_keys_what_it_says() {
    let mut fresh = Editor::default();
    assert_eq!(outline(&fresh), "");
    assert_eq!(say(&mut fresh, "add_key", json!({})), Ok(json!(1)));
    assert_eq!(outline(&fresh), "1@0");
    let start = "1@0, 4@2, 2@4, 5@6, 3@8";
    let table: &[(&str, Json, &str, &str, Json)] = &[
        ("new", json!({}), "", "Begin a new journey", json!(null)),
        (
            "add_key",
            json!({"at_s": 2.5, "name": " Rise "}),
            "1@0, 4@2, 6@2.5 Rise, 2@4, 5@6, 3@8",
            "Add a camera key",
            json!(6),
        ),
        (
            "add_key",
            json!({"at_s": 4}),
            "1@0, 4@2, 2@4, 6@4, 5@6, 3@8",
            "Add a camera key",
            json!(6),
        ),
        (
            "add_property",
            json!({"path": "{trail}.On", "value": true, "at_s": 1}),
            "1@0, 6@1, 4@2, 2@4, 5@6, 3@8",
            "Add a change of {trail}.On",
            json!(6),
        ),
        (
            "add_property",
            json!({"path": "Scene.Earth.Renderable.Fade", "at_s": 9}),
            "1@0, 4@2, 2@4, 5@6, 3@8, 6@9",
            "Add a change of Scene.Earth.Renderable.Fade",
            json!(6),
        ),
        (
            "add_script",
            json!({"code": "x()", "at_s": 0}),
            "1@0, 6@0, 4@2, 2@4, 5@6, 3@8",
            "Add a script",
            json!(6),
        ),
        ("update", json!({"key": 2}), start, "Update a camera key", json!(null)),
        ("update", json!({"key": 4}), start, "Update a value", json!(null)),
        (
            "value",
            json!({"key": 4, "value": [1, 2], "over_s": 0}),
            start,
            "Change a value",
            json!(null),
        ),
        ("code", json!({"key": 5, "code": "y()"}), start, "Change a script", json!(null)),
        (
            "pose",
            json!({"key": 1, "anchor": "Moon", "position_m": [1e7, 0, 0], "rotation_wxyz": [1, 0, 0, 0]}),
            start,
            "Put a camera key at a pose",
            json!(null),
        ),
        (
            "move",
            json!({"keys": [2, 3, 2], "by_s": 1.5}),
            "1@0, 4@2, 2@5.5, 5@6, 3@9.5",
            "Move 2 keys",
            json!(null),
        ),
        (
            "move",
            json!({"keys": [3], "by_s": -8}),
            "1@0, 3@0, 4@2, 2@4, 5@6",
            "Move a key",
            json!(null),
        ),
        (
            "duplicate",
            json!({"keys": [3, 4], "by_s": 10}),
            "1@0, 4@2, 2@4, 5@6, 3@8, 6@12, 7@18",
            "Duplicate 2 keys",
            json!([6, 7]),
        ),
        ("remove", json!({"keys": [1, 5, 4]}), "2@4, 3@8", "Remove 3 keys", json!(null)),
        (
            "name",
            json!({"key": 3, "name": "The Moon"}),
            "1@0, 4@2, 2@4, 5@6, 3@8 The Moon",
            "Name a key",
            json!(null),
        ),
        ("ease", json!({"keys": [1, 4], "pace": "in_out"}), start, "Ease 2 keys", json!(null)),
        ("roll", json!({"keys": [1], "by_deg": 90}), start, "Roll a key", json!(null)),
        (
            "date",
            json!({"date": "2027-01-01T00:00:00", "rate": 60}),
            start,
            "Set the date",
            json!(null),
        ),
    ];
    for (call, arguments, expected, title, answer) in table {
        let mut editor = all_kinds();
        let before = editor.journey().clone();
        assert_eq!(outline(&editor), start);
        let said = say(&mut editor, call, arguments.clone());
        assert_eq!(said.as_ref(), Ok(answer), "{call} {arguments}");
        assert_eq!(outline(&editor), *expected, "{call} {arguments}");
        assert_ne!(*editor.journey(), before, "{call} {arguments}");
        let after = editor.journey().clone();
        // One step each, by its name.
        assert_eq!(editor.view(&Sky).undo.as_deref(), Some(*title), "{call}");
        assert_eq!(say(&mut editor, "undo", json!({})), Ok(json!(title)));
        assert_eq!(*editor.journey(), before, "{call} {arguments}");
        assert_eq!(editor.view(&Sky).redo.as_deref(), Some(*title), "{call}");
        assert_eq!(say(&mut editor, "redo", json!({})), Ok(json!(title)));
        assert_eq!(*editor.journey(), after, "{call} {arguments}");
    }
}

#[test]
fn what_cannot_be_is_refused_in_so_many_words_and_changes_nothing() {
    let huge = 1e300;
    let table: &[(&str, Json, &str)] = &[
        ("update", json!({"key": 7}), "there is no key '7'"),
        ("move", json!({"keys": [1, 9], "by_s": 1}), "there is no key '9'"),
        ("move", json!({"keys": [], "by_s": 1}), "keys is at least one key's number, not none"),
        (
            "move",
            json!({"keys": [2, 3], "by_s": -4.5}),
            "the new time of key 2 is a time from 0 s to 3,600,000 s, not -0.5 s",
        ),
        (
            "move",
            json!({"keys": [2], "by_s": huge}),
            &format!("by_s is a finite number of seconds, not {huge}"),
        ),
        (
            "duplicate",
            json!({"keys": [1], "by_s": -1}),
            "the new time of key 1 is a time from 0 s to 3,600,000 s, not -1 s",
        ),
        ("add_key", json!({"at_s": -1}), "at_s is a time from 0 s to 3,600,000 s, not -1"),
        ("seek", json!({"at_s": -0.5}), "at_s is a time from 0 s to 3,600,000 s, not -0.5"),
        (
            "update",
            json!({"key": 5}),
            "key 5 is a script, expected a camera's key or a property's key",
        ),
        ("value", json!({"key": 5, "value": 1}), "key 5 is a script, expected a property's key"),
        ("code", json!({"key": 1, "code": "x()"}), "key 1 is a camera's key, expected a script"),
        ("code", json!({"key": 5, "code": " "}), "code is Lua, not empty"),
        (
            "pose",
            json!({"key": 4, "anchor": "Earth", "position_m": [1, 0, 0], "rotation_wxyz": [1, 0, 0, 0]}),
            "key 4 is a property's key, expected a camera's key",
        ),
        (
            "pose",
            json!({"key": 1, "anchor": "Earth", "position_m": [1, 0, 0], "rotation_wxyz": [0, 0, 0, 0]}),
            "rotation_wxyz is a rotation, not 0, 0, 0, 0",
        ),
        (
            "pose",
            json!({"key": 1, "anchor": " ", "position_m": [1, 0, 0], "rotation_wxyz": [1, 0, 0, 0]}),
            "anchor is the name of a node, not empty",
        ),
        (
            "roll",
            json!({"keys": [1, 4], "by_deg": 5}),
            "key 4 is a property's key, expected a camera's key",
        ),
        (
            "ease",
            json!({"keys": [1, 5], "pace": "in"}),
            "key 5 is a script, expected a camera's key or a property's key",
        ),
        (
            "ease",
            json!({"keys": [4], "pace": "hold"}),
            "the pace of key 4 is linear, in, out or in_out: what a property holds it holds anyway, not hold",
        ),
        (
            "add_property",
            json!({"path": "{a.b", "value": 1}),
            "path is a closing } after the tag, not '{a.b'",
        ),
        (
            "add_property",
            json!({"path": "*.On"}),
            "'*.On' names many properties, which hold no one value; expected a value",
        ),
        ("add_property", json!({"path": "Scene.Nothing"}), "there is no property 'Scene.Nothing'"),
        (
            "add_property",
            json!({"path": "a.b", "value": 1, "over_s": -1}),
            "over_s is a span from 0 s to 3,600,000 s, not -1",
        ),
        ("even", json!({"keys": [1, 2]}), "keys is at least 3 keys of the camera, not 2"),
        ("even", json!({"keys": [1, 3, 4]}), "key 4 is a property's key, expected a camera's key"),
        ("even", json!({"keys": [1, 3]}), "key 2 lies between; name it too"),
        (
            "date",
            json!({"date": "soon"}),
            "date is ISO 8601 such as 2026-03-07T18:30:00 (UTC), or now, not 'soon'",
        ),
        (
            "open",
            json!({"recording": "a.ron"}),
            "'journey.open' cannot be done here: this program has no folder of recordings",
        ),
        ("redo", json!({}), "there is nothing to do again"),
    ];
    for (call, arguments, expected) in table {
        let mut editor = all_kinds();
        let (before, undo) = (editor.journey().clone(), editor.view(&Sky).undo.clone());
        let refusal = say(&mut editor, call, arguments.clone()).unwrap_err();
        assert_eq!(refusal.to_string(), *expected, "{call} {arguments}");
        assert_eq!(*editor.journey(), before);
        assert_eq!(editor.view(&Sky).undo, undo);
        // No number was used up by it.
        assert_eq!(say(&mut editor, "add_key", json!({})), Ok(json!(6)), "{call} {arguments}");
    }
    let no_numbers = [f64::NAN, f64::INFINITY];
    for number in no_numbers {
        let mut editor = all_kinds();
        let keys = vec![editor.journey().keys()[0].id];
        let commands = [
            JourneyCommand::Roll { keys: keys.clone(), by_deg: number },
            JourneyCommand::Move { keys, by_s: number },
            JourneyCommand::At { at_s: number },
            JourneyCommand::Date { date: "now".into(), rate: Some(number) },
        ];
        for command in commands {
            assert!(obey_at(&mut editor, None, &command).is_err(), "{command:?}");
        }
    }
    let add = JourneyCommand::AddKey { at_s: None, name: None };
    let refusal = obey_at(&mut Editor::default(), None, &add).unwrap_err();
    assert_eq!(refusal.to_string(), "there is no camera to take a key from");
}

#[test]
fn a_journey_begins_at_a_date_until_something_was_done_with_it() {
    use skyreel_core::clock_track::ClockSample;
    let at = |text: &str| ClockSample { sim_time: text.parse().unwrap(), rate: 2.0, paused: false };
    let (first, later) = (at("2030-01-01T00:00:00"), at("2040-01-01T00:00:00"));
    let mut editor = Editor::default();
    editor.seek(SessionTime::from_secs(3.0).unwrap());
    editor.begin_at(first);
    assert_eq!(editor.journey().clock().date(), first.sim_time);
    assert_eq!(editor.at().as_secs(), 3.0, "its time stands where it stood");
    let add = JourneyCommand::AddKey { at_s: None, name: None };
    obey_at(&mut editor, Some(above(0.0, 0.0, 1e7)), &add).unwrap();
    let made = editor.journey().clone();
    obey_at(&mut editor, None, &JourneyCommand::New {}).unwrap();
    editor.begin_at(later);
    obey_at(&mut editor, None, &JourneyCommand::Undo {}).unwrap();
    assert_eq!(*editor.journey(), made, "what was there before can be had back");
}

#[test]
fn keys_that_are_added_where_one_is_already_follow_each_other() {
    let mut editor = Editor::default();
    for (at_s, wanted_s) in [(None, 0.0), (None, 5.0), (None, 10.0), (Some(2.0), 2.0), (None, 15.0)]
    {
        let add = JourneyCommand::AddKey { at_s, name: None };
        let id = obey_at(&mut editor, Some(above(0.0, 0.0, 1e7)), &add).unwrap();
        let keys = editor.journey().keys();
        let added = keys.iter().find(|key| serde_json::json!(key.id) == id).unwrap();
        assert_eq!(added.at.as_secs(), wanted_s);
    }
}

#[test]
fn the_keys_are_answered_with_all_that_they_hold() {
    let mut editor = all_kinds();
    say(&mut editor, "name", json!({"key": 1, "name": "Start"})).unwrap();
    let keys = say(&mut editor, "keys", json!({})).unwrap();
    let start_s = skyreel_core::time::SimTime::as_tdb_secs(editor.journey().clock().date());
    let pose = above(0.0, 0.0, 1e7);
    assert_eq!(
        keys[0],
        json!({
            "key": 1, "at_s": 0.0, "name": "Start", "pace": "linear", "kind": "camera",
            "anchor": "Earth", "position_m": pose.position_m, "rotation_wxyz": pose.rotation_wxyz,
            "follow": true, "sim_time_s": start_s,
        })
    );
    assert_eq!(
        keys[1],
        json!({
            "key": 4, "at_s": 2.0, "name": "", "pace": "linear", "kind": "property",
            "path": "Scene.Earth.Renderable.Fade", "value": 0.25, "over_s": 1.0, "easing": "Linear",
        })
    );
    assert_eq!(
        keys[3],
        json!({
            "key": 5, "at_s": 6.0, "name": "", "pace": "linear", "kind": "script",
            "code": "print('here')",
        })
    );
    assert_eq!(keys[4]["sim_time_s"], json!(start_s + 80.0));
    assert_eq!(say(&mut editor, "length", json!({})), Ok(json!(8.0)));
    let at = say(&mut editor, "at", json!({"at_s": 4})).unwrap();
    assert_eq!(at["anchor"], "Earth");
    assert_eq!(at["position_m"], json!(above(0.0, 40.0, 1e7).position_m));
    assert_eq!(at["sim_time_s"], json!(start_s + 40.0));
    let none = say(&mut Editor::default(), "at", json!({"at_s": 0})).unwrap_err();
    assert_eq!(none.to_string(), "the journey has no key of the camera");
}

#[test]
fn between_two_nodes_the_pose_is_told_from_the_one_it_leaves() {
    let mut editor = three_keys();
    let moon = json!({"key": 3, "anchor": "Moon", "position_m": [-1e7, 0, 0], "rotation_wxyz": [1, 0, 0, 0]});
    say(&mut editor, "pose", moon).unwrap();
    let at = say(&mut editor, "at", json!({"at_s": 7.9})).unwrap();
    assert_eq!((&at["anchor"], &at["follow"]), (&json!("Earth"), &json!(false)));
    assert!(at["position_m"][0].as_f64().unwrap() > 3e8, "{at}");
    let nowhere = json!({"key": 3, "anchor": "Nowhere", "position_m": [1, 0, 0], "rotation_wxyz": [1, 0, 0, 0]});
    say(&mut editor, "pose", nowhere).unwrap();
    let missing = say(&mut editor, "at", json!({"at_s": 7})).unwrap_err();
    assert_eq!(missing.to_string(), "there is no node 'Nowhere'");
}

#[test]
fn what_is_added_goes_where_the_time_stands() {
    let mut editor = three_keys();
    say(&mut editor, "seek", json!({"at_s": 5.5})).unwrap();
    say(&mut editor, "add_key", json!({})).unwrap();
    say(&mut editor, "seek", json!({"at_s": 30})).unwrap();
    say(&mut editor, "add_script", json!({"code": "x()"})).unwrap();
    assert_eq!(outline(&editor), "1@0, 2@4, 4@5.5, 3@8, 5@30");
    assert_eq!(editor.view(&Sky).at, s(30.0));
    assert_eq!(editor.view(&Sky).duration, s(30.0));
}

#[test]
fn a_pace_is_a_view_of_how_a_key_is_left() {
    for easing in EASINGS {
        let leave = Leave { path: Path::AsRecorded, easing };
        let pace = Pace::of_leave(leave);
        // Its own pace leaves the curve as it is; another keeps the path.
        assert_eq!(pace.leave(leave), leave);
        assert_eq!(Pace::of_leave(Pace::Hold.leave(leave)), Pace::Hold);
        for other in [Pace::Linear, Pace::In, Pace::Out, Pace::InOut] {
            let left = other.leave(leave);
            assert_eq!((Pace::of_leave(left), left.path), (other, Path::AsRecorded));
        }
        let going = Pace::Linear.leave(Pace::Hold.leave(leave));
        assert_eq!(going, Leave { path: Path::Smooth, easing: Easing::Linear });
    }
}

#[test]
fn opening_and_beginning_can_be_taken_back_and_a_save_is_known() {
    let mut editor = three_keys();
    assert!(editor.is_changed());
    editor.saved("first");
    assert!(!editor.is_changed());
    let first = editor.journey().clone();
    let recording = Recording::clone(&editor.recording());
    editor.opened(&recording, "second").unwrap();
    assert_eq!((editor.name(), editor.is_changed()), ("second", false));
    // Numbers are never given twice.
    assert_eq!(outline(&editor), "4@0, 5@4, 6@8");
    say(&mut editor, "remove", json!({"keys": [5]})).unwrap();
    assert!(editor.is_changed());
    assert_eq!(say(&mut editor, "undo", json!({})), Ok(json!("Remove a key")));
    assert!(!editor.is_changed());
    assert_eq!(say(&mut editor, "undo", json!({})), Ok(json!("Open second")));
    assert_eq!((editor.name(), editor.is_changed()), ("first", false));
    assert_eq!(*editor.journey(), first);
    say(&mut editor, "redo", json!({})).unwrap();
    assert_eq!((editor.name(), outline(&editor).as_str()), ("second", "4@0, 5@4, 6@8"));
    say(&mut editor, "new", json!({})).unwrap();
    assert_eq!((editor.name(), outline(&editor).as_str()), ("", ""));
    say(&mut editor, "undo", json!({})).unwrap();
    assert_eq!(editor.name(), "second");
}

#[test]
fn a_script_that_would_never_run_is_refused() {
    let mut recording = Recording::clone(&three_keys().recording());
    recording.header.effects = Effects::Recorded;
    let mut editor = Editor::default();
    editor.opened(&recording, "flown").unwrap();
    let refusal = say(&mut editor, "add_script", json!({"code": "x()"})).unwrap_err();
    assert!(refusal.to_string().contains("add the changes themselves"), "{refusal}");
}

#[test]
fn a_new_journey_has_the_date_and_the_rate_of_the_scene() {
    let mut editor = three_keys();
    let clock = editor.recording().clock.sample(SessionTime::ZERO);
    assert_eq!(clock.sim_time.to_utc_iso(), "2026-03-20T07:40:00.000Z");
    assert_eq!(clock.rate, 10.0);
    say(&mut editor, "date", json!({"date": "now"})).unwrap();
    let view = editor.view(&Sky);
    assert_eq!(view.date.unwrap().to_utc_iso(), "2026-11-20T15:00:00.000Z");
    // The rate stays as it was.
    assert_eq!(
        editor.recording().clock.sample(s(8.0)).sim_time.to_utc_iso(),
        "2026-11-20T15:01:20.000Z"
    );
}

/// The state of what was flown: whether it is in no key, and whether there is somewhere to go back to.
fn flown(editor: &Editor) -> (bool, bool) {
    let view = editor.view(&Sky);
    (view.is_flown, view.can_go_back)
}

#[test]
fn what_was_flown_is_told_until_it_is_in_a_key() {
    let (home, away) = (above(0.0, 0.0, 1e7), above(5.0, 0.0, 1e7));
    let mut editor = Editor::default();
    editor.look(&away);
    assert_eq!(flown(&editor), (false, false), "nothing has been kept yet");
    obey_at(&mut editor, Some(home.clone()), &ADD).unwrap();
    editor.look(&home);
    assert_eq!(flown(&editor), (false, false));
    editor.look(&away);
    assert_eq!(flown(&editor), (true, false));
    obey_at(&mut editor, Some(away.clone()), &ADD).unwrap();
    assert_eq!(flown(&editor), (false, false));
    // What an f64 loses on its way through the scene is not flown.
    let mut as_good = away.clone();
    as_good.position_m[0] *= 1.0 + 1e-12;
    as_good.rotation_wxyz = as_good.rotation_wxyz.map(|x| -x);
    editor.look(&as_good);
    assert_eq!(flown(&editor), (false, false));
    editor.look(&home);
    obey_at(&mut editor, Some(home), &JourneyCommand::Update { key: KeyId(1) }).unwrap();
    assert_eq!(flown(&editor), (false, false));
}

#[test]
fn what_was_flown_before_the_time_was_moved_is_had_again() {
    let (start, end, away) = (above(0.0, 0.0, 1e7), above(0.0, 90.0, 1e7), above(5.0, 0.0, 2e7));
    let mut editor = with_keys([(0.0, start.clone()), (8.0, end.clone())]);
    let seek = |at_s| JourneyCommand::Seek { at_s };
    editor.look(&away);
    obey_at(&mut editor, Some(away.clone()), &seek(0.0)).unwrap();
    editor.put(start.clone());
    editor.look(&start);
    assert_eq!(flown(&editor), (false, true));
    // Where the journey has put it nothing was flown: what was flown before is not forgotten for it.
    obey_at(&mut editor, Some(start.clone()), &seek(4.0)).unwrap();
    obey_at(&mut editor, Some(start), &seek(8.0)).unwrap();
    editor.put(end.clone());
    let back = present(Some(end), |now| editor.go_back(now)).unwrap();
    assert_eq!((back.camera, back.at, editor.at()), (away.clone(), s(0.0), s(0.0)));
    editor.look(&away);
    assert_eq!(flown(&editor), (true, false), "it is in no key still");
    assert_eq!(present(Some(away.clone()), |now| editor.go_back(now)), None);
    // Flown again before going back, that can be had again in its turn.
    obey_at(&mut editor, Some(away), &seek(8.0)).unwrap();
    let other = above(-60.0, 0.0, 3e7);
    present(Some(other.clone()), |now| editor.go_back(now)).unwrap();
    assert_eq!(present(None, |now| editor.go_back(now)).unwrap().camera, other);
}

#[test]
fn what_is_in_a_key_is_not_lost_by_moving_the_time() {
    let (start, end) = (above(0.0, 0.0, 1e7), above(0.0, 90.0, 1e7));
    let mut editor = with_keys([(0.0, start.clone()), (8.0, end.clone())]);
    say(&mut editor, "undo", json!({})).unwrap();
    say(&mut editor, "redo", json!({})).unwrap();
    obey_at(&mut editor, Some(end), &JourneyCommand::Seek { at_s: 0.0 }).unwrap();
    assert_eq!(flown(&editor), (false, false));
    say(&mut editor, "undo", json!({})).unwrap();
    let gone = above(0.0, 90.0, 1e7);
    obey_at(&mut editor, Some(gone), &JourneyCommand::Seek { at_s: 0.0 }).unwrap();
    assert_eq!(flown(&editor), (false, true), "its key is gone");
}

#[test]
fn another_journey_has_nothing_to_go_back_to() {
    let mut editor = with_keys([(0.0, above(0.0, 0.0, 1e7))]);
    obey_at(&mut editor, Some(above(5.0, 0.0, 1e7)), &JourneyCommand::Seek { at_s: 0.0 }).unwrap();
    assert_eq!(flown(&editor), (false, true));
    say(&mut editor, "new", json!({})).unwrap();
    assert_eq!(flown(&editor), (false, false));
}

const ADD: JourneyCommand = JourneyCommand::AddKey { at_s: None, name: None };
