//! A finished file, read piece by piece: a moment needs the segment it lies in, and seldom a
//! neighbour. What is sampled is a short `Recording` made of those, so that a frame comes out as it
//! would of the whole.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::camera_track::{CameraEntry, Path};
use crate::clock_track::{ClockChange, ClockKey};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::property_track::PropertyTrack;
use crate::recording::{Header, Recording, View};
use crate::sample::sample;
use crate::time::SessionTime;
use crate::value::{Easing, Value};

use super::attachment::{Attachment, THUMBNAIL};
use super::channels::Channel;
use super::decode::Decoder;
use super::encode::{Contents, Ending};
use super::index::{self, Index, NoIndex, SegmentPlace, TAIL_BYTES, Tail};
use super::metadata::Named;
use super::segment::{Due, Segment, ViewHead};
use super::walk::{RECORD_HEAD, RawChunk};

/// How many segments are kept, and how many stretches made of them. Playing needs two at a time; who
/// goes back and forth between a few places finds them ready.
const KEPT: usize = 6;

/// Where the bytes of a file come from.
pub trait Source {
    /// The length of the file.
    ///
    /// # Errors
    /// Where it cannot be told.
    fn file_bytes(&mut self) -> io::Result<u64>;

    /// That many bytes from there on.
    ///
    /// # Errors
    /// Where there are not so many, or they cannot be read.
    fn read_at(&mut self, offset: u64, bytes: usize) -> io::Result<Vec<u8>>;
}

/// Why a moment of a recording cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ReelError {
    /// The file has no index. Reading it whole, or recovering it, does without.
    #[error(transparent)]
    NoIndex(#[from] NoIndex),
    /// It cannot be read.
    #[error("the recording cannot be read")]
    Io(#[from] io::Error),
    /// A piece of it is damaged, or it is of a version that is not known yet.
    #[error("{0}")]
    Damaged(Box<Fault>),
}

/// A recording that stays on disk.
pub struct Reel<S> {
    source: S,
    index: Index,
    decoder: Decoder,
    header: Header,
    contents: Contents,
    ending: Ending,
    views: Vec<ViewHead>,
    baseline: BTreeMap<Arc<str>, Value>,
    effects: Option<Recording>,
    /// The segments used last, the latest at the end.
    kept: Vec<(usize, Arc<Segment>)>,
    /// Those sampled last, the latest at the end.
    stretches: Vec<Stretch>,
}

/// A part of the recording from which moments can be sampled, `from` included, `to` not.
struct Stretch {
    recording: Recording,
    from: SessionTime,
    to: SessionTime,
}

impl<S: Source> Reel<S> {
    /// Opens a finished file.
    ///
    /// # Errors
    /// Where it is not finished, or its index, or its first two segments, cannot be read.
    pub fn open(mut source: S) -> Result<Self, ReelError> {
        let length = source.file_bytes()?;
        let tail_bytes = length.min(TAIL_BYTES as u64);
        let last = source.read_at(length - tail_bytes, tail_bytes as usize)?;
        let tail = Tail::parse(&last, length)?;
        let index = Index::parse(&source.read_at(tail.index_start, tail.index_bytes)?, &tail)?;
        let mut reel = Self {
            source,
            index,
            decoder: Decoder::default(),
            header: Header::default(),
            contents: Contents::default(),
            ending: Ending::default(),
            views: Vec::new(),
            baseline: BTreeMap::new(),
            effects: None,
            kept: Vec::new(),
            stretches: Vec::new(),
        };
        reel.read_metadata()?;
        let first = match reel.segment(0) {
            Err(ReelError::Damaged(fault)) if reel.index.segments.len() > 1 => {
                // What the next one begins with is the nearest to it.
                reel.segment(1).map_err(|_| ReelError::Damaged(fault))
            }
            first => first,
        }?;
        reel.baseline.clone_from(&first.state.properties);
        reel.views.clone_from(&first.state.views);
        if reel.views.len() < reel.contents.views.len() {
            let last = reel.segment(reel.index.segments.len() - 1)?;
            reel.views.clone_from(&last.state.views);
        }
        Ok(reel)
    }

    /// Who, where, when.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What the whole recording comes to.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// How it came to its end.
    pub fn ending(&self) -> &Ending {
        &self.ending
    }

    /// All views.
    pub fn views(&self) -> &[ViewHead] {
        &self.views
    }

    /// Those that have camera entries.
    pub fn seen_views(&self) -> impl Iterator<Item = &ViewHead> {
        let has_entries = |index: usize| {
            let channel = u16::try_from(index).map(Channel::Camera);
            channel.is_ok_and(|c| self.index.segments.iter().any(|place| place.has(c)))
        };
        self.views.iter().enumerate().filter(move |(i, _)| has_entries(*i)).map(|(_, view)| view)
    }

    /// The picture that stands for it in lists, PNG; `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn thumbnail(&mut self) -> Result<Option<Vec<u8>>, ReelError> {
        let Some(place) = self.index.attachment(THUMBNAIL) else { return Ok(None) };
        let record = self.read(place)?;
        let picture = record.get(RECORD_HEAD..).and_then(Attachment::parse);
        let picture = picture.ok_or_else(|| {
            let fault = Fault::loss("the picture of the recording is damaged");
            ReelError::Damaged(Box::new(fault.at_offset(place.0)))
        })?;
        Ok(Some(picture.data.to_vec()))
    }

    /// Everything at `t`, as `sample` of the whole recording has it.
    ///
    /// # Errors
    /// Where the piece that the moment lies in cannot be read.
    pub fn frame(&mut self, t: SessionTime) -> Result<Frame, ReelError> {
        Ok(sample(self.stretch(t)?, t))
    }

    /// A recording that is, at `t`, what the whole one is.
    ///
    /// # Errors
    /// Where the piece that the moment lies in cannot be read.
    pub fn stretch(&mut self, t: SessionTime) -> Result<&Recording, ReelError> {
        let fits = |stretch: &Stretch| stretch.from <= t && t < stretch.to;
        match self.stretches.iter().rposition(fits) {
            Some(at) => self.stretches[at..].rotate_left(1),
            None => {
                let stretch = self.cut(t)?;
                if self.stretches.len() == KEPT {
                    self.stretches.remove(0);
                }
                self.stretches.push(stretch);
            }
        }
        Ok(&self.stretches[self.stretches.len() - 1].recording)
    }

    /// Everything but cameras, of the whole recording, and the clock at its events: what scripts and
    /// rules need to be turned into changes.
    ///
    /// # Errors
    /// Where a piece cannot be read.
    pub fn without_cameras(&mut self) -> Result<Recording, ReelError> {
        let mut whole = Recording { header: self.header.clone(), ..Recording::default() };
        whole.baseline.clone_from(&self.baseline);
        let wanted = [Channel::ClockChanges, Channel::Properties, Channel::Rules, Channel::Events];
        for number in 0..self.index.segments.len() {
            if !wanted.iter().any(|channel| self.index.segments[number].has(*channel)) {
                continue;
            }
            let segment = self.segment(number)?;
            for change in &segment.clock_changes {
                whole.clock.push_change(change.item);
            }
            for change in &segment.changes {
                whole.push_property(&change.item.path, change.item.change.clone());
            }
            whole.rules.extend(segment.rules.iter().map(|rule| rule.item.clone()));
            whole.events.extend(segment.events.iter().map(|event| event.item.clone()));
        }
        // Scripts ask for the time; of the clock they need no more than the moments they run in.
        for event in 0..whole.events.len() {
            let stamp = whole.events[event].stamp;
            let sim_time = self.stretch(stamp)?.clock.sample(stamp).sim_time;
            whole.clock.push_key(ClockKey { stamp, sim_time, easing: Easing::Linear });
        }
        Ok(whole)
    }

    /// From here on, baseline, properties and clock changes are those of `effects`, which has them of
    /// the whole recording.
    pub fn play_effects(&mut self, effects: Recording) {
        self.effects = Some(effects);
        self.stretches.clear();
    }

    fn read_metadata(&mut self) -> Result<(), ReelError> {
        let [head, end] = self.index.head_and_end().ok_or(NoIndex::INCOMPLETE)?;
        let named = self.metadata(head)?;
        let refused = |fault: Box<Fault>| ReelError::Damaged(Box::new(fault.at_offset(head.0)));
        named.check_version().map_err(refused)?;
        self.header = named.into_header();
        let end = self.metadata(end)?.into_contents();
        (self.contents, self.ending) = end.ok_or(NoIndex::INCOMPLETE)?;
        Ok(())
    }

    fn metadata(&mut self, place: (u64, u64)) -> Result<Named, ReelError> {
        let record = self.read(place)?;
        let metadata = index::metadata_at(&record).filter(Named::is_whole);
        metadata.ok_or_else(|| {
            let fault = Fault::loss("what is said of the whole recording is damaged");
            ReelError::Damaged(Box::new(fault.at_offset(place.0)))
        })
    }

    fn read(&mut self, (offset, bytes): (u64, u64)) -> Result<Vec<u8>, ReelError> {
        let is_inside = offset
            .checked_add(bytes)
            .is_some_and(|end| end <= self.source.file_bytes().unwrap_or(0));
        match usize::try_from(bytes) {
            Ok(bytes) if is_inside => Ok(self.source.read_at(offset, bytes)?),
            _ => Err(NoIndex::INCOMPLETE.into()),
        }
    }

    /// How many segments there are.
    pub fn segments(&self) -> usize {
        self.index.segments.len()
    }

    /// A segment, by its place among all.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn segment(&mut self, number: usize) -> Result<Arc<Segment>, ReelError> {
        if let Some(at) = self.kept.iter().position(|(kept, _)| *kept == number) {
            let kept = self.kept.remove(at);
            self.kept.push(kept.clone());
            return Ok(kept.1);
        }
        let place = *self.index.segments.get(number).ok_or(NoIndex::INCOMPLETE)?;
        let record = self.read((place.offset, place.bytes))?;
        let damaged =
            |fault: Box<Fault>| ReelError::Damaged(Box::new(fault.at_offset(place.offset)));
        let chunk = record.get(RECORD_HEAD..).and_then(RawChunk::parse);
        let chunk =
            chunk.ok_or_else(|| damaged(Box::new(Fault::loss("a piece's head is damaged"))))?;
        let segment = self.decoder.segment(&chunk).map_err(damaged)?;
        let segment = Arc::new(segment);
        if self.kept.len() == KEPT {
            self.kept.remove(0);
        }
        self.kept.push((number, Arc::clone(&segment)));
        Ok(segment)
    }

    /// The stretch around `t`.
    fn cut(&mut self, t: SessionTime) -> Result<Stretch, ReelError> {
        let start = |place: &SegmentPlace| self.decoder.moment(place.start);
        let number = self.index.segments.partition_point(|place| start(place) <= t);
        let number = number.saturating_sub(1);
        let from = if number == 0 { SessionTime::MIN } else { start(&self.index.segments[number]) };
        let mut to = self.index.segments.get(number + 1).map_or(SessionTime::MAX, start);
        let segment = self.segment(number)?;

        let mut recording = Recording::default();
        let keys = self.clock_keys(number, &segment, t, &mut to)?;
        keys.into_iter().for_each(|key| recording.clock.push_key_due(key.item, key.due));
        for (index, head) in self.views.clone().into_iter().enumerate() {
            let mut view = View { vfov_deg: head.vfov_deg, ..View::new(&head.name) };
            for entry in self.camera(number, &segment, index, t, &mut to)? {
                // What the writer's track took, this one takes.
                let _ = view.camera.push_due(entry.item, entry.due);
            }
            recording.views.push(view);
        }
        self.fill_properties(&mut recording, &segment);
        Ok(Stretch { recording, from, to })
    }

    fn fill_properties(&self, recording: &mut Recording, segment: &Segment) {
        if let Some(effects) = &self.effects {
            effects.clock.changes().iter().for_each(|change| recording.clock.push_change(*change));
            recording.baseline.clone_from(&effects.baseline);
            recording.properties.clone_from(&effects.properties);
            return;
        }
        let state = &segment.state;
        let (rate, paused) = (Some(state.rate), Some(state.paused));
        recording.clock.push_change(ClockChange { seq: 0, stamp: SessionTime::MIN, rate, paused });
        for change in &segment.clock_changes {
            recording.clock.push_change(change.item);
        }
        recording.baseline.clone_from(&state.properties);
        for (path, change) in &state.under_way {
            let mut track = PropertyTrack::default();
            track.push_due(change.item.clone(), change.due);
            recording.properties.insert(Arc::clone(path), track);
        }
        for change in &segment.changes {
            let track = recording.properties.entry(Arc::clone(&change.item.path)).or_default();
            track.push_due(change.item.change.clone(), change.due);
        }
    }

    /// The clock keys around the segment, and to when they suffice.
    fn clock_keys(
        &mut self,
        number: usize,
        segment: &Segment,
        t: SessionTime,
        to: &mut SessionTime,
    ) -> Result<Vec<Due<ClockKey>>, ReelError> {
        let mut keys: Vec<Due<ClockKey>> = segment.state.clock_key.iter().cloned().collect();
        keys.extend(segment.clock_keys.iter().cloned());
        match keys.last() {
            // One key alone is not mixed with anything, two are, also before the first one's time.
            Some(last) if t < last.due && keys.len() > 1 => *to = last.due.min(*to),
            _ => {
                let of = |segment: &Segment| segment.clock_keys.clone();
                let wanted = if keys.is_empty() { 2 } else { 1 };
                self.add_later(number, Channel::ClockKeys, of, &mut keys, wanted)?;
            }
        }
        Ok(keys)
    }

    /// The camera entries around the segment, and to when they suffice. Between two entries as
    /// recorded those two are needed, on a smooth path one more on either side.
    fn camera(
        &mut self,
        number: usize,
        segment: &Segment,
        view: usize,
        t: SessionTime,
        to: &mut SessionTime,
    ) -> Result<Vec<Due<CameraEntry>>, ReelError> {
        let Ok(index) = u16::try_from(view) else { return Ok(Vec::new()) };
        let channel = Channel::Camera(index);
        let of = |segment: &Segment| -> Vec<Due<CameraEntry>> {
            segment.cameras.get(view).map_or(Vec::new(), |camera| camera.entries.clone())
        };
        let before = segment.state.cameras.get(view).cloned().flatten();
        let mut entries: Vec<_> = before.into_iter().collect();
        entries.extend(of(segment));
        let is_smooth = |entries: &[Due<CameraEntry>]| {
            entries.iter().any(|e| e.item.leave.path == Path::Smooth)
        };
        match entries.last() {
            Some(last) if t < last.due && !is_smooth(&entries) => *to = last.due.min(*to),
            _ => {
                // No more than needed: what lies there may be damaged.
                let wanted = if entries.is_empty() || is_smooth(&entries) { 2 } else { 1 };
                self.add_later(number, channel, of, &mut entries, wanted)?;
            }
        }
        if is_smooth(&entries) && segment.state.cameras.get(view).is_some_and(Option::is_some) {
            // The state has the last entry before; the path through it takes the one before that.
            let mut earlier = Vec::new();
            let mut last = self.last_with(number, channel);
            while let Some(number) = last.filter(|_| earlier.len() < 2) {
                let mut more = of(&*self.segment(number)?);
                more.append(&mut earlier);
                earlier = more;
                last = self.last_with(number, channel);
            }
            earlier.pop();
            earlier.append(&mut entries);
            entries = earlier;
        }
        Ok(entries)
    }

    /// Adds the next things of a channel, at least as many as wanted, if there are so many after a
    /// segment.
    fn add_later<T>(
        &mut self,
        number: usize,
        channel: Channel,
        of: impl Fn(&Segment) -> Vec<T>,
        things: &mut Vec<T>,
        wanted: usize,
    ) -> Result<(), ReelError> {
        let wanted = things.len() + wanted;
        let mut next = self.next_with(number, channel);
        while let Some(number) = next.filter(|_| things.len() < wanted) {
            things.extend(of(&*self.segment(number)?));
            next = self.next_with(number, channel);
        }
        Ok(())
    }

    fn next_with(&self, number: usize, channel: Channel) -> Option<usize> {
        let later = self.index.segments.iter().enumerate().skip(number + 1);
        later.filter(|(_, place)| place.has(channel)).map(|(number, _)| number).next()
    }

    fn last_with(&self, number: usize, channel: Channel) -> Option<usize> {
        let earlier = self.index.segments[..number].iter().enumerate().rev();
        earlier.filter(|(_, place)| place.has(channel)).map(|(number, _)| number).next()
    }
}
