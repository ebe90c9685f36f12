//! The window's size, which is recorded and never played.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use bevy_window::{PrimaryWindow, Window};
use skyreel_core::live::Change;
use skyreel_core::property_set::PropertySet;
use skyreel_core::time::SessionSpan;
use skyreel_core::value::{Easing, Value};

use crate::source::{Source, Sources};

/// What it is called: width and height, physical pixels.
const PATH: &str = "Skyreel.Window.Size";

#[derive(Default)]
struct WindowSize(Option<Value>);

pub(crate) fn join(sources: &mut Sources) {
    sources.join(WindowSize::default());
}

fn size(world: &mut World) -> Option<Value> {
    let mut windows = world.query_filtered::<&Window, With<PrimaryWindow>>();
    let size = windows.single(world).ok()?.physical_size();
    Some(Value::Numbers([f64::from(size.x), f64::from(size.y)].into()))
}

impl Source for WindowSize {
    fn all(&mut self, world: &mut World, add: &mut dyn FnMut(Arc<str>, Value)) {
        self.0 = size(world);
        if let Some(size) = &self.0 {
            add(PATH.into(), size.clone());
        }
    }

    fn changes(&mut self, world: &mut World, changes: &mut Vec<Change>) {
        let now = size(world);
        if let Some(value) = now.clone().filter(|_| now != self.0) {
            let (duration, easing) = (SessionSpan::ZERO, Easing::Linear);
            changes.push(Change { path: PATH.into(), value, duration, easing });
            self.0 = now;
        }
    }

    fn take_over(&mut self, _: &mut World, _: &PropertySet) {}

    fn set(&mut self, _: &mut World, _: &str, _: &Value) -> Option<bool> {
        None
    }
}
