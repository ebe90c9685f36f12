//! A recording as a line: where it is, the part that plays, what happens when; to click and drag on.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, CursorIcon, Id, Pos2, Rect, Response, Sense, Shape, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};
use skyreel_core::command::{Command, PlayCommand};
use skyreel_core::snapshot::{Moment, MomentKind, PlayingView};
use skyreel_core::time::SessionTime;

use super::{style, words};

const HEIGHT: f32 = 34.0;
/// Beyond the line's ends, so that handles there can be held.
const SIDE: f32 = 8.0;
/// How near to a tick the pointer finds it, points.
const NEAR: f32 = 4.0;

/// The line's own state.
#[derive(Debug, Default)]
pub(super) struct TimeLine {
    /// Where the ticks are, for the moments and the width that they were worked out for.
    ticks: Option<(Arc<[Moment]>, SessionTime, u32)>,
    /// One for each sort and each point of the line's width at most: how far along, and which moment.
    drawn: Vec<(f32, usize)>,
    /// The moment that was asked for last by the drag that is under way.
    sought: Option<SessionTime>,
    /// The marks as the drag that is under way has them.
    held: Option<(SessionTime, SessionTime)>,
}

impl TimeLine {
    pub(super) fn show(&mut self, ui: &mut Ui, view: &PlayingView, say: &mut Vec<Command>) {
        let width = ui.available_width();
        let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click_and_drag());
        let line = Rect::from_min_max(
            pos2(rect.left() + SIDE, rect.top() + 6.0),
            pos2(rect.right() - SIDE, rect.bottom() - 8.0),
        );
        let scale = Scale { line, duration: view.duration };
        response
            .widget_info(|| WidgetInfo::slider(ui.is_enabled(), view.at.as_secs(), "Time line"));
        let handles = self.handles(ui, scale, view, response.id, say);
        self.seek(ui, scale, &response, say);
        let marks = self.held.unwrap_or(view.marks);
        let at = self.sought.unwrap_or(view.at);
        self.place_ticks(view, scale);
        draw(ui, scale, view, &self.drawn, marks, at, &handles);
        self.tell_hover(ui, scale, view, response);
    }

    fn seek(&mut self, ui: &Ui, scale: Scale, response: &Response, say: &mut Vec<Command>) {
        let is_held = response.is_pointer_button_down_on() || response.dragged();
        let pointer = response.interact_pointer_pos();
        if let Some(pointer) = pointer.filter(|_| is_held || response.clicked()) {
            let to = scale.moment_at(pointer.x);
            if self.sought != Some(to) {
                self.sought = Some(to);
                say.push(Command::Play(PlayCommand::Seek { at_s: to.as_secs() }));
            }
        }
        if !is_held {
            self.sought = None;
        }
        // The arrow keys are playback's own: they choose its speed.
        if response.has_focus() {
            ui.memory_mut(|memory| memory.surrender_focus(response.id));
        }
    }

    /// The two marks, which can be dragged.
    fn handles(
        &mut self,
        ui: &Ui,
        scale: Scale,
        view: &PlayingView,
        id: Id,
        say: &mut Vec<Command>,
    ) -> [Response; 2] {
        let mut marks = self.held.unwrap_or(view.marks);
        let names = ["Start mark", "End mark"];
        let handles = [0, 1].map(|side| {
            let at = if side == 0 { marks.0 } else { marks.1 };
            let x = scale.x(at) + if side == 0 { -4.0 } else { 4.0 };
            let rect = Rect::from_center_size(pos2(x, scale.line.center().y), vec2(9.0, HEIGHT));
            let handle = ui.interact(rect, id.with(names[side]), Sense::drag());
            handle.widget_info(|| WidgetInfo::slider(ui.is_enabled(), at.as_secs(), names[side]));
            let name = if side == 0 { "Playback begins here" } else { "Playback ends here" };
            let hover = format!("{name}: {}. Drag to change", words::moment(at));
            handle.on_hover_text(hover).on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal)
        });
        let mut is_dragged = false;
        for (side, handle) in handles.iter().enumerate() {
            let Some(pointer) = handle.interact_pointer_pos().filter(|_| handle.dragged()) else {
                continue;
            };
            is_dragged = true;
            let to = scale.moment_at(pointer.x);
            if side == 0 {
                marks.0 = to.min(marks.1)
            } else {
                marks.1 = to.max(marks.0)
            }
            if self.held != Some(marks) {
                self.held = Some(marks);
                let (from_s, to_s) = (Some(marks.0.as_secs()), Some(marks.1.as_secs()));
                say.push(Command::Play(PlayCommand::Marks { from_s, to_s }));
            }
        }
        if !is_dragged {
            self.held = None;
        }
        handles
    }

    /// Thousands of moments are no more ticks than there are points to draw them on.
    fn place_ticks(&mut self, view: &PlayingView, scale: Scale) {
        let width = scale.line.width() as u32;
        let is_same = self.ticks.as_ref().is_some_and(|(moments, duration, known)| {
            Arc::ptr_eq(moments, &view.moments) && *duration == view.duration && *known == width
        });
        if is_same {
            return;
        }
        self.ticks = Some((Arc::clone(&view.moments), view.duration, width));
        self.drawn.clear();
        let mut last = [-1_i64; 3];
        for (index, moment) in view.moments.iter().enumerate() {
            let along = scale.along(moment.at);
            let point = (f64::from(along) * f64::from(width)) as i64;
            let last = &mut last[layer(moment.kind)];
            if *last != point {
                *last = point;
                self.drawn.push((along, index));
            }
        }
        // Markers last, so that nothing covers them.
        self.drawn.sort_by_key(|(_, index)| layer(view.moments[*index].kind));
    }

    fn tell_hover(&self, ui: &Ui, scale: Scale, view: &PlayingView, response: Response) {
        let Some(pointer) = response.hover_pos() else { return };
        let near = |along: f32| (scale.line.left() + along * scale.line.width() - pointer.x).abs();
        let nearest = self.drawn.iter().filter(|(along, _)| near(*along) <= NEAR);
        let nearest = nearest.min_by(|(a, _), (b, _)| near(*a).total_cmp(&near(*b)));
        let moment = nearest.and_then(|(_, index)| view.moments.get(*index));
        let text = match moment {
            Some(moment) => {
                format!("{}  {}: {}", words::moment(moment.at), kind(moment.kind), moment.text)
            }
            None => words::moment(scale.moment_at(pointer.x)),
        };
        let x = pointer.x.clamp(scale.line.left(), scale.line.right());
        let ghost = Stroke::new(1.0, style::WEAK);
        ui.painter().vline(x, scale.line.y_range(), ghost);
        response.on_hover_text_at_pointer(text);
    }
}

/// Where moments lie on the screen.
#[derive(Clone, Copy)]
struct Scale {
    line: Rect,
    duration: SessionTime,
}

impl Scale {
    /// 0 at the start, 1 at the end; the start where there is no length.
    fn along(self, at: SessionTime) -> f32 {
        if self.duration <= SessionTime::ZERO {
            return 0.0;
        }
        at.fraction_between(SessionTime::ZERO, self.duration).clamp(0.0, 1.0) as f32
    }

    fn x(self, at: SessionTime) -> f32 {
        self.line.left() + self.along(at) * self.line.width()
    }

    fn moment_at(self, x: f32) -> SessionTime {
        let along = f64::from((x - self.line.left()) / self.line.width().max(1.0)).clamp(0.0, 1.0);
        let ns = along * self.duration.as_nanos().max(0) as f64;
        SessionTime::from_nanos(ns.round() as i64).min(self.duration.max(SessionTime::ZERO))
    }
}

fn layer(kind: MomentKind) -> usize {
    match kind {
        MomentKind::Change => 0,
        MomentKind::Script => 1,
        MomentKind::Marker => 2,
    }
}

fn kind(kind: MomentKind) -> &'static str {
    match kind {
        MomentKind::Marker => "Marker",
        MomentKind::Change => "Change",
        MomentKind::Script => "Script",
    }
}

fn draw(
    ui: &Ui,
    scale: Scale,
    view: &PlayingView,
    ticks: &[(f32, usize)],
    marks: (SessionTime, SessionTime),
    at: SessionTime,
    handles: &[Response; 2],
) {
    let painter = ui.painter();
    let line = scale.line;
    let round = CornerRadius::same(4);
    painter.rect_filled(line, round, style::WELL);
    let (first, last) = (scale.x(marks.0), scale.x(marks.1));
    let part = Rect::from_min_max(pos2(first, line.top()), pos2(last, line.bottom()));
    painter.rect_filled(part, round, style::RAISED);
    let done = Rect::from_min_max(
        part.min,
        pos2(scale.x(at).clamp(first, last.max(first)), line.bottom()),
    );
    painter.rect_filled(done, round, style::CHOSEN);
    for (along, index) in ticks {
        let Some(moment) = view.moments.get(*index) else { continue };
        let x = line.left() + along * line.width();
        match moment.kind {
            MomentKind::Change => {
                painter.vline(
                    x,
                    line.bottom() - 7.0..=line.bottom(),
                    Stroke::new(1.0, style::ACCENT),
                );
            }
            MomentKind::Script => {
                painter.vline(x, line.top()..=line.top() + 7.0, Stroke::new(1.0, style::VIOLET));
            }
            MomentKind::Marker => {
                painter.vline(x, line.y_range(), Stroke::new(1.5, style::AMBER));
                let top = line.top();
                flag(painter, pos2(x, top - 3.0));
            }
        }
    }
    for (side, handle) in handles.iter().enumerate() {
        let lit = handle.hovered() || handle.dragged();
        let colour = if lit { Color32::WHITE } else { style::WEAK };
        let (x, way) = if side == 0 { (first, -1.0) } else { (last, 1.0) };
        let rect =
            Rect::from_two_pos(pos2(x, line.top() - 1.0), pos2(x + way * 5.0, line.bottom() + 1.0));
        painter.rect_filled(rect, CornerRadius::same(2), colour);
    }
    let x = scale.x(at);
    painter.vline(x, line.top() - 3.0..=line.bottom() + 3.0, Stroke::new(2.0, Color32::WHITE));
    painter.circle_filled(pos2(x, line.bottom() + 4.0), 4.0, Color32::WHITE);
}

/// A small triangle above a marker.
fn flag(painter: &egui::Painter, tip: Pos2) {
    let corners = vec![tip + vec2(-3.5, -3.0), tip + vec2(3.5, -3.0), tip + vec2(0.0, 3.0)];
    painter.add(Shape::convex_polygon(corners, style::AMBER, Stroke::NONE));
}
