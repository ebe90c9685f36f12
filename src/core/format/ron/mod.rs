//! Skyreel's own text format: a RON file that holds everything the model holds, and that people
//! write journeys in.
//!
//! ```ron
//! Skyreel(
//!     version: 1,
//!     title: "Once around",
//!     date: "2026-03-20T07:40:00", rate: 1.0,
//!     keys: [
//!         (at: 0, anchor: "Earth", latitude: 38, longitude: 16, altitude: 250e3, heading: 330, pitch: -30),
//!         (after: 6, latitude: 41, longitude: 12, altitude_km: 8000),
//!         (after: 6, latitude: 41, longitude: 120, altitude_km: 8000, ease: SineEaseInOut),
//!     ],
//!     changes: [(at: 3, set: {"{planetTrail_solarSystem}.Renderable.Fade": 0.0}, over: 2)],
//!     events: [Marker(at: 6, name: "The whole globe")],
//! )
//! ```
//!
//! What a key does not say is as in the key before it: anchor, `follow`, place, scale. Its path and
//! easing are the view's (`Smooth`, `Linear`). A key that says its place and no direction looks at
//! the centre of its anchor, +z up. `keys`, `vfov`, `anchor`, `follow`, `path` and `ease` beside the
//! title belong to the view "main"; `views: [(name: …, keys: […]), …]` holds several.
//!
//! A key, a change and a script may have a `name` for people.
//!
//! Without a `clock`, simulation time is that of the first view's keys. A key that says no `date`
//! gets one: between dated keys evenly, else from the file's `date` (at 0 s) at its `rate`.
//!
//! Where no entry says its `seq`, all are numbered by time; else each list counts on from what it
//! last said.

mod apply;
mod clock;
mod field;
mod item;
mod key;
mod number;
mod outline;
mod plain;
mod read;
mod reader;
mod source;
mod write;

pub use plain::write_journey;
pub use read::{read, read_in};
pub use write::{Told, write, write_to};

/// The version of the format that is written, and the newest that can be read.
pub const VERSION: u32 = 1;

/// The name a file of this kind begins with.
const KIND: &str = "Skyreel";
