//! Segments into the bytes of an MCAP file. Nothing is written here: what a call gives is to be
//! appended to the file, and with every such piece the file is valid as far as it goes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use mcap::records::MessageHeader;
use mcap::write::NoSeek;
use mcap::{McapError, WriteOptions, Writer};
use serde::Serialize;

use crate::entry::entries;
use crate::event::EventKind;
use crate::recording::{Header, Recording};
use crate::time::SessionTime;

use super::attachment::THUMBNAIL;
use super::camera_block::CameraBlock;
use super::channels::{Channel, MESSAGE_ENCODING, PROFILE};
use super::clock_block::ClockBlock;
use super::metadata::Named;
use super::segment::{Due, Segment, ViewHead};
use super::segmenter::Segmenter;
use super::walk::MOST_CHUNK_BYTES;

/// What a schema says beyond its name; FORMAT.md says the rest.
const SCHEMA: &[u8] = br#"{"type":"object"}"#;

/// Bytes to be appended to the file.
pub type Piece = Vec<u8>;

/// A segment with more in it than a reader would take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "what happened at {at} s takes {bytes} bytes, more than the {MOST_CHUNK_BYTES} that a piece of \
     a .skyreel file may have"
)]
pub struct TooLarge {
    /// When its segment begins.
    pub at: SessionTime,
    /// Its size.
    pub bytes: usize,
}

/// How a recording came to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// Why it ended, where nobody asked for it: `disk full`.
    pub stopped: Option<String>,
    /// Whether it was put together again after its program had died.
    pub recovered: bool,
}

/// What a whole recording came to, for lists of recordings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Largest stamp.
    pub duration: SessionTime,
    /// Names of the views.
    pub views: Vec<String>,
    /// Camera entries over all views.
    pub camera_entries: u64,
    /// Entries with scripts.
    pub script_entries: u64,
    /// Changes that name properties by patterns.
    pub rules: u64,
    /// Camera entries whose places or directions are given in words.
    pub wordings: u64,
    /// Simulation time of the first and the last clock key, TDB seconds past J2000.
    pub sim_time_s: Option<(f64, f64)>,
    /// Nodes that cameras are relative to.
    pub anchors: BTreeSet<String>,
}

/// Makes the file of a recording.
pub struct Encoder {
    writer: Writer<NoSeek<Sink>>,
    sink: Sink,
    origin: Option<SessionTime>,
    /// Channels that were declared.
    declared: BTreeSet<u16>,
    number: u32,
    contents: Contents,
}

impl Encoder {
    /// For a recording of which this is known; with the first bytes of its file.
    pub fn new(header: &Header) -> (Self, Piece) {
        let sink = Sink::default();
        let options = WriteOptions::new()
            .profile(PROFILE)
            .library(concat!("skyreel ", env!("CARGO_PKG_VERSION")))
            .chunk_size(None)
            .disable_seeking(true)
            .emit_summary_offsets(false)
            .compression_threads(0);
        let writer = options.create(NoSeek::new(sink.clone()));
        let mut encoder = Self {
            // Writing to memory does not fail.
            writer: writer.unwrap_or_else(|error| unreachable!("{error}")),
            sink,
            origin: None,
            declared: BTreeSet::new(),
            number: 0,
            contents: Contents::default(),
        };
        in_memory(encoder.writer.write_metadata(&Named::head(header).into()));
        let piece = encoder.sink.take();
        (encoder, piece)
    }

    /// The next segment.
    ///
    /// # Errors
    /// Where it is so large that a reader would refuse it. The file goes on without it, and a reader
    /// will miss it.
    pub fn segment(&mut self, segment: &Segment) -> Result<Piece, TooLarge> {
        let number = self.number;
        self.number = self.number.wrapping_add(1);
        let messages = self.messages(segment);
        let bytes = messages.iter().map(|message| message.data.len() + 64).sum();
        if bytes > MOST_CHUNK_BYTES {
            return Err(TooLarge { at: segment.state.at, bytes });
        }
        self.contents.take(segment);
        self.declare(&messages, &segment.state.views);
        for message in messages {
            let header = MessageHeader {
                channel_id: message.channel,
                sequence: number,
                log_time: self.log_time(message.log),
                publish_time: self.log_time(message.publish),
            };
            in_memory(self.writer.write_to_known_channel(&header, &message.data));
        }
        in_memory(self.writer.flush());
        Ok(self.sink.take())
    }

    /// Something that belongs to the recording as a whole: a picture.
    pub fn attach(&mut self, name: &str, media_type: &str, bytes: &[u8]) -> Piece {
        in_memory(self.writer.attach(&mcap::Attachment {
            log_time: 0,
            create_time: 0,
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            data: bytes.into(),
        }));
        self.sink.take()
    }

    /// The end of the file: how it ended, and the index.
    pub fn finish(mut self, ending: &Ending) -> Piece {
        in_memory(self.writer.write_metadata(&Named::end(&self.contents, ending).into()));
        in_memory(self.writer.finish());
        self.sink.take()
    }

    fn messages(&self, segment: &Segment) -> Vec<Outgoing> {
        let at = segment.state.at;
        let mut messages = vec![Outgoing::new(Channel::State, at, at, &segment.state)];
        if let Some((first, last)) = ends(&segment.clock_keys) {
            let block = ClockBlock::pack(&segment.clock_keys);
            messages.push(Outgoing::new(Channel::ClockKeys, first, last, &block));
        }
        for (view, camera) in (0..).zip(&segment.cameras) {
            let before = segment.state.pose(usize::from(view));
            if let Some((first, last)) = ends(&camera.entries) {
                let (entries, words) = (&camera.entries, &camera.wordings);
                let block = CameraBlock::pack(entries, words, &segment.clock_keys, before);
                messages.push(Outgoing::new(Channel::Camera(view), first, last, &block));
            }
        }
        let mut single = Vec::new();
        single
            .extend(segment.clock_changes.iter().map(|c| Outgoing::one(Channel::ClockChanges, c)));
        single.extend(segment.changes.iter().map(|c| Outgoing::one(Channel::Properties, c)));
        single.extend(segment.rules.iter().map(|r| Outgoing::one(Channel::Rules, r)));
        single.extend(segment.events.iter().map(|e| Outgoing::one(Channel::Events, e)));
        messages.extend(single);
        messages.retain(|message| message.channel != 0);
        messages
    }

    /// Declares channels that messages come on for the first time.
    fn declare(&mut self, messages: &[Outgoing], views: &[ViewHead]) {
        for id in messages.iter().map(|message| message.channel) {
            let Some(channel) = Channel::of_id(id).filter(|_| self.declared.insert(id)) else {
                continue;
            };
            let view = match channel {
                Channel::Camera(view) => views.get(usize::from(view)),
                _ => None,
            };
            let topic = format!("{}{}", channel.topic(), view.map_or("", |view| &view.name));
            let (schema, name) = (channel.schema_id(), channel.schema());
            in_memory(self.writer.add_schema_with_id(schema, name, "jsonschema", SCHEMA));
            let (metadata, encoding) = (BTreeMap::new(), MESSAGE_ENCODING);
            in_memory(self.writer.add_channel_with_id(id, schema, &topic, encoding, &metadata));
        }
    }

    /// Nanoseconds since the origin, which is the start of the recording, or what came before it.
    fn log_time(&mut self, at: SessionTime) -> u64 {
        let origin = *self.origin.get_or_insert(at.min(SessionTime::ZERO));
        at.as_nanos().wrapping_sub(origin.as_nanos()) as u64
    }
}

/// The whole file of a recording.
///
/// # Errors
/// Where some moment of it holds more than a reader would take.
pub fn encode(recording: &Recording) -> Result<Vec<u8>, TooLarge> {
    encode_with(recording, &Ending::default(), None)
}

/// The whole file of a recording that came to its end in some way, with its picture (PNG).
///
/// # Errors
/// Where some moment of it holds more than a reader would take.
pub fn encode_with(
    recording: &Recording,
    ending: &Ending,
    thumbnail: Option<&[u8]>,
) -> Result<Vec<u8>, TooLarge> {
    let (mut encoder, mut file) = Encoder::new(&recording.header);
    let mut segmenter = Segmenter::new(recording.baseline.clone());
    for entry in entries(recording) {
        if let Some(segment) = segmenter.push(entry) {
            file.extend(encoder.segment(&segment)?);
        }
    }
    if let Some(segment) = segmenter.close() {
        file.extend(encoder.segment(&segment)?);
    }
    if let Some(png) = thumbnail {
        file.extend(encoder.attach(THUMBNAIL, "image/png", png));
    }
    file.extend(encoder.finish(ending));
    Ok(file)
}

/// A message to be written.
struct Outgoing {
    channel: u16,
    publish: SessionTime,
    log: SessionTime,
    data: Vec<u8>,
}

impl Outgoing {
    fn new(
        channel: Channel,
        publish: SessionTime,
        log: SessionTime,
        what: &impl Serialize,
    ) -> Self {
        // Into memory, and every type is one that MessagePack has: it does not fail.
        let data = rmp_serde::to_vec_named(what).unwrap_or_default();
        Self { channel: channel.id().unwrap_or_default(), publish, log, data }
    }

    fn one(channel: Channel, thing: &Due<impl Serialize>) -> Self {
        Self::new(channel, thing.due, thing.due, &thing.item)
    }
}

fn ends<T>(things: &[Due<T>]) -> Option<(SessionTime, SessionTime)> {
    Some((things.first()?.due, things.last()?.due))
}

/// The writer writes to memory and is asked for what is right: it does not fail.
fn in_memory<T>(done: Result<T, McapError>) {
    debug_assert!(done.is_ok(), "{:?}", done.err());
}

impl Contents {
    fn take(&mut self, segment: &Segment) {
        self.duration = self.duration.max(segment.end);
        let views = segment.state.views.iter().skip(self.views.len());
        self.views.extend(views.map(|view| view.name.to_string()));
        for camera in &segment.cameras {
            self.camera_entries += camera.entries.len() as u64;
            self.wordings += camera.wordings.len() as u64;
            for runs in camera.entries.chunk_by(|a, b| a.item.pose.anchor == b.item.pose.anchor) {
                let anchor = runs[0].item.pose.anchor.as_str();
                if !self.anchors.contains(anchor) {
                    self.anchors.insert(anchor.to_owned());
                }
            }
        }
        let is_script = |event: &&Due<_>| {
            matches!(event.item, crate::event::Event { kind: EventKind::Script { .. }, .. })
        };
        self.script_entries += segment.events.iter().filter(is_script).count() as u64;
        self.rules += segment.rules.len() as u64;
        if let (Some(first), Some(last)) = (segment.clock_keys.first(), segment.clock_keys.last()) {
            let start =
                self.sim_time_s.map_or(first.item.sim_time.as_tdb_secs(), |(start, _)| start);
            self.sim_time_s = Some((start, last.item.sim_time.as_tdb_secs()));
        }
    }
}

/// Memory that the writer fills and the encoder empties.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Sink {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
