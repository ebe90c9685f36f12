//! What every App of the program starts from, with a window or without: which of Bevy's plugins,
//! with which graphics drivers, and what is logged.

use std::io::{self, IsTerminal};

use bevy::app::{PluginGroup, PluginGroupBuilder, TerminalCtrlCHandlerPlugin};
use bevy::log::{BoxedFmtLayer, Level, LogPlugin, tracing_subscriber};
use bevy::prelude::DefaultPlugins;
use bevy::render::RenderPlugin;
use bevy::render::settings::WgpuSettings;

use super::probe;

/// Bevy's plugins, quiet but for what goes wrong.
pub fn plugins() -> PluginGroupBuilder {
    let settings = WgpuSettings { backends: Some(probe::BACKENDS), ..WgpuSettings::default() };
    DefaultPlugins
        .set(RenderPlugin {
            render_creation: settings.into(),
            // The first picture is whole.
            synchronous_pipeline_compilation: true,
            ..RenderPlugin::default()
        })
        .set(log())
        // Ctrl-C ends the program at once, or is listened for by the task at hand.
        .disable::<TerminalCtrlCHandlerPlugin>()
}

/// What is logged: what goes wrong, and what the session tells.
pub fn log() -> LogPlugin {
    LogPlugin {
        level: Level::WARN,
        // Warnings of these speak to programmers: of drawing in software, of displays without
        // settings or a size in millimetres.
        filter: "wgpu=error,bevy_render=error,bevy_egui=error,winit=error,skyreel=info".to_owned(),
        // Colours are for terminals; who reads the log from elsewhere would read their codes.
        fmt_layer: |_| {
            let plain = || {
                let layer = tracing_subscriber::fmt::Layer::default().with_writer(io::stderr);
                Box::new(layer.with_ansi(false)) as BoxedFmtLayer
            };
            (!io::stderr().is_terminal()).then(plain)
        },
        ..LogPlugin::default()
    }
}
