//! A tile's channels mean what they say, for any window.

use proptest::prelude::*;
use skyreel_geo::{GeoError, STEPS_PER_TEXEL, Surface, TileRequest};

use crate::{EARTH, window};

fn any_window() -> impl Strategy<Value = TileRequest> {
    (-400.0..400.0, -90.0..89.0, -3.0..2.2, 0.3..3.0, 8u32..80, 8u32..80).prop_map(
        |(west, south, size, aspect, width, height)| {
            let (size, aspect): (f64, f64) = (10f64.powf(size), aspect);
            let (wide, high) = ((size * aspect).min(360.0), size.min(90.0 - south));
            window([west, south, west + wide, south + high], width, height)
        },
    )
}

/// Latitude and longitude of a texel's centre.
fn centre(request: &TileRequest, column: usize, row: usize) -> (f64, f64) {
    let across = (column as f64 + 0.5) / f64::from(request.width_px);
    let down = (row as f64 + 0.5) / f64::from(request.height_px);
    (
        request.north_deg + down * (request.south_deg - request.north_deg),
        request.west_deg + across * (request.east_deg - request.west_deg),
    )
}

fn texels(value: u8) -> f32 {
    (f32::from(value) - 128.0) / STEPS_PER_TEXEL
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn signs_agree_with_the_point_query(request in any_window()) {
        let tile = EARTH.tile(&request).unwrap();
        let width = request.width_px as usize;
        prop_assert_eq!(tile.rgba.len(), width * request.height_px as usize * 4);
        for (i, texel) in tile.rgba.chunks_exact(4).enumerate().step_by(3) {
            // On the line itself rounding decides.
            if texel.iter().enumerate().any(|(c, v)| c != 2 && v.abs_diff(128) <= 1) {
                continue;
            }
            let (lat, lon) = centre(&request, i % width, i / width);
            let expected = match EARTH.surface_at(lat, lon) {
                Surface::Ice => texel[3] > 128,
                Surface::Lake => texel[1] > 128 && texel[3] < 128,
                Surface::Land => texel[0] > 128 && texel[1] < 128 && texel[3] < 128,
                Surface::Ocean => texel[0] < 128 && texel[1] < 128 && texel[3] < 128,
            };
            prop_assert!(expected, "{} {}: {:?}", lat, lon, texel);
        }
    }

    #[test]
    fn distances_reach_no_farther_than_to_the_other_side(request in any_window()) {
        let tile = EARTH.tile(&request).unwrap();
        let (width, height) = (request.width_px as i64, request.height_px as i64);
        for channel in [0, 1, 3] {
            let at = |x: i64, y: i64| texels(tile.rgba[((y * width + x) * 4) as usize + channel]);
            for y in 0..height {
                for x in 0..width {
                    for (dx, dy) in [(1, 0), (0, 1), (1, 1), (3, 1), (2, -4), (-5, 3), (6, 0)] {
                        let (x2, y2) = (x + dx, y + dy);
                        if !(0..width).contains(&x2) || !(0..height).contains(&y2) {
                            continue;
                        }
                        // The line runs between texels of different sign, so both distances fit between them.
                        let apart = ((dx * dx + dy * dy) as f32).sqrt();
                        let (a, b) = (at(x, y), at(x2, y2));
                        // Far from the line, corners that were cut make distances too great.
                        const TOLERANCE: f32 = 2.2;
                        prop_assert!((a - b).abs() <= apart + TOLERANCE, "{} {}: {} and {}, {} apart", x, y, a, b, apart);
                    }
                }
            }
        }
    }

    #[test]
    fn no_request_panics(
        edges in prop::array::uniform4(prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(-0.0), Just(180.0), -4000.0..4000.0, -90.0..90.0]),
        sides in prop::array::uniform2(prop_oneof![Just(0), Just(1), 1u32..70, Just(u32::MAX)]),
    ) {
        let _ = EARTH.tile(&window(edges, sides[0], sides[1]));
    }
}

#[test]
fn the_frame_of_the_map_is_no_shore() {
    let tile = EARTH.tile(&window([150.0, -90.0, 210.0, -87.0], 600, 30)).unwrap();
    assert!(tile.rgba.chunks_exact(4).all(|t| t[3] == 255), "a seam in the ice");
    let tile = EARTH.tile(&window([-180.0, 86.0, 180.0, 90.0], 360, 4)).unwrap();
    assert!(
        tile.rgba.chunks_exact(4).all(|t| t[0] < 128 && t[1] < 128 && t[2] == 0 && t[3] < 128),
        "something at the North Pole"
    );
    let tile = EARTH.tile(&window([178.0, 67.0, 182.0, 68.0], 64, 16)).unwrap();
    assert!(tile.rgba.chunks_exact(4).all(|t| t[0] > 128), "a seam in Chukotka");
}

#[test]
fn distances_double_when_texels_halve() {
    // Twice as many texels: the same shore is twice as many texels away.
    let edges = [-10.0, 36.0, -6.0, 44.0];
    let coarse = EARTH.tile(&window(edges, 64, 128)).unwrap();
    let fine = EARTH.tile(&window(edges, 192, 384)).unwrap();
    let mut compared = 0;
    for y in 0..128 {
        for x in 0..64 {
            let a = texels(coarse.rgba[(y * 64 + x) * 4]);
            let b = texels(fine.rgba[((3 * y + 1) * 192 + 3 * x + 1) * 4]) / 3.0;
            if a.abs() < 2.3 && b.abs() < 2.3 {
                assert!((a - b).abs() < 0.6, "{x}, {y}: {a} and {b}");
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn great_rivers_are_seen_and_grow_with_the_scale() {
    let covered = |edges, side| {
        let tile = EARTH.tile(&window(edges, side, side)).unwrap();
        let rivers: Vec<u8> = tile.rgba.chunks_exact(4).map(|t| t[2]).collect();
        (rivers.iter().copied().max().unwrap(), rivers.iter().filter(|&&b| b > 128).count())
    };
    // The Nile at Luxor, from far, nearer, near.
    assert!(covered([20.0, 10.0, 44.0, 34.0], 256).0 > 100);
    let (full, few) = covered([32.0, 25.0, 33.5, 26.5], 256);
    assert_eq!(full, 255);
    let (full, many) = covered([32.55, 25.6, 32.75, 25.8], 256);
    assert_eq!(full, 255);
    assert!(many > 3 * few, "{many} and {few}");
    assert_eq!(covered([-40.0, 0.0, -30.0, 10.0], 64).0, 0, "a river in the Atlantic");
}

#[test]
fn senseless_requests_are_refused_by_field() {
    let good = window([0.0, 0.0, 10.0, 10.0], 16, 16);
    let cases = [
        ("width_px", TileRequest { width_px: 0, ..good }),
        ("width_px", TileRequest { width_px: 20_000, ..good }),
        ("height_px", TileRequest { height_px: 0, ..good }),
        ("west_deg", TileRequest { west_deg: f64::NAN, ..good }),
        ("west_deg", TileRequest { west_deg: f64::INFINITY, ..good }),
        ("east_deg", TileRequest { east_deg: 0.0, ..good }),
        ("east_deg", TileRequest { east_deg: 361.0, ..good }),
        ("north_deg", TileRequest { north_deg: 90.5, ..good }),
        ("south_deg", TileRequest { south_deg: -91.0, ..good }),
        ("south_deg", TileRequest { south_deg: 10.0, ..good }),
        ("width_px", TileRequest { east_deg: 1e-9, ..good }),
    ];
    assert!(EARTH.tile(&good).is_ok());
    // Up to the pole, but for rounding.
    assert!(EARTH.tile(&TileRequest { north_deg: 90.000_000_000_000_01, ..good }).is_ok());
    // Once round, but for rounding.
    assert!(
        EARTH.tile(&TileRequest { west_deg: -17.3, east_deg: 342.700_000_000_1, ..good }).is_ok()
    );
    for (field, request) in cases {
        match EARTH.tile(&request) {
            Err(GeoError::Request { what, .. }) => assert_eq!(what, field, "{request:?}"),
            other => panic!("{request:?}: {:?}", other.map(|t| t.rgba.len())),
        }
    }
}
