//! Recordings made of recordings play as the ones they were made of, where and when they should.

use std::ops::ControlFlow;

use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, Leave, Path};
use skyreel_core::clock_track::{ClockChange, ClockKey};
use skyreel_core::command::Part;
use skyreel_core::edit::{self, EditError, NewDate, Picture, Place};
use skyreel_core::event::{Event, EventKind};
use skyreel_core::format::{native, read, ron};
use skyreel_core::frame::{Frame, FramePose};
use skyreel_core::pose::{AnchoredPose, CameraPose, NodeName};
use skyreel_core::property_track::PropertyChange;
use skyreel_core::recording::{Effects, Recording};
use skyreel_core::sample::sample;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::{Easing, Value};

use crate::edit_support::{HASTY, apart_in_world_px};
use crate::ron_round_trip;
use crate::support::{beside, easing, entry, ns, s};

const LENGTH_NS: i64 = 20_000_000_000;

fn go_on(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Moments of a recording, whole tenths of a second so that things happen together, and others.
pub fn moment() -> impl Strategy<Value = SessionTime> {
    prop_oneof![(0..200_i64).prop_map(|t| t * 100_000_000), 0..LENGTH_NS].prop_map(ns)
}

fn pose(kind: Kind) -> impl Strategy<Value = CameraPose> {
    let anchor = proptest::sample::select(kind.anchors);
    let follows = proptest::sample::select(kind.follows);
    let far = || -1e7..1e7_f64;
    let turn = || -1.0..1.0_f64;
    let rotation_wxyz = [turn(), turn(), turn(), 1.0..2.0_f64];
    (anchor, follows, (kind.least_x_m..1e7, far(), far()), rotation_wxyz).prop_map(
        |(anchor, follow_rotation, position_m, rotation_wxyz)| CameraPose {
            anchor: NodeName::new(anchor),
            follow_rotation,
            position_m: [position_m.0, position_m.1, position_m.2],
            rotation_wxyz,
            ..beside("Earth", 0.0)
        },
    )
}

/// What a generated recording may have.
#[derive(Clone, Copy)]
pub struct Kind {
    anchors: &'static [&'static str],
    follows: &'static [bool],
    /// Of all places: a way through the middle of a node, where nothing can be seen, is no test.
    least_x_m: f64,
    paths: &'static [Path],
    eased: bool,
}

/// As programs record.
const RECORDED: Kind = Kind {
    anchors: &["Earth", "Earth", "Earth", "Moon"],
    follows: &[false, false, true],
    least_x_m: -1e7,
    paths: &[Path::AsRecorded, Path::AsRecorded, Path::Hold],
    eased: false,
};

/// The same without flights from node to node.
const OF_ONE_NODE: Kind = Kind { anchors: &["Earth"], follows: &[false], ..RECORDED };

/// As people write.
const WRITTEN: Kind = Kind {
    paths: &[Path::AsRecorded, Path::Smooth, Path::Smooth, Path::Hold],
    eased: true,
    ..RECORDED
};

const WRITTEN_OF_ONE_NODE: Kind = Kind { anchors: &["Earth"], follows: &[false], ..WRITTEN };

/// Flights from node to node above all.
pub const FLOWN: Kind = Kind {
    anchors: &["Earth", "Moon"],
    follows: &[false, true],
    least_x_m: 4e6,
    paths: &[Path::AsRecorded, Path::Smooth],
    ..WRITTEN
};

pub fn recording(kind: Kind) -> impl Strategy<Value = Recording> {
    let eased = move || match kind.eased {
        true => easing().boxed(),
        false => Just(Easing::Linear).boxed(),
    };
    let leave = (proptest::sample::select(kind.paths), eased())
        .prop_map(|(path, easing)| Leave { path, easing });
    let cameras = vec(vec((moment(), pose(kind), leave), 1..9), 1..3);
    let keys = vec((moment(), -1e9..1e9_f64, eased()), 0..6);
    let rates =
        vec((moment(), proptest::option::of(-100.0..100.0_f64), any::<Option<bool>>()), 0..4);
    let value = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        (-1e3..1e3_f64).prop_map(Value::Number),
        vec(-1e3..1e3_f64, 2).prop_map(|n| Value::Numbers(n.into())),
    ];
    let path = || proptest::sample::select(vec!["a", "b", "c"]);
    let duration = prop_oneof![Just(0), 0..5_000_000_000_i64].prop_map(ns);
    let changes = vec((path(), moment(), value.clone(), duration, easing()), 0..8);
    let baseline = proptest::collection::btree_map(path(), value, 0..3);
    let events = vec((moment(), "[a-z]{1,4}"), 0..4);
    (cameras, keys, rates, changes, baseline, events).prop_map(
        |(cameras, mut keys, mut rates, mut changes, baseline, mut events)| {
            let mut recording = Recording::default();
            for (n, mut entries) in cameras.into_iter().enumerate() {
                entries.sort_by_key(|(stamp, ..)| *stamp);
                let view = recording.view_mut(["main", "side"][n]);
                for (seq, (stamp, pose, leave)) in (0..).zip(entries) {
                    view.camera.push(CameraEntry { seq, leave, ..entry(stamp, pose) }).unwrap();
                }
            }
            // A last entry: so long is every one of them.
            let last = recording.views[0].camera.entries().last().unwrap().clone();
            let last = CameraEntry { stamp: ns(LENGTH_NS), seq: 100, ..last };
            recording.views[0].camera.push(last).unwrap();
            keys.sort_by_key(|(stamp, ..)| *stamp);
            for (stamp, tdb_s, easing) in keys {
                let sim_time = SimTime::from_tdb_secs(tdb_s).unwrap();
                recording.clock.push_key(ClockKey { stamp, sim_time, easing });
            }
            rates.sort_by_key(|(stamp, ..)| *stamp);
            for (seq, (stamp, rate, paused)) in (0..).zip(rates) {
                recording.clock.push_change(ClockChange { seq, stamp, rate, paused });
            }
            changes.sort_by_key(|(_, stamp, ..)| *stamp);
            for (seq, (path, stamp, value, duration, easing)) in (0..).zip(changes) {
                let change = PropertyChange { seq, stamp, value, duration, easing };
                recording.push_property(path, change);
            }
            recording.baseline =
                baseline.into_iter().map(|(path, value)| (path.into(), value)).collect();
            events.sort_by_key(|(stamp, _)| *stamp);
            for (seq, (stamp, text)) in (0..).zip(events) {
                let kind = EventKind::typed(text);
                recording.events.push(Event { seq, stamp, sim_time_s: 0.0, kind });
            }
            recording
        },
    )
}

/// What may differ.
#[derive(Clone, Copy)]
struct Within {
    /// Of the largest number there is.
    ratio: f64,
    /// In a camera's picture.
    px: f64,
}

const EXACT: Within = Within { ratio: 1e-9, px: 1e-3 };
const SEEN_BY_NOBODY: Within = Within { ratio: 1e-5, px: 0.11 };
/// Of random written ways: they turn back between worlds within milliseconds, and begin infinitely
/// fast, where a nanosecond shows.
const HARDLY_SEEN: Within = Within { ratio: 1e-4, px: 2.0 };

fn poses_alike(a: &AnchoredPose, b: &AnchoredPose, within: Within) -> bool {
    let near_m = a.position_m.length().max(1.0);
    // What is nearer than the globe's centre is not known of here; exactness is.
    let is_exact = (a.position_m - b.position_m).length() <= within.ratio * 1e7
        && a.rotation.angle_between(b.rotation) <= 1e-7;
    let picture = Picture::new(None);
    let apart_px = picture.apart_px(&Place::from(a), &Place::from(b), None);
    is_exact || apart_px <= within.px || near_m < 1.0
}

fn values_alike(a: &Value, b: &Value, within: Within) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= within.ratio * 1e4;
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => near(*a, *b),
        (Value::Numbers(a), Value::Numbers(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| near(*a, *b))
        }
        _ => a == b,
    }
}

/// Whether two frames show the same, but for the clock's rate.
fn alike(a: &Frame, b: &Frame, within: Within) -> Result<(), TestCaseError> {
    let (time_a, time_b) = (a.clock.sim_time.as_tdb_secs(), b.clock.sim_time.as_tdb_secs());
    prop_assert!((time_a - time_b).abs() <= within.ratio * 2e9, "clock {time_a} {time_b}");
    prop_assert_eq!(a.clock.paused, b.clock.paused);
    prop_assert_eq!(a.views.len(), b.views.len());
    for (a, b) in a.views.iter().zip(&b.views) {
        let is_alike = match (&a.pose, &b.pose) {
            (FramePose::One(a), FramePose::One(b)) if a.same_frame(b) => poses_alike(a, b, within),
            // Whatever a flight is relative to.
            _ => apart_in_world_px(&HASTY, time_b, &a.pose, &b.pose) <= 0.1,
        };
        prop_assert!(is_alike, "{:?}\n{:?}", a, b);
    }
    let paths = |frame: &Frame| frame.properties.keys().cloned().collect::<Vec<_>>();
    prop_assert_eq!(paths(a), paths(b));
    for ((path, a), (_, b)) in a.properties.iter().zip(b.properties.iter()) {
        prop_assert!(values_alike(a, b, within), "{}: {:?} {:?}", path, a, b);
    }
    Ok(())
}

/// Moments all over a stretch, its ends included.
fn all_over(from: SessionTime, to: SessionTime) -> impl Iterator<Item = SessionTime> {
    let span = to.saturating_sub(from).as_nanos();
    (0..=97).map(move |n| from.saturating_add(ns(span / 97 * n))).chain([to])
}

pub fn two_moments() -> impl Strategy<Value = (SessionTime, SessionTime)> {
    (moment(), moment()).prop_filter("two", |(a, b)| a != b).prop_map(|(a, b)| (a.min(b), a.max(b)))
}

fn trims(
    whole: &Recording,
    from: SessionTime,
    to: SessionTime,
    within: Within,
) -> Result<(), TestCaseError> {
    let part = edit::trim(whole, (from, to), &HASTY, &mut go_on).unwrap();
    let length = to.saturating_sub(from);
    prop_assert_eq!(part.duration(), length);
    for at in all_over(SessionTime::ZERO, length) {
        let (is, was) = (sample(&part, at), sample(whole, from.saturating_add(at)));
        alike(&is, &was, within)?;
        prop_assert_eq!(is.clock.rate, was.clock.rate);
    }
    let inside = |event: &&Event| (from..=to).contains(&event.stamp);
    let is_first = from == SessionTime::ZERO;
    prop_assert!(is_first || part.events.len() == whole.events.iter().filter(inside).count());
    let mut views = part.views.iter().map(|view| view.camera.entries());
    let is_numbered = views.all(|entries| entries.is_sorted_by(|a, b| a.seq < b.seq));
    prop_assert!(is_numbered);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_plays_as_the_whole_does_there(whole in recording(RECORDED), (from, to) in two_moments()) {
        trims(&whole, from, to, EXACT)?;
    }

    #[test]
    fn split_and_joined_by_a_cut_it_plays_as_before(whole in recording(OF_ONE_NODE), at in moment()) {
        prop_assume!(at > SessionTime::ZERO && at < whole.duration());
        let [first, second] = edit::split(&whole, at, &HASTY, &mut go_on).unwrap();
        prop_assert_eq!(first.duration(), at);
        let again = edit::join(&first, &second, SessionTime::ZERO, &HASTY, &mut go_on).unwrap();
        prop_assert_eq!(again.duration(), whole.duration());
        prop_assert_eq!(again.events.len(), whole.events.len());
        for t in all_over(SessionTime::ZERO, whole.duration()).filter(|t| *t != at) {
            alike(&sample(&again, t), &sample(&whole, t), SEEN_BY_NOBODY)?;
        }
    }

    #[test]
    fn faster_shows_the_same_at_other_moments_and_back_again_all_as_before(
        whole in recording(OF_ONE_NODE), (from, to) in two_moments(), times in 0.1..10.0_f64,
    ) {
        let faster = edit::speed(&whole, times, (from, to), &HASTY, &mut go_on).unwrap();
        let lasts = ns((to.saturating_sub(from).as_nanos() as f64 / times).round() as i64);
        let end = from.saturating_add(lasts);
        let moved = |t: SessionTime| match t {
            t if t <= from => t,
            t if t < to => from.saturating_add(ns((t.saturating_sub(from).as_nanos() as f64 / times).round() as i64)),
            t => t.saturating_sub(to).saturating_add(end),
        };
        let again = edit::speed(&faster, times.recip(), (from, end), &HASTY, &mut go_on).unwrap();
        // Where things happen at once a nanosecond decides.
        let is_quiet = |t: SessionTime| {
            let (a, b) = (sample(&whole, t.saturating_sub(ns(100))), sample(&whole, t.saturating_add(ns(100))));
            alike(&a, &b, SEEN_BY_NOBODY).is_ok()
        };
        for t in all_over(SessionTime::ZERO, whole.duration()).filter(|t| is_quiet(*t)) {
            let was = sample(&whole, t);
            alike(&sample(&faster, moved(t)), &was, SEEN_BY_NOBODY)?;
            alike(&sample(&again, t), &was, SEEN_BY_NOBODY)?;
            let rate = sample(&faster, moved(t)).clock.rate;
            let hastened = if t >= from && t < to { times } else { 1.0 };
            prop_assert!((rate - was.clock.rate * hastened).abs() < 1e-6, "{} {}", rate, was.clock.rate);
        }
    }

    #[test]
    fn another_date_moves_the_clock_alone(whole in recording(WRITTEN), by_s in -1e6..1e6_f64) {
        let later = NewDate::Later(format!("{by_s}s").parse().unwrap());
        let dated = edit::date(&whole, later, &mut go_on).unwrap();
        for t in all_over(SessionTime::ZERO, whole.duration()) {
            let (is, was) = (sample(&dated, t), sample(&whole, t));
            prop_assert_eq!(&is.views, &was.views);
            prop_assert_eq!(&is.properties, &was.properties);
            let moved_s = is.clock.sim_time.as_tdb_secs() - was.clock.sim_time.as_tdb_secs();
            prop_assert!((moved_s - by_s).abs() < 1e-5, "{} {}", moved_s, by_s);
        }
        prop_assert_eq!(dated.events, whole.events);
    }

    #[test]
    fn what_is_left_out_is_all_that_is_missing(whole in recording(WRITTEN)) {
        let without = |part| edit::drop(&whole, part, &mut go_on).unwrap();
        let start = sample(&whole, SessionTime::ZERO);
        for t in all_over(SessionTime::ZERO, whole.duration()) {
            let was = sample(&whole, t);
            let still = sample(&without(Part::Camera), t);
            prop_assert_eq!((&still.clock, &still.properties), (&was.clock, &was.properties));
            let places = still.views.iter().zip(&start.views);
            prop_assert!(places.clone().all(|(a, b)| a.pose.leading().anchor == b.pose.leading().anchor));
            prop_assert!(places.clone().all(|(a, b)| poses_alike(a.pose.leading(), b.pose.leading(), EXACT)));
            let plain = sample(&without(Part::Toggles), t);
            prop_assert_eq!((&plain.clock, &plain.views), (&was.clock, &was.views));
            prop_assert_eq!(&plain.properties, &start.properties);
            prop_assert_eq!(&sample(&without(Part::Events), t), &was);
        }
        prop_assert!(without(Part::Events).events.is_empty());
        prop_assert_eq!(without(Part::Camera).events, whole.events);
    }

    #[test]
    fn what_was_made_plays_the_same_when_it_is_opened_again(whole in recording(RECORDED), (from, to) in two_moments()) {
        let part = edit::trim(&whole, (from, to), &HASTY, &mut go_on).unwrap();
        let text = ron::write(&part);
        let binary = native::encode_with(&part, &native::Ending::default(), None).unwrap();
        for bytes in [text.as_bytes(), &binary] {
            let again = read(bytes).unwrap();
            prop_assert!(again.faults.is_empty(), "{:?}", again.faults);
            for t in all_over(SessionTime::ZERO, part.duration()) {
                prop_assert_eq!(sample(&again.recording, t), sample(&part, t));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_of_a_written_journey_is_off_by_what_is_hardly_seen(
        whole in recording(WRITTEN_OF_ONE_NODE), (from, to) in two_moments(),
    ) {
        trims(&whole, from, to, HARDLY_SEEN)?;
    }

    #[test]
    fn whatever_a_file_holds_is_edited_without_a_panic(
        whole in ron_round_trip::recording(), other in ron_round_trip::recording(),
        share in 0.0..1.0_f64, times in 0.01..100.0_f64,
    ) {
        let end = whole.duration();
        let at = ns((end.as_nanos() as f64 * share) as i64);
        let edited = [
            edit::trim(&whole, (SessionTime::ZERO, at), &HASTY, &mut go_on),
            edit::split(&whole, at, &HASTY, &mut go_on).map(|[_, second]| second),
            edit::join(&whole, &other, at, &HASTY, &mut go_on),
            edit::speed(&whole, times, (at, end), &HASTY, &mut go_on),
            edit::date(&whole, NewDate::At(SimTime::J2000), &mut go_on),
            edit::drop(&whole, Part::Camera, &mut go_on),
            edit::drop(&whole, Part::Toggles, &mut go_on),
            edit::reduce(&whole, 1.0, &HASTY, &mut go_on).map(|(reduced, _)| reduced),
            edit::smooth(&whole, 10.0, &HASTY, &mut go_on).map(|(smooth, _)| smooth),
        ];
        for edited in edited.into_iter().flatten() {
            for view in sample(&edited, at).views {
                prop_assert!(view.pose.leading().position_m.is_finite());
            }
        }
    }
}

/// Along x from a node, seconds and metres.
fn along(anchor: &str, places: &[(f64, f64)]) -> Recording {
    let mut recording = Recording::default();
    for (seq, (at_s, x)) in (0..).zip(places) {
        let entry = CameraEntry { seq, ..entry(s(*at_s), beside(anchor, *x)) };
        recording.view_mut("main").camera.push(entry).unwrap();
    }
    recording
}

fn at_date(mut recording: Recording, start_s: f64) -> Recording {
    let end = recording.duration();
    for (stamp, tdb_s) in [(s(0.0), start_s), (end, start_s + end.as_secs())] {
        let sim_time = SimTime::from_tdb_secs(tdb_s).unwrap();
        recording.clock.push_key(ClockKey { stamp, sim_time, easing: Easing::Linear });
    }
    recording
}

fn joined(a: &Recording, b: &Recording, over_s: f64) -> Recording {
    edit::join(a, b, s(over_s), &HASTY, &mut go_on).unwrap()
}

fn x_of(recording: &Recording, at_s: f64) -> f64 {
    sample(recording, s(at_s)).views[0].pose.leading().position_m.x
}

#[test]
fn a_passage_about_one_node_starts_and_ends_at_rest() {
    let (a, b) =
        (along("Earth", &[(0.0, 1e7), (2.0, 2e7)]), along("Earth", &[(0.0, 8e7), (1.0, 9e7)]));
    let whole = joined(&a, &b, 4.0);
    assert_eq!(whole.duration(), s(7.0));
    for (at_s, x) in [(1.0, 1.5e7), (2.0, 2e7), (4.0, 4e7), (6.0, 8e7), (6.5, 8.5e7), (7.0, 9e7)] {
        assert!((x_of(&whole, at_s) / x - 1.0).abs() < 1e-9, "{at_s}: {}", x_of(&whole, at_s));
    }
    for at_s in [2.0, 5.999] {
        let way = x_of(&whole, at_s + 0.001) - x_of(&whole, at_s);
        assert!(way.abs() < 1e3, "{at_s}: {way}");
    }
}

#[test]
fn a_passage_between_nodes_is_a_flight() {
    let (a, b) =
        (along("Earth", &[(0.0, 1e7), (2.0, 2e7)]), along("Moon", &[(0.0, 8e6), (1.0, 9e6)]));
    let whole = joined(&a, &b, 3.0);
    let FramePose::Two { from, to, path, .. } = &sample(&whole, s(3.0)).views[0].pose else {
        panic!()
    };
    assert_eq!((from.anchor.as_str(), to.anchor.as_str(), *path), ("Earth", "Moon", Path::Smooth));
}

#[test]
fn the_clock_glides_within_a_day_and_jumps_in_the_middle_beyond() {
    let one = along("Earth", &[(0.0, 1e7), (2.0, 2e7)]);
    let at = |whole: &Recording, at_s: f64| sample(whole, s(at_s)).clock.sim_time.as_tdb_secs();
    let near = joined(&at_date(one.clone(), 0.0), &at_date(one.clone(), 3_602.0), 4.0);
    for (at_s, tdb_s) in [(2.0, 2.0), (4.0, 1_802.0), (6.0, 3_602.0), (8.0, 3_604.0)] {
        assert!((at(&near, at_s) - tdb_s).abs() < 1e-6, "{at_s}: {}", at(&near, at_s));
    }
    let far = joined(&at_date(one.clone(), 0.0), &at_date(one, 1e8), 4.0);
    for (at_s, tdb_s) in [(2.0, 2.0), (3.999, 2.0), (4.0, 1e8), (6.0, 1e8), (7.0, 1e8 + 1.0)] {
        assert!((at(&far, at_s) - tdb_s).abs() < 1e-6, "{at_s}: {}", at(&far, at_s));
    }
}

#[test]
fn properties_go_to_what_they_are_in_the_second() {
    let with = |mut recording: Recording, fade: f64, on: bool| {
        recording.baseline.insert("fade".into(), fade.into());
        recording.baseline.insert("on".into(), on.into());
        recording.baseline.insert("same".into(), 7.0.into());
        recording
    };
    let one = along("Earth", &[(0.0, 1e7), (2.0, 2e7)]);
    let mut first = with(one.clone(), 0.0, true);
    // Under way where the first ends: it does not go on in the second.
    let change = PropertyChange {
        seq: 9,
        stamp: s(1.0),
        value: 1.0.into(),
        duration: s(10.0),
        easing: Easing::Linear,
    };
    first.push_property("fade", change);
    let whole = joined(&first, &with(one, 0.5, false), 2.0);
    let fade = |at_s: f64| sample(&whole, s(at_s)).properties["fade"].clone();
    assert_eq!(fade(1.5), Value::Number(0.05));
    assert_eq!((fade(4.0), fade(6.0)), (Value::Number(0.5), Value::Number(0.5)));
    assert_eq!(sample(&whole, s(2.5)).properties["on"], Value::Bool(false));
    assert!(!whole.properties.contains_key("same"));
}

#[test]
fn what_a_script_did_before_the_cut_need_not_be_run() {
    let mut whole = along("Earth", &[(0.0, 1e7), (2.0, 2e7)]);
    let kind = EventKind::Script { text: "fade()".to_owned() };
    whole.events.push(Event { seq: 1, stamp: s(0.5), sim_time_s: 0.0, kind });
    let part = edit::trim(&whole, (s(1.0), s(2.0)), &HASTY, &mut go_on).unwrap();
    assert_eq!((part.header.effects, part.events.len()), (Effects::Recorded, 0));
    let reduced = edit::reduce(&whole, 1.0, &HASTY, &mut go_on).unwrap().0;
    assert_eq!((reduced.header.effects, reduced.events), (Effects::OfScripts, whole.events));
}

#[test]
fn what_cannot_be_is_refused_with_what_could_be() {
    let one = along("Earth", &[(0.0, 1e7), (2.0, 2e7)]);
    let mut wide = one.clone();
    wide.views[0].vfov_deg = Some(90.0);
    let trim = |from_s, to_s| edit::trim(&one, (s(from_s), s(to_s)), &HASTY, &mut go_on).err();
    let speed = |times| edit::speed(&one, times, (s(0.0), s(2.0)), &HASTY, &mut go_on).err();
    let join = |b, over_s| edit::join(&one, b, s(over_s), &HASTY, &mut go_on).err();
    for (refusal, says) in [
        (trim(-1.0, 1.0), "at 2 s"),
        (trim(2.0, 3.0), "at 2 s"),
        (trim(1.0, 1.0), "after 1 s, at most 2 s"),
        (trim(1.0, 2.5), "the part's end is 2.5, expected a moment after 1 s, at most 2 s"),
        (edit::split(&one, s(2.0), &HASTY, &mut go_on).err(), "before its end at 2 s"),
        (speed(0.0), "0.001 to 1000"),
        (speed(f64::NAN), "NaN"),
        (join(&one, -1.0), "0 seconds or more"),
        (join(&Recording::default(), 1.0), "second recording's length"),
        (join(&wide, 1.0), "is 90 degrees, expected 50.534 degrees"),
        (edit::reduce(&one, 0.0, &HASTY, &mut go_on).err(), "above 0"),
        (edit::smooth(&one, f64::INFINITY, &HASTY, &mut go_on).err(), "above 0"),
    ] {
        let refusal = refusal.unwrap().to_string();
        assert!(refusal.contains(says), "{refusal}: {says}");
    }
    for text in ["", "noon", "2031", "3x", "-3 hours"] {
        assert!(text.parse::<NewDate>().is_err(), "{text}");
    }
    for text in ["-3h", "1y", "2031-05-01T20:00:00", "90s"] {
        assert!(text.parse::<NewDate>().is_ok(), "{text}");
    }
}

#[test]
fn every_edit_can_be_stopped() {
    let one = along("Earth", &[(0.0, 1e7), (1.0, 1e7), (2.0, 2e7)]);
    let mut stop = |_: f32| ControlFlow::Break(());
    let range = (s(0.0), s(1.0));
    for (name, ended) in [
        ("reduce", edit::reduce(&one, 1.0, &HASTY, &mut stop).err()),
        ("smooth", edit::smooth(&one, 1.0, &HASTY, &mut stop).err()),
        ("trim", edit::trim(&one, range, &HASTY, &mut stop).err()),
        ("split", edit::split(&one, s(1.0), &HASTY, &mut stop).err()),
        ("join", edit::join(&one, &one, s(1.0), &HASTY, &mut stop).err()),
        ("speed", edit::speed(&one, 2.0, range, &HASTY, &mut stop).err()),
        ("date", edit::date(&one, NewDate::At(SimTime::J2000), &mut stop).err()),
        ("drop", edit::drop(&one, Part::Camera, &mut stop).err()),
    ] {
        assert_eq!(ended, Some(EditError::Stopped), "{name}");
    }
}

#[test]
fn a_change_under_way_is_hastened_and_goes_on_as_fast_as_before() {
    let mut whole = along("Earth", &[(0.0, 1e7), (20.0, 2e7)]);
    whole.baseline.insert("fade".into(), 0.0.into());
    for (stamp, value, duration) in [(14.75, -400.0, 4.0), (18.0, 7.0, 0.0)] {
        let (stamp, duration) = (s(stamp), s(duration));
        let change =
            PropertyChange { seq: 9, stamp, value: value.into(), duration, easing: Easing::Linear };
        whole.push_property("fade", change);
    }
    let range = (s(15.0), s(15.5));
    let slower = edit::speed(&whole, 0.5, range, &HASTY, &mut go_on).unwrap();
    let again = edit::speed(&slower, 2.0, (s(15.0), s(16.0)), &HASTY, &mut go_on).unwrap();
    let fade = |recording: &Recording, at_s: f64| match sample(recording, s(at_s)).properties["fade"]
    {
        Value::Number(fade) => fade,
        _ => f64::NAN,
    };
    for (at_s, was) in [(14.8, -5.0), (15.0, -25.0), (16.0, -75.0), (16.5, -125.0), (19.0, 7.0)] {
        assert!((fade(&slower, at_s) - was).abs() < 1e-3, "{at_s}: {}", fade(&slower, at_s));
    }
    for (at_s, was) in [(15.25, -50.0), (15.5, -75.0), (16.0, -125.0), (18.5, 7.0)] {
        assert!((fade(&again, at_s) - was).abs() < 1e-3, "{at_s}: {}", fade(&again, at_s));
    }
}
