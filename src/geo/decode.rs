//! The layout of `assets/data/earth.bin`, and nothing else. Written by `scripts/make-earth-data.py`.
//!
//! Header (16 bytes): `SKYGEO`, version 1, a zero, units per degree (u32 LE), length of the unpacked body (u32 LE).
//! Then a zlib stream of the body: land rings, lake rings, ice rings, river lines, places.
//! Numbers are LEB128 varints, signed ones zigzag. A layer is the number of lines; for each line its number of vertices
//! (rivers: and its rank, one byte); all longitudes, then all latitudes, each as the difference to the one before.
//! Rings do not repeat their first vertex. A place is kind, rank (bytes), latitude, longitude, length, UTF-8 name.

use crate::error::GeoError;
use crate::lines::{HALF_TURN, Lines, QUARTER_TURN, UNITS_PER_DEG};
use crate::place::{Place, PlaceKind};

/// What the file holds.
pub(crate) struct EarthData {
    pub land: Lines,
    pub lakes: Lines,
    pub ice: Lines,
    pub rivers: Lines,
    pub places: Vec<Place>,
}

const MAGIC: &[u8; 8] = b"SKYGEO\x01\x00";
/// A length that no honest file has, so that a damaged one cannot ask for memory.
const MAX_BODY_BYTES: usize = 32 << 20;

/// Reads the file.
///
/// # Errors
/// Whatever is not as the format says; nothing is guessed.
pub(crate) fn decode(file: &[u8]) -> Result<EarthData, GeoError> {
    expect_bytes(file, 0, MAGIC)?;
    expect_bytes(file, 8, &UNITS_PER_DEG.to_le_bytes())?;
    let Some((&length, packed)) = file[12..].split_first_chunk::<4>() else {
        return Err(GeoError::Header {
            offset: 12,
            found: file[12..].to_vec(),
            expected: vec![0; 4],
        });
    };
    let length = u32::from_le_bytes(length) as usize;
    let packed_error = |reason: String| GeoError::Packed { reason, expected_bytes: length };
    if length > MAX_BODY_BYTES {
        return Err(packed_error(format!("more than the limit of {MAX_BODY_BYTES} bytes")));
    }
    let body = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(packed, length)
        .map_err(|e| packed_error(format!("{:?}", e.status)))?;
    if body.len() != length {
        return Err(packed_error(format!("only {} bytes", body.len())));
    }
    let mut body = Body { bytes: &body, offset: 0 };
    let data = EarthData {
        land: body.layer(true)?,
        lakes: body.layer(true)?,
        ice: body.layer(true)?,
        rivers: body.layer(false)?,
        places: body.places()?,
    };
    match body.bytes.len() - body.offset {
        0 => Ok(data),
        left => Err(body.error("bytes after the end", left as i64, "none")),
    }
}

fn expect_bytes(file: &[u8], offset: usize, expected: &[u8]) -> Result<(), GeoError> {
    let found = &file[offset.min(file.len())..(offset + expected.len()).min(file.len())];
    if found == expected {
        return Ok(());
    }
    Err(GeoError::Header { offset, found: found.to_vec(), expected: expected.to_vec() })
}

struct Body<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl Body<'_> {
    fn error(&self, what: &'static str, found: i64, expected: &'static str) -> GeoError {
        GeoError::Body { offset: self.offset, what, found, expected }
    }

    fn byte(&mut self) -> Result<u8, GeoError> {
        let Some(&b) = self.bytes.get(self.offset) else {
            return Err(self.error("next byte", self.bytes.len() as i64, "more bytes"));
        };
        self.offset += 1;
        Ok(b)
    }

    fn varint(&mut self) -> Result<u64, GeoError> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let b = self.byte()?;
            value |= u64::from(b & 0x7f) << shift;
            if b < 0x80 {
                return Ok(value);
            }
        }
        Err(self.error("number", value as i64, "at most five bytes"))
    }

    fn zigzag(&mut self) -> Result<i64, GeoError> {
        let v = self.varint()?;
        Ok((v >> 1) as i64 ^ -((v & 1) as i64))
    }

    /// A count of things that take at least `least_bytes` each.
    fn count(&mut self, what: &'static str, least_bytes: usize) -> Result<usize, GeoError> {
        let count = self.varint()?;
        if count > ((self.bytes.len() - self.offset) / least_bytes) as u64 {
            return Err(self.error(what, count as i64, "no more than there are bytes for"));
        }
        Ok(count as usize)
    }

    fn coordinate(&mut self, last: i64, limit: i32) -> Result<i32, GeoError> {
        let v = last + self.zigzag()?;
        match i32::try_from(v) {
            Ok(v) if v.abs() <= limit => Ok(v),
            _ => Err(self.error("coordinate", v, "a place on the map")),
        }
    }

    fn layer(&mut self, closed: bool) -> Result<Lines, GeoError> {
        let lines = self.count("number of lines", 5)?;
        let mut counts = Vec::with_capacity(lines);
        let mut ranks = Vec::new();
        let mut total = 0;
        for _ in 0..lines {
            let count = self.count("number of vertices", 2)?;
            let least = if closed { 3 } else { 2 };
            if count < least {
                return Err(self.error(
                    "number of vertices",
                    count as i64,
                    "at least three in a ring, two in a line",
                ));
            }
            counts.push(count);
            total += count;
            if !closed {
                ranks.push(self.byte()?);
            }
        }
        if total > (self.bytes.len() - self.offset) / 2 {
            return Err(self.error(
                "sum of vertices",
                total as i64,
                "no more than there are bytes for",
            ));
        }
        let mut vertices = vec![[0; 2]; total];
        for (axis, limit) in [HALF_TURN, QUARTER_TURN].into_iter().enumerate() {
            let mut last = 0;
            for v in &mut vertices {
                v[axis] = self.coordinate(i64::from(last), limit)?;
                last = v[axis];
            }
        }
        Ok(Lines::new(&vertices, &counts, &ranks, closed))
    }

    fn places(&mut self) -> Result<Vec<Place>, GeoError> {
        let count = self.count("number of places", 5)?;
        let mut places = Vec::with_capacity(count);
        for _ in 0..count {
            let kind = match self.byte()? {
                0 => PlaceKind::City,
                1 => PlaceKind::Country,
                2 => PlaceKind::Ocean,
                3 => PlaceKind::Continent,
                other => return Err(self.error("kind of place", other.into(), "0 to 3")),
            };
            let rank = self.byte()?;
            let lat_deg = f64::from(self.coordinate(0, QUARTER_TURN)?) / f64::from(UNITS_PER_DEG);
            let lon_deg = f64::from(self.coordinate(0, HALF_TURN)?) / f64::from(UNITS_PER_DEG);
            let length = self.count("length of a name", 1)?;
            let bytes = &self.bytes[self.offset..self.offset + length];
            let name = match std::str::from_utf8(bytes) {
                Ok(name) => name.to_owned(),
                Err(e) => return Err(self.error("name", e.valid_up_to() as i64, "UTF-8 text")),
            };
            self.offset += length;
            places.push(Place { name, lat_deg, lon_deg, rank, kind });
        }
        Ok(places)
    }
}
