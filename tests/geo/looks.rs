//! What the baked looks promise: repeatable, seamless, any 2:1 size, and features where an atlas has them.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use skyreel_geo::looks::{
    CASSINI_DIVISION_KM, ENCKE_GAP_KM, Look, LookError, Map, RING_A_KM, RING_B_KM, RING_C_KM,
    RING_F_KM, RINGS_INNER_KM, RINGS_OUTER_KM, WIDEST, bake, saturn_rings,
};

const GIANTS_AND_HAZE: [Look; 6] =
    [Look::Venus, Look::Jupiter, Look::Saturn, Look::Uranus, Look::Neptune, Look::Titan];

/// Latitude, east longitude and radius of a disc, degrees.
type Disc = [f64; 3];

/// The mean of each channel over a disc.
fn mean(map: &Map, [lat_deg, lon_deg, radius_deg]: Disc) -> [f64; 4] {
    let direction = |lat_deg: f64, lon_deg: f64| {
        let (lat, lon) = (lat_deg.to_radians(), lon_deg.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let centre = direction(lat_deg, lon_deg);
    let (mut sum, mut weight) = ([0.0; 4], 0.0);
    for (i, texel) in map.rgba.chunks_exact(4).enumerate() {
        let (x, y) = (i as u32 % map.width, i as u32 / map.width);
        let lat = 90.0 - (f64::from(y) + 0.5) * 180.0 / f64::from(map.height);
        let lon = (f64::from(x) + 0.5) * 360.0 / f64::from(map.width) - 180.0;
        let at = direction(lat, lon);
        let cos: f64 = at.iter().zip(centre).map(|(a, b)| a * b).sum();
        if cos >= radius_deg.to_radians().cos() {
            let area = lat.to_radians().cos();
            weight += area;
            for (total, byte) in sum.iter_mut().zip(texel) {
                *total += area * f64::from(*byte);
            }
        }
    }
    assert!(weight > 0.0, "the disc holds no texel");
    sum.map(|total| total / weight)
}

fn brightness(map: &Map, disc: Disc) -> f64 {
    let [r, g, b, _] = mean(map, disc);
    0.3 * r + 0.59 * g + 0.11 * b
}

fn redness(map: &Map, disc: Disc) -> f64 {
    let [r, g, _, _] = mean(map, disc);
    r / g
}

fn height(map: &Map, disc: Disc) -> f64 {
    mean(map, disc)[3]
}

#[test]
fn the_same_look_at_the_same_size_has_the_same_bytes_and_no_two_looks_do() {
    let mut seen = HashSet::new();
    for &look in Look::ALL {
        let map = bake(look, 128, 64).unwrap();
        assert_eq!(map, bake(look, 128, 64).unwrap(), "{look}");
        assert_eq!((map.width, map.height, map.rgba.len()), (128, 64, 128 * 64 * 4), "{look}");
        assert!(seen.insert(map.rgba), "{look} looks like another");
    }
}

#[test]
fn the_left_and_right_edges_join_and_the_poles_are_calm() {
    for &look in Look::ALL {
        let map = bake(look, 256, 128).unwrap();
        let texel =
            |x: u32, y: u32| &map.rgba[((y * map.width + x % map.width) * 4) as usize..][..4];
        let step = |a: &[u8], b: &[u8]| -> f64 {
            a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum()
        };
        let column =
            |x: u32| -> f64 { (0..map.height).map(|y| step(texel(x, y), texel(x + 1, y))).sum() };
        let mut inside: Vec<f64> = (0..map.width - 1).map(column).collect();
        inside.sort_by(f64::total_cmp);
        let (seam, roughest) = (column(map.width - 1), inside[inside.len() - 1]);
        assert!(seam <= roughest * 1.1 + 64.0, "{look}: seam {seam}, roughest inside {roughest}");
        for row in [0, map.height - 1] {
            let around: f64 = (0..map.width).map(|x| step(texel(x, row), texel(x + 1, row))).sum();
            let mean_step = around / f64::from(map.width);
            assert!(mean_step < 12.0, "{look}: neighbours at a pole differ by {mean_step}");
        }
    }
}

#[test]
fn features_are_darker_or_brighter_than_their_surroundings() {
    #[rustfmt::skip]
    let darker_then_brighter: &[(Look, &str, Disc, Disc)] = &[
        (Look::Moon, "Tycho's surroundings, Tycho", [-52.0, 12.0, 4.0], [-43.3, -11.4, 2.0]),
        (Look::Moon, "Tranquillitatis, southern highlands", [8.5, 30.8, 5.0], [-30.0, 15.0, 6.0]),
        (Look::Moon, "Imbrium, far-side highlands", [34.0, -17.0, 8.0], [30.0, 180.0, 8.0]),
        (Look::Moon, "Serenitatis, Apenninus", [27.3, 18.4, 6.0], [22.0, 0.5, 1.0]),
        (Look::Moon, "Crisium, land round it", [17.0, 59.0, 4.0], [29.0, 59.0, 2.0]),
        (Look::Moon, "Procellarum, Aristarchus", [15.0, -55.0, 5.0], [23.7, -47.5, 1.2]),
        (Look::Moon, "Insularum, Copernicus", [7.0, -28.0, 2.0], [9.6, -20.1, 1.5]),
        (Look::Moon, "Moscoviense, land round it", [27.0, 147.5, 2.0], [38.0, 147.5, 2.0]),
        (Look::Mercury, "ground, Caloris", [0.0, 100.0, 8.0], [31.5, 162.7, 10.0]),
        (Look::Mars, "Syrtis Major, Hellas", [6.0, 70.0, 3.0], [-42.4, 70.5, 8.0]),
        (Look::Mars, "Acidalium, Tharsis", [45.0, -31.0, 4.0], [3.0, -105.0, 8.0]),
        (Look::Mars, "Sinus Meridiani, Arabia", [-5.0, 0.5, 2.0], [22.0, 20.0, 8.0]),
        (Look::Mars, "Solis Lacus, Solis Planum", [-26.5, -86.0, 2.0], [-17.0, -86.0, 2.0]),
        (Look::Mars, "northern plain, northern cap", [65.0, 0.0, 4.0], [88.0, 0.0, 2.0]),
        (Look::Mars, "southern land, southern cap", [-72.0, 130.0, 3.0], [-86.0, -45.0, 2.0]),
        (Look::Mars, "Coprates Chasma, plain", [-12.0, -66.0, 0.8], [-2.0, -62.0, 2.0]),
        (Look::Jupiter, "north equatorial belt, equatorial zone", [12.0, 60.0, 3.0], [3.0, 60.0, 1.5]),
        (Look::Jupiter, "south equatorial belt, tropical zone", [-15.0, 60.0, 3.0], [-22.0, 60.0, 1.5]),
        (Look::Saturn, "north pole, equator", [89.0, 0.0, 1.0], [0.0, 0.0, 4.0]),
        (Look::Neptune, "Great Dark Spot, equator", [-22.0, -20.0, 4.0], [0.0, -20.0, 4.0]),
        (Look::Pluto, "Cthulhu, Tombaugh Regio", [-5.0, 110.0, 8.0], [20.0, 175.0, 8.0]),
        (Look::Pluto, "plains, the heart's eastern lobe", [45.0, 100.0, 8.0], [17.0, -158.0, 5.0]),
        (Look::Charon, "Mordor Macula, plains", [87.0, 0.0, 4.0], [-20.0, 0.0, 10.0]),
        (Look::Io, "Loki, plains", [15.0, 50.5, 1.0], [2.0, 60.0, 5.0]),
        (Look::Europa, "trailing side, leading side", [-5.0, 85.0, 12.0], [40.0, -90.0, 12.0]),
        (Look::Ganymede, "Galileo Regio, Osiris", [36.0, -140.0, 10.0], [-38.0, -166.0, 1.5]),
        (Look::Callisto, "plains, Valhalla", [-30.0, -56.0, 8.0], [14.7, -56.0, 4.0]),
        (Look::Enceladus, "tiger stripes, northern snow", [-82.0, 20.0, 10.0], [40.0, 90.0, 10.0]),
        (Look::Iapetus, "Cassini Regio, trailing side", [0.0, -90.0, 20.0], [0.0, 90.0, 20.0]),
        (Look::Iapetus, "Cassini Regio, north pole", [0.0, -90.0, 20.0], [85.0, 0.0, 4.0]),
        (Look::Triton, "cantaloupe terrain, southern cap", [45.0, 0.0, 10.0], [-60.0, 0.0, 10.0]),
    ];
    let mut maps = HashMap::new();
    for (look, name, darker, brighter) in darker_then_brighter {
        let map = maps.entry(*look).or_insert_with(|| bake(*look, 512, 256).unwrap());
        let (dark, bright) = (brightness(map, *darker), brightness(map, *brighter));
        assert!(dark + 8.0 < bright, "{look}: {name}: {dark:.0} is not darker than {bright:.0}");
    }
}

#[test]
fn features_are_redder_than_their_surroundings() {
    #[rustfmt::skip]
    let redder_then_paler: &[(Look, &str, Disc, Disc)] = &[
        (Look::Jupiter, "Great Red Spot, its zone", [-22.0, -75.0, 3.0], [-22.0, 60.0, 1.5]),
        (Look::Io, "Pele's ring, plains", [-18.7, 120.5, 1.5], [5.0, 60.0, 4.0]),
        (Look::Charon, "Mordor Macula, plains", [87.0, 0.0, 4.0], [-20.0, 0.0, 10.0]),
        (Look::Triton, "southern cap, cantaloupe terrain", [-60.0, 0.0, 10.0], [45.0, 0.0, 10.0]),
        (Look::Enceladus, "snow, tiger stripes", [40.0, 90.0, 10.0], [-80.0, 0.0, 14.0]),
    ];
    for (look, name, redder, paler) in redder_then_paler {
        let map = bake(*look, 512, 256).unwrap();
        let (red, pale) = (redness(&map, *redder), redness(&map, *paler));
        assert!(red > pale * 1.005, "{look}: {name}: {red:.3} is not redder than {pale:.3}");
    }
}

#[test]
fn relief_follows_the_ground_and_is_flat_on_clouds() {
    let mars = bake(Look::Mars, 512, 256).unwrap();
    assert!(
        height(&mars, [20.5, -133.8, 1.0]) > height(&mars, [28.0, -133.8, 2.0]) + 20.0,
        "Olympus Mons"
    );
    assert!(
        height(&mars, [-9.6, -75.0, 0.8]) + 15.0 < height(&mars, [-16.0, -75.0, 2.0]),
        "Valles Marineris"
    );
    assert!(height(&mars, [-42.4, 70.5, 8.0]) + 5.0 < height(&mars, [-30.0, 20.0, 10.0]), "Hellas");
    let moon = bake(Look::Moon, 1024, 512).unwrap();
    assert!(
        height(&moon, [-43.3, -11.4, 0.5]) + 4.0 < height(&moon, [-44.8, -11.4, 0.3]),
        "Tycho's rim"
    );
    for look in GIANTS_AND_HAZE {
        let map = bake(look, 64, 32).unwrap();
        assert!(map.rgba.chunks_exact(4).all(|texel| texel[3] == 128), "{look}");
    }
}

#[test]
fn a_larger_map_shows_the_same_body() {
    for &look in Look::ALL {
        let (small, large) = (bake(look, 64, 32).unwrap(), bake(look, 256, 128).unwrap());
        for lat in [-75.0, -45.0, -15.0, 15.0, 45.0, 75.0] {
            let disc = [lat, 30.0, 14.0];
            let (a, b) = (brightness(&small, disc), brightness(&large, disc));
            assert!((a - b).abs() < 16.0, "{look} at {lat}: {a:.0} and {b:.0}");
        }
    }
}

#[test]
fn sizes_that_are_no_map_are_refused_by_type() {
    for (width, height) in
        [(0, 0), (1, 0), (0, 1), (1, 1), (512, 512), (512, 257), (1023, 511), (u32::MAX, u32::MAX)]
    {
        assert_eq!(bake(Look::Moon, width, height), Err(LookError::NotTwoToOne { width, height }));
    }
    let width = WIDEST + 2;
    assert_eq!(bake(Look::Moon, width, width / 2), Err(LookError::TooWide { width }));
}

#[test]
fn names_are_those_of_the_scene_file() {
    for &look in Look::ALL {
        assert_eq!(look.to_string().parse(), Ok(look));
    }
    let error = "Vulcan".parse::<Look>().unwrap_err();
    assert_eq!(error, LookError::Unknown { found: "Vulcan".to_owned() });
    assert!(
        error.to_string().contains("\"Vulcan\"") && error.to_string().contains("Iapetus"),
        "{error}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_size_is_a_map_or_an_error(which in 0..Look::ALL.len(), height in 0_u32..20, odd in 0_u32..3) {
        let width = height * 2 + odd;
        let map = bake(Look::ALL[which], width, height);
        prop_assert_eq!(map.is_ok(), height > 0 && odd == 0);
        if let Ok(map) = map {
            prop_assert_eq!(map.rgba.len() as u32, width * height * 4);
        }
    }

    #[test]
    fn rings_have_the_width_asked_for(width in 0_u32..300) {
        prop_assert_eq!(saturn_rings(width).len() as u32, width);
    }
}

/// The mean opacity of a 4096-texel profile between two radii.
fn opacity(edges_km: [f64; 2]) -> f64 {
    let rings = saturn_rings(4096);
    let texel =
        |km: f64| ((km - RINGS_INNER_KM) / (RINGS_OUTER_KM - RINGS_INNER_KM) * 4096.0) as usize;
    let part = &rings[texel(edges_km[0])..texel(edges_km[1])];
    part.iter().map(|[.., a]| f64::from(*a)).sum::<f64>() / part.len() as f64
}

#[test]
fn rings_are_as_dense_as_saturns() {
    let (b, a, c) = (opacity(RING_B_KM), opacity(RING_A_KM), opacity(RING_C_KM));
    let (cassini, encke, f) =
        (opacity(CASSINI_DIVISION_KM), opacity(ENCKE_GAP_KM), opacity(RING_F_KM));
    assert!(b > a + 40.0 && a > c + 40.0, "B {b:.0}, A {a:.0}, C {c:.0}");
    assert!(cassini < 0.15 * b && cassini > 1.0, "Cassini division {cassini:.0}");
    assert!(encke < 0.2 * a, "Encke gap {encke:.0}");
    assert!(f > 4.0 && f < 0.5 * c, "F ring {f:.0}, C ring {c:.0}");
    assert!(opacity([RINGS_INNER_KM, RING_C_KM[0]]) < 3.0, "D ring");
    assert!(opacity([RING_A_KM[1] + 50.0, RING_F_KM[0] - 50.0]) < 1.0, "between A and F");
}
