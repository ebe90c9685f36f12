//! The bar's row while a recording is being made: that it is, how far, and how to end it.

use egui::{Color32, RichText, Ui, vec2};
use skyreel_core::command::{Command, RecordCommand};
use skyreel_core::snapshot::RecordingView;

use super::icons::{self, Icon};
use super::strip::key_hint;
use super::widgets::{self, IconButton};
use super::{style, words};
use crate::keys::KeyMap;

/// How often the red dot comes and goes in a second.
const PULSES_HZ: f64 = 0.8;

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
        widgets::flow(ui, |ui| {
            dot(ui, view.paused);
            let (state, colour) =
                if view.paused { ("Paused", style::AMBER) } else { ("Recording", style::RED) };
            ui.label(RichText::new(state).strong().color(colour));
            let elapsed = RichText::new(words::hours(view.elapsed)).text_style(style::digits());
            ui.label(elapsed.color(Color32::WHITE)).on_hover_text("How long the recording is");
            let facts =
                format!("{} · {} frames", words::bytes(view.bytes), words::count(view.frames));
            ui.label(RichText::new(facts).color(style::WEAK))
                .on_hover_text("How large it is, and how many frames it has");
            let name = egui::Label::new(RichText::new(&view.name).color(style::WEAK)).truncate();
            ui.add_sized(vec2(80.0_f32.max(ui.available_width() - 460.0).min(260.0), 20.0), name)
                .on_hover_text(&view.name);
            if self.asks_discard {
                self.ask(ui, &mut tell);
                return;
            }
            let mark = IconButton::new(Icon::Flag, "Mark this moment");
            if ui.add(mark.hover(key_hint("Mark this moment", keys, "mark"))).clicked() {
                let name = format!("Mark at {}", words::hours(view.elapsed));
                tell(RecordCommand::Mark { name, text: None });
            }
            if view.paused {
                let resume = IconButton::new(Icon::Play, "Resume recording");
                if ui.add(resume.hover("Record on")).clicked() {
                    tell(RecordCommand::Resume {});
                }
            } else {
                let pause = IconButton::new(Icon::Pause, "Pause recording");
                if ui.add(pause.hover("Leave out what happens until it goes on")).clicked() {
                    tell(RecordCommand::Pause {});
                }
            }
            let discard = IconButton::new(Icon::Trash, "Discard recording");
            if ui.add(discard.hover("Throw this recording away; asks first")).clicked() {
                self.asks_discard = true;
            }
            let hover = key_hint("End the recording and keep it", keys, "record");
            if widgets::red_button(ui, "Stop recording", &hover).clicked() {
                tell(RecordCommand::Stop {});
            }
        });
    }

    fn ask(&mut self, ui: &mut Ui, tell: &mut impl FnMut(RecordCommand)) {
        ui.label(RichText::new("Throw this recording away?").color(style::AMBER));
        if widgets::red_button(ui, "Throw away", "It cannot be brought back").clicked() {
            self.asks_discard = false;
            tell(RecordCommand::Discard {});
        }
        if widgets::button(ui, "Go on recording", "Nothing is lost").clicked() {
            self.asks_discard = false;
        }
    }
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
