//! The time line as it is seen: ruler, lanes, keys, the way's speed, warnings, and where its time stands.

use std::collections::BTreeSet;

use egui::{
    Align2, Color32, CornerRadius, Painter, Pos2, Rect, Sense, Shape, Stroke, StrokeKind,
    TextStyle, Ui, WidgetInfo, WidgetType, pos2, vec2,
};
use skyreel_core::journey::{KeyId, Pace};
use skyreel_core::snapshot::{JourneyView, KeyOf, KeyView};
use skyreel_core::time::SessionSpan;

use super::super::{style, words};
use super::lanes::{LANE, Lane, Lanes, Of, title};
use super::scale::Scale;

/// Half a key's width, points.
const HALF: f32 = 5.5;
/// So many keys at once are told one by one to programs for the blind, and have their names beside them.
const MOST_NAMED: usize = 150;

/// What the lanes show besides the journey.
#[derive(Clone, Copy)]
pub(super) struct Marked<'a> {
    pub(super) selected: &'a BTreeSet<KeyId>,
    /// By how much the selected ones are moved at the moment.
    pub(super) moved_s: f64,
    pub(super) hovered: Option<KeyId>,
}

impl Marked<'_> {
    fn at_s(&self, key: &KeyView) -> f64 {
        let moved_s = if self.selected.contains(&key.key) { self.moved_s } else { 0.0 };
        key.at.as_secs() + moved_s
    }
}

pub(super) fn ruler(ui: &Ui, scale: Scale, rect: Rect, duration_s: f64, marks: Option<(f64, f64)>) {
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, CornerRadius::same(3), style::WELL);
    let whole = scale.between(0.0, duration_s, rect.top(), rect.bottom());
    painter.rect_filled(whole, CornerRadius::same(3), style::RAISED);
    if let Some((from_s, to_s)) = marks {
        let stretch = scale.between(from_s, to_s, rect.bottom() - 6.0, rect.bottom());
        painter.rect_filled(stretch, CornerRadius::same(2), style::GREEN.gamma_multiply(0.8));
    }
    let (ticks, step_s) = scale.ticks();
    let font = TextStyle::Small.resolve(ui.style());
    for at_s in ticks {
        let x = scale.x(at_s);
        painter.vline(x, rect.bottom() - 7.0..=rect.bottom(), Stroke::new(1.0, style::WEAK));
        for part in 1..5 {
            let x = scale.x(at_s + step_s * f64::from(part) / 5.0);
            painter.vline(x, rect.bottom() - 3.0..=rect.bottom(), Stroke::new(1.0, style::EDGE));
        }
        let text = tick(at_s, step_s);
        let at = pos2(x + 3.0, rect.top() + 1.0);
        painter.text(at, Align2::LEFT_TOP, text, font.clone(), style::WEAK);
    }
}

fn tick(at_s: f64, step_s: f64) -> String {
    let span = SessionSpan::from_secs(at_s).unwrap_or(SessionSpan::ZERO);
    match step_s {
        step if step >= 1.0 => words::length(span),
        step if step >= 0.1 => words::moment(span),
        _ => format!("{at_s:.2}"),
    }
}

/// The names of the lanes that are seen.
pub(super) fn labels(ui: &Ui, rect: Rect, lanes: &Lanes) {
    for lane in seen(lanes, rect, ui.clip_rect()) {
        let at = Rect::from_min_size(
            pos2(rect.left() + 4.0, rect.top() + lane.top),
            vec2(rect.width() - 8.0, LANE),
        );
        let colour = match lane.of {
            Of::Camera => style::ACCENT,
            Of::Property(_) => style::TEXT,
            Of::Scripts => style::VIOLET,
        };
        super::super::widgets::paint_path(ui, at, lane.name(), TextStyle::Small, colour);
        if lane.height > LANE {
            let below = at.translate(vec2(0.0, LANE - 2.0));
            super::super::widgets::paint_text(ui, below, "Speed", TextStyle::Small, style::WEAK);
        }
        if let Of::Property(path) = &lane.of {
            let response = ui.interact(at, ui.id().with(path), Sense::hover());
            response.on_hover_text(path);
        }
    }
}

fn seen(lanes: &Lanes, rect: Rect, clip: Rect) -> impl Iterator<Item = &Lane> {
    let (top, bottom) = (clip.top() - rect.top(), clip.bottom() - rect.top());
    lanes.all.iter().filter(move |lane| lane.top + lane.height >= top && lane.top <= bottom)
}

pub(super) fn lanes(
    ui: &Ui,
    rect: Rect,
    scale: Scale,
    view: &JourneyView,
    all: &Lanes,
    marked: Marked<'_>,
) {
    let clip = rect.intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(clip);
    let (from_s, to_s) = scale.seen_s();
    // What is moved may come from outside.
    let reach_s = marked.moved_s.abs();
    let mut named = 0;
    for (number, lane) in seen(all, rect, clip).enumerate() {
        let top = rect.top() + lane.top;
        let ground =
            Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), lane.height - 1.0));
        let fill = if number % 2 == 0 { style::WELL } else { Color32::from_rgb(13, 16, 21) };
        painter.rect_filled(ground, CornerRadius::ZERO, fill);
        let middle = top + LANE / 2.0;
        if lane.of == Of::Camera {
            way(&painter, scale, view, lane, middle, marked);
            speeds(
                &painter,
                scale,
                view,
                Rect::from_min_max(pos2(rect.left(), top + LANE), ground.max),
            );
        }
        let visible = lane.between(&view.keys, from_s - reach_s, to_s + reach_s);
        let has_names = visible.len() <= MOST_NAMED;
        let (mut last_x, mut last_selected) = (f32::NEG_INFINITY, false);
        for (place, index) in visible.iter().enumerate() {
            let key = &view.keys[*index];
            let x = scale.x(marked.at_s(key));
            let is_selected = marked.selected.contains(&key.key);
            let is_lit = marked.hovered == Some(key.key);
            // Of those that lie on one another one is enough.
            if is_selected == last_selected && !is_lit && (x - last_x).abs() < 1.5 {
                continue;
            }
            (last_x, last_selected) = (x, is_selected);
            over(&painter, scale, key, x, middle);
            draw_key(&painter, pos2(x, middle), key, is_selected, is_lit);
            if has_names && named < MOST_NAMED {
                named += 1;
                let next =
                    visible.get(place + 1).map(|next| scale.x(marked.at_s(&view.keys[*next])));
                let right = next.unwrap_or(rect.right()).min(rect.right()) - HALF;
                name(ui, &painter, pos2(x, middle), key, right);
                tell(
                    ui,
                    Rect::from_center_size(pos2(x, middle), vec2(12.0, 14.0)),
                    key,
                    is_selected,
                );
            }
        }
    }
}

/// The line between the camera's keys, red where it should be warned of.
fn way(
    painter: &Painter,
    scale: Scale,
    view: &JourneyView,
    lane: &Lane,
    y: f32,
    marked: Marked<'_>,
) {
    let at_s = |index: Option<&usize>| index.map(|index| marked.at_s(&view.keys[*index]));
    let (Some(first_s), Some(last_s)) = (at_s(lane.keys.first()), at_s(lane.keys.last())) else {
        return;
    };
    let line = scale.line.x_range();
    let (a, b) = (line.clamp(scale.x(first_s)), line.clamp(scale.x(last_s)));
    painter.hline(a..=b, y, Stroke::new(2.0, style::CHOSEN));
    for warning in &view.warnings {
        let Some((from_s, to_s)) = warned(view, lane, warning.key) else { continue };
        let stretch = scale.between(from_s, to_s, y - 7.0, y + 7.0);
        painter.rect_filled(stretch, CornerRadius::same(3), style::RED.gamma_multiply(0.3));
        painter.hline(stretch.x_range(), y, Stroke::new(2.5, style::RED));
        let worst = scale.x(warning.at.as_secs());
        painter.circle_filled(pos2(worst, y), 2.5, style::RED);
    }
}

/// The stretch of a warning: from its key to the next of the camera.
pub(super) fn warned(view: &JourneyView, camera: &Lane, key: KeyId) -> Option<(f64, f64)> {
    let place = camera.keys.iter().position(|index| view.keys[*index].key == key)?;
    let at_s = |place: usize| camera.keys.get(place).map(|index| view.keys[*index].at.as_secs());
    let from_s = at_s(place)?;
    Some((from_s, at_s(place + 1).unwrap_or(from_s)))
}

/// How fast the camera goes, a point for every two of the screen.
fn speeds(painter: &Painter, scale: Scale, view: &JourneyView, rect: Rect) {
    let most = view.speeds.iter().copied().filter(|s| s.is_finite()).fold(0.0_f32, f32::max);
    let duration_s = view.duration.as_secs();
    if view.speeds.len() < 2 || most <= 0.0 || duration_s <= 0.0 {
        return;
    }
    let room = rect.shrink2(vec2(0.0, 2.0));
    let seen = scale.between(0.0, duration_s, room.top(), room.bottom());
    let count = ((seen.width() / 2.0) as usize).min(2_000);
    let points = (0..=count).map(|n| {
        let x = seen.left() + seen.width() * n as f32 / count.max(1) as f32;
        let along = scale.at_s(x) / duration_s * (view.speeds.len() - 1) as f64;
        let speed = view.speeds.get(along.round().max(0.0) as usize).copied().unwrap_or(0.0);
        let share = if speed.is_finite() { (speed / most).clamp(0.0, 1.0) } else { 1.0 };
        pos2(x, room.bottom() - share * room.height())
    });
    let points: Vec<Pos2> = points.collect();
    painter.hline(seen.x_range(), room.bottom(), Stroke::new(1.0, style::EDGE));
    painter.add(Shape::line(points, Stroke::new(1.3, style::ACCENT.gamma_multiply(0.8))));
}

/// How fast the camera goes at a moment.
pub(super) fn speed_at(view: &JourneyView, at_s: f64) -> Option<f32> {
    let along = at_s / view.duration.as_secs();
    let last = view.speeds.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&along) {
        return None;
    }
    view.speeds.get((along * last as f64).round() as usize).copied()
}

/// How long a property's change takes.
fn over(painter: &Painter, scale: Scale, key: &KeyView, x: f32, y: f32) {
    if let KeyOf::Property { over, .. } = &key.of
        && over.as_nanos() > 0
    {
        let to =
            scale.line.x_range().clamp(x + (over.as_secs() / scale.span_s(1.0)).min(1e5) as f32);
        painter.hline(x..=to.max(x), y, Stroke::new(3.0, style::AMBER.gamma_multiply(0.4)));
    }
}

fn draw_key(painter: &Painter, at: Pos2, key: &KeyView, is_selected: bool, is_lit: bool) {
    let colour = match &key.of {
        KeyOf::Camera { .. } => style::ACCENT,
        KeyOf::Property { .. } => style::AMBER,
        KeyOf::Script { .. } => style::VIOLET,
    };
    let edge = match (is_selected, is_lit) {
        (true, _) => Stroke::new(1.8, Color32::WHITE),
        (_, true) => Stroke::new(1.5, Color32::WHITE),
        _ => Stroke::NONE,
    };
    let half = if is_selected || is_lit { HALF + 1.0 } else { HALF };
    match (&key.of, key.pace) {
        // What holds is square, as its curve is.
        (_, Pace::Hold) => {
            let rect = Rect::from_center_size(at, vec2(1.7, 1.7) * half);
            painter.rect(rect, CornerRadius::ZERO, colour, edge, StrokeKind::Middle);
        }
        (KeyOf::Script { .. }, _) => {
            painter.circle(at, half - 1.0, colour, edge);
        }
        _ => {
            let corners = [vec2(0.0, -half), vec2(half, 0.0), vec2(0.0, half), vec2(-half, 0.0)];
            let corners = corners.map(|corner| at + corner).to_vec();
            painter.add(Shape::convex_polygon(corners, colour, edge));
        }
    }
}

/// The key's name beside it, as far as there is room.
fn name(ui: &Ui, painter: &Painter, at: Pos2, key: &KeyView, right: f32) {
    let left = at.x + HALF + 4.0;
    if right - left < 22.0 {
        return;
    }
    let rect =
        Rect::from_min_max(pos2(left, at.y - LANE / 2.0), pos2(right - 3.0, at.y + LANE / 2.0));
    let text = match &key.of {
        KeyOf::Property { value, .. } if key.name.is_empty() => value.to_string(),
        _ => title(key),
    };
    let text = egui::WidgetText::from(egui::RichText::new(text).color(style::TEXT));
    let wrap = Some(egui::TextWrapMode::Truncate);
    let galley = text.into_galley(ui, wrap, rect.width(), TextStyle::Small);
    let corner = pos2(rect.left(), at.y - galley.size().y / 2.0);
    // The line between keys does not go through letters.
    let ground = Rect::from_min_size(corner, galley.size()).expand2(vec2(2.0, -2.0));
    painter.rect_filled(ground, CornerRadius::same(3), style::WELL.gamma_multiply(0.85));
    painter.galley(corner, galley, style::TEXT);
}

/// Tells a key to programs that read the screen.
fn tell(ui: &Ui, rect: Rect, key: &KeyView, is_selected: bool) {
    let response = ui.interact(rect, ui.id().with(key.key), Sense::hover());
    response.widget_info(|| {
        let label = format!("Key {}: {}", key.key.0, title(key));
        WidgetInfo::selected(WidgetType::SelectableLabel, true, is_selected, label)
    });
}

/// Where the journey's time stands, through ruler and lanes.
pub(super) fn play_head(painter: &Painter, x: f32, ruler: Rect, bottom: f32) {
    painter.vline(x, ruler.top()..=bottom, Stroke::new(1.5, Color32::WHITE));
    let tip = pos2(x, ruler.bottom() - 1.0);
    let corners = vec![
        tip + vec2(-5.0, -9.0),
        tip + vec2(5.0, -9.0),
        tip + vec2(5.0, -5.0),
        tip,
        tip + vec2(-5.0, -5.0),
    ];
    painter.add(Shape::convex_polygon(corners, Color32::WHITE, Stroke::NONE));
}
