//! A list that opens above the console's field: what could be typed there.

use egui::{Align2, Area, Context, Id, Order, Rect, RichText, ScrollArea, TextStyle, pos2};
use skyreel_core::snapshot::ApiWord;

use super::super::{style, widgets};

/// A row, and so many at once, points.
const ROW: f32 = 20.0;
const MOST: f32 = 9.0 * ROW;

/// Shows candidates, the chosen one with its help; gives the one that was clicked.
pub(super) fn show(
    ctx: &Context,
    field: Rect,
    x: f32,
    candidates: &[String],
    words: &[ApiWord],
    chosen: &mut usize,
) -> Option<usize> {
    let word = |name: &str| words.iter().find(|word| word.name == name);
    let rows: Vec<(&str, &str)> = candidates
        .iter()
        .map(|name| (name.as_str(), word(name).map_or("", |word| word.usage.as_str())))
        .collect();
    *chosen = (*chosen).min(rows.len().saturating_sub(1));
    let help = candidates.get(*chosen).and_then(|name| word(name)).map_or("", |word| &word.help);
    list(ctx, "skyreel candidates", pos2(x, field.top() - 4.0), &rows, *chosen, help)
}

/// Shows a list above a place; gives the row that was clicked.
pub(super) fn list(
    ctx: &Context,
    name: &str,
    above: egui::Pos2,
    rows: &[(&str, &str)],
    chosen: usize,
    help: &str,
) -> Option<usize> {
    let window = ctx.content_rect();
    let width = (window.width() - 40.0).clamp(120.0, 560.0);
    let mut picked = None;
    let area = Area::new(Id::new(name))
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(pos2(above.x.min(window.right() - width - 30.0).max(4.0), above.y))
        .order(Order::Foreground)
        .fade_in(false);
    area.show(ctx, |ui| {
        style::card().fill(style::SOLID).inner_margin(6.0).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            let most = MOST.min((above.y - window.top() - 60.0).max(ROW));
            let height = (rows.len() as f32 * ROW).min(most);
            let top = (chosen as f32 + 0.5) * ROW - height / 2.0;
            let top = top.min(rows.len() as f32 * ROW - height).max(0.0);
            let list =
                ScrollArea::vertical().id_salt((name, rows.len(), chosen)).max_height(height);
            let list = list.min_scrolled_height(height).vertical_scroll_offset(top);
            list.auto_shrink([false, true]).show_rows(ui, ROW, rows.len(), |ui, visible| {
                for index in visible {
                    let (text, beside) = rows[index];
                    let is_chosen = index == chosen;
                    let (row, ()) = widgets::row(ui, text, ROW, is_chosen, |ui, rect| {
                        let colour = if is_chosen { style::ACCENT } else { style::TEXT };
                        let mono = TextStyle::Monospace;
                        let used = widgets::paint_text(ui, rect, text, mono, colour);
                        let rest = beside.strip_prefix(text).unwrap_or(beside);
                        let left = rect.left() + used + if rest == beside { 14.0 } else { 0.0 };
                        let rest_rect = Rect::from_min_max(pos2(left, rect.top()), rect.max);
                        if rest_rect.width() > 20.0 {
                            let mono = TextStyle::Monospace;
                            widgets::paint_text(ui, rest_rect, rest, mono, style::WEAK);
                        }
                    });
                    if row.clicked() {
                        picked = Some(index);
                    }
                }
            });
            if !help.is_empty() {
                ui.add_space(4.0);
                widgets::cut_line(ui, RichText::new(help).small().color(style::WEAK));
            }
        });
    });
    picked
}
