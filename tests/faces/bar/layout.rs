//! The interface in windows of every size, with nothing to show and with far too much.

use std::sync::Arc;

use egui::{Key, Modifiers, vec2};
use proptest::prelude::*;
use skyreel_core::player::{AtEnd, Speed};
use skyreel_core::snapshot::{
    ClockView, FlightView, KeyOf, ModeView, Moment, MomentKind, NavigationView, PlayingView,
    RecordingView, Snapshot,
};
use skyreel_core::time::{SessionTime, SimTime};
use skyreel_core::value::Value;
use skyreel_faces::bar::{Panel, PanelSizes};

use super::Window;
use crate::support::{self, long_library};

const SIZES: [(f32, f32, f32); 6] = [
    (1280.0, 720.0, 1.0),
    (800.0, 600.0, 1.0),
    (640.0, 360.0, 2.0),
    (853.0, 480.0, 1.5),
    (1920.0, 1080.0, 1.0),
    (3840.0, 1080.0, 1.0),
];

#[test]
fn no_control_of_the_bar_is_lost_in_any_window() {
    let of_recording = ["Stop recording", "Pause recording", "Discard recording", "Recording"];
    let of_playing = ["Stop playback", "Pause", "Loop", "Force time", "Faster", "Time line"];
    for (width, height, scale) in SIZES {
        for (mode, more) in [
            (ModeView::Idle, &["Session recording"][..]),
            (support::recording(), &of_recording),
            (support::playing(), &of_playing),
        ] {
            let window = Window::of(support::snapshot(mode), vec2(width, height), scale);
            let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
            let mut rects = Vec::new();
            for name in [
                "Focus", "Scene", "Views", "Clock", "Journey", "Film", "Console", "Settings",
                "Log", "Keys",
            ] {
                rects.push((name, window.rect(name)));
            }
            rects.extend(more.iter().map(|name| (*name, window.rect(name))));
            for (index, (name, rect)) in rects.iter().enumerate() {
                assert!(screen.contains_rect(*rect), "{name} at {rect:?} in {width}x{height}");
                for (other, other_rect) in &rects[..index] {
                    let both = rect.shrink(1.0).intersects(other_rect.shrink(1.0));
                    assert!(!both, "{name} lies on {other} in {width}x{height}");
                }
            }
        }
    }
}

#[test]
fn panels_stay_inside_the_window() {
    for (width, height, scale) in SIZES {
        for panel in Panel::ALL {
            let snapshot = support::snapshot(support::playing());
            let mut window = Window::of(snapshot, vec2(width, height), scale);
            window.open(panel);
            let close = window.rect(&format!("Close {}", panel.name().to_lowercase()));
            let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
            assert!(screen.contains_rect(close), "{panel:?}: {close:?} in {width}x{height}");
            let edge_name = if panel.spans_the_window() { "Height" } else { "Width" };
            let edge = window.rect(&format!("{edge_name} of the panel"));
            let is_inside = edge.left() >= -5.0 && edge.right() <= width + 5.0;
            assert!(is_inside && edge.top() >= 0.0, "{panel:?}: {edge:?} in {width}x{height}");
        }
    }
}

#[test]
fn panels_are_as_wide_as_they_were_made() {
    for panel in Panel::ALL.into_iter().filter(|panel| !panel.spans_the_window()) {
        let mut window = Window::with(ModeView::Idle, panel);
        let x = window.rect("Width of the panel").center().x;
        let width = if x < 640.0 { x - 8.0 } else { 1272.0 - x };
        assert!((width - 380.0).abs() < 2.0, "what is in {panel:?} makes it {width} wide");
        window.settle();
    }
}

#[test]
fn a_session_with_nothing_in_it_shows_every_panel() {
    let mut window = Window::of(Snapshot::default(), vec2(1280.0, 720.0), 1.0);
    window.seat().settings.clear();
    for panel in Panel::ALL {
        window.open(panel);
        assert!(window.seat().bar.is_open(panel));
    }
    assert!(window.has("No camera") || window.buttons().contains(&"Focus".to_owned()));
}

#[test]
fn what_spans_the_window_lies_between_the_bar_and_the_other_panels() {
    for (width, height, scale) in SIZES {
        for panel in [Panel::Console, Panel::Journey] {
            let mut snapshot = support::snapshot(ModeView::Idle);
            snapshot.console = Arc::new(support::console(5_000));
            snapshot.journey = Arc::new(support::journey());
            let mut window = Window::of(snapshot, vec2(width, height), scale);
            window.open(Panel::Scene);
            window.open(panel);
            let edge = window.rect("Height of the panel");
            assert!(edge.left() < 30.0 && edge.right() > width - 30.0, "{panel:?} in {width}");
            assert!(edge.top() > 0.0 && edge.bottom() < window.rect("Focus").top());
            if window.has("Close scene") {
                let others = window.rect("Width of the panel");
                assert!(others.bottom() <= edge.center().y, "{panel:?} in {width}x{height}");
            } else {
                assert!(height < 600.0, "there is room for both in {width}x{height}");
            }
        }
    }
}

#[test]
fn what_spans_the_window_is_as_high_as_it_is_dragged() {
    for (panel, share) in [(Panel::Console, 1.0 / 3.0), (Panel::Journey, 0.28)] {
        let mut window = Window::with(ModeView::Idle, panel);
        let edge = window.rect("Height of the panel").center();
        let bar = window.rect("Focus").top();
        assert!((bar - edge.y - share * 720.0).abs() < 30.0, "{panel:?} begins at {edge:?}");
        window.drag(edge, &[edge - vec2(0.0, 50.0), edge - vec2(0.0, 100.0)]);
        let new = window.rect("Height of the panel").center();
        assert!((edge.y - new.y - 100.0).abs() < 3.0, "{panel:?}: from {edge:?} to {new:?}");
        window.drag(new, &[new + vec2(0.0, 100.0), new + vec2(0.0, 900.0)]);
        assert!(window.rect("Height of the panel").bottom() < bar - 100.0, "it never vanishes");
    }
}

#[test]
fn sizes_that_were_dragged_are_there_the_next_time() {
    let mut window = Window::with(ModeView::Idle, Panel::Journey);
    let edge = window.rect("Height of the panel").center();
    window.drag(edge, &[edge - vec2(0.0, 50.0), edge - vec2(0.0, 90.0)]);
    let sizes = window.seat().bar.panel_sizes();
    let kept = serde_json::to_string(&sizes).unwrap();
    let higher = window.rect("Height of the panel");
    let mut next = Window::with(ModeView::Idle, Panel::Journey);
    next.seat().bar.set_panel_sizes(serde_json::from_str(&kept).unwrap());
    next.settle();
    assert_eq!(next.rect("Height of the panel"), higher);
    let odd = PanelSizes { left: f32::NAN, right: -5.0, console: 1e9, journey: f32::INFINITY };
    next.seat().bar.set_panel_sizes(odd);
    next.settle();
    assert_eq!(next.rect("Height of the panel"), higher, "what is no number changes nothing");
    assert!(next.seat().bar.panel_sizes().right > 100.0);
}

fn extremes() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(-1.0),
        Just(1e-300),
        Just(1e300),
        Just(-1e300),
        Just(f64::MAX),
        Just(3e28),
        -1e9..1e9,
    ]
}

fn any_time() -> impl Strategy<Value = SessionTime> {
    prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(0), Just(36_000_000_000_000), any::<i64>()]
        .prop_map(SessionTime::from_nanos)
}

prop_compose! {
    fn any_playing()(
        at in any_time(), duration in any_time(), marks in (any_time(), any_time()),
        moments in proptest::collection::vec(any_time(), 0..50),
        speed in prop_oneof![Just(0.25), Just(8.0), Just(-3.3)],
        flags in any::<[bool; 3]>(),
    ) -> ModeView {
        let kinds = [MomentKind::Marker, MomentKind::Change, MomentKind::Script];
        let moments = moments.into_iter().zip(kinds.into_iter().cycle());
        ModeView::Playing(PlayingView {
            recording: "r".to_owned(),
            name: "A long name ".repeat(30),
            at, duration, marks,
            speed: Speed::new(speed).unwrap(),
            at_end: AtEnd::Return,
            is_moving: flags[0], has_ended: flags[1], force_time: flags[2],
            moments: moments
                .map(|(at, kind)| Moment { at, kind, text: "what".to_owned() })
                .collect(),
        })
    }
}

prop_compose! {
    fn any_mode()(
        playing in any_playing(), elapsed in any_time(), numbers in any::<[u64; 2]>(),
        which in 0..3,
    ) -> ModeView {
        let recording = RecordingView {
            name: "n".repeat(300), elapsed, bytes: numbers[0], frames: numbers[1], paused: false,
        };
        match which {
            0 => ModeView::Idle,
            1 => ModeView::Recording(recording),
            _ => playing,
        }
    }
}

prop_compose! {
    fn any_snapshot()(
        mode in any_mode(), numbers in proptest::array::uniform7(extremes()), long: bool,
        empty: bool, times in [any_time(), any_time(), any_time(), any_time()],
    ) -> Snapshot {
        let [sim_time, rate, distance_m, altitude_m, latitude, at_s, duration_s] = numbers;
        let mut snapshot = if empty { Snapshot::default() } else { support::snapshot(ModeView::Idle) };
        snapshot.mode = mode;
        let sim_time = SimTime::from_tdb_secs(sim_time).unwrap();
        snapshot.clock = ClockView { sim_time, rate, paused: false };
        snapshot.navigation = Some(NavigationView {
            focus: "Nobody".to_owned(),
            distance_m,
            altitude_m: Some(altitude_m),
            above_deg: Some((latitude, altitude_m)),
            looks_deg: None,
            sun_above_deg: None,
            follows: true,
            flight: Some(FlightView { to: "There".to_owned(), at_s, duration_s }),
        });
        if long {
            snapshot.library = Arc::new(long_library(3_000));
            snapshot.console = Arc::new(support::console(3_000));
            snapshot.journey = Arc::new(support::long_journey(500));
        } else if !empty {
            snapshot.console = Arc::new(support::console(20));
            snapshot.journey = Arc::new(support::journey());
        }
        if let (false, Some(journey)) = (empty, Arc::get_mut(&mut snapshot.journey)) {
            let [at, duration, key_at, over] = times;
            (journey.at, journey.duration) = (at, duration);
            journey.speeds.extend([f32::NAN, f32::INFINITY, latitude as f32]);
            if let Some(key) = journey.keys.first_mut() {
                key.at = key_at;
            }
            if let Some(KeyOf::Property { over: of, value, .. }) =
                journey.keys.iter_mut().map(|key| &mut key.of).find(|of| matches!(of, KeyOf::Property { .. }))
            {
                (*of, *value) = (over, Value::Numbers(numbers.to_vec().into()));
            }
            journey.keys.sort_by_key(|key| key.at);
        }
        snapshot
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_shown_and_clicked_nothing_breaks_and_all_that_is_said_is_a_command(
        snapshot in any_snapshot(),
        size in 0..SIZES.len(),
        clicks in proptest::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let (width, height, scale) = SIZES[size];
        let mut window = Window::of(snapshot, vec2(width, height), scale);
        for click in clicks {
            let buttons = window.buttons();
            if buttons.is_empty() {
                break;
            }
            let name = click.get(&buttons).clone();
            window.click_first(&name);
            window.said();
        }
        window.press(Modifiers::NONE, Key::Escape);
        window.said();
    }
}

/// What hands do to a panel.
#[derive(Clone, Debug)]
enum Deed {
    Click(f32, f32),
    Drag(f32, f32, f32, f32),
    Wheel(f32, f32, f32),
    Press(Key, bool, bool),
    Type(String),
    Shown(u32),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let keys = prop::sample::select(vec![
        Key::Enter,
        Key::Tab,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::ArrowLeft,
        Key::Backspace,
        Key::Delete,
        Key::Escape,
        Key::Backtick,
        Key::A,
        Key::C,
        Key::D,
        Key::J,
        Key::R,
        Key::Z,
    ]);
    let typed =
        prop::sample::select(vec!["skyreel.", "print(", "for i do", "é≈\u{1F600}", ")", " "]);
    let part = 0.0..1.0_f32;
    let deed = prop_oneof![
        (part.clone(), part.clone()).prop_map(|(x, y)| Deed::Click(x, y)),
        (part.clone(), part.clone(), part.clone(), part.clone())
            .prop_map(|(x, y, to_x, to_y)| Deed::Drag(x, y, to_x, to_y)),
        (part.clone(), part, -900.0..900.0_f32).prop_map(|(x, y, by)| Deed::Wheel(x, y, by)),
        (keys, any::<bool>(), any::<bool>())
            .prop_map(|(key, ctrl, shift)| Deed::Press(key, ctrl, shift)),
        typed.prop_map(|text| Deed::Type(text.to_owned())),
        (0..40_u32).prop_map(Deed::Shown),
    ];
    proptest::collection::vec(deed, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_hands_do_to_console_and_journey_nothing_breaks(
        snapshot in any_snapshot(),
        size in 0..SIZES.len(),
        is_console: bool,
        deeds in deeds(),
    ) {
        let (width, height, scale) = SIZES[size];
        let mut window = Window::of(snapshot, vec2(width, height), scale);
        window.open(if is_console { Panel::Console } else { Panel::Journey });
        let top = window.rect("Height of the panel").center().y;
        let at = |x: f32, y: f32| egui::pos2(x * width, top + y * (height - top));
        for deed in deeds {
            match deed {
                Deed::Click(x, y) => window.click_at(at(x, y), Modifiers::NONE),
                Deed::Drag(x, y, to_x, to_y) => {
                    let (from, to) = (at(x, y), at(to_x, to_y));
                    window.drag(from, &[from + vec2(9.0, 9.0), to]);
                }
                Deed::Wheel(x, y, by) => window.wheel(at(x, y), vec2(by / 3.0, by)),
                Deed::Press(key, ctrl, shift) => {
                    let held = Modifiers { ctrl, command: ctrl, shift, ..Modifiers::NONE };
                    window.press(held, key);
                }
                Deed::Type(text) => window.type_text(&text),
                Deed::Shown(count) => window.edit(|snapshot| {
                    snapshot.journey = Arc::new(support::long_journey(count));
                    snapshot.console = Arc::new(support::console(count.into()));
                }),
            }
            window.said();
        }
    }
}
