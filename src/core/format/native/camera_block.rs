//! Camera entries of one view as a block of columns: flags (1: dues, 2: own stamps, 4: own simulation
//! times); where the flags say so, stamps, by how much dues are later, simulation times; the first
//! sequence number, and the steps to each of the others; positions; rotations; scales; which manner each
//! entry has. What the flags do not say is that of the clock block of the same segment.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::camera_track::{CameraEntry, Leave};
use crate::clock_track::ClockKey;
use crate::pose::{CameraPose, NodeName};
use crate::recording::Sequence;
use crate::time::SessionTime;
use crate::wording::Wording;

use super::Malformed;
use super::clock_block::{check_rows, delays, index, unindex, unpack_dues};
use super::column::{ColumnReader, ColumnWriter};
use super::foretell::paces;
use super::moments::{pack_sim_times, pack_stamps, unpack_sim_times, unpack_stamps};
use super::segment::{CameraStretch, Due};
use super::{scale, vector};

const DUES: u8 = 1;
const STAMPS: u8 = 2;
const SIM_TIMES: u8 = 4;

/// Camera entries of one view, column by column.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CameraBlock {
    rows: usize,
    columns: ByteBuf,
    /// The manners that occur.
    manners: Vec<Manner>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wordings: Vec<(Sequence, Wording)>,
}

/// What seldom changes from one entry to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Manner {
    anchor: NodeName,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    follow: bool,
    /// Absent: as recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leave: Option<Leave>,
}

impl CameraBlock {
    /// At least one entry, at most `MOST_ROWS`; `clock` has the keys of the same segment, `before` is
    /// where the camera is in that segment's state.
    pub fn pack(
        entries: &[Due<CameraEntry>],
        wordings: &[(Sequence, Wording)],
        clock: &[Due<ClockKey>],
        before: Option<&CameraPose>,
    ) -> Self {
        let items = || entries.iter().map(|entry| &entry.item);
        let as_clock = |same: fn(&CameraEntry, &ClockKey) -> bool| {
            entries.len() == clock.len() && items().zip(clock).all(|(e, k)| same(e, &k.item))
        };
        let has_stamps = as_clock(|entry, key| entry.stamp == key.stamp);
        let has_times = as_clock(|entry, key| {
            entry.sim_time_s.to_bits() == key.sim_time.as_tdb_secs().to_bits()
        });
        let stamps: Vec<SessionTime> = items().map(|entry| entry.stamp).collect();
        let delays = delays(entries.iter().map(|entry| (entry.item.stamp, entry.due)));
        let mut out = ColumnWriter::new();
        let flags = [(DUES, delays.is_some()), (STAMPS, !has_stamps), (SIM_TIMES, !has_times)];
        out.byte(flags.into_iter().filter(|(_, is)| *is).map(|(flag, _)| flag).sum());
        if !has_stamps {
            pack_stamps(&mut out, &stamps);
        }
        delays.iter().for_each(|delays| out.column(delays));
        if !has_times {
            pack_sim_times(&mut out, &items().map(|e| e.sim_time_s).collect::<Vec<_>>(), &stamps);
        }
        let seqs: Vec<i64> = items().map(|entry| entry.seq as i64).collect();
        out.int(seqs.first().copied().unwrap_or_default());
        out.column(&seqs.windows(2).map(|pair| pair[1].wrapping_sub(pair[0])).collect::<Vec<_>>());

        let paces = paces(&stamps);
        let positions: Vec<[f64; 3]> = items().map(|e| e.pose.position_m).collect();
        let rotations: Vec<[f64; 4]> = items().map(|e| e.pose.rotation_wxyz).collect();
        let scales: Vec<f32> = items().map(|e| e.pose.scale).collect();
        vector::pack(&mut out, &positions, before.map(|pose| pose.position_m), &paces);
        vector::pack(&mut out, &rotations, before.map(|pose| pose.rotation_wxyz), &paces);
        scale::pack(&mut out, &scales, &positions, before.map(|p| (p.scale, p.position_m)));
        let (manners, manner) = index(items().map(|entry| Manner {
            anchor: entry.pose.anchor.clone(),
            follow: entry.pose.follow_rotation,
            leave: Some(entry.leave).filter(|leave| *leave != Leave::AS_RECORDED),
        }));
        out.column(&manner);
        let columns = ByteBuf::from(out.finish());
        Self { rows: entries.len(), columns, manners, wordings: wordings.to_vec() }
    }

    /// How many entries it says that it has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// # Errors
    /// Where these are no camera entries, or none that could be without that clock.
    pub fn unpack(
        self,
        clock: &[Due<ClockKey>],
        before: Option<&CameraPose>,
    ) -> Result<CameraStretch, Malformed> {
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
        let mut from = ColumnReader::new(&self.columns)?;
        let flags = from.byte()?;
        let stamps = if flags & STAMPS != 0 {
            unpack_stamps(&mut from, rows)?
        } else {
            of_clock()?.map(|key| key.stamp).collect()
        };
        let dues = unpack_dues(&mut from, flags & DUES != 0, &stamps)?;
        let times_s = if flags & SIM_TIMES != 0 {
            unpack_sim_times(&mut from, &stamps)?
        } else {
            of_clock()?.map(|key| key.sim_time.as_tdb_secs()).collect()
        };
        let mut seqs = vec![from.int()?];
        for step in from.column(rows - 1)? {
            seqs.push(seqs[seqs.len() - 1].wrapping_add(step));
        }
        let paces = paces(&stamps);
        let positions = vector::unpack(&mut from, before.map(|p| p.position_m), &paces)?;
        let rotations = vector::unpack(&mut from, before.map(|p| p.rotation_wxyz), &paces)?;
        let scales = scale::unpack(&mut from, &positions, before.map(|p| (p.scale, p.position_m)))?;
        let manners = unindex(&self.manners, &from.column(rows)?)?;
        let mut entries = Vec::with_capacity(rows);
        for (row, manner) in manners.into_iter().enumerate() {
            let item = CameraEntry {
                seq: seqs[row] as u64,
                stamp: stamps[row],
                sim_time_s: times_s[row],
                pose: CameraPose {
                    anchor: manner.anchor,
                    follow_rotation: manner.follow,
                    position_m: positions[row],
                    rotation_wxyz: rotations[row],
                    scale: scales[row],
                },
                leave: manner.leave.unwrap_or(Leave::AS_RECORDED),
            };
            entries.push(Due { due: dues[row], item });
        }
        Ok(CameraStretch { entries, wordings: self.wordings })
    }
}
