//! The bar itself: what is in focus, what time it is, and a button for each panel. Above them a row
//! for what is being recorded or played.

use egui::{
    Align2, Area, Color32, Context, Id, Rect, Response, Sense, TextStyle, Ui, UiBuilder,
    WidgetInfo, WidgetType, pos2, vec2,
};
use skyreel_core::command::Command;
use skyreel_core::snapshot::{ModeView, Snapshot};

use super::dock::Panel;
use super::icons::{self, Icon};
use super::{Bar, Place, Shown, playing, style, widgets, words};

/// How high the row of buttons is, points.
const HEIGHT: f32 = 44.0;
const GAP: f32 = 4.0;

/// How wide what is on the bar is, points.
struct Widths {
    icon: f32,
    focus: f32,
    clock: f32,
    has_captions: bool,
}

impl Widths {
    fn of(width: f32) -> Self {
        let icon = match width {
            w if w >= 1040.0 => 62.0,
            w if w >= 720.0 => 44.0,
            _ => 30.0,
        };
        // The date must be whole; what is left is the focus'.
        let left = width - 9.0 * icon - 12.0 * GAP;
        let clock = (left / 2.0).clamp(204.0, 224.0);
        Self { icon, focus: (left - clock).clamp(60.0, 250.0), clock, has_captions: icon > 50.0 }
    }
}

/// A place on the bar.
struct Item<'a> {
    icon: Icon,
    name: &'a str,
    hover: String,
    /// Two lines beside the sign, or none.
    lines: Option<(String, String)>,
    caption: &'a str,
    is_chosen: bool,
    colour: Option<Color32>,
}

impl Bar {
    /// Draws the bar; gives the room that it takes.
    pub(super) fn show_strip(
        &mut self,
        ctx: &Context,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) -> Rect {
        let width = (ctx.content_rect().width() - 2.0 * style::MARGIN - 26.0).max(200.0);
        let area = Area::new(Id::new("skyreel bar"))
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -style::MARGIN))
            .constrain(false)
            .fade_in(false);
        let card = area.show(ctx, |ui| {
            style::card().show(ui, |ui| {
                ui.set_width(width);
                // What spans the window stays where it is, so that these stand above it.
                if self.docks.bottom.panel.is_none() && self.show_rows(ui, shown, say) {
                    ui.separator();
                }
                self.show_items(ui, shown, width);
            });
        });
        card.response.rect
    }

    /// Draws what is recorded or played above a panel that spans the window, whose rectangle is given;
    /// gives the top of all that stands at the bottom.
    pub(super) fn show_rows_above(
        &mut self,
        ctx: &Context,
        shown: &Shown<'_>,
        below: Rect,
        say: &mut Vec<Command>,
    ) -> Rect {
        if self.docks.bottom.panel.is_none() || !self.has_rows(shown) {
            return below;
        }
        let width = (below.width() - 26.0).max(200.0);
        let above = ctx.content_rect().bottom() - below.top() + style::MARGIN;
        let area = Area::new(Id::new("skyreel rows"))
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -above))
            .constrain(false)
            .fade_in(false);
        let card = area.show(ctx, |ui| {
            style::card().show(ui, |ui| {
                ui.set_width(width);
                self.show_rows(ui, shown, say);
            });
        });
        card.response.rect
    }

    /// Whether something is recorded, played, or complained of.
    fn has_rows(&self, shown: &Shown<'_>) -> bool {
        let complains = matches!(&self.complaint, Some((Place::Strip, _)));
        complains || !matches!(shown.snapshot.mode, ModeView::Idle)
    }

    /// Shows what is recorded, played, or complained of; false where there is none of it.
    fn show_rows(&mut self, ui: &mut Ui, shown: &Shown<'_>, say: &mut Vec<Command>) -> bool {
        let complaint = self.complaint.clone();
        if let Some((Place::Strip, text)) = &complaint {
            ui.horizontal(|ui| {
                widgets::fault(ui, text);
                let close = widgets::IconButton::new(Icon::Close, "Dismiss complaint");
                if ui.add(close).clicked() {
                    self.complaint = None;
                }
            });
        }
        match &shown.snapshot.mode {
            ModeView::Idle => return false,
            ModeView::Recording(view) => self.recording.show(ui, view, shown.keys, say),
            ModeView::Playing(view) => {
                playing::show(ui, view, shown.keys, say);
                // Its own panel has its time line already.
                if !(view.is_journey() && self.docks.is_open(Panel::Journey)) {
                    self.time_line.show(ui, view, say);
                }
            }
        }
        true
    }

    fn show_items(&mut self, ui: &mut Ui, shown: &Shown<'_>, width: f32) {
        let (row, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
        let widths = Widths::of(width);
        let is_recording = matches!(shown.snapshot.mode, ModeView::Recording(_));
        let left_end = row.left() + widths.focus + 2.0 * (widths.icon + GAP);
        let right_start = row.right() - 5.0 * widths.icon - 4.0 * GAP;
        let middle = widths.clock + 2.0 * (GAP + widths.icon);
        let middle_start = (row.center().x - middle / 2.0)
            .min(right_start - middle - GAP)
            .max(left_end + 2.0 * GAP);
        let mut x = row.left();
        for panel in Panel::ALL {
            match panel {
                Panel::Clock => x = middle_start,
                Panel::Film => x = right_start,
                // The menu is gone while recording.
                Panel::Session if is_recording => continue,
                _ => {}
            }
            let item_width = match panel {
                Panel::Focus => widths.focus,
                Panel::Clock => widths.clock,
                _ => widths.icon,
            };
            let rect = Rect::from_min_size(pos2(x, row.top()), vec2(item_width, HEIGHT));
            let item = self.item(panel, shown);
            if show_item(ui, rect, item, widths.has_captions).clicked() {
                self.docks.toggle(panel);
            }
            x += item_width + GAP;
        }
        let rect = Rect::from_min_size(pos2(x, row.top()), vec2(widths.icon, HEIGHT));
        let help = Item {
            icon: Icon::Help,
            name: "Keys",
            hover: with_key("All keys", shown, "help"),
            lines: None,
            caption: "Keys",
            is_chosen: self.is_help_open,
            colour: None,
        };
        if show_item(ui, rect, help, widths.has_captions).clicked() {
            self.is_help_open = !self.is_help_open;
        }
    }

    fn item(&self, panel: Panel, shown: &Shown<'_>) -> Item<'static> {
        let snapshot = shown.snapshot;
        let (icon, hover, caption) = match panel {
            Panel::Focus => {
                (Icon::Target, "What the camera turns round; fly to somewhere else", "")
            }
            Panel::Scene => (Icon::Tree, "Switch parts of the scene on and off", "Scene"),
            Panel::Views => (Icon::Views, "Cameras, and which are on screen", "Views"),
            Panel::Clock => (Icon::Clock, "Date, time and rate of the scene", ""),
            Panel::Session => (Icon::Camera, "Record a session, play recordings", "Record"),
            Panel::Journey => {
                (Icon::Journey, "Make a journey of keyframes, without flying it", "Journey")
            }
            Panel::Film => (Icon::Film, "Make a film of a recording", "Film"),
            Panel::Console => (Icon::Console, "Lua: drive everything by words", "Console"),
            Panel::Settings => (Icon::Gear, "Settings and keys", "Settings"),
            Panel::Log => (Icon::Log, "All notices", "Log"),
        };
        let lines = match panel {
            Panel::Focus => Some(focus_lines(snapshot)),
            Panel::Clock => Some((
                words::date(snapshot.clock.sim_time),
                format!("UTC · {}", words::pace(&snapshot.clock)),
            )),
            _ => None,
        };
        let colour = match panel {
            Panel::Log if self.toasts.has_errors() => Some(style::RED),
            Panel::Console if !snapshot.console.running.is_empty() => Some(style::VIOLET),
            Panel::Journey if snapshot.journey.is_changed => Some(style::AMBER),
            _ => None,
        };
        Item {
            icon,
            name: panel.name(),
            hover: match panel {
                Panel::Console => with_key(hover, shown, "console"),
                Panel::Journey => with_key(hover, shown, "journey"),
                _ => hover.to_owned(),
            },
            lines,
            caption,
            is_chosen: self.docks.is_open(panel),
            colour,
        }
    }
}

/// A text for the pointer, with the key that does the same.
pub(super) fn with_key(text: &str, shown: &Shown<'_>, action: &str) -> String {
    key_hint(text, shown.keys, action)
}

/// A text for the pointer, with the key that does the same.
pub(super) fn key_hint(text: &str, keys: &crate::keys::KeyMap, action: &str) -> String {
    match keys.key_of(action) {
        Some(key) => format!("{text} ({key})"),
        None => text.to_owned(),
    }
}

fn focus_lines(snapshot: &Snapshot) -> (String, String) {
    let Some(navigation) = &snapshot.navigation else {
        return ("No camera".to_owned(), String::new());
    };
    let nodes = &snapshot.scene.nodes;
    let label = nodes.iter().find(|node| node.name == navigation.focus);
    let label = label.map_or(navigation.focus.clone(), |node| node.label.clone());
    if let Some(flight) = &navigation.flight {
        let left_s = (flight.duration_s - flight.at_s).max(0.0);
        return (label, format!("flying to {}: {}", flight.to, words::seconds(left_s)));
    }
    let height = words::distance(navigation.altitude_m.unwrap_or(navigation.distance_m));
    let place = navigation.above_deg.map(|at| format!("  {}", words::place(at)));
    (label, height + &place.unwrap_or_default())
}

fn show_item(ui: &mut Ui, rect: Rect, item: Item<'_>, has_captions: bool) -> Response {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(item.name));
    let response = ui.allocate_rect(rect, Sense::click());
    response.widget_info(|| {
        WidgetInfo::selected(WidgetType::Button, ui.is_enabled(), item.is_chosen, item.name)
    });
    widgets::ground(&ui, rect, &response, item.is_chosen);
    let rest = if item.is_chosen { style::ACCENT } else { style::TEXT };
    let colour = item.colour.unwrap_or(if response.hovered() { Color32::WHITE } else { rest });
    let mut hover = item.hover;
    if let Some((first, second)) = item.lines {
        let sign =
            Rect::from_center_size(pos2(rect.left() + 20.0, rect.center().y), vec2(22.0, 22.0));
        icons::paint(ui.painter(), sign, item.icon, colour);
        let text = Rect::from_min_max(
            pos2(rect.left() + 38.0, rect.top() + 3.0),
            rect.max - vec2(4.0, 3.0),
        );
        let (top, bottom) = text.split_top_bottom_at_fraction(0.52);
        let first_style =
            if item.icon == Icon::Clock { style::digits() } else { TextStyle::Button };
        widgets::paint_text(&ui, top, &first, first_style, colour);
        widgets::paint_text(&ui, bottom, &second, TextStyle::Small, style::WEAK);
        hover = format!("{first}\n{second}\n{hover}");
    } else {
        let lift = if has_captions { 7.0 } else { 0.0 };
        let sign = Rect::from_center_size(rect.center() - vec2(0.0, lift), vec2(22.0, 22.0));
        icons::paint(ui.painter(), sign, item.icon, colour);
        if has_captions {
            let at = pos2(rect.center().x, rect.bottom() - 3.0);
            let font = TextStyle::Small.resolve(ui.style());
            ui.painter().text(at, Align2::CENTER_BOTTOM, item.caption, font, style::WEAK);
        }
    }
    response.on_hover_text(hover)
}
