//! Values of arguments, checked as they are read, with errors that say what was expected.

use std::str::FromStr;

use skyreel_core::time::{SessionTime, SimTime};

/// A moment of a recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seconds(pub SessionTime);

impl FromStr for Seconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = text.parse::<f64>().ok().and_then(SessionTime::from_secs);
        seconds.map(Self).ok_or_else(|| "expected seconds, such as 12.5".to_owned())
    }
}

/// A moment of the simulated universe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instant(pub SimTime);

impl FromStr for Instant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|_| "expected a date such as 2026-03-07T18:30:00 (UTC)".to_owned())
    }
}

/// The size of a picture, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSize {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl FromStr for FrameSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (width, height) = text.split_once(['x', 'X', '×'])?;
            let size = Self { width: width.parse().ok()?, height: height.parse().ok()? };
            (size.width > 0 && size.height > 0).then_some(size)
        };
        parse().ok_or_else(|| "expected WIDTHxHEIGHT in pixels, such as 1920x1080".to_owned())
    }
}

/// A vertical field of view, degrees, between 0 and 180.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VerticalFov(pub f64);

impl FromStr for VerticalFov {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse::<f64>() {
            Ok(degrees) if (0.01..=170.0).contains(&degrees) => Ok(Self(degrees)),
            _ => Err("expected degrees from 0.01 to 170".to_owned()),
        }
    }
}
