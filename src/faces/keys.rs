//! Which key does what: a map from keys to actions, with what a person has changed in it. No screen, no
//! toolkit; the one function that knows one is in `press`.

mod actions;
mod press;

use std::collections::BTreeMap;

use skyreel_core::snapshot::ModeView;

pub use actions::{ACTIONS, Action, Does, When, action};
pub use press::{KeyPress, NotAKey};

/// What stands in the settings where an action has no key.
pub const NO_KEY: &str = "none";

/// The keys of all actions.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyMap {
    /// One for each row of [`ACTIONS`], in its order.
    keys: Vec<Option<KeyPress>>,
}

/// Two actions of one key, of which one can never be reached.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{press} is already the key of '{}'", .taken_by.help)]
pub struct Conflict {
    /// The key.
    pub press: KeyPress,
    /// The action that has it.
    pub taken_by: &'static Action,
    /// The action that would have it too.
    pub wanted_by: &'static Action,
}

/// A line of the settings' keys that cannot be followed. The action keeps its own key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// No such action.
    #[error("there is no action '{found}' that could have a key")]
    UnknownAction {
        /// The name as given.
        found: String,
    },
    /// A text that names no key.
    #[error("the key of '{action}': {fault}")]
    NotAKey {
        /// The action's name.
        action: &'static str,
        /// What is wrong.
        fault: NotAKey,
    },
}

impl Default for KeyMap {
    /// Every action with the key it comes with.
    fn default() -> Self {
        Self { keys: ACTIONS.iter().map(own_key).collect() }
    }
}

impl KeyMap {
    /// The map with a person's differences: texts of keys by names of actions. A line that cannot be
    /// followed is told and passed over.
    pub fn new(differences: &BTreeMap<String, String>) -> (Self, Vec<KeyFault>) {
        let mut map = Self::default();
        let mut faults = Vec::new();
        for (name, text) in differences {
            let Some(index) = ACTIONS.iter().position(|action| action.name == name) else {
                faults.push(KeyFault::UnknownAction { found: name.clone() });
                continue;
            };
            match parse_key(text) {
                Ok(key) => map.keys[index] = key,
                Err(fault) => {
                    faults.push(KeyFault::NotAKey { action: ACTIONS[index].name, fault });
                }
            }
        }
        (map, faults)
    }

    /// What differs from the keys that actions come with, as `new` takes it.
    pub fn differences(&self) -> BTreeMap<String, String> {
        let differs = self.rows().filter(|(action, key)| own_key(action).as_ref() != *key);
        differs.map(|(action, key)| (action.name.to_owned(), key_text(key))).collect()
    }

    /// All actions and their keys, in the order in which help shows them.
    pub fn rows(&self) -> impl Iterator<Item = (&'static Action, Option<&KeyPress>)> {
        ACTIONS.iter().zip(self.keys.iter().map(Option::as_ref))
    }

    /// The key of an action, by its name.
    pub fn key_of(&self, name: &str) -> Option<&KeyPress> {
        self.rows().find(|(action, _)| action.name == name).and_then(|(_, key)| key)
    }

    /// What a key does while the session does what it does.
    pub fn command(&self, press: &KeyPress, mode: &ModeView) -> Option<&'static Action> {
        let fits = |(action, key): &(&Action, Option<&KeyPress>)| {
            *key == Some(press) && action.when.holds(mode)
        };
        self.rows().find(fits).map(|(action, _)| action)
    }

    /// Gives an action another key; `None`: no key.
    ///
    /// # Errors
    /// Where another action has that key at the same time. Nothing changes then.
    pub fn bind(
        &mut self,
        action: &'static Action,
        press: Option<KeyPress>,
    ) -> Result<(), Conflict> {
        if let Some(press) = &press
            && let Some(taken_by) = self.taken(action, press)
        {
            return Err(Conflict { press: press.clone(), taken_by, wanted_by: action });
        }
        if let Some(index) = ACTIONS.iter().position(|row| row.name == action.name) {
            self.keys[index] = press;
        }
        Ok(())
    }

    /// Another action that has a key where this one would want it.
    pub fn taken(&self, action: &Action, press: &KeyPress) -> Option<&'static Action> {
        let others = self.rows().filter(|(other, key)| {
            other.name != action.name && *key == Some(press) && other.when.meets(action.when)
        });
        others.map(|(other, _)| other).next()
    }

    /// All pairs of actions that have one key at the same time.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let rows: Vec<_> = self.rows().collect();
        let mut conflicts = Vec::new();
        for (index, (wanted_by, key)) in rows.iter().enumerate() {
            let Some(press) = key else { continue };
            let earlier = rows[..index].iter().find(|(other, other_key)| {
                *other_key == Some(*press) && other.when.meets(wanted_by.when)
            });
            if let Some((taken_by, _)) = earlier {
                conflicts.push(Conflict { press: (*press).clone(), taken_by, wanted_by });
            }
        }
        conflicts
    }
}

/// A key as settings have it; empty or `none`: no key.
///
/// # Errors
/// Where the text names no key.
pub fn parse_key(text: &str) -> Result<Option<KeyPress>, NotAKey> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case(NO_KEY) {
        return Ok(None);
    }
    text.parse().map(Some)
}

/// A key as settings have it.
pub fn key_text(key: Option<&KeyPress>) -> String {
    key.map_or(NO_KEY.to_owned(), ToString::to_string)
}

fn own_key(action: &Action) -> Option<KeyPress> {
    action.key.parse().ok()
}
