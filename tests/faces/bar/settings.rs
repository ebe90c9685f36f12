//! Settings, and keys that a person changes.

use egui::{Key, Modifiers};
use skyreel_core::command::{Command, WindowCommand};
use skyreel_core::settings::{SettingRow, Settings};
use skyreel_core::snapshot::ModeView;
use skyreel_faces::bar::{Bar, Panel};

use super::Window;

fn settings() -> Window {
    Window::with(ModeView::Idle, Panel::Settings)
}

#[test]
fn each_setting_is_changed_by_what_fits_its_kind() {
    let mut window = settings();
    window.click("Auto record");
    window.write("Recordings folder", "/mnt/shows");
    window.press(Modifiers::NONE, Key::Enter);
    window.write("Recordings folder", "/mnt/other");
    window.click("Apply Recordings folder");
    window.click("At end");
    window.click("loop");
    window.click("Default Keep");
    window.assert_said(&[
        "window.setting auto_record true",
        "window.setting recordings_folder \"/mnt/shows\"",
        "window.setting recordings_folder \"/mnt/other\"",
        "window.setting at_end loop",
        "window.setting keep_days 30",
    ]);
    assert!(window.has("Where recordings are kept."));
}

#[test]
fn every_setting_of_the_program_has_a_row_and_every_change_is_one_that_it_takes() {
    let mut window = settings();
    let mut kept = Settings::default();
    window.seat().settings = SettingRow::all(&kept);
    assert!(window.seat().settings.len() > 8);
    window.settle();
    window.click("Auto record");
    window.write("Keep", "7");
    window.press(Modifiers::NONE, Key::Enter);
    window.write("Recordings folder", "/mnt/shows");
    window.press(Modifiers::NONE, Key::Enter);
    let said = window.said();
    assert_eq!(said.len(), 3);
    for command in said {
        let Command::Window(WindowCommand::Setting { name, value }) = command else { panic!() };
        kept.set(&name, &value).unwrap();
    }
    assert!(kept.auto_record && kept.keep_days == 7);
    assert_eq!(kept.recordings_folder.as_deref(), Some("/mnt/shows"));
    for row in SettingRow::all(&kept) {
        kept.set(&row.name, &row.default).unwrap();
    }
    assert_eq!(kept, Settings::default());
}

#[test]
fn the_menu_begins_with_what_the_settings_say() {
    let mut window = Window::with(ModeView::Idle, Panel::Session);
    let set = Settings {
        text_format: true,
        force_time: false,
        loop_playback: true,
        playback_speed: 2.0,
        ..Settings::default()
    };
    window.seat().bar.take_over(&set);
    window.settle();
    window.click("Record");
    window.click("Play Saturn tour");
    window.assert_said(&[
        "record.start text=true overwrite=false",
        "play.start saturn.skyreel force_time=false speed=2 at_end=loop",
    ]);
}

#[test]
fn a_number_is_typed_and_said_once() {
    let mut window = settings();
    window.write("Keep", "7");
    window.press(Modifiers::NONE, Key::Enter);
    window.assert_said(&["window.setting keep_days 7"]);
    window.write("Largest", "200,000,000");
    window.press(Modifiers::NONE, Key::Enter);
    window.assert_said(&["window.setting largest_bytes 200000000"]);
}

fn scrolled_to(window: &mut Window, name: &str) {
    window.node(name).scroll_to_me();
    window.wait(0.5);
}

#[test]
fn a_key_is_changed_by_pressing_another() {
    let mut window = settings();
    let record = "Key for Start or stop recording";
    scrolled_to(&mut window, record);
    window.click(record);
    assert!(window.has("press a key…"));
    window.press(Modifiers::CTRL | Modifiers::COMMAND, Key::Space);
    window.assert_said(&["window.setting keys.record Ctrl+Space"]);
    window.click(record);
    window.press(Modifiers::NONE, Key::Backspace);
    window.assert_said(&["window.setting keys.record none"]);
    window.click(record);
    window.press(Modifiers::NONE, Key::Escape);
    assert_eq!(window.said(), [], "Esc leaves it as it is, and closes nothing");
    assert!(window.seat().bar.is_open(Panel::Settings));
}

#[test]
fn a_key_that_is_taken_is_told_of_beside_it() {
    let mut window = settings();
    let record = "Key for Start or stop recording";
    scrolled_to(&mut window, record);
    window.click(record);
    window.press(Modifiers::NONE, Key::F12);
    assert_eq!(window.said(), []);
    assert!(window.reads("F12 is already the key of 'Save a picture of the scene'"));
}

#[test]
fn a_changed_key_works_and_goes_back() {
    let mut window = settings();
    let keys = [("record".to_owned(), "F9".to_owned())].into();
    window.seat().keys = skyreel_faces::keys::KeyMap::new(&keys).0;
    window.settle();
    window.press(Modifiers::NONE, Key::F9);
    window.assert_said(&["record.start text=false overwrite=false"]);
    let reset = "Default key for Start or stop recording";
    scrolled_to(&mut window, reset);
    window.click(reset);
    window.assert_said(&["window.setting keys.record Ctrl+Shift+R"]);
}

#[test]
fn what_is_open_and_chosen_is_kept_between_runs() {
    let mut window = Window::with(ModeView::Idle, Panel::Session);
    window.open(Panel::Scene);
    window.click("Text file format");
    window.write("File name", "not kept");
    let kept = serde_json::to_string(&window.seat().bar).unwrap();
    assert!(!kept.contains("not kept"));
    let mut next = Window::new(ModeView::Idle);
    next.seat().bar = serde_json::from_str(&kept).unwrap();
    next.settle();
    assert!(next.seat().bar.is_open(Panel::Scene));
    next.click("Record");
    next.assert_said(&["record.start text=true overwrite=false"]);
}

#[test]
fn what_an_older_version_kept_is_read_as_far_as_it_goes() {
    let bar: Bar = serde_json::from_str(r#"{"docks":{"left":{"panel":"views"}}}"#).unwrap();
    assert!(bar.is_open(Panel::Views));
}
