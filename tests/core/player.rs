//! A playhead goes where it is sent, never outside the recording, and loses no time on the way.

use proptest::prelude::*;
use skyreel_core::player::Playhead;
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
