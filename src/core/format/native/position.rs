//! Three columns of a position, turned into columns that take less room, and exactly back.
//!
//! A camera that goes straight to or from its anchor keeps the direction of its position; so one
//! coordinate and the last direction foretell the other two. What is kept is by how many steps of
//! f64 (units in the last place, counted over all floats in order) they differ from what was foretold.
//! Only products and quotients of f64 are used, which IEEE 754 rounds alike everywhere.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::Malformed;
use super::column::{pack, unpack};

/// A position, column by column.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Positions {
    /// The coordinate that foretells the others: 0 x, 1 y, 2 z; none where all are as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guide: Option<u8>,
    /// The guide as it is and the differences of the others; or all as they are.
    columns: [ByteBuf; 3],
}

impl Positions {
    /// The smaller of both ways. At least one row.
    pub fn pack(rows: &[[f64; 3]]) -> Self {
        let column = |axis: usize| rows.iter().map(|row| row[axis]).collect::<Vec<f64>>();
        let plain = [0, 1, 2].map(|axis| pack(&column(axis)));
        let size = |columns: &[ByteBuf; 3]| columns.iter().map(|c| c.len()).sum::<usize>();
        let guide = guide_of(rows);
        let guided = [0, 1, 2].map(|axis| {
            if axis == guide { plain[axis].clone() } else { pack(&differences(rows, axis, guide)) }
        });
        if size(&guided) < size(&plain) {
            Self { guide: Some(guide as u8), columns: guided }
        } else {
            Self { guide: None, columns: plain }
        }
    }

    /// The rows.
    ///
    /// # Errors
    /// Where they are not those of positions.
    pub fn unpack(&self, count: usize) -> Result<Vec<[f64; 3]>, Malformed> {
        let [x, y, z] = &self.columns;
        let Some(guide) = self.guide else {
            let (x, y, z) = (unpack(x, count)?, unpack(y, count)?, unpack(z, count)?);
            return Ok(x.into_iter().zip(y).zip(z).map(|((x, y), z)| [x, y, z]).collect());
        };
        let guide = usize::from(guide);
        let axes = [(guide + 1) % 3, (guide + 2) % 3];
        let Some(leading) = self.columns.get(guide) else {
            return Err(Malformed { found: format!("axis {guide}"), expected: "axis 0, 1 or 2" });
        };
        let leading: Vec<f64> = unpack(leading, count)?;
        let differences: [Vec<i64>; 2] =
            [unpack(&self.columns[axes[0]], count)?, unpack(&self.columns[axes[1]], count)?];
        let mut rows: Vec<[f64; 3]> = Vec::with_capacity(count);
        for (index, leading) in leading.into_iter().enumerate() {
            let mut row = [0.0; 3];
            row[guide] = leading;
            for (axis, differences) in axes.into_iter().zip(&differences) {
                let foretold = rows.last().map_or(0.0, |last| foretell(last, leading, axis, guide));
                row[axis] = stepped(foretold, differences[index]);
            }
            rows.push(row);
        }
        Ok(rows)
    }
}

/// The axis on which the position is farthest out.
fn guide_of(rows: &[[f64; 3]]) -> usize {
    let reach = |axis: usize| rows.iter().fold(0.0_f64, |most, row| most.max(row[axis].abs()));
    let larger = |best: usize, axis: usize| if reach(axis) > reach(best) { axis } else { best };
    larger(larger(0, 1), 2)
}

fn differences(rows: &[[f64; 3]], axis: usize, guide: usize) -> Vec<i64> {
    let first = rows.first().map(|row| step_of(row[axis]));
    let later = rows.windows(2).map(|pair| {
        let foretold = foretell(&pair[0], pair[1][guide], axis, guide);
        step_of(pair[1][axis]).wrapping_sub(step_of(foretold))
    });
    first.into_iter().chain(later).collect()
}

/// The coordinate that keeps the direction of the last position.
fn foretell(last: &[f64; 3], leading: f64, axis: usize, guide: usize) -> f64 {
    let foretold = leading * (last[axis] / last[guide]);
    // 0/0 is not a number, and which one differs between machines.
    if foretold.is_finite() { foretold } else { last[axis] }
}

/// The place of a float among all floats in order; 0 for +0, −1 for −0.
fn step_of(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    if bits < 0 { !(bits & i64::MAX) } else { bits }
}

fn stepped(from: f64, steps: i64) -> f64 {
    let place = step_of(from).wrapping_add(steps);
    let bits = if place < 0 { !place | i64::MIN } else { place };
    f64::from_bits(bits as u64)
}
