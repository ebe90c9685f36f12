//! What is in the trash, the latest first, and the way back.

use egui::{RichText, ScrollArea, TextStyle, Ui};
use skyreel_core::command::{Command, LibraryCommand};
use skyreel_core::snapshot::{LibraryView, TrashItem};

use super::filtered::Search;
use super::icons::Icon;
use super::widgets::{self, IconButton};
use super::{style, words};

/// How high a row is, points.
const ROW: f32 = 44.0;

/// Shows what of the trash fits a search.
pub(super) fn show(
    ui: &mut Ui,
    height: f32,
    search: &str,
    library: &LibraryView,
    say: &mut Vec<Command>,
) {
    let search = Search::new(search);
    let fitting: Vec<&TrashItem> =
        library.trash.iter().filter(|item| search.fits(&[&item.was, &item.since_utc])).collect();
    if fitting.is_empty() {
        let text = if library.trash.is_empty() { "The trash is empty." } else { "Nothing fits." };
        ui.scope(|ui| {
            ui.set_min_height(height);
            widgets::cut_line(ui, RichText::new(text).small().color(style::WEAK));
        });
        return;
    }
    let list = ScrollArea::vertical().id_salt("trash").max_height(height);
    ui.spacing_mut().item_spacing.y = 2.0;
    list.auto_shrink([false, false]).show_rows(ui, ROW, fitting.len(), |ui, visible| {
        for item in &fitting[visible] {
            if show_row(ui, item) {
                let recording = item.recording.clone();
                say.push(Command::Library(LibraryCommand::Restore { recording }));
            }
        }
    });
}

/// True where it is to be restored.
fn show_row(ui: &mut Ui, item: &TrashItem) -> bool {
    let since = words::list_date(&item.since_utc);
    let facts = format!("thrown away {since} · {}", words::bytes(item.bytes));
    let (response, restores) = widgets::row(ui, &item.was, ROW, false, |ui, rect| {
        let name = format!("Restore {}", item.was);
        let restore = IconButton::new(Icon::Undo, &name).hover("Put it back where it was");
        let restores = ui.add(restore.size(egui::vec2(30.0, 28.0))).clicked();
        let right = ui.min_rect().left() - 4.0;
        let text = egui::Rect::from_min_max(
            rect.min + egui::vec2(6.0, 3.0),
            egui::pos2(right, rect.bottom() - 3.0),
        );
        let (top, bottom) = text.split_top_bottom_at_fraction(0.52);
        widgets::paint_text(ui, top, &item.was, TextStyle::Button, style::TEXT);
        widgets::paint_text(ui, bottom, &facts, TextStyle::Small, style::WEAK);
        restores
    });
    response.on_hover_text(&item.was);
    restores
}
