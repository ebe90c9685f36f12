//! The table of settings: for each its name, what it is in a line, what it may be, and where it is kept.

use super::{AT_END, Kind, MOST_DAYS, Row};
use crate::value::Value;

const DAYS: Kind = Kind::Whole { most: MOST_DAYS };

/// All settings but the keys, in the order in which people read them.
pub const ROWS: &[Row] = &[
    Row {
        name: "recordings_folder",
        help: "Folder that recordings are kept in; empty: the user's data folder, skyreel/recordings",
        unit: "",
        kind: Kind::Text,
        is_set_by_hand: true,
        get: |s| maybe(s.recordings_folder.as_ref()),
        set: |s, v| s.recordings_folder = some_text(v),
    },
    Row {
        name: "auto_record",
        help: "Begin to record when the scene is ready",
        unit: "",
        kind: Kind::Switch,
        is_set_by_hand: true,
        get: |s| Value::Bool(s.auto_record),
        set: |s, v| s.auto_record = is_on(v),
    },
    Row {
        name: "largest_size_bytes",
        help: "Size at which a recording is ended; 0: none",
        unit: "bytes",
        // What an f64 counts to without a gap: 9 PB.
        kind: Kind::Whole { most: 1 << 53 },
        is_set_by_hand: true,
        get: |s| Value::Number(s.largest_size_bytes as f64),
        set: |s, v| s.largest_size_bytes = number(v) as u64,
    },
    Row {
        name: "keep_days",
        help: "Days until recordings go to the trash, unless favourite or secured; 0: never",
        unit: "days",
        kind: DAYS,
        is_set_by_hand: true,
        get: |s| Value::Number(s.keep_days.into()),
        set: |s, v| s.keep_days = number(v) as u32,
    },
    Row {
        name: "trash_days",
        help: "Days that they stay in the trash before they are deleted; 0: until it is emptied",
        unit: "days",
        kind: DAYS,
        is_set_by_hand: true,
        get: |s| Value::Number(s.trash_days.into()),
        set: |s, v| s.trash_days = number(v) as u32,
    },
    Row {
        name: "instant_replay_s",
        help: "Seconds before the key was pressed with which a recording can begin; 0: off",
        unit: "s",
        kind: Kind::Number { least: 0.0, most: 3600.0 },
        is_set_by_hand: true,
        get: |s| Value::Number(s.instant_replay_s),
        set: |s, v| s.instant_replay_s = number(v),
    },
    Row {
        name: "force_time",
        help: "Play with the clock as it was recorded",
        unit: "",
        kind: Kind::Switch,
        is_set_by_hand: true,
        get: |s| Value::Bool(s.force_time),
        set: |s, v| s.force_time = is_on(v),
    },
    Row {
        name: "loop_playback",
        help: "Play again and again",
        unit: "",
        kind: Kind::Switch,
        is_set_by_hand: true,
        get: |s| Value::Bool(s.loop_playback),
        set: |s, v| s.loop_playback = is_on(v),
    },
    Row {
        name: "playback_speed",
        help: "How fast recordings are played",
        unit: "",
        kind: Kind::Number { least: 0.25, most: 8.0 },
        is_set_by_hand: true,
        get: |s| Value::Number(s.playback_speed),
        set: |s, v| s.playback_speed = number(v),
    },
    Row {
        name: "at_end",
        help: "At a recording's end hold its last moment, return to what was before, or play it again",
        unit: "",
        kind: Kind::Choice(&["hold", "return", "loop"]),
        is_set_by_hand: true,
        get: |s| {
            Value::Text(
                AT_END.iter().find(|(_, e)| *e == s.at_end).map_or("hold", |(n, _)| n).into(),
            )
        },
        set: |s, v| {
            let name = text(v);
            s.at_end =
                AT_END.iter().find(|(n, _)| *n == name).map_or_else(Default::default, |(_, e)| *e);
        },
    },
    Row {
        name: "text_format",
        help: "Make texts (.ron) of recordings",
        unit: "",
        kind: Kind::Switch,
        is_set_by_hand: true,
        get: |s| Value::Bool(s.text_format),
        set: |s, v| s.text_format = is_on(v),
    },
    Row {
        name: "overwrite",
        help: "Replace a recording of the same name, instead of numbering the new one",
        unit: "",
        kind: Kind::Switch,
        is_set_by_hand: true,
        get: |s| Value::Bool(s.overwrite),
        set: |s, v| s.overwrite = is_on(v),
    },
    Row {
        name: "window_size_px",
        help: "Size of the window when it was last closed",
        unit: "pixels",
        kind: Kind::PixelSize,
        is_set_by_hand: false,
        get: |s| {
            let size = s.window_size_px.iter().flatten();
            Value::Numbers(size.map(|length| f64::from(*length)).collect())
        },
        set: |s, v| {
            s.window_size_px = match v {
                Value::Numbers(size) => match **size {
                    [width, height] => Some([width as u32, height as u32]),
                    _ => None,
                },
                _ => None,
            }
        },
    },
    Row {
        name: "panels",
        help: "Panels that were open, with commas between them",
        unit: "",
        kind: Kind::Text,
        is_set_by_hand: false,
        get: |s| {
            let names: Vec<&str> = s.panels.iter().map(String::as_str).collect();
            Value::Text(names.join(", ").into())
        },
        set: |s, v| {
            let names = text(v);
            let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
            s.panels = names.map(str::to_owned).collect();
        },
    },
    Row {
        name: "last_scene",
        help: "Scene that was open; empty: the solar system",
        unit: "",
        kind: Kind::Text,
        is_set_by_hand: false,
        get: |s| maybe(s.last_scene.as_ref()),
        set: |s, v| s.last_scene = some_text(v),
    },
];

// Values come here checked: the other kinds do not occur.

fn is_on(value: &Value) -> bool {
    matches!(value, Value::Bool(true))
}

fn number(value: &Value) -> f64 {
    if let Value::Number(n) = value { *n } else { 0.0 }
}

fn text(value: &Value) -> String {
    if let Value::Text(text) = value { text.to_string() } else { String::new() }
}

fn some_text(value: &Value) -> Option<String> {
    Some(text(value)).filter(|text| !text.is_empty())
}

fn maybe(text: Option<&String>) -> Value {
    Value::Text(text.map_or("", String::as_str).into())
}
