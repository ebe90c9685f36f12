//! The program's own modules on top of Bevy: drawing the scene, films, the window.

pub mod base;
pub mod draw;
pub mod edited;
pub mod film;
pub mod headless;
pub mod probe;
pub mod projector;
pub mod shown;
pub mod window;
