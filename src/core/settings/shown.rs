//! Settings as faces show them. Where they are kept is the program's.

use serde::Serialize;

use super::{KEYS, Kind, ROWS, Row, Settings};
use crate::value::Value;

/// A setting, as it is now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingRow {
    /// Its name, as `window.setting` takes it.
    pub name: String,
    /// What it is for, one sentence.
    pub help: String,
    /// What it can be.
    pub kind: SettingKind,
    /// Its unit, may be empty.
    pub unit: String,
    /// What it is.
    pub value: Value,
    /// What it is where nobody has changed it.
    pub default: Value,
}

impl SettingRow {
    /// All settings that somebody sets by hand, as they are now; behind them the keys of actions that have
    /// others than they had at first. What an action's key is at first is known to whoever has the actions.
    pub fn all(settings: &Settings) -> Vec<Self> {
        let rows = ROWS.iter().filter_map(|row| Self::new(row, settings));
        rows.chain(settings.keys.iter().map(|(action, key)| Self::of_key(action, key))).collect()
    }

    fn of_key(action: &str, key: &str) -> Self {
        Self {
            name: format!("{KEYS}{action}"),
            help: "Key of an action; empty: none".to_owned(),
            kind: SettingKind::Text,
            unit: String::new(),
            value: key.into(),
            default: "".into(),
        }
    }

    fn new(row: &Row, settings: &Settings) -> Option<Self> {
        let kind = match row.kind {
            _ if !row.is_set_by_hand => return None,
            Kind::Switch => SettingKind::Switch,
            Kind::Whole { most } => {
                SettingKind::Number { least: 0.0, greatest: most as f64, is_whole: true }
            }
            Kind::Number { least, most } => {
                SettingKind::Number { least, greatest: most, is_whole: false }
            }
            Kind::Text if row.name.ends_with("folder") => SettingKind::Folder,
            Kind::Text => SettingKind::Text,
            Kind::Choice(words) => {
                SettingKind::Choice(words.iter().map(|word| (*word).to_owned()).collect())
            }
            Kind::PixelSize => return None,
        };
        let default = row.default();
        Some(Self {
            name: row.name.to_owned(),
            help: row.help.to_owned(),
            kind,
            unit: row.unit.to_owned(),
            value: settings.get(row.name).unwrap_or_else(|| default.clone()),
            default,
        })
    }
}

/// What a setting can be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// On or off.
    Switch,
    /// A number between two limits.
    Number {
        /// The least.
        least: f64,
        /// The greatest.
        greatest: f64,
        /// Whether only whole numbers will do.
        is_whole: bool,
    },
    /// A line of text.
    Text,
    /// The path of a folder.
    Folder,
    /// One of several words.
    Choice(Vec<String>),
}
