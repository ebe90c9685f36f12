//! What was said in the console, as rows of one height, so that thousands cost no more than those that
//! are seen: searched, selected, copied.

use std::ops::RangeInclusive;
use std::sync::Arc;

use egui::{
    Align2, CornerRadius, FontId, Rect, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};
use skyreel_core::command::Origin;
use skyreel_core::event::Said;
use skyreel_core::snapshot::ConsoleLine;

use super::super::filtered::{Filtered, Search};
use super::super::style;
use super::tokens;

/// For the sign at the left of a row, points.
const GUTTER: f32 = 18.0;

/// What is searched for and selected.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) search: String,
    /// The number of the last line that is not shown any more.
    cleared: u64,
    /// The numbers of the lines between which all are selected: where it began, and where it is now.
    selected: Option<(u64, u64)>,
    rows: Filtered<[ConsoleLine], Asked, Row>,
    /// How many lines the search left out when they were shown last.
    hidden: usize,
}

/// What rows are worked out for.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    search: String,
    cleared: u64,
    columns: usize,
}

/// A piece of a line that fits the width.
#[derive(Clone, Copy, Debug)]
struct Row {
    line: usize,
    from: usize,
    to: usize,
    is_first: bool,
}

impl Lines {
    pub(super) fn clear_view(&mut self, lines: &[ConsoleLine]) {
        self.cleared = lines.last().map_or(0, |line| line.number);
        self.selected = None;
    }

    /// How many lines the search leaves out.
    pub(super) fn hidden(&self) -> usize {
        self.hidden
    }

    pub(super) fn show(&mut self, ui: &mut Ui, height: f32, lines: &Arc<[ConsoleLine]>) {
        let font = TextStyle::Monospace.resolve(ui.style());
        let glyph = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0')).max(1.0);
        let row_height = ui.text_style_height(&TextStyle::Monospace) + 2.0;
        let columns = ((ui.available_width() - GUTTER - 14.0) / glyph).max(8.0) as usize;
        let asked = Asked { search: self.search.clone(), cleared: self.cleared, columns };
        let rows = self.rows.rows(lines, &asked, |lines| rows_of(lines, &asked));
        let kept = lines.iter().filter(|line| line.number > self.cleared).count();
        let shown = rows.iter().filter(|row| row.is_first).count();
        self.hidden = kept.saturating_sub(shown);
        let selected = self.selected.map(|(a, b)| a.min(b)..=a.max(b));
        let mut new = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        let list = ScrollArea::vertical().id_salt("console").max_height(height);
        let list = list.min_scrolled_height(height).auto_shrink([false, false]);
        list.stick_to_bottom(true).show_rows(ui, row_height, rows.len(), |ui, visible| {
            let shown = &rows[visible];
            let size = vec2(ui.available_width(), row_height * shown.len() as f32);
            let (rect, area) = ui.allocate_exact_size(size, Sense::click_and_drag());
            for (index, row) in shown.iter().enumerate() {
                let top = rect.top() + row_height * index as f32;
                let at =
                    Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), row_height));
                draw_row(ui, at, *row, &lines[row.line], selected.as_ref(), &font);
            }
            let is_held = area.is_pointer_button_down_on() || area.dragged() || area.clicked();
            let Some(pointer) = area.interact_pointer_pos().filter(|_| is_held) else { return };
            let row = ((pointer.y - rect.top()) / row_height).max(0.0) as usize;
            let number = shown.get(row).or(shown.last()).map(|row| lines[row.line].number);
            let (is_new, extends) =
                ui.input(|input| (input.pointer.any_pressed(), input.modifiers.shift));
            new = number.map(|number| (number, is_new && !extends));
        });
        if let Some((number, begins)) = new {
            let first = self.selected.filter(|_| !begins).map_or(number, |(first, _)| first);
            self.selected = Some((first, number));
        }
    }

    /// Nothing is selected any more; false where nothing was.
    pub(super) fn unselect(&mut self) -> bool {
        self.selected.take().is_some()
    }

    /// The lines that are selected, as text; `None` where none is.
    pub(super) fn selected_text(&self, lines: &[ConsoleLine]) -> Option<String> {
        let (a, b) = self.selected?;
        let text = self.text(lines, |number| (a.min(b)..=a.max(b)).contains(&number));
        (!text.is_empty()).then_some(text)
    }

    /// All lines that the search leaves, as text.
    pub(super) fn all_text(&self, lines: &[ConsoleLine]) -> String {
        self.text(lines, |_| true)
    }

    fn text(&self, lines: &[ConsoleLine], is_wanted: impl Fn(u64) -> bool) -> String {
        let search = Search::new(&self.search);
        let mut text = String::new();
        for line in lines {
            let fits = line.number > self.cleared && is_wanted(line.number);
            if fits && search.fits(&[&line.text]) {
                text += match line.said {
                    Said::Typed => "> ",
                    Said::Returned => "= ",
                    Said::Refused => "! ",
                    Said::Printed => "",
                };
                text += &line_number(line).map(|n| format!("line {n}: ")).unwrap_or_default();
                text += &line.text;
                text += "\n";
            }
        }
        text
    }
}

/// The line of the script that a failure is about, where its text does not tell that already.
fn line_number(line: &ConsoleLine) -> Option<u32> {
    let n = line.at_line?;
    let tells = line.text.contains(&format!(":{n}:")) || line.text.contains(&format!("line {n}"));
    (!tells).then_some(n)
}

/// The rows of the lines that fit.
fn rows_of(lines: &[ConsoleLine], asked: &Asked) -> Vec<Row> {
    let search = Search::new(&asked.search);
    let mut rows = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.number <= asked.cleared || !search.fits(&[&line.text]) {
            continue;
        }
        let mut is_first = true;
        let mut from = 0;
        for part in line.text.trim_end_matches('\n').split('\n') {
            // What tells the line takes room in the first row.
            let told = if is_first && line_number(line).is_some() { 12 } else { 0 };
            let columns = asked.columns.saturating_sub(told).max(4);
            let end = from + part.len();
            let mut start = from;
            loop {
                let to = start + fitting(&line.text[start..end], columns);
                rows.push(Row { line: index, from: start, to, is_first });
                is_first = false;
                start = to;
                if start >= end {
                    break;
                }
            }
            from = end + 1;
        }
    }
    rows
}

/// How many bytes of a text go into a row: whole words, unless one is longer than that.
fn fitting(text: &str, columns: usize) -> usize {
    let Some((most, _)) = text.char_indices().nth(columns) else { return text.len() };
    // What follows a space may begin the next row.
    let next = text[most..].chars().next().map_or(0, char::len_utf8);
    let word = text[..most + next].rfind(' ').map(|at| at + 1).filter(|at| *at > most / 2);
    word.unwrap_or(most)
}

fn draw_row(
    ui: &mut Ui,
    rect: Rect,
    row: Row,
    line: &ConsoleLine,
    selected: Option<&RangeInclusive<u64>>,
    font: &FontId,
) {
    let text = line.text.get(row.from..row.to).unwrap_or_default();
    let told = line_number(line).filter(|_| row.is_first).map(|n| format!("line {n}: "));
    let info = || {
        let text = format!("{}{text}", told.as_deref().unwrap_or_default());
        WidgetInfo::labeled(WidgetType::Label, true, text)
    };
    ui.interact(rect, ui.id().with((line.number, row.from)), Sense::hover()).widget_info(info);
    let painter = ui.painter();
    if selected.is_some_and(|selected| selected.contains(&line.number)) {
        painter.rect_filled(rect, CornerRadius::ZERO, style::CHOSEN.gamma_multiply(0.7));
    }
    let (sign, colour) = match line.said {
        Said::Typed => (">", style::ACCENT),
        Said::Printed => ("", style::TEXT),
        Said::Returned => ("=", style::GREEN),
        Said::Refused => ("!", style::RED),
    };
    let middle = rect.center().y;
    let mut x = rect.left() + GUTTER;
    if row.is_first {
        let at = pos2(rect.left() + 6.0, middle);
        painter.text(at, Align2::LEFT_CENTER, sign, font.clone(), colour.gamma_multiply(0.8));
        if let Some(told) = told {
            let drawn = painter.text(
                pos2(x, middle),
                Align2::LEFT_CENTER,
                &told,
                font.clone(),
                style::AMBER,
            );
            x = drawn.right();
        }
    }
    if line.said == Said::Typed {
        let job = tokens::job(&line.text, row.from..row.to, font, colour);
        let galley = painter.layout_job(job);
        painter.galley(pos2(x, middle - galley.size().y / 2.0), galley, colour);
    } else {
        painter.text(pos2(x, middle), Align2::LEFT_CENTER, text, font.clone(), colour);
    }
    if let Some(origin) = from_elsewhere(line.origin).filter(|_| row.is_first) {
        let at = pos2(rect.right() - 12.0, middle);
        let font = TextStyle::Small.resolve(ui.style());
        let galley = painter.layout_no_wrap(origin.to_owned(), font, style::WEAK);
        let ground = Rect::from_min_max(pos2(at.x - galley.size().x - 6.0, rect.top()), rect.max);
        painter.rect_filled(ground, CornerRadius::ZERO, style::SOLID);
        let corner = pos2(at.x - galley.size().x, middle - galley.size().y / 2.0);
        painter.galley(corner, galley, style::WEAK);
    }
}

/// By which way a line came, where it was not typed here.
fn from_elsewhere(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Window | Origin::Keyboard | Origin::Script => None,
        Origin::Network => Some("network"),
        Origin::CommandLine => Some("command line"),
        Origin::Program => Some("program"),
    }
}
