//! The journey that is made of keyframes: its tools, its time line, and what is to be known of a key. It
//! keeps what is selected, seen and typed; the journey itself is somebody else's.

mod details;
mod draw;
mod forms;
mod lanes;
mod scale;
mod time_line;
mod tools;

use egui::{Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};
use skyreel_core::command::{Command, JourneyCommand};
use skyreel_core::journey::KeyId;
use skyreel_core::snapshot::{JourneyView, KeyOf, KeyView, ModeView};

use super::icons::Icon;
use super::strip::key_hint;
use super::widgets::{self, IconButton};
use super::{Shown, style};
use crate::keys::KeyPress;
use details::Details;
use forms::{Form, Forms};
use time_line::TimeLine;

/// What is selected, seen and typed.
#[derive(Debug, Default)]
pub(super) struct JourneyPanel {
    time_line: TimeLine,
    details: Details,
    forms: Forms,
}

impl JourneyPanel {
    /// Shows the panel; true where it is to be closed.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        shown: &Shown<'_>,
        complaint: Option<&str>,
        say: &mut Vec<Command>,
    ) -> bool {
        let view = &shown.snapshot.journey;
        self.time_line.follow(view);
        let whole = ui.max_rect();
        let closes = self.show_head(ui, whole, shown, say);
        if let Some(complaint) = complaint {
            widgets::fault(ui, complaint);
        }
        let rest = Rect::from_min_max(pos2(whole.left(), ui.cursor().top()), whole.max);
        let beside = (whole.width() * 0.28).clamp(170.0, 300.0).min(whole.width() * 0.5);
        let line = Rect::from_min_max(rest.min, pos2(rest.right() - beside - 10.0, rest.bottom()));
        let right = Rect::from_min_max(pos2(line.right() + 10.0, rest.top()), rest.max);
        let mut place = ui.new_child(UiBuilder::new().max_rect(line).id_salt("time line"));
        place.set_clip_rect(line.intersect(ui.clip_rect()));
        let played_at = match &shown.snapshot.mode {
            ModeView::Playing(played) if played.is_journey() => Some(played.at),
            _ => None,
        };
        if let Some(time_line::Edit(_)) = self.time_line.show(&mut place, view, played_at, say) {
            self.forms.close();
            self.details.edit();
        }
        let x = line.right() + 5.0;
        ui.painter().vline(x, rest.y_range(), egui::Stroke::new(1.0, style::EDGE));
        let mut place = ui.new_child(UiBuilder::new().max_rect(right).id_salt("details"));
        place.set_clip_rect(right.expand(2.0).intersect(ui.clip_rect()));
        let list = ScrollArea::vertical().id_salt("details").auto_shrink([false, false]);
        list.max_height(right.height()).show(&mut place, |ui| {
            ui.set_max_width(right.width() - 8.0);
            if self.forms.is_open() {
                self.forms.show(ui, right.height(), shown.snapshot, say);
                return;
            }
            let chosen = self.time_line.chosen(view);
            self.details.show(ui, view, &chosen, &shown.snapshot.scene, say);
        });
        closes
    }

    fn show_head(
        &mut self,
        ui: &mut Ui,
        whole: Rect,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) -> bool {
        let view = &shown.snapshot.journey;
        let corner = Rect::from_min_size(whole.right_top() - vec2(28.0, 0.0), vec2(28.0, 24.0));
        let hover = key_hint("The journey stays as it is", shown.keys, "journey");
        let close = IconButton::new(Icon::Close, "Close journey").hover(hover);
        let closes = ui.put(corner, close).clicked();
        let row = Rect::from_min_max(whole.min, pos2(corner.left() - 6.0, whole.bottom()));
        let mut head = ui.new_child(UiBuilder::new().max_rect(row).id_salt("head"));
        head.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
            // Behind the tools, so that these stay where they are whatever the journey is called.
            self.show_tools(ui, view, say);
            ui.add_space(10.0);
            let name = if view.name.is_empty() { "Journey" } else { &view.name };
            ui.label(RichText::new(name).strong());
            if view.is_changed {
                ui.label(RichText::new("not saved").small().color(style::AMBER))
                    .on_hover_text("There are changes that are in no file yet");
            }
            show_flown(ui, view, say);
        });
        let used = head.min_rect().height().max(corner.height());
        ui.advance_cursor_after_rect(Rect::from_min_size(whole.min, vec2(whole.width(), used)));
        closes
    }

    /// Does what a key does while the panel is open and nothing is typed; true where it did something.
    pub(super) fn press(
        &mut self,
        press: &KeyPress,
        view: &JourneyView,
        say: &mut Vec<Command>,
    ) -> bool {
        if self.forms.is_open() && press.key() == "Esc" {
            self.forms.close();
            return true;
        }
        let is_selected = !self.time_line.selected.is_empty();
        match press.to_string().as_str() {
            "Delete" | "Backspace" if is_selected => self.remove(say),
            "Ctrl+D" if is_selected => self.duplicate(view, say),
            "Ctrl+A" => self.time_line.selected = view.keys.iter().map(|key| key.key).collect(),
            "Ctrl+Z" => say.push(Command::Journey(JourneyCommand::Undo {})),
            "Ctrl+Shift+Z" | "Ctrl+Y" => say.push(Command::Journey(JourneyCommand::Redo {})),
            "Ctrl+S" => self.save(view, say),
            "K" => say.push(Command::Journey(JourneyCommand::AddKey { at_s: None, name: None })),
            // They mean nothing here, and nothing else either.
            "Delete" | "Backspace" | "Ctrl+D" => {}
            _ => return false,
        }
        true
    }

    fn selected(&self) -> Vec<KeyId> {
        self.time_line.selected.iter().copied().collect()
    }

    /// Those of the camera that are selected.
    fn cameras(&self, view: &JourneyView) -> Vec<KeyId> {
        let chosen = self.time_line.chosen(view);
        let is_camera = |key: &&&KeyView| matches!(key.of, KeyOf::Camera { .. });
        chosen.iter().filter(is_camera).map(|key| key.key).collect()
    }

    fn remove(&self, say: &mut Vec<Command>) {
        say.push(Command::Journey(JourneyCommand::Remove { keys: self.selected() }));
    }

    /// The first of the copies is where the journey's time stands; where that is where the first of the
    /// keys is, they follow the last by a second.
    fn duplicate(&self, view: &JourneyView, say: &mut Vec<Command>) {
        let chosen = self.time_line.chosen(view);
        let (Some(first), Some(last)) = (chosen.first(), chosen.last()) else { return };
        let (first_s, last_s) = (first.at.as_secs(), last.at.as_secs());
        let by_s = view.at.as_secs() - first_s;
        let by_s = if by_s.abs() < 1e-3 { last_s - first_s + 1.0 } else { by_s };
        let by_s = (by_s * 1e6).round() / 1e6;
        say.push(Command::Journey(JourneyCommand::Duplicate { keys: self.selected(), by_s }));
    }

    fn save(&mut self, view: &JourneyView, say: &mut Vec<Command>) {
        if view.name.is_empty() {
            self.forms.toggle(Form::Save, view);
        } else {
            let (name, overwrite) = (None, None);
            say.push(Command::Journey(JourneyCommand::Save { name, overwrite }));
        }
    }
}

/// What was flown and is in no key, and the way back to it.
fn show_flown(ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
    if view.is_flown {
        ui.add_space(6.0);
        ui.label(RichText::new("Not in a key: K keeps it").small().color(style::AMBER))
            .on_hover_text(
                "The camera was flown since; K, or Add key, makes a key of what is seen",
            );
    }
    if view.can_go_back {
        ui.add_space(6.0);
        let hover = "Where the camera was before the journey's time was moved";
        if widgets::button(ui, "Back to where I was", hover).clicked() {
            say.push(Command::Journey(JourneyCommand::Back {}));
        }
    }
}
