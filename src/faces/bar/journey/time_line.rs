//! The time line under the pointer: seek, zoom, select, move, add.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{
    CursorIcon, EventFilter, Key, Modifiers, PointerButton, Pos2, Rect, Response, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use skyreel_core::command::{Command, JourneyCommand, PlayCommand};
use skyreel_core::journey::KeyId;
use skyreel_core::snapshot::{JourneyView, KeyView};
use skyreel_core::time::SessionTime;

use super::super::{style, widgets, words};
use super::draw::{self, Marked};
use super::lanes::{Lanes, Of, title, what};
use super::scale::{Scale, Stretch, rounded};

/// How high the ruler is, and how wide names of lanes are, points.
const RULER: f32 = 24.0;
const LABELS: f32 = 116.0;
/// How near to a key the pointer finds it, and how near to another moment it snaps, points.
const NEAR: f32 = 8.0;
/// How long what was moved is shown so, where nothing comes of it, seconds.
const PATIENCE_S: f64 = 0.6;

/// What is seen, selected and held.
#[derive(Debug, Default)]
pub(super) struct TimeLine {
    /// `None`: all of the journey.
    pub(super) stretch: Option<Stretch>,
    pub(super) lanes: Lanes,
    pub(super) selected: BTreeSet<KeyId>,
    /// The stretch that is looped.
    pub(super) marks: Option<(f64, f64)>,
    grip: Option<Grip>,
    /// What was moved and is not in the journey yet: by how much, and since when.
    moved: Option<(f64, f64)>,
    /// The moment that was asked for last by the drag that is under way.
    sought_s: Option<f64>,
}

/// What is held with the pointer.
#[derive(Clone, Debug)]
enum Grip {
    /// Keys: the moment of the one that was grasped, where it was grasped, and by how much they are moved.
    Keys { lead_s: f64, grasped_s: f64, by_s: f64 },
    /// A corner of a rectangle, and what was selected before.
    Band { from: Pos2, before: BTreeSet<KeyId> },
    /// The line itself, and where it was.
    Line { x: f32, from_s: f64 },
    /// An end of the looped stretch; its other end.
    Mark { other_s: f64 },
}

/// What was asked of a key by a double click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit(pub(super) KeyId);

impl TimeLine {
    /// Goes by a journey: what is gone is not selected any more.
    pub(super) fn follow(&mut self, view: &Arc<JourneyView>) {
        if self.lanes.follow(view) {
            self.moved = None;
            let lanes = &self.lanes;
            self.selected.retain(|key| lanes.has(*key));
        }
    }

    /// Those that are selected, by time.
    pub(super) fn chosen<'a>(&self, view: &'a JourneyView) -> Vec<&'a KeyView> {
        if self.selected.is_empty() {
            return Vec::new();
        }
        view.keys.iter().filter(|key| self.selected.contains(&key.key)).collect()
    }

    /// `played_at`: where the journey is played.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        view: &JourneyView,
        played_at: Option<SessionTime>,
        say: &mut Vec<Command>,
    ) -> Option<Edit> {
        ui.spacing_mut().item_spacing.y = 2.0;
        let size = vec2(ui.available_width(), ui.available_height().max(RULER + 20.0));
        let whole = Rect::from_min_size(ui.cursor().min, size);
        let labels = LABELS.min(size.x * 0.3);
        let line = Rect::from_min_max(
            pos2(whole.left() + labels, whole.top()),
            pos2(whole.right() - 8.0, whole.bottom()),
        );
        let stretch = self.stretch.unwrap_or_else(|| Stretch::all(view.duration));
        let scale = Scale { line, stretch };
        self.zoom(ui, scale, view);
        let scale = Scale { line, stretch: self.stretch.unwrap_or(stretch) };
        let (top, _) = ui.allocate_exact_size(vec2(size.x, RULER), Sense::hover());
        let ruler =
            Rect::from_min_max(pos2(line.left(), top.top()), pos2(line.right(), top.bottom()));
        self.show_fit(ui, Rect::from_min_max(top.min, pos2(line.left() - 6.0, top.bottom())));
        let at_s = played_at.unwrap_or(view.at).as_secs();
        let seek = |at_s| match played_at {
            Some(_) => Command::Play(PlayCommand::Seek { at_s }),
            None => Command::Journey(JourneyCommand::Seek { at_s }),
        };
        draw::ruler(ui, scale, ruler, view.duration.as_secs(), self.marks);
        say.extend(self.show_ruler(ui, scale, ruler, at_s).map(seek));
        let mut edit = None;
        let list = ScrollArea::vertical().id_salt("lanes").auto_shrink([false, false]);
        let list = list.max_height((whole.bottom() - top.bottom() - 2.0).max(20.0));
        list.show(ui, |ui| {
            let height = self.lanes.height.max(20.0);
            let (rect, _) = ui.allocate_exact_size(vec2(size.x - 8.0, height), Sense::hover());
            let names = Rect::from_min_max(rect.min, pos2(line.left(), rect.bottom()));
            draw::labels(ui, names, &self.lanes);
            let lanes = Rect::from_min_max(
                pos2(line.left(), rect.top()),
                pos2(line.right(), rect.bottom()),
            );
            edit = self.show_lanes(ui, scale, lanes, view, say);
        });
        let x = scale.x(self.sought_s.unwrap_or(at_s));
        if line.x_range().contains(x) {
            draw::play_head(ui.painter(), x, ruler, whole.bottom());
        }
        edit
    }

    /// The wheel zooms about the pointer; with Shift, or sideways, it moves along.
    fn zoom(&mut self, ui: &Ui, scale: Scale, view: &JourneyView) {
        let pointer = ui.input(|input| input.pointer.hover_pos());
        let Some(at) =
            pointer.filter(|at| scale.line.contains(*at) && ui.clip_rect().contains(*at))
        else {
            return;
        };
        if !ui.rect_contains_pointer(scale.line) {
            return;
        }
        let (delta, pinch) = ui.input_mut(|input| {
            let delta = std::mem::take(&mut input.smooth_scroll_delta);
            (delta, f64::from(input.zoom_delta()))
        });
        let times = f64::from(delta.y / 160.0).exp() * pinch;
        let old = self.stretch.unwrap_or_else(|| Stretch::all(view.duration));
        let mut new =
            if (times - 1.0).abs() > 1e-6 { old.zoomed(times, scale.at_s(at.x)) } else { old };
        if delta.x != 0.0 {
            new = new.moved(-scale.span_s(delta.x));
        }
        if new != old {
            self.stretch = Some(new);
        }
    }

    fn show_fit(&mut self, ui: &mut Ui, rect: Rect) {
        let mut place = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("fit"));
        place.spacing_mut().button_padding = vec2(6.0, 1.0);
        place.spacing_mut().interact_size.y = 20.0;
        let hover =
            "All of the journey. The wheel zooms, Shift+wheel and the middle button move along";
        if widgets::button(&mut place, "Show all", hover).clicked() {
            self.stretch = None;
        }
    }

    /// Where its time stands, and the stretch that is looped; gives the moment that is asked for.
    fn show_ruler(&mut self, ui: &Ui, scale: Scale, rect: Rect, at_s: f64) -> Option<f64> {
        let response = ui.interact(rect, ui.id().with("ruler"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), at_s, "Journey time"));
        let mut sought_s = None;
        self.show_marks(ui, scale, rect);
        let (marks, pointer) = (ui.input(|i| i.modifiers.shift), response.interact_pointer_pos());
        let is_held = response.is_pointer_button_down_on() || response.dragged();
        if let Some(at) = pointer.filter(|_| is_held || response.clicked()) {
            let to_s = rounded(scale.at_s(at.x));
            let other_s = match &self.grip {
                Some(Grip::Mark { other_s }) => Some(*other_s),
                _ if marks && self.sought_s.is_none() => Some(to_s),
                _ => None,
            };
            if let Some(other_s) = other_s {
                self.grip = Some(Grip::Mark { other_s });
                let marks = (to_s.min(other_s), to_s.max(other_s));
                self.marks = (marks.1 > marks.0).then_some(marks);
            } else if self.sought_s != Some(to_s) {
                self.sought_s = Some(to_s);
                sought_s = Some(to_s);
            }
        } else {
            self.sought_s = None;
            if matches!(self.grip, Some(Grip::Mark { .. })) && !ui.input(|i| i.pointer.any_down()) {
                self.grip = None;
            }
        }
        let hover = "Click or drag to seek; Shift+drag marks a stretch to loop";
        response.on_hover_text(hover).on_hover_cursor(CursorIcon::Text);
        sought_s
    }

    /// The ends of the looped stretch, which can be dragged.
    fn show_marks(&mut self, ui: &Ui, scale: Scale, rect: Rect) {
        let Some((from_s, to_s)) = self.marks else { return };
        for (at_s, other_s, name) in [(from_s, to_s, "Loop from"), (to_s, from_s, "Loop to")] {
            let at = pos2(scale.x(at_s), rect.bottom() - 4.0);
            let handle = Rect::from_center_size(at, vec2(9.0, 10.0)).intersect(rect);
            if !handle.is_positive() {
                continue;
            }
            let handle = ui.interact(handle, ui.id().with(name), Sense::drag());
            handle.widget_info(|| WidgetInfo::slider(ui.is_enabled(), at_s, name));
            ui.painter().vline(at.x, at.y - 4.0..=at.y + 4.0, Stroke::new(2.0, style::GREEN));
            if let Some(pointer) = handle.interact_pointer_pos().filter(|_| handle.dragged()) {
                let to_s = rounded(scale.at_s(pointer.x));
                let marks = (to_s.min(other_s), to_s.max(other_s));
                self.marks = (marks.1 > marks.0).then_some(marks).or(self.marks);
            }
            handle.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
        }
    }

    fn show_lanes(
        &mut self,
        ui: &mut Ui,
        scale: Scale,
        rect: Rect,
        view: &JourneyView,
        say: &mut Vec<Command>,
    ) -> Option<Edit> {
        // Below the last lane too, a rectangle can be drawn and the line be held.
        let seen = Rect::from_min_max(rect.min, rect.max.max(ui.clip_rect().max));
        let area = Rect::from_min_max(seen.min, pos2(rect.right(), seen.bottom()));
        let response = ui.interact(area, ui.id().with("keys"), Sense::click_and_drag());
        response.widget_info(|| {
            let label = format!("{} keys, {} selected", view.keys.len(), self.selected.len());
            WidgetInfo::labeled(egui::WidgetType::Other, ui.is_enabled(), label)
        });
        let pointer = response.hover_pos();
        let hovered = pointer.and_then(|at| self.key_at(scale, rect, view, at));
        self.hold(ui, scale, rect, view, &response, say);
        let edit = self.click(ui, scale, rect, view, &response, say);
        self.walk(ui, view, &response);
        let now_s = ui.input(|input| input.time);
        if self.moved.is_some_and(|(_, since_s)| now_s - since_s > PATIENCE_S) {
            self.moved = None;
        }
        let moved_s = match &self.grip {
            Some(Grip::Keys { by_s, .. }) => *by_s,
            _ => self.moved.map_or(0.0, |(by_s, _)| by_s),
        };
        let marked = Marked { selected: &self.selected, moved_s, hovered };
        draw::lanes(ui, rect, scale, view, &self.lanes, marked);
        if let (Some(Grip::Band { from, .. }), Some(to)) =
            (&self.grip, response.interact_pointer_pos())
        {
            let band = Rect::from_two_pos(*from, to).intersect(area);
            let edge = Stroke::new(1.0, style::ACCENT);
            let fill = style::ACCENT.gamma_multiply(0.12);
            ui.painter().rect(band, 2.0, fill, edge, StrokeKind::Inside);
        }
        if response.has_focus() {
            let edge = Stroke::new(1.0, style::ACCENT.gamma_multiply(0.6));
            ui.painter().rect_stroke(area.intersect(ui.clip_rect()), 3.0, edge, StrokeKind::Inside);
        }
        self.tell_hover(scale, rect, view, hovered, response);
        edit
    }

    fn tell_hover(
        &self,
        scale: Scale,
        rect: Rect,
        view: &JourneyView,
        hovered: Option<KeyId>,
        response: Response,
    ) {
        let Some(at) = response.hover_pos().filter(|_| self.grip.is_none()) else { return };
        let at_s = scale.at_s(at.x);
        if let Some(key) = hovered.and_then(|key| view.keys.iter().find(|k| k.key == key)) {
            let text =
                format!("{}\n{}  \u{2013}  {}", title(key), words::moment(key.at), what(key));
            response.on_hover_text_at_pointer(text);
            return;
        }
        let Some(lane) = self.lanes.at(at.y - rect.top()) else { return };
        if lane.of != Of::Camera {
            return;
        }
        let warnings = view.warnings.iter().filter(|warning| {
            draw::warned(view, lane, warning.key).is_some_and(|(a, b)| (a..=b).contains(&at_s))
        });
        let mut lines: Vec<String> = warnings.map(|warning| warning.text.clone()).collect();
        if let Some(speed) = draw::speed_at(view, at_s) {
            lines.push(format!("Speed {speed:.2} of the distance a second"));
        }
        if view.keys.is_empty() {
            lines.push("Double click to add a key of what is seen now".to_owned());
        }
        if !lines.is_empty() {
            response.on_hover_text_at_pointer(lines.join("\n"));
        }
    }

    /// The key that is nearest to a place, if it is near.
    fn key_at(&self, scale: Scale, rect: Rect, view: &JourneyView, at: Pos2) -> Option<KeyId> {
        let lane = self.lanes.at(at.y - rect.top())?;
        if at.y - rect.top() > lane.top + super::lanes::LANE {
            return None;
        }
        let (at_s, near_s) = (scale.at_s(at.x), scale.span_s(NEAR));
        let near = lane.between(&view.keys, at_s - near_s, at_s + near_s).iter();
        let away = |index: &&usize| (view.keys[**index].at.as_secs() - at_s).abs();
        let nearest = near.min_by(|a, b| away(a).total_cmp(&away(b)))?;
        Some(view.keys[*nearest].key)
    }

    /// Holds keys, a rectangle or the line, and lets them go.
    fn hold(
        &mut self,
        ui: &Ui,
        scale: Scale,
        rect: Rect,
        view: &JourneyView,
        response: &Response,
        say: &mut Vec<Command>,
    ) {
        let (origin, held) = ui.input(|input| (input.pointer.press_origin(), input.modifiers));
        let origin = origin.or(response.interact_pointer_pos());
        if let Some(from) = origin {
            if response.drag_started_by(PointerButton::Primary) {
                self.grip = Some(self.grasp(scale, rect, view, from, held));
            } else if response.drag_started_by(PointerButton::Middle)
                || response.drag_started_by(PointerButton::Secondary)
            {
                self.grip = Some(Grip::Line { x: from.x, from_s: scale.stretch.from_s });
            }
        }
        if let Some(to) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            match self.grip.clone() {
                Some(Grip::Keys { lead_s, grasped_s, .. }) => {
                    let to_s = lead_s + scale.at_s(to.x) - grasped_s;
                    let to_s = if held.alt { to_s } else { self.snapped(scale, view, to_s) };
                    let first = self.chosen(view).first().map_or(0.0, |key| key.at.as_secs());
                    let by_s = (to_s - lead_s).max(-first);
                    self.grip = Some(Grip::Keys { lead_s, grasped_s, by_s });
                }
                Some(Grip::Band { from, before }) => {
                    self.selected = before;
                    self.select_within(scale, rect, view, Rect::from_two_pos(from, to));
                }
                Some(Grip::Line { x, from_s }) => {
                    let stretch = Stretch { from_s, ..scale.stretch };
                    self.stretch = Some(stretch.moved(scale.span_s(x - to.x)));
                }
                _ => {}
            }
        }
        if response.drag_stopped() {
            if let Some(Grip::Keys { by_s, .. }) = self.grip.take() {
                let by_s = (by_s * 1e6).round() / 1e6;
                if by_s != 0.0 {
                    let keys = self.selected.iter().copied().collect();
                    say.push(Command::Journey(JourneyCommand::Move { keys, by_s }));
                    self.moved = Some((by_s, ui.input(|input| input.time)));
                }
            }
        } else if !ui.input(|input| input.pointer.any_down())
            && !matches!(self.grip, Some(Grip::Mark { .. }))
        {
            self.grip = None;
        }
    }

    fn grasp(
        &mut self,
        scale: Scale,
        rect: Rect,
        view: &JourneyView,
        from: Pos2,
        held: Modifiers,
    ) -> Grip {
        let adds = held.shift || held.command;
        let Some(key) = self.key_at(scale, rect, view, from) else {
            let before = if adds { self.selected.clone() } else { BTreeSet::new() };
            return Grip::Band { from, before };
        };
        if !self.selected.contains(&key) {
            if !adds {
                self.selected.clear();
            }
            self.selected.insert(key);
        }
        let lead = view.keys.iter().find(|k| k.key == key).map_or(0.0, |k| k.at.as_secs());
        Grip::Keys { lead_s: lead, grasped_s: scale.at_s(from.x), by_s: 0.0 }
    }

    /// The moment of a key or of the journey's time where that is near, or else a whole tenth.
    fn snapped(&self, scale: Scale, view: &JourneyView, to_s: f64) -> f64 {
        let near_s = scale.span_s(NEAR * 0.75);
        let first = view.keys.partition_point(|key| key.at.as_secs() < to_s - near_s);
        let near = view.keys[first..].iter().take_while(|key| key.at.as_secs() <= to_s + near_s);
        let others =
            near.filter(|key| !self.selected.contains(&key.key)).map(|key| key.at.as_secs());
        let others = others.chain([view.at.as_secs()]);
        let away = |at_s: &f64| (at_s - to_s).abs();
        let nearest = others.filter(|at_s| away(at_s) <= near_s);
        let nearest = nearest.min_by(|a, b| away(a).total_cmp(&away(b)));
        nearest.unwrap_or((to_s * 10.0).round() / 10.0)
    }

    fn select_within(&mut self, scale: Scale, rect: Rect, view: &JourneyView, band: Rect) {
        for lane in &self.lanes.all {
            let middle = rect.top() + lane.top + super::lanes::LANE / 2.0;
            if band.y_range().contains(middle) {
                let (from_s, to_s) = (scale.at_s(band.left()), scale.at_s(band.right()));
                let within = lane.between(&view.keys, from_s, to_s);
                self.selected.extend(within.iter().map(|index| view.keys[*index].key));
            }
        }
    }

    fn click(
        &mut self,
        ui: &Ui,
        scale: Scale,
        rect: Rect,
        view: &JourneyView,
        response: &Response,
        say: &mut Vec<Command>,
    ) -> Option<Edit> {
        if response.clicked_elsewhere() && response.has_focus() {
            response.surrender_focus();
        }
        let at = response.interact_pointer_pos().filter(|_| response.clicked())?;
        response.request_focus();
        let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        let is_double = widgets::is_double_clicked(response);
        match self.key_at(scale, rect, view, at) {
            Some(key) if is_double => {
                self.selected = BTreeSet::from([key]);
                return Some(Edit(key));
            }
            Some(key) if adds && self.selected.contains(&key) => {
                self.selected.remove(&key);
            }
            Some(key) if adds => {
                self.selected.insert(key);
            }
            Some(key) => self.selected = BTreeSet::from([key]),
            None if is_double => {
                let lane = self.lanes.at(at.y - rect.top());
                if lane.is_some_and(|lane| lane.of == Of::Camera) {
                    let to_s = self.snapped(scale, view, scale.at_s(at.x)).max(0.0);
                    let (at_s, name) = (Some(rounded(to_s)), None);
                    say.push(Command::Journey(JourneyCommand::AddKey { at_s, name }));
                }
            }
            None if !adds => self.selected.clear(),
            None => {}
        }
        None
    }

    /// From key to key with the arrows, while the lanes have the keyboard.
    fn walk(&mut self, ui: &Ui, view: &JourneyView, response: &Response) {
        if !response.has_focus() {
            return;
        }
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            tab: false,
            escape: false,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        let along = i32::from(pressed(Key::ArrowRight)) - i32::from(pressed(Key::ArrowLeft));
        let across = i32::from(pressed(Key::ArrowDown)) - i32::from(pressed(Key::ArrowUp));
        if along == 0 && across == 0 {
            return;
        }
        let chosen = self.selected.iter().next_back().copied();
        let place = chosen.and_then(|key| self.lanes.place_of(&view.keys, key));
        let (lane, index) = match place {
            None => (0, 0),
            Some((lane, index)) if across != 0 => {
                let last = self.lanes.all.len().saturating_sub(1);
                let to = lane.saturating_add_signed(across as isize).min(last);
                let at = view.keys[self.lanes.all[lane].keys[index]].at;
                let keys = &self.lanes.all[to].keys;
                let near = keys.partition_point(|index| view.keys[*index].at < at);
                (to, near.min(keys.len().saturating_sub(1)))
            }
            Some((lane, index)) => {
                let last = self.lanes.all[lane].keys.len().saturating_sub(1);
                (lane, index.saturating_add_signed(along as isize).min(last))
            }
        };
        let key = self.lanes.all.get(lane).and_then(|lane| lane.keys.get(index));
        if let Some(key) = key.and_then(|index| view.keys.get(*index)) {
            self.selected = BTreeSet::from([key.key]);
            self.bring_into_sight(key.at, view);
        }
    }

    fn bring_into_sight(&mut self, at: SessionTime, view: &JourneyView) {
        let stretch = self.stretch.unwrap_or_else(|| Stretch::all(view.duration));
        let along = (at.as_secs() - stretch.from_s) / stretch.span_s;
        if !(0.0..=1.0).contains(&along) {
            self.stretch = Some(stretch.moved((along - 0.5) * stretch.span_s));
        }
    }
}
