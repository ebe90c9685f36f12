//! The console: what was said, a field to say more, the scripts that run. It keeps what is typed and
//! what was; what becomes of it is for whoever obeys commands.

mod field;
mod history;
mod language;
mod lines;
mod offer;
mod tokens;

use egui::{Key, Modifiers, RichText, ScrollArea, TextStyle, Ui};
use skyreel_core::command::{Command, ScriptCommand};
use skyreel_core::snapshot::{ConsoleView, RunningScript};

use super::icons::Icon;
use super::strip::key_hint;
use super::widgets::{self, IconButton};
use super::{Shown, style, words};
use field::{Asked, Field, Known};
use lines::Lines;

pub use language::Language;

/// How many lines of what was typed are offered by a search.
const MOST_FOUND: usize = 100;

/// What is typed, searched for and selected.
#[derive(Debug, Default)]
pub(super) struct ConsolePanel {
    field: Field,
    lines: Lines,
    /// What is searched for among what was typed, and which of what fits is chosen.
    found: Option<(String, usize)>,
    wants_focus: bool,
    wants_search: bool,
}

impl ConsolePanel {
    pub(super) fn history(&self) -> &[String] {
        self.field.history.entries()
    }

    pub(super) fn set_history(&mut self, history: Vec<String>) {
        self.field.history.set(history);
    }

    pub(super) fn is_field_empty(&self) -> bool {
        self.field.typed.is_empty()
    }

    pub(super) fn has_focus(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.has_focus(field::id()))
    }

    /// The field has the keyboard from the next frame on.
    pub(super) fn take_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Shows the console; true where it is to be closed.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        shown: &Shown<'_>,
        complaint: Option<&str>,
        say: &mut Vec<Command>,
    ) -> bool {
        let view = &shown.snapshot.console;
        // What is typed while this is open is for nobody else, wherever was clicked before.
        let is_free = ui.memory(|memory| memory.focused().is_none());
        if std::mem::take(&mut self.wants_focus) || is_free && self.found.is_none() {
            ui.memory_mut(|memory| memory.request_focus(field::id()));
        }
        let mut closes = self.show_head(ui, shown, view);
        if let Some(complaint) = complaint {
            widgets::fault(ui, complaint);
        }
        let row = ui.text_style_height(&TextStyle::Monospace);
        let field = self.field.rows() as f32 * row + 10.0;
        let gap = ui.spacing().item_spacing.y;
        let running = if view.running.is_empty() { 0.0 } else { 26.0 + gap };
        let usage = ui.text_style_height(&TextStyle::Small);
        let below = field + gap + running + usage + gap;
        let list = (ui.available_height() - below).max(20.0);
        let gap_before = ui.spacing().item_spacing;
        ui.scope(|ui| self.lines.show(ui, list, &view.lines));
        ui.spacing_mut().item_spacing = gap_before;
        if !view.running.is_empty() {
            show_running(ui, &view.running, say);
        }
        let place = field::place(ui, field);
        let known = Known {
            language: shown.language,
            words: &view.words,
            properties: &shown.snapshot.scene.properties,
        };
        for asked in self.field.show(ui, field, known) {
            match asked {
                Asked::Run(code) => {
                    self.lines.unselect();
                    // What comes of it is to be seen.
                    self.lines.search.clear();
                    say.push(Command::Script(ScriptCommand::Run { code, name: None, wait: false }));
                }
                Asked::Close => closes = true,
                Asked::Clear => self.lines.clear_view(&view.lines),
                Asked::SearchLines => self.wants_search = true,
                Asked::SearchHistory => self.found = Some((String::new(), 0)),
                Asked::Copy => self.copy_or_stop(ui, view, say),
            }
        }
        if self.found.is_some() {
            self.show_found(ui, place);
        } else {
            self.field.show_usage(ui, known);
        }
        closes
    }

    fn show_head(&mut self, ui: &mut Ui, shown: &Shown<'_>, view: &ConsoleView) -> bool {
        let mut closes = false;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Console").heading().strong());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let hover =
                    key_hint("Esc closes it too; what is typed stays", shown.keys, "console");
                let close = IconButton::new(Icon::Close, "Close console").hover(hover);
                closes = ui.add(close).clicked();
                let clear = IconButton::new(Icon::Erase, "Clear view");
                let hover = "What was said until now is not shown any more (Ctrl+L)";
                if ui.add(clear.hover(hover)).clicked() {
                    self.lines.clear_view(&view.lines);
                }
                let copy = IconButton::new(Icon::Copy, "Copy lines");
                let hover = "Copy what is selected, or all that the search leaves (Ctrl+C)";
                if ui.add(copy.hover(hover)).clicked() {
                    let selected = self.lines.selected_text(&view.lines);
                    let all = || self.lines.all_text(&view.lines);
                    ui.copy_text(selected.unwrap_or_else(all));
                }
                let width = (ui.available_width() - 8.0).clamp(24.0, 220.0);
                let hover = "Only lines with all these words (Ctrl+F)";
                let hint = "Search";
                let typed = &mut self.lines.search;
                let field =
                    widgets::field_of(ui, typed, "Search console", hint, hover, width - 16.0);
                if std::mem::take(&mut self.wants_search) {
                    field.request_focus();
                }
                let is_left = field.lost_focus()
                    && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
                let hidden = self.lines.hidden();
                if is_left || hidden > 0 && show_hidden(ui, hidden) {
                    self.lines.search.clear();
                }
            });
        });
        closes
    }

    fn copy_or_stop(&mut self, ui: &Ui, view: &ConsoleView, say: &mut Vec<Command>) {
        if let Some(text) = self.lines.selected_text(&view.lines) {
            ui.copy_text(text);
        } else if let Some(last) = view.running.last() {
            say.push(stop(last));
        }
    }

    /// What was typed before and fits a search, above the field.
    fn show_found(&mut self, ui: &mut Ui, place: egui::Rect) {
        let Some((typed, chosen)) = &mut self.found else { return };
        let pressed = |key, held| ui.input_mut(|input| input.consume_key(held, key));
        let (is_cancelled, is_taken) =
            (pressed(Key::Escape, Modifiers::NONE), pressed(Key::Enter, Modifiers::NONE));
        let is_older = pressed(Key::R, Modifiers::COMMAND) | pressed(Key::ArrowUp, Modifiers::NONE);
        let is_newer = pressed(Key::ArrowDown, Modifiers::NONE);
        let found = self.field.history.search(typed, MOST_FOUND);
        if is_older {
            *chosen += 1;
        }
        if is_newer {
            *chosen = chosen.saturating_sub(1);
        }
        *chosen = (*chosen).min(found.len().saturating_sub(1));
        // The latest stands lowest, next to what is typed.
        let lines: Vec<String> = found.iter().rev().map(|text| text.replace('\n', " ⏎ ")).collect();
        let rows: Vec<(&str, &str)> = lines.iter().map(|line| (line.as_str(), "")).collect();
        let row = rows.len().saturating_sub(1).saturating_sub(*chosen);
        let help = if rows.is_empty() { "Nothing that was typed fits" } else { "" };
        let at = place.min - egui::vec2(-8.0, 4.0);
        let picked = offer::list(ui.ctx(), "skyreel history", at, &rows, row, help);
        let picked = picked.map(|row| rows.len() - 1 - row).or(is_taken.then_some(*chosen));
        let text = picked.and_then(|index| found.get(index)).map(|text| (*text).to_owned());
        let hint = "Search in what was typed; Enter takes it, Ctrl+R goes farther back";
        let search = egui::TextEdit::singleline(typed)
            .hint_text(RichText::new(hint).small().color(style::WEAK))
            .font(TextStyle::Small)
            .frame(egui::Frame::NONE)
            .desired_width(f32::INFINITY);
        let search = widgets::named(ui.add(search), "Search history");
        if search.changed() {
            *chosen = 0;
        }
        search.request_focus();
        if let Some(text) = text {
            self.field.put(ui.ctx(), text);
        }
        if picked.is_some() || is_cancelled || is_taken {
            self.found = None;
            ui.memory_mut(|memory| memory.request_focus(field::id()));
        }
    }
}

/// Tells how much a search leaves out; true where all is to be shown again.
fn show_hidden(ui: &mut Ui, hidden: usize) -> bool {
    let lines = if hidden == 1 { "line is" } else { "lines are" };
    let text = format!("{} {lines} hidden", words::count(hidden as u64));
    let hover = "The search leaves them out; a click shows all again (Esc in the search)";
    widgets::button(ui, &text, hover).clicked()
}

fn stop(script: &RunningScript) -> Command {
    Command::Script(ScriptCommand::Stop { script: Some(script.script) })
}

/// The scripts that run, what each waits for, and what ends it.
fn show_running(ui: &mut Ui, running: &[RunningScript], say: &mut Vec<Command>) {
    let row = ScrollArea::horizontal().id_salt("running").max_height(26.0);
    row.auto_shrink([false, true]).show(ui, |ui| {
        ui.horizontal(|ui| {
            for script in running {
                ui.spacing_mut().item_spacing.x = 4.0;
                let name = format!("Stop {} ({})", script.name, script.script);
                let button = IconButton::new(Icon::Stop, &name).colour(style::RED);
                if ui.add(button.hover("End this script; Ctrl+C ends the last")).clicked() {
                    say.push(stop(script));
                }
                ui.label(RichText::new(&script.name).color(style::VIOLET));
                ui.label(RichText::new(&script.does).small().color(style::WEAK));
                ui.add_space(12.0);
            }
        });
    });
}
