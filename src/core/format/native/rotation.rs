//! Four columns of a rotation, turned into columns that take less room, and exactly back.
//!
//! OpenSpace keeps single precision: such rotations are kept as that. Rotations have length one, so
//! three components foretell the fourth but for its sign; what is kept of it is by how many steps of
//! its float it differs. Only sums, products and square roots are used, which IEEE 754 rounds alike
//! everywhere.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::Malformed;
use super::column::{pack, unpack};

/// A rotation, column by column: w, x, y, z.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Rotations {
    /// Whether the numbers are f32.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    single: bool,
    /// The component that the others foretell: 0 w … 3 z; none where all are as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    foretold: Option<u8>,
    /// The components as they are, and of the foretold one the differences.
    columns: [ByteBuf; 4],
}

impl Rotations {
    /// The smallest of all ways. At least one row.
    pub fn pack(rows: &[[f64; 4]]) -> Self {
        let single = rows.iter().flatten().all(|v| f64::from(*v as f32).to_bits() == v.to_bits());
        let column = |axis: usize| rows.iter().map(|row| row[axis]).collect::<Vec<f64>>();
        let mut columns = [0, 1, 2, 3].map(|axis| {
            let column = column(axis);
            if single {
                pack(&column.iter().map(|v| *v as f32).collect::<Vec<f32>>())
            } else {
                pack(&column)
            }
        });
        let largest = largest_of(rows);
        let differences: Option<Vec<i64>> =
            rows.iter().map(|row| difference(row, largest, single)).collect();
        let differences = differences.map(|differences| pack(&differences));
        match differences.filter(|differences| differences.len() < columns[largest].len()) {
            Some(differences) => {
                columns[largest] = differences;
                Self { single, foretold: Some(largest as u8), columns }
            }
            None => Self { single, foretold: None, columns },
        }
    }

    /// The rows.
    ///
    /// # Errors
    /// Where they are not those of rotations.
    pub fn unpack(&self, count: usize) -> Result<Vec<[f64; 4]>, Malformed> {
        let foretold = self.foretold.map(usize::from);
        if let Some(axis) = foretold.filter(|axis| *axis > 3) {
            return Err(Malformed { found: format!("component {axis}"), expected: "0 to 3" });
        }
        let mut rows = vec![[0.0; 4]; count];
        for axis in (0..4).filter(|axis| Some(*axis) != foretold) {
            let column = &self.columns[axis];
            if self.single {
                let column: Vec<f32> = unpack(column, count)?;
                rows.iter_mut().zip(column).for_each(|(row, v)| row[axis] = f64::from(v));
            } else {
                let column: Vec<f64> = unpack(column, count)?;
                rows.iter_mut().zip(column).for_each(|(row, v)| row[axis] = v);
            }
        }
        if let Some(axis) = foretold {
            let differences: Vec<i64> = unpack(&self.columns[axis], count)?;
            for (row, difference) in rows.iter_mut().zip(differences) {
                let place = foretell(row, axis, self.single).wrapping_add(difference >> 1);
                let magnitude = magnitude_at(place, self.single);
                row[axis] = if difference & 1 == 1 { -magnitude } else { magnitude };
            }
        }
        Ok(rows)
    }
}

/// The component that is farthest from zero.
fn largest_of(rows: &[[f64; 4]]) -> usize {
    let reach = |axis: usize| rows.iter().map(|row| row[axis].abs()).sum::<f64>();
    let larger = |best: usize, axis: usize| if reach(axis) > reach(best) { axis } else { best };
    [1, 2, 3].into_iter().fold(0, larger)
}

/// By how many steps the magnitude of a component is beyond what was foretold; doubled, and one
/// more where it is negative. `None` where it is too far to be told so.
fn difference(row: &[f64; 4], axis: usize, single: bool) -> Option<i64> {
    let steps = place_of(row[axis].abs(), single).wrapping_sub(foretell(row, axis, single));
    Some(steps.checked_mul(2)? | i64::from(row[axis].is_sign_negative()))
}

/// The place, among floats in order, of the magnitude that makes the length one.
fn foretell(row: &[f64; 4], axis: usize, single: bool) -> i64 {
    let others = (0..4).filter(|other| *other != axis).map(|other| row[other] * row[other]);
    let rest = others.fold(1.0, |rest, square| rest - square);
    let magnitude = if rest > 0.0 { rest.sqrt() } else { 0.0 };
    place_of(magnitude, single)
}

fn place_of(magnitude: f64, single: bool) -> i64 {
    if single { i64::from((magnitude as f32).to_bits()) } else { magnitude.to_bits() as i64 }
}

fn magnitude_at(place: i64, single: bool) -> f64 {
    if single { f64::from(f32::from_bits(place as u32)) } else { f64::from_bits(place as u64) }
}
