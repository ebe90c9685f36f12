//! Camera entries, and clock keys, as blocks of columns.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::camera_track::{CameraEntry, Leave};
use crate::clock_track::ClockKey;
use crate::pose::{CameraPose, NodeName};
use crate::recording::Sequence;
use crate::time::{SessionTime, SimTime};
use crate::value::Easing;
use crate::wording::Wording;

use super::Malformed;
use super::column::{MOST_ROWS, pack, unpack};
use super::position::Positions;
use super::rotation::Rotations;
use super::segment::{CameraStretch, Due};

/// Clock keys, column by column.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ClockBlock {
    rows: usize,
    stamp: ByteBuf,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<ByteBuf>,
    sim_time: ByteBuf,
    /// The easings that occur, and which one each key has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    easing: Option<(Vec<Easing>, ByteBuf)>,
}

/// Camera entries of one view, column by column.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CameraBlock {
    rows: usize,
    /// Absent: those of the clock block of the same segment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stamp: Option<ByteBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due: Option<ByteBuf>,
    /// Absent: those of the clock block of the same segment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sim_time: Option<ByteBuf>,
    seq: ByteBuf,
    position: Positions,
    rotation: Rotations,
    scale: ByteBuf,
    /// The manners that occur, and which one each entry has.
    manners: Vec<Manner>,
    manner: ByteBuf,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wordings: Vec<(Sequence, Wording)>,
}

/// What seldom changes from one entry to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Manner {
    anchor: NodeName,
    follow_rotation: bool,
    leave: Leave,
}

impl ClockBlock {
    /// At least one key, at most `MOST_ROWS`.
    pub fn pack(keys: &[Due<ClockKey>]) -> Self {
        let sim_times: Vec<f64> = keys.iter().map(|key| key.item.sim_time.as_tdb_secs()).collect();
        let easings: Vec<Easing> = keys.iter().map(|key| key.item.easing).collect();
        let is_even = easings.iter().all(|easing| *easing == Easing::Linear);
        Self {
            rows: keys.len(),
            stamp: stamps(keys.iter().map(|key| key.item.stamp)),
            due: dues(keys.iter().map(|key| (key.item.stamp, key.due))),
            sim_time: pack(&sim_times),
            easing: (!is_even).then(|| index(easings)),
        }
    }

    /// # Errors
    /// Where these are no clock keys.
    pub fn unpack(&self) -> Result<Vec<Due<ClockKey>>, Malformed> {
        let rows = check_rows(self.rows)?;
        let stamps = unstamp(&self.stamp, rows)?;
        let dues = undue(self.due.as_ref(), &stamps)?;
        let sim_times: Vec<f64> = unpack(&self.sim_time, rows)?;
        let easings = match &self.easing {
            Some((easings, which)) => unindex(easings, which, rows)?,
            None => vec![Easing::Linear; rows],
        };
        let columns = stamps.into_iter().zip(dues).zip(sim_times).zip(easings);
        let keys = columns.map(|(((stamp, due), sim_time), easing)| {
            let sim_time = SimTime::from_tdb_secs(sim_time).ok_or_else(|| Malformed {
                found: sim_time.to_string(),
                expected: "a finite simulation time",
            })?;
            Ok(Due { due, item: ClockKey { stamp, sim_time, easing } })
        });
        keys.collect()
    }
}

impl CameraBlock {
    /// At least one entry, at most `MOST_ROWS`; `clock` has the keys of the same segment.
    pub fn pack(
        entries: &[Due<CameraEntry>],
        wordings: &[(Sequence, Wording)],
        clock: &[Due<ClockKey>],
    ) -> Self {
        let items = || entries.iter().map(|entry| &entry.item);
        let with_clock = |same: fn(&CameraEntry, &ClockKey) -> bool| {
            entries.len() == clock.len() && items().zip(clock).all(|(e, k)| same(e, &k.item))
        };
        let has_stamps = with_clock(|entry, key| entry.stamp == key.stamp);
        let has_times = with_clock(|entry, key| {
            entry.sim_time_s.to_bits() == key.sim_time.as_tdb_secs().to_bits()
        });
        let positions: Vec<[f64; 3]> = items().map(|e| e.pose.position_m).collect();
        let rotations: Vec<[f64; 4]> = items().map(|e| e.pose.rotation_wxyz).collect();
        let (manners, manner) = index(items().map(|entry| Manner {
            anchor: entry.pose.anchor.clone(),
            follow_rotation: entry.pose.follow_rotation,
            leave: entry.leave,
        }));
        Self {
            rows: entries.len(),
            stamp: (!has_stamps).then(|| stamps(items().map(|e| e.stamp))),
            due: dues(entries.iter().map(|entry| (entry.item.stamp, entry.due))),
            sim_time: (!has_times)
                .then(|| pack(&items().map(|e| e.sim_time_s).collect::<Vec<_>>())),
            seq: pack(&items().map(|e| e.seq).collect::<Vec<u64>>()),
            position: Positions::pack(&positions),
            rotation: Rotations::pack(&rotations),
            scale: pack(&items().map(|e| e.pose.scale).collect::<Vec<f32>>()),
            manners,
            manner,
            wordings: wordings.to_vec(),
        }
    }

    /// # Errors
    /// Where these are no camera entries, or none that could be without that clock.
    pub fn unpack(self, clock: &[Due<ClockKey>]) -> Result<CameraStretch, Malformed> {
        let rows = check_rows(self.rows)?;
        let of_clock = || {
            if clock.len() == rows {
                Ok(clock.iter().map(|key| key.item))
            } else {
                Err(Malformed {
                    found: format!("{} clock keys for {rows} camera entries", clock.len()),
                    expected: "as many clock keys as entries that share their stamps",
                })
            }
        };
        let stamps = match &self.stamp {
            Some(stamps) => unstamp(stamps, rows)?,
            None => of_clock()?.map(|key| key.stamp).collect(),
        };
        let sim_times: Vec<f64> = match &self.sim_time {
            Some(sim_times) => unpack(sim_times, rows)?,
            None => of_clock()?.map(|key| key.sim_time.as_tdb_secs()).collect(),
        };
        let dues = undue(self.due.as_ref(), &stamps)?;
        let seqs: Vec<u64> = unpack(&self.seq, rows)?;
        let positions = self.position.unpack(rows)?;
        let rotations = self.rotation.unpack(rows)?;
        let scales: Vec<f32> = unpack(&self.scale, rows)?;
        let manners = unindex(&self.manners, &self.manner, rows)?;
        let mut entries = Vec::with_capacity(rows);
        for (row, manner) in manners.into_iter().enumerate() {
            let item = CameraEntry {
                seq: seqs[row],
                stamp: stamps[row],
                sim_time_s: sim_times[row],
                pose: CameraPose {
                    anchor: manner.anchor,
                    follow_rotation: manner.follow_rotation,
                    position_m: positions[row],
                    rotation_wxyz: rotations[row],
                    scale: scales[row],
                },
                leave: manner.leave,
            };
            entries.push(Due { due: dues[row], item });
        }
        Ok(CameraStretch { entries, wordings: self.wordings })
    }
}

fn check_rows(rows: usize) -> Result<usize, Malformed> {
    if (1..=MOST_ROWS).contains(&rows) {
        return Ok(rows);
    }
    Err(Malformed { found: format!("{rows} rows"), expected: "1 to 65536 rows" })
}

fn stamps(stamps: impl Iterator<Item = SessionTime>) -> ByteBuf {
    pack(&stamps.map(SessionTime::as_nanos).collect::<Vec<i64>>())
}

fn unstamp(bytes: &ByteBuf, rows: usize) -> Result<Vec<SessionTime>, Malformed> {
    let nanos: Vec<i64> = unpack(bytes, rows)?;
    Ok(nanos.into_iter().map(SessionTime::from_nanos).collect())
}

/// None where everything is due at its own stamp.
fn dues(moments: impl Iterator<Item = (SessionTime, SessionTime)> + Clone) -> Option<ByteBuf> {
    let differ = moments.clone().any(|(stamp, due)| stamp != due);
    differ.then(|| stamps(moments.map(|(_, due)| due)))
}

fn undue(bytes: Option<&ByteBuf>, stamps: &[SessionTime]) -> Result<Vec<SessionTime>, Malformed> {
    bytes.map_or_else(|| Ok(stamps.to_vec()), |bytes| unstamp(bytes, stamps.len()))
}

/// The values that occur, in order of first use, and for each row which one it has.
fn index<T: PartialEq>(rows: impl IntoIterator<Item = T>) -> (Vec<T>, ByteBuf) {
    let mut values: Vec<T> = Vec::new();
    let which = rows.into_iter().map(|row| {
        // Runs are long: most rows have what the last one had.
        let known = values.iter().rposition(|value| *value == row);
        known.unwrap_or_else(|| {
            values.push(row);
            values.len() - 1
        }) as u32
    });
    let which: Vec<u32> = which.collect();
    (values, pack(&which))
}

fn unindex<T: Clone>(values: &[T], which: &ByteBuf, rows: usize) -> Result<Vec<T>, Malformed> {
    let which: Vec<u32> = unpack(which, rows)?;
    let row = |index: u32| {
        values.get(index as usize).cloned().ok_or_else(|| Malformed {
            found: format!("value {index} of {}", values.len()),
            expected: "one of the values listed",
        })
    };
    which.into_iter().map(row).collect()
}
