//! The clock that runs: the same however time is cut, smooth where it changes, right where it arrives.

use proptest::collection::vec;
use proptest::prelude::*;
use skyreel_core::clock::{Clock, RATE_STEPS};
use skyreel_core::clock_track::ClockSample;
use skyreel_core::time::{Interval, SessionTime, SimTime};

use crate::support::*;

fn sim(seconds: f64) -> SimTime {
    SimTime::from_tdb_secs(seconds).unwrap()
}

fn clock(at_s: f64, rate: f64) -> Clock {
    Clock::new(ClockSample { sim_time: sim(at_s), rate, paused: false })
}

fn now_s(clock: &Clock) -> f64 {
    clock.sample().sim_time.as_tdb_secs()
}

/// Simulated seconds a second just before a moment, and just after it.
fn paces(clock: &Clock, at_s: f64) -> (f64, f64) {
    let at = |seconds: f64| {
        let mut clock = clock.clone();
        clock.advance(s(seconds));
        now_s(&clock)
    };
    let h = 1e-3;
    ((at(at_s) - at(at_s - h)) / h, (at(at_s + h) - at(at_s)) / h)
}

#[test]
fn it_runs_at_its_rate() {
    for (rate, paused, after_s, found) in [
        (1.0, false, 10.0, 110.0),
        (-1.0, false, 10.0, 90.0),
        (86_400.0, false, 2.0, 172_900.0),
        (0.0, false, 10.0, 100.0),
        (5.0, true, 10.0, 100.0),
    ] {
        let mut clock = Clock::new(ClockSample { sim_time: sim(100.0), rate, paused });
        clock.advance(s(after_s));
        assert_eq!(clock.sample(), ClockSample { sim_time: sim(found), rate, paused });
        assert_eq!(clock.is_moving(), found != 100.0);
    }
}

#[test]
fn rates_step_through_the_whole_ladder_both_ways() {
    let all: Vec<f64> = RATE_STEPS.iter().rev().map(|step| -step).chain(RATE_STEPS).collect();
    assert_eq!((all.len(), RATE_STEPS[0], RATE_STEPS[19]), (40, 1.0, 20.0 * 365.0 * 86_400.0));
    for pair in all.windows(2) {
        assert_eq!(clock(0.0, pair[0]).next_rate(true), pair[1]);
        assert_eq!(clock(0.0, pair[1]).next_rate(false), pair[0]);
    }
    for (rate, up, down) in [
        (630_720_000.0, 630_720_000.0, 315_360_000.0),
        (-630_720_000.0, -315_360_000.0, -630_720_000.0),
        (1e12, 630_720_000.0, 630_720_000.0),
        (0.0, 1.0, -1.0),
        (0.5, 1.0, -1.0),
        (7.0, 30.0, 5.0),
        (-7.0, -5.0, -30.0),
    ] {
        let clock = clock(0.0, rate);
        assert_eq!((clock.next_rate(true), clock.next_rate(false)), (up, down), "from {rate}");
    }
}

#[test]
fn a_smooth_change_begins_and_ends_at_the_right_time_and_pace() {
    type Ask = fn(&mut Clock);
    struct Case {
        name: &'static str,
        rate: f64,
        ask: Ask,
        lasts_s: f64,
        arrives_s: f64,
        pace: f64,
    }
    let cases = [
        Case {
            name: "to a date",
            rate: 60.0,
            ask: |c| c.set_time(sim(1e6), s(2.0)),
            lasts_s: 2.0,
            // It has gone on from there while it went there.
            arrives_s: 1e6 + 120.0,
            pace: 60.0,
        },
        Case {
            name: "to an earlier date",
            rate: -5.0,
            ask: |c| c.set_time(sim(-1e6), s(2.0)),
            lasts_s: 2.0,
            arrives_s: -1e6 - 10.0,
            pace: -5.0,
        },
        Case {
            name: "to a higher rate",
            rate: 1.0,
            ask: |c| c.set_rate(100.0, s(1.0)),
            lasts_s: 1.0,
            arrives_s: 50.5,
            pace: 100.0,
        },
        Case {
            name: "to running backwards",
            rate: 10.0,
            ask: |c| c.set_rate(-10.0, s(2.0)),
            lasts_s: 2.0,
            arrives_s: 0.0,
            pace: -10.0,
        },
        Case {
            name: "to a stop",
            rate: 8.0,
            ask: |c| c.set_paused(true, s(0.5)),
            lasts_s: 0.5,
            arrives_s: 2.0,
            pace: 0.0,
        },
    ];
    for Case { name, rate, ask, lasts_s, arrives_s, pace } in cases {
        let mut clock = clock(-3.0 * rate, rate);
        clock.advance(s(3.0));
        ask(&mut clock);
        assert!(clock.is_moving(), "{name}");
        let near = |found: f64, wanted: f64| {
            let fastest = (arrives_s / lasts_s).abs().max(rate.abs()).max(pace.abs()) * 6.0;
            assert!((found - wanted).abs() <= fastest * 5e-3, "{name}: {found}, not {wanted}");
        };
        near(paces(&clock, 0.0).1, rate);
        near(paces(&clock, lasts_s).0, pace);
        near(paces(&clock, lasts_s).1, pace);
        // In between no pace jumps.
        let mut last = rate;
        for n in 1..200 {
            let now = paces(&clock, lasts_s * f64::from(n) / 200.0).1;
            let most = (arrives_s / lasts_s).abs().max(rate.abs()).max(pace.abs()) * 8.0 / 200.0;
            assert!((now - last).abs() <= most * 2.0, "{name}: from {last} to {now}");
            last = now;
        }
        let mut arrived = clock.clone();
        arrived.advance(s(lasts_s));
        assert_eq!(now_s(&arrived), arrives_s, "{name}");
        arrived.advance(s(10.0));
        assert_eq!(now_s(&arrived), arrives_s + 10.0 * pace, "{name}");
    }
}

#[test]
fn what_is_asked_for_shows_at_once() {
    let mut clock = clock(0.0, 1.0);
    clock.advance(s(4.0));
    clock.set_rate(60.0, s(1.0));
    clock.set_paused(true, s(1.0));
    let found = clock.sample();
    assert_eq!((found.sim_time, found.rate, found.paused), (sim(4.0), 60.0, true));
}

#[test]
fn a_change_in_the_middle_of_another_does_not_jump() {
    let mut clock = clock(0.0, 1.0);
    clock.set_time(sim(1e7), s(2.0));
    clock.advance(s(0.7));
    let (before, pace) = (now_s(&clock), paces(&clock, 1e-3).0);
    clock.set_time(sim(0.0), s(2.0));
    assert_eq!(now_s(&clock), before);
    let after = paces(&clock, 0.0).1;
    assert!((after - pace).abs() < pace.abs() * 0.02, "{pace} then {after}");
    clock.advance(s(2.0));
    assert_eq!(now_s(&clock), 2.0);
}

#[test]
fn what_takes_no_time_is_done_at_once() {
    for over in [SessionTime::ZERO, s(-1.0), SessionTime::MIN] {
        let mut clock = clock(0.0, 1.0);
        clock.set_time(sim(5.0), over);
        assert_eq!(now_s(&clock), 5.0);
        clock.set_rate(3.0, over);
        clock.advance(s(1.0));
        assert_eq!(now_s(&clock), 8.0);
        clock.set_paused(true, over);
        clock.advance(s(1.0));
        assert_eq!((now_s(&clock), clock.is_moving()), (8.0, false));
    }
}

#[test]
fn a_rate_that_is_no_number_changes_nothing() {
    let mut clock = clock(0.0, 2.0);
    for rate in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        clock.set_rate(rate, s(1.0));
        assert_eq!(clock.sample().rate, 2.0);
    }
}

#[derive(Clone, Debug)]
enum Ask {
    Time(f64, i64),
    Rate(f64, i64),
    Pause(bool, i64),
    Wait(i64),
}

fn ask() -> impl Strategy<Value = Ask> {
    let lasts = prop_oneof![Just(0), -10..3 * SECOND_NS, Just(i64::MAX)];
    prop_oneof![
        (number(f64::MAX), lasts.clone()).prop_map(|(to, over)| Ask::Time(to, over)),
        (number(f64::MAX), lasts.clone()).prop_map(|(rate, over)| Ask::Rate(rate, over)),
        (any::<bool>(), lasts).prop_map(|(on, over)| Ask::Pause(on, over)),
        (0..4 * SECOND_NS).prop_map(Ask::Wait),
    ]
}

fn run(asks: &[Ask], cut: impl Fn(i64) -> Vec<i64>) -> Vec<u64> {
    let mut clock = clock(1e8, 1.0);
    let mut found = Vec::new();
    for ask in asks {
        match ask {
            Ask::Time(to, over) => clock.set_time(sim(*to), ns(*over)),
            Ask::Rate(rate, over) => clock.set_rate(*rate, ns(*over)),
            Ask::Pause(on, over) => clock.set_paused(*on, ns(*over)),
            Ask::Wait(span) => cut(*span).into_iter().for_each(|part| clock.advance(ns(part))),
        }
        let sample = clock.sample();
        assert!(sample.sim_time.as_tdb_secs().is_finite() && sample.rate.is_finite());
        found.push(sample.sim_time.as_tdb_secs().to_bits());
    }
    found
}

proptest! {
    #[test]
    fn the_same_time_in_any_frames_is_the_same_to_the_bit(
        asks in vec(ask(), 1..20),
        parts in vec(1..SECOND_NS, 1..20),
    ) {
        let in_parts = |span: i64| {
            let mut rest = span;
            let mut cut = Vec::new();
            for part in parts.iter().cycle().take(1000) {
                let part = (*part).min(rest);
                cut.push(part);
                rest -= part;
            }
            cut.push(rest);
            cut
        };
        prop_assert_eq!(run(&asks, |span| vec![span]), run(&asks, in_parts));
    }

    #[test]
    fn an_interval_there_and_back_is_where_it_began(days in -30_000..30_000_i64, count in -500..500_i64) {
        for unit in ["s", "m", "h", "d"] {
            let at = sim(days as f64 * 86_400.0);
            let by = |n: i64| format!("{n}{unit}").parse::<Interval>().unwrap();
            prop_assert_eq!(at.after(by(count)).unwrap().after(by(-count)).unwrap(), at);
        }
    }
}

#[test]
fn intervals_go_by_the_calendar() {
    for (from, by, to) in [
        ("2026-03-07T18:30:00", "10", "2026-03-07T18:30:10.000Z"),
        ("2026-03-07T18:30:00", "10s", "2026-03-07T18:30:10.000Z"),
        ("2026-03-07T18:30:00", "-5m", "2026-03-07T18:25:00.000Z"),
        ("2026-03-07T18:30:00", "-3h", "2026-03-07T15:30:00.000Z"),
        ("2026-03-07T18:30:00", "1.5d", "2026-03-09T06:30:00.000Z"),
        ("2026-03-07T18:30:00", "1M", "2026-04-07T18:30:00.000Z"),
        ("2026-03-07T18:30:00", "-3M", "2025-12-07T18:30:00.000Z"),
        ("2026-03-07T18:30:00", " 2 y ", "2028-03-07T18:30:00.000Z"),
        ("2026-01-31T12:00:00", "1M", "2026-02-28T12:00:00.000Z"),
        ("2024-01-31T12:00:00", "1M", "2024-02-29T12:00:00.000Z"),
        ("2024-02-29T12:00:00", "1y", "2025-02-28T12:00:00.000Z"),
        ("2024-02-29T12:00:00", "4y", "2028-02-29T12:00:00.000Z"),
        ("2024-02-29T12:00:00", "-1y", "2023-02-28T12:00:00.000Z"),
        ("1900-01-31T12:00:00", "1M", "1900-02-28T12:00:00.000Z"),
        ("2000-01-31T12:00:00", "1M", "2000-02-29T12:00:00.000Z"),
        ("2026-12-31T23:59:59", "1M", "2027-01-31T23:59:59.000Z"),
        ("2026-03-31T00:00:00", "-1M", "2026-02-28T00:00:00.000Z"),
        ("2026-03-31T00:00:00", "0.5y", "2026-09-30T00:00:00.000Z"),
    ] {
        let from: SimTime = from.parse().unwrap();
        let by: Interval = by.parse().unwrap();
        assert_eq!(from.after(by).unwrap().to_utc_iso(), to, "{by:?}");
    }
}

#[test]
fn what_is_no_interval_is_refused_and_too_long_a_one_leads_nowhere() {
    for text in ["", "x", "3x", "h", "3 hours", "1e999", "nan", "inf", "--3h", "3hh"] {
        let error = text.parse::<Interval>().unwrap_err();
        assert!(error.to_string().starts_with(&format!("'{text}' is not an interval")));
    }
    for text in ["1e300y", "-1e300M", "1e6y"] {
        assert_eq!(SimTime::J2000.after(text.parse().unwrap()), None, "{text}");
    }
}
