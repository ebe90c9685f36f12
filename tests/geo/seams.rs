//! Tiles fit together: the same texel is the same through whatever window it is seen.

use proptest::prelude::*;
use skyreel_geo::{Tile, TileRequest};

use crate::{EARTH, window};

/// The texels of some columns and rows.
fn part(tile: &Tile, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) -> Vec<u8> {
    let width = tile.width_px as usize;
    rows.flat_map(|y| &tile.rgba[(y * width + columns.start) * 4..(y * width + columns.end) * 4])
        .copied()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_piece_of_the_world_is_the_world_there(x in 0usize..512, y in 0usize..256, wide in 1usize..300, high in 1usize..200, turns in -1..2) {
        // 360 / 512 degrees is a number that floats hold exactly.
        const TEXEL_DEG: f64 = 360.0 / 512.0;
        static WORLD: std::sync::LazyLock<Tile> =
            std::sync::LazyLock::new(|| EARTH.tile(&TileRequest::world(512, 256)).unwrap());
        let (right, bottom) = ((x + wide).min(512), (y + high).min(256));
        let edges = [
            x as f64 * TEXEL_DEG - 180.0 + f64::from(turns) * 360.0,
            90.0 - bottom as f64 * TEXEL_DEG,
            right as f64 * TEXEL_DEG - 180.0 + f64::from(turns) * 360.0,
            90.0 - y as f64 * TEXEL_DEG,
        ];
        let piece = EARTH.tile(&window(edges, (right - x) as u32, (bottom - y) as u32)).unwrap();
        prop_assert!(piece.rgba == part(&WORLD, x..right, y..bottom), "{:?}", edges);
    }

    #[test]
    fn neighbours_fit_at_any_odd_place(west in -200.0..200.0, south in -88.0..60.0, size in 0.3..28.0, cut in 10u32..50) {
        // Where the texels' places are rounded, a channel may differ by a step, a shore on a centre by two.
        let (size, cut): (f64, u32) = (size, cut);
        let whole = EARTH.tile(&window([west, south, west + size, south + size], 64, 64)).unwrap();
        let middle = west + size * f64::from(cut) / 64.0;
        let left = EARTH.tile(&window([west, south, middle, south + size], cut, 64)).unwrap();
        let right = EARTH.tile(&window([middle, south, west + size, south + size], 64 - cut, 64)).unwrap();
        let cut = cut as usize;
        let differs = |a: &[u8], b: &[u8]| a.iter().zip(b).filter(|(a, b)| a.abs_diff(**b) > 2).count();
        let wrong = differs(&left.rgba, &part(&whole, 0..cut, 0..64)) + differs(&right.rgba, &part(&whole, cut..64, 0..64));
        prop_assert!(wrong <= 4, "{} of {}", wrong, 64 * 64 * 4);
    }
}

#[test]
fn a_window_over_the_antimeridian_is_its_two_halves() {
    for (south, north) in [(58.0, 74.0), (-20.0, -15.0), (-90.0, -70.0)] {
        let whole = EARTH.tile(&window([170.0, south, -170.0, north], 128, 64)).unwrap();
        let same = EARTH.tile(&window([170.0, south, 190.0, north], 128, 64)).unwrap();
        let west = EARTH.tile(&window([170.0, south, 180.0, north], 64, 64)).unwrap();
        let east = EARTH.tile(&window([-180.0, south, -170.0, north], 64, 64)).unwrap();
        assert_eq!(whole, same);
        assert!(part(&whole, 0..64, 0..64) == west.rgba, "west of it, {south}");
        assert!(part(&whole, 64..128, 0..64) == east.rgba, "east of it, {south}");
    }
}

#[test]
fn bands_leave_no_trace() {
    // Wide enough that the tile is worked on in several bands.
    let whole = EARTH.tile(&window([0.0, 30.0, 32.0, 62.0], 2048, 512)).unwrap();
    let piece = EARTH.tile(&window([8.0, 32.0, 24.0, 58.0], 1024, 416)).unwrap();
    assert!(piece.rgba == part(&whole, 512..1536, 64..480));
}
