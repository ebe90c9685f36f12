//! The other panels: focus, clock, scene, views, film.

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use skyreel_core::command::{Command, SceneCommand};
use skyreel_core::snapshot::{FilmView, FlightView, ModeView};
use skyreel_core::value::Value;
use skyreel_faces::bar::{Panel, style};

use super::Window;

fn with(panel: Panel) -> Window {
    Window::with(ModeView::Idle, panel)
}

#[test]
fn each_button_of_the_bar_opens_its_panel_and_closes_it() {
    for panel in Panel::ALL {
        let mut window = Window::new(ModeView::Idle);
        window.click(panel.name());
        assert!(window.seat().bar.is_open(panel), "{panel:?}");
        window.click(&format!("Close {}", panel.name().to_lowercase()));
        assert!(!window.seat().bar.is_open(panel), "{panel:?}");
        assert_eq!(window.said(), []);
    }
}

#[test]
fn a_panel_at_the_left_and_one_at_the_right_can_be_open() {
    let mut window = with(Panel::Scene);
    window.open(Panel::Clock);
    assert!(window.seat().bar.is_open(Panel::Scene) && window.seat().bar.is_open(Panel::Clock));
    window.open(Panel::Views);
    assert!(!window.seat().bar.is_open(Panel::Scene), "two of one side cannot");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.seat().bar.is_open(Panel::Views) && window.seat().bar.is_open(Panel::Clock));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.seat().bar.is_open(Panel::Clock));
}

#[test]
fn a_panel_grows_with_its_edge() {
    let mut window = with(Panel::Scene);
    let edge = window.rect("Width of the panel");
    window.drag(edge.center(), &[edge.center() + egui::vec2(100.0, 0.0)]);
    let moved = window.rect("Width of the panel").center().x - edge.center().x;
    assert!((moved - 100.0).abs() < 2.0, "{moved}");
}

#[test]
fn the_focus_is_chosen_and_flown_to() {
    let mut window = with(Panel::Focus);
    window.click("Focus Mars");
    window.click("Fly to Earth");
    window.double_click("Focus Saturn");
    window.assert_said(&[
        "navigate.focus Mars",
        "navigate.fly_to Earth",
        "navigate.focus Saturn",
        "navigate.fly_to Saturn",
    ]);
    assert!(!window.has("Focus Mars trail"), "bodies alone");
    window.click("All nodes");
    window.write("Search focus", "mars trail");
    assert!(window.has("Focus Mars trail") && !window.has("Focus Mars"));
}

#[test]
fn a_click_on_the_node_in_focus_turns_the_camera_to_it() {
    let mut window = with(Panel::Focus);
    window.click("Focus Saturn");
    window.assert_said(&["navigate.focus Saturn"]);
}

#[test]
fn enter_chooses_the_first_that_is_found_and_with_ctrl_flies_there() {
    let mut window = with(Panel::Focus);
    window.node("Search focus").click();
    window.settle();
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.said(), [], "nothing is searched for");
    window.write("Search focus", "ma");
    window.press(Modifiers::NONE, Key::Enter);
    window.assert_said(&["navigate.focus Mars"]);
    window.write("Search focus", "ea");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.assert_said(&["navigate.fly_to Earth"]);
    window.write("Search focus", "zzz");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.said(), [], "nothing is found");
}

#[test]
fn nothing_in_the_focus_panel_moves_while_it_is_searched_or_a_flight_goes_on() {
    let mut window = with(Panel::Focus);
    let places = |window: &Window| {
        let names = ["Close focus", "Search focus", "Latitude", "Fly there", "Width of the panel"];
        names.map(|name| window.rect(name))
    };
    let before = places(&window);
    assert!(before[3].bottom() < before[4].bottom(), "all of it is there without scrolling");
    for text in ["mars", "zzz", ""] {
        window.write("Search focus", text);
        assert_eq!(places(&window), before, "{text:?}");
    }
    window.edit(|snapshot| {
        let flight = FlightView { to: "Mars".to_owned(), at_s: 4.0, duration_s: 11.0 };
        snapshot.navigation.as_mut().unwrap().flight = Some(flight);
    });
    assert_eq!(places(&window), before, "a flight");
    window.write("Latitude", "91");
    assert_eq!(places(&window), before, "a fault");
}

#[test]
fn rows_of_the_scene_stay_where_they_are_when_one_is_chosen_or_shown_alone() {
    let mut window = with(Panel::Scene);
    let places = |window: &Window| {
        ["Search scene", "Sun", "Mercury", "Earth", "Mars"].map(|name| window.rect(name))
    };
    let before = places(&window);
    window.click("Venus trail");
    assert_eq!(places(&window), before, "chosen");
    window.edit(|snapshot| snapshot.solo = Some("Saturn".to_owned()));
    assert_eq!(places(&window), before, "shown alone");
    window.click("Show all again");
    window.write("Search scene", "zzz");
    assert_eq!(window.rect("Search scene"), before[0]);
}

#[test]
fn a_panel_stands_on_the_bar_in_every_frame() {
    for panel in Panel::ALL.into_iter().filter(|panel| !panel.spans_the_window()) {
        let mut window = with(panel);
        let close = format!("Close {}", panel.name().to_lowercase());
        let bottom = window.rect("Width of the panel").bottom();
        for count in [9, 1, 5] {
            let snapshot = &mut window.seat().snapshot;
            let mut views = (*snapshot.views).clone();
            views.names = (0..count).map(|index| format!("Camera {index}")).collect();
            snapshot.views = Arc::new(views);
            for _ in 0..4 {
                window.0.run_steps(1);
                let edge = window.rect("Width of the panel");
                assert!((edge.bottom() - bottom).abs() < 1.5, "{panel:?}: {edge:?}");
                assert!(window.rect(&close).top() >= edge.top(), "{panel:?}");
            }
        }
    }
}

#[test]
fn the_fade_of_a_chosen_row_is_seen() {
    let mut window = with(Panel::Scene);
    window.click("Earth");
    let slider = window.rect("Fade Earth");
    let is_seen = |shape: &egui::epaint::ClippedShape| match &shape.shape {
        egui::Shape::Rect(rect) => slider.intersects(rect.rect) && rect.fill == style::ACCENT,
        _ => false,
    };
    assert!(window.0.output().shapes.iter().any(is_seen));
}

#[test]
fn a_key_turns_the_camera_to_the_focus() {
    let mut window = Window::new(ModeView::Idle);
    window.press(Modifiers::NONE, Key::C);
    window.assert_said(&["navigate.focus Saturn"]);
    window.edit(|snapshot| snapshot.navigation = None);
    window.press(Modifiers::NONE, Key::C);
    assert_eq!(window.said(), [], "where there is no camera that could be flown");
}

#[test]
fn a_place_is_flown_to_as_typed() {
    let mut window = with(Panel::Focus);
    assert!(!window.is_enabled("Fly there"), "nothing is typed yet");
    window.write("Latitude", "48.2");
    window.write("Longitude", "-16,37");
    window.click("Fly there");
    window.write("Altitude", "20");
    window.click("Jump there");
    window.assert_said(&[
        "navigate.fly_to_geo 48.2 -16.37",
        "navigate.jump_to_geo 48.2 -16.37 altitude_m=20000",
    ]);
    window.write("Latitude", "91");
    assert!(window.reads("Latitude is a number from -90 to 90, not '91'"));
    assert!(!window.is_enabled("Fly there"));
}

#[test]
fn a_flight_shows_how_long_it_lasts_and_can_be_stopped() {
    let mut window = with(Panel::Focus);
    assert!(!window.has("Stop flight"));
    window.edit(|snapshot| {
        let flight = FlightView { to: "Mars".to_owned(), at_s: 4.0, duration_s: 11.0 };
        snapshot.navigation.as_mut().unwrap().flight = Some(flight);
    });
    assert!(window.has("Flying to Mars") && window.has("7 s to go"));
    window.click("Stop flight");
    window.assert_said(&["navigate.stop"]);
}

#[test]
fn the_clock_is_stopped_stepped_and_set() {
    let mut window = with(Panel::Clock);
    assert!(window.has("2026-03-07 18:30:00 UTC") && window.has("1 h / s"));
    let table = [
        ("Clock slower", "clock.slower"),
        ("Pause clock", "clock.pause"),
        ("Clock faster", "clock.faster"),
        ("Real time", "clock.real_time"),
        ("Now", "clock.set now"),
        ("\u{2212}1 d", "clock.jump -1d"),
        ("\u{2212}1 h", "clock.jump -1h"),
        ("+1 h", "clock.jump 1h"),
        ("+1 d", "clock.jump 1d"),
        ("Jump back", "clock.jump -3h"),
        ("Jump forward", "clock.jump 3h"),
    ];
    for (name, words) in table {
        window.click(name);
        window.assert_said(&[words]);
    }
    window.edit(|snapshot| snapshot.clock.paused = true);
    assert!(window.has("paused"));
    window.click("Resume clock");
    window.assert_said(&["clock.resume"]);
}

#[test]
fn a_date_is_set_or_its_fault_is_shown_beside_it() {
    let mut window = with(Panel::Clock);
    window.write("Date", "2027-01-02T03:04:05");
    window.click("Set date");
    window.assert_said(&["clock.set 2027-01-02T03:04:05"]);
    let (now, jump) = (window.rect("Now"), window.rect("Jump back"));
    window.write("Date", "next Tuesday");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.said(), []);
    assert!(window.reads("'next Tuesday' is not a date"));
    assert_eq!(window.rect("Now"), now, "a fault moves nothing");
    assert_eq!(window.rect("Jump back"), jump);
    window.click("Close clock");
    window.open(Panel::Clock);
    assert!(!window.reads("is not a date"), "what was wrong is forgotten with the panel");
    window.write("Date", "next Friday");
    window.press(Modifiers::NONE, Key::Enter);
    window.write("Date", "2027-01-02");
    assert!(!window.reads("is not a date"), "what is typed anew is not yet wrong");
}

#[test]
fn an_interval_is_jumped_or_its_fault_is_shown_beside_it() {
    let mut window = with(Panel::Clock);
    window.write("Interval", "1.5 y");
    window.click("Jump back");
    window.assert_said(&["clock.jump -1.5y"]);
    window.write("Interval", "a while");
    window.click("Jump forward");
    assert_eq!(window.said(), []);
    assert!(window.reads("is not an interval"));
}

#[test]
fn the_rate_slides_along_openspaces_steps_both_ways() {
    let mut window = with(Panel::Clock);
    let line = window.rect("Rate");
    for (at, words) in [
        (line.right_center(), "clock.rate 630720000"),
        (line.left_center(), "clock.rate -630720000"),
        (line.center(), "clock.rate 0"),
    ] {
        window.drag(at, &[]);
        window.assert_said(&[words]);
    }
}

#[test]
fn nodes_are_switched_faded_and_shown_alone() {
    let mut window = with(Panel::Scene);
    window.click("Hide Earth");
    window.click("Show Venus trail");
    window.click("Solo Mars");
    window.assert_said(&["scene.toggle Earth", "scene.toggle VenusTrail", "scene.solo Mars"]);
    let fade = window.rect("Fade Earth");
    window.drag(fade.center(), &[]);
    let said = window.said();
    let [Command::Scene(SceneCommand::Set { path, value: Value::Number(fade), .. })] = &said[..]
    else {
        panic!("{said:?}");
    };
    assert_eq!(path, "Scene.Earth.Renderable.Fade");
    assert!((fade - 0.5).abs() < 0.05, "{fade}");
    window.edit(|snapshot| snapshot.solo = Some("Saturn".to_owned()));
    window.click("Show all again");
    window.click("Reset all");
    window.assert_said(&["scene.unsolo", "scene.reset"]);
}

#[test]
fn the_tree_folds_and_is_searched() {
    let mut window = with(Panel::Scene);
    assert!(window.rect("Moon").top() > window.rect("Earth").top());
    window.click("Fold Earth");
    assert!(!window.has("Moon") && window.has("Earth"));
    window.write("Search scene", "moon");
    assert!(window.has("Moon") && window.has("Earth") && window.has("Sun"), "with its parents");
    assert!(!window.has("Mars"));
    window.write("Search scene", "zzz");
    assert!(window.has("No node fits."));
    assert_eq!(window.said(), []);
}

#[test]
fn a_nodes_properties_have_what_fits_their_kind() {
    let mut window = with(Panel::Scene);
    window.click("Earth");
    assert!(window.has("Earth properties"));
    window.click("Enabled");
    window.write("Texture", "night");
    window.press(Modifiers::NONE, Key::Enter);
    window.click("Reset Earth");
    window.assert_said(&[
        "scene.set Scene.Earth.Renderable.Enabled false",
        "scene.set Scene.Earth.Renderable.Texture night",
        "scene.reset Scene.Earth.*",
    ]);
    for name in ["Offset 1", "Offset 2", "Height", "Fade"] {
        assert!(window.has(name), "{name}");
    }
    window.write("Search scene", "venus trail");
    window.click("Venus trail");
    assert!(window.has("Appearance.Color"));
    window.click("Reset Enabled");
    window.assert_said(&["scene.reset Scene.VenusTrail.Renderable.Enabled"]);
    window.click("Venus trail");
    assert!(!window.has("Venus trail properties"), "a second click closes them");
}

#[test]
fn cameras_are_added_moved_removed_and_put_on_screen() {
    let mut window = with(Panel::Views);
    window.click("One view");
    window.click("Four views");
    window.click("Move Overview here");
    window.click("Remove Overview");
    window.click("Camera Overview");
    window.assert_said(&[
        "view.layout 1",
        "view.layout 4",
        "view.move Overview",
        "view.remove Overview",
        "view.show Overview",
    ]);
    assert!(!window.has("Remove Navigation"), "the camera that is flown stays");
    assert!(!window.is_enabled("Add"));
    window.write("Camera name", "Overview");
    assert!(window.reads("There is a camera 'Overview' already"));
    window.write("Camera name", "Rings");
    window.click("Goes and turns with the focus");
    window.click("Add");
    window.assert_said(&["view.add Rings follow=true"]);
    window.click("Place 1");
    window.0.get_all_by_label("Overview").last().unwrap().click();
    window.settle();
    window.assert_said(&["view.show Overview place=1"]);
}

#[test]
fn a_film_is_made_as_chosen() {
    let mut window = with(Panel::Film);
    assert!(!window.is_enabled("Make film"), "of what?");
    assert!(!window.has("Film Broken"), "what cannot be played cannot be filmed");
    window.click("Film Saturn tour");
    window.click("Make film");
    window.assert_said(&["film.start saturn.skyreel size=1920x1080 fps=30"]);
    window.click("Size");
    window.click("1280 × 720");
    window.click("Frames a second");
    window.click("60");
    window.click("Film view");
    window.click("Overview");
    window.click("Whole recording");
    window.write("Film name", "short");
    window.click("Make film");
    let words = "film.start saturn.skyreel short 1280x720 fps=60 to_s=90 view=Overview";
    window.assert_said(&[words]);
}

#[test]
fn a_film_being_made_shows_how_far_it_is_and_can_be_stopped() {
    let mut window = with(Panel::Film);
    let film = |ended: Option<&str>| FilmView {
        path: "/films/saturn.mp4".to_owned(),
        frames: 1_204,
        of_frames: 5_400,
        ended: ended.map(str::to_owned),
    };
    window.edit(|snapshot| snapshot.film = Some(film(None)));
    window.click("Film Saturn tour");
    assert!(!window.is_enabled("Make film"), "one at a time");
    assert!(window.has("Film progress"));
    window.click("Stop film");
    window.assert_said(&["film.stop"]);
    window.edit(|snapshot| snapshot.film = Some(film(Some("done: 5,400 frames"))));
    assert!(window.has("done: 5,400 frames") && window.has("/films/saturn.mp4"));
    assert!(window.is_enabled("Make film"));
    let text = "The film /films/saturn.mp4 was stopped before its end";
    window.edit(|snapshot| snapshot.film = Some(film(Some(text))));
    assert!(window.has(text) && !window.has("/films/saturn.mp4"), "the path once");
    let colours = window.text_colours(text);
    assert_eq!(colours, [style::AMBER], "what was stopped is no success");
}

#[test]
fn a_size_of_ones_own_is_shown_where_sizes_are_chosen() {
    let mut window = with(Panel::Film);
    window.write("Size in pixels", "640x360");
    assert_eq!(window.node("Size").value().as_deref(), Some("640 × 360"));
    window.click("Film Saturn tour");
    window.click("Make film");
    window.assert_said(&["film.start saturn.skyreel size=640x360 fps=30"]);
}

#[test]
fn the_film_of_what_is_playing_is_near_at_hand() {
    let mut window = Window::new(crate::support::playing());
    window.edit(|snapshot| {
        let mut library = crate::support::library();
        library.recordings[0].recording = "tours/saturn.skyreel".to_owned();
        snapshot.library = Arc::new(library);
    });
    window.open(Panel::Film);
    window.click("Make film");
    window.assert_said(&["film.start tours/saturn.skyreel size=1920x1080 fps=30"]);
}
