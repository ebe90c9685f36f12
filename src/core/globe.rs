//! Globes: their radii, and how latitude, longitude and height above one become a place. No time
//! and no scene in here.

use glam::{DMat3, DQuat, DVec3};

/// The radii along a body's own x, y (equator) and z (north), metres; `None` for what is no known
/// globe. IAU Working Group on Cartographic Coordinates and Rotational Elements (report of 2015);
/// the Earth as in WGS 84.
pub fn known_radii_m(node: &str) -> Option<[f64; 3]> {
    let sphere = |radius: f64| [radius, radius, radius];
    let spheroid = |equator: f64, pole: f64| [equator, equator, pole];
    Some(match node {
        "Sun" => sphere(695_700_000.0),
        "Mercury" => spheroid(2_440_530.0, 2_438_260.0),
        "Venus" => sphere(6_051_800.0),
        "Earth" => spheroid(6_378_137.0, 6_356_752.314),
        "Moon" => sphere(1_737_400.0),
        "Mars" => spheroid(3_396_190.0, 3_376_200.0),
        "Phobos" => [13_000.0, 11_400.0, 9_100.0],
        "Deimos" => [7_800.0, 6_000.0, 5_100.0],
        "Jupiter" => spheroid(71_492_000.0, 66_854_000.0),
        "Io" => [1_829_400.0, 1_819_400.0, 1_815_700.0],
        "Europa" => [1_562_600.0, 1_560_300.0, 1_559_500.0],
        "Ganymede" => sphere(2_631_200.0),
        "Callisto" => sphere(2_410_300.0),
        "Saturn" => spheroid(60_268_000.0, 54_364_000.0),
        "Mimas" => [207_800.0, 196_700.0, 190_600.0],
        "Enceladus" => [256_600.0, 251_400.0, 248_300.0],
        "Tethys" => [538_400.0, 528_300.0, 526_300.0],
        "Dione" => [563_400.0, 561_300.0, 559_600.0],
        "Rhea" => [765_000.0, 763_100.0, 762_400.0],
        "Titan" => [2_575_150.0, 2_574_780.0, 2_574_470.0],
        "Hyperion" => [180_100.0, 133_000.0, 102_700.0],
        "Iapetus" => [745_700.0, 745_700.0, 712_100.0],
        "Uranus" => spheroid(25_559_000.0, 24_973_000.0),
        "Miranda" => [240_400.0, 234_200.0, 232_900.0],
        "Ariel" => [581_100.0, 577_900.0, 577_700.0],
        "Umbriel" => sphere(584_700.0),
        "Titania" => sphere(788_900.0),
        "Oberon" => sphere(761_400.0),
        "Neptune" => spheroid(24_764_000.0, 24_341_000.0),
        "Triton" => sphere(1_352_600.0),
        "Nereid" => sphere(170_000.0),
        "Pluto" => sphere(1_188_300.0),
        "Charon" => sphere(606_000.0),
        _ => return None,
    })
}

/// The direction of a planetocentric latitude and an east longitude, degrees, in the body's axes
/// (+z north, +x latitude 0 longitude 0). Unit length.
pub fn direction_of(latitude_deg: f64, longitude_deg: f64) -> DVec3 {
    let (sin_lat, cos_lat) = latitude_deg.to_radians().sin_cos();
    let (sin_lon, cos_lon) = longitude_deg.to_radians().sin_cos();
    DVec3::new(cos_lat * cos_lon, cos_lat * sin_lon, sin_lat)
}

/// How far the surface of an ellipsoid is from its centre in a direction of unit length, metres.
pub fn surface_distance_m(radii_m: [f64; 3], direction: DVec3) -> f64 {
    (direction / DVec3::from_array(radii_m)).length().recip()
}

/// The axes of the horizon at a place relative to a body's centre: columns east, north, up. Up is
/// away from the centre. At a pole, north points along the meridian of 180° (at the north pole) or
/// 0° (at the south pole), so that east is +y at both. `None` in the centre.
pub fn horizon_axes(position_m: DVec3) -> Option<DMat3> {
    let up = position_m.try_normalize()?;
    let east = DVec3::Z.cross(up).try_normalize().unwrap_or(DVec3::Y);
    Some(DMat3::from_cols(east, up.cross(east), up))
}

/// The rotation of a camera that looks along `forward` (camera −z) with `up` (camera +y) as far up
/// as it can be. Where the two are parallel, +x or +y takes the place of `up`. `None` where
/// `forward` has no direction.
pub fn looking(forward: DVec3, up: DVec3) -> Option<DQuat> {
    let forward = forward.try_normalize()?;
    let up = up.try_normalize().unwrap_or(DVec3::Z);
    let right = [up, DVec3::X, DVec3::Y]
        .into_iter()
        .map(|up| forward.cross(up))
        .find(|right| right.length() > 1e-9)?
        .normalize();
    let axes = DMat3::from_cols(right, right.cross(forward), -forward);
    Some(DQuat::from_mat3(&axes).normalize())
}
