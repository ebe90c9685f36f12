//! Windows on the Earth's coasts: which ones a camera wants.

use proptest::prelude::*;
use skyreel::app::draw::picture::{MAX_TILES, TileWindow};
use skyreel_sky::Place;

use crate::stage::*;

fn covers(tile: &TileWindow, place: &Place) -> bool {
    let east_deg = (place.longitude_deg - tile.west_deg).rem_euclid(360.0);
    let north_deg = place.latitude_deg - tile.south_deg;
    east_deg <= tile.width_deg && (0.0..=tile.height_deg).contains(&north_deg)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn windows_cover_what_is_below_and_depend_on_the_camera_alone(
        latitude_deg in prop_oneof![-90.0..90.0_f64, Just(90.0), Just(-90.0), Just(0.0)],
        longitude_deg in prop_oneof![-180.0..180.0_f64, Just(180.0), Just(-179.99)],
        exponent in 0.3..8.0_f64,
        elsewhere in (-80.0..80.0_f64, -180.0..180.0_f64),
    ) {
        let (sky, properties) = (sky(), only(&["Earth"]));
        let place = Place { latitude_deg, longitude_deg, altitude_m: 10.0_f64.powf(exponent) };
        let camera = above(&sky, "Earth", place);
        let found = picture(&sky, &properties, &camera);
        let count = found.globes[0].uniform.tile_count as usize;
        prop_assert_eq!(count, found.tiles.len());
        prop_assert!(count <= MAX_TILES);
        for tile in &found.tiles {
            prop_assert!(covers(tile, &place), "{place:?} is not in {tile:?}");
            prop_assert!((-180.0..=180.0).contains(&tile.west_deg) && tile.width_deg <= 360.0);
            prop_assert!(tile.south_deg >= -90.0 && tile.south_deg + tile.height_deg <= 90.0);
        }
        // The lower the camera, the more of them, each within the one before.
        let sizes: Vec<f64> = found.tiles.iter().map(|t| t.height_deg).collect();
        prop_assert!(sizes.windows(2).all(|pair| pair[0] > pair[1]), "{sizes:?}");
        // The same after having been elsewhere, on another date too.
        let mut composer = composer();
        let (latitude_deg, longitude_deg) = elsewhere;
        let other = above(&sky, "Earth", Place { latitude_deg, longitude_deg, altitude_m: 10.0 });
        picture_of(&mut composer, &sky, &properties, &other);
        prop_assert_eq!(&picture_of(&mut composer, &sky, &properties, &camera).tiles, &found.tiles);
    }
}

#[test]
fn the_lower_the_camera_the_more_windows() {
    let sky = sky();
    let count = |altitude_m: f64| {
        let place = Place { latitude_deg: 48.0, longitude_deg: 16.0, altitude_m };
        picture(&sky, &only(&["Earth"]), &above(&sky, "Earth", place)).tiles.len()
    };
    let counts: Vec<usize> = [1e9, 5e6, 1e6, 3e5, 5e4, 2.0].map(count).into();
    assert!(counts.is_sorted() && counts[0] == 0 && counts[5] == MAX_TILES, "{counts:?}");
}
