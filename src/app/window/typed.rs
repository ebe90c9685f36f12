//! Keys with what is held beside them, message by message: a whole chord may come within one frame,
//! and the bar's toolkit knows only what is held at its end.

use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;
use bevy_egui::egui;
use bevy_egui::helpers::bevy_to_egui_key;
use skyreel_faces::keys::KeyPress;

/// The keys that were pressed and not looked at yet.
#[derive(Resource, Default)]
pub struct Typed {
    held: egui::Modifiers,
    presses: Vec<(KeyPress, bool)>,
}

impl Typed {
    /// Those pressed since the last time, and whether each is held down since before.
    pub fn take(&mut self) -> Vec<(KeyPress, bool)> {
        std::mem::take(&mut self.presses)
    }
}

/// Listens to the keyboard.
pub fn listen(
    mut keys: MessageReader<KeyboardInput>,
    mut lost: MessageReader<KeyboardFocusLost>,
    mut typed: ResMut<Typed>,
) {
    for input in keys.read() {
        let is_down = input.state == ButtonState::Pressed;
        match &input.logical_key {
            Key::Shift => typed.held.shift = is_down,
            Key::Control => (typed.held.ctrl, typed.held.command) = (is_down, is_down),
            Key::Alt => typed.held.alt = is_down,
            Key::Super | Key::Meta => (typed.held.mac_cmd, typed.held.command) = (is_down, is_down),
            key if is_down => {
                let press = bevy_to_egui_key(key).and_then(|key| KeyPress::of(key, typed.held));
                typed.presses.extend(press.map(|press| (press, input.repeat)));
            }
            _ => {}
        }
    }
    if lost.read().next().is_some() {
        typed.held = egui::Modifiers::default();
    }
}
