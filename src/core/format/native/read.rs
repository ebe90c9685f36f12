//! A whole file into a recording: every segment that is whole, and what is wrong with the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use mcap::records::{Metadata, Record, op};

use crate::fault::Fault;
use crate::format::{Format, Imported, Mode, Unreadable};
use crate::property_track::PropertyChange;
use crate::recording::{Effects, Header, Recording, View};
use crate::time::{SessionSpan, SessionTime};
use crate::value::Easing;

use super::channels::{FORMAT_VERSION, PROFILE};
use super::decode::Decoder;
use super::encode::{END, HEAD};
use super::segment::{PropertyState, Segment};
use super::walk::{Broken, MAGIC, RawChunk, Walk};

/// Whether these are the bytes of an MCAP file.
pub fn is_native(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a whole file.
///
/// # Errors
/// Where it is no recording file, or nothing in it could be read.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    let mut reading = Reading::default();
    reading.walk(bytes);
    if let Some(refusal) = reading.refusal.take() {
        return Err(Unreadable(Box::new(refusal)));
    }
    let Reading { recording, mut faults, version, last, decoder, .. } = reading;
    if last.is_none() && !faults.is_empty() {
        return Err(Unreadable(Box::new(faults.swap_remove(0))));
    }
    faults.extend(decoder.unknown().iter().map(|id| {
        Fault::warning("a channel of a newer version is left out")
            .found(format!("channel {id}"), "a channel of version 1.0")
    }));
    Ok(Imported { format: Format::Native, version, mode: Mode::Binary, recording, faults })
}

/// A file on its way into a recording.
#[derive(Default)]
struct Reading {
    recording: Recording,
    faults: Vec<Fault>,
    refusal: Option<Fault>,
    version: String,
    decoder: Decoder,
    /// The number of the last segment that was read.
    last: Option<u32>,
    ended: bool,
}

impl Reading {
    fn walk(&mut self, bytes: &[u8]) {
        let mut walk = Walk::new(bytes, MAGIC.len(), 0);
        while let Some(record) = walk.next() {
            let record = match record {
                Ok(record) => record,
                Err(broken) => {
                    self.resume(bytes, &mut walk, broken);
                    continue;
                }
            };
            match record.op {
                op::HEADER if record.offset == MAGIC.len() as u64 => self.header(record.body),
                op::METADATA => self.metadata(record.offset, record.body),
                op::CHUNK => {
                    let is_whole = self.chunk(record.offset, record.body);
                    let after = walk.at();
                    // A chunk that was torn off claims the bytes that were written after it.
                    let from = usize::try_from(record.offset).unwrap_or(usize::MAX);
                    let inside = || (from + 1..after).find(|at| is_whole_chunk(bytes, *at));
                    if let Some(at) = (!is_whole).then(inside).flatten() {
                        walk.jump(at);
                    }
                }
                op::DATA_END => {
                    self.data_end(bytes, record.offset, record.body);
                    self.tail(bytes, walk.at());
                    return;
                }
                op::MESSAGE_INDEX | op::ATTACHMENT => {}
                // No record of the data section: its head was changed.
                _ => {
                    let broken = Broken { offset: record.offset, length: None, available: 0 };
                    let at = usize::try_from(record.offset).unwrap_or(usize::MAX);
                    walk.jump(at);
                    self.resume(bytes, &mut walk, broken);
                }
            }
            if self.refusal.is_some() {
                return;
            }
        }
        if !self.ended {
            self.faults.push(Fault::end_missing().at_offset(bytes.len() as u64));
        }
    }

    /// Goes on at the next chunk that is whole, if there is one.
    fn resume(&mut self, bytes: &[u8], walk: &mut Walk<'_>, broken: Broken) {
        let from = usize::try_from(broken.offset).unwrap_or(usize::MAX).saturating_add(1);
        let next = (from..bytes.len()).find(|at| is_whole_chunk(bytes, *at));
        let fault = match (broken.length, next) {
            (None, Some(_)) => Fault::loss("a record's head is damaged").at_offset(broken.offset),
            _ => broken.fault(),
        };
        self.faults.push(fault);
        walk.jump(next.unwrap_or(bytes.len()));
        self.ended |= next.is_none();
    }

    fn header(&mut self, body: &[u8]) {
        match mcap::parse_record(op::HEADER, body) {
            Ok(Record::Header(header)) if header.profile == PROFILE => {}
            Ok(Record::Header(header)) => {
                self.refusal = Some(
                    Fault::loss("this is an MCAP file, but not a recording of Skyreel's")
                        .at_offset(MAGIC.len() as u64)
                        .found(format!("profile '{}'", header.profile), "profile 'skyreel'"),
                );
            }
            _ => self
                .faults
                .push(Fault::loss("the file's head is damaged").at_offset(MAGIC.len() as u64)),
        }
    }

    fn metadata(&mut self, offset: u64, body: &[u8]) {
        let Ok(Record::Metadata(metadata)) = mcap::parse_record(op::METADATA, body) else {
            self.faults.push(Fault::loss("a record of metadata is damaged").at_offset(offset));
            return;
        };
        match metadata.name.as_str() {
            HEAD => self.head(offset, metadata),
            END => {
                if let Some(reason) = metadata.metadata.get("stopped") {
                    self.recording.header.title = stopped_title(&self.recording.header, reason);
                }
            }
            _ => {}
        }
    }

    fn head(&mut self, offset: u64, Metadata { metadata: mut fields, .. }: Metadata) {
        self.version = fields.remove("format_version").unwrap_or_default();
        let (major, minor) = FORMAT_VERSION;
        let known = format!("{major}.{minor}");
        let number = self.version.split_once('.').and_then(|(of_major, of_minor)| {
            Some((of_major.parse::<u32>().ok()?, of_minor.parse::<u32>().ok()?))
        });
        let fault = match number {
            Some((of_file, _)) if of_file > major => {
                self.refusal = Some(
                    Fault::loss("this recording needs a newer Skyreel")
                        .at_offset(offset)
                        .found(&*self.version, format!("version {known}")),
                );
                None
            }
            Some((_, of_file)) if of_file > minor => {
                Some(Fault::warning("a newer version wrote this; what it added is left out"))
            }
            Some((_, _)) => None,
            None => Some(Fault::loss("the version of the format cannot be read")),
        };
        self.faults.extend(fault.map(|fault| {
            fault.at_offset(offset).found(&*self.version, format!("version {known}"))
        }));
        self.recording.header = header_of(&mut fields);
    }

    /// False where it is damaged.
    fn chunk(&mut self, offset: u64, body: &[u8]) -> bool {
        match self.decoder.segment(body) {
            Ok(segment) => {
                let come = match self.last {
                    None => Come::First,
                    Some(last) if segment.number == last.saturating_add(1) => Come::Next,
                    // Written twice, because the first time seemed to fail.
                    Some(last) if segment.number <= last => return true,
                    Some(_) => Come::AfterGap,
                };
                self.last = Some(segment.number);
                absorb(&mut self.recording, segment, come, &mut self.faults);
                true
            }
            Err(fault) => {
                let when = RawChunk::parse(body).map(|chunk| {
                    let (start, end) =
                        (self.decoder.moment(chunk.start), self.decoder.moment(chunk.end));
                    format!("; {start} s to {end} s of the recording are lost")
                });
                let mut fault = fault.at_offset(offset);
                fault.message += &when.unwrap_or_default();
                self.faults.push(fault);
                false
            }
        }
    }

    /// Whether any byte up to here was changed, also of those that no other sum covers.
    fn data_end(&mut self, bytes: &[u8], offset: u64, body: &[u8]) {
        self.ended = true;
        let sum = match mcap::parse_record(op::DATA_END, body) {
            Ok(Record::DataEnd(end)) => end.data_section_crc,
            _ => 0,
        };
        let data = usize::try_from(offset).ok().and_then(|offset| bytes.get(..offset));
        let is_right = data.is_some_and(|data| crc32fast::hash(data) == sum);
        if !is_right && self.faults.is_empty() {
            self.faults.push(
                Fault::loss("bytes between the pieces were changed; every piece is whole")
                    .at_offset(offset)
                    .found("another checksum", format!("checksum {sum:08x}")),
            );
        }
    }

    /// The index after the data, which reading at once does not need.
    fn tail(&mut self, bytes: &[u8], at: usize) {
        if let Err(fault) = super::index::check(bytes, at) {
            self.faults.push(*fault);
        }
    }
}

/// A recording's title, marked where it was stopped by something else than its maker.
fn stopped_title(header: &Header, reason: &str) -> String {
    let mark = format!("[stopped: {reason}]");
    match header.title.as_str() {
        "" => mark,
        title if title.ends_with(&mark) => title.to_owned(),
        title => format!("{title} {mark}"),
    }
}

pub(super) fn header_of(fields: &mut BTreeMap<String, String>) -> Header {
    let mut text = |name: &str| fields.remove(name).unwrap_or_default();
    Header {
        title: text("title"),
        description: text("description"),
        author: text("author"),
        host: text("host"),
        created_utc: text("created_utc"),
        program: text("program"),
        scene: text("scene"),
        scene_hash: text("scene_hash"),
        effects: match text("effects").as_str() {
            "Recorded" => Effects::Recorded,
            _ => Effects::OfScripts,
        },
    }
}

/// Whether a chunk begins here that unpacks to what it says.
fn is_whole_chunk(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&op::CHUNK)
        && match Walk::new(bytes, at, 0).next() {
            Some(Ok(record)) => RawChunk::parse(record.body).is_some_and(|c| c.unpack().is_ok()),
            _ => false,
        }
}

/// How a segment comes to what was read before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Come {
    First,
    Next,
    AfterGap,
}

/// Adds a segment to the recording that the segments before it have grown into.
fn absorb(recording: &mut Recording, segment: Segment, come: Come, faults: &mut Vec<Fault>) {
    let Segment { state, cameras, clock_keys, clock_changes, changes, rules, events, .. } = segment;
    for head in state.views.iter().skip(recording.views.len()) {
        recording.views.push(View { vfov_deg: head.vfov_deg, ..View::new(&head.name) });
    }
    if come != Come::Next {
        take_state(recording, state.at, state.properties);
    }
    for (view, camera) in cameras.into_iter().enumerate() {
        let Some(view) = recording.views.get_mut(view) else {
            faults.push(Fault::loss("camera entries of a view that is not listed are left out"));
            continue;
        };
        for entry in camera.entries {
            let (seq, entry) = (entry.item.seq, entry.item);
            if let Err(error) = view.camera.push(entry) {
                let fault = Fault::loss("a camera entry is left out").at_entry(seq);
                faults.push(fault.found(error.to_string(), "finite numbers"));
            }
        }
        view.wordings.extend(camera.wordings);
    }
    clock_keys.into_iter().for_each(|key| recording.clock.push_key(key.item));
    clock_changes.into_iter().for_each(|change| recording.clock.push_change(change.item));
    changes.into_iter().for_each(|c| recording.push_property(&c.item.path, c.item.change));
    recording.rules.extend(rules.into_iter().map(|rule| rule.item));
    recording.events.extend(events.into_iter().map(|event| event.item));
}

/// Takes over what a state says of properties: as the baseline at the beginning, as changes after a
/// gap, so that what was lost is lost for the time of the gap alone.
fn take_state(
    recording: &mut Recording,
    at: SessionTime,
    properties: BTreeMap<Arc<str>, PropertyState>,
) {
    let seq = recording.next_sequence();
    for (path, PropertyState { value, under_way }) in properties {
        if let Some(value) = value {
            let known = match recording.properties.get(&path) {
                Some(track) => track.sample(at, recording.baseline.get(&path)),
                None => recording.baseline.get(&path).cloned(),
            };
            if known.is_none() {
                recording.baseline.insert(Arc::clone(&path), value);
            } else if known.as_ref() != Some(&value) {
                let (duration, easing) = (SessionSpan::ZERO, Easing::Linear);
                let change = PropertyChange { seq, stamp: at, value, duration, easing };
                recording.push_property(&path, change);
            }
        }
        if let Some(change) = under_way {
            recording.push_property(&path, change.item);
        }
    }
}
