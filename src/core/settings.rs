//! The settings: what each is called, what it may be, what it is at first. Window, settings file and
//! command line all go by this table; where they are kept is somebody else's.

mod rows;
mod shown;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::player::AtEnd;
use crate::value::Value;

pub use rows::ROWS;
pub use shown::{SettingKind, SettingRow};

/// What names of keys in settings begin with: `keys.toggle_recording`.
pub const KEYS: &str = "keys.";

/// The longest text a setting may be, bytes.
const MOST_TEXT_BYTES: usize = 4096;

/// Days that a recording can be kept at most before it is for ever: a hundred years.
const MOST_DAYS: u64 = 36_500;

/// The names of what can become of playback at its end.
const AT_END: [(&str, AtEnd); 3] =
    [("hold", AtEnd::Hold), ("return", AtEnd::Return), ("loop", AtEnd::Loop)];

/// What can be set, and what is kept between runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The folder that recordings are kept in; `None`: the user's data folder, `skyreel/recordings`.
    pub recordings_folder: Option<String>,
    /// Whether recording begins by itself when the scene is ready.
    pub auto_record: bool,
    /// The size at which a recording is ended, bytes; 0: none.
    pub largest_size_bytes: u64,
    /// After how many days recordings go to the trash; 0: never.
    pub keep_days: u32,
    /// How many days they stay there before they are deleted; 0: until somebody empties it.
    pub trash_days: u32,
    /// How much of what was not recorded is remembered, so that a recording can begin with it,
    /// seconds; 0: nothing.
    pub instant_replay_s: f64,
    /// Whether the clock is the recorded one in every frame that is played.
    pub force_time: bool,
    /// Whether recordings are played again and again.
    pub loop_playback: bool,
    /// How fast they are played, 0.25 to 8.
    pub playback_speed: f64,
    /// What becomes of the scene at the end of one.
    pub at_end: AtEnd,
    /// Whether recordings become texts (`.ron`).
    pub text_format: bool,
    /// Whether a recording may replace one of the same name.
    pub overwrite: bool,
    /// The keys of actions that have others than they had at first; an empty text: none.
    pub keys: BTreeMap<String, String>,
    /// The window's size when it was last closed, pixels.
    pub window_size_px: Option<[u32; 2]>,
    /// The panels that were open.
    pub panels: BTreeSet<String>,
    /// The scene that was open; `None`: the solar system.
    pub last_scene: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            recordings_folder: None,
            auto_record: false,
            largest_size_bytes: 100_000_000,
            keep_days: 30,
            trash_days: 30,
            instant_replay_s: 0.0,
            force_time: true,
            loop_playback: false,
            playback_speed: 1.0,
            at_end: AtEnd::Hold,
            text_format: false,
            overwrite: false,
            keys: BTreeMap::new(),
            window_size_px: None,
            panels: BTreeSet::new(),
            last_scene: None,
        }
    }
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// On or off.
    Switch,
    /// A whole number from 0.
    Whole {
        /// To this.
        most: u64,
    },
    /// A number.
    Number {
        /// From this.
        least: f64,
        /// To this.
        most: f64,
    },
    /// A text; empty where nothing is set.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Width and height in pixels; nothing in it where it is not known.
    PixelSize,
}

/// A setting, as lists, files and command lines have it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name: `keep_days`; on the command line `--keep-days`.
    pub name: &'static str,
    /// What it is, in one line.
    pub help: &'static str,
    /// The unit of its number; empty where it has none.
    pub unit: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Whether somebody sets it; else it is what is kept between runs.
    pub is_set_by_hand: bool,
    get: fn(&Settings) -> Value,
    set: fn(&mut Settings, &Value),
}

/// A value that a setting cannot have, or a name that no setting has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("setting '{name}': found {found}, expected {expected}")]
pub struct SettingError {
    /// Which setting.
    pub name: String,
    /// What it was to be.
    pub found: String,
    /// What it may be.
    pub expected: String,
}

impl Kind {
    /// What it may be, for people.
    pub fn expected(self) -> String {
        match self {
            Self::Switch => "true or false".to_owned(),
            Self::Whole { most } => format!("a whole number from 0 to {most}"),
            Self::Number { least, most } => format!("a number from {least} to {most}"),
            Self::Text => format!("a text of one line, at most {MOST_TEXT_BYTES} bytes"),
            Self::Choice(words) => words.join(", "),
            Self::PixelSize => "[width, height], pixels from 1 to 65535".to_owned(),
        }
    }

    fn allows(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Switch, Value::Bool(_)) => true,
            (Self::Whole { most }, Value::Number(n)) => {
                n.fract() == 0.0 && (0.0..=most as f64).contains(n)
            }
            (Self::Number { least, most }, Value::Number(n)) => (least..=most).contains(n),
            (Self::Text, Value::Text(text)) => is_line(text),
            (Self::Choice(words), Value::Text(text)) => words.contains(&&**text),
            (Self::PixelSize, Value::Numbers(size)) => {
                let is_length = |n: &f64| n.fract() == 0.0 && (1.0..=65535.0).contains(n);
                size.is_empty() || size.len() == 2 && size.iter().all(is_length)
            }
            _ => false,
        }
    }
}

fn is_line(text: &str) -> bool {
    text.len() <= MOST_TEXT_BYTES && !text.contains(char::is_control)
}

impl Row {
    /// What it is at first.
    pub fn default(&self) -> Value {
        (self.get)(&Settings::default())
    }

    /// Whether it may be this.
    ///
    /// # Errors
    /// Where it may not.
    pub fn check(&self, value: &Value) -> Result<(), SettingError> {
        if self.kind.allows(value) {
            return Ok(());
        }
        Err(self.error(value.to_string()))
    }

    /// From what somebody typed.
    ///
    /// # Errors
    /// Where it may not be that.
    pub fn parse(&self, text: &str) -> Result<Value, SettingError> {
        let error = || self.error(format!("'{text}'"));
        let value = match self.kind {
            Kind::Switch => Value::Bool(match text {
                "true" | "on" => true,
                "false" | "off" => false,
                _ => return Err(error()),
            }),
            Kind::Whole { .. } | Kind::Number { .. } => {
                Value::Number(text.trim().parse().map_err(|_| error())?)
            }
            Kind::Text | Kind::Choice(_) => Value::Text(text.into()),
            Kind::PixelSize => {
                let lengths = text.split(['x', 'X', '×', ',']).map(|n| n.trim().parse::<f64>());
                Value::Numbers(lengths.collect::<Result<_, _>>().map_err(|_| error())?)
            }
        };
        self.check(&value).map_err(|_| error())?;
        Ok(value)
    }

    fn error(&self, found: String) -> SettingError {
        SettingError { name: self.name.to_owned(), found, expected: self.kind.expected() }
    }
}

/// The setting of a name.
pub fn row(name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.name == name)
}

impl Settings {
    /// What a setting is: one of [`ROWS`], or `keys.ACTION`. `None` where there is none of that name,
    /// or the action has the key that it had at first.
    pub fn get(&self, name: &str) -> Option<Value> {
        if let Some(action) = name.strip_prefix(KEYS) {
            return self.keys.get(action).map(|key| Value::Text(key.as_str().into()));
        }
        row(name).map(|row| (row.get)(self))
    }

    /// Sets one.
    ///
    /// # Errors
    /// Where there is none of that name, or it may not be that. It is as it was then.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), SettingError> {
        let error = |expected: &str| SettingError {
            name: name.to_owned(),
            found: value.to_string(),
            expected: expected.to_owned(),
        };
        if let Some(action) = name.strip_prefix(KEYS) {
            let is_action = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if action.is_empty() || !action.chars().all(is_action) {
                return Err(error(
                    "keys. and the name of an action, such as keys.toggle_recording",
                ));
            }
            return match value {
                Value::Text(key) if is_line(key) => {
                    self.keys.insert(action.to_owned(), key.to_string());
                    Ok(())
                }
                _ => Err(error("a key, such as \"Ctrl+Shift+R\"")),
            };
        }
        let row = row(name).ok_or_else(|| error("the name of a setting"))?;
        row.check(value)?;
        (row.set)(self, value);
        Ok(())
    }

    /// Gives an action a key. One that it has anyway, as it is `at_first`, is not kept.
    pub fn bind(&mut self, action: &str, key: &str, at_first: &str) {
        if key == at_first {
            self.keys.remove(action);
        } else {
            self.keys.insert(action.to_owned(), key.to_owned());
        }
    }

    /// Everything that is not as it was at first, by name.
    pub fn changed(&self) -> BTreeMap<String, Value> {
        let rows = ROWS.iter().map(|row| (row.name.to_owned(), (row.get)(self), row.default()));
        let rows = rows.filter(|(_, now, at_first)| now != at_first).map(|(n, now, _)| (n, now));
        let keys = self.keys.iter();
        rows.chain(
            keys.map(|(action, key)| (format!("{KEYS}{action}"), Value::Text(key.as_str().into()))),
        )
        .collect()
    }

    /// Whether a recording that has reached its end is played again: either setting says so.
    pub fn loops(&self) -> bool {
        self.loop_playback || self.at_end == AtEnd::Loop
    }
}
