//! The field that Lua is typed into: when Enter runs it, what the arrows and Tab do, and what is offered
//! while typing.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Context, Event, EventFilter, Id, Key, Rect, RichText, ScrollArea, TextBuffer, TextEdit, Ui,
};
use skyreel_core::catalogue::PropertySpec;
use skyreel_core::complete::{Completions, complete};
use skyreel_core::snapshot::ApiWord;

use super::super::{style, widgets};
use super::history::History;
use super::language::{Language, common_beginning};
use super::{offer, tokens};

/// What can be typed.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) language: Language,
    /// What can be called.
    pub(super) words: &'a [ApiWord],
    /// What can stand in quotes.
    pub(super) properties: &'a [PropertySpec],
}

impl Known<'_> {
    fn complete(&self, text: &str, cursor: usize) -> Completions {
        complete(text, cursor, self.words, self.properties.iter().map(|spec| spec.path.as_str()))
    }
}

/// What is typed, and what is offered for it.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) typed: String,
    pub(super) history: History,
    /// What could stand at the cursor, and which of it is chosen.
    offered: Option<(Completions, usize)>,
    /// How the call under the cursor is made, for the text and the place that it was worked out for.
    usage: (String, usize, Option<String>),
    /// What was pressed after a key that had to wait for what was typed before it.
    waiting: Vec<Event>,
}

/// What was asked for by a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Run(String),
    Close,
    Clear,
    SearchLines,
    SearchHistory,
    /// Copy what is selected in the list, or stop what runs.
    Copy,
}

/// Lines that the field grows to.
const MOST_ROWS: usize = 7;

pub(super) fn id() -> Id {
    Id::new("skyreel console field")
}

impl Field {
    /// How many rows it has.
    pub(super) fn rows(&self) -> usize {
        (self.typed.matches('\n').count() + 1).min(MOST_ROWS)
    }

    pub(super) fn show(&mut self, ui: &mut Ui, height: f32, known: Known<'_>) -> Vec<Asked> {
        let mut asked = Vec::new();
        let ctx = ui.ctx().clone();
        if ctx.memory(|memory| memory.has_focus(id())) {
            self.take_keys(&ctx, known, &mut asked);
        } else {
            self.waiting.clear();
            self.offered = None;
        }
        let scroll = ScrollArea::vertical().id_salt("console field").max_height(height);
        let hint = RichText::new("Lua; Enter runs it, Shift+Enter adds a line, Tab completes");
        let rows = self.rows();
        let mut coloured =
            |ui: &Ui, text: &dyn TextBuffer, width: f32| tokens::galley(ui, text.as_str(), width);
        let edit = scroll.min_scrolled_height(height).show(ui, |ui| {
            let edit = TextEdit::multiline(&mut self.typed)
                .id(id())
                .layouter(&mut coloured)
                .font(egui::TextStyle::Monospace)
                .hint_text(hint.color(style::WEAK.gamma_multiply(0.7)))
                .desired_width(f32::INFINITY)
                .desired_rows(rows)
                .margin(egui::Margin::symmetric(8, 4))
                .event_filter(EventFilter {
                    tab: true,
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    escape: true,
                });
            edit.show(ui)
        });
        let response = widgets::named(edit.inner.response.response, "Console field");
        if response.changed() {
            self.history.leave();
            if self.offered.is_some() {
                let cursor = cursor(&ctx, &self.typed);
                self.offer(known, cursor);
                // Where no word has begun, nothing is meant yet: Enter runs what there is.
                self.offered.take_if(|(completion, _)| completion.from == cursor);
            }
        }
        if let Some((completion, chosen)) = &mut self.offered {
            let at = edit.inner.galley_pos.x;
            let picked =
                offer::show(&ctx, edit.inner_rect, at, &completion.candidates, known.words, chosen);
            if let Some(index) = picked {
                *chosen = index;
                self.accept(&ctx, known);
            }
        }
        asked
    }

    /// How the call under the cursor is made, and what it does, in one quiet line.
    pub(super) fn show_usage(&mut self, ui: &mut Ui, known: Known<'_>) {
        let cursor = cursor(ui.ctx(), &self.typed);
        if self.usage.1 != cursor || self.usage.0 != self.typed {
            let help = known.complete(&self.typed, cursor).help;
            self.usage = (self.typed.clone(), cursor, help);
        }
        let text = self.usage.2.as_deref().unwrap_or_default();
        widgets::cut_line(ui, RichText::new(text).small().color(style::WEAK));
    }

    /// Does what keys do here instead of in a text. A key waits for the next frame where something was
    /// typed before it in this one, which the text does not have yet.
    fn take_keys(&mut self, ctx: &Context, known: Known<'_>, asked: &mut Vec<Asked>) {
        let mut events = std::mem::take(&mut self.waiting);
        ctx.input_mut(|input| {
            let (typed, others): (Vec<_>, Vec<_>) =
                std::mem::take(&mut input.events).into_iter().partition(is_typing);
            input.events = others;
            events.extend(typed);
        });
        let mut events = events.into_iter().peekable();
        let mut for_text = Vec::new();
        while let Some(event) = events.next() {
            if !is_special(&event) {
                for_text.push(event);
            } else if for_text.is_empty() {
                if let Some(event) = self.press(ctx, event, known, asked) {
                    for_text.push(event);
                }
            } else {
                self.waiting.push(event);
                self.waiting.extend(events);
                ctx.request_repaint();
                break;
            }
        }
        ctx.input_mut(|input| input.events.extend(for_text));
    }

    /// Does what a special key does; gives it back where it does nothing special now.
    fn press(
        &mut self,
        ctx: &Context,
        event: Event,
        known: Known<'_>,
        asked: &mut Vec<Asked>,
    ) -> Option<Event> {
        let cursor = cursor(ctx, &self.typed);
        let (key, modifiers) = match &event {
            Event::Copy if has_selection(ctx) => return Some(event),
            Event::Copy => {
                asked.push(Asked::Copy);
                return None;
            }
            Event::Key { key, modifiers, .. } => (*key, *modifiers),
            _ => return Some(event),
        };
        match (key, modifiers.command) {
            (Key::C, true) if has_selection(ctx) => {}
            // The toolkit says it again as what it means.
            (Key::C, true) if ctx.input(|input| input.events.contains(&Event::Copy)) => {}
            (Key::C, true) => asked.push(Asked::Copy),
            (Key::R, true) => asked.push(Asked::SearchHistory),
            (Key::F, true) => asked.push(Asked::SearchLines),
            (Key::L, true) => asked.push(Asked::Clear),
            (Key::Escape, _) => {
                if self.offered.take().is_none() {
                    asked.push(Asked::Close);
                }
            }
            (Key::Tab, _) => self.complete(ctx, known, cursor),
            (Key::Enter, _) if self.offered.is_some() => self.accept(ctx, known),
            (Key::Enter, _) => {
                if !(known.language.is_complete)(&self.typed) {
                    return Some(event);
                }
                if !self.typed.trim().is_empty() {
                    let code = std::mem::take(&mut self.typed);
                    self.history.keep(&code);
                    asked.push(Asked::Run(code));
                    put_cursor(ctx, "", 0);
                }
            }
            (Key::ArrowUp | Key::ArrowDown, _) => {
                let is_up = key == Key::ArrowUp;
                if let Some((completion, chosen)) = &mut self.offered {
                    let count = completion.candidates.len().max(1);
                    *chosen = (*chosen + if is_up { count - 1 } else { 1 }) % count;
                    return None;
                }
                let beside = if is_up { &self.typed[..cursor] } else { &self.typed[cursor..] };
                if beside.contains('\n') {
                    return Some(event);
                }
                let other =
                    if is_up { self.history.older(&self.typed) } else { self.history.newer() };
                if let Some(other) = other {
                    self.put(ctx, other);
                }
            }
            _ => return Some(event),
        }
        None
    }

    /// Puts a text in place of what was typed, the cursor behind it.
    pub(super) fn put(&mut self, ctx: &Context, text: String) {
        put_cursor(ctx, &text, text.len());
        self.typed = text;
        self.offered = None;
    }

    /// Completes what is before the cursor as far as it is clear, and offers what it could be.
    fn complete(&mut self, ctx: &Context, known: Known<'_>, cursor: usize) {
        if self.offered.is_some() {
            self.accept(ctx, known);
            return;
        }
        let before = &self.typed[..cursor];
        let line = before.rsplit('\n').next().unwrap_or_default();
        if line.trim().is_empty() {
            self.insert(ctx, cursor, cursor, "  ");
            return;
        }
        self.offer(known, cursor);
        let Some((completion, _)) = &self.offered else { return };
        let from = completion.from;
        let common = common_beginning(&completion.candidates).to_owned();
        if completion.candidates.len() == 1 {
            self.accept(ctx, known);
        } else if common.len() > cursor.saturating_sub(from) {
            self.insert(ctx, from, cursor, &common);
            self.offer(known, from + common.len());
        }
    }

    fn offer(&mut self, known: Known<'_>, cursor: usize) {
        let completion = known.complete(&self.typed, cursor);
        let is_sound = completion.from <= cursor && self.typed.is_char_boundary(completion.from);
        self.offered = (is_sound && !completion.candidates.is_empty()).then_some((completion, 0));
    }

    /// Puts what is chosen of what is offered into the text, and offers what is behind it.
    fn accept(&mut self, ctx: &Context, known: Known<'_>) {
        let Some((completion, chosen)) = self.offered.take() else { return };
        let cursor = cursor(ctx, &self.typed);
        if let Some(name) = completion.candidates.get(chosen) {
            let from = completion.from.min(cursor);
            self.insert(ctx, from, cursor, name);
            if name.ends_with('.') {
                self.offer(known, from + name.len());
            }
        }
    }

    fn insert(&mut self, ctx: &Context, from: usize, to: usize, text: &str) {
        if self.typed.is_char_boundary(from) && self.typed.is_char_boundary(to) && from <= to {
            self.typed.replace_range(from..to, text);
            put_cursor(ctx, &self.typed, from + text.len());
        }
    }
}

/// What the keyboard does to a text.
fn is_typing(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { .. }
            | Event::Text(_)
            | Event::Copy
            | Event::Cut
            | Event::Paste(_)
            | Event::Ime(_)
    )
}

/// Whether a key may do something here that it does not do in a text.
fn is_special(event: &Event) -> bool {
    let Event::Key { key, pressed: true, modifiers, .. } = event else {
        return matches!(event, Event::Copy);
    };
    match key {
        Key::Escape => true,
        Key::Tab | Key::Enter => !modifiers.shift && !modifiers.command && !modifiers.alt,
        Key::ArrowUp | Key::ArrowDown => modifiers.is_none(),
        Key::C | Key::F | Key::L | Key::R => modifiers.command && !modifiers.shift,
        _ => false,
    }
}

/// Where the cursor is, bytes into the text; at its end where it has none yet.
pub(super) fn cursor(ctx: &Context, text: &str) -> usize {
    let state = TextEditState::load(ctx, id());
    let cursor = state.and_then(|state| state.cursor.char_range()).map(|range| range.primary);
    let Some(cursor) = cursor else { return text.len() };
    text.char_indices().nth(cursor.index.0).map_or(text.len(), |(at, _)| at)
}

fn has_selection(ctx: &Context) -> bool {
    let state = TextEditState::load(ctx, id());
    state.and_then(|state| state.cursor.char_range()).is_some_and(|range| !range.is_empty())
}

/// Puts the cursor so many bytes into the text.
fn put_cursor(ctx: &Context, text: &str, at: usize) {
    let mut state = TextEditState::load(ctx, id()).unwrap_or_default();
    let index = text.get(..at).unwrap_or(text).chars().count();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(index))));
    state.store(ctx, id());
}

/// Where the field is on screen.
pub(super) fn place(ui: &Ui, height: f32) -> Rect {
    let from = ui.cursor().min;
    Rect::from_min_size(from, egui::vec2(ui.available_width(), height))
}
