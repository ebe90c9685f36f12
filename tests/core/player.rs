//! A playhead goes where it is sent, never outside the recording, and loses no time on the way.

use proptest::prelude::*;
use skyreel_core::player::{AtEnd, Playhead, Speed};
use skyreel_core::time::SessionTime;

const END: SessionTime = SessionTime::from_nanos(30_000_000_000);

fn s(seconds: f64) -> SessionTime {
    SessionTime::from_secs(seconds).unwrap()
}

#[test]
fn it_starts_at_the_start_and_plays() {
    let playhead = Playhead::new(END);
    assert_eq!((playhead.at(), playhead.end()), (SessionTime::ZERO, END));
    assert!(playhead.is_moving());
}

#[test]
fn keys_lead_where_people_expect() {
    use Key::*;
    enum Key {
        Wait(f64),
        Space,
        Jump(f64),
        Home,
    }
    let cases: &[(&[Key], f64, bool)] = &[
        (&[Wait(2.5)], 2.5, true),
        (&[Wait(2.5), Space, Wait(9.0)], 2.5, false),
        (&[Wait(2.5), Space, Wait(9.0), Space, Wait(1.0)], 3.5, true),
        (&[Wait(99.0)], 30.0, false),
        (&[Wait(99.0), Wait(99.0), Jump(-10.0)], 20.0, true),
        (&[Wait(99.0), Space, Wait(1.0)], 1.0, true),
        (&[Wait(12.0), Jump(10.0)], 22.0, true),
        (&[Wait(12.0), Jump(-10.0)], 2.0, true),
        (&[Wait(2.0), Jump(-10.0)], 0.0, true),
        (&[Wait(22.0), Jump(10.0), Wait(1.0)], 30.0, false),
        (&[Wait(5.0), Space, Jump(10.0), Wait(1.0)], 15.0, false),
        (&[Wait(5.0), Space, Jump(99.0), Space, Wait(1.0)], 1.0, true),
        (&[Wait(5.0), Home, Wait(1.0)], 1.0, true),
        (&[Wait(5.0), Space, Home, Wait(1.0)], 1.0, true),
    ];
    for (n, (keys, at, moving)) in cases.iter().enumerate() {
        let mut playhead = Playhead::new(END);
        for key in *keys {
            match *key {
                Wait(seconds) => playhead.advance(s(seconds)),
                Space => playhead.toggle(),
                Jump(seconds) => playhead.jump(s(seconds)),
                Home => playhead.restart(),
            }
        }
        assert_eq!((playhead.at(), playhead.is_moving()), (s(*at), *moving), "case {n}");
    }
}

#[test]
fn a_recording_without_length_stands_still() {
    for end in [SessionTime::ZERO, SessionTime::from_nanos(-1), SessionTime::MIN] {
        let mut playhead = Playhead::new(end);
        playhead.advance(s(1.0));
        playhead.toggle();
        playhead.jump(s(10.0));
        assert_eq!((playhead.at(), playhead.is_moving()), (SessionTime::ZERO, false));
    }
}

proptest! {
    #[test]
    fn many_small_steps_lead_where_one_large_one_does(steps in prop::collection::vec(0..1_000_000_i64, 0..500)) {
        let mut playhead = Playhead::new(SessionTime::MAX);
        for step in &steps {
            playhead.advance(SessionTime::from_nanos(*step));
        }
        prop_assert_eq!(playhead.at().as_nanos(), steps.iter().sum::<i64>());
    }

    #[test]
    fn nothing_leads_outside_the_recording(end in any::<i64>(), moves in prop::collection::vec((0..5_u8, any::<i64>()), 0..50)) {
        let mut playhead = Playhead::new(SessionTime::from_nanos(end));
        for (what, ns) in moves {
            let time = SessionTime::from_nanos(ns);
            match what {
                0 => playhead.advance(time),
                1 => playhead.seek(time),
                2 => playhead.jump(time),
                3 => playhead.toggle(),
                _ => playhead.restart(),
            }
            prop_assert!(playhead.at() >= SessionTime::ZERO && playhead.at() <= playhead.end());
        }
    }
}

fn at_speed(factor: f64, at_end: AtEnd) -> Playhead {
    let mut playhead = Playhead::new(END);
    playhead.set_speed(Speed::new(factor).unwrap());
    playhead.set_at_end(at_end);
    playhead
}

#[test]
fn speeds_go_along_the_ladder_both_ways() {
    for (from, faster, slower) in [
        (1.0, 2.0, 0.5),
        (0.25, 0.5, 0.25),
        (8.0, 8.0, 4.0),
        (3.0, 4.0, 2.0),
        (-1.0, -2.0, -0.5),
        (-0.25, -0.5, -0.25),
        (-8.0, -8.0, -4.0),
    ] {
        let speed = Speed::new(from).unwrap();
        assert_eq!((speed.faster().factor(), speed.slower().factor()), (faster, slower), "{from}");
    }
    for factor in [0.0, 0.2, 8.5, -0.1, -9.0, f64::NAN, f64::INFINITY] {
        assert_eq!(Speed::new(factor), None, "{factor}");
    }
}

#[test]
fn a_loop_keeps_its_beat_over_ten_thousand_odd_frame_times() {
    let marks = (s(3.0), s(10.000_000_007));
    let (first_ns, length_ns) = (3 * 1_000_000_000_i128, 7_000_000_007_i128);
    for factor in [0.25, 0.333, 0.5, 1.0, 1.001, 2.0, 4.0, 7.777, 8.0] {
        for factor in [factor, -factor] {
            let mut playhead = at_speed(factor, AtEnd::Loop);
            playhead.set_marks(marks.0, marks.1);
            let start_ns = i128::from(playhead.at().as_nanos());
            let mut thousandths = 0_i128;
            let mut frame_ns = 1_u64;
            for n in 0..10_000 {
                // Odd in every sense: 0 to 0.2 s, now and then a minute.
                frame_ns = frame_ns.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(n);
                let most = if n % 1000 == 999 { 60_000_000_000 } else { 200_000_000 };
                let span = i64::try_from((frame_ns >> 20) % most).unwrap();
                playhead.advance(SessionTime::from_nanos(span));
                thousandths += i128::from(span) * (factor * 1000.0).round() as i128;
                let gone_ns = start_ns + thousandths.div_euclid(1000) - first_ns;
                let wanted = first_ns + gone_ns.rem_euclid(length_ns);
                assert_eq!(i128::from(playhead.at().as_nanos()), wanted, "{factor}, frame {n}");
            }
            assert!(playhead.is_moving());
        }
    }
}

#[test]
fn marks_hold_it_between_them() {
    let mut playhead = Playhead::new(END);
    playhead.advance(s(1.0));
    playhead.set_marks(s(20.0), s(5.0));
    assert_eq!((playhead.marks(), playhead.at()), ((s(5.0), s(20.0)), s(5.0)));
    playhead.advance(s(99.0));
    assert_eq!((playhead.at(), playhead.has_ended()), (s(20.0), true));
    playhead.seek(s(25.0));
    assert_eq!(playhead.at(), s(20.0));
    playhead.seek(s(1.0));
    assert_eq!((playhead.at(), playhead.is_moving()), (s(5.0), true));
    // Beyond the recording there is nothing; a part of no length stands still.
    playhead.set_marks(s(-9.0), s(999.0));
    assert_eq!(playhead.marks(), (s(0.0), END));
    playhead.set_marks(s(7.0), s(7.0));
    playhead.set_at_end(AtEnd::Loop);
    playhead.advance(s(1.0));
    assert_eq!((playhead.at(), playhead.is_moving()), (s(7.0), false));
}

#[test]
fn backwards_the_first_mark_is_the_end() {
    let mut playhead = at_speed(-2.0, AtEnd::Hold);
    playhead.set_marks(s(5.0), s(20.0));
    playhead.seek(s(20.0));
    playhead.advance(s(5.0));
    assert_eq!((playhead.at(), playhead.is_moving()), (s(10.0), true));
    playhead.advance(s(5.0));
    assert_eq!((playhead.at(), playhead.has_ended()), (s(5.0), true));
    playhead.resume();
    assert_eq!((playhead.at(), playhead.is_moving()), (s(20.0), true));
    playhead.set_speed(Speed::NORMAL);
    assert!(playhead.has_ended(), "there is nothing left this way");
}

#[test]
fn what_becomes_of_it_at_the_end_can_be_changed_there() {
    let mut playhead = at_speed(1.0, AtEnd::Hold);
    playhead.advance(s(99.0));
    assert!(playhead.has_ended());
    playhead.set_at_end(AtEnd::Loop);
    playhead.advance(s(31.0));
    assert_eq!((playhead.at(), playhead.is_moving()), (s(1.0), true));
}

proptest! {
    #[test]
    fn at_any_speed_many_small_steps_lead_where_one_large_one_does(
        thousandths in 250..8000_i32,
        backwards in any::<bool>(),
        loops in any::<bool>(),
        steps in prop::collection::vec(0..1_000_000_000_i64, 0..200),
    ) {
        let factor = f64::from(thousandths) / 1000.0 * if backwards { -1.0 } else { 1.0 };
        let at_end = if loops { AtEnd::Loop } else { AtEnd::Hold };
        let mut by_steps = at_speed(factor, at_end);
        by_steps.seek(s(15.0));
        let mut at_once = by_steps;
        steps.iter().for_each(|step| by_steps.advance(SessionTime::from_nanos(*step)));
        at_once.advance(SessionTime::from_nanos(steps.iter().sum()));
        prop_assert_eq!(by_steps.at(), at_once.at());
    }
}
