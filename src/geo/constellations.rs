//! The constellations' figures as lines between stars. Where stars are and how they look is not known here.

use glam::DVec3;
use serde::Deserialize;

use crate::error::GeoError;

/// One of the 88 constellations of the IAU.
#[derive(Debug, Clone, PartialEq)]
pub struct Constellation {
    /// Latin name, such as `Ursa Major`.
    pub name: String,
    /// The IAU's three letters, such as `UMa`.
    pub abbreviation: String,
    /// 1 (everyone knows it) to 3.
    pub rank: u8,
    /// Where the name reads well: unit vector, equatorial, J2000.
    pub label: DVec3,
    /// The figure's lines: pairs of unit vectors, equatorial, J2000 (x to the equinox, z to the celestial pole).
    pub segments: Vec<[DVec3; 2]>,
}

/// All constellations.
#[derive(Debug, Clone, PartialEq)]
pub struct Constellations {
    all: Vec<Constellation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    abbreviation: String,
    name: String,
    rank: u8,
    label: (f64, f64),
    lines: Vec<Vec<(f64, f64)>>,
}

impl Constellations {
    /// The figures that the program carries with it (from d3-celestial, see `assets/data/NOTICE.md`).
    ///
    /// # Errors
    /// If the embedded text is damaged.
    pub fn embedded() -> Result<Self, GeoError> {
        Self::from_ron(include_str!("../../assets/data/constellations.ron"))
    }

    /// Reads figures from text in the form of `assets/data/constellations.ron`: right ascension and declination in
    /// degrees.
    ///
    /// # Errors
    /// If the text is not of that form, with line and column.
    pub fn from_ron(text: &str) -> Result<Self, GeoError> {
        let rows: Vec<Row> = ron::from_str(text).map_err(|e| GeoError::Constellations {
            line: e.span.start.line,
            column: e.span.start.col,
            message: e.code.to_string(),
        })?;
        let all = rows.into_iter().map(|row| Constellation {
            name: row.name,
            abbreviation: row.abbreviation,
            rank: row.rank,
            label: direction(row.label),
            segments: row
                .lines
                .iter()
                .flat_map(|line| line.windows(2).map(|p| [direction(p[0]), direction(p[1])]))
                .collect(),
        });
        Ok(Self { all: all.collect() })
    }

    /// All of them, by abbreviation.
    pub fn all(&self) -> &[Constellation] {
        &self.all
    }
}

fn direction((ra_deg, dec_deg): (f64, f64)) -> DVec3 {
    let (sin_ra, cos_ra) = ra_deg.to_radians().sin_cos();
    let (sin_dec, cos_dec) = dec_deg.to_radians().sin_cos();
    DVec3::new(cos_dec * cos_ra, cos_dec * sin_ra, sin_dec)
}
