//! Navigation states and poses.

use glam::{DQuat, DVec3};
use proptest::prelude::*;
use serde_json::json;
use skyreel_core::outcome::Outcome;
use skyreel_script::openspace::{NavigationState, Pose};

use super::fake::{Fake, Machine};

fn state(yaw_rad: f64, pitch_rad: f64) -> NavigationState {
    NavigationState {
        anchor: "Earth".to_owned(),
        follow: true,
        position_m: DVec3::new(1e7, 0.0, 0.0),
        up: Some(DVec3::Z),
        yaw_rad,
        pitch_rad,
        timestamp: None,
    }
}

fn close(a: DVec3, b: DVec3) -> bool {
    (a - b).length() < 1e-9
}

#[test]
fn yaw_looks_to_the_right_and_pitch_up() {
    // On the x axis with north up the camera looks along −x, and east (+y) is to its right.
    let pose = state(0.0, 0.0).pose().unwrap();
    assert!(close(pose.rotation * DVec3::NEG_Z, DVec3::NEG_X));
    assert!(close(pose.rotation * DVec3::X, DVec3::Y));
    assert!(close(pose.rotation * DVec3::Y, DVec3::Z));
    let quarter = std::f64::consts::FRAC_PI_2;
    let right = state(quarter, 0.0).pose().unwrap();
    assert!(close(right.rotation * DVec3::NEG_Z, DVec3::Y));
    let up = state(0.0, quarter).pose().unwrap();
    assert!(close(up.rotation * DVec3::NEG_Z, DVec3::Z));
}

#[test]
fn without_up_the_angles_do_not_count() {
    let bare = NavigationState { up: None, ..state(0.3, 0.4) };
    assert_eq!(bare.pose(), NavigationState { up: None, ..state(0.0, 0.0) }.pose());
    let mut machine = Machine::new(Fake::default());
    let code = "openspace.navigation.setNavigationState({Anchor = 'Earth', Position = {1e7, 0, 0}, Yaw = 0.3, Aim = 'Moon'})";
    machine.run(code).unwrap();
    let printed = machine.printed.borrow().join("\n");
    assert!(printed.contains("Yaw and Pitch count only with its Up"), "{printed}");
    assert!(printed.contains("Aim is left out"), "{printed}");
}

#[test]
fn in_the_centre_there_is_no_way_to_look() {
    let centre = NavigationState { position_m: DVec3::ZERO, ..state(0.0, 0.0) };
    assert_eq!(centre.pose(), None);
    let pose = Pose { position_m: DVec3::ZERO, ..state(0.0, 0.0).pose().unwrap() };
    assert_eq!(NavigationState::of(&pose, None), None);
}

#[test]
fn a_camera_that_does_not_follow_is_told_in_the_worlds_axes() {
    let mut fake = Fake::default();
    let pose = json!({"anchor": "Moon", "position_m": [0.0, 0.0, 5e6],
        "rotation_wxyz": [1.0, 0.0, 0.0, 0.0], "follow": false});
    fake.outcomes.insert("navigate.get", Outcome::Done(pose));
    let mut machine = Machine::new(fake);
    for frame in ["", "'Root'", "'SolarSystemBarycenter'"] {
        let code = format!("return openspace.navigation.getNavigationState({frame})");
        let given = machine.run(&code).unwrap();
        assert!(
            given.starts_with(
                "{Anchor = 'Moon', Position = {0, 0, 5000000}, ReferenceFrame = 'Root'"
            ),
            "{given}"
        );
    }
    assert!(machine.run("openspace.navigation.getNavigationState('Moon')").is_err());
}

#[test]
fn a_state_given_back_is_where_the_camera_was() {
    let mut fake = Fake::default();
    let rotation = DQuat::from_euler(glam::EulerRot::XYZ, 0.3, -1.1, 2.0);
    let pose = json!({"anchor": "Earth", "position_m": [1e7, -2e7, 3e6], "follow": true,
        "rotation_wxyz": [rotation.w, rotation.x, rotation.y, rotation.z]});
    fake.outcomes.insert("navigate.get", Outcome::Done(pose));
    let mut machine = Machine::new(fake);
    machine
        .run("openspace.navigation.setNavigationState(openspace.navigation.getNavigationState())")
        .unwrap();
    let said = machine.said().pop().unwrap();
    assert!(said.contains("position_m=[10000000.0,-20000000.0,3000000.0]"), "{said}");
    let numbers = said.split("rotation_wxyz=").nth(1).unwrap();
    let [w, x, y, z]: [f64; 4] = serde_json::from_str(numbers).unwrap();
    let again = DQuat::from_xyzw(x, y, z, w);
    assert!(again.dot(rotation).abs() > 1.0 - 1e-12, "{said}");
}

proptest! {
    #[test]
    fn every_pose_is_a_state_and_the_same_pose_again(
        position in prop::array::uniform3(-1e12..1e12_f64),
        rotation in prop::array::uniform4(-1.0..1.0_f64),
        follow in any::<bool>(),
    ) {
        let [x, y, z, w] = rotation;
        prop_assume!(DQuat::from_xyzw(x, y, z, w).length() > 0.1);
        prop_assume!(DVec3::from_array(position).length() > 1.0);
        let pose = Pose {
            anchor: "Earth".to_owned(),
            position_m: DVec3::from_array(position),
            rotation: DQuat::from_xyzw(x, y, z, w).normalize(),
            follow,
        };
        let state = NavigationState::of(&pose, None).unwrap();
        prop_assert!(state.yaw_rad.abs() <= std::f64::consts::FRAC_PI_2 && state.up.unwrap().is_normalized());
        let again = state.pose().unwrap();
        prop_assert!(again.rotation.dot(pose.rotation).abs() > 1.0 - 1e-12, "{:?} {:?}", pose, again);
        prop_assert_eq!(again.position_m, pose.position_m);
        prop_assert_eq!(again.follow, pose.follow);
    }

    #[test]
    fn every_state_is_a_pose_with_the_same_angles(yaw in -1.5..1.5_f64, pitch in -1.5..1.5_f64) {
        let state = state(yaw, pitch);
        let again = NavigationState::of(&state.pose().unwrap(), None).unwrap();
        prop_assert!((again.yaw_rad - yaw).abs() < 1e-9 && (again.pitch_rad - pitch).abs() < 1e-9);
        prop_assert!(close(again.up.unwrap(), DVec3::Z));
    }
}
