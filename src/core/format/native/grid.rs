//! The numbers that a column keeps to, in order and counted: so that how far a number is from what
//! was foretold can be told in whole steps, few where numbers are coarser than f64.
//!
//! OpenSpace writes single precision, and texts of it: `-0.5149186` read as f64 is no f32, but the
//! shortest decimal that leads to one. Other texts have a fixed number of places. Places that were
//! told from the centre of the world are as coarse as numbers are there. Whoever packs checks that each
//! number comes back bit for bit, and takes f64 itself where not. Only products, quotients and roundings
//! of f64 are used, which IEEE 754 rounds alike everywhere.
//!
//! Bytes: 0 to 9, so many decimal places; 16, f32; 17, f32 as printed; 18, f64; 19, whole numbers over
//! two to the power that the next byte says, as i8.

use super::Malformed;
use super::column::{ColumnReader, ColumnWriter};

/// A set of numbers in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    /// Whole numbers over ten to this power.
    Decimal(u8),
    /// Whole numbers over two to this power.
    Binary(i8),
    /// All f32.
    Single,
    /// For each f32 the number nearest to it with the fewest places, seven at least, that f32 would
    /// round to it.
    PrintedSingle,
    /// All f64.
    Double,
}

const MOST_PLACES: u8 = 9;
const SINGLE: u8 = 16;
const PRINTED_SINGLE: u8 = 17;
const DOUBLE: u8 = 18;
const BINARY: u8 = 19;
const PRINTED_PLACES: std::ops::RangeInclusive<usize> = 7..=17;

/// Exact: 5^17 needs 40 bits.
const POWERS_OF_TEN: [f64; 18] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17,
];

impl Grid {
    /// Those that have all these numbers on them, the coarsest of each kind; at least one.
    pub fn of(numbers: &[f64]) -> Vec<Self> {
        let fits = |grid: &Self| numbers.iter().all(|v| grid.has(*v));
        let decimal = (0..=MOST_PLACES).map(Self::Decimal).find(fits);
        let single = [Self::Single, Self::PrintedSingle].into_iter().find(fits);
        let binary = binary_of(numbers).into_iter().find(fits);
        // Among numbers of many sizes the smallest one may make the binary grid needlessly fine.
        let double = (decimal, single) == (None, None);
        let double = double.then_some(Self::Double);
        [decimal, single, binary, double].into_iter().flatten().collect()
    }

    fn has(self, value: f64) -> bool {
        value.is_finite() && self.at(self.step_of(value)).to_bits() == value.to_bits()
    }

    /// The place of the number on the grid that is next to this one.
    pub fn step_of(self, value: f64) -> i64 {
        match self {
            Self::Decimal(places) => {
                (value * POWERS_OF_TEN[usize::from(places)]).round_ties_even() as i64
            }
            Self::Binary(power) => (value * two_to(power)).round_ties_even() as i64,
            Self::Single | Self::PrintedSingle => step_of_single(value as f32),
            Self::Double => {
                let bits = value.to_bits() as i64;
                if bits < 0 { !(bits & i64::MAX) } else { bits }
            }
        }
    }

    /// The number at a place on the grid.
    pub fn at(self, step: i64) -> f64 {
        match self {
            Self::Decimal(places) => step as f64 / POWERS_OF_TEN[usize::from(places)],
            Self::Binary(power) => step as f64 / two_to(power),
            Self::Single => f64::from(single_at(step)),
            Self::PrintedSingle => printed(single_at(step)),
            Self::Double => {
                let bits = if step < 0 { !step | i64::MIN } else { step };
                f64::from_bits(bits as u64)
            }
        }
    }

    pub fn write(self, out: &mut ColumnWriter) {
        match self {
            Self::Decimal(places) => out.byte(places),
            Self::Single => out.byte(SINGLE),
            Self::PrintedSingle => out.byte(PRINTED_SINGLE),
            Self::Double => out.byte(DOUBLE),
            Self::Binary(power) => {
                out.byte(BINARY);
                out.byte(power as u8);
            }
        }
    }

    /// # Errors
    /// Where it is no grid.
    pub fn read(from: &mut ColumnReader<'_>) -> Result<Self, Malformed> {
        match from.byte()? {
            places @ 0..=MOST_PLACES => Ok(Self::Decimal(places)),
            SINGLE => Ok(Self::Single),
            PRINTED_SINGLE => Ok(Self::PrintedSingle),
            DOUBLE => Ok(Self::Double),
            BINARY => Ok(Self::Binary(from.byte()? as i8)),
            other => {
                Err(Malformed { found: format!("grid {other}"), expected: "0 to 9, or 16 to 19" })
            }
        }
    }
}

/// The binary grid on which all numbers lie whose lowest bits count as much as theirs.
fn binary_of(numbers: &[f64]) -> Option<Grid> {
    let lowest = |value: &f64| {
        let bits = value.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32;
        // Zero is on all grids; numbers with no leading bit, on none here.
        (*value != 0.0).then(|| exponent - 1075 + (bits | 1 << 52).trailing_zeros() as i32)
    };
    let lowest = numbers.iter().filter_map(lowest).min()?;
    i8::try_from(-lowest).ok().map(Grid::Binary)
}

fn two_to(power: i8) -> f64 {
    f64::from_bits(((1023 + i64::from(power)) as u64) << 52)
}

/// The place of a float among all f32 in order; 0 for +0, −1 for −0.
pub(super) fn step_of_single(value: f32) -> i64 {
    let bits = value.to_bits() as i32;
    i64::from(if bits < 0 { !(bits & i32::MAX) } else { bits })
}

/// The f32 at a place among all in order.
pub(super) fn single_at(step: i64) -> f32 {
    let step = step as i32;
    f32::from_bits(if step < 0 { !step | i32::MIN } else { step } as u32)
}

fn printed(single: f32) -> f64 {
    let value = f64::from(single);
    for places in PRINTED_PLACES {
        let power = POWERS_OF_TEN[places];
        let rounded = (value * power).round_ties_even() / power;
        if rounded as f32 == single {
            return rounded;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_on_the_grids_they_were_made_on() {
        let cases: [(&[f64], Grid); 9] = [
            (&[1e20, -(2.0_f64.powi(17)) * 33.0], Grid::Binary(-17)),
            (&[1.0, -3.0, 7e15], Grid::Decimal(0)),
            (&[768042539.367, 1.5], Grid::Decimal(3)),
            (&[-30060675.3590393, 0.0], Grid::Decimal(7)),
            (&[0.8791234, -0.0], Grid::PrintedSingle),
            (&[-0.5149186, 0.0012345678, 0.25], Grid::PrintedSingle),
            (&[f64::from(0.1_f32), f64::from(f32::MIN_POSITIVE)], Grid::Single),
            (&[0.1 + 0.2, 1.0], Grid::Double),
            (&[f64::NAN, 5e-324, -0.0], Grid::Double),
        ];
        for (numbers, grid) in cases {
            let grids = Grid::of(numbers);
            assert!(grids.contains(&grid), "{numbers:?} are on {grids:?}, not on {grid:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_shortest_text_of_a_rotation_of_f32_is_on_the_grid(v in -1.0_f32..1.0) {
            prop_assume!(v.abs() > 1e-7);
            let read: f64 = v.to_string().parse().unwrap();
            let grid = Grid::PrintedSingle;
            prop_assert_eq!(grid.at(grid.step_of(read)).to_bits(), read.to_bits());
        }

        #[test]
        fn every_f64_has_its_own_place(bits: u64) {
            let grid = Grid::Double;
            prop_assert_eq!(grid.at(grid.step_of(f64::from_bits(bits))).to_bits(), bits);
        }

        #[test]
        fn places_are_in_order(a: f64, b: f64) {
            prop_assume!(a.is_finite() && b.is_finite() && a != b);
            for grid in [Grid::Decimal(3), Grid::Binary(9), Grid::Single, Grid::PrintedSingle, Grid::Double] {
                prop_assert!(a > b || grid.step_of(a) <= grid.step_of(b));
            }
        }

        #[test]
        fn any_step_is_some_number(step: i64, kind: u8, power: u8) {
            let mut out = ColumnWriter::new();
            out.byte(kind);
            out.byte(power);
            let bytes = out.finish();
            if let Ok(grid) = Grid::read(&mut ColumnReader::new(&bytes).unwrap()) {
                let mut out = ColumnWriter::new();
                grid.write(&mut out);
                prop_assert!(bytes.starts_with(&out.finish()));
                let _ = grid.at(step);
            }
        }

        #[test]
        fn numbers_are_on_the_grids_that_are_theirs(numbers in proptest::collection::vec(any::<f64>(), 1..4)) {
            for grid in Grid::of(&numbers) {
                for number in &numbers {
                    prop_assert_eq!(grid.at(grid.step_of(*number)).to_bits(), number.to_bits());
                }
            }
        }
    }
}
