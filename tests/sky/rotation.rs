//! Bodies are turned as the IAU says, in the world's galactic axes.

use glam::{DMat3, DVec3};
use skyreel_core::time::SimTime;
use skyreel_sky::axes::{EQUATORIAL_FROM_ECLIPTIC, GALACTIC_FROM_EQUATORIAL};
use skyreel_sky::{Place, Scene, SkyAt};

fn at(scene: &Scene, date: &str) -> SkyAt {
    scene.at(date.parse().unwrap())
}

fn sun_above(sky: &SkyAt, body: &str) -> Place {
    let id = sky.id(body).unwrap();
    let to_sun = sky.position_m(sky.id("Sun").unwrap()) - sky.position_m(id);
    sky.below(to_sun, id).unwrap()
}

fn equatorial(ra_deg: f64, dec_deg: f64) -> DVec3 {
    let ((ra_sin, ra_cos), (dec_sin, dec_cos)) =
        (ra_deg.to_radians().sin_cos(), dec_deg.to_radians().sin_cos());
    DVec3::new(dec_cos * ra_cos, dec_cos * ra_sin, dec_sin)
}

#[test]
fn the_fixed_frames_are_orthonormal() {
    for (frame, most) in [(GALACTIC_FROM_EQUATORIAL, 1e-15), (EQUATORIAL_FROM_ECLIPTIC, 1e-11)] {
        let product = frame * frame.transpose();
        let error = (product - DMat3::IDENTITY)
            .to_cols_array()
            .into_iter()
            .fold(0.0, |m: f64, v| m.max(v.abs()));
        assert!(error < most, "{error}");
        assert!((frame.determinant() - 1.0).abs() < most);
    }
}

#[test]
fn the_galactic_centre_lies_along_x_and_the_galactic_pole_along_z() {
    // Sagittarius A* lies 0.07 degrees from the zero point of galactic coordinates.
    let sgr_a = GALACTIC_FROM_EQUATORIAL * equatorial(266.416_84, -29.007_81);
    assert!(sgr_a.angle_between(DVec3::X).to_degrees() < 0.08);
    let pole = GALACTIC_FROM_EQUATORIAL * equatorial(192.859_48, 27.128_25);
    assert!(pole.angle_between(DVec3::Z).to_degrees() < 0.001);
    let scene = Scene::embedded().unwrap();
    let sky = at(&scene, "2026-01-01T00:00:00");
    let centre = sky.position_m(sky.id("MilkyWay").unwrap());
    assert!(centre.angle_between(sgr_a).to_degrees() < 0.08);
}

#[test]
fn at_j2000_the_prime_meridian_of_the_earth_lies_at_w() {
    let scene = Scene::embedded().unwrap();
    let sky = scene.at(SimTime::J2000);
    let turn = sky.rotation(sky.id("Earth").unwrap());
    // W is counted from the node of the equator, 90 degrees east of the pole's right ascension.
    let meridian = GALACTIC_FROM_EQUATORIAL * equatorial(190.147 + 90.0, 0.0);
    assert!((turn * DVec3::X).angle_between(meridian).to_degrees() < 1e-6);
    let pole = GALACTIC_FROM_EQUATORIAL * DVec3::Z;
    assert!((turn * DVec3::Z).angle_between(pole).to_degrees() < 1e-6);
}

#[test]
fn at_noon_in_greenwich_the_sun_stands_as_far_off_as_the_equation_of_time_says() {
    // Date, equation of time in minutes (Astronomical Almanac, to half a minute), declination.
    let cases = [
        ("2024-02-11T12:00:00", -14.2, -14.0),
        ("2024-05-14T12:00:00", 3.7, 18.8),
        ("2024-07-26T12:00:00", -6.5, 19.3),
        ("2024-11-03T12:00:00", 16.5, -15.2),
        ("2024-03-20T03:06:00", -7.5, 0.0),
        ("2024-06-20T20:51:00", -1.7, 23.44),
    ];
    let scene = Scene::embedded().unwrap();
    for (date, equation_min, declination_deg) in cases {
        let place = sun_above(&at(&scene, date), "Earth");
        let time: Vec<f64> = date[11..].split(':').map(|part| part.parse().unwrap()).collect();
        let from_noon_min = (time[0] - 12.0) * 60.0 + time[1];
        let expected_deg = -(from_noon_min + equation_min) / 4.0;
        let off = (place.longitude_deg - expected_deg + 180.0).rem_euclid(360.0) - 180.0;
        // Light takes 8.3 minutes: the Sun's true place is 20 arcseconds from the seen one.
        assert!(off.abs() < 0.2, "{date}: {off} degrees");
        assert!((place.latitude_deg - declination_deg).abs() < 0.2, "{date}: {place:?}");
    }
}

#[test]
fn days_are_as_long_as_published() {
    // Body, sidereal day in hours (backward: negative).
    let cases = [
        ("Sun", 609.12),
        ("Mercury", 1_407.51),
        ("Venus", -5_832.4),
        ("Earth", 23.934_47),
        ("Moon", 655.72),
        ("Mars", 24.622_96),
        ("Jupiter", 9.924_92),
        ("Saturn", 10.656_22),
        ("Uranus", -17.24),
        ("Neptune", 16.11),
        ("Pluto", 153.293),
    ];
    let scene = Scene::embedded().unwrap();
    for (body, hours) in cases {
        let id = scene.id(body).unwrap();
        let day_s = f64::abs(hours) * 3_600.0;
        let turn = |share: f64| {
            scene.at(SimTime::from_tdb_secs(8e8 + share * day_s).unwrap()).rotation(id)
        };
        let (start, later) = (turn(0.0), turn(0.01));
        let relative = start.inverse() * later;
        let angle = 2.0 * relative.z.atan2(relative.w);
        let expected = f64::to_radians(3.6) * hours.signum();
        let angle =
            (angle + std::f64::consts::PI).rem_euclid(std::f64::consts::TAU) - std::f64::consts::PI;
        assert!((angle / expected - 1.0).abs() < 0.003, "{body}: {} of a day", angle / expected);
    }
}

#[test]
fn what_has_no_rotation_of_its_own_turns_with_its_parent() {
    let scene = Scene::embedded().unwrap();
    let sky = at(&scene, "2026-03-01T00:00:00");
    let turn = |name: &str| sky.rotation(sky.id(name).unwrap());
    assert_eq!(turn("EarthGrid"), turn("Earth"));
    assert_eq!(turn("SaturnRings"), turn("Saturn"));
    for still in ["Stars", "MilkyWay", "Quasars", "Constellations", "EarthBarycenter"] {
        assert_eq!(turn(still), glam::DQuat::IDENTITY, "{still}");
    }
}
