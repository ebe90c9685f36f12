//! From two metres to beyond everything: only finite numbers, whichever way one looks, and none so
//! large that its square is none in single precision.

use glam::DVec3;
use proptest::prelude::*;
use skyreel::app::draw::compose::Lens;
use skyreel::app::draw::picture::Picture;
use skyreel_core::time::SimTime;

use crate::stage::*;

fn direction() -> impl Strategy<Value = DVec3> {
    let special = vec![DVec3::X, DVec3::NEG_X, DVec3::Y, DVec3::Z, DVec3::NEG_Z];
    let any = [-1.0..1.0_f64, -1.0..1.0_f64, -1.0..1.0_f64].prop_map(DVec3::from_array);
    let any = any.prop_filter_map("a direction", |v| (v.length() > 0.01).then(|| v.normalize()));
    prop_oneof![1 => proptest::sample::select(special), 3 => any]
}

/// Shaders take lengths; the squares of larger numbers leave the range of f32.
const LARGEST: f32 = 1e18;

/// The place of the first number that shaders could not use, by what it belongs to.
fn odd(picture: &Picture) -> Option<String> {
    let find = |what: &str, bytes: &[u8]| {
        let numbers = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let index = numbers.into_iter().position(|n| !(-LARGEST..=LARGEST).contains(&n))?;
        Some(format!("{what}: float {index}"))
    };
    let globes = picture.globes.iter().find_map(|g| find("globe", bytemuck::bytes_of(&g.uniform)));
    let mut rings = picture.globes.iter().filter_map(|g| g.rings);
    find("view", bytemuck::bytes_of(&picture.view))
        .or(globes)
        .or_else(|| rings.find_map(|r| find("ring", bytemuck::bytes_of(&r))))
        .or_else(|| find("far line", bytemuck::cast_slice(&picture.far_lines)))
        .or_else(|| find("line", bytemuck::cast_slice(&picture.lines)))
        .or_else(|| find("far sprite", bytemuck::cast_slice(&picture.far_sprites)))
        .or_else(|| find("near sprite", bytemuck::cast_slice(&picture.near_sprites)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_picture_from_anywhere_holds_only_numbers_that_shaders_can_use(
        exponent in 0.3..28.48_f64,
        anchor in proptest::sample::select(vec!["Earth", "Moon", "Sun", "Saturn", "Phobos", "MilkyWay"]),
        from in direction(),
        looks_at_anchor in any::<bool>(),
        towards in direction(),
        tdb_s in -3.2e9..3.2e9_f64,
    ) {
        let sky = scene().at(SimTime::from_tdb_secs(tdb_s).unwrap());
        let towards = if looks_at_anchor { -from } else { towards };
        let camera = camera(&sky, anchor, from * 10.0_f64.powf(exponent), towards);
        let picture = picture(&sky, &all(), &camera);
        prop_assert_eq!(odd(&picture), None);
        for tile in &picture.tiles {
            prop_assert!(tile.width_deg > 0.0 && tile.height_deg > 0.0, "{tile:?}");
        }
    }
}

#[test]
fn a_camera_exactly_in_a_node_sees_something_finite() {
    let (sky, properties) = (sky(), all());
    for anchor in ["Earth", "Sun", "Saturn", "EarthBarycenter", "SolarSystemBarycenter", "MilkyWay"]
    {
        let camera = camera(&sky, anchor, DVec3::ZERO, DVec3::X);
        assert_eq!(odd(&picture(&sky, &properties, &camera)), None, "in {anchor}");
    }
}

#[test]
fn what_is_almost_square_to_the_view_is_not_on_the_screen() {
    let sky = sky();
    let camera = camera(&sky, "Earth", DVec3::Y * 7.767e26, DVec3::X);
    let lens = Lens::new(&camera, VFOV_DEG, SIZE);
    for (in_camera, is_seen) in [
        (DVec3::new(0.0, 0.0, -1.0), true),
        (DVec3::new(3.0, 0.0, -1.0), true),
        (DVec3::new(1.0, 0.0, -1e-9), false),
        (DVec3::new(0.0, -1.0, -1e-60), false),
        (DVec3::new(1.0, 1.0, -5e-324), false),
        (DVec3::new(1.0, 0.0, 0.0), false),
        (DVec3::new(0.0, 0.0, 1.0), false),
        (DVec3::ZERO, false),
    ] {
        assert_eq!(lens.to_screen(in_camera).is_some(), is_seen, "{in_camera}");
    }
    assert_eq!(odd(&picture(&sky, &all(), &camera)), None);
}
