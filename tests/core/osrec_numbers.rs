//! The numbers in written text files: C++'s shortest form, which reads back to the same bits.

use proptest::prelude::*;
use skyreel_core::camera_track::{CameraEntry, Leave};
use skyreel_core::format::{Mode, osrec};
use skyreel_core::pose::CameraPose;
use skyreel_core::recording::{MAIN_VIEW, Recording};
use skyreel_core::time::SessionTime;

/// The texts of a camera line's numbers from the simulation time on.
fn written(sim_time_s: f64, position_m: [f64; 3], rotation: [f32; 4], scale: f32) -> Vec<String> {
    let pose = CameraPose {
        anchor: "Earth".into(),
        follow_rotation: true,
        position_m,
        rotation_wxyz: rotation.map(f64::from),
        scale,
    };
    let (stamp, leave) = (SessionTime::ZERO, Leave::AS_RECORDED);
    let mut recording = Recording::default();
    let entry = CameraEntry { seq: 0, stamp, sim_time_s, pose, leave };
    recording.view_mut(MAIN_VIEW).camera.push(entry).unwrap();
    let written = osrec::write(&recording, Mode::Ascii, osrec::WriteOptions::default()).unwrap();
    let text = String::from_utf8(written.bytes).unwrap();
    text.lines().nth(1).unwrap().split(' ').skip(2).take(9).map(str::to_owned).collect()
}

#[test]
fn the_shorter_of_fixed_and_scientific_is_written_and_fixed_if_they_are_equal() {
    let cases: &[(f64, &str)] = &[
        (0.0, "0"),
        (-0.0, "-0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (100.0, "100"),
        (10_000.0, "10000"),
        (100_000.0, "1e+05"),
        (123_456.0, "123456"),
        (1_200_000.0, "1200000"),
        (12_000_000.0, "1.2e+07"),
        (-12_000_000.0, "-1.2e+07"),
        (0.1, "0.1"),
        (0.001, "0.001"),
        (0.0001, "1e-04"),
        (0.00012, "0.00012"),
        (0.000012, "1.2e-05"),
        (0.0012345, "0.0012345"),
        (779267322.4886187, "779267322.4886187"),
        (62165003943664156672.0, "62165003943664156672"),
        (482784744565750824960.0, "482784744565750824960"),
        (1117492338753629847552.0, "1117492338753629847552"),
        (1e23, "1e+23"),
        (9007199254740993.0, "9007199254740992"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
        (2.2250738585072014e-308, "2.2250738585072014e-308"),
        (1e100, "1e+100"),
    ];
    for (value, text) in cases {
        assert_eq!(written(*value, [0.0; 3], [0.0; 4], 0.0)[0], *text);
    }
    let cases: &[(f32, &str)] = &[
        (2.039_589_7e-8, "2.0395897e-08"),
        (1.763_875_1e-17, "1.7638751e-17"),
        (0.1, "0.1"),
        (-0.364_785_43, "-0.36478543"),
        (16_777_216.0, "16777216"),
        (f32::MAX, "3.4028235e+38"),
        (f32::from_bits(1), "1e-45"),
        (1e5, "1e+05"),
        (123_456_790_000.0, "123456790528"),
    ];
    for (value, text) in cases {
        assert_eq!(written(0.0, [0.0; 3], [0.0; 4], *value)[8], *text);
    }
}

proptest! {
    #[test]
    fn every_number_reads_back_to_the_same_bits_and_no_other_form_is_shorter(
        wide in any::<f64>().prop_filter("finite", |v| v.is_finite()),
        small in -1e9_f64..1e9,
        narrow in any::<f32>().prop_filter("finite", |v| v.is_finite()),
        rotation in prop::array::uniform4(-1.0_f32..1.0),
    ) {
        let texts = written(wide, [small, small * 1e20, small * 1e-9], rotation, narrow);
        let wides = [wide, small, small * 1e20, small * 1e-9];
        for (text, value) in texts[..4].iter().zip(wides) {
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{}", text);
            let (fixed, scientific) = (format!("{value}"), format!("{value:e}"));
            prop_assert!(text.len() <= fixed.len() && text.len() <= scientific.len() + 2);
        }
        let narrows = rotation.into_iter().chain([narrow]);
        for (text, value) in texts[4..].iter().zip(narrows) {
            prop_assert_eq!(text.parse::<f32>().unwrap().to_bits(), value.to_bits(), "{}", text);
        }
    }
}
