//! The bytes of one chunk into a segment.

use mcap::records::op;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::rule::Rule;
use crate::time::SessionTime;
use crate::value::Value;

use super::Malformed;
use super::camera_block::CameraBlock;
use super::channels::Channel;
use super::clock_block::ClockBlock;
use super::column::MOST_ROWS;
use super::segment::{Due, NamedChange, Segment, State};
use super::walk::{RawChunk, RawMessage, Walk};

/// How many camera entries and clock keys a segment may have. A block of equal rows takes a few bytes,
/// however many there are; so that is bounded, and with it the memory that a chunk can ask for.
const MOST_SEGMENT_ROWS: usize = MOST_ROWS;

/// Reads the segments of one file, and remembers what it did not understand.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    origin: Option<i64>,
    unknown: Vec<u16>,
    left_out: u64,
}

impl Decoder {
    /// The segment of a chunk.
    ///
    /// # Errors
    /// Where it is damaged; nothing of it is taken then, for its sum covers all of it.
    pub fn segment(&mut self, chunk: &RawChunk<'_>) -> Result<Segment, Box<Fault>> {
        let bytes = chunk.unpack()?;
        let mut segment = Segment::default();
        let mut state = None;
        let mut end = 0;
        let mut clock = None;
        let mut cameras = Vec::new();
        for record in Walk::new(&bytes, 0, 0) {
            let record = record.map_err(|broken| Box::new(broken.fault()))?;
            if record.op != op::MESSAGE {
                continue;
            }
            let Some(message) = RawMessage::parse(record.body) else {
                return Err(Box::new(Fault::loss("a message's head is damaged")));
            };
            end = end.max(message.log_time);
            let due = self.moment(message.publish_time);
            match Channel::of_id(message.channel) {
                Some(Channel::State) => {
                    let now: State = parse(Channel::State, message.data)?;
                    let origin = now.at.as_nanos().wrapping_sub(message.publish_time as i64);
                    self.origin.get_or_insert(origin);
                    segment.number = message.sequence;
                    state = Some(now);
                }
                Some(channel @ Channel::ClockKeys) => {
                    clock = Some(parse::<ClockBlock>(channel, message.data)?);
                }
                Some(channel @ Channel::Camera(view)) => {
                    cameras.push((view, parse::<CameraBlock>(channel, message.data)?));
                }
                Some(channel @ Channel::ClockChanges) => {
                    let item = parse(channel, message.data)?;
                    segment.clock_changes.push(Due { due, item });
                }
                Some(channel @ Channel::Properties) => {
                    let item: NamedChange = parse(channel, message.data)?;
                    if self.is_finite(&item.change.value) {
                        segment.changes.push(Due { due, item });
                    }
                }
                Some(channel @ Channel::Rules) => {
                    let item: Rule = parse(channel, message.data)?;
                    if self.is_finite(&item.value) {
                        segment.rules.push(Due { due, item });
                    }
                }
                Some(channel @ Channel::Events) => {
                    let item = parse(channel, message.data)?;
                    segment.events.push(Due { due, item });
                }
                None if self.unknown.contains(&message.channel) => {}
                None => self.unknown.push(message.channel),
            }
        }
        let Some(state) = state else {
            return Err(Box::new(Fault::loss("a piece has no state to begin with")));
        };
        segment.state = self.finite(state);
        let rows = clock.iter().map(ClockBlock::rows);
        let rows = rows.chain(cameras.iter().map(|(_, block)| block.rows()));
        let rows = rows.fold(0, usize::saturating_add);
        if rows > MOST_SEGMENT_ROWS {
            let fault = Fault::loss("a piece has more entries than any that is written");
            let most = format!("at most {MOST_SEGMENT_ROWS} rows");
            return Err(Box::new(fault.found(format!("{rows} rows"), most)));
        }
        if let Some(block) = clock {
            segment.clock_keys = block.unpack().map_err(|e| explain(Channel::ClockKeys, &e))?;
        }
        for (view, block) in cameras {
            let unpacked = block.unpack(&segment.clock_keys, segment.state.pose(usize::from(view)));
            *segment.camera_mut(usize::from(view)) =
                unpacked.map_err(|e| explain(Channel::Camera(view), &e))?;
        }
        segment.end = self.moment(end);
        Ok(segment)
    }

    /// Channels that were left out, by id.
    pub fn unknown(&self) -> &[u16] {
        &self.unknown
    }

    /// How many values were left out, for they had numbers that are not finite.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The moment that a time in the file stands for. The state of the first segment read says so,
    /// for it names its moment itself.
    pub(super) fn moment(&self, log_time: u64) -> SessionTime {
        let origin = self.origin.unwrap_or_default();
        SessionTime::from_nanos((log_time as i64).wrapping_add(origin))
    }

    fn is_finite(&mut self, value: &Value) -> bool {
        self.left_out += u64::from(!value.is_finite());
        value.is_finite()
    }

    /// The state without numbers that no frame may have.
    fn finite(&mut self, mut state: State) -> State {
        for view in &mut state.views {
            let vfov_deg = view.vfov_deg.filter(|v| *v > 0.0 && *v < 180.0);
            self.left_out += u64::from(vfov_deg.is_none() && view.vfov_deg.is_some());
            view.vfov_deg = vfov_deg;
        }
        if !state.rate.is_finite() {
            (state.rate, self.left_out) = (1.0, self.left_out + 1);
        }
        state.properties.retain(|_, value| self.is_finite(value));
        state.under_way.retain(|_, change| self.is_finite(&change.item.value));
        state
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
