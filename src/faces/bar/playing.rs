//! The bar's row of buttons while a recording plays, stands still or has ended.

use egui::{Align, Color32, Layout, RichText, Ui, vec2};
use skyreel_core::command::{Command, PlayCommand};
use skyreel_core::player::{AtEnd, Speed};
use skyreel_core::snapshot::PlayingView;
use skyreel_core::time::SessionTime;

use super::icons::Icon;
use super::strip::key_hint;
use super::widgets::{self, IconButton};
use super::{style, words};
use crate::keys::KeyMap;

/// Speeds to choose from, and how they are written.
pub(super) const SPEEDS: [(Speed, &str); 6] = [
    (Speed::LADDER[0], "0.25×"),
    (Speed::LADDER[1], "0.5×"),
    (Speed::LADDER[2], "1×"),
    (Speed::LADDER[3], "2×"),
    (Speed::LADDER[4], "4×"),
    (Speed::LADDER[5], "8×"),
];

/// Below this width the buttons take two rows, points.
const ONE_ROW: f32 = 720.0;

pub(super) fn show(ui: &mut Ui, view: &PlayingView, keys: &KeyMap, say: &mut Vec<Command>) {
    let mut tell = |command| say.push(Command::Play(command));
    let is_one_row = ui.available_width() >= ONE_ROW;
    ui.horizontal(|ui| {
        transport(ui, view, keys, &mut tell);
        position(ui, view);
        if is_one_row {
            speed(ui, view, keys, &mut tell);
            options(ui, view, &mut tell);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            stop(ui, keys, &mut tell);
            if is_one_row {
                state(ui, view);
            }
        });
    });
    if !is_one_row {
        ui.horizontal(|ui| {
            speed(ui, view, keys, &mut tell);
            options(ui, view, &mut tell);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| state(ui, view));
        });
    }
}

fn position(ui: &mut Ui, view: &PlayingView) {
    let at = format!("{} / {}", words::moment(view.at), words::moment(view.duration));
    ui.label(RichText::new(at).text_style(style::digits()).color(Color32::WHITE))
        .on_hover_text("Where playback is, and how long the recording is");
}

fn stop(ui: &mut Ui, keys: &KeyMap, tell: &mut impl FnMut(PlayCommand)) {
    let hover = key_hint("End playback; everything stays as it is", keys, "play_stop");
    if widgets::red_button(ui, "Stop playback", &hover).clicked() {
        tell(PlayCommand::Stop {});
    }
}

fn transport(ui: &mut Ui, view: &PlayingView, keys: &KeyMap, tell: &mut impl FnMut(PlayCommand)) {
    let (toggle_icon, toggle) = match (view.is_moving, view.has_ended) {
        (true, _) => (Icon::Pause, "Pause"),
        (false, true) => (Icon::Play, "Play again"),
        (false, false) => (Icon::Play, "Go on"),
    };
    let buttons = [
        (Icon::Home, "To the start", "play_home", PlayCommand::Home {}),
        (Icon::FrameBack, "One frame back", "frame_back", PlayCommand::Step { frames: -1 }),
        (toggle_icon, toggle, "play_toggle", PlayCommand::Toggle {}),
        (Icon::FrameOn, "One frame on", "frame_on", PlayCommand::Step { frames: 1 }),
        (Icon::End, "To the end", "play_end", PlayCommand::End {}),
    ];
    ui.spacing_mut().item_spacing.x = 4.0;
    for (icon, name, action, command) in buttons {
        let is_toggle = action == "play_toggle";
        let mut button = IconButton::new(icon, name).hover(key_hint(name, keys, action));
        if is_toggle {
            button = button.size(vec2(34.0, 26.0)).colour(Color32::WHITE).chosen(true);
        }
        if ui.add(button).clicked() {
            tell(command);
        }
    }
    ui.spacing_mut().item_spacing.x = 8.0;
}

fn speed(ui: &mut Ui, view: &PlayingView, keys: &KeyMap, tell: &mut impl FnMut(PlayCommand)) {
    let slower = IconButton::new(Icon::Slower, "Slower");
    if ui.add(slower.hover(key_hint("Slower", keys, "play_slower"))).clicked() {
        tell(PlayCommand::Slower {});
    }
    let text = speed_text(view.speed);
    let way = format!("Playback speed {text}; click to play the other way");
    let speed = widgets::named(ui.button(RichText::new(&text).monospace()), "Playback speed");
    if speed.on_hover_text(way).clicked()
        && let Some(speed) = Speed::new(-view.speed.factor())
    {
        tell(PlayCommand::Speed { speed });
    }
    let faster = IconButton::new(Icon::Faster, "Faster");
    if ui.add(faster.hover(key_hint("Faster", keys, "play_faster"))).clicked() {
        tell(PlayCommand::Faster {});
    }
}

fn options(ui: &mut Ui, view: &PlayingView, tell: &mut impl FnMut(PlayCommand)) {
    let is_loop = view.at_end == AtEnd::Loop;
    let repeat = IconButton::new(Icon::Loop, "Loop").chosen(is_loop);
    if ui.add(repeat.hover("Begin again at the end, until stopped by hand")).clicked() {
        let what = if is_loop { AtEnd::Hold } else { AtEnd::Loop };
        tell(PlayCommand::AtEnd { what });
    }
    if view.marks != (SessionTime::ZERO, view.duration) {
        let clear = IconButton::new(Icon::Undo, "Clear marks");
        if ui.add(clear.hover("Play the whole recording again")).clicked() {
            tell(PlayCommand::Marks { from_s: None, to_s: None });
        }
    }
    let clock = IconButton::new(Icon::Clock, "Force time").chosen(view.force_time);
    if ui.add(clock.hover("Whether the scene's clock is the recorded one")).clicked() {
        tell(PlayCommand::ForceTime { on: !view.force_time });
    }
}

/// Whether it plays, and what: from the right.
fn state(ui: &mut Ui, view: &PlayingView) {
    if view.has_ended {
        ui.label(RichText::new("Playback finished").strong().color(style::GREEN))
            .on_hover_text("The last moment stays until playback is stopped");
    } else {
        let state = if view.is_moving { "Playing" } else { "Paused" };
        ui.label(RichText::new(state).color(style::WEAK));
    }
    let name = egui::Label::new(RichText::new(&view.name).strong()).truncate();
    ui.add(name).on_hover_text(&view.name);
}

/// A speed as it is written: `2×`, `−0.5×`.
pub(super) fn speed_text(speed: Speed) -> String {
    let sign = if speed.is_backwards() { "\u{2212}" } else { "" };
    format!("{sign}{}×", speed.factor().abs())
}
