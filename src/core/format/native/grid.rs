//! The numbers that a column keeps to, in order and counted: so that how far a number is from what
//! was foretold can be told in whole steps, few where numbers are coarser than f64.
//!
//! OpenSpace writes single precision, and texts of it: `-0.5149186` read as f64 is no f32, but the
//! shortest decimal that leads to one. Other texts have a fixed number of places. Whoever packs checks
//! that each number comes back bit for bit, and takes f64 itself where not. Only products, quotients
//! and roundings of f64 are used, which IEEE 754 rounds alike everywhere.

use super::Malformed;

/// A set of numbers in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    /// Whole numbers over ten to this power.
    Decimal(u8),
    /// All f32.
    Single,
    /// For each f32 the number nearest to it with the fewest places, seven at least, that f32 would
    /// round to it.
    PrintedSingle,
    /// All f64.
    Double,
}

const MOST_PLACES: u8 = 9;
const PRINTED_PLACES: std::ops::RangeInclusive<usize> = 7..=17;

/// Exact: 5^17 needs 40 bits.
const POWERS_OF_TEN: [f64; 18] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17,
];

impl Grid {
    /// The coarsest ones that have all these numbers on them; at least one.
    pub fn of(numbers: &[f64]) -> Vec<Self> {
        let fits = |grid: &Self| {
            numbers
                .iter()
                .all(|v| v.is_finite() && grid.at(grid.step_of(*v)).to_bits() == v.to_bits())
        };
        let decimal = (0..=MOST_PLACES).map(Self::Decimal).find(fits);
        let single = [Self::Single, Self::PrintedSingle].into_iter().find(fits);
        let coarse: Vec<Self> = decimal.into_iter().chain(single).collect();
        if coarse.is_empty() { vec![Self::Double] } else { coarse }
    }

    /// The place of the number on the grid that is next to this one.
    pub fn step_of(self, value: f64) -> i64 {
        match self {
            Self::Decimal(places) => {
                (value * POWERS_OF_TEN[usize::from(places)]).round_ties_even() as i64
            }
            Self::Single | Self::PrintedSingle => {
                let bits = (value as f32).to_bits() as i32;
                i64::from(if bits < 0 { !(bits & i32::MAX) } else { bits })
            }
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
            Self::Single => f64::from(single_at(step)),
            Self::PrintedSingle => printed(single_at(step)),
            Self::Double => {
                let bits = if step < 0 { !step | i64::MIN } else { step };
                f64::from_bits(bits as u64)
            }
        }
    }

    pub fn to_byte(self) -> u8 {
        match self {
            Self::Decimal(places) => places,
            Self::Single => 16,
            Self::PrintedSingle => 17,
            Self::Double => 18,
        }
    }

    /// # Errors
    /// Where it is no grid.
    pub fn from_byte(byte: u8) -> Result<Self, Malformed> {
        match byte {
            0..=MOST_PLACES => Ok(Self::Decimal(byte)),
            16 => Ok(Self::Single),
            17 => Ok(Self::PrintedSingle),
            18 => Ok(Self::Double),
            _ => Err(Malformed { found: format!("grid {byte}"), expected: "0 to 9, or 16 to 18" }),
        }
    }
}

fn single_at(step: i64) -> f32 {
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
    fn numbers_are_told_by_the_coarsest_grid_they_are_on() {
        let cases: [(&[f64], Grid); 8] = [
            (&[1.0, -3.0, 7e15], Grid::Decimal(0)),
            (&[768042539.367, 1.5], Grid::Decimal(3)),
            (&[-30060675.3590393, 0.0], Grid::Decimal(7)),
            (&[0.8791234, -0.0], Grid::PrintedSingle),
            (&[-0.5149186, 0.0046805196, 0.25], Grid::PrintedSingle),
            (&[f64::from(0.1_f32), f64::from(f32::MIN_POSITIVE)], Grid::Single),
            (&[0.1 + 0.2, 1.0], Grid::Double),
            (&[f64::NAN, 5e-324, -0.0], Grid::Double),
        ];
        for (numbers, grid) in cases {
            assert_eq!(Grid::of(numbers)[0], grid, "{numbers:?}");
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
            for grid in [Grid::Decimal(3), Grid::Single, Grid::PrintedSingle, Grid::Double] {
                prop_assert!(a > b || grid.step_of(a) <= grid.step_of(b));
            }
        }

        #[test]
        fn any_step_is_some_number(step: i64, byte: u8) {
            if let Ok(grid) = Grid::from_byte(byte) {
                prop_assert_eq!(grid.to_byte(), byte);
                let _ = grid.at(step);
            }
        }
    }
}
