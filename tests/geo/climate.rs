//! The colours look like the Earth: deserts are sandy, forests green, ice white, shelves shallow.

use crate::EARTH;

#[test]
fn colours_are_what_one_expects_from_space() {
    const SIZE: [usize; 2] = [720, 360];
    let map = EARTH.climate_map(SIZE[0] as u32, SIZE[1] as u32).unwrap();
    assert_eq!(map.len(), SIZE[0] * SIZE[1]);
    // The mean of a few degrees.
    let around = |lat: f64, lon: f64| {
        let mut sum = [0; 4];
        for dy in -3..3 {
            for dx in -3..3 {
                let y = ((90.0 - lat) * 2.0) as i32 + dy;
                let x = ((lon + 180.0) * 2.0) as i32 + dx;
                let texel = map[y as usize * SIZE[0] + x as usize];
                (0..4).for_each(|i| sum[i] += i32::from(texel[i]));
            }
        }
        sum.map(|s| s / 36)
    };
    for (name, lat, lon) in [
        ("Sahara", 23.0, 5.0),
        ("Rub al Khali", 20.0, 50.0),
        ("Taklamakan", 38.8, 82.0),
        ("Australia", -25.0, 132.0),
    ] {
        let [r, g, b, _] = around(lat, lon);
        assert!(r > 150 && r > g + 15 && g > b + 15, "{name}: {r} {g} {b}");
    }
    for (name, lat, lon) in [
        ("Amazon", -5.0, -63.0),
        ("Congo", 0.0, 20.0),
        ("Borneo", 1.0, 114.0),
        ("Taiga", 62.0, 100.0),
        ("Carolina", 35.0, -80.0),
    ] {
        let [r, g, b, _] = around(lat, lon);
        assert!(g > r && g > b && g < 125, "{name}: {r} {g} {b}");
    }
    for (name, lat, lon) in [
        ("Greenland", 74.0, -40.0),
        ("Antarctica", -80.0, 90.0),
        ("South Pole", -88.0, 0.0),
        ("Ross", -81.0, -170.0),
    ] {
        let [r, g, b, _] = around(lat, lon);
        assert!(r > 215 && g > 215 && b > 215, "{name}: {r} {g} {b}");
    }
    for (name, lat, lon) in
        [("North Sea", 55.0, 4.0), ("Bahamas", 23.8, -78.0), ("Java Sea", -5.0, 110.0)]
    {
        assert!(around(lat, lon)[3] > 100, "{name}");
    }
    for (name, lat, lon) in
        [("Pacific", 10.0, -140.0), ("Atlantic", 30.0, -45.0), ("Indian Ocean", -30.0, 80.0)]
    {
        assert!(around(lat, lon)[3] < 20, "{name}");
    }
}

#[test]
fn east_and_west_edges_fit() {
    let map = EARTH.climate_map(1024, 512).unwrap();
    let mut differences = 0;
    for row in map.chunks_exact(1024) {
        let step =
            |a: [u8; 4], b: [u8; 4]| (0..4).map(|i| u32::from(a[i].abs_diff(b[i]))).sum::<u32>();
        // Across the antimeridian no more changes than beside it.
        differences += i64::from(step(row[0], row[1023]))
            - i64::from(step(row[0], row[1]).max(step(row[1022], row[1023])));
    }
    assert!(differences < 512, "{differences}");
}

#[test]
fn a_map_without_texels_is_refused() {
    assert!(EARTH.climate_map(0, 10).is_err());
    assert!(EARTH.climate_map(10, 100_000).is_err());
}
