//! Every function: what a call says and what it gives.

mod camera;
mod clock;
mod recordings;
mod scene;

/// A call, the commands it says, and what it gives.
pub struct Row(pub &'static str, pub &'static [&'static str], pub &'static str);

/// Every row.
pub fn all() -> impl Iterator<Item = &'static Row> {
    [recordings::ROWS, clock::ROWS, scene::ROWS, camera::ROWS].into_iter().flatten()
}
