//! Settings, and the keys.

use std::collections::BTreeMap;

use egui::{DragValue, RichText, Ui};
use skyreel_core::command::{Command, WindowCommand};
use skyreel_core::settings::{KEYS, SettingKind, SettingRow};
use skyreel_core::value::Value;

use super::icons::Icon;
use super::keys_list::KeysList;
use super::widgets::{self, IconButton};
use super::{Entrance, Shown, style, words};
use crate::keys::{KeyMap, KeyPress};

/// How a browser comes in.
fn show_browser(ui: &mut Ui, browser: &Entrance<'_>, say: &mut Vec<Command>) {
    widgets::title(ui, "Browser menu");
    ui.horizontal(|ui| {
        if widgets::button(ui, "Open in browser", "The same menu as a page").clicked() {
            say.push(Command::Window(WindowCommand::Browser {}));
        }
        ui.label(RichText::new(browser.code).color(style::TEXT).monospace());
    });
    let help = format!(
        "Or open {} and type this code; it is good on this machine until Skyreel ends.",
        browser.address
    );
    widgets::remark(ui, &help);
    ui.add_space(6.0);
}

/// What is typed.
#[derive(Debug, Default)]
pub(super) struct SettingsPanel {
    /// Texts that are not entered yet, by the setting's name.
    typed: BTreeMap<String, String>,
    keys: KeysList,
}

impl SettingsPanel {
    /// Whether the next key is to be an action's.
    pub(super) fn captures(&self) -> bool {
        self.keys.captures()
    }

    /// Waits for no key any more.
    pub(super) fn stop_capture(&mut self) {
        self.keys.stop_capture();
    }

    /// Takes the key that was waited for.
    pub(super) fn capture(&mut self, press: &KeyPress, keys: &KeyMap, say: &mut Vec<Command>) {
        self.keys.capture(press, keys, say);
    }

    pub(super) fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>, say: &mut Vec<Command>) {
        if let Some(browser) = &shown.browser {
            show_browser(ui, browser, say);
        }
        // The keys have a list of their own, which they are captured in.
        let is_key = |setting: &&SettingRow| setting.name.starts_with(KEYS);
        for setting in shown.settings.iter().filter(|setting| !is_key(setting)) {
            if let Some(value) = self.show_setting(ui, setting) {
                say.push(set(&setting.name, value));
            }
            ui.add_space(4.0);
        }
        widgets::title(ui, "Keys");
        ui.spacing_mut().item_spacing.y = 1.0;
        self.keys.show(ui, shown.keys, say);
    }

    fn show_setting(&mut self, ui: &mut Ui, setting: &SettingRow) -> Option<Value> {
        let mut new = None;
        let name = spoken(&setting.name, &setting.unit);
        let has_own_line = matches!(setting.kind, SettingKind::Text | SettingKind::Folder);
        if has_own_line {
            ui.label(RichText::new(&name).color(style::TEXT));
        }
        ui.horizontal(|ui| {
            if !has_own_line && setting.kind != SettingKind::Switch {
                ui.label(RichText::new(&name).color(style::TEXT));
            }
            new = self.show_value(ui, &name, setting);
            if setting.value != setting.default {
                let label = format!("Default {name}");
                let reset = IconButton::new(Icon::Undo, &label);
                if ui.add(reset.hover(format!("Back to {}", setting.default))).clicked() {
                    self.typed.remove(&setting.name);
                    new = Some(setting.default.clone());
                }
            }
        });
        widgets::remark(ui, &setting.help);
        new
    }

    fn show_value(&mut self, ui: &mut Ui, name: &str, setting: &SettingRow) -> Option<Value> {
        match (&setting.kind, &setting.value) {
            (SettingKind::Switch, value) => {
                let mut is_on = *value == Value::Bool(true);
                widgets::check(ui, &mut is_on, name, &setting.help).then_some(Value::Bool(is_on))
            }
            (SettingKind::Number { least, greatest, is_whole }, Value::Number(value)) => {
                let mut number = *value;
                let speed = (value.abs() * 0.01).max(if *is_whole { 0.2 } else { 0.01 });
                let mut field = DragValue::new(&mut number)
                    .range(*least..=*greatest)
                    .speed(speed)
                    .update_while_editing(false);
                if *is_whole {
                    let digits = |number: f64, _| {
                        let sign = if number < 0.0 { "-" } else { "" };
                        format!("{sign}{}", words::count(number.abs() as u64))
                    };
                    let parse = |text: &str| text.replace([',', ' '], "").parse().ok();
                    field = field.max_decimals(0).custom_formatter(digits).custom_parser(parse);
                }
                if !setting.unit.is_empty() {
                    field = field.suffix(format!(" {}", setting.unit));
                }
                let field = widgets::named(ui.add(field), name).on_hover_text(&setting.help);
                let number = if *is_whole { number.round() } else { number };
                (field.changed() && number != *value).then_some(Value::Number(number))
            }
            (SettingKind::Choice(words), value) => {
                let texts: Vec<(usize, &str)> =
                    words.iter().map(String::as_str).enumerate().collect();
                let chosen =
                    words.iter().position(|word| *value == Value::Text(word.as_str().into()));
                let chosen = chosen.unwrap_or(usize::MAX);
                let index = widgets::choice(ui, name, &setting.help, &texts, chosen)?;
                words.get(index).map(|word| Value::Text(word.as_str().into()))
            }
            (_, value) => self.show_text(ui, name, setting, value),
        }
    }

    fn show_text(
        &mut self,
        ui: &mut Ui,
        name: &str,
        setting: &SettingRow,
        value: &Value,
    ) -> Option<Value> {
        let now = match value {
            Value::Text(text) => text.to_string(),
            other => other.to_string(),
        };
        let is_typed = self.typed.contains_key(&setting.name);
        let mut text = self.typed.get(&setting.name).cloned().unwrap_or_else(|| now.clone());
        let width = (ui.available_width() - 90.0).max(80.0);
        let hint = if setting.kind == SettingKind::Folder { "default folder" } else { "" };
        let hover = format!("{}. Enter to change it", setting.help);
        let field = widgets::field_of(ui, &mut text, name, hint, &hover, width);
        let is_entered = widgets::is_entered(ui, &field);
        let label = format!("Apply {name}");
        let is_different = is_typed && text != now;
        let apply = is_different
            && widgets::named(ui.button("Apply"), &label).on_hover_text("Change it").clicked();
        if field.changed() {
            self.typed.insert(setting.name.clone(), text.clone());
        }
        if is_entered || apply {
            self.typed.remove(&setting.name);
            return (text != now).then(|| Value::Text(text.trim().into()));
        }
        None
    }
}

/// The command that changes a setting.
pub(super) fn set(name: &str, value: Value) -> Command {
    Command::Window(WindowCommand::Setting { name: name.to_owned(), value })
}

/// A setting's name as people read it, its unit beside its value: `instant_replay_s` → `Instant replay`.
fn spoken(name: &str, unit: &str) -> String {
    let bare = name.strip_suffix(unit).and_then(|bare| bare.strip_suffix('_'));
    let words = bare.unwrap_or(name).replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
