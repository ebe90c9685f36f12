//! What the next row of a vector will be, told from the rows before it and from those of its
//! components that are known already.
//!
//! Only sums, products, quotients and square roots of f64 are used, one after another, which IEEE 754
//! rounds alike everywhere: who writes and who reads foretell the same, bit for bit.

use crate::time::SessionTime;

use super::Malformed;

/// How a component is foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As it was before the first row: what is left is the number itself, on another zero.
    Base,
    /// It goes on as fast as it did.
    Steady,
    /// The vector keeps its direction: straight to the anchor, or away from it.
    Ray,
    /// The vector goes on along the line it went: straight anywhere.
    Line,
    /// The vector keeps its length: around the anchor, or a rotation. All other components are known.
    Length,
}

impl Way {
    /// All, by the byte that stands for each.
    pub const ALL: [Self; 5] = [Self::Base, Self::Steady, Self::Ray, Self::Line, Self::Length];

    /// Whether the guide has to be known before.
    pub fn is_guided(self) -> bool {
        matches!(self, Self::Ray | Self::Line)
    }

    pub fn to_byte(self) -> u8 {
        self as u8
    }

    /// # Errors
    /// Where it is no way.
    pub fn from_byte(byte: u8) -> Result<Self, Malformed> {
        Self::ALL
            .get(usize::from(byte))
            .copied()
            .ok_or_else(|| Malformed { found: format!("way {byte}"), expected: "0 to 4" })
    }
}

/// The rows so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past<const N: usize> {
    base: [f64; N],
    last: [f64; N],
    before: [f64; N],
    /// The one before that. Over two steps a line is told better than over one that is hardly longer
    /// than what its ends were rounded by.
    earlier: [f64; N],
}

impl<const N: usize> Past<N> {
    /// Before the first row.
    pub fn new(base: [f64; N]) -> Self {
        Self { base, last: base, before: base, earlier: base }
    }

    pub fn push(&mut self, row: [f64; N]) {
        (self.earlier, self.before, self.last) = (self.before, self.last, row);
    }

    /// A component of the next row. `pace`: see `paces`. Of `row`, what the way needs is known.
    pub fn foretell(&self, way: Way, axis: usize, guide: usize, row: &[f64; N], pace: f64) -> f64 {
        let last = self.last[axis];
        let foretold = match way {
            Way::Base => return self.base[axis],
            Way::Steady => last + (last - self.before[axis]) * pace,
            Way::Ray => row[guide] * (last / self.last[guide]),
            Way::Line => {
                let slope = (last - self.earlier[axis]) / (self.last[guide] - self.earlier[guide]);
                last + (row[guide] - self.last[guide]) * slope
            }
            Way::Length => {
                let square = self.last.iter().fold(0.0, |sum, v| sum + v * v);
                let others = (0..N).filter(|other| *other != axis);
                let rest = others.fold(square, |rest, other| rest - row[other] * row[other]);
                if rest > 0.0 { rest.sqrt().copysign(last) } else { 0.0 }
            }
        };
        // 0/0 is not a number, and which one differs between machines.
        if foretold.is_finite() { foretold } else { last }
    }
}

/// For each row by what the step to it is longer in time than the step before it, four at most.
pub(super) fn paces(stamps: &[SessionTime]) -> Vec<f64> {
    let step = |row: usize| {
        let (from, to) = (stamps.get(row.checked_sub(1)?)?, stamps.get(row)?);
        Some(to.as_nanos().wrapping_sub(from.as_nanos())).filter(|step| *step > 0)
    };
    let pace = |row: usize| {
        let before = row.checked_sub(1).and_then(step);
        before.zip(step(row)).map_or(1.0, |(before, now)| (now as f64 / before as f64).min(4.0))
    };
    (0..stamps.len()).map(pace).collect()
}
