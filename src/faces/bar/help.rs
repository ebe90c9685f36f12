//! The page of all keys, and of what the mouse does with the scene.

use egui::{Align2, Area, Context, Grid, Id, Order, RichText, ScrollArea, Ui, vec2};

use super::icons::Icon;
use super::style;
use super::widgets::IconButton;
use crate::keys::{KeyMap, When};

/// How the camera is flown: what is done, and what comes of it. Unlike keys it cannot be changed.
const FLYING: [(&str, &str); 12] = [
    ("Drag", "Round the focus"),
    ("Right drag, wheel", "Nearer and farther"),
    ("Middle drag", "Along"),
    ("Ctrl+drag", "Look around"),
    ("Shift+drag", "Turn the horizon"),
    ("Ctrl+Shift+drag", "Roll"),
    ("Double click", "Focus on what is there"),
    ("Arrows", "Round the focus"),
    ("Ctrl+arrows", "Look around"),
    ("Shift+arrows", "Turn the horizon, roll"),
    ("Page Up, Page Down", "Nearer and farther"),
    ("W A S D", "Along"),
];

/// What keys do in panels of their own.
const CONSOLE: [(&str, &str); 7] = [
    ("Enter", "Run it once it is whole"),
    ("Shift+Enter", "Add a line"),
    ("Up, Down", "What was typed before"),
    ("Ctrl+R", "Search what was typed"),
    ("Tab", "Complete"),
    ("Ctrl+F, Ctrl+L", "Search, clear the view"),
    ("Ctrl+C", "Copy, or stop the script"),
];
const JOURNEY: [(&str, &str); 7] = [
    ("Delete", "Remove what is selected"),
    ("Ctrl+D", "Duplicate at the time mark"),
    ("Ctrl+A", "Select all"),
    ("Ctrl+Z, Ctrl+Y", "Undo, redo"),
    ("Ctrl+S", "Save"),
    ("Wheel, Shift+wheel", "Zoom, move along"),
    ("Shift+drag, ruler", "Mark a stretch to loop"),
];

/// Shows all keys. False where that was closed.
pub(super) fn show(ctx: &Context, keys: &KeyMap) -> bool {
    let window = ctx.content_rect();
    let mut is_open = true;
    let area = Area::new(Id::new("skyreel keys"))
        .anchor(Align2::CENTER_CENTER, vec2(0.0, -30.0))
        .order(Order::Foreground)
        .fade_in(false);
    area.show(ctx, |ui| {
        style::card().fill(style::SOLID).show(ui, |ui| {
            let width = (window.width() - 80.0).clamp(200.0, 720.0);
            ui.set_width(width);
            ui.horizontal(|ui| {
                ui.label(RichText::new("All keys").heading().strong());
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let close = IconButton::new(Icon::Close, "Close keys");
                    is_open = !ui.add(close).clicked();
                });
            });
            let most = (window.height() - 170.0).max(80.0);
            let list = ScrollArea::vertical().max_height(most).min_scrolled_height(most);
            list.auto_shrink([false, true]).show(ui, |ui| {
                if width > 560.0 {
                    ui.columns_const(|[left, right]| {
                        groups(left, keys, &When::ALL[..3]);
                        own(left, "In the console", &CONSOLE);
                        own(right, "Flying", &FLYING);
                        groups(right, keys, &When::ALL[3..]);
                        own(right, "In the journey", &JOURNEY);
                    });
                } else {
                    own(ui, "Flying", &FLYING);
                    groups(ui, keys, &When::ALL);
                    own(ui, "In the console", &CONSOLE);
                    own(ui, "In the journey", &JOURNEY);
                }
            });
        });
    });
    is_open
}

fn groups(ui: &mut Ui, keys: &KeyMap, when: &[When]) {
    for when in when {
        let rows = keys.rows().filter(|(action, _)| action.when == *when);
        let rows = rows.map(|(action, key)| {
            (key.map_or("no key".to_owned(), ToString::to_string), action.help)
        });
        group(ui, when.title(), rows);
    }
}

fn own(ui: &mut Ui, title: &str, rows: &[(&str, &'static str)]) {
    group(ui, title, rows.iter().map(|(how, what)| ((*how).to_owned(), *what)));
}

fn group(ui: &mut Ui, title: &str, rows: impl Iterator<Item = (String, &'static str)>) {
    super::widgets::title(ui, title);
    ui.spacing_mut().interact_size.y = 16.0;
    let grid = Grid::new(title).num_columns(2).min_col_width(96.0);
    grid.spacing(vec2(14.0, 4.0)).show(ui, |ui| {
        for (how, what) in rows {
            ui.label(RichText::new(how).monospace().color(style::ACCENT));
            ui.label(what);
            ui.end_row();
        }
    });
    ui.add_space(6.0);
}
