//! A field of numbers over a band of texels, into which segments are brought texel by texel within a range: the
//! inner loop of distances and strokes. What the numbers mean is the callers' affair.

use crate::window::{Rows, ceil_to_int};

/// One number a texel, for the rows of a band.
pub(crate) struct Field {
    width: usize,
    rows: Rows,
    values: Vec<f32>,
}

impl Field {
    /// A field for bands of up to `rows` rows.
    pub fn new(width: usize, rows: usize) -> Self {
        Self { width, rows: 0..rows, values: vec![0.0; width * rows] }
    }

    /// Starts a band with the same number everywhere.
    pub fn start(&mut self, rows: &Rows, value: f32) {
        self.rows = rows.clone();
        self.values.truncate(self.width * rows.len());
        self.values.fill(value);
    }

    /// A row, counted from the first of the band.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// Changes the texels whose centres are within `range` texels of a segment: `change(value, squared distance)`.
    /// Some texels out of range are asked about, too. Where the window begins does not change a bit of the outcome.
    #[inline(always)]
    pub fn bring(
        &mut self,
        a: [f64; 2],
        b: [f64; 2],
        range: f64,
        change: impl Fn(f32, f32) -> f32,
    ) {
        let (top, bottom) = if a[1] <= b[1] { (a, b) } else { (b, a) };
        let first = ceil_to_int(top[1] - range).max(self.rows.start as i64);
        let end = ceil_to_int(bottom[1] + range).min(self.rows.end as i64);
        if first >= end || a[0].max(b[0]) < -range || a[0].min(b[0]) > self.width as f64 + range {
            return;
        }
        let d = [b[0] - a[0], b[1] - a[1]];
        let length_squared = d[0] * d[0] + d[1] * d[1];
        let inverse = if length_squared > 0.0 { (1.0 / length_squared) as f32 } else { 0.0 };
        let [dx, dy] = d.map(|v| v as f32);
        let is_tall = d[1].abs() > 2.0 * range;
        let slope = if is_tall { d[0] / d[1] } else { 0.0 };
        let (west, east) = if a[0] <= b[0] { (a[0], b[0]) } else { (b[0], a[0]) };
        let origin = a.map(|v| ceil_to_int(v) - 1);
        let rest = [(origin[0] as f64 - a[0]) as f32, (origin[1] as f64 - a[1]) as f32];
        let range_squared = range * range;
        for row in first..end {
            let y = row as f64;
            // The part of the segment that can be in range of this row, and how far sideways it can reach.
            let (x0, x1) = if is_tall {
                let x_at = |at: f64| top[0] + (at - top[1]) * slope;
                let (p, q) = (x_at((y - range).max(top[1])), x_at((y + range).min(bottom[1])));
                (p.min(q), p.max(q))
            } else {
                (west, east)
            };
            let beyond = (top[1] - y).max(y - bottom[1]).max(0.0);
            let reach = (range_squared - beyond * beyond).max(0.0).sqrt();
            let column = ceil_to_int(x0 - reach).max(0);
            let column_end = ceil_to_int(x1 + reach).min(self.width as i64);
            if column >= column_end {
                continue;
            }
            let py = rest[1] + (row - origin[1]) as f32;
            let start = (row as usize - self.rows.start) * self.width;
            let texels = &mut self.values[start + column as usize..start + column_end as usize];
            let k0 = (column - origin[0]) as i32;
            for (k, texel) in texels.iter_mut().enumerate() {
                let px = rest[0] + (k0 + k as i32) as f32;
                let t = (px * dx + py * dy) * inverse;
                let t = if t > 0.0 { t } else { 0.0 };
                let t = if t < 1.0 { t } else { 1.0 };
                let (ex, ey) = (px - t * dx, py - t * dy);
                *texel = change(*texel, ex * ex + ey * ey);
            }
        }
    }
}
