//! The journey's panel: its time line under the pointer, its tools, what is typed for a key.

use std::sync::Arc;

use egui::{Key, Modifiers, Pos2, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use skyreel_core::command::{Command, JourneyCommand, PlayCommand};
use skyreel_core::snapshot::{JourneyView, ModeView, PlayingView};
use skyreel_faces::bar::{Panel, style};

use super::Window;
use crate::support;

const HOME: &str = "Key 1: Home";
const RINGS: &str = "Key 3: Over the rings";
const TITAN: &str = "Key 4: Titan";
const PAUSE: &str = "Key 8: Pause";
const FADE: &str = "Key 7: EarthLabel.Renderable.Fade = 0.25";

fn of(journey: JourneyView) -> Window {
    let mut window = Window::with(ModeView::Idle, Panel::Journey);
    window.edit(|snapshot| snapshot.journey = Arc::new(journey));
    window
}

fn journey() -> Window {
    of(support::journey())
}

fn at(window: &Window, key: &str) -> Pos2 {
    window.rect(key).center()
}

/// How many points a second has.
fn per_s(window: &Window) -> f32 {
    (at(window, RINGS).x - at(window, HOME).x) / 20.0
}

fn clicked(window: &mut Window, key: &str, held: Modifiers) {
    let at = at(window, key);
    window.click_at(at, held);
}

fn only(window: &mut Window) -> JourneyCommand {
    let said = window.said();
    match &said[..] {
        [Command::Journey(command)] => command.clone(),
        _ => panic!("{said:?}"),
    }
}

#[test]
fn its_key_opens_and_closes_it() {
    let mut window = Window::new(ModeView::Idle);
    window.press(Modifiers::COMMAND, Key::J);
    assert!(window.has("Close journey") && window.reads("Fly to where the journey is to begin"));
    window.press(Modifiers::COMMAND, Key::J);
    assert!(!window.has("Close journey"));
}

#[test]
fn each_lane_shows_its_keys_where_their_time_is() {
    let window = journey();
    let per_s = per_s(&window);
    for (key, at_s) in [(TITAN, 31.5), (PAUSE, 26.0), (FADE, 12.0)] {
        let x = at(&window, HOME).x + at_s * per_s;
        assert!((at(&window, key).x - x).abs() < 1.0, "{key}");
    }
    assert!((at(&window, HOME).y - at(&window, TITAN).y).abs() < 1.0, "one lane");
    assert!(at(&window, FADE).y > at(&window, HOME).y + 20.0);
    assert!(at(&window, PAUSE).y > at(&window, FADE).y);
    assert!(window.has("not saved"), "what is not in a file yet says so");
}

#[test]
fn the_time_follows_the_pointer_on_the_ruler() {
    let mut window = journey();
    let ruler = window.rect("Journey time");
    let (home, per_s) = (at(&window, HOME).x, per_s(&window));
    let to = |s: f32| pos2(home + s * per_s, ruler.center().y);
    window.drag(to(5.0), &[to(7.0), to(10.0)]);
    let said = window.said();
    assert!(said.len() > 1, "live while it is dragged: {said:?}");
    let Some(Command::Journey(JourneyCommand::Seek { at_s })) = said.last() else {
        panic!("{said:?}");
    };
    assert!((at_s - 10.0).abs() < 0.1, "{at_s}");
}

#[test]
fn keys_are_selected_one_by_one_and_several_at_once() {
    let mut window = journey();
    clicked(&mut window, RINGS, Modifiers::NONE);
    window.click("Remove keys");
    clicked(&mut window, TITAN, Modifiers::SHIFT);
    window.click("Remove keys");
    clicked(&mut window, RINGS, Modifiers::COMMAND);
    window.click("Remove keys");
    clicked(&mut window, HOME, Modifiers::NONE);
    window.click("Remove keys");
    window.assert_said(&[
        "journey.remove [3]",
        "journey.remove [3,4]",
        "journey.remove [4]",
        "journey.remove [1]",
    ]);
    let (from, to) = (at(&window, RINGS) - vec2(30.0, 9.0), at(&window, PAUSE) + vec2(400.0, 5.0));
    window.drag(from, &[from + vec2(40.0, 30.0), pos2(at(&window, TITAN).x + 9.0, to.y)]);
    window.press(Modifiers::NONE, Key::Delete);
    window.assert_said(&["journey.remove [3,4,6,8]"]);
    window.press(Modifiers::COMMAND, Key::A);
    window.press(Modifiers::NONE, Key::Delete);
    window.assert_said(&["journey.remove [1,2,3,4,5,6,7,8]"]);
}

#[test]
fn keys_are_moved_once_they_are_let_go_and_snap_to_whole_tenths() {
    let mut window = journey();
    let (from, per_s) = (at(&window, RINGS), per_s(&window));
    let to = from + vec2(2.03 * per_s, 3.0);
    window.0.hover_at(from);
    window.0.drag_at(from);
    window.settle();
    window.0.hover_at(from + vec2(20.0, 0.0));
    window.settle();
    window.0.hover_at(to);
    window.settle();
    assert_eq!(window.said(), [], "nothing is said while they are held");
    let moved = at(&window, RINGS).x - from.x;
    assert!((moved - 2.0 * per_s).abs() < 1.0, "but it is seen: {moved}");
    window.0.drop_at(to);
    window.settle();
    window.assert_said(&["journey.move [3] 2"]);
}

#[test]
fn several_keys_move_together_and_none_to_before_the_start() {
    let mut window = journey();
    clicked(&mut window, RINGS, Modifiers::NONE);
    clicked(&mut window, PAUSE, Modifiers::SHIFT);
    let (from, per_s) = (at(&window, PAUSE), per_s(&window));
    window.drag(from, &[from - vec2(10.0, 0.0), from - vec2(3.0 * per_s, 0.0)]);
    window.assert_said(&["journey.move [3,8] -3"]);
    window.edit(|snapshot| snapshot.journey = Arc::new(support::journey()));
    let from = at(&window, PAUSE);
    window.drag(from, &[from - vec2(10.0, 0.0), from - vec2(26.0 * per_s, 0.0)]);
    window.assert_said(&["journey.move [3,8] -20"]);
}

#[test]
fn a_key_snaps_to_another_and_with_alt_to_nothing() {
    let mut window = journey();
    let (from, to) = (at(&window, PAUSE), at(&window, TITAN));
    window.drag(from, &[from + vec2(10.0, 0.0), pos2(to.x - 3.0, from.y)]);
    window.assert_said(&["journey.move [8] 5.5"]);
    window.edit(|snapshot| snapshot.journey = Arc::new(support::journey()));
    window.0.key_down_modifiers(Modifiers::ALT, Key::F20);
    window.0.event(egui::Event::ModifiersChanged(Modifiers::ALT));
    window.drag(from, &[from + vec2(10.0, 0.0), pos2(to.x - 3.0, from.y)]);
    let JourneyCommand::Move { by_s, .. } = only(&mut window) else { panic!() };
    assert!((by_s - 5.5).abs() > 0.01 && (by_s - 5.5).abs() < 0.5, "{by_s}");
}

#[test]
fn a_double_click_on_the_cameras_lane_adds_a_key_there() {
    let mut window = journey();
    let (home, per_s) = (at(&window, HOME), per_s(&window));
    let place = pos2(home.x + 14.52 * per_s, home.y);
    window.edit(|snapshot| Arc::make_mut(&mut snapshot.journey).at = support::secs(1.0));
    window.click_at(place, Modifiers::NONE);
    window.click_at(place, Modifiers::NONE);
    window.assert_said(&["journey.add_key 14.5"]);
}

#[test]
fn a_double_click_on_a_key_is_for_its_name_or_its_text() {
    let mut window = journey();
    clicked(&mut window, RINGS, Modifiers::NONE);
    clicked(&mut window, RINGS, Modifiers::NONE);
    window.settle();
    assert!(window.node("Key name").is_focused());
    window.press(Modifiers::COMMAND, Key::A);
    window.type_text("Rings");
    window.press(Modifiers::NONE, Key::Enter);
    window.assert_said(&["journey.name 3 Rings"]);
    clicked(&mut window, PAUSE, Modifiers::NONE);
    clicked(&mut window, PAUSE, Modifiers::NONE);
    assert!(window.node("Script").is_focused());
    window.press(Modifiers::COMMAND, Key::A);
    window.type_text("f()");
    window.press(Modifiers::COMMAND, Key::Enter);
    window.assert_said(&["journey.code 8 f()"]);
}

#[test]
fn what_was_typed_for_a_key_is_not_lost_by_a_click_on_another() {
    let mut window = journey();
    clicked(&mut window, RINGS, Modifiers::NONE);
    window.write("Key name", "Rings");
    clicked(&mut window, TITAN, Modifiers::NONE);
    window.assert_said(&["journey.name 3 Rings"]);
    assert_eq!(window.node("Key name").value().as_deref(), Some("Titan"));
}

#[test]
fn time_value_and_length_of_a_change_are_typed() {
    let mut window = journey();
    clicked(&mut window, FADE, Modifiers::NONE);
    window.write("Key time", "15");
    window.press(Modifiers::NONE, Key::Enter);
    window.assert_said(&["journey.move [7] 3"]);
    window.write("Change takes", "1.5");
    window.press(Modifiers::NONE, Key::Enter);
    window.assert_said(&["journey.value 7 0.25 over_s=1.5"]);
    let slider = window.rect("Fade");
    let (from, to) = (slider.left_center() + vec2(30.0, 0.0), slider.right_center());
    window.drag(from, &[from + vec2(20.0, 0.0), to]);
    let JourneyCommand::Value { over_s: None, .. } = only(&mut window) else {
        panic!("what is dragged is said once, when it is let go");
    };
}

#[test]
fn the_tools_say_what_they_show() {
    let mut window = journey();
    clicked(&mut window, RINGS, Modifiers::NONE);
    clicked(&mut window, HOME, Modifiers::SHIFT);
    let table = [
        ("Add key", "journey.add_key"),
        ("Duplicate keys", "journey.duplicate [1,3] 14"),
        ("Linear", "journey.ease [1,3] linear"),
        ("Ease in", "journey.ease [1,3] in"),
        ("Ease out", "journey.ease [1,3] out"),
        ("Ease in and out", "journey.ease [1,3] in_out"),
        ("Hold", "journey.ease [1,3] hold"),
        ("Roll left", "journey.roll [1,3] -5"),
        ("Roll right", "journey.roll [1,3] 5"),
        ("Even speed", "journey.even"),
        ("Undo", "journey.undo"),
        ("Play from here", "journey.play"),
        ("Loop stretch", "journey.play 0 to_s=20 at_end=loop"),
        ("Save journey", "journey.save"),
    ];
    for (name, words) in table {
        window.click(name);
        window.assert_said(&[words]);
    }
    window.click("Update keys");
    window.assert_said(&["journey.update 1", "journey.update 3"]);
    assert!(!window.is_enabled("Redo"), "there is nothing to redo");
}

#[test]
fn keys_do_the_same_unless_something_is_typed() {
    let mut window = journey();
    clicked(&mut window, RINGS, Modifiers::NONE);
    window.press(Modifiers::COMMAND, Key::D);
    window.press(Modifiers::COMMAND, Key::Z);
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.press(Modifiers::COMMAND, Key::Y);
    window.press(Modifiers::COMMAND, Key::S);
    window.assert_said(&[
        "journey.duplicate [3] -6",
        "journey.undo",
        "journey.redo",
        "journey.redo",
        "journey.save",
    ]);
    window.node("Key name").click();
    window.settle();
    for (held, key) in [(Modifiers::COMMAND, Key::Z), (Modifiers::NONE, Key::Delete)] {
        window.press(held, key);
    }
    assert_eq!(window.said(), [], "they are the field's then");
    let mut window = Window::new(ModeView::Idle);
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.said(), [], "and nobody's where the panel is closed");
}

#[test]
fn the_arrows_go_from_key_to_key_while_the_lanes_have_the_keyboard() {
    let mut window = journey();
    clicked(&mut window, HOME, Modifiers::NONE);
    window.press(Modifiers::NONE, Key::ArrowRight);
    window.press(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window.node("Key name").value().as_deref(), Some("Over the rings"));
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(window.reads("Scene.EarthLabel.Renderable.Fade"));
    assert_eq!(window.said(), []);
}

#[test]
fn a_stretch_is_marked_on_the_ruler_and_looped() {
    let mut window = journey();
    let ruler = window.rect("Journey time");
    let (home, per_s) = (at(&window, HOME).x, per_s(&window));
    let to = |s: f32| pos2(home + s * per_s, ruler.center().y);
    window.0.event(egui::Event::ModifiersChanged(Modifiers::SHIFT));
    window.drag(to(5.0), &[to(7.0), to(10.0)]);
    window.0.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    assert_eq!(window.said(), [], "marks do not seek");
    window.click("Loop stretch");
    let JourneyCommand::Play { from_s: Some(from_s), to_s: Some(to_s), .. } = only(&mut window)
    else {
        panic!();
    };
    assert!((from_s - 5.0).abs() < 0.1 && (to_s - 10.0).abs() < 0.1, "{from_s} to {to_s}");
}

#[test]
fn the_wheel_zooms_about_the_pointer() {
    let mut window = journey();
    let (home, rings) = (at(&window, HOME), at(&window, RINGS));
    window.wheel(rings, vec2(0.0, 120.0));
    window.wait(1.0);
    let near = at(&window, RINGS);
    assert!((near.x - rings.x).abs() < 1.5, "what is under the pointer stays");
    let later = at(&window, PAUSE).x - near.x;
    assert!(later > 1.5 * 6.0 * (rings.x - home.x) / 20.0, "and the rest is farther away: {later}");
    window.click("Show all");
    assert!((at(&window, HOME).x - home.x).abs() < 1.0);
}

#[test]
fn a_change_of_a_property_is_searched_set_and_added() {
    let mut window = journey();
    window.click("Add property");
    window.write("Search properties", "mars trail enabled");
    window.click("Property Scene.MarsTrail.Renderable.Enabled");
    window.click("Enabled");
    window.click("Add change");
    window.assert_said(&["journey.add_property Scene.MarsTrail.Renderable.Enabled false"]);
    window.click("Add property");
    window.write("Search properties", "Scene.*Trail.Renderable.Enabled");
    window.click("Take this pattern");
    window.write("Change takes", "2");
    window.click("Add change");
    window.assert_said(&["journey.add_property Scene.*Trail.Renderable.Enabled true over_s=2"]);
}

#[test]
fn a_script_is_added_and_esc_leaves_a_form() {
    let mut window = journey();
    window.click("Add script key");
    assert!(!window.is_enabled("Add script"));
    window.type_text("f()");
    window.click("Add script");
    window.assert_said(&["journey.add_script f()"]);
    window.click("Add script key");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.has("New script") && window.has("Close journey"));
}

#[test]
fn a_journey_is_saved_under_a_name_and_exported() {
    let mut window = of(JourneyView { name: String::new(), ..support::journey() });
    window.click("Save journey");
    assert_eq!(window.said(), [], "it has no name yet");
    window.type_text("Rings");
    window.press(Modifiers::NONE, Key::Enter);
    window.assert_said(&["journey.save Rings"]);
    window.click("Save journey as");
    window.write("Journey name", "Rings");
    window.click("Replace");
    window.click("Save");
    window.assert_said(&["journey.save Rings overwrite=true"]);
    window.click("Export journey");
    window.write("Export name", "rings");
    window.click("Format");
    window.click(".osrec: OpenSpace, binary");
    window.click("Export");
    window.assert_said(&["journey.export rings.osrec"]);
}

#[test]
fn what_is_not_saved_does_not_go_without_asking() {
    let mut window = journey();
    window.click("New journey");
    assert_eq!(window.said(), []);
    assert!(window.reads("Undo brings it back"));
    window.click("Cancel");
    window.click("New journey");
    window.click("Go on without saving");
    window.assert_said(&["journey.new"]);
    window.click("Open journey");
    window.write("Search journeys", "moon");
    window.click("Open Moon landing sites");
    assert_eq!(window.said(), []);
    window.click("Go on without saving");
    window.assert_said(&["journey.open moon.ron"]);
    window.edit(|snapshot| Arc::make_mut(&mut snapshot.journey).is_changed = false);
    window.click("New journey");
    window.assert_said(&["journey.new"]);
}

#[test]
fn a_warning_is_red_on_the_way_and_told() {
    let mut window = journey();
    let text = "The way goes through Earth; add a key beside it";
    assert!(window.reads(text), "it is listed");
    assert!(window.fills().contains(&style::RED.gamma_multiply(0.3)));
    clicked(&mut window, TITAN, Modifiers::NONE);
    assert!(!window.reads(text));
    let (home, per_s) = (at(&window, HOME), per_s(&window));
    window.hover(pos2(home.x + 12.0 * per_s, home.y));
    assert!(window.reads(text), "and under the pointer");
}

#[test]
fn the_date_at_its_start_is_set() {
    let mut window = journey();
    window.write("Journey date", "2031-05-01T20:00:00");
    window.click("Set");
    window.assert_said(&["journey.date 2031-05-01T20:00:00"]);
}

#[test]
fn what_is_gone_is_not_selected_any_more() {
    let mut window = journey();
    clicked(&mut window, TITAN, Modifiers::NONE);
    window.edit(|snapshot| {
        Arc::make_mut(&mut snapshot.journey).keys.retain(|key| key.key.0 != 4);
    });
    assert!(!window.has(TITAN) && !window.is_enabled("Remove keys"));
}

#[test]
fn of_a_thousand_keys_as_many_are_drawn_as_can_be_told_apart() {
    let window = of(support::long_journey(1_000));
    let keys = window.0.query_all_by_label_contains("Key ").count();
    assert!(keys < 400, "{keys}");
}

#[test]
fn what_was_flown_and_is_in_no_key_is_told_and_can_be_kept_and_had_again() {
    let mut window = journey();
    assert!(!window.reads("Not in a key") && !window.has("Back to where I was"));
    window.edit(|snapshot| Arc::make_mut(&mut snapshot.journey).is_flown = true);
    assert!(window.has("Not in a key: K keeps it"));
    window.press(Modifiers::NONE, Key::K);
    window.assert_said(&["journey.add_key"]);
    window.edit(|snapshot| {
        let journey = Arc::make_mut(&mut snapshot.journey);
        (journey.is_flown, journey.can_go_back) = (false, true);
    });
    assert!(!window.reads("Not in a key"));
    window.click("Back to where I was");
    window.assert_said(&["journey.back"]);
}

fn played(at_s: f64) -> ModeView {
    let recording = format!("{}Saturn tour", skyreel_core::journey::PLAYED_AS);
    let playing = PlayingView { recording, at: support::secs(at_s), ..support::playing_view() };
    ModeView::Playing(playing)
}

#[test]
fn the_panel_stays_where_it_is_whatever_the_session_does() {
    let mut window = journey();
    let places = ["Journey time", "Close journey", HOME, "Focus", "Height of the panel"];
    let before = places.map(|name| window.rect(name));
    for mode in [support::playing(), support::recording(), played(3.0), ModeView::Idle] {
        window.edit(|snapshot| snapshot.mode = mode);
        assert_eq!(places.map(|name| window.rect(name)), before);
    }
    window.edit(|snapshot| snapshot.mode = support::playing());
    assert!(window.rect("Stop playback").bottom() < before[4].top(), "its row stands above");
    window.seat().bar.complain("there is no such thing".to_owned());
    window.settle();
    assert_eq!(places.map(|name| window.rect(name)), before);
}

#[test]
fn while_it_is_played_the_time_moves_and_is_sought_there() {
    let mut window = journey();
    let shown = |window: &Window| window.node("Journey time").accesskit_node().numeric_value();
    assert_eq!(shown(&window), Some(14.0));
    window.edit(|snapshot| snapshot.mode = played(3.0));
    assert_eq!(shown(&window), Some(3.0));
    let ruler = window.rect("Journey time");
    let (home, per_s) = (at(&window, HOME).x, per_s(&window));
    window.click_at(pos2(home + 10.0 * per_s, ruler.center().y), Modifiers::NONE);
    let said = window.said();
    let [Command::Play(PlayCommand::Seek { at_s })] = said[..] else { panic!("{said:?}") };
    assert!((at_s - 10.0).abs() < 0.1, "{at_s}");
    window.edit(|snapshot| snapshot.mode = support::playing());
    assert_eq!(shown(&window), Some(14.0), "another recording has its own time");
}

#[test]
fn it_leaves_the_picture_free_until_it_is_made_higher() {
    let window = journey();
    let height = 720.0 - window.rect("Height of the panel").center().y;
    assert!(height < 0.4 * 720.0, "{height}");
    assert!(window.has(PAUSE), "its lanes are seen all the same");
}

#[test]
fn nothing_typed_into_one_form_is_in_another() {
    let mut window = journey();
    window.click("Add property");
    window.write("Search properties", "mars");
    window.click("Open journey");
    assert_eq!(window.node("Search journeys").value().as_deref(), Some(""));
    assert!(window.has("Open Moon landing sites"));
    window.click("New journey");
    assert!(window.has("Go on without saving") && !window.has("Search journeys"));
    window.click("Open journey");
    window.edit(|snapshot| Arc::make_mut(&mut snapshot.journey).is_changed = false);
    window.click("New journey");
    window.assert_said(&["journey.new"]);
    assert!(!window.has("Search journeys"), "what was open belongs to the old one");
}
