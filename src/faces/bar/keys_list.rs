//! The keys as a list, each to be changed by pressing another.

use egui::{RichText, TextStyle, Ui};
use skyreel_core::command::Command;
use skyreel_core::settings::KEYS;

use super::icons::Icon;
use super::settings_panel::set;
use super::style;
use super::widgets::{self, IconButton};
use crate::keys::{Action, KeyMap, KeyPress, NO_KEY, When, action, key_text};

/// Which action waits for its key.
#[derive(Debug, Default)]
pub(super) struct KeysList {
    waiting: Option<&'static str>,
    fault: Option<(&'static str, String)>,
}

impl KeysList {
    pub(super) fn captures(&self) -> bool {
        self.waiting.is_some()
    }

    pub(super) fn stop_capture(&mut self) {
        self.waiting = None;
    }

    /// Esc leaves the key as it is; Backspace takes it away.
    pub(super) fn capture(&mut self, press: &KeyPress, keys: &KeyMap, say: &mut Vec<Command>) {
        let Some(action) = self.waiting.take().and_then(action) else { return };
        self.fault = None;
        match press.to_string().as_str() {
            "Esc" => {}
            "Backspace" => say.push(set_key(action, NO_KEY.to_owned())),
            text => match keys.taken(action, press) {
                Some(other) => {
                    let fault = format!("{text} is already the key of '{}'", other.help);
                    self.fault = Some((action.name, fault));
                }
                None => say.push(set_key(action, text.to_owned())),
            },
        }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, keys: &KeyMap, say: &mut Vec<Command>) {
        for conflict in keys.conflicts() {
            let wanted_by = conflict.wanted_by.help;
            widgets::fault(ui, &format!("{conflict}; '{wanted_by}' has none"));
        }
        for when in When::ALL {
            ui.label(RichText::new(when.title()).small().color(style::WEAK));
            for (action, key) in keys.rows().filter(|(action, _)| action.when == when) {
                self.show_key(ui, action, key, say);
            }
        }
    }

    fn show_key(
        &mut self,
        ui: &mut Ui,
        action: &'static Action,
        key: Option<&KeyPress>,
        say: &mut Vec<Command>,
    ) {
        let is_waiting = self.waiting == Some(action.name);
        let name = format!("Key for {}", action.help);
        let (response, ()) = widgets::row(ui, &name, style::ROW, is_waiting, |ui, rect| {
            if key_text(key) != action.key {
                let label = format!("Default key for {}", action.help);
                let reset = IconButton::new(Icon::Undo, &label);
                if ui.add(reset.hover(format!("Back to {}", action.key))).clicked() {
                    say.push(set_key(action, action.key.to_owned()));
                }
            }
            let (text, colour) = match (is_waiting, key) {
                (true, _) => ("press a key…".to_owned(), style::AMBER),
                (_, Some(key)) => (key.to_string(), style::ACCENT),
                _ => ("no key".to_owned(), style::WEAK),
            };
            ui.label(RichText::new(text).monospace().color(colour));
            let left = ui.min_rect().left() - 4.0;
            let text = egui::Rect::from_min_max(rect.min, egui::pos2(left, rect.bottom()));
            widgets::paint_text(ui, text, action.help, TextStyle::Button, style::TEXT);
        });
        let hover = "Click, then press a key. Esc leaves it as it is, Backspace takes it away";
        if response.on_hover_text(hover).clicked() {
            self.waiting = (!is_waiting).then_some(action.name);
            self.fault = None;
        }
        if let Some((at, fault)) = &self.fault
            && *at == action.name
        {
            widgets::fault(ui, fault);
        }
    }
}

fn set_key(action: &Action, text: String) -> Command {
    set(&format!("{KEYS}{}", action.name), skyreel_core::value::Value::Text(text.into()))
}
