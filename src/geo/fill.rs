//! Which texels' centres lie inside of a layer's rings: even-odd filling, exact, the same for a texel whatever
//! window it is seen through.

use crate::visible::Visible;
use crate::window::{Rows, ceil_to_int};

/// One bit a texel, row after row.
pub(crate) struct Mask {
    words_per_row: usize,
    words: Vec<u64>,
    flips_from_west: Vec<bool>,
}

impl Mask {
    /// An empty mask for bands of up to `rows` rows.
    pub fn new(width: usize, rows: usize) -> Self {
        let words_per_row = width.div_ceil(64);
        Self {
            words_per_row,
            words: vec![0; words_per_row * rows],
            flips_from_west: vec![false; rows + 1],
        }
    }

    /// The bits of a row, counted from the first row of the band; texel i is bit i % 64 of word i / 64.
    pub fn row(&self, row: usize) -> &[u64] {
        &self.words[row * self.words_per_row..(row + 1) * self.words_per_row]
    }

    /// Fills the rings into the band's rows.
    ///
    /// A texel's bit is flipped by every edge that crosses its row's centre line west of its centre. So edges are noted
    /// where they cross, and the notes are summed up along the row at the end. What lies wholly west of the window
    /// counts only by where it begins and ends.
    pub fn fill(&mut self, rings: &Visible, rows: &Rows) {
        self.words.fill(0);
        self.flips_from_west.fill(false);
        let width = rings.window.width as f64;
        for run in rings.runs_in(rows, 1.0) {
            if run.bounds.x0 >= width {
                continue;
            }
            let vertices = rings.vertices(run);
            if run.bounds.x1 <= 0.0 {
                for v in [vertices[0], vertices[vertices.len() - 1]] {
                    self.flips_from_west[first_row(rings.window.texel(v, run.copy)[1], rows)] ^=
                        true;
                }
                continue;
            }
            let mut from = rings.window.texel(vertices[0], run.copy);
            let mut from_row = first_row(from[1], rows);
            for &v in &vertices[1..] {
                let to = rings.window.texel(v, run.copy);
                let to_row = first_row(to[1], rows);
                if from_row != to_row {
                    self.note_crossings(
                        from,
                        to,
                        from_row.min(to_row)..from_row.max(to_row),
                        rows.start,
                    );
                }
                (from, from_row) = (to, to_row);
            }
        }
        self.sum_up();
    }

    fn note_crossings(&mut self, from: [f64; 2], to: [f64; 2], crossed: Rows, first: usize) {
        // Always from the same end, so that two rings along a shared edge cross at the same place.
        let (a, b) = if (from[1], from[0]) <= (to[1], to[0]) { (from, to) } else { (to, from) };
        let slope = (b[0] - a[0]) / (b[1] - a[1]);
        for row in crossed {
            let centre = (row + first) as f64 + 0.5;
            let x = a[0] + (centre - a[1]) * slope;
            let column = ceil_to_int(x - 0.5).max(0) as usize;
            if column < self.words_per_row * 64 {
                self.words[row * self.words_per_row + column / 64] ^= 1 << (column % 64);
            }
        }
    }

    fn sum_up(&mut self) {
        let mut west = false;
        for (row, &flip) in
            self.words.chunks_exact_mut(self.words_per_row).zip(&self.flips_from_west)
        {
            west ^= flip;
            let mut carry = if west { u64::MAX } else { 0 };
            for word in row {
                let mut x = *word;
                for shift in [1, 2, 4, 8, 16, 32] {
                    x ^= x << shift;
                }
                *word = x ^ carry;
                carry = if *word >> 63 == 1 { u64::MAX } else { 0 };
            }
        }
    }
}

/// The first row of the band, counted from its start, whose centre is at or below `y`; at most the band's length.
fn first_row(y: f64, rows: &Rows) -> usize {
    (ceil_to_int(y - 0.5) - rows.start as i64).clamp(0, rows.len() as i64) as usize
}
