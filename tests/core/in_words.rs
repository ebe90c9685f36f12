//! Places and directions in words come to what was there, and are what people would write.

use glam::{DQuat, DVec3};
use proptest::prelude::*;
use skyreel_core::format::ron::{read, write_journey};
use skyreel_core::in_words::put_in_words;
use skyreel_core::pose::{CameraPose, NodeName, to_wxyz, unit_rotation};
use skyreel_core::recording::Recording;
use skyreel_core::time::SimTime;
use skyreel_core::wording::KnownGlobes;

use crate::journey_support::{above, date, obey_at, with_keys};

/// A journey of these poses, in words.
fn worded(poses: impl IntoIterator<Item = CameraPose>) -> Recording {
    let keys = poses.into_iter().enumerate().map(|(n, pose)| (n as f64, pose));
    let mut recording = (*with_keys(keys).recording()).clone();
    put_in_words(&mut recording, &KnownGlobes);
    recording
}

/// What a text of these poses reads back to.
fn read_back(recording: &Recording) -> Vec<CameraPose> {
    let read = read(write_journey(recording).as_bytes()).unwrap();
    assert!(read.faults.is_empty(), "{:?}", read.faults);
    read.recording.views[0].camera.entries().iter().map(|entry| entry.pose.clone()).collect()
}

fn looking(heading_deg: f64, pitch_deg: f64, roll_deg: f64) -> CameraPose {
    let text = format!(
        "Skyreel(version: 1, date: \"2026-03-20T07:40:00\", keys: [(at: 0, anchor: \"Earth\", \
         latitude: 38, longitude: 16, altitude: 250e3, heading: {heading_deg:?}, pitch: {pitch_deg:?}, \
         roll: {roll_deg:?})])"
    );
    read(text.as_bytes()).unwrap().recording.views[0].camera.entries()[0].pose.clone()
}

#[test]
fn a_text_says_what_people_would_write() {
    for (pose, words) in [
        (above(10.0, 20.0, 2e7), "latitude: 10.0, longitude: 20.0, altitude: 13622510.986)"),
        (above(-90.0, 0.0, 7e6), "latitude: -90.0, longitude: 0.0, altitude: 643247.686)"),
        (
            looking(330.0, -30.0, 0.0),
            "latitude: 38.0, longitude: 16.0, altitude: 250000.0, heading: 330.0, pitch: -30.0)",
        ),
        (looking(0.0, 90.0, 12.5), "heading: 347.5, pitch: 90.0)"),
        (looking(45.25, 10.0, -170.0), "heading: 45.25, pitch: 10.0, roll: -170.0)"),
    ] {
        let text = write_journey(&worded([pose]));
        assert!(text.contains(words), "{words} is not in {text}");
        assert!(text.contains("date: \"2026-03-20T07:40:00\",\n"), "{text}");
        for number in ["position", "rotation"] {
            assert!(!text.contains(number), "{text}");
        }
    }
}

#[test]
fn what_does_not_turn_with_a_globe_stays_in_numbers() {
    let still = CameraPose { follow_rotation: false, ..above(10.0, 20.0, 2e7) };
    let nowhere = CameraPose { anchor: NodeName::new("Nowhere"), ..above(10.0, 20.0, 2e7) };
    let inside = CameraPose { position_m: [0.0; 3], ..above(10.0, 20.0, 2e7) };
    for pose in [still, nowhere, inside] {
        let recording = worded([pose.clone()]);
        assert!(write_journey(&recording).contains("position: ("));
        assert_eq!(read_back(&recording), [pose]);
    }
}

#[test]
fn words_that_are_there_stay() {
    let text = "Skyreel(version: 1, date: \"2026-03-20T07:40:00\", keys: [\
        (at: 0, anchor: \"Moon\", latitude: 1, longitude: 2, distance_km: 9000, look_at: \"Moon\")])";
    let before = read(text.as_bytes()).unwrap().recording;
    let mut after = before.clone();
    put_in_words(&mut after, &KnownGlobes);
    assert_eq!(after, before);
}

#[test]
fn a_date_is_written_as_a_date_and_comes_to_the_same_bits() {
    for tdb_s in [0.0, 8.1e8, 825_000_000.123_456_7, 826_237_137.184_000_1, -3.2e9, 1.0e10 / 3.0] {
        let time = SimTime::from_tdb_secs(tdb_s).unwrap();
        let text = time.to_utc_iso_exact().unwrap_or_else(|| panic!("{tdb_s}"));
        assert_eq!(text.parse::<SimTime>().unwrap().as_tdb_secs().to_bits(), tdb_s.to_bits());
    }
    assert_eq!(date("2026-03-07T18:30:00").to_utc_iso_exact().unwrap(), "2026-03-07T18:30:00");
    assert_eq!(
        date("2026-03-07T18:30:00.25").to_utc_iso_exact().unwrap(),
        "2026-03-07T18:30:00.25"
    );
}

fn any_pose() -> impl Strategy<Value = CameraPose> {
    let place = (-90.0..=90.0_f64, -180.0..=180.0_f64, 6.5e6_f64.ln()..1e13_f64.ln());
    let rotation = [-1.0..1.0_f64, -1.0..1.0, -1.0..1.0, -1.0..1.0];
    let anchor = proptest::sample::select(vec!["Earth", "Moon", "Phobos", "Saturn"]);
    (place, rotation, anchor).prop_map(|((latitude, longitude, log), rotation, anchor)| {
        CameraPose {
            anchor: NodeName::new(anchor),
            rotation_wxyz: if rotation == [0.0; 4] { [1.0, 0.0, 0.0, 0.0] } else { rotation },
            ..above(latitude, longitude, log.exp())
        }
    })
}

proptest! {
    #[test]
    fn words_come_to_what_was_there(pose in any_pose(), upright in any::<bool>()) {
        let pose = if upright {
            let down = skyreel_core::globe::looking(-DVec3::from_array(pose.position_m), DVec3::Z);
            CameraPose { rotation_wxyz: to_wxyz(down.unwrap()), ..pose }
        } else {
            pose
        };
        let recording = worded([pose.clone()]);
        let text = write_journey(&recording);
        prop_assert!(text.contains("latitude") && !text.contains("rotation"), "{}", text);
        let back = read_back(&recording).remove(0);
        let (was_m, is_m) = (DVec3::from_array(pose.position_m), DVec3::from_array(back.position_m));
        prop_assert!(was_m.distance(is_m) <= 1e-9 * was_m.length());
        let (was, is) = (unit_rotation(pose.rotation_wxyz), unit_rotation(back.rotation_wxyz));
        let between: DQuat = was.inverse() * is;
        prop_assert!(2.0 * between.xyz().length() <= 1.1e-9);
    }

    #[test]
    fn every_date_that_a_clock_can_show_is_written_as_one(tdb_s in -1e10..1e10_f64) {
        let time = SimTime::from_tdb_secs(tdb_s).unwrap();
        let text = time.to_utc_iso_exact();
        prop_assert!(text.is_some());
        let back: SimTime = text.unwrap().parse().unwrap();
        prop_assert_eq!(back.as_tdb_secs().to_bits(), tdb_s.to_bits());
    }
}

#[test]
fn a_journey_begins_at_a_date_that_can_be_read() {
    use skyreel_core::command::JourneyCommand;
    let mut editor = skyreel_core::journey::Editor::default();
    let odd = SimTime::from_tdb_secs(8.1e8 + 1.0 / 3.0).unwrap();
    let clock = skyreel_core::clock_track::ClockSample { sim_time: odd, rate: 1.0, paused: false };
    editor.begin_at(clock);
    obey_at(
        &mut editor,
        Some(above(1.0, 2.0, 1e7)),
        &JourneyCommand::AddKey { at_s: None, name: None },
    )
    .unwrap();
    let text = write_journey(&editor.recording());
    let line = text.lines().find(|line| line.contains("date: ")).unwrap();
    assert!(line.trim().len() <= "date: \"2026-03-07T18:30:00.125\",".len(), "{line}");
}
