//! Which way up pictures are, and where on them things stand.

use std::fs;

use glam::{DQuat, DVec3};

use crate::pixels::Picture;
use crate::program::{recording, run_in};

const SIZE: (usize, usize) = (320, 180);

/// The vertical field of view of OpenSpace's window, degrees.
const VFOV_DEG: f64 = 50.534;

/// A camera that looks along -x with +z up: from a place on the +x axis, at its anchor.
fn looking_back() -> DQuat {
    DQuat::from_xyzw(0.5, 0.5, 0.5, 0.5)
}

/// The picture from a place in metres, following the anchor or not, with a rotation.
fn picture(at: &str, flag: &str, anchor: &str, rotation: DQuat, hide: &[&str]) -> Option<Picture> {
    let folder = tempfile::tempdir().unwrap();
    let DQuat { x, y, z, w } = rotation;
    let camera = format!("camera 0 700000000 {at} {w} {x} {y} {z} 1 {flag} {anchor}");
    fs::write(folder.path().join("still.osrectxt"), recording(&[&camera])).unwrap();
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let usual = ["render", "still.osrectxt", "-o", "out/", "--fps", "1", "--size", &size];
    let hide = hide.iter().flat_map(|node| ["--hide", node]);
    let run = run_in(folder.path(), usual.into_iter().chain(hide));
    if run.cannot_draw() {
        return None;
    }
    run.ends(0);
    Some(Picture::open(&folder.path().join("out/000000.png")))
}

/// How unlike two lists of pixels are: the mean of the differences of their channels.
fn difference<'a>(
    a: impl Iterator<Item = &'a [u8; 3]>,
    b: impl Iterator<Item = &'a [u8; 3]>,
) -> f64 {
    let (mut sum, mut count) = (0_u64, 0_u64);
    for (a, b) in a.zip(b) {
        sum += a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
        count += 3;
    }
    sum as f64 / count as f64
}

#[test]
fn the_picture_turns_upside_down_when_the_camera_rolls_by_180_degrees() {
    // Stars are points that land differently on the grid of pixels; labels stay upright.
    let hide = ["Stars", "EarthLabel"];
    let rolled = looking_back() * DQuat::from_rotation_z(std::f64::consts::PI);
    let at = "0 2e7 3e6";
    let towards = DQuat::from_rotation_z(std::f64::consts::FRAC_PI_2);
    let Some(upright) = picture(at, "F", "Earth", towards * looking_back(), &hide) else { return };
    let upside_down = picture(at, "F", "Earth", towards * rolled, &hide).unwrap();
    let turned = difference(upright.rgb.iter(), upside_down.rgb.iter().rev());
    let unturned = difference(upright.rgb.iter(), upside_down.rgb.iter());
    assert!(turned < 1.0, "turned back, the pictures differ by {turned}");
    assert!(unturned > 10.0 * turned.max(0.1), "unturned, they differ by only {unturned}");
}

#[test]
fn a_star_stands_where_the_cameras_rotation_and_field_of_view_put_it() {
    // From the Earth's distance, the Sun is half a degree wide. Camera turned left and down: it stands
    // right of and above the middle.
    for (left_deg, up_deg, roll_deg) in [(20.0, -12.0, 0.0), (-25.0, 9.0, 0.0), (20.0, -12.0, 90.0)]
    {
        let turned = looking_back()
            * DQuat::from_rotation_y(f64::to_radians(left_deg))
            * DQuat::from_rotation_x(f64::to_radians(up_deg))
            * DQuat::from_rotation_z(f64::to_radians(roll_deg));
        let hide = ["Stars", "MilkyWay", "Constellations", "Mercury", "Venus"];
        let Some(picture) = picture("1.5e11 0 0", "-", "Sun", turned, &hide) else { return };
        let sun = turned.inverse() * DVec3::NEG_X;
        let half_height = (VFOV_DEG / 2.0).to_radians().tan();
        let scale = picture.height as f64 / 2.0 / half_height;
        let expected = (
            picture.width as f64 / 2.0 + sun.x / -sun.z * scale,
            picture.height as f64 / 2.0 - sun.y / -sun.z * scale,
        );
        let found = brightest(&picture);
        let off = (found.0 - expected.0).hypot(found.1 - expected.1);
        assert!(off < 1.5, "the Sun stands at {found:?}, not at {expected:?}");
    }
}

/// The middle of the brightest pixels.
fn brightest(picture: &Picture) -> (f64, f64) {
    let light = |p: &[u8; 3]| p.iter().map(|&c| u32::from(c)).sum::<u32>();
    let most = picture.rgb.iter().map(light).max().unwrap();
    assert!(most > 600, "nothing bright in the picture: {most}");
    let (mut x, mut y, mut count) = (0.0, 0.0, 0.0);
    for (i, _) in picture.rgb.iter().enumerate().filter(|(_, p)| light(p) >= most) {
        x += (i % picture.width) as f64 + 0.5;
        y += (i / picture.width) as f64 + 0.5;
        count += 1.0;
    }
    (x / count, y / count)
}
