//! The byte stream is cut where it should be, however it arrives. The module is private to the crate, so its source is
//! taken in here.

use proptest::prelude::*;

#[path = "../../src/film/h264.rs"]
#[allow(dead_code, reason = "a part of it is tested")]
mod stream;

use stream::{DELIMITER, IDR_SLICE, PPS, PictureSplitter, SPS, unit_type, units};

/// A stream of pictures with units of the given payloads; start codes of three and four bytes in turn.
fn stream_of(pictures: &[Vec<Vec<u8>>]) -> Vec<u8> {
    let mut out = Vec::new();
    for picture in pictures {
        for (n, unit) in std::iter::once(&vec![DELIMITER, 0xf0]).chain(picture).enumerate() {
            out.extend_from_slice(if n % 2 == 0 { &[0, 0, 0, 1] } else { &[0, 0, 1] });
            out.extend_from_slice(unit);
        }
    }
    out
}

#[test]
fn units_come_without_start_codes_and_trailing_zeros() {
    for (stream, expected) in [
        (&[][..], &[][..]),
        (&[0, 0, 1], &[]),
        (&[9, 9, 0, 0, 1, 0x67, 5], &[&[0x67, 5][..]]),
        (
            &[0, 0, 0, 1, 0x67, 5, 0, 0, 0, 1, 0x68, 6, 0, 0, 1, 0x65],
            &[&[0x67, 5], &[0x68, 6], &[0x65]],
        ),
        (&[0, 0, 1, 0x67, 0, 0, 0, 0, 1, 0x68, 0, 0], &[&[0x67], &[0x68]]),
    ] {
        assert_eq!(units(stream).collect::<Vec<_>>(), expected, "{stream:?}");
    }
    assert_eq!(
        [0x67, 0x68, 0x65, 0x09].map(|head| unit_type(&[head])),
        [SPS, PPS, IDR_SLICE, DELIMITER]
    );
    assert_eq!(unit_type(&[]), 0);
}

fn payload() -> impl Strategy<Value = Vec<u8>> {
    // Within a unit three bytes below 4 never follow two zeros; the last byte is not zero.
    proptest::collection::vec(2_u8..=255, 1..40).prop_map(|mut unit| {
        unit[0] = 0x61;
        unit
    })
}

proptest! {
    #[test]
    fn pictures_are_the_same_in_pieces_of_any_size(
        pictures in proptest::collection::vec(proptest::collection::vec(payload(), 1..4), 1..6),
        sizes in proptest::collection::vec(1_usize..50, 1..20),
    ) {
        let stream = stream_of(&pictures);
        let mut splitter = PictureSplitter::default();
        let mut found: Vec<Vec<u8>> = Vec::new();
        let mut keep = |picture: &[u8]| -> Result<(), ()> {
            found.push(picture.to_vec());
            Ok(())
        };
        let mut rest = &stream[..];
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, after) = rest.split_at((*size).min(rest.len()));
            splitter.push(piece, &mut keep).unwrap();
            rest = after;
        }
        splitter.finish(&mut keep).unwrap();
        let found: Vec<Vec<Vec<u8>>> = found
            .iter()
            .map(|picture| units(picture).filter(|u| unit_type(u) != DELIMITER).map(<[u8]>::to_vec).collect())
            .collect();
        prop_assert_eq!(found, pictures);
    }
}
