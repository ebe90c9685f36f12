//! Surfaces of the solar system's bodies, baked from facts and noise: no image file anywhere.
//!
//! What lives here: `Look + size -> map`, pure and repeatable. What must not: files, threads, graphics, ephemerides.
//! Named features stand at the coordinates of the IAU Gazetteer of Planetary Nomenclature (planetnames.wr.usgs.gov),
//! rounded to a tenth of a degree or coarser; colours are chosen by eye for how an audience knows a body.

mod crater;
mod dice;
mod galilean;
mod gas;
mod globe;
mod ice_dwarf;
mod mars;
mod mercury;
mod moon;
mod moon_features;
mod noise;
mod paint;
mod rings;
mod saturnian;
mod shape;
mod small;
mod veiled;

use std::fmt;
use std::str::FromStr;

pub use rings::{
    CASSINI_DIVISION_KM, ENCKE_GAP_KM, RING_A_KM, RING_B_KM, RING_C_KM, RING_F_KM, RINGS_INNER_KM,
    RINGS_OUTER_KM, saturn_rings,
};

/// The height that the alpha channel's 0 to 255 span, in radii of the body; 128 is the mean surface. Heights are
/// exaggerated, so that a shader's bump shading shows them.
pub const RELIEF_SPAN_RADII: f32 = 0.06;

/// The widest map that is baked (its RGBA bytes are half a gigabyte).
pub const WIDEST: u32 = 16_384;

/// An equirectangular map of a whole body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// Texels from longitude -180° (left edge) to 180°, east positive, body-fixed.
    pub width: u32,
    /// Texels from latitude +90° (top edge) to -90°, planetocentric; half the width.
    pub height: u32,
    /// Row by row from the top, four bytes a texel: sRGB colour, then height (see [`RELIEF_SPAN_RADII`]).
    pub rgba: Vec<u8>,
}

/// Why a map was not baked or a look not found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookError {
    /// A map must be twice as wide as high, and not empty.
    #[error(
        "look map size: found {width} x {height}, expected a width of twice the height, both above 0"
    )]
    NotTwoToOne {
        /// The width asked for, texels.
        width: u32,
        /// The height asked for, texels.
        height: u32,
    },
    /// More than [`WIDEST`] texels across.
    #[error("look map width: found {width}, expected at most {WIDEST}")]
    TooWide {
        /// The width asked for, texels.
        width: u32,
    },
    /// No look has this name.
    #[error("look: found {found:?}, expected one of {}", Look::names())]
    Unknown {
        /// The name that was asked for.
        found: String,
    },
}

macro_rules! looks {
    ($($look:ident: $paint:path, $what:literal;)*) => {
        /// A surface that can be baked, by the name it has in a scene file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Look { $(#[doc = $what] $look,)* }

        impl Look {
            /// Every look, in the order of this enum.
            pub const ALL: &'static [Self] = &[$(Self::$look),*];

            /// The name in scene files, as [`FromStr`] reads it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$look => stringify!($look),)* }
            }

            fn paint(self, globe: &globe::Globe) -> Vec<u8> {
                match self { $(Self::$look => $paint(globe),)* }
            }
        }
    };
}

looks! {
    Moon: moon::paint, "Earth's Moon: maria, highlands, rayed craters.";
    Mercury: mercury::paint, "Grey, cratered, with Caloris and rays.";
    Venus: veiled::venus, "The pale sheet of cloud with its faint lying Y.";
    Mars: mars::paint, "Butterscotch with the classical dark regions and polar caps.";
    Jupiter: gas::jupiter, "Belts, zones and the Great Red Spot.";
    Saturn: gas::saturn, "Soft golden bands and the northern hexagon; rings are [`saturn_rings`].";
    Uranus: veiled::uranus, "Pale cyan, nearly featureless.";
    Neptune: gas::neptune, "Blue with a dark spot and white wisps.";
    Pluto: ice_dwarf::pluto, "The heart of Tombaugh Regio beside dark Cthulhu.";
    Charon: ice_dwarf::charon, "Grey with a reddish north cap and a belt of chasms.";
    Phobos: small::phobos, "Dark, grooved, with Stickney.";
    Deimos: small::deimos, "Dark and smooth.";
    Io: galilean::io, "Yellow with Pele's red ring and dark paterae.";
    Europa: galilean::europa, "Cream with brown lineae.";
    Ganymede: galilean::ganymede, "Dark old regions parted by bright grooved lanes.";
    Callisto: galilean::callisto, "Dark, densely spotted, with the rings of Valhalla.";
    Titan: veiled::titan, "Orange haze.";
    Triton: ice_dwarf::triton, "A pinkish southern cap with dark streaks.";
    Enceladus: saturnian::enceladus, "White with four stripes near the south pole.";
    Iapetus: saturnian::iapetus, "One hemisphere dark, one bright.";
    Ice: small::ice, "Any icy, cratered moon.";
    Rock: small::rock, "Any rocky, cratered body.";
}

impl Look {
    fn names() -> String {
        Self::ALL.iter().map(|look| look.name()).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Look {
    type Err = LookError;

    fn from_str(name: &str) -> Result<Self, LookError> {
        Self::ALL
            .iter()
            .copied()
            .find(|look| look.name() == name)
            .ok_or_else(|| LookError::Unknown { found: name.to_owned() })
    }
}

/// Bakes a look at `width` x `height` texels. The same arguments give the same bytes.
///
/// # Errors
/// [`LookError::NotTwoToOne`] unless `width == 2 * height > 0`; [`LookError::TooWide`] beyond [`WIDEST`].
pub fn bake(look: Look, width: u32, height: u32) -> Result<Map, LookError> {
    if height == 0 || Some(width) != height.checked_mul(2) {
        return Err(LookError::NotTwoToOne { width, height });
    }
    if width > WIDEST {
        return Err(LookError::TooWide { width });
    }
    let globe = globe::Globe::new(width as usize, height as usize);
    Ok(Map { width, height, rgba: look.paint(&globe) })
}
