//! Settings are one table: what it says holds for whoever sets or asks.

use skyreel_core::settings::{Kind, ROWS, SettingRow, Settings, row};
use skyreel_core::value::Value;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn every_setting_gives_back_what_it_was_set_to() {
    let mut settings = Settings::default();
    for row in ROWS {
        assert_eq!(settings.get(row.name), Some(row.default()), "{}", row.name);
        let other = match row.kind {
            Kind::Switch => Value::Bool(row.default() != Value::Bool(true)),
            Kind::Whole { most } => Value::Number(most as f64),
            Kind::Number { least, most } => Value::Number(f64::midpoint(least, most)),
            Kind::Text => text("an, other"),
            Kind::Choice(words) => text(words[words.len() - 1]),
            Kind::PixelSize => Value::Numbers([640.0, 480.0].into()),
        };
        settings.set(row.name, &other).unwrap();
        assert_eq!(settings.get(row.name), Some(other), "{}", row.name);
        assert!(settings.changed().contains_key(row.name));
        settings.set(row.name, &row.default()).unwrap();
        assert_eq!(settings, Settings::default(), "{}", row.name);
    }
    assert!(settings.changed().is_empty());
}

#[test]
fn a_setting_refuses_what_it_cannot_be_and_says_what_it_can() {
    let at_first = Settings::default();
    for (name, value, expected) in [
        ("auto_record", Value::Number(1.0), "true or false"),
        ("keep_days", Value::Number(1.5), "a whole number from 0 to 36500"),
        ("keep_days", Value::Number(-1.0), "a whole number from 0 to 36500"),
        ("keep_days", Value::Number(f64::NAN), "a whole number from 0 to 36500"),
        ("playback_speed", Value::Number(0.0), "a number from 0.25 to 8"),
        ("playback_speed", Value::Number(f64::INFINITY), "a number from 0.25 to 8"),
        ("at_end", text("stop"), "hold, return, loop"),
        ("recordings_folder", text("a\nb"), "a text of one line, at most 4096 bytes"),
        (
            "window_size_px",
            Value::Numbers([0.0, 9.0].into()),
            "[width, height], pixels from 1 to 65535",
        ),
        ("window_size_px", Value::Numbers([1.0].into()), "[width, height], pixels from 1 to 65535"),
        ("no_such", Value::Bool(true), "the name of a setting"),
        ("keys.record", Value::Bool(true), "a key, such as \"Ctrl+Shift+R\""),
        ("keys.", text("F9"), "keys. and the name of an action, such as keys.toggle_recording"),
    ] {
        let mut settings = at_first.clone();
        let error = settings.set(name, &value).unwrap_err();
        assert_eq!((error.name.as_str(), error.expected.as_str()), (name, expected));
        assert_eq!(error.found, value.to_string());
        assert_eq!(settings, at_first, "{name} is as it was");
    }
}

#[test]
fn what_somebody_types_is_understood() {
    for (name, typed, value) in [
        ("auto_record", "on", Value::Bool(true)),
        ("auto_record", "false", Value::Bool(false)),
        ("largest_size_bytes", "1000000", Value::Number(1e6)),
        ("largest_size_bytes", "1e6", Value::Number(1e6)),
        ("at_end", "return", text("return")),
        ("window_size_px", "1280x720", Value::Numbers([1280.0, 720.0].into())),
    ] {
        assert_eq!(row(name).unwrap().parse(typed), Ok(value), "{name} {typed}");
    }
    for (name, typed) in [("auto_record", "maybe"), ("keep_days", "many"), ("at_end", "")] {
        let error = row(name).unwrap().parse(typed).unwrap_err();
        assert_eq!(error.found, format!("'{typed}'"));
    }
}

#[test]
fn only_keys_that_differ_from_the_first_ones_are_kept() {
    let mut settings = Settings::default();
    settings.bind("toggle_recording", "F9", "Ctrl+Shift+R");
    assert_eq!(settings.get("keys.toggle_recording"), Some(text("F9")));
    settings.bind("toggle_recording", "Ctrl+Shift+R", "Ctrl+Shift+R");
    assert_eq!(settings, Settings::default());
    settings.set("keys.screenshot", &text("")).unwrap();
    assert_eq!(settings.get("keys.screenshot"), Some(text("")), "no key at all");
}

#[test]
fn keys_that_somebody_has_changed_are_shown_behind_the_settings() {
    let mut settings = Settings::default();
    let rows = SettingRow::all(&settings).len();
    settings.set("keys.record", &text("F9")).unwrap();
    let shown = SettingRow::all(&settings);
    assert_eq!(shown.len(), rows + 1);
    let key = shown.last().unwrap();
    assert_eq!((key.name.as_str(), &key.value), ("keys.record", &text("F9")));
}

#[test]
fn a_recording_is_played_again_when_either_setting_says_so() {
    for (name, value) in [("loop_playback", Value::Bool(true)), ("at_end", text("loop"))] {
        let mut settings = Settings::default();
        assert!(!settings.loops());
        settings.set(name, &value).unwrap();
        assert!(settings.loops());
    }
}

#[test]
fn names_are_words_with_underscores_and_help_is_one_line() {
    for row in ROWS {
        assert!(row.name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{}", row.name);
        assert!(!row.help.is_empty() && !row.help.contains('\n') && !row.help.ends_with('.'));
        assert!(row.check(&row.default()).is_ok(), "{}", row.name);
        assert_eq!(ROWS.iter().filter(|other| other.name == row.name).count(), 1);
    }
}
