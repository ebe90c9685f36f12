//! All notices that are kept, the latest last.

use egui::{RichText, ScrollArea, Sense, Ui, vec2};
use skyreel_core::snapshot::{Notice, Weight};

use super::toasts::Toasts;
use super::{style, toasts, widgets, words};

/// What is typed.
#[derive(Debug, Default)]
pub(super) struct LogPanel {
    hides_infos: bool,
}

impl LogPanel {
    pub(super) fn show(&mut self, ui: &mut Ui, height: f32, notices: &[Notice], seen: &Toasts) {
        widgets::check(
            ui,
            &mut self.hides_infos,
            "Only warnings and errors",
            "Leave out what is merely good to know",
        );
        let kept = notices.iter().filter(|n| !self.hides_infos || n.weight > Weight::Info);
        let kept: Vec<_> = kept.collect();
        if kept.is_empty() {
            widgets::remark(ui, "Nothing has been said yet.");
            return;
        }
        let list = ScrollArea::vertical().id_salt("log").max_height((height - 40.0).max(80.0));
        list.auto_shrink([false, false]).stick_to_bottom(true).show(ui, |ui| {
            for notice in kept {
                ui.horizontal_top(|ui| {
                    let (dot, _) = ui.allocate_exact_size(vec2(10.0, 18.0), Sense::hover());
                    ui.painter().circle_filled(dot.center(), 3.5, toasts::colour(notice.weight));
                    if let Some(since) = seen.since(notice) {
                        let time = RichText::new(words::hours(since)).monospace();
                        let time = ui.label(time.color(style::WEAK));
                        time.on_hover_text("When it came, since the program began");
                    }
                    let text = RichText::new(&notice.text).color(style::TEXT);
                    ui.add(egui::Label::new(text).wrap());
                });
            }
        });
    }
}
