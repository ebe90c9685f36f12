//! What this machine can draw with, asked before Bevy is started: it panics where there is nothing.

use bevy::tasks::block_on;
use wgpu::{Backends, Instance, InstanceDescriptor, RequestAdapterOptions};

/// What is drawn with: Vulkan, or the like of it elsewhere. OpenGL is not looked for: it cannot do what
/// the shaders need, and a machine that has nothing else is told so.
pub const BACKENDS: Backends = Backends::PRIMARY;

/// What is missing on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// No graphics adapter, not even a software one.
    #[error(
        "no Vulkan driver was found, not even a software one; on Debian and Ubuntu \
         'apt-get install mesa-vulkan-drivers' brings one that works without a graphics card"
    )]
    Adapter,
    /// No display for a window.
    #[error(
        "no display was found to open a window on (DISPLAY is {}); \
         'skyreel render FILE -o FILM.mp4' needs none", if *named { "set, but nothing answers there" } else { "not set" }
    )]
    Display {
        /// Whether DISPLAY is set.
        named: bool,
    },
    /// No library to open a window with.
    #[error(
        "{0} is not installed, which windows are opened with; on Debian and Ubuntu 'apt-get \
         install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0' brings it; \
         'skyreel render FILE -o FILM.mp4' does without"
    )]
    Library(&'static str),
}

/// The name of the adapter that will draw.
///
/// # Errors
/// Where there is none.
pub fn adapter() -> Result<String, Missing> {
    let descriptor = InstanceDescriptor::new_without_display_handle();
    let instance = Instance::new(InstanceDescriptor { backends: BACKENDS, ..descriptor });
    let options = RequestAdapterOptions::default();
    let adapter = block_on(instance.request_adapter(&options)).map_err(|_| Missing::Adapter)?;
    Ok(adapter.get_info().name)
}

/// Whether a window can be opened.
///
/// # Errors
/// Where no X server answers, or a library is missing that is looked for only when it is needed.
pub fn display() -> Result<(), Missing> {
    if x11rb::connect(None).is_err() {
        return Err(Missing::Display { named: std::env::var_os("DISPLAY").is_some() });
    }
    let libraries = [
        ("libX11", x11_dl::xlib::Xlib::open().is_ok()),
        ("libX11-xcb", x11_dl::xlib_xcb::Xlib_xcb::open().is_ok()),
        ("libXcursor", x11_dl::xcursor::Xcursor::open().is_ok()),
        ("libXi", x11_dl::xinput2::XInput2::open().is_ok()),
        ("libxkbcommon-x11", xkbcommon_dl::x11::xkbcommon_x11_option().is_some()),
    ];
    match libraries.into_iter().find(|(_, found)| !found) {
        Some((name, _)) => Err(Missing::Library(name)),
        None => Ok(()),
    }
}
