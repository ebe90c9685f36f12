//! The bytes of one chunk into a segment.

use mcap::records::op;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::time::SessionTime;

use super::Malformed;
use super::camera_block::CameraBlock;
use super::channels::Channel;
use super::clock_block::ClockBlock;
use super::segment::{Due, Segment};
use super::walk::{RawChunk, RawMessage, Walk};

/// Reads the segments of one file, and remembers what it did not understand.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    origin: Option<i64>,
    unknown: Vec<u16>,
}

impl Decoder {
    /// The segment of a chunk record's body.
    ///
    /// # Errors
    /// Where it is damaged; nothing of it is taken then, for its sum covers all of it.
    pub fn segment(&mut self, chunk: &[u8]) -> Result<Segment, Box<Fault>> {
        let Some(chunk) = RawChunk::parse(chunk) else {
            return Err(Box::new(Fault::loss("a piece's head is damaged")));
        };
        let bytes = chunk.unpack()?;
        let mut segment = Segment::default();
        let mut has_state = false;
        let mut cameras = Vec::new();
        for record in Walk::new(&bytes, 0, 0) {
            let record = record.map_err(|broken| Box::new(broken.fault()))?;
            if record.op != op::MESSAGE {
                continue;
            }
            let Some(message) = RawMessage::parse(record.body) else {
                return Err(Box::new(Fault::loss("a message's head is damaged")));
            };
            let due = |decoder: &Self| decoder.moment(message.publish_time);
            match Channel::of_id(message.channel) {
                Some(Channel::State) => {
                    segment.state = parse(Channel::State, message.data)?;
                    let at = segment.state.at.as_nanos();
                    self.origin.get_or_insert(at.wrapping_sub(chunk.start as i64));
                    segment.number = message.sequence;
                    has_state = true;
                }
                Some(channel @ Channel::ClockKeys) => {
                    let block: ClockBlock = parse(channel, message.data)?;
                    segment.clock_keys = block.unpack().map_err(|e| explain(channel, &e))?;
                }
                Some(channel @ Channel::Camera(view)) => {
                    cameras.push((view, parse::<CameraBlock>(channel, message.data)?));
                }
                Some(channel @ Channel::ClockChanges) => {
                    let item = parse(channel, message.data)?;
                    segment.clock_changes.push(Due { due: due(self), item });
                }
                Some(channel @ Channel::Properties) => {
                    let item = parse(channel, message.data)?;
                    segment.changes.push(Due { due: due(self), item });
                }
                Some(channel @ Channel::Rules) => {
                    let item = parse(channel, message.data)?;
                    segment.rules.push(Due { due: due(self), item });
                }
                Some(channel @ Channel::Events) => {
                    let item = parse(channel, message.data)?;
                    segment.events.push(Due { due: due(self), item });
                }
                None if self.unknown.contains(&message.channel) => {}
                None => self.unknown.push(message.channel),
            }
        }
        if !has_state {
            return Err(Box::new(Fault::loss("a piece has no state to begin with")));
        }
        for (view, block) in cameras {
            let unpacked = block.unpack(&segment.clock_keys, segment.state.pose(usize::from(view)));
            *segment.camera_mut(usize::from(view)) =
                unpacked.map_err(|e| explain(Channel::Camera(view), &e))?;
        }
        segment.end = self.moment(chunk.end);
        Ok(segment)
    }

    /// Channels that were left out, by id.
    pub fn unknown(&self) -> &[u16] {
        &self.unknown
    }

    /// The moment that a time in the file stands for. The state of the first segment read says so,
    /// for it names its moment itself.
    pub(super) fn moment(&self, log_time: u64) -> SessionTime {
        let origin = self.origin.unwrap_or_default();
        SessionTime::from_nanos((log_time as i64).wrapping_add(origin))
    }
}

fn parse<T: DeserializeOwned>(channel: Channel, data: &[u8]) -> Result<T, Box<Fault>> {
    rmp_serde::from_slice(data).map_err(|error| {
        let fault = Fault::loss(format!("a message on '{}' cannot be read", channel.topic()));
        Box::new(fault.found(error.to_string(), channel.schema()))
    })
}

fn explain(channel: Channel, error: &Malformed) -> Box<Fault> {
    let fault = Fault::loss(format!("a block on '{}' cannot be read", channel.topic()));
    Box::new(fault.found(&*error.found, error.expected))
}
