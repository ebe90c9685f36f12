//! Clock keys as a block of columns: flags (1: dues, 2: easings); stamps; where the flags say so, by how
//! much dues are later than stamps; simulation times; where the flags say so, which easing each has.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::clock_track::ClockKey;
use crate::time::{SessionTime, SimTime};
use crate::value::Easing;

use super::Malformed;
use super::column::{ColumnReader, ColumnWriter, MOST_ROWS};
use super::moments::{pack_sim_times, pack_stamps, unpack_sim_times, unpack_stamps};
use super::segment::Due;

const DUES: u8 = 1;
const EASINGS: u8 = 2;

/// Clock keys, column by column.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ClockBlock {
    rows: usize,
    columns: ByteBuf,
    /// The easings that occur; none where all are linear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    easings: Vec<Easing>,
}

impl ClockBlock {
    /// At least one key, at most `MOST_ROWS`.
    pub fn pack(keys: &[Due<ClockKey>]) -> Self {
        let stamps: Vec<SessionTime> = keys.iter().map(|key| key.item.stamp).collect();
        let times_s: Vec<f64> = keys.iter().map(|key| key.item.sim_time.as_tdb_secs()).collect();
        let delays = delays(keys.iter().map(|key| (key.item.stamp, key.due)));
        let (mut easings, which) = index(keys.iter().map(|key| key.item.easing));
        let is_even = easings == [Easing::Linear];
        let mut out = ColumnWriter::new();
        let flags = if delays.is_some() { DUES } else { 0 };
        out.byte(flags | if is_even { 0 } else { EASINGS });
        pack_stamps(&mut out, &stamps);
        delays.iter().for_each(|delays| out.column(delays));
        pack_sim_times(&mut out, &times_s, &stamps);
        if is_even {
            easings.clear();
        } else {
            out.column(&which);
        }
        Self { rows: keys.len(), columns: ByteBuf::from(out.finish()), easings }
    }

    /// How many keys it says that it has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// # Errors
    /// Where these are no clock keys.
    pub fn unpack(&self) -> Result<Vec<Due<ClockKey>>, Malformed> {
        let rows = check_rows(self.rows)?;
        let mut from = ColumnReader::new(&self.columns)?;
        let flags = from.byte()?;
        let stamps = unpack_stamps(&mut from, rows)?;
        let dues = unpack_dues(&mut from, flags & DUES != 0, &stamps)?;
        let times_s = unpack_sim_times(&mut from, &stamps)?;
        let easings = if flags & EASINGS != 0 {
            unindex(&self.easings, &from.column(rows)?)?
        } else {
            vec![Easing::Linear; rows]
        };
        let columns = stamps.into_iter().zip(dues).zip(times_s).zip(easings);
        let keys = columns.map(|(((stamp, due), time_s), easing)| {
            let sim_time = SimTime::from_tdb_secs(time_s).ok_or_else(|| Malformed {
                found: time_s.to_string(),
                expected: "a finite simulation time",
            })?;
            Ok(Due { due, item: ClockKey { stamp, sim_time, easing } })
        });
        keys.collect()
    }
}

/// # Errors
/// Where a block can't have so many rows.
pub(super) fn check_rows(rows: usize) -> Result<usize, Malformed> {
    if (1..=MOST_ROWS).contains(&rows) {
        return Ok(rows);
    }
    Err(Malformed { found: format!("{rows} rows"), expected: "1 to 65536 rows" })
}

/// By how much dues are later than stamps; `None` where all are due at their own stamps.
pub(super) fn delays(
    moments: impl Iterator<Item = (SessionTime, SessionTime)>,
) -> Option<Vec<i64>> {
    let delays: Vec<i64> =
        moments.map(|(stamp, due)| due.as_nanos().wrapping_sub(stamp.as_nanos())).collect();
    delays.iter().any(|delay| *delay != 0).then_some(delays)
}

/// When rows with these stamps are due.
///
/// # Errors
/// Where there should be a column of delays and is none.
pub(super) fn unpack_dues(
    from: &mut ColumnReader<'_>,
    has_delays: bool,
    stamps: &[SessionTime],
) -> Result<Vec<SessionTime>, Malformed> {
    if !has_delays {
        return Ok(stamps.to_vec());
    }
    let delays = from.column(stamps.len())?.into_iter();
    let due = |(delay, stamp): (i64, &SessionTime)| stamp.as_nanos().wrapping_add(delay);
    Ok(delays.zip(stamps).map(due).map(SessionTime::from_nanos).collect())
}

/// The values that occur, in order of first use, and for each row which one it has.
pub(super) fn index<T: PartialEq>(rows: impl IntoIterator<Item = T>) -> (Vec<T>, Vec<i64>) {
    let mut values: Vec<T> = Vec::new();
    let which = rows.into_iter().map(|row| {
        // Runs are long: most rows have what the last one had.
        let known = values.iter().rposition(|value| *value == row);
        known.unwrap_or_else(|| {
            values.push(row);
            values.len() - 1
        }) as i64
    });
    let which = which.collect();
    (values, which)
}

/// # Errors
/// Where a row has a value that is not listed.
pub(super) fn unindex<T: Clone>(values: &[T], which: &[i64]) -> Result<Vec<T>, Malformed> {
    let row = |index: &i64| {
        let value = usize::try_from(*index).ok().and_then(|index| values.get(index));
        value.cloned().ok_or_else(|| Malformed {
            found: format!("value {index} of {}", values.len()),
            expected: "one of the values listed",
        })
    };
    which.iter().map(row).collect()
}
