//! Flights from node to node that are cut are flown as before, in the world, and last as long as asked.

use std::ops::ControlFlow;

use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, Leave};
use skyreel_core::clock_track::ClockKey;
use skyreel_core::edit;
use skyreel_core::frame::FramePose;
use skyreel_core::pose::CameraPose;
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Easing;
use skyreel_core::wording::KnownGlobes;

use crate::edit::{FLOWN, moment, recording, two_moments};
use crate::edit_support::{HASTY, REAL, Sky, apart_in_world_px};
use crate::support::{beside, entry, ns, s};

/// How far off a picture of a random flight may be: those turn back between worlds within
/// milliseconds, and begin infinitely fast, where a nanosecond shows. Ways as people make them are
/// held to less.
const WITHIN_PX: f64 = 5.0;

/// Of a way as people make them.
const OF_A_REAL_WAY_PX: f64 = 0.1;

fn go_on(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn is_flying(whole: &Recording, at: SessionTime) -> bool {
    sample(whole, at).views.iter().any(|view| matches!(view.pose, FramePose::Two { .. }))
}

/// The worst of 240 pictures a second, of what `is` from its start and what `was` from a moment on.
fn worst_px(
    sky: &Sky,
    (is, was): (&Recording, &Recording),
    (from, to): (SessionTime, SessionTime),
    moved: impl Fn(SessionTime) -> SessionTime,
) -> f64 {
    let span_ns = to.saturating_sub(from).as_nanos();
    let step_ns = 1_000_000_000 / 240;
    let moments = (0..span_ns / step_ns).map(|n| from.saturating_add(ns(n * step_ns))).chain([to]);
    let apart_px = moments.flat_map(|at| {
        let (a, b) = (sample(is, moved(at)), sample(was, at));
        let at_s = b.clock.sim_time.as_tdb_secs();
        let views = a.views.into_iter().zip(b.views);
        let apart = views.map(move |(a, b)| apart_in_world_px(sky, at_s, &a.pose, &b.pose));
        apart.collect::<Vec<_>>()
    });
    apart_px.fold(0.0, f64::max)
}

fn earlier(by: SessionTime) -> impl Fn(SessionTime) -> SessionTime {
    move |at| at.saturating_sub(by)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_of_a_flight_is_flown_as_before(whole in recording(FLOWN), (from, to) in two_moments()) {
        prop_assume!(is_flying(&whole, from) || is_flying(&whole, to));
        let part = edit::trim(&whole, (from, to), &HASTY, &mut go_on).unwrap();
        prop_assert_eq!(part.duration(), to.saturating_sub(from));
        let worst = worst_px(&HASTY, (&part, &whole), (from, to), earlier(from));
        prop_assert!(worst <= WITHIN_PX, "{} px", worst);
    }

    #[test]
    fn a_flight_split_in_two_and_joined_is_the_flight(whole in recording(FLOWN), at in moment()) {
        prop_assume!(at > SessionTime::ZERO && is_flying(&whole, at));
        let [first, second] = edit::split(&whole, at, &HASTY, &mut go_on).unwrap();
        prop_assert_eq!(first.duration(), at);
        prop_assert_eq!(second.duration(), whole.duration().saturating_sub(at));
        let just_before = at.saturating_sub(ns(1));
        let start = (SessionTime::ZERO, just_before);
        let worst = worst_px(&HASTY, (&first, &whole), start, |at| at);
        prop_assert!(worst <= WITHIN_PX, "first {} px", worst);
        let worst = worst_px(&HASTY, (&second, &whole), (at, whole.duration()), earlier(at));
        prop_assert!(worst <= WITHIN_PX, "second {} px", worst);
        let again = edit::join(&first, &second, SessionTime::ZERO, &HASTY, &mut go_on).unwrap();
        prop_assert_eq!(again.duration(), whole.duration());
        for part in [start, (at, whole.duration())] {
            let worst = worst_px(&HASTY, (&again, &whole), part, |at| at);
            prop_assert!(worst <= WITHIN_PX, "joined {} px", worst);
        }
    }

    #[test]
    fn a_flight_is_flown_faster_on_the_same_way(
        whole in recording(FLOWN), (from, to) in two_moments(), times in 0.1..10.0_f64,
    ) {
        prop_assume!(is_flying(&whole, from) || is_flying(&whole, to));
        let faster = edit::speed(&whole, times, (from, to), &HASTY, &mut go_on).unwrap();
        let scaled = |at: SessionTime| {
            ns((at.saturating_sub(from).as_nanos() as f64 / times).round() as i64)
        };
        let end = from.saturating_add(scaled(to));
        let after = whole.duration().saturating_sub(to);
        prop_assert_eq!(faster.duration(), end.saturating_add(after));
        let parts: [(_, _, &dyn Fn(SessionTime) -> SessionTime); 3] = [
            (SessionTime::ZERO, from.saturating_sub(ns(100)), &|at| at),
            (from.saturating_add(ns(100)), to.saturating_sub(ns(100)), &|at| {
                from.saturating_add(scaled(at))
            }),
            (to.saturating_add(ns(100)), whole.duration(), &|at| {
                end.saturating_add(at.saturating_sub(to))
            }),
        ];
        for (begin, end, moved) in parts.into_iter().filter(|(begin, end, _)| begin < end) {
            let worst = worst_px(&HASTY, (&faster, &whole), (begin, end), moved);
            prop_assert!(worst <= WITHIN_PX, "{} to {}: {} px", begin, end, worst);
        }
    }
}

/// From 500 km above the turning Earth to 100 km above the Moon in eight seconds, an hour each.
fn to_the_moon(leave: Leave) -> Recording {
    let mut whole = Recording::default();
    let turned = |pose: CameraPose| CameraPose { rotation_wxyz: [0.6, 0.0, 0.8, 0.0], ..pose };
    let place = |pose, y_m| CameraPose { position_m: [0.0, y_m, 0.0], ..pose };
    let above_earth = CameraPose { follow_rotation: true, ..beside("Earth", 0.0) };
    let above_earth = place(above_earth, -6.878e6);
    let above_moon = place(turned(beside("Moon", 0.0)), 1.838e6);
    for (seq, (at_s, pose)) in (0..).zip([(0.0, above_earth), (8.0, above_moon)]) {
        let entry = CameraEntry { seq, leave, ..entry(s(at_s), pose) };
        whole.view_mut("main").camera.push(entry).unwrap();
        let sim_time = SimTime::from_tdb_secs(at_s * 3_600.0).unwrap();
        whole.clock.push_key(ClockKey { stamp: s(at_s), sim_time, easing: Easing::Linear });
    }
    whole
}

#[test]
fn of_a_journey_to_the_moon_there_is_what_was_asked_for() {
    for leave in [Leave::SMOOTH, Leave::AS_RECORDED] {
        let whole = to_the_moon(leave);
        for (from_s, to_s) in [(2.0, 6.0), (0.0, 4.0), (3.0, 8.0), (0.1, 0.5), (7.0, 7.9)] {
            let (from, to) = (s(from_s), s(to_s));
            let part = edit::trim(&whole, (from, to), &REAL, &mut go_on).unwrap();
            let worst = worst_px(&REAL, (&part, &whole), (from, to), earlier(from));
            let entries = part.camera_entries();
            println!("{leave:?}, {from_s} to {to_s} s: {entries} entries, worst {worst:.3} px");
            assert_eq!(part.duration(), to.saturating_sub(from));
            assert!(worst <= OF_A_REAL_WAY_PX, "{worst}");
            assert!(entries <= 1920, "{entries}");
        }
    }
}

#[test]
fn what_is_joined_may_begin_in_a_flight() {
    let whole = to_the_moon(Leave::SMOOTH);
    let part = edit::trim(&whole, (s(2.0), s(6.0)), &REAL, &mut go_on).unwrap();
    let led_into = edit::trim(&whole, (s(2.0), s(8.0)), &REAL, &mut go_on).unwrap();
    for (second, length_s) in [(&part, 4.0), (&led_into, 6.0)] {
        let joined = edit::join(&whole, second, s(2.0), &REAL, &mut go_on).unwrap();
        assert_eq!(joined.duration(), s(10.0 + length_s));
        let later = |at: SessionTime| at.saturating_add(s(8.0));
        let worst = worst_px(&REAL, (&joined, &whole), (s(2.0), s(2.0 + length_s)), later);
        assert!(worst <= OF_A_REAL_WAY_PX, "{worst}");
    }
}

#[test]
fn between_nodes_that_nobody_knows_a_flight_is_flown_to_its_end() {
    let whole = to_the_moon(Leave::SMOOTH);
    let part = edit::trim(&whole, (s(2.0), s(6.0)), &KnownGlobes, &mut go_on).unwrap();
    assert_eq!((part.duration(), part.camera_entries()), (s(6.0), 2));
    for at_s in [0.0, 2.0, 4.0] {
        assert_eq!(sample(&part, s(at_s)).views, sample(&whole, s(at_s + 2.0)).views);
    }
}
