//! Rows of vectors (places, rotations) as columns of whole numbers, and exactly back: for each
//! component, by how many steps of its grid it differs from what was foretold.
//!
//! One component, the guide, comes first; then those that it helps to foretell; last the one that all
//! others do. Which ways are taken is tried out for each block.
//!
//! Bytes: the guide, and over it, if there is no row before, sixteen; for each component its grid and its
//! way. Where there is no row before, the steps of the first one follow. Then a column for each component.

use super::Malformed;
use super::column::{ColumnReader, ColumnWriter};
use super::foretell::{Past, Way};
use super::grid::Grid;

/// In the byte of the guide: the first row stands here, for there is none before it.
const WITH_FIRST: u8 = 16;

/// How one block of vectors is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plan<const N: usize> {
    guide: usize,
    ways: [Way; N],
}

/// Appends the columns of some rows, at least one. `before` is the row before them if there is one,
/// and `paces` are those of their stamps.
pub(super) fn pack<const N: usize>(
    out: &mut ColumnWriter,
    rows: &[[f64; N]],
    before: Option<[f64; N]>,
    paces: &[f64],
) {
    let before = before.filter(|row| row.iter().all(|v| v.is_finite()));
    let base = before.or(rows.first().copied()).unwrap_or([0.0; N]);
    let rows = Rows { rows, base, paces, grids: std::array::from_fn(|axis| grid_of(rows, axis)) };
    let plan = rows.plan();
    out.byte(plan.guide as u8 | if before.is_none() { WITH_FIRST } else { 0 });
    for (grid, way) in rows.grids.into_iter().zip(plan.ways) {
        grid.write(out);
        out.byte(way.to_byte());
    }
    if before.is_none() {
        rows.grids.into_iter().zip(base).for_each(|(grid, v)| out.int(grid.step_of(v)));
    }
    for (axis, way) in plan.ways.into_iter().enumerate() {
        out.column(&rows.residuals(axis, way, plan.guide));
    }
}

/// The grid that a component takes least room on.
fn grid_of<const N: usize>(rows: &[[f64; N]], axis: usize) -> Grid {
    let numbers: Vec<f64> = rows.iter().map(|row| row[axis]).collect();
    let first = numbers.first().copied().unwrap_or_default();
    let room = |grid: &Grid| {
        let steps = numbers.iter().map(|v| grid.step_of(*v).wrapping_sub(grid.step_of(first)));
        cost(&steps.collect::<Vec<_>>())
    };
    Grid::of(&numbers).into_iter().min_by_key(room).unwrap_or(Grid::Double)
}

/// The rows.
///
/// # Errors
/// Where the columns are not those of vectors.
pub(super) fn unpack<const N: usize>(
    from: &mut ColumnReader<'_>,
    before: Option<[f64; N]>,
    paces: &[f64],
) -> Result<Vec<[f64; N]>, Malformed> {
    let flags = from.byte()?;
    let (mut grids, mut ways) = ([Grid::Double; N], [Way::Base; N]);
    for (grid, way) in grids.iter_mut().zip(&mut ways) {
        *grid = Grid::read(from)?;
        *way = Way::from_byte(from.byte()?)?;
    }
    let plan = Plan { guide: usize::from(flags & !WITH_FIRST), ways };
    let order = plan.order()?;
    let mut base = before.unwrap_or([0.0; N]);
    if flags & WITH_FIRST != 0 {
        for (component, grid) in base.iter_mut().zip(grids) {
            *component = grid.at(from.int()?);
        }
    }
    let mut columns = Vec::with_capacity(N);
    for _ in 0..N {
        columns.push(from.column(paces.len())?);
    }
    let mut past = Past::new(base);
    let mut rows = Vec::with_capacity(paces.len());
    for (index, pace) in paces.iter().enumerate() {
        let mut row = [0.0; N];
        for axis in order {
            let foretold = past.foretell(plan.ways[axis], axis, plan.guide, &row, *pace);
            let step = grids[axis].step_of(foretold).wrapping_add(columns[axis][index]);
            row[axis] = grids[axis].at(step);
        }
        past.push(row);
        rows.push(row);
    }
    Ok(rows)
}

impl<const N: usize> Plan<N> {
    /// The order that components can be told in.
    fn order(&self) -> Result<[usize; N], Malformed> {
        let lengths = self.ways.iter().filter(|way| **way == Way::Length).count();
        let guide = self.ways.get(self.guide);
        if lengths > 1 || guide.is_none_or(|way| way.is_guided() || *way == Way::Length) {
            return Err(Malformed {
                found: format!("guide {} and ways {:?}", self.guide, self.ways),
                expected: "a guide that no other component is needed for, and one length at most",
            });
        }
        let mut order = std::array::from_fn(|axis| axis);
        order.sort_by_key(|axis| (*axis != self.guide, self.ways[*axis] == Way::Length));
        Ok(order)
    }
}

/// Rows on their way into columns.
struct Rows<'a, const N: usize> {
    rows: &'a [[f64; N]],
    base: [f64; N],
    paces: &'a [f64],
    grids: [Grid; N],
}

impl<const N: usize> Rows<'_, N> {
    fn residuals(&self, axis: usize, way: Way, guide: usize) -> Vec<i64> {
        let (mut past, grid) = (Past::new(self.base), self.grids[axis]);
        let rows = self.rows.iter().zip(self.paces).map(|(row, pace)| {
            let foretold = past.foretell(way, axis, guide, row, *pace);
            past.push(*row);
            grid.step_of(row[axis]).wrapping_sub(grid.step_of(foretold))
        });
        rows.collect()
    }

    fn cost(&self, axis: usize, way: Way, guide: usize) -> u64 {
        cost(&self.residuals(axis, way, guide))
    }

    /// The guide and the ways that take least room.
    fn plan(&self) -> Plan<N> {
        let best = |axis, guide, ways: &[Way]| {
            let costs = ways.iter().map(|way| (self.cost(axis, *way, guide), *way));
            costs.min_by_key(|(cost, _)| *cost).unwrap_or((u64::MAX, Way::Base))
        };
        let alone: [_; N] = std::array::from_fn(|axis| best(axis, axis, &[Way::Base, Way::Steady]));
        let lengths: [_; N] = std::array::from_fn(|axis| self.cost(axis, Way::Length, axis));
        let plans = (0..N).map(|guide| {
            let mut told = alone;
            for axis in (0..N).filter(|axis| *axis != guide) {
                let guided = best(axis, guide, &[Way::Ray, Way::Line]);
                told[axis] = if guided.0 < told[axis].0 { guided } else { told[axis] };
            }
            let gain = |axis: &usize| told[*axis].0.saturating_sub(lengths[*axis]);
            let by_length = (0..N).filter(|axis| *axis != guide).max_by_key(gain);
            if let Some(axis) = by_length.filter(|axis| gain(axis) > 0) {
                told[axis] = (lengths[axis], Way::Length);
            }
            let cost = told.iter().fold(0_u64, |sum, (cost, _)| sum.saturating_add(*cost));
            (cost, Plan { guide, ways: told.map(|(_, way)| way) })
        });
        let first = Plan { guide: 0, ways: [Way::Base; N] };
        plans.min_by_key(|(cost, _)| *cost).map_or(first, |(_, plan)| plan)
    }
}

/// About how many bits a column takes: those of its numbers, of the differences between them, or of
/// the differences between those, whichever are fewest.
pub(super) fn cost(rows: &[i64]) -> u64 {
    let bits = |v: i64| u64::from(64 - (v ^ (v >> 63)).leading_zeros());
    let mut sums = [0; 3];
    let (mut last, mut last_difference) = (0_i64, 0_i64);
    for row in rows {
        let difference = row.wrapping_sub(last);
        let second = difference.wrapping_sub(last_difference);
        (last, last_difference) = (*row, difference);
        [*row, difference, second].into_iter().zip(&mut sums).for_each(|(v, sum)| *sum += bits(v));
    }
    sums.into_iter().min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    /// Rows of any bits, and rows that go along some way and are then rounded.
    fn rows<const N: usize>() -> impl Strategy<Value = Vec<[f64; N]>> {
        let special = prop_oneof![
            Just(0.0),
            Just(-0.0),
            Just(5e-324),
            Just(f64::MAX),
            Just(-1e60),
            Just(1.0),
            any::<u64>().prop_map(f64::from_bits),
            any::<f32>().prop_map(f64::from),
        ];
        let any_rows = proptest::collection::vec(
            proptest::collection::vec(special, N).prop_map(|row| std::array::from_fn(|i| row[i])),
            1..700,
        );
        let going = (1_usize..700, -1e9..1e9, -1e4..1e4, 0.9..1.1, 0..4_u8).prop_map(
            |(count, from, by, times, rounding)| {
                let mut at: [f64; N] = std::array::from_fn(|i| from * (i as f64 - 0.7));
                let mut rows = Vec::new();
                for index in 0..count {
                    at = std::array::from_fn(|i| at[i] * times + by * (i + index % 3) as f64);
                    rows.push(at.map(|v| match rounding {
                        0 => v,
                        1 => f64::from(v as f32),
                        2 => (v * 1e3).round() / 1e3,
                        _ => v.round(),
                    }));
                }
                rows
            },
        );
        prop_oneof![any_rows, going]
    }

    fn check<const N: usize>(rows: &[[f64; N]], before: Option<[f64; N]>, pace: f64) {
        let paces: Vec<f64> =
            (0..rows.len()).map(|i| if i % 7 == 0 { pace } else { 1.0 }).collect();
        let mut out = ColumnWriter::new();
        pack(&mut out, rows, before, &paces);
        let bytes = out.finish();
        let mut from = ColumnReader::new(&bytes).unwrap();
        let again = unpack(&mut from, before, &paces).unwrap();
        let bits = |rows: &[[f64; N]]| rows.iter().map(|r| r.map(f64::to_bits)).collect::<Vec<_>>();
        assert_eq!(bits(&again), bits(rows));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn places_come_back(rows in rows::<3>(), before: Option<[u64; 3]>, pace in 0.0..4.0) {
            check(&rows, before.map(|row| row.map(f64::from_bits)), pace);
        }

        #[test]
        fn rotations_come_back(rows in rows::<4>(), before: Option<[u64; 4]>, pace in 0.0..4.0) {
            check(&rows, before.map(|row| row.map(f64::from_bits)), pace);
        }

        #[test]
        fn damaged_bytes_are_read_without_a_panic(rows in rows::<3>(), damage in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..4)) {
            let paces = vec![1.0; rows.len()];
            let mut out = ColumnWriter::new();
            pack(&mut out, &rows, None, &paces);
            let mut bytes = out.finish();
            let length = bytes.len();
            damage.iter().for_each(|(at, bits)| bytes[at % length] ^= bits);
            if let Ok(mut from) = ColumnReader::new(&bytes) {
                let _ = unpack::<3>(&mut from, None, &paces);
            }
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes: Vec<u8>, rows in 1_usize..700) {
            if let Ok(mut from) = ColumnReader::new(&bytes) {
                let _ = unpack::<3>(&mut from, None, &vec![1.0; rows]);
            }
        }
    }
}
