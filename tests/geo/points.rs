//! Land, lakes, ice and sea are where they are.

use skyreel_geo::Surface::{self, Ice, Lake, Land, Ocean};

use crate::{EARTH, window};

#[rustfmt::skip]
const POINTS: &[(&str, f64, f64, Surface)] = &[
    ("Paris", 48.8566, 2.3522, Land), ("Madrid", 40.4168, -3.7038, Land), ("Berlin", 52.52, 13.405, Land),
    ("London", 51.5, -0.3, Land), ("Dublin's west", 53.3, -7.5, Land), ("Rome", 41.9, 12.55, Land),
    ("Moscow", 55.7558, 37.6173, Land), ("Ankara", 39.93, 32.86, Land), ("Cairo", 30.03, 31.35, Land),
    ("Timbuktu", 16.77, -3.0, Land), ("Nairobi", -1.29, 36.82, Land), ("Johannesburg", -26.2, 28.05, Land),
    ("Puttaparthi", 14.165, 77.811, Land), ("Delhi", 28.61, 77.21, Land), ("Kathmandu", 27.72, 85.32, Land),
    ("Everest", 27.988, 86.925, Land), ("Lhasa", 29.65, 91.1, Land), ("Beijing", 39.9, 116.4, Land),
    ("Ulan Bator", 47.9, 106.9, Land), ("Yakutsk's south", 61.5, 129.0, Land), ("Alice Springs", -23.7, 133.88, Land),
    ("Canberra", -35.28, 149.13, Land), ("Brasilia", -15.79, -47.9, Land), ("Manaus's north", -2.5, -60.0, Land),
    ("La Paz", -16.5, -68.15, Land), ("Denver", 39.74, -104.99, Land), ("Mexico City", 19.43, -99.13, Land),
    ("Winnipeg", 49.9, -97.14, Land), ("Fairbanks", 64.84, -147.72, Land), ("Chukotka, east", 67.0, -177.0, Land),
    ("Chukotka, on the antimeridian", 67.5, 180.0, Land), ("Wrangel Island", 71.2, -179.7, Land),
    ("Honshu", 36.5, 138.5, Land), ("Hokkaido", 43.3, 142.8, Land), ("Sri Lanka", 7.3, 80.7, Land),
    ("Madagascar", -19.0, 46.7, Land), ("Iceland", 65.1, -15.5, Land), ("Sicily", 37.5, 14.2, Land),
    ("Corsica", 42.2, 9.1, Land), ("Borneo", 1.0, 114.0, Land), ("New Guinea", -6.0, 143.0, Land),
    ("Tasmania", -42.0, 146.6, Land), ("South Island", -44.0, 170.9, Land), ("Taiwan", 23.8, 121.0, Land),
    ("Cuba", 21.9, -78.9, Land), ("Hawaii", 19.6, -155.5, Land), ("Viti Levu", -17.8, 178.0, Land),
    ("Newfoundland", 48.7, -56.2, Land), ("Great Britain, Wales", 52.3, -3.6, Land), ("Crete", 35.2, 24.9, Land),
    ("the Caspian's east", 39.5, 54.5, Land), ("Isle Royale", 48.02, -88.85, Land),
    ("Lake Superior", 47.7, -87.8, Lake), ("Lake Michigan", 43.5, -87.0, Lake), ("Lake Huron", 44.8, -82.4, Lake),
    ("Lake Victoria", -1.0, 33.0, Lake), ("Lake Tanganyika", -6.2, 29.6, Lake), ("Lake Malawi", -12.0, 34.5, Lake),
    ("Lake Baikal", 53.5, 108.2, Lake), ("Lake Ladoga", 60.9, 31.5, Lake), ("Lake Titicaca", -15.8, -69.4, Lake),
    ("Great Bear Lake", 66.0, -121.0, Lake), ("Lake Winnipeg", 52.5, -97.7, Lake), ("Vanern", 58.9, 13.3, Lake),
    ("Lake Geneva", 46.43, 6.55, Lake), ("Lake Van", 38.6, 42.9, Lake), ("Issyk-Kul", 42.45, 77.2, Lake),
    ("South Pole", -90.0, 0.0, Ice), ("Vostok", -78.46, 106.84, Ice), ("Ross Ice Shelf", -81.0, -175.0, Ice),
    ("Ross Ice Shelf, antimeridian", -80.0, 180.0, Ice), ("Ronne Ice Shelf", -78.0, -60.0, Ice),
    ("Amery Ice Shelf", -70.0, 72.0, Ice), ("Greenland, summit", 72.58, -38.46, Ice), ("Vatnajokull", 64.4, -16.8, Ice),
    ("Austfonna", 79.8, 24.5, Ice), ("Southern Patagonia", -49.8, -73.4, Ice),
    ("Greenland, ice-free east", 71.3, -24.5, Land), ("Nuuk's inland", 64.2, -51.0, Land),
    ("Gulf of Guinea, (0, 0)", 0.0, 0.0, Ocean), ("North Pole", 90.0, 0.0, Ocean), ("Caspian", 42.0, 51.0, Ocean),
    ("Black Sea", 43.0, 34.0, Ocean), ("Baltic", 58.0, 20.0, Ocean), ("Channel", 50.2, -1.0, Ocean),
    ("Irish Sea", 53.8, -4.8, Ocean), ("Mediterranean", 35.0, 18.0, Ocean), ("Red Sea", 20.0, 38.5, Ocean),
    ("Persian Gulf", 27.0, 51.0, Ocean), ("Bay of Bengal", 15.0, 88.0, Ocean), ("Palk Strait", 9.9, 79.6, Ocean),
    ("Sea of Japan", 40.0, 135.0, Ocean), ("Bering Strait", 65.8, -168.5, Ocean), ("Hudson Bay", 60.0, -86.0, Ocean),
    ("Gulf of Mexico", 25.0, -90.0, Ocean), ("Drake Passage", -58.5, -64.0, Ocean), ("Bass Strait", -40.0, 145.8, Ocean),
    ("Cook Strait", -41.0, 174.6, Ocean), ("Mozambique Channel", -18.0, 41.0, Ocean), ("Ross Sea", -75.0, -175.0, Ocean),
    ("Weddell Sea", -72.0, -45.0, Ocean), ("Point Nemo", -48.88, -123.39, Ocean), ("off Fiji, antimeridian", -19.5, 180.0, Ocean),
    ("Pacific, antimeridian", 10.0, 180.0, Ocean), ("Gibraltar", 35.95, -5.6, Ocean),
];

#[test]
fn every_known_point_is_what_it_is() {
    let wrong: Vec<_> = POINTS
        .iter()
        .map(|&(name, lat, lon, expected)| (name, expected, EARTH.surface_at(lat, lon)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?} of {}", POINTS.len());
}

#[test]
fn a_tile_around_a_known_point_says_the_same() {
    for &(name, lat, lon, expected) in POINTS {
        let lat = lat.clamp(-89.75, 89.75);
        let tile =
            EARTH.tile(&window([lon - 0.25, lat - 0.25, lon + 0.25, lat + 0.25], 33, 33)).unwrap();
        let texel = &tile.rgba[(16 * 33 + 16) * 4..][..4];
        let found = match (texel[3] > 128, texel[1] > 128, texel[0] > 128) {
            (true, ..) => Ice,
            (_, true, _) => Lake,
            (.., true) => Land,
            _ => Ocean,
        };
        assert_eq!(found, expected, "{name}: {texel:?}");
    }
}

#[test]
fn longitudes_go_round_and_nonsense_is_sea() {
    for (lat, lon) in [(48.8566, 2.3522), (67.0, -177.0), (-81.0, -175.0)] {
        for turns in [-2.0, -1.0, 1.0, 3.0] {
            assert_eq!(EARTH.surface_at(lat, lon + 360.0 * turns), EARTH.surface_at(lat, lon));
        }
    }
    for (lat, lon) in [
        (f64::NAN, 0.0),
        (0.0, f64::NAN),
        (0.0, f64::INFINITY),
        (100.0, 20.0),
        (f64::NEG_INFINITY, 0.0),
    ] {
        assert_eq!(EARTH.surface_at(lat, lon), Ocean, "{lat}, {lon}");
    }
}
