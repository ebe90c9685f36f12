//! Ten thousand changes and back.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use skyreel_core::frame::FramePose;
use skyreel_core::journey::{Editor, Journey, MOST_STEPS};
use skyreel_core::sample::sample;

use crate::journey_support::{Sky, aimed, any_edit, say};
use crate::support::ns;

fn runner(seed: u8) -> TestRunner {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng)
}

/// Random edits until so many were not refused.
fn edit(editor: &mut Editor, count: usize, seed: u8) {
    let (mut runner, edits) = (runner(seed), any_edit());
    let mut made = 0;
    while made < count {
        let (call, arguments) = edits.new_tree(&mut runner).unwrap().current();
        let adds = call.starts_with("add") || call == "duplicate";
        if adds && editor.journey().keys().len() >= 60 {
            continue;
        }
        let arguments = aimed(editor, arguments);
        made += usize::from(say(editor, call, arguments).is_ok());
    }
}

#[test]
fn ten_thousand_random_edits_are_taken_back_and_made_again() {
    let mut editor = Editor::default();
    edit(&mut editor, 12, 1);
    let first = editor.journey().clone();
    edit(&mut editor, MOST_STEPS, 2);
    let last = editor.journey().clone();
    assert_ne!(first, last);
    let started = std::time::Instant::now();
    for _ in 0..MOST_STEPS {
        say(&mut editor, "undo", json!({})).unwrap();
    }
    assert_eq!(*editor.journey(), first);
    // No more than that can be taken back.
    assert!(say(&mut editor, "undo", json!({})).is_err());
    for _ in 0..MOST_STEPS {
        say(&mut editor, "redo", json!({})).unwrap();
    }
    assert_eq!(*editor.journey(), last);
    assert!(say(&mut editor, "redo", json!({})).is_err());
    let took = started.elapsed();
    println!("{MOST_STEPS} steps back and forth in {took:?}");
    assert!(took.as_secs_f64() < 2.0, "{took:?}");
}

fn is_in_order(journey: &Journey) -> bool {
    journey.keys().is_sorted_by(|a, b| (a.at, a.id) < (b.at, b.id))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edits_break_a_journey(edits in proptest::collection::vec(any_edit(), 1..60)) {
        let mut editor = Editor::default();
        for (call, arguments) in edits {
            let before = editor.journey().clone();
            let arguments = aimed(&editor, arguments);
            if say(&mut editor, call, arguments).is_err() {
                prop_assert_eq!(editor.journey(), &before);
            }
            prop_assert!(is_in_order(editor.journey()));
            let mut ids: Vec<_> = editor.journey().keys().iter().map(|key| key.id).collect();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), editor.journey().keys().len());
        }
        let recording = editor.recording();
        prop_assert_eq!(recording.camera_entries(), editor.journey().camera_keys().count());
        let end = recording.duration().as_nanos();
        for i in 0..=200 {
            let frame = sample(&recording, ns(end / 200 * i));
            prop_assert!(frame.clock.sim_time.as_tdb_secs().is_finite());
            for view in frame.views {
                let poses = match view.pose {
                    FramePose::One(pose) => vec![pose],
                    FramePose::Two { from, to, .. } => vec![from, to],
                };
                for pose in poses {
                    prop_assert!(pose.position_m.is_finite() && pose.rotation.is_finite());
                    prop_assert!((pose.rotation.length() - 1.0).abs() < 1e-9);
                }
            }
        }
        let view = editor.view(&Sky);
        prop_assert!(view.speeds.iter().all(|speed| speed.is_finite() && *speed >= 0.0));
        prop_assert!(editor.way(100, &Sky).iter().all(|p| p.position_m.iter().all(|x| x.is_finite())));
    }
}
