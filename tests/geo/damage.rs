//! Damaged data is an error with a place, never a panic, never a wrong Earth.

use proptest::prelude::*;
use skyreel_geo::{Constellations, Earth, GeoError};

/// A whole file around a body.
fn file(body: &[u8]) -> Vec<u8> {
    let mut file = b"SKYGEO\x01\x00".to_vec();
    file.extend(4000u32.to_le_bytes());
    file.extend((body.len() as u32).to_le_bytes());
    file.extend(miniz_oxide::deflate::compress_to_vec_zlib(body, 6));
    file
}

/// A triangle of land, nothing else.
const TRIANGLE: [u8; 12] = [1, 3, 0, 20, 20, 0, 0, 20, 0, 0, 0, 0];

#[test]
fn the_smallest_earth_is_read() {
    let earth = Earth::from_bytes(&file(&TRIANGLE)).unwrap();
    assert_eq!(earth.surface_at(0.0005, 0.002), skyreel_geo::Surface::Land);
    assert_eq!(earth.surface_at(-0.0005, 0.002), skyreel_geo::Surface::Ocean);
    assert!(earth.places().is_empty());
}

#[test]
fn what_is_wrong_in_the_body_is_named() {
    let cases: [(&str, &[u8]); 9] = [
        ("next byte", &[]),
        ("number of lines", &[200, 1, 0, 0, 0, 0, 0]),
        ("number of vertices", &[1, 2, 0, 0, 0, 0, 0, 0, 0]),
        ("number of vertices", &[1, 100, 0, 0, 0, 0, 0, 0]),
        ("number", &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ("coordinate", &[1, 3, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 0]),
        ("bytes after the end", &[0, 0, 0, 0, 0, 7]),
        ("kind of place", &[0, 0, 0, 0, 1, 9, 0, 0, 0, 0]),
        ("name", &[0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0xff, 0xfe]),
    ];
    for (expected, body) in cases {
        match Earth::from_bytes(&file(body)).err() {
            Some(GeoError::Body { what, .. }) => assert_eq!(what, expected, "{body:?}"),
            other => panic!("{body:?}: {other:?}"),
        }
    }
}

#[test]
fn every_prefix_is_an_error() {
    let whole = Earth::embedded_bytes();
    let short = (0..40).chain((1..60).map(|i| whole.len() * i / 60)).chain([whole.len() - 1]);
    for length in short {
        assert!(Earth::from_bytes(&whole[..length]).is_err(), "{length} bytes of {}", whole.len());
    }
    let small = file(&TRIANGLE);
    for length in 0..small.len() {
        assert!(Earth::from_bytes(&small[..length]).is_err(), "{length} bytes of {}", small.len());
    }
}

#[test]
fn every_flipped_bit_is_an_error_or_changes_nothing() {
    let small = file(&TRIANGLE);
    for bit in 0..small.len() * 8 {
        let mut file = small.clone();
        file[bit / 8] ^= 1 << (bit % 8);
        if let Ok(earth) = Earth::from_bytes(&file) {
            // A few bits of a zlib header mean nothing.
            assert_eq!(earth.surface_at(0.0005, 0.002), skyreel_geo::Surface::Land, "bit {bit}");
        }
    }
    let whole = Earth::embedded_bytes();
    for i in 0..60 {
        let bit = (whole.len() * 8 - 1) / 59 * i;
        let mut file = whole.to_vec();
        file[bit / 8] ^= 1 << (bit % 8);
        assert!(Earth::from_bytes(&file).is_err(), "bit {bit}");
    }
}

#[test]
fn a_hostile_length_is_refused_before_memory_is_taken() {
    let mut file = Earth::embedded_bytes()[..64].to_vec();
    file[12..16].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(Earth::from_bytes(&file), Err(GeoError::Packed { .. })));
}

#[test]
fn faults_in_the_constellations_have_line_and_column() {
    match Constellations::from_ron("[\n  (abbreviation: \"Abc\", nome: \"\"),\n]") {
        Err(GeoError::Constellations { line: 2, message, .. }) => {
            assert!(message.contains("nome"), "{message}")
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_panics(body in prop::collection::vec(prop_oneof![0u8..6, any::<u8>()], 0..200)) {
        if let Ok(earth) = Earth::from_bytes(&file(&body)) {
            let _ = earth.tile(&skyreel_geo::TileRequest::world(8, 4));
        }
    }
}
