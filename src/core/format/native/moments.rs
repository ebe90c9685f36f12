//! Columns of stamps and of simulation times, and exactly back.
//!
//! Stamps: the first one, in nanoseconds; the unit, which all are a whole number of from the first; a
//! column of how many. Stamps of texts have few places, so their unit is coarse.
//!
//! Simulation times: the grid that they keep to; 1 where they are foretold, else 0; the step of the
//! first one; a column of steps. Where the clock runs evenly, stamps foretell them: the first one, and the time since
//! its stamp times a rate (f64, seconds a nanosecond), which follows the first one's step. Only sums,
//! products and quotients of f64 are used, which IEEE 754 rounds alike everywhere.

use crate::time::SessionTime;

use super::Malformed;
use super::column::{ColumnReader, ColumnWriter};
use super::grid::Grid;
use super::vector::cost;

/// Appends stamps, at least one.
pub(super) fn pack_stamps(out: &mut ColumnWriter, stamps: &[SessionTime]) {
    let first = stamps.first().map_or(0, |stamp| stamp.as_nanos());
    let since: Vec<i64> = since(stamps);
    let unit = since.iter().fold(0, |unit, ns| divisor(unit, ns.unsigned_abs()));
    // 0 where all are alike, and 2^63 is no i64.
    let unit = i64::try_from(unit).unwrap_or(1).max(1);
    out.int(first);
    out.int(unit);
    out.column(&since.iter().map(|ns| ns / unit).collect::<Vec<_>>());
}

/// So many stamps.
///
/// # Errors
/// Where the column is not one of stamps.
pub(super) fn unpack_stamps(
    from: &mut ColumnReader<'_>,
    rows: usize,
) -> Result<Vec<SessionTime>, Malformed> {
    let (first, unit) = (from.int()?, from.int()?);
    let column = from.column(rows)?;
    let stamp = |units: i64| SessionTime::from_nanos(first.wrapping_add(units.wrapping_mul(unit)));
    Ok(column.into_iter().map(stamp).collect())
}

/// Appends the simulation times of rows with these stamps, at least one.
pub(super) fn pack_sim_times(out: &mut ColumnWriter, times_s: &[f64], stamps: &[SessionTime]) {
    let first = times_s.first().copied().unwrap_or_default();
    let since = since(stamps);
    let ends = times_s.last().zip(since.last().filter(|ns| **ns != 0));
    let rate = ends.map(|(last, ns)| (last - first) / *ns as f64).filter(|rate| rate.is_finite());
    let ways = Grid::of(times_s)
        .into_iter()
        .flat_map(|grid| [None, rate].into_iter().map(move |rate| (grid, rate)));
    let told = ways.map(|(grid, rate)| {
        let foretold = foretold(first, rate, &since);
        let steps = times_s.iter().zip(foretold);
        let steps = steps.map(|(time, told)| grid.step_of(*time).wrapping_sub(grid.step_of(told)));
        (grid, rate, steps.collect::<Vec<_>>())
    });
    let Some((grid, rate, steps)) = told.min_by_key(|(_, _, steps)| cost(steps)) else { return };
    grid.write(out);
    out.byte(u8::from(rate.is_some()));
    out.int(grid.step_of(first));
    rate.into_iter().for_each(|rate| out.float(rate));
    out.column(&steps);
}

/// The simulation times of rows with these stamps.
///
/// # Errors
/// Where the column is not one of such times.
pub(super) fn unpack_sim_times(
    from: &mut ColumnReader<'_>,
    stamps: &[SessionTime],
) -> Result<Vec<f64>, Malformed> {
    let grid = Grid::read(from)?;
    let is_foretold = from.byte()? != 0;
    let first = grid.at(from.int()?);
    let rate = if is_foretold { Some(from.float()?) } else { None };
    let column = from.column(stamps.len())?;
    let since = since(stamps);
    let rows = column.into_iter().zip(foretold(first, rate, &since));
    Ok(rows.map(|(steps, told)| grid.at(grid.step_of(told).wrapping_add(steps))).collect())
}

fn foretold(first: f64, rate: Option<f64>, since: &[i64]) -> impl Iterator<Item = f64> {
    since.iter().map(move |ns| {
        let foretold = rate.map_or(first, |rate| first + *ns as f64 * rate);
        if foretold.is_finite() { foretold } else { first }
    })
}

/// Nanoseconds since the first stamp.
fn since(stamps: &[SessionTime]) -> Vec<i64> {
    let first = stamps.first().map_or(0, |stamp| stamp.as_nanos());
    stamps.iter().map(|stamp| stamp.as_nanos().wrapping_sub(first)).collect()
}

/// The greatest common one; the other where one is 0.
fn divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    fn stamps() -> impl Strategy<Value = Vec<i64>> {
        let even = (any::<i32>(), 0_i64..100_000, 1_i64..700).prop_map(|(from, by, rows)| {
            (0..rows).map(|i| i64::from(from) + (i * 333 + i % 5) * by).collect()
        });
        let ends = prop_oneof![any::<i64>(), Just(i64::MIN), Just(i64::MAX), Just(0)];
        prop_oneof![even, proptest::collection::vec(ends, 1..700)]
    }

    fn times(stamps: &[i64], rate: f64, places: i32, odd: &[u64]) -> Vec<f64> {
        let power = 10.0_f64.powi(places);
        let even =
            stamps.iter().map(|ns| ((8.2e8 + *ns as f64 * 1e-9 * rate) * power).round() / power);
        let mut times: Vec<f64> = even.collect();
        times.iter_mut().rev().zip(odd).for_each(|(time, bits)| *time = f64::from_bits(*bits));
        times
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn moments_come_back(nanos in stamps(), rate in -1e5..1e5, places in 0..9, odd in proptest::collection::vec(any::<u64>(), 0..3)) {
            let stamps: Vec<_> = nanos.iter().map(|ns| SessionTime::from_nanos(*ns)).collect();
            let times = times(&nanos, rate, places, &odd);
            let mut out = ColumnWriter::new();
            pack_stamps(&mut out, &stamps);
            pack_sim_times(&mut out, &times, &stamps);
            let bytes = out.finish();
            let mut from = ColumnReader::new(&bytes).unwrap();
            prop_assert_eq!(&unpack_stamps(&mut from, stamps.len()).unwrap(), &stamps);
            let again = unpack_sim_times(&mut from, &stamps).unwrap();
            let bits = |times: &[f64]| times.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(bits(&again), bits(&times));
        }
    }
}
