//! Panels above the bar: one at the left, one at the right, one that spans the window; which are open
//! and how large they are.

use egui::{Area, Context, CursorIcon, Id, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};
use serde::{Deserialize, Serialize};
use skyreel_core::command::Command;

use super::bottom::Bottom;
use super::icons::Icon;
use super::widgets::{self, IconButton};
use super::{Bar, Place, Shown, style};

/// A panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    /// What the camera turns round, and flights.
    Focus,
    /// The scene's nodes.
    Scene,
    /// Cameras.
    Views,
    /// Date, time and rate.
    Clock,
    /// Recording and playing.
    Session,
    /// The journey that is being made of keyframes.
    Journey,
    /// Films.
    Film,
    /// The console.
    Console,
    /// Settings and keys.
    Settings,
    /// All notices.
    Log,
}

impl Panel {
    /// All panels, from the left of the bar to the right.
    pub const ALL: [Self; 10] = [
        Self::Focus,
        Self::Scene,
        Self::Views,
        Self::Clock,
        Self::Session,
        Self::Journey,
        Self::Film,
        Self::Console,
        Self::Settings,
        Self::Log,
    ];

    /// Its name, as its button has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Focus => "Focus",
            Self::Scene => "Scene",
            Self::Views => "Views",
            Self::Clock => "Clock",
            Self::Session => "Session recording",
            Self::Journey => "Journey",
            Self::Film => "Film",
            Self::Console => "Console",
            Self::Settings => "Settings",
            Self::Log => "Log",
        }
    }

    /// The panel of a name, as settings and commands have it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|panel| panel.name() == name)
    }

    /// Whether it is as wide as the window, between the bar and the others.
    pub fn spans_the_window(self) -> bool {
        self.side() == Side::Bottom
    }

    /// Whether it has a list, which takes all the room that there is.
    fn has_list(self) -> bool {
        matches!(self, Self::Focus | Self::Scene | Self::Session | Self::Log)
    }

    fn side(self) -> Side {
        match self {
            Self::Focus | Self::Scene | Self::Views => Side::Left,
            Self::Console | Self::Journey => Side::Bottom,
            _ => Side::Right,
        }
    }

    fn is_left(self) -> bool {
        self.side() == Side::Left
    }
}

/// One side of the window.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(default)]
struct Dock {
    panel: Option<Panel>,
    width: f32,
    /// How high what is in a panel was in the frame before, points.
    #[serde(skip)]
    content: Option<(Panel, f32)>,
}

impl Default for Dock {
    fn default() -> Self {
        Self { panel: None, width: 380.0, content: None }
    }
}

/// Where a panel is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    #[default]
    Left,
    Right,
    /// Between the bar and the others.
    Bottom,
}

/// Both sides of the window, and what spans it.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Docks {
    left: Dock,
    right: Dock,
    pub(super) bottom: Bottom,
    /// The side that was opened last, which stays where there is no room for all.
    #[serde(skip)]
    last: Side,
}

/// How large panels are made: what is kept of them between runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelSizes {
    /// Width of those at the left, points.
    pub left: f32,
    /// Width of those at the right, points.
    pub right: f32,
    /// Height of the console, of the window's height.
    pub console: f32,
    /// Height of the journey, of the window's height.
    pub journey: f32,
}

impl Default for PanelSizes {
    fn default() -> Self {
        Docks::default().sizes()
    }
}

impl Docks {
    pub(super) fn sizes(&self) -> PanelSizes {
        let (console, journey) = self.bottom.shares();
        PanelSizes { left: self.left.width, right: self.right.width, console, journey }
    }

    /// Numbers that are none are left out.
    pub(super) fn set_sizes(&mut self, sizes: PanelSizes) {
        let within = |number: f32, least: f32, most: f32, otherwise: f32| {
            if number.is_finite() { number.clamp(least, most) } else { otherwise }
        };
        let width = |number, otherwise| within(number, LEAST_WIDTH, MOST_WIDTH, otherwise);
        self.left.width = width(sizes.left, self.left.width);
        self.right.width = width(sizes.right, self.right.width);
        let (console, journey) = self.bottom.shares();
        self.bottom.set_shares((
            within(sizes.console, 0.0, 1.0, console),
            within(sizes.journey, 0.0, 1.0, journey),
        ));
    }

    pub(super) fn is_open(&self, panel: Panel) -> bool {
        *self.of(panel.side()) == Some(panel)
    }

    pub(super) fn open(&mut self, panel: Panel) {
        self.last = panel.side();
        *self.of_mut(self.last) = Some(panel);
    }

    pub(super) fn close(&mut self, panel: Panel) {
        if self.is_open(panel) {
            *self.of_mut(panel.side()) = None;
        }
    }

    pub(super) fn toggle(&mut self, panel: Panel) {
        if self.is_open(panel) { self.close(panel) } else { self.open(panel) }
    }

    /// Closes what was opened last.
    pub(super) fn close_one(&mut self) {
        for side in [self.last, Side::Bottom, Side::Left, Side::Right] {
            if self.of_mut(side).take().is_some() {
                return;
            }
        }
    }

    fn of(&self, side: Side) -> &Option<Panel> {
        match side {
            Side::Left => &self.left.panel,
            Side::Right => &self.right.panel,
            Side::Bottom => &self.bottom.panel,
        }
    }

    fn of_mut(&mut self, side: Side) -> &mut Option<Panel> {
        match side {
            Side::Left => &mut self.left.panel,
            Side::Right => &mut self.right.panel,
            Side::Bottom => &mut self.bottom.panel,
        }
    }

    /// Where there is no room for two, the one that was opened last stays.
    fn make_room(&mut self, width: f32) {
        if self.left.panel.is_some()
            && self.right.panel.is_some()
            && width < 2.0 * LEAST_WIDTH + 40.0
        {
            if self.last == Side::Left { self.right.panel = None } else { self.left.panel = None }
        }
    }

    /// The same for what spans the window and what is above it: `above` points are left for that.
    pub(super) fn make_room_above(&mut self, above: f32) {
        let has_sides = self.left.panel.is_some() || self.right.panel.is_some();
        if self.bottom.panel.is_none() || !has_sides || above >= LEAST_HEIGHT {
            return;
        }
        if self.last == Side::Bottom {
            (self.left.panel, self.right.panel) = (None, None);
        } else {
            self.bottom.panel = None;
        }
    }
}

/// The least height of a panel at a side where another spans the window, points.
const LEAST_HEIGHT: f32 = 180.0;
const LEAST_WIDTH: f32 = 330.0;
const MOST_WIDTH: f32 = 620.0;
/// Frame and margins of a card, left and right together.
const CARD_SIDES: f32 = 26.0;
/// Frame and margins of a card, top and bottom together.
const CARD_ENDS: f32 = 18.0;

impl Bar {
    pub(super) fn show_docks(
        &mut self,
        ctx: &Context,
        shown: &Shown<'_>,
        below: Rect,
        say: &mut Vec<Command>,
    ) {
        let window = ctx.content_rect();
        self.docks.make_room(window.width());
        for is_left in [true, false] {
            let dock = if is_left { self.docks.left } else { self.docks.right };
            let Some(panel) = dock.panel else { continue };
            let said_before = say.len();
            let room = Rect::from_min_max(
                window.min + vec2(style::MARGIN, style::MARGIN),
                pos2(window.right() - style::MARGIN, below.top() - style::MARGIN),
            );
            let other = if is_left { self.docks.right } else { self.docks.left };
            let taken = if other.panel.is_some() { other.width + style::MARGIN } else { 0.0 };
            let most = (room.width() - taken).min(MOST_WIDTH);
            let width =
                dock.width.clamp(LEAST_WIDTH.min(most), most.max(LEAST_WIDTH.min(room.width())));
            let content = dock.content.filter(|(of, _)| *of == panel).map(|(_, height)| height);
            let (new_width, height) = self.show_dock(ctx, shown, panel, room, width, content, say);
            let dock = if is_left { &mut self.docks.left } else { &mut self.docks.right };
            dock.content = Some((panel, height));
            if let Some(new_width) = new_width {
                dock.width = new_width.clamp(LEAST_WIDTH, MOST_WIDTH);
            }
            self.note_said(Place::Panel(panel), said_before, say);
        }
        if !self.is_open(Panel::Clock) {
            self.clock.forget_faults();
        }
    }

    /// Shows a panel; gives its new width where it was dragged, and how high what is in it would be.
    /// A panel without a list is as high as what was in it in the frame before, and stands on the bar
    /// in each frame.
    #[expect(clippy::too_many_arguments, reason = "what is shown, where, and what is said")]
    fn show_dock(
        &mut self,
        ctx: &Context,
        shown: &Shown<'_>,
        panel: Panel,
        room: Rect,
        width: f32,
        content: Option<f32>,
        say: &mut Vec<Command>,
    ) -> (Option<f32>, f32) {
        let most = (room.height() - CARD_ENDS).max(60.0);
        let inner = if panel.has_list() { most } else { content.unwrap_or(most).min(most) };
        let left = if panel.is_left() { room.left() } else { room.right() - width };
        let area = Area::new(Id::new(("skyreel panel", panel)))
            .fixed_pos(pos2(left, room.top() + most - inner))
            .constrain(false)
            // What is in it is not known yet; it is measured without being seen.
            .sizing_pass(content.is_none() && !panel.has_list())
            .fade_in(false);
        let card = area.show(ctx, |ui| {
            let card = style::card().show(ui, |ui| {
                ui.set_width(width - CARD_SIDES);
                ui.set_height(inner);
                let top = ui.cursor().top();
                self.show_head(ui, panel);
                let head = ui.cursor().top() - top;
                let body = (inner - head).max(40.0);
                let scroll = ScrollArea::vertical().id_salt(panel).max_height(body);
                let scrolled = scroll.auto_shrink([false, false]).show(ui, |ui| {
                    // Beside the scroll bar.
                    ui.set_max_width(ui.available_width() - 4.0);
                    self.show_panel(ui, panel, body, shown, say);
                });
                head + scrolled.content_size.y
            });
            card.inner
        });
        (drag_width(&card.response, panel, card.response.rect), card.inner)
    }

    fn show_head(&mut self, ui: &mut Ui, panel: Panel) {
        ui.horizontal(|ui| {
            ui.label(RichText::new(panel.name()).heading().strong());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let close = format!("Close {}", panel.name().to_lowercase());
                if ui.add(IconButton::new(Icon::Close, &close)).clicked() {
                    self.docks.close(panel);
                }
            });
        });
        if let Some((Place::Panel(at), text)) = &self.complaint
            && *at == panel
        {
            widgets::fault(ui, text);
        }
    }

    fn show_panel(
        &mut self,
        ui: &mut Ui,
        panel: Panel,
        height: f32,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) {
        let snapshot = shown.snapshot;
        match panel {
            Panel::Focus => self.focus.show(ui, height, snapshot, say),
            Panel::Scene => self.scene.show(ui, height, snapshot, say),
            Panel::Views => self.views.show(ui, snapshot, say),
            Panel::Clock => self.clock.show(ui, &snapshot.clock, say),
            Panel::Session => self.session.show(ui, height, shown, say),
            Panel::Film => self.film.show(ui, snapshot, say),
            Panel::Settings => self.settings.show(ui, shown, say),
            Panel::Log => self.log.show(ui, height, &snapshot.notices, &self.toasts),
            // They have a place of their own.
            Panel::Console | Panel::Journey => {}
        }
    }
}

/// The inner edge, which can be dragged.
fn drag_width(card: &egui::Response, panel: Panel, rect: Rect) -> Option<f32> {
    let x = if panel.is_left() { rect.right() } else { rect.left() };
    let edge = Rect::from_min_max(pos2(x - 4.0, rect.top()), pos2(x + 4.0, rect.bottom()));
    let area = Area::new(Id::new(("skyreel panel edge", panel.is_left())))
        .fixed_pos(edge.min)
        .constrain(false)
        .fade_in(false);
    let grip = area.show(&card.ctx, |ui| {
        let (_, grip) = ui.allocate_exact_size(edge.size(), Sense::drag());
        widgets::named(grip, "Width of the panel")
    });
    let grip = grip.inner.on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    if !grip.dragged() {
        return None;
    }
    let to = grip.interact_pointer_pos()?.x;
    Some(if panel.is_left() { to - rect.left() } else { rect.right() - to })
}
