//! The bar in the window: it is shown the snapshot, and what it says is sent.

use std::collections::BTreeSet;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};
use bevy_skyreel::{Answered, Published, Requests, RunningSession};
use skyreel_core::command::{Origin, RequestId};
use skyreel_core::role::Role;
use skyreel_core::session::Session;
use skyreel_core::snapshot::Weight;
use skyreel_faces::bar::console::Language;
use skyreel_faces::bar::{Bar, Entrance, Panel, Shown, apply_style};

use super::door::Open;
use super::kept::Keeper;
use super::preferences::Preferences;
use super::stage::regions;
use super::thumbnails::ThumbnailReader;
use super::typed::Typed;

/// Where the advanced help is.
pub const HELP_URL: &str = "https://github.com/skyreel/skyreel#using-it";

/// How many commands of the bar may be without an answer.
const MOST_OPEN: usize = 1000;

/// The bar, and which commands are its own.
#[derive(Resource, Default)]
pub struct Interface {
    /// The bar.
    pub bar: Bar,
    open: BTreeSet<RequestId>,
    is_styled: bool,
    /// The last notice that was logged.
    logged: u64,
}

impl Interface {
    /// Writes to the log what was told since the last time.
    pub fn log(&mut self, session: &Session) {
        log_notices(session, &mut self.logged);
    }
}

/// Shows the bar and sends what it says.
pub fn show(
    mut contexts: EguiContexts,
    mut interface: ResMut<Interface>,
    published: Res<Published>,
    preferences: Res<Preferences>,
    requests: Res<Requests>,
    mut session: ResMut<RunningSession>,
    (mut typed, open, mut pictures, mut keeper): (
        ResMut<Typed>,
        Option<Res<Open>>,
        ResMut<ThumbnailReader>,
        ResMut<Keeper>,
    ),
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let interface = &mut *interface;
    if !interface.is_styled {
        apply_style(ctx);
        interface.bar.take_over(&preferences.settings);
        for fault in keeper.bring_back(&mut interface.bar, &preferences) {
            session.get().tell(Weight::Warning, fault);
        }
        let were_open = |panel: &Panel| preferences.settings.panels.contains(panel.name());
        for panel in Panel::ALL.into_iter().filter(were_open) {
            interface.bar.open(panel);
        }
        interface.is_styled = true;
    }
    let shown = Shown {
        snapshot: &published.0,
        settings: &preferences.rows,
        keys: &preferences.keys,
        help_url: HELP_URL,
        browser: open.as_ref().map(|open| Entrance { address: &open.address, code: &open.code }),
        language: Language { is_complete: skyreel_script::console::is_complete },
    };
    let (mut by_keys, mut by_mouse) = (Vec::new(), Vec::new());
    interface.bar.press_keys(ctx, typed.take(), &shown, &mut by_keys);
    if interface.bar.is_shown() {
        name_views(ctx, &published.0.views.on_screen);
    }
    interface.bar.show(ctx, &shown, &mut by_mouse);
    pictures.look(ctx, &mut interface.bar, &preferences.folder());
    let is_held = ctx.input(|input| input.pointer.any_down());
    keeper.keep(&interface.bar, is_held, &preferences);
    for (origin, commands) in [(Origin::Keyboard, by_keys), (Origin::Window, by_mouse)] {
        for command in commands {
            match requests.send_as(command, origin, Role::Administrator, None) {
                Ok(id) => {
                    interface.open.insert(id);
                }
                Err(error) => session.get().tell(Weight::Error, error.to_string()),
            }
        }
    }
    while interface.open.len() > MOST_OPEN {
        interface.open.pop_first();
    }
    Ok(())
}

/// Where several cameras are on screen, each says which it is.
fn name_views(ctx: &egui::Context, names: &[String]) {
    if names.len() < 2 {
        return;
    }
    let scale = ctx.pixels_per_point();
    let size = ctx.content_rect().size() * scale;
    let painter = ctx.layer_painter(egui::LayerId::background());
    for (name, region) in
        names.iter().zip(regions(UVec2::new(size.x as u32, size.y as u32), names.len()))
    {
        let at = egui::pos2(region.x as f32 / scale + 14.0, region.y as f32 / scale + 10.0);
        let font = egui::FontId::proportional(14.0);
        let colour = egui::Color32::from_white_alpha(170);
        painter.text(at, egui::Align2::LEFT_TOP, name, font, colour);
    }
}

/// Tells the person what was not done of what they asked for, and the log everything.
pub fn answer(
    mut answered: MessageReader<Answered>,
    mut interface: ResMut<Interface>,
    mut session: ResMut<RunningSession>,
) {
    let session = session.bypass_change_detection().get();
    for answer in answered.read() {
        let is_own = interface.bypass_change_detection().open.remove(&answer.id);
        let Some(complaint) = answer.outcome.complaint() else { continue };
        if is_own {
            interface.bar.complain(complaint.clone());
            warn!(target: "skyreel", "{complaint}");
        } else if answer.origin == Origin::Program {
            session.tell(Weight::Warning, complaint);
        } else {
            // Whoever asked is told where they asked; who looks at the picture need not be.
            session.tell(Weight::Detail, complaint);
        }
    }
    interface.bypass_change_detection().log(session);
}

/// Writes to the log what was told since the last time.
pub fn log_notices(session: &Session, logged: &mut u64) {
    for notice in session.notices().after(*logged) {
        match notice.weight {
            Weight::Detail => debug!(target: "skyreel", "{}", notice.text),
            Weight::Info => info!(target: "skyreel", "{}", notice.text),
            Weight::Warning => warn!(target: "skyreel", "{}", notice.text),
            Weight::Error => error!(target: "skyreel", "{}", notice.text),
        }
    }
    *logged = session.notices().last();
}
