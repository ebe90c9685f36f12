//! Named places: cities, countries, continents, oceans. Which of them are shown, and how, is the renderer's affair.

/// What a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A town; the place is its centre.
    City,
    /// A country or dependency; the place is well inside its largest part.
    Country,
    /// An ocean or sea; the place is where its name reads well.
    Ocean,
    /// A continent; the place is where its name reads well.
    Continent,
}

/// A name on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// English name, as Natural Earth writes it.
    pub name: String,
    /// Degrees north, -90 to 90.
    pub lat_deg: f64,
    /// Degrees east, -180 to 180.
    pub lon_deg: f64,
    /// 0 (seen from afar) to 9 (seen from near).
    pub rank: u8,
    /// What it is.
    pub kind: PlaceKind,
}
