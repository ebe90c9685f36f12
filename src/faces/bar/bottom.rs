//! The panel that spans the window, between the bar and the panels at its sides: where it is, how high,
//! and the edge by which that is changed. What is in it is drawn elsewhere.

use egui::{Area, Context, CursorIcon, Id, Rect, Sense, Ui, pos2, vec2};
use serde::{Deserialize, Serialize};
use skyreel_core::command::Command;

use super::dock::Panel;
use super::{Bar, Place, Shown, style, widgets};

/// What spans the window.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Bottom {
    pub(super) panel: Option<Panel>,
    /// How high the console is, of the window's height.
    console: f32,
    /// How high the journey is, of the window's height.
    journey: f32,
}

impl Default for Bottom {
    fn default() -> Self {
        Self { panel: None, console: 1.0 / 3.0, journey: 0.28 }
    }
}

impl Bottom {
    /// How high console and journey are, of the window's height.
    pub(super) fn shares(&self) -> (f32, f32) {
        (self.console, self.journey)
    }

    pub(super) fn set_shares(&mut self, (console, journey): (f32, f32)) {
        (self.console, self.journey) = (console, journey);
    }

    fn share_mut(&mut self, panel: Panel) -> &mut f32 {
        if panel == Panel::Journey { &mut self.journey } else { &mut self.console }
    }
}

/// The least height, frame and all, points.
const LEAST: f32 = 150.0;
/// Frame and margins of a card: left and right, top and bottom together.
const CARD: (f32, f32) = (26.0, 18.0);

impl Bar {
    /// Shows the panel that spans the window; gives the top of what stands at the bottom.
    pub(super) fn show_bottom(
        &mut self,
        ctx: &Context,
        shown: &Shown<'_>,
        strip: Rect,
        say: &mut Vec<Command>,
    ) -> Rect {
        let Some(panel) = self.docks.bottom.panel else { return strip };
        let window = ctx.content_rect();
        let most = (strip.top() - 2.0 * style::MARGIN - window.top()).max(40.0);
        let share = *self.docks.bottom.share_mut(panel);
        let height = (share * window.height()).max(LEAST).min(most);
        // In its first frame the bar is not yet where it will be.
        if window.contains_rect(strip) {
            self.docks.make_room_above(most - height);
        }
        if self.docks.bottom.panel.is_none() {
            return strip;
        }
        let said_before = say.len();
        let top = strip.top() - style::MARGIN - height;
        let width = (window.width() - 2.0 * style::MARGIN).max(60.0);
        let size = vec2(width - CARD.0, (height - CARD.1).max(20.0));
        let area = Area::new(Id::new(("skyreel panel", panel)))
            .fixed_pos(pos2(window.left() + style::MARGIN, top))
            .constrain(false)
            .fade_in(false);
        let card = area.show(ctx, |ui| {
            style::card().show(ui, |ui| {
                let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect));
                ui.set_clip_rect(rect.expand(4.0).intersect(ui.clip_rect()));
                self.show_spanning(&mut ui, panel, shown, say);
            });
        });
        let rect = card.response.rect;
        if let Some(top) = drag_height(ctx, rect) {
            let height = (rect.bottom() - top).clamp(LEAST.min(most), most);
            *self.docks.bottom.share_mut(panel) = height / window.height().max(1.0);
        }
        self.note_said(Place::Panel(panel), said_before, say);
        rect
    }

    fn show_spanning(
        &mut self,
        ui: &mut Ui,
        panel: Panel,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) {
        let complaint = match &self.complaint {
            Some((Place::Panel(at), text)) if *at == panel => Some(text.as_str()),
            _ => None,
        };
        let closes = match panel {
            Panel::Journey => self.journey.show(ui, shown, complaint, say),
            _ => self.console.show(ui, shown, complaint, say),
        };
        if closes {
            self.docks.close(panel);
        }
    }
}

/// The upper edge, which can be dragged; gives where to.
fn drag_height(ctx: &Context, rect: Rect) -> Option<f32> {
    let edge = Rect::from_min_max(
        pos2(rect.left() + 12.0, rect.top() - 4.0),
        pos2(rect.right() - 12.0, rect.top() + 4.0),
    );
    let area = Area::new(Id::new("skyreel bottom edge"))
        .fixed_pos(edge.min)
        .constrain(false)
        .fade_in(false);
    let grip = area.show(ctx, |ui| {
        let (_, grip) = ui.allocate_exact_size(edge.size(), Sense::drag());
        widgets::named(grip, "Height of the panel")
    });
    let grip = grip.inner.on_hover_and_drag_cursor(CursorIcon::ResizeVertical);
    if !grip.dragged() {
        return None;
    }
    Some(grip.interact_pointer_pos()?.y)
}
