//! The column of view scales, and exactly back. OpenSpace's scale is inverse to the distance from the
//! anchor while the camera zooms: the last row's scale and distance foretell the next row's scale.
//! What is kept is by how many steps of f32 a scale differs from that, or from the one before the first.
//!
//! Bytes: 0, steps from the base, or 1, from what was foretold; over it two, if there is none before,
//! and then the first row's step. Then the column.
//!
//! Only sums, products, quotients and square roots of f64 are used, which IEEE 754 rounds alike
//! everywhere, and the rounding of f64 to f32.

use super::Malformed;
use super::column::{ColumnReader, ColumnWriter};
use super::grid::{single_at, step_of_single};
use super::vector::cost;

const BY_DISTANCE: u8 = 1;
const WITH_FIRST: u8 = 2;

/// A row before the first one: its scale and where it was.
pub(super) type ScaleAt = (f32, [f64; 3]);

/// Appends the column of some scales, at least one.
pub(super) fn pack(
    out: &mut ColumnWriter,
    scales: &[f32],
    positions: &[[f64; 3]],
    before: Option<ScaleAt>,
) {
    let before = before.filter(|(scale, _)| scale.is_finite());
    let first = scales.first().copied().zip(positions.first().copied());
    let base = before.or(first).unwrap_or_default();
    let steps = |by_distance: bool| -> Vec<i64> {
        let mut past = Past { base, last: base, by_distance };
        let rows = scales.iter().zip(positions).map(|(scale, position)| {
            let foretold = past.foretell(position);
            past.last = (*scale, *position);
            step_of_single(*scale).wrapping_sub(foretold)
        });
        rows.collect()
    };
    let (plain, told) = (steps(false), steps(true));
    let by_distance = cost(&told) < cost(&plain);
    let flag = if by_distance { BY_DISTANCE } else { 0 };
    out.byte(flag | if before.is_none() { WITH_FIRST } else { 0 });
    if before.is_none() {
        out.int(step_of_single(base.0));
    }
    out.column(if by_distance { &told } else { &plain });
}

/// The scales of rows at these positions.
///
/// # Errors
/// Where the column is not one of scales.
pub(super) fn unpack(
    from: &mut ColumnReader<'_>,
    positions: &[[f64; 3]],
    before: Option<ScaleAt>,
) -> Result<Vec<f32>, Malformed> {
    let flags = from.byte()?;
    if flags & !(BY_DISTANCE | WITH_FIRST) != 0 {
        return Err(Malformed { found: format!("way {flags}"), expected: "0 to 3" });
    }
    let mut base = before.unwrap_or_default();
    if flags & WITH_FIRST != 0 {
        base = (single_at(from.int()?), positions.first().copied().unwrap_or_default());
    }
    let mut past = Past { base, last: base, by_distance: flags & BY_DISTANCE != 0 };
    let column = from.column(positions.len())?;
    let rows = column.into_iter().zip(positions).map(|(steps, position)| {
        let scale = single_at(past.foretell(position).wrapping_add(steps));
        past.last = (scale, *position);
        scale
    });
    Ok(rows.collect())
}

struct Past {
    base: ScaleAt,
    last: ScaleAt,
    by_distance: bool,
}

impl Past {
    /// The step of the next scale.
    fn foretell(&self, position: &[f64; 3]) -> i64 {
        if !self.by_distance {
            return step_of_single(self.base.0);
        }
        let (scale, at) = self.last;
        let distance = |v: &[f64; 3]| (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt();
        let foretold = (f64::from(scale) * distance(&at) / distance(position)) as f32;
        step_of_single(if foretold.is_finite() { foretold } else { scale })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    fn row() -> impl Strategy<Value = (u32, [u64; 3])> {
        let zoom = (1e-3..1e9)
            .prop_map(|d: f64| (((1e7 / d) as f32).to_bits(), [d, 0.0, -d].map(f64::to_bits)));
        prop_oneof![any::<(u32, [u64; 3])>(), zoom, Just(((-0.0_f32).to_bits(), [0; 3]))]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn scales_come_back(rows in proptest::collection::vec(row(), 1..700), before in proptest::option::of(row())) {
            let place = |v: [u64; 3]| v.map(f64::from_bits);
            let scales: Vec<f32> = rows.iter().map(|(scale, _)| f32::from_bits(*scale)).collect();
            let positions: Vec<[f64; 3]> = rows.iter().map(|(_, p)| place(*p)).collect();
            let before = before.map(|(scale, p)| (f32::from_bits(scale), place(p)));
            let mut out = ColumnWriter::new();
            pack(&mut out, &scales, &positions, before);
            let bytes = out.finish();
            let again = unpack(&mut ColumnReader::new(&bytes).unwrap(), &positions, before).unwrap();
            let bits = |scales: &[f32]| scales.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&again), bits(&scales));
        }
    }
}
