//! The console: typed into, run, completed, searched, copied; and no key of it reaches the show.

use std::sync::Arc;

use egui::{Event, Key, Modifiers, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use skyreel_core::command::{Command, ScriptCommand};
use skyreel_core::event::Said;
use skyreel_core::snapshot::{ConsoleLine, ConsoleView, ModeView};
use skyreel_faces::bar::Panel;

use super::Window;
use crate::support;

fn console() -> Window {
    let mut window = Window::with(ModeView::Idle, Panel::Console);
    window.edit(|snapshot| {
        snapshot.console = Arc::new(ConsoleView { running: Vec::new(), ..support::console(16) });
    });
    window
}

fn typed(window: &Window) -> String {
    window.node("Console field").value().unwrap_or_default()
}

fn runs(code: &str) -> Command {
    Command::Script(ScriptCommand::Run { code: code.to_owned(), name: None, wait: false })
}

fn enter(window: &mut Window, text: &str) {
    window.type_text(text);
    window.press(Modifiers::NONE, Key::Enter);
}

#[test]
fn its_key_opens_it_ready_to_type_and_closes_it() {
    let mut window = Window::new(ModeView::Idle);
    window.0.event(Event::Text("`".to_owned()));
    window.press(Modifiers::NONE, Key::Backtick);
    assert!(window.has("Close console"));
    assert_eq!(typed(&window), "", "the key itself is no letter");
    window.type_text("print(1)");
    assert_eq!(typed(&window), "print(1)");
    window.press(Modifiers::NONE, Key::Backtick);
    window.type_text("`");
    assert_eq!(typed(&window), "print(1)`", "where something is typed it is a letter");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.has("Close console"));
    window.press(Modifiers::NONE, Key::Backtick);
    assert_eq!(typed(&window), "print(1)`", "what was typed stays");
    window.press(Modifiers::COMMAND, Key::A);
    window.press(Modifiers::NONE, Key::Backspace);
    window.press(Modifiers::NONE, Key::Backtick);
    assert!(!window.has("Close console"));
    window.click("Console");
    window.type_text("x");
    assert_eq!(typed(&window), "x", "the bar's button opens it ready to type too");
}

#[test]
fn enter_runs_what_is_whole_and_goes_on_where_it_is_not() {
    let mut window = console();
    enter(&mut window, "print(1)");
    assert_eq!(window.said(), [runs("print(1)")]);
    assert_eq!(typed(&window), "");
    enter(&mut window, "for i = 1, 3 do");
    enter(&mut window, "  print(i)");
    assert_eq!(window.said(), []);
    enter(&mut window, "end");
    assert_eq!(window.said(), [runs("for i = 1, 3 do\n  print(i)\nend")]);
    window.type_text("a");
    window.press(Modifiers::SHIFT, Key::Enter);
    enter(&mut window, "b");
    assert_eq!(window.said(), [runs("a\nb")]);
    enter(&mut window, "  ");
    assert_eq!(window.said(), [], "nothing is not run");
}

#[test]
fn enter_runs_what_was_typed_on_behind_what_was_offered() {
    let mut window = console();
    window.type_text("skyreel.record.s");
    window.press(Modifiers::NONE, Key::Tab);
    assert_eq!(typed(&window), "skyreel.record.st", "as far as it is clear");
    enter(&mut window, "op()");
    assert_eq!(window.said(), [runs("skyreel.record.stop()")]);
}

#[test]
fn what_is_typed_and_entered_within_one_frame_is_run_whole() {
    let mut window = console();
    window.0.event(Event::Text("print(1)".to_owned()));
    window.0.key_press(Key::Enter);
    window.0.event(Event::Text("print(2)".to_owned()));
    window.0.key_press(Key::Enter);
    window.settle();
    assert_eq!(window.said(), [runs("print(1)"), runs("print(2)")]);
}

#[test]
fn the_arrows_bring_back_what_was_run() {
    let mut window = console();
    for code in ["first()", "second()", "second()"] {
        enter(&mut window, code);
    }
    assert_eq!(window.seat().bar.console_history(), ["first()", "second()"]);
    window.type_text("draft");
    let ups = ["second()", "first()", "first()"];
    for expected in ups {
        window.press(Modifiers::NONE, Key::ArrowUp);
        assert_eq!(typed(&window), expected);
    }
    for expected in ["second()", "draft", "draft"] {
        window.press(Modifiers::NONE, Key::ArrowDown);
        assert_eq!(typed(&window), expected);
    }
    let history = (0..700).map(|n| n.to_string()).collect();
    window.seat().bar.set_console_history(history);
    assert_eq!(window.seat().bar.console_history().len(), 500);
    assert_eq!(window.seat().bar.console_history().last().unwrap(), "699");
}

#[test]
fn in_a_text_of_several_lines_the_arrows_move_until_its_first_and_last() {
    let mut window = console();
    window.seat().bar.set_console_history(vec!["old()".to_owned()]);
    window.type_text("a");
    window.press(Modifiers::SHIFT, Key::Enter);
    window.type_text("b");
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(typed(&window), "a\nb");
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(typed(&window), "old()");
}

#[test]
fn what_was_typed_is_searched() {
    let mut window = console();
    let history = ["skyreel.play.stop()", "print(1)", "skyreel.play.start('a')", "print(2)"];
    window.seat().bar.set_console_history(history.map(str::to_owned).into());
    window.press(Modifiers::COMMAND, Key::R);
    window.type_text("play");
    assert!(window.has("skyreel.play.stop()") && !window.has("print(1)"));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(typed(&window), "skyreel.play.start('a')", "the latest that fits");
    window.press(Modifiers::COMMAND, Key::R);
    window.type_text("play");
    window.press(Modifiers::COMMAND, Key::R);
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(typed(&window), "skyreel.play.stop()", "and the one before");
    window.press(Modifiers::COMMAND, Key::R);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(typed(&window), "skyreel.play.stop()");
    assert!(window.has("Close console"), "Esc has ended the search alone");
    assert_eq!(window.said(), []);
}

#[test]
fn tab_completes_as_far_as_it_is_clear_and_offers_the_rest() {
    let mut window = console();
    window.type_text("skyreel.rec");
    window.press(Modifiers::NONE, Key::Tab);
    assert_eq!(typed(&window), "skyreel.record.");
    assert!(window.has("skyreel.record.start") && window.has("Name this moment of the recording."));
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert!(window.has("Begin to record."));
    window.type_text("s");
    assert!(!window.has("skyreel.record.mark"), "what is typed leaves what fits");
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::Tab);
    assert_eq!(typed(&window), "skyreel.record.stop");
    assert!(!window.has("skyreel.record.start"));
    window.write("Console field", "print(skyreel.clock.p");
    window.press(Modifiers::NONE, Key::Tab);
    assert_eq!(typed(&window), "print(skyreel.clock.pause", "what is alone is put in at once");
    window.write("Console field", "skyreel.");
    window.press(Modifiers::NONE, Key::Tab);
    window.click("skyreel.clock.");
    assert_eq!(typed(&window), "skyreel.clock.");
    window.click("skyreel.clock.set");
    assert_eq!(typed(&window), "skyreel.clock.set", "what is behind a point is offered next");
    window.write("Console field", "f(\"Scene.MarsTrail.Renderable.Ena");
    window.press(Modifiers::NONE, Key::Tab);
    assert_eq!(typed(&window), "f(\"Scene.MarsTrail.Renderable.Enabled", "paths in quotes");
    assert_eq!(window.said(), []);
}

#[test]
fn the_call_that_is_typed_tells_how_it_is_made() {
    let mut window = console();
    window.type_text("skyreel.record.start('a', ");
    assert!(window.reads("skyreel.record.start([name], [description])"));
    assert!(window.reads("Begin to record."));
}

#[test]
fn no_letter_reaches_the_show_while_it_is_open() {
    let mut window = Window::with(support::playing(), Panel::Console);
    window.click_at(pos2(640.0, 100.0), Modifiers::NONE);
    for key in [Key::Space, Key::L, Key::ArrowRight, Key::Num1, Key::M, Key::Home, Key::Enter] {
        window.press(Modifiers::NONE, key);
    }
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    assert_eq!(window.said(), []);
    window.click_at(pos2(640.0, 100.0), Modifiers::NONE);
    window.type_text("print(1)");
    assert_eq!(typed(&window), "print(1)", "a click beside it takes nothing away");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::NONE, Key::Space);
    window.assert_said(&["play.toggle"]);
}

#[test]
fn esc_closes_it_and_does_not_end_the_playback() {
    let mut window = Window::with(support::playing(), Panel::Console);
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.has("Close console"));
    assert_eq!(window.said(), []);
}

#[test]
fn esc_closes_the_page_of_keys_before_the_console() {
    let mut window = console();
    window.click("Keys");
    assert!(window.has("Close keys"));
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.has("Close keys") && window.has("Close console"));
}

#[test]
fn lines_have_the_colour_of_who_said_them_and_errors_their_line() {
    let window = console();
    let colours = |text: &str| window.text_colours(text).first().copied();
    use skyreel_faces::bar::style;
    assert_eq!(colours("Titan"), Some(style::TEXT));
    assert_eq!(colours("12.5"), Some(style::GREEN));
    assert_eq!(colours("skyreel.scene.show(\"Titania\")"), Some(style::ACCENT));
    let refused = "the scene has no node 'Titania'; did you mean 'Titan'?";
    assert_eq!(colours(refused), Some(style::RED));
    assert_eq!(colours("line 1: "), Some(style::AMBER));
    assert_eq!(colours("command line"), Some(style::WEAK), "what came from elsewhere says so");
}

#[test]
fn lines_are_searched_cleared_and_copied() {
    let mut window = console();
    window.press(Modifiers::COMMAND, Key::F);
    window.type_text("titania");
    assert!(!window.has("Rhea"));
    window.node("Copy lines").click();
    window.0.run_steps(1);
    let copied = window.copied().unwrap();
    assert_eq!(copied.lines().count(), 4, "{copied}");
    assert!(copied.contains("! line 1: the scene has no node 'Titania'"), "{copied}");
    window.node("Search console").click();
    window.settle();
    window.press(Modifiers::COMMAND, Key::A);
    window.press(Modifiers::NONE, Key::Backspace);
    assert!(window.has("Rhea"));
    window.click("Clear view");
    assert!(!window.has("Rhea"));
    window.edit(|snapshot| snapshot.console = Arc::new(support::console(20)));
    assert!(window.has("Titan") && !window.has("Rhea"), "what is said from then on is shown");
}

#[test]
fn a_search_tells_how_much_it_hides_and_leaving_it_shows_that() {
    let mut window = console();
    assert!(!window.reads("hidden"));
    window.press(Modifiers::COMMAND, Key::F);
    window.type_text("titania");
    assert!(window.has("12 lines are hidden"), "of sixteen");
    window.edit(|snapshot| snapshot.console = Arc::new(support::console(17)));
    assert!(window.has("13 lines are hidden"), "what is new is counted too");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.has("Rhea") && !window.reads("hidden") && window.has("Close console"));
    window.press(Modifiers::COMMAND, Key::F);
    window.type_text("titania");
    window.click("13 lines are hidden");
    assert!(window.has("Rhea"));
    window.press(Modifiers::COMMAND, Key::F);
    window.type_text("titania");
    window.node("Console field").focus();
    window.settle();
    enter(&mut window, "print(1)");
    assert!(window.has("Rhea"), "what comes of what was run is not hidden");
}

#[test]
fn the_words_of_the_language_have_their_colours() {
    use skyreel_faces::bar::style;
    let mut window = console();
    window.type_text("return nil -- 7");
    let colours = |window: &Window, text: &str| window.colours_within(text);
    assert_eq!(
        colours(&window, "return nil -- 7"),
        [style::VIOLET, style::TEXT, style::VIOLET, style::TEXT, style::WEAK]
    );
    window.edit(|snapshot| {
        let mut console = ConsoleView::clone(&snapshot.console);
        let line = ConsoleLine { text: "x = 'y' .. 3".to_owned(), ..console.lines[0].clone() };
        console.lines = [line].into();
        snapshot.console = Arc::new(console);
    });
    let (plain, text, number) = (style::ACCENT, style::GREEN, style::AMBER);
    assert_eq!(colours(&window, "x = 'y' .. 3"), [plain, text, plain, number]);
}

#[test]
fn the_journeys_key_is_heard_while_something_is_typed() {
    let mut window = console();
    window.type_text("print(");
    window.press(Modifiers::COMMAND, Key::J);
    assert!(window.has("Close journey") && !window.has("Close console"));
    window.open(Panel::Console);
    assert_eq!(typed(&window), "print(", "what was typed stays");
}

#[test]
fn rows_end_between_words() {
    let mut window = console();
    let long = "word ".repeat(80);
    window.edit(|snapshot| {
        let mut console = ConsoleView::clone(&snapshot.console);
        let line =
            ConsoleLine { text: long.clone(), said: Said::Printed, ..console.lines[0].clone() };
        console.lines = [line].into();
        snapshot.console = Arc::new(console);
    });
    let rows: Vec<String> = window
        .0
        .query_all_by_label_contains("word word")
        .filter_map(|node| node.accesskit_node().value())
        .collect();
    assert!(rows.len() > 1 && rows.iter().all(|row| row.ends_with("word ")), "{rows:?}");
    assert_eq!(rows.concat(), long);
}

#[test]
fn what_is_selected_is_copied_as_text() {
    let mut window = console();
    let (from, to) = (window.rect("  print(moon)").center(), window.rect("Rhea").center());
    let last =
        |window: &Window| window.0.query_all_by_label("Rhea").last().unwrap().rect().center();
    assert!(from.y < to.y || last(&window).y > from.y);
    window.click_at(from, Modifiers::NONE);
    window.click_at(to, Modifiers::SHIFT);
    window.0.event(Event::Copy);
    window.0.run_steps(1);
    let copied = window.copied().unwrap();
    assert!(copied.contains("print(moon)") && copied.contains("Rhea\n"), "{copied}");
    assert!(!copied.contains("12.5"), "{copied}");
}

#[test]
fn scripts_that_run_tell_what_they_wait_for_and_are_stopped() {
    let mut window = console();
    window.edit(|snapshot| snapshot.console = Arc::new(support::console(8)));
    assert!(window.has("waits until 20:15:00") && window.has("waits 3.2 s"));
    window.click("Stop evening.lua (4)");
    window.assert_said(&["script.stop 4"]);
    window.0.event(Event::Copy);
    window.settle();
    window.assert_said(&["script.stop 7"]);
}

#[test]
fn thousands_of_lines_end_at_the_latest() {
    let mut window = console();
    window.edit(|snapshot| snapshot.console = Arc::new(support::console(5_000)));
    let rows = window.0.query_all_by_label("Titan").count();
    assert!((1..20).contains(&rows), "only what is seen is drawn, not {rows} of them");
    assert!(window.reads("Rings from 66,900 km"), "the latest is in sight");
}
