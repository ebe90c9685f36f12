//! A key with what is held down beside it, and its text form (`Ctrl+Shift+R`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A key that is pressed, with what is held down beside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyPress {
    key: String,
    /// Ctrl, or Cmd on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is not a key; expected one such as Ctrl+Shift+R, Space, F5 or ,")]
pub struct NotAKey {
    /// The text as given.
    pub found: String,
}

/// Keys whose text is a sign: their names, and the signs.
const SIGNS: [(&str, &str); 17] = [
    ("Colon", ":"),
    ("Comma", ","),
    ("Minus", "-"),
    ("Period", "."),
    ("Plus", "+"),
    ("Equals", "="),
    ("Semicolon", ";"),
    ("Backslash", "\\"),
    ("Slash", "/"),
    ("Pipe", "|"),
    ("Questionmark", "?"),
    ("Exclamationmark", "!"),
    ("OpenBracket", "["),
    ("CloseBracket", "]"),
    ("OpenCurlyBracket", "{"),
    ("CloseCurlyBracket", "}"),
    ("Backtick", "`"),
];

/// Signs that take Shift on some keyboards and none on others.
const SHIFTED: [&str; 7] = [":", "+", "|", "?", "!", "{", "}"];

impl KeyPress {
    /// A key of the toolkit as a press; `None` for keys that only make sense to it (copy, paste).
    pub fn of(key: egui::Key, held: egui::Modifiers) -> Option<Self> {
        let name = match (key, held.shift) {
            (egui::Key::Slash, true) => "?",
            (egui::Key::Copy | egui::Key::Cut | egui::Key::Paste, _) => return None,
            (key, _) => key.name(),
        };
        let key = canonical(name)?;
        let shift = held.shift && !SHIFTED.contains(&key.as_str());
        Some(Self { key, ctrl: held.ctrl || held.command || held.mac_cmd, shift, alt: held.alt })
    }

    /// The key alone, as its text has it: `R`, `Space`, `,`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether it would type something, or move in a text.
    pub fn is_for_texts(&self) -> bool {
        !(self.ctrl || self.alt || self.is_function() || self.key == "Esc")
    }

    /// Whether it is one of the keys F1 to F35.
    pub fn is_function(&self) -> bool {
        self.key.len() > 1 && self.key.starts_with('F')
    }
}

/// The one way a key is written; `None` where there is no such key.
fn canonical(name: &str) -> Option<String> {
    if let Some((_, sign)) = SIGNS.iter().find(|(known, sign)| *known == name || *sign == name) {
        return Some((*sign).to_owned());
    }
    let known = egui::Key::ALL.iter().find(|key| key.name().eq_ignore_ascii_case(name));
    let known = known.copied().or_else(|| egui::Key::from_name(name))?;
    match known {
        egui::Key::Copy | egui::Key::Cut | egui::Key::Paste => None,
        egui::Key::Escape => Some("Esc".to_owned()),
        key => match SIGNS.iter().find(|(known, _)| *known == key.name()) {
            Some((_, sign)) => Some((*sign).to_owned()),
            None => Some(key.name().to_owned()),
        },
    }
}

impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")];
        for (_, name) in held.into_iter().filter(|(is_held, _)| *is_held) {
            f.write_str(name)?;
        }
        f.write_str(&self.key)
    }
}

impl FromStr for KeyPress {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let error = || NotAKey { found: text.to_owned() };
        let mut press = Self { key: String::new(), ctrl: false, shift: false, alt: false };
        let mut rest = text.trim();
        // A plus sign alone is a key.
        while let Some((held, more)) = rest.split_once('+').filter(|(held, _)| !held.is_empty()) {
            match held.trim().to_ascii_lowercase().as_str() {
                "ctrl" | "cmd" | "control" | "command" => press.ctrl = true,
                "shift" => press.shift = true,
                "alt" | "option" => press.alt = true,
                _ => return Err(error()),
            }
            rest = more.trim_start();
        }
        press.key = canonical(rest).ok_or_else(error)?;
        press.shift &= !SHIFTED.contains(&press.key.as_str());
        Ok(press)
    }
}

impl TryFrom<String> for KeyPress {
    type Error = NotAKey;

    fn try_from(text: String) -> Result<Self, NotAKey> {
        text.parse()
    }
}

impl From<KeyPress> for String {
    fn from(press: KeyPress) -> Self {
        press.to_string()
    }
}
