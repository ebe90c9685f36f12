//! Settings as the interface shows them. What they are and where they are kept is the program's.

use skyreel_core::value::Value;

/// A setting, as it is now.
#[derive(Clone, Debug, PartialEq)]
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

/// What a setting can be.
#[derive(Clone, Debug, PartialEq)]
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

/// What the name of a setting begins with that holds the key of an action: `keys.record`.
pub const KEY_SETTING: &str = "keys.";
