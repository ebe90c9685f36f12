//! How the last camera entries and the last clock key stand in a state: as lists, without names, for
//! every segment has them.

/// Entries of cameras: `[due, seq, stamp, simulation time, anchor, follow, position, rotation, scale,
/// leave]`; due is nil where it is the stamp, leave where it is as recorded.
pub(super) mod cameras {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::camera_track::{CameraEntry, Leave};
    use crate::format::native::Due;
    use crate::pose::{CameraPose, NodeName};
    use crate::recording::Sequence;
    use crate::time::SessionTime;

    #[derive(Serialize, Deserialize)]
    struct Last(
        Option<SessionTime>,
        Sequence,
        SessionTime,
        f64,
        NodeName,
        bool,
        [f64; 3],
        [f64; 4],
        f32,
        Option<Leave>,
    );

    pub fn serialize<S: Serializer>(
        cameras: &[Option<Due<CameraEntry>>],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(cameras.iter().map(|camera| {
            let Due { due, item } = camera.as_ref()?;
            let CameraEntry { seq, stamp, sim_time_s, pose, leave } = item;
            Some(Last(
                Some(*due).filter(|due| due != stamp),
                *seq,
                *stamp,
                *sim_time_s,
                pose.anchor.clone(),
                pose.follow_rotation,
                pose.position_m,
                pose.rotation_wxyz,
                pose.scale,
                Some(*leave).filter(|leave| *leave != Leave::AS_RECORDED),
            ))
        }))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<Option<Due<CameraEntry>>>, D::Error> {
        let cameras = Vec::<Option<Last>>::deserialize(from)?.into_iter();
        let entry = |last: Last| {
            let Last(due, seq, stamp, sim_time_s, anchor, follow_rotation, at, turn, scale, leave) =
                last;
            let (position_m, rotation_wxyz) = (at, turn);
            let pose = CameraPose { anchor, follow_rotation, position_m, rotation_wxyz, scale };
            let leave = leave.unwrap_or(Leave::AS_RECORDED);
            let item = CameraEntry { seq, stamp, sim_time_s, pose, leave };
            Due { due: due.unwrap_or(stamp), item }
        };
        Ok(cameras.map(|camera| camera.map(entry)).collect())
    }
}

/// A clock key: `[due, stamp, simulation time, easing]`; due is nil where it is the stamp, easing where
/// it is linear.
pub(super) mod clock_key {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::clock_track::ClockKey;
    use crate::format::native::Due;
    use crate::time::{SessionTime, SimTime};
    use crate::value::Easing;

    #[derive(Serialize, Deserialize)]
    struct Last(Option<SessionTime>, SessionTime, SimTime, Option<Easing>);

    pub fn serialize<S: Serializer>(key: &Option<Due<ClockKey>>, to: S) -> Result<S::Ok, S::Error> {
        let last = key.as_ref().map(|Due { due, item }| {
            let due = Some(*due).filter(|due| *due != item.stamp);
            let easing = Some(item.easing).filter(|easing| *easing != Easing::Linear);
            Last(due, item.stamp, item.sim_time, easing)
        });
        last.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Due<ClockKey>>, D::Error> {
        let last = Option::<Last>::deserialize(from)?;
        Ok(last.map(|Last(due, stamp, sim_time, easing)| {
            let item = ClockKey { stamp, sim_time, easing: easing.unwrap_or_default() };
            Due { due: due.unwrap_or(stamp), item }
        }))
    }
}
