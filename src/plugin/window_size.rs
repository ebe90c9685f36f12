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
struct WindowSize {
    windows: Option<QueryState<&'static Window, With<PrimaryWindow>>>,
    last: Option<[f64; 2]>,
}

pub(crate) fn join(sources: &mut Sources) {
    sources.join(WindowSize::default());
}

impl WindowSize {
    fn now(&mut self, world: &mut World) -> Option<[f64; 2]> {
        let windows = self.windows.get_or_insert_with(|| world.query_filtered());
        let size = windows.single(world).ok()?.physical_size();
        Some([f64::from(size.x), f64::from(size.y)])
    }
}

impl Source for WindowSize {
    fn all(&mut self, world: &mut World, add: &mut dyn FnMut(Arc<str>, Value)) {
        if let Some(size) = self.now(world) {
            add(PATH.into(), Value::Numbers(size.into()));
        }
    }

    fn listen(&mut self, world: &mut World) {
        self.last = self.now(world);
    }

    fn changes(&mut self, world: &mut World, _: bool, changes: &mut Vec<Change>) {
        let now = self.now(world);
        if let Some(size) = now.filter(|_| now != self.last) {
            let (value, duration) = (Value::Numbers(size.into()), SessionSpan::ZERO);
            changes.push(Change { path: PATH.into(), value, duration, easing: Easing::Linear });
            self.last = now;
        }
    }

    fn take_over(&mut self, _: &mut World, _: &PropertySet) {}

    fn set(&mut self, _: &mut World, _: &str, _: &Value) -> Option<bool> {
        None
    }
}
