//! The clock: simulation time from keys alone, rate and pause from changes alone.

use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::clock_track::{ClockChange, ClockKey, ClockTrack};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Easing;

use crate::support::*;

fn sim(seconds: f64) -> SimTime {
    SimTime::from_tdb_secs(seconds).unwrap()
}

fn key(at_s: f64, sim_s: f64) -> ClockKey {
    ClockKey { stamp: s(at_s), sim_time: sim(sim_s), easing: Easing::Linear }
}

fn change(seq: u64, at_s: f64, rate: Option<f64>, paused: Option<bool>) -> ClockChange {
    ClockChange { seq, stamp: s(at_s), rate, paused }
}

fn clock(keys: &[(f64, f64)], changes: &[ClockChange]) -> ClockTrack {
    let mut clock = ClockTrack::default();
    keys.iter().for_each(|(at_s, sim_s)| clock.push_key(key(*at_s, *sim_s)));
    changes.iter().for_each(|change| clock.push_change(*change));
    clock
}

fn sim_at(clock: &ClockTrack, at_s: f64) -> f64 {
    clock.sample(s(at_s)).sim_time.as_tdb_secs()
}

#[test]
fn simulation_time_is_even_between_keys_and_held_outside() {
    let clock = clock(&[(1.0, 1e8), (2.0, 1e8 + 60.0), (2.0, 5e8), (4.0, 4e8)], &[]);
    for (at_s, sim_s) in [
        (-9e9, 1e8),
        (1.0, 1e8),
        (1.5, 1e8 + 30.0),
        (2.0, 5e8),
        // It may run backwards.
        (3.0, 4.5e8),
        (4.0, 4e8),
        (9e9, 4e8),
    ] {
        assert_eq!(sim_at(&clock, at_s), sim_s, "at {at_s} s");
    }
}

#[test]
fn without_keys_it_is_j2000_at_one_second_a_second() {
    let found = ClockTrack::default().sample(s(5.0));
    assert_eq!((found.sim_time, found.rate, found.paused), (SimTime::J2000, 1.0, false));
}

#[test]
fn one_key_holds_for_ever() {
    let clock = clock(&[(3.0, 7e8)], &[]);
    for at in [SessionTime::MIN, s(3.0), SessionTime::MAX] {
        assert_eq!(clock.sample(at).sim_time, sim(7e8));
    }
}

#[test]
fn a_clock_that_stands_does_not_tremble() {
    let clock = clock(&[(0.0, 826_000_000.1), (7.0, 826_000_000.1)], &[]);
    for step in 0..700 {
        assert_eq!(sim_at(&clock, f64::from(step) / 100.0), 826_000_000.1);
    }
}

#[test]
fn a_key_may_be_left_by_an_easing() {
    let mut clock = ClockTrack::default();
    clock.push_key(ClockKey { easing: Easing::QuadraticEaseIn, ..key(0.0, 0.0) });
    clock.push_key(key(4.0, 1_600.0));
    assert_eq!(sim_at(&clock, 1.0), 100.0);
    assert_eq!(sim_at(&clock, 2.0), 400.0);
}

#[test]
fn rate_and_pause_come_from_changes_alone_and_each_keeps_the_other() {
    let keys = [(0.0, 0.0), (100.0, 1e6)];
    let clock = clock(
        &keys,
        &[
            change(1, 10.0, Some(60.0), None),
            change(2, 20.0, None, Some(true)),
            change(3, 30.0, Some(-5.0), Some(false)),
            // The last of one moment, and one that says nothing.
            change(4, 40.0, Some(7.0), None),
            change(5, 40.0, Some(8.0), None),
            change(6, 50.0, None, None),
            change(7, 60.0, Some(f64::NAN), Some(true)),
            change(8, 70.0, Some(f64::INFINITY), None),
        ],
    );
    for (at_s, rate, paused) in [
        (-1.0, 1.0, false),
        (9.9, 1.0, false),
        (10.0, 60.0, false),
        (20.0, 60.0, true),
        (30.0, -5.0, false),
        (40.0, 8.0, false),
        (55.0, 8.0, false),
        (60.0, 8.0, true),
        (1e6, 8.0, true),
    ] {
        let found = clock.sample(s(at_s));
        assert_eq!((found.rate, found.paused), (rate, paused), "at {at_s} s");
        // Neither a pause nor a rate moves the time: the keys are right.
        assert_eq!(found.sim_time.as_tdb_secs(), at_s.clamp(0.0, 100.0) * 1e4, "at {at_s} s");
    }
}

#[test]
fn a_change_stamped_backwards_waits_for_the_one_before() {
    let clock = clock(&[], &[change(1, 5.0, Some(2.0), None), change(2, 3.0, Some(3.0), None)]);
    for (at_s, rate) in [(3.0, 1.0), (4.9, 1.0), (5.0, 3.0)] {
        assert_eq!(clock.sample(s(at_s)).rate, rate, "at {at_s} s");
    }
    assert_eq!(clock.end(), Some(s(5.0)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_keys_and_changes_there_are_the_clock_shows_finite_numbers(
        keys in vec((moment(), number(f64::MAX), easing()), 0..8),
        changes in vec((moment(), any::<Option<f64>>(), any::<Option<bool>>()), 0..8),
        moments in vec(moment(), 1..20),
    ) {
        let mut clock = ClockTrack::default();
        for (stamp, sim_s, easing) in keys {
            clock.push_key(ClockKey { stamp, sim_time: sim(sim_s), easing });
        }
        for (stamp, rate, paused) in changes {
            clock.push_change(ClockChange { seq: 0, stamp, rate, paused });
        }
        for t in moments {
            let found = clock.sample(t);
            prop_assert!(found.sim_time.as_tdb_secs().is_finite() && found.rate.is_finite());
        }
    }
}
