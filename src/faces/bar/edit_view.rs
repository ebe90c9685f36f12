//! How far a recording is that is being made of others, or how it ended.

use egui::{ProgressBar, RichText, Ui};
use skyreel_core::command::{Command, EditCommand};
use skyreel_core::snapshot::EditView;

use super::{style, widgets};

pub(super) fn show(ui: &mut Ui, edit: &EditView, say: &mut Vec<Command>) {
    let Some(ended) = &edit.ended else {
        let done = if edit.done.is_finite() { edit.done.clamp(0.0, 1.0) } else { 0.0 };
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 64.0).max(40.0);
            let text = format!("{}: {:.0} %", edit.what, done * 100.0);
            let bar = ProgressBar::new(done).fill(style::CHOSEN).desired_width(width).text(text);
            widgets::named(ui.add(bar), "Edit progress")
                .on_hover_text(format!("'{}' is being made of it", edit.name));
            if widgets::red_button(ui, "Stop", "No file is left of it").clicked() {
                say.push(Command::Edit(EditCommand::Stop {}));
            }
        });
        return;
    };
    let colour = if edit.is_well { style::GREEN } else { style::AMBER };
    let text = if ended.contains(&edit.name) || edit.name.is_empty() {
        ended.clone()
    } else {
        format!("{}: {ended}", edit.name)
    };
    widgets::cut_line(ui, RichText::new(text).small().color(colour));
}
