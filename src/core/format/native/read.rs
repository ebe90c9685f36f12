//! A whole file into a recording: every segment that is whole, and what is wrong with the rest.

use mcap::records::op;

use crate::fault::{Fault, Severity};
use crate::format::{Format, Imported, Mode, Unreadable};
use crate::time::SessionTime;

use super::attachment::Attachment;
use super::channels::PROFILE;
use super::decode::Decoder;
use super::grow::{Come, Growing};
use super::index;
use super::metadata::{END, HEAD, Named};
use super::segment::Segment;
use super::walk::{MAGIC, RECORD_HEAD, RawChunk, RawRecord, Reader, Walk};

/// How many faults are told one by one.
const MOST_FAULTS: usize = 1000;

/// Whether these are the bytes of an MCAP file.
pub fn is_native(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a whole file.
///
/// # Errors
/// Where it is no recording file, or nothing in it could be read.
pub fn read(bytes: &[u8]) -> Result<Imported, Unreadable> {
    read_with_reach(bytes).0
}

/// How far the segments of a file go that could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The number that the segment after the last one has, counted from 0.
    pub next_segment: u32,
    /// Where the last one begins in the file.
    pub last_offset: u64,
}

/// Reads a whole file, and tells how far it goes.
pub fn read_with_reach(bytes: &[u8]) -> (Result<Imported, Unreadable>, Reach) {
    let mut reading = Reading {
        bytes,
        growing: Growing::default(),
        faults: Vec::new(),
        told_less: 0,
        refusal: None,
        foreign: None,
        version: None,
        decoder: Decoder::default(),
        reach: Reach::default(),
        segments: 0,
        gap: Vec::new(),
        said_end: None,
        // Damage seldom needs more than a look at every byte; a hostile file could ask for the square.
        search_budget: (64 << 20) + 16 * bytes.len() as u64,
    };
    reading.walk();
    let reach = reading.reach;
    (reading.finish(), reach)
}

/// A file on its way into a recording.
struct Reading<'a> {
    bytes: &'a [u8],
    growing: Growing,
    faults: Vec<Fault>,
    /// Faults beyond those.
    told_less: u64,
    refusal: Option<Fault>,
    /// The refusal of a file of another profile, unless it turns out to be ours.
    foreign: Option<Fault>,
    version: Option<String>,
    decoder: Decoder,
    reach: Reach,
    segments: u64,
    /// The faults since the last segment, which may have cost some; and whether nothing else.
    gap: Vec<(usize, bool)>,
    /// When the recording ends, as its end says.
    said_end: Option<SessionTime>,
    search_budget: u64,
}

impl Reading<'_> {
    fn walk(&mut self) {
        let mut walk = Walk::new(self.bytes, MAGIC.len(), 0);
        while let Some(record) = walk.next() {
            let damage = match record {
                Ok(record) if record.op == op::DATA_END && record.body.len() == 4 => {
                    self.data_end(record.offset, record.body);
                    if let Err(fault) = index::check(self.bytes, walk.at()) {
                        self.tell(*fault);
                    }
                    return;
                }
                Ok(record) => {
                    let (damage, is_whole) = self.record(record);
                    let inside = record.offset as usize + 1..walk.at();
                    // A chunk that was torn off claims the bytes that were written after it.
                    if let Some(next) = inside.into_iter().find(|at| !is_whole && self.is_sure(*at))
                    {
                        walk.jump(next);
                    }
                    damage
                }
                Err(broken) => Some(broken.fault()),
            };
            if let Some(damage) = damage {
                let offset = damage.offset.unwrap_or_default();
                if !self.resume(&mut walk, offset as usize, damage) {
                    return;
                }
            }
            if self.refusal.is_some() {
                return;
            }
        }
        if !tail_is_there(self.bytes) {
            self.not_ended(self.bytes.len() as u64, "the end of the file".to_owned());
        }
    }

    /// Takes a record; gives the fault of one that is not what it should be, and whether what it holds
    /// is whole.
    fn record(&mut self, record: RawRecord<'_>) -> (Option<Fault>, bool) {
        let RawRecord { op, offset, body } = record;
        let mut is_whole = true;
        let is_right = match op {
            op::HEADER if offset == MAGIC.len() as u64 => self.header(body),
            op::METADATA => Named::parse(body).is_some_and(|named| {
                self.metadata(offset, named);
                true
            }),
            op::CHUNK => RawChunk::parse(body).is_some_and(|chunk| {
                is_whole = self.chunk(offset, &chunk);
                true
            }),
            op::MESSAGE_INDEX => is_message_index(body),
            op::ATTACHMENT => Attachment::parse(body).is_some(),
            // Others may add records of their own, and so may newer versions.
            0x80.. => RawChunk::parse(body).is_none(),
            _ => false,
        };
        let damage = || Fault::loss("a record's head is damaged").at_offset(offset);
        ((!is_right).then(damage), is_whole)
    }

    /// Goes on after damage, from the next record that is surely one; false where there is none.
    fn resume(&mut self, walk: &mut Walk<'_>, from: usize, mut damage: Fault) -> bool {
        let bytes = self.bytes;
        // What the record holds may be whole.
        let inside = bytes.get(from + RECORD_HEAD..).and_then(RawChunk::first);
        if let Some((chunk, rest)) = inside.filter(|(chunk, _)| chunk.has_sum())
            && chunk.unpack().is_ok()
        {
            damage.message = "a piece's head is damaged; the piece is whole".to_owned();
            self.tell(damage);
            self.chunk(from as u64, &chunk);
            walk.jump(bytes.len() - rest.len());
            return true;
        }
        let next = (from + 1..bytes.len()).find(|at| self.is_sure(*at));
        match next {
            Some(next) => {
                damage.message = "a record's head is damaged".to_owned();
                self.tell_gap(damage);
                walk.jump(next);
            }
            None if tail_is_there(bytes) => self.tell_gap(damage),
            None => {
                let found = format!("{} bytes of a record", bytes.len() - from);
                self.not_ended(from as u64, found);
            }
        }
        next.is_some()
    }

    /// Whether a record begins here that could hardly be one by chance.
    fn is_sure(&mut self, at: usize) -> bool {
        let bytes = self.bytes;
        let kind = bytes[at];
        if ![op::CHUNK, op::METADATA, op::DATA_END].contains(&kind) {
            return false;
        }
        let Some(Ok(record)) = Walk::new(bytes, at, 0).next() else { return false };
        match kind {
            op::CHUNK => RawChunk::parse(record.body).is_some_and(|chunk| {
                let left = self.search_budget.checked_sub(chunk.size());
                self.search_budget = left.unwrap_or_default();
                left.is_some() && chunk.has_sum() && chunk.unpack().is_ok()
            }),
            op::METADATA => Named::parse(record.body).is_some_and(|named| named.is_whole()),
            _ => record.body.len() == 4,
        }
    }

    fn header(&mut self, body: &[u8]) -> bool {
        let mut reader = Reader(body);
        let (Some(profile), Some(_), []) = (reader.string(), reader.text(), reader.0) else {
            return false;
        };
        if profile != PROFILE {
            self.foreign = Some(
                Fault::loss("this is an MCAP file, but not a recording of Skyreel's")
                    .at_offset(MAGIC.len() as u64)
                    .found(format!("profile '{profile}'"), format!("profile '{PROFILE}'")),
            );
        }
        true
    }

    fn metadata(&mut self, offset: u64, named: Named) {
        let is_ours = [HEAD, END].contains(&named.name.as_str());
        if is_ours && !named.is_whole() {
            let fault = Fault::loss("what is said of the whole recording was changed");
            self.tell(fault.at_offset(offset).found("another checksum", "that of the metadata"));
        }
        match named.name.as_str() {
            HEAD => self.head(offset, named),
            END => {
                if let Some(reason) = named.fields.get("stopped") {
                    self.growing.recording.header.mark_stopped(reason);
                }
                if named.is_whole() {
                    self.said_end = named.into_contents().map(|(contents, _)| contents.duration);
                }
            }
            _ => {}
        }
    }

    fn head(&mut self, offset: u64, mut named: Named) {
        if let Some(fault) = self.foreign.take() {
            self.tell(fault);
        }
        match named.check_version() {
            Ok(remark) => remark.into_iter().for_each(|fault| self.tell(fault.at_offset(offset))),
            Err(refusal) => self.refusal = Some(refusal.at_offset(offset)),
        }
        self.version = Some(named.take("format_version"));
        self.growing.recording.header = named.into_header();
    }

    /// Whether it is whole.
    fn chunk(&mut self, offset: u64, chunk: &RawChunk<'_>) -> bool {
        if let Some(foreign) = self.foreign.take() {
            self.refusal = Some(foreign);
            return true;
        }
        match self.decoder.segment(chunk) {
            // Written twice, because the first time seemed to fail.
            Ok(segment) if segment.number < self.reach.next_segment => {}
            Ok(segment) => self.segment(offset, segment),
            Err(fault) => {
                self.gap.push((self.faults.len(), true));
                self.tell(fault.at_offset(offset));
                return false;
            }
        }
        true
    }

    fn segment(&mut self, offset: u64, segment: Segment) {
        let number = segment.number;
        let is_next = number == self.reach.next_segment;
        let come = match (self.segments, is_next) {
            (0, _) => Come::First,
            (_, true) => Come::Next,
            (_, false) => Come::AfterGap,
        };
        if !is_next {
            let to = segment.state.at;
            let lost = match self.growing.end {
                Some(from) => format!("{from} s to {to} s of the recording are lost"),
                None => format!("everything before {to} s of the recording is lost"),
            };
            if self.gap.is_empty() {
                let fault = Fault::loss("pieces are missing").at_offset(offset);
                self.tell_gap(fault.found(
                    format!("piece {number}"),
                    format!("piece {}", self.reach.next_segment),
                ));
            }
            self.explain_gap(&lost);
        }
        for (index, is_all) in std::mem::take(&mut self.gap) {
            if let Some(fault) = self.faults.get_mut(index).filter(|_| is_all) {
                fault.severity = Severity::Warning;
                fault.message = format!("{}; no piece of the recording is lost", fault.message);
            }
        }
        self.reach = Reach { next_segment: number.saturating_add(1), last_offset: offset };
        self.segments += 1;
        let mut faults = Vec::new();
        self.growing.add(segment, come, &mut faults);
        faults.into_iter().for_each(|fault| self.tell(fault.at_offset(offset)));
    }

    /// Whether any byte up to here was changed, also of those that no other sum covers.
    fn data_end(&mut self, offset: u64, body: &[u8]) {
        let sum = Reader(body).u32().unwrap_or_default();
        let data = usize::try_from(offset).ok().and_then(|offset| self.bytes.get(..offset));
        let is_right = data.is_some_and(|data| crc32fast::hash(data) == sum);
        if !is_right && !self.faults.iter().any(|fault| fault.severity == Severity::Loss) {
            self.tell(
                Fault::loss("bytes between the pieces were changed")
                    .at_offset(offset)
                    .found("another checksum", format!("checksum {sum:08x}")),
            );
        }
    }

    fn not_ended(&mut self, offset: u64, found: String) {
        let mut fault = Fault::end_missing().at_offset(offset);
        fault.found = found;
        if let Some(end) = self.growing.end {
            fault.message =
                format!("the recording was not ended; what there is up to {end} s is whole");
        }
        self.tell(fault);
    }

    fn tell(&mut self, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        } else {
            self.told_less += 1;
        }
    }

    /// Tells a fault that may have cost segments.
    fn tell_gap(&mut self, fault: Fault) {
        self.gap.push((self.faults.len(), false));
        self.tell(fault);
    }

    fn explain_gap(&mut self, lost: &str) {
        for (index, _) in std::mem::take(&mut self.gap) {
            if let Some(fault) = self.faults.get_mut(index) {
                fault.message = format!("{}; {lost}", fault.message);
            }
        }
    }

    /// What is lost behind the last segment that could be read.
    fn look_behind(&mut self) {
        let of_index = index::of(self.bytes).ok().map(|(index, _)| index.segments);
        let of_index = of_index.map(|segments| {
            let is_more = segments.len() as u64 > u64::from(self.reach.next_segment);
            segments.last().filter(|_| is_more).map(|last| self.decoder.moment(last.end))
        });
        let of_end = self.said_end.filter(|said| self.growing.end.is_none_or(|end| end < *said));
        let from = self.growing.end.map_or("the beginning".to_owned(), |end| format!("{end} s"));
        match of_index.unwrap_or(of_end) {
            Some(to) => {
                if self.gap.is_empty() {
                    let fault =
                        Fault::loss("pieces are missing").at_offset(self.bytes.len() as u64);
                    self.tell_gap(
                        fault.found(format!("{} pieces", self.reach.next_segment), "more pieces"),
                    );
                }
                self.explain_gap(&format!("{from} to {to} s of the recording are lost"));
            }
            None if of_index.is_some() || self.said_end.is_some() => {}
            None => self.explain_gap(&format!("what came after {from} of the recording is lost")),
        }
    }

    fn finish(mut self) -> Result<Imported, Unreadable> {
        if let Some(refusal) = self.refusal.take().or(self.foreign.take()) {
            return Err(Unreadable(Box::new(refusal)));
        }
        self.look_behind();
        if self.segments == 0 {
            let none = || Fault::loss("there is no recording in the file").at_offset(0);
            let mut losses = self.faults.into_iter().filter(|f| f.severity == Severity::Loss);
            let fault = losses.next().unwrap_or_else(none);
            return Err(Unreadable(Box::new(fault)));
        }
        if self.version.is_none() {
            let fault = Fault::loss("who recorded this, where and when, cannot be read");
            self.tell(fault.at_offset(MAGIC.len() as u64).found("no metadata", HEAD));
        }
        let (unknown, left_out) = (self.decoder.unknown().to_vec(), self.decoder.left_out());
        for id in unknown {
            let fault = Fault::warning("a channel of a newer version is left out");
            self.tell(fault.found(format!("channel {id}"), "a channel of version 1.0"));
        }
        if left_out > 0 {
            let fault = Fault::loss(format!("{left_out} values are left out"));
            self.tell(fault.found("numbers that are not finite", "finite numbers"));
        }
        if self.told_less > 0 {
            let more = format!("{} more faults are not told one by one", self.told_less);
            self.faults.push(Fault::loss(more));
        }
        Ok(Imported {
            format: Format::Native,
            version: self.version.unwrap_or_default(),
            mode: Mode::Binary,
            recording: self.growing.recording,
            faults: self.faults,
        })
    }
}

/// <https://mcap.dev/spec#message-index-op0x07>
fn is_message_index(body: &[u8]) -> bool {
    let mut reader = Reader(body);
    let places = reader.u16().and_then(|_| reader.text());
    reader.0.is_empty() && places.is_some_and(|places| places.len().is_multiple_of(16))
}

fn tail_is_there(bytes: &[u8]) -> bool {
    index::is_ended(bytes, bytes.len() as u64)
}
