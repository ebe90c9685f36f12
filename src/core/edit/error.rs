//! Why an edit was not made.

/// An edit that was not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Whoever asked for it stopped it.
    #[error("stopped")]
    Stopped,
    /// Something that was asked for cannot be.
    #[error("{place} is {found}, expected {expected}")]
    Refused {
        /// What.
        place: String,
        /// What it is.
        found: String,
        /// What it could be.
        expected: String,
    },
}

impl EditError {
    pub(super) fn refused(
        place: impl Into<String>,
        found: impl ToString,
        expected: impl Into<String>,
    ) -> Self {
        Self::Refused { place: place.into(), found: found.to_string(), expected: expected.into() }
    }

    /// Refuses what is no bound on an error in the picture.
    pub(super) fn unless_bound(within_px: f64) -> Result<(), Self> {
        if within_px.is_finite() && within_px > 0.0 {
            return Ok(());
        }
        Err(Self::refused("the bound in pixels", within_px, "a number above 0"))
    }
}
