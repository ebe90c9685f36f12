//! Making recordings of recordings, one file an edit. Pure: what comes in stays as it is, what goes out
//! is another recording; files and commands are for whoever calls.
//!
//! What is edited is a recording ready to play: its scripts have been run and its rules expanded, so
//! that everything they do is among its changes. Edits that move or leave out scripts say so in the
//! result's header (`Effects::Recorded`), and leave out rules whose changes are among the properties.

mod append;
mod cut;
mod cut_camera;
mod date;
mod drop;
mod error;
mod even;
mod fit;
mod flight;
mod join;
mod low_pass;
mod measure;
mod parts;
mod picture;
mod reduce;
mod runs;
mod smooth;
mod speed;
mod trim;

use std::ops::ControlFlow;

pub use date::{NewDate, date};
pub use drop::drop;
pub use error::EditError;
pub use join::join;
pub use measure::{shake, worst_px};
pub use picture::{Picture, Place};
pub use reduce::{Reduced, reduce};
pub use smooth::{Smoothed, smooth};
pub use speed::speed;
pub use trim::{split, trim};

use crate::pose::NodeName;
use crate::wording::Surroundings;

/// Is told how far an edit is, 0 to 1, and says whether it may go on.
pub type Progress<'a> = &'a mut dyn FnMut(f32) -> ControlFlow<()>;

/// The largest radius of a node's surface, metres; `None` for a node without one.
fn radius_m(scene: &dyn Surroundings, node: &NodeName) -> Option<f64> {
    let largest_m = scene.radii_m(node.as_str())?.into_iter().fold(0.0, f64::max);
    Some(largest_m).filter(|radius_m| radius_m.is_finite() && *radius_m > 0.0)
}

/// Hands progress on.
fn tell(progress: Progress<'_>, part: f32) -> Result<(), EditError> {
    match progress(part.clamp(0.0, 1.0)) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(EditError::Stopped),
    }
}
