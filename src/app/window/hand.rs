//! What the hand does with mouse and keys, in words of flying. Where that leads a camera is said
//! elsewhere.

use bevy::input::mouse::{AccumulatedMouseScroll, MouseScrollUnit};
use bevy::prelude::*;
use bevy_egui::input::EguiWantsInput;
use glam::DVec2;
use skyreel_nav::{Button, Keys, Modifiers};

/// Two presses within this are a double click, seconds.
const DOUBLE_CLICK_S: f64 = 0.4;

/// What the mouse is doing.
#[derive(Default)]
pub struct Mouse {
    held: Option<MouseButton>,
    at: Option<Vec2>,
    pressed: Option<(f64, Vec2)>,
}

/// What is held beside a button of the mouse.
pub fn modifiers(keys: &ButtonInput<KeyCode>) -> Modifiers {
    use KeyCode::{ControlLeft, ControlRight, ShiftLeft, ShiftRight, SuperLeft, SuperRight};
    Modifiers {
        shift: keys.any_pressed([ShiftLeft, ShiftRight]),
        ctrl: keys.any_pressed([ControlLeft, ControlRight, SuperLeft, SuperRight]),
    }
}

/// Follows the mouse. Drags that began on the scene are handed on, in parts of the window's height;
/// a press on the scene is returned with its place, and whether it was the second of two.
pub fn move_mouse(
    mouse: &mut Mouse,
    window: &Window,
    buttons: &ButtonInput<MouseButton>,
    wants: &EguiWantsInput,
    now_s: f64,
    mut drag: impl FnMut(Button, DVec2),
) -> Option<(Vec2, bool)> {
    let at = window.cursor_position();
    let moved = match (mouse.at, at) {
        (Some(before), Some(at)) => (at - before) / window.height().max(1.0),
        _ => Vec2::ZERO,
    };
    mouse.at = at;
    let all = [MouseButton::Left, MouseButton::Middle, MouseButton::Right];
    let mut pressed = None;
    if let Some(button) = all.into_iter().find(|button| buttons.just_pressed(*button))
        && !wants.wants_pointer_input()
        && let Some(at) = at
    {
        mouse.held = Some(button);
        if button == MouseButton::Left {
            let is_second = mouse.pressed.take().is_some_and(|(before_s, place)| {
                now_s - before_s <= DOUBLE_CLICK_S && place.distance(at) < 6.0
            });
            if !is_second {
                mouse.pressed = Some((now_s, at));
            }
            pressed = Some((at, is_second));
        }
    }
    match mouse.held {
        Some(button) if buttons.pressed(button) => {
            let button = match button {
                MouseButton::Middle => Button::Middle,
                MouseButton::Right => Button::Right,
                _ => Button::Left,
            };
            drag(button, moved.as_dvec2());
        }
        _ => mouse.held = None,
    }
    pressed
}

/// Notches of the wheel.
pub fn notches(scroll: &AccumulatedMouseScroll) -> f64 {
    let lines = match scroll.unit {
        MouseScrollUnit::Line => 1.0,
        // As much as browsers take for a line.
        MouseScrollUnit::Pixel => 1.0 / 40.0,
    };
    f64::from(scroll.delta.y) * lines
}

/// Arrows orbit; with Ctrl they look around, with Shift they turn and tilt the horizon; Page Up and
/// Page Down go nearer and farther; W, A, S, D go along.
pub fn held_keys(keys: &ButtonInput<KeyCode>) -> Keys {
    let push = |less: KeyCode, more: KeyCode| {
        f64::from(u8::from(keys.pressed(more))) - f64::from(u8::from(keys.pressed(less)))
    };
    let arrows = DVec2::new(
        push(KeyCode::ArrowLeft, KeyCode::ArrowRight),
        push(KeyCode::ArrowDown, KeyCode::ArrowUp),
    );
    let held = modifiers(keys);
    let mut asked = Keys { zoom: push(KeyCode::PageDown, KeyCode::PageUp), ..Keys::default() };
    match (held.ctrl, held.shift) {
        (true, _) => asked.look = arrows,
        (false, true) => (asked.heading, asked.roll) = (arrows.x, arrows.y),
        (false, false) => {
            asked.orbit = arrows;
            let along =
                DVec2::new(push(KeyCode::KeyA, KeyCode::KeyD), push(KeyCode::KeyS, KeyCode::KeyW));
            asked.pan = along;
        }
    }
    asked
}
