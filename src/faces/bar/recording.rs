//! The bar's row while a recording is being made: that it is, how far, and how to end it.

use egui::{Align, Color32, Layout, RichText, Ui, vec2};
use skyreel_core::command::{Command, RecordCommand};
use skyreel_core::snapshot::RecordingView;

use super::icons::{self, Icon};
use super::strip::key_hint;
use super::widgets::{self, IconButton};
use super::{style, words};
use crate::keys::KeyMap;

/// How often the red dot comes and goes in a second.
const PULSES_HZ: f64 = 0.8;

/// Below this width the row becomes two, points.
const ONE_ROW: f32 = 700.0;

/// The row's own state.
#[derive(Debug, Default)]
pub(super) struct RecordingRow {
    /// Whether it was asked to throw the recording away, and is to be asked again.
    asks_discard: bool,
    /// Of which recording.
    name: String,
}

impl RecordingRow {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        view: &RecordingView,
        keys: &KeyMap,
        say: &mut Vec<Command>,
    ) {
        if self.name != view.name {
            *self = Self { asks_discard: false, name: view.name.clone() };
        }
        let mut tell = |command| say.push(Command::Record(command));
        let is_one_row = ui.available_width() >= ONE_ROW;
        ui.horizontal(|ui| {
            show_state(ui, view);
            if !is_one_row {
                return;
            }
            show_facts(ui, view);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                self.show_buttons(ui, view, keys, &mut tell);
                show_name(ui, view);
            });
        });
        if !is_one_row {
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.show_buttons(ui, view, keys, &mut tell);
                    show_facts(ui, view);
                });
            });
        }
    }

    /// From the right.
    fn show_buttons(
        &mut self,
        ui: &mut Ui,
        view: &RecordingView,
        keys: &KeyMap,
        tell: &mut impl FnMut(RecordCommand),
    ) {
        if self.asks_discard {
            self.ask(ui, tell);
            return;
        }
        let hover = key_hint("End the recording and keep it", keys, "record");
        if widgets::red_button(ui, "Stop recording", &hover).clicked() {
            tell(RecordCommand::Stop {});
        }
        let discard = IconButton::new(Icon::Trash, "Discard recording");
        if ui.add(discard.hover("Throw this recording away; asks first")).clicked() {
            self.asks_discard = true;
        }
        let (icon, name, hover, command) = if view.paused {
            (Icon::Play, "Resume recording", "Record on", RecordCommand::Resume {})
        } else {
            let hover = "Leave out what happens until it goes on";
            (Icon::Pause, "Pause recording", hover, RecordCommand::Pause {})
        };
        if ui.add(IconButton::new(icon, name).hover(hover)).clicked() {
            tell(command);
        }
        let mark = IconButton::new(Icon::Flag, "Mark this moment");
        if ui.add(mark.hover(key_hint("Mark this moment", keys, "mark"))).clicked() {
            let name = format!("Mark at {}", words::hours(view.elapsed));
            tell(RecordCommand::Mark { name, text: None });
        }
    }

    /// From the right.
    fn ask(&mut self, ui: &mut Ui, tell: &mut impl FnMut(RecordCommand)) {
        if widgets::red_button(ui, "Throw away", "It cannot be brought back").clicked() {
            self.asks_discard = false;
            tell(RecordCommand::Discard {});
        }
        if widgets::button(ui, "Go on recording", "Nothing is lost").clicked() {
            self.asks_discard = false;
        }
        ui.label(RichText::new("Throw this recording away?").color(style::AMBER));
    }
}

fn show_state(ui: &mut Ui, view: &RecordingView) {
    dot(ui, view.paused);
    let (state, colour) =
        if view.paused { ("Paused", style::AMBER) } else { ("Recording", style::RED) };
    ui.label(RichText::new(state).strong().color(colour));
    let elapsed = RichText::new(words::hours(view.elapsed)).text_style(style::digits());
    ui.label(elapsed.color(Color32::WHITE)).on_hover_text("How long the recording is");
}

fn show_facts(ui: &mut Ui, view: &RecordingView) {
    let facts = format!("{} · {} frames", words::bytes(view.bytes), words::count(view.frames));
    let facts = egui::Label::new(RichText::new(facts).color(style::WEAK)).truncate();
    ui.add(facts).on_hover_text("How large it is, and how many frames it has");
}

fn show_name(ui: &mut Ui, view: &RecordingView) {
    let name = egui::Label::new(RichText::new(&view.name).color(style::WEAK)).truncate();
    ui.add(name).on_hover_text(&view.name);
}

/// The red dot, which comes and goes while something is recorded.
fn dot(ui: &mut Ui, is_paused: bool) {
    let (rect, _) = ui.allocate_exact_size(vec2(18.0, 20.0), egui::Sense::hover());
    if is_paused {
        icons::paint(ui.painter(), rect, Icon::Pause, style::AMBER);
        return;
    }
    let time_s = ui.input(|input| input.time);
    let wave = (time_s * PULSES_HZ * std::f64::consts::TAU).cos() as f32;
    let strength = 0.7 + 0.3 * wave;
    let painter = ui.painter();
    painter.circle_filled(rect.center(), 8.0, style::RED.gamma_multiply(0.25 * strength));
    painter.circle_filled(rect.center(), 5.0, style::RED.gamma_multiply(strength));
    ui.ctx().request_repaint_after_secs(0.05);
}
