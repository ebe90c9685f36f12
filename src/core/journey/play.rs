//! From a journey to the recording that is played and written. Everything in it is numbered by time,
//! of the same moment in the order of a text's lists, so that a text need not say the numbers.

use std::sync::Arc;

use crate::camera_track::CameraEntry;
use crate::clock_track::{ClockChange, ClockTrack};
use crate::event::{Event, EventKind};
use crate::property_track::PropertyChange;
use crate::recording::{Recording, Sequence, View};
use crate::rule::Rule;
use crate::time::SessionTime;
use crate::wording::Wording;

use super::document::{Journey, KeptEntry};
use super::key::{Content, Key, Target};

/// A thing that gets a number.
enum Item<'j> {
    Key(&'j Key),
    Entry(usize, &'j KeptEntry),
    Event(&'j Event),
    ClockChange(ClockChange),
}

impl Journey {
    /// The recording that this journey is: rules not expanded, scripts not run.
    pub fn to_recording(&self) -> Recording {
        let rest = &self.rest;
        let camera_at: Vec<SessionTime> = self.camera_keys().map(|key| key.at).collect();
        let clock = rest.clock.track(&camera_at, self.duration());
        let mut recording = Recording {
            header: rest.header.clone(),
            baseline: rest.baseline.iter().cloned().collect(),
            ..Recording::default()
        };
        recording
            .views
            .extend(rest.views.iter().map(|v| View { vfov_deg: v.vfov_deg, ..View::new(&v.name) }));
        let changes = ClockTrack::changes(&clock).to_vec();
        clock.keys().iter().enumerate().for_each(|(i, key)| {
            recording.clock.push_key_due(*key, clock.key_due_at(i));
        });
        let is_even = matches!(rest.clock, super::JourneyClock::Even { .. });
        let items = self.items(if is_even { &[] } else { &changes }, &clock);
        if is_even {
            changes.into_iter().for_each(|change| recording.clock.push_change(change));
        }
        for (seq, (due, _, item)) in (0..).zip(items) {
            match item {
                Item::Key(key) => self.push_key(&mut recording, &clock, seq, key),
                Item::Entry(view, kept) => {
                    let view = &mut recording.views[view];
                    // It was in a track.
                    let _ = view.camera.push_due(CameraEntry { seq, ..kept.entry.clone() }, due);
                    view.wordings.extend(kept.words.clone().map(|words| (seq, words)));
                }
                Item::Event(event) => recording.events.push(Event { seq, ..event.clone() }),
                Item::ClockChange(change) => {
                    recording.clock.push_change_due(ClockChange { seq, ..change }, due);
                }
            }
        }
        recording
    }

    /// Everything that gets a number, by time; the second is the place of its list in a text.
    fn items<'j>(
        &'j self,
        changes: &[ClockChange],
        clock: &ClockTrack,
    ) -> Vec<(SessionTime, usize, Item<'j>)> {
        let rest = &self.rest;
        let views = rest.views.len();
        let mut items = Vec::with_capacity(self.keys.len());
        for (index, view) in rest.views.iter().enumerate() {
            let entries = view.entries.iter();
            items.extend(entries.map(|kept| (kept.due, index, Item::Entry(index, kept))));
        }
        items.extend(rest.events.iter().map(|e| (e.stamp, views + 1, Item::Event(e))));
        items.extend(self.keys.iter().map(|key| {
            let list = match key.content {
                Content::Camera { .. } => rest.keyed_view,
                Content::Property { .. } => views,
                Content::Script { .. } => views + 1,
            };
            (key.at, list, Item::Key(key))
        }));
        let changes = changes.iter().enumerate();
        items.extend(
            changes.map(|(i, c)| (clock.change_due_at(i), views + 2, Item::ClockChange(*c))),
        );
        items.sort_by_key(|(due, list, _)| (*due, *list));
        items
    }

    fn push_key(&self, recording: &mut Recording, clock: &ClockTrack, seq: Sequence, key: &Key) {
        let stamp = key.at;
        if !key.name.is_empty() {
            recording.names.insert(seq, Arc::clone(&key.name));
        }
        match &key.content {
            Content::Camera { pose, leave, words, sim_time_s } => {
                let of_clock = || self.rest.clock.sim_time_s(stamp, clock);
                let sim_time_s = sim_time_s.unwrap_or_else(of_clock);
                let Some(view) = recording.views.get_mut(self.rest.keyed_view) else { return };
                let (pose, leave) = (pose.clone(), *leave);
                // Every number in it has been looked at.
                let _ = view.camera.push(CameraEntry { seq, stamp, sim_time_s, pose, leave });
                let words = words.as_ref().map(|words| (seq, Wording::clone(words)));
                view.wordings.extend(words);
            }
            Content::Property { target, value, over, easing } => {
                let (value, duration, easing) = (value.clone(), *over, *easing);
                match target {
                    Target::Path(path) => {
                        let change = PropertyChange { seq, stamp, value, duration, easing };
                        recording.push_property(path, change);
                    }
                    Target::Pattern(pattern) => {
                        let pattern = pattern.clone();
                        let rule = Rule { seq, stamp, pattern, value, duration, easing };
                        recording.rules.push(rule);
                    }
                }
            }
            Content::Script { code, sim_time_s } => {
                let of_clock = || clock.sample(stamp).sim_time.as_tdb_secs();
                let sim_time_s = sim_time_s.unwrap_or_else(of_clock);
                let kind = EventKind::Script { text: code.to_string() };
                recording.events.push(Event { seq, stamp, sim_time_s, kind });
            }
        }
    }
}
