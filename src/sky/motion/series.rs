//! Sums of cosines and sines with polynomial factors, three coordinates at once, and the text that
//! they are read from.

use super::sin_cos::{LANES, sin_cos};
use crate::error::SceneError;

/// Powers of time that a coordinate may have.
const POWERS: usize = 6;

/// Three coordinates as functions of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Series {
    /// For each frequency: radians per unit of time, of its square, of its cube.
    rates: Vec<[f64; 3]>,
    /// For each frequency: where its terms end in the list of terms.
    ends: Vec<usize>,
    terms: Vec<Term>,
}

#[derive(Clone, Copy, Debug)]
struct Term {
    /// Coordinate times [`POWERS`] plus power of time.
    slot: usize,
    cos: f64,
    sin: f64,
}

impl Series {
    /// The coordinates at a time; `held` is the time at which polynomials are taken.
    pub fn at(&self, time: f64, held: f64) -> [f64; 3] {
        let mut sums = [0.0; 3 * POWERS];
        let mut terms = self.terms.iter();
        let mut done = 0;
        for (rates, ends) in self.rates.chunks(LANES).zip(self.ends.chunks(LANES)) {
            let mut angles = [0.0; LANES];
            for (angle, [rate, rate2, rate3]) in angles.iter_mut().zip(rates) {
                *angle = rate * time + held * held * (rate2 + held * rate3);
            }
            let (sines, cosines) = sin_cos(angles);
            for ((end, sin), cos) in ends.iter().zip(sines).zip(cosines) {
                for term in terms.by_ref().take(end - done) {
                    sums[term.slot] += term.cos * cos + term.sin * sin;
                }
                done = *end;
            }
        }
        let coordinate = |c: usize| {
            sums[c * POWERS..(c + 1) * POWERS].iter().rev().fold(0.0, |sum, s| sum * held + s)
        };
        [coordinate(0), coordinate(1), coordinate(2)]
    }

    /// The sections of a table, each with the name in brackets above it.
    ///
    /// # Errors
    /// The line that cannot be read.
    pub fn read_table(text: &str) -> Result<Vec<(&str, Self)>, SceneError> {
        let mut sections: Vec<(&str, Self)> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let wrong = |expected| SceneError::Table {
                line: index + 1,
                found: line.chars().take(60).collect(),
                expected,
            };
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                sections.push((name, Self::default()));
                continue;
            }
            let Some((_, series)) = sections.last_mut() else {
                return Err(wrong("[Name] before the first line of numbers"));
            };
            series.read_line(line).ok_or_else(|| wrong("rates | coordinate cosine sine …"))?;
        }
        Ok(sections)
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (left, right) = line.split_once('|')?;
        let mut rates = [0.0; 3];
        for (index, piece) in left.split_whitespace().enumerate() {
            *rates.get_mut(index)? = piece.parse().ok()?;
        }
        let mut pieces = right.split_whitespace();
        while let Some(name) = pieces.next() {
            let (axis, power) = name.split_at_checked(1)?;
            let axis = ["x", "y", "z"].iter().position(|a| *a == axis)?;
            let power: usize = power.parse().ok().filter(|p| *p < POWERS)?;
            let (cos, sin) = (pieces.next()?.parse().ok()?, pieces.next()?.parse().ok()?);
            self.terms.push(Term { slot: axis * POWERS + power, cos, sin });
        }
        self.rates.push(rates);
        self.ends.push(self.terms.len());
        Some(())
    }
}
