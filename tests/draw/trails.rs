//! Trails: the same whichever way their moment was reached.

use glam::DVec3;
use skyreel::app::draw::picture::Picture;
use skyreel_core::time::SimTime;

use crate::stage::*;

const DAY_S: f64 = 86_400.0;

/// Moments that lie seconds, days and years apart.
fn moments() -> Vec<SimTime> {
    let steps_s = [0.0, 1.0, 3_600.0, DAY_S, 3.3 * DAY_S, 40.0 * DAY_S, 366.0 * DAY_S, 4e4 * DAY_S];
    steps_s.map(|s| SimTime::from_tdb_secs(8.26e8 + s).unwrap()).into()
}

fn trails_of(pictures: impl Iterator<Item = Picture>) -> Vec<Vec<u8>> {
    pictures.map(|p| bytes(&p)).collect()
}

#[test]
fn a_trail_is_the_same_whichever_way_its_moment_was_reached() {
    let scene = scene();
    let properties = all();
    let moments = moments();
    for (anchor, offset_m) in [
        ("Sun", DVec3::new(1e11, 2e11, 3e11)),
        ("Earth", DVec3::new(6e8, 4e8, 5e8)),
        ("Jupiter", DVec3::new(2e9, 3e9, 1e9)),
    ] {
        let mut composer = composer();
        let mut at = |time: SimTime| {
            let sky = scene.at(time);
            let camera = facing(&sky, anchor, offset_m);
            picture_of(&mut composer, &sky, &properties, &camera)
        };
        let forwards = trails_of(moments.iter().map(|t| at(*t)));
        let mut backwards = trails_of(moments.iter().rev().map(|t| at(*t)));
        backwards.reverse();
        let twice = trails_of(moments.iter().map(|t| {
            at(SimTime::from_tdb_secs(t.as_tdb_secs() - 20.0 * DAY_S).unwrap());
            at(*t)
        }));
        let alone = trails_of(moments.iter().map(|t| {
            let sky = scene.at(*t);
            picture(&sky, &properties, &facing(&sky, anchor, offset_m))
        }));
        for (index, expected) in alone.iter().enumerate() {
            for (way, found) in
                [("forwards", &forwards), ("backwards", &backwards), ("twice", &twice)]
            {
                assert!(found[index] == *expected, "{anchor}, moment {index}, {way}");
            }
        }
    }
}

#[test]
fn a_trail_starts_at_its_body_and_never_breaks() {
    let (sky, properties) = (sky(), only(&["EarthTrail"]));
    let camera = facing(&sky, "Sun", DVec3::new(1e11, 2e11, 3e11));
    let lines = picture(&sky, &properties, &camera).lines;
    let [sun_m, earth_m] = ["Sun", "Earth"].map(|name| sky.position_m(sky.id(name).unwrap()));
    let from_camera = camera.rotation.inverse() * (earth_m - sun_m - camera.offset_m);
    let start = DVec3::from_array(lines[0].from.map(f64::from));
    assert!(start.distance(from_camera) < 1e-6 * from_camera.length(), "{start} {from_camera}");
    assert!(lines.len() > 100);
    for pair in lines.windows(2) {
        assert_eq!(pair[0].to, pair[1].from);
        // It fades with age.
        assert_eq!(pair[0].to_colour, pair[1].from_colour);
        assert!(pair[1].to_colour[0] <= pair[1].from_colour[0]);
    }
    assert!(lines[lines.len() - 1].to_colour[0] < 0.02 * lines[0].from_colour[0]);
}
