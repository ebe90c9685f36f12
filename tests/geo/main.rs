//! What `skyreel-geo` promises: shapes where they are on Earth, tiles that fit together, damage that is reported.

#![allow(clippy::unwrap_used, reason = "tests")]

mod climate;
mod constellations;
mod damage;
mod looks;
mod places;
mod points;
mod seams;
mod tiles;

use std::sync::LazyLock;

use skyreel_geo::{Earth, TileRequest};

static EARTH: LazyLock<Earth> = LazyLock::new(|| Earth::embedded().unwrap());

/// West, south, east, north.
fn window(
    [west_deg, south_deg, east_deg, north_deg]: [f64; 4],
    width_px: u32,
    height_px: u32,
) -> TileRequest {
    TileRequest { west_deg, south_deg, east_deg, north_deg, width_px, height_px }
}
