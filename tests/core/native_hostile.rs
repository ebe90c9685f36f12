//! Files that nobody's writer wrote: lengths that lie, sums that fit rubbish, versions to come. None
//! brings the reader down or makes it take much memory, and what it refuses it refuses by name.

use std::collections::BTreeMap;

use allocation_counter::measure;
use mcap::records::{MessageHeader, Metadata};
use mcap::write::NoSeek;
use mcap::{WriteOptions, Writer};
use proptest::prelude::*;
use rmpv::Value as Any;
use skyreel_core::fault::Severity;
use skyreel_core::format::native::{Channel, Reel, ReelError};
use skyreel_core::format::{self, Imported};
use skyreel_core::recording::Recording;
use skyreel_core::sample::sample;

use crate::native::Memory;
use crate::native_damage::look;
use crate::native_file::{bit_of_everything, moments, record_bytes, small};
use crate::support::s;

/// A message with what MCAP says of it.
#[derive(Clone)]
struct Message {
    header: MessageHeader,
    data: Vec<u8>,
}

/// What is in a file, to be changed and written anew with sums and an index that fit.
#[derive(Clone)]
struct Parts {
    profile: String,
    metadata: Vec<Metadata>,
    segments: Vec<Vec<Message>>,
}

impl Parts {
    fn of(file: &[u8]) -> Self {
        let mut segments: Vec<Vec<Message>> = Vec::new();
        for message in mcap::MessageStream::new(file).unwrap() {
            let message = message.unwrap();
            let header = MessageHeader {
                channel_id: message.channel.id,
                sequence: message.sequence,
                log_time: message.log_time,
                publish_time: message.publish_time,
            };
            segments.resize_with(message.sequence as usize + 1, Vec::new);
            let data = message.data.into_owned();
            segments.last_mut().unwrap().push(Message { header, data });
        }
        let mut metadata = Vec::new();
        for record in mcap::read::LinearReader::new(file).unwrap() {
            if let Ok(mcap::records::Record::Metadata(record)) = record {
                metadata.push(record);
            }
        }
        Self { profile: "skyreel".into(), metadata, segments }
    }

    fn written(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let options = WriteOptions::new().profile(&*self.profile).chunk_size(None);
        let mut writer: Writer<_> =
            options.disable_seeking(true).create(NoSeek::new(&mut file)).unwrap();
        let (end, head) = self.metadata.split_last().unwrap();
        head.iter().for_each(|record| writer.write_metadata(record).unwrap());
        for segment in &self.segments {
            for message in segment {
                let id = message.header.channel_id;
                writer.add_schema_with_id(1, "any", "", b"").unwrap();
                let topic = format!("{id}");
                writer.add_channel_with_id(id, 1, &topic, "msgpack", &BTreeMap::new()).unwrap();
                writer.write_to_known_channel(&message.header, &message.data).unwrap();
            }
            writer.flush().unwrap();
        }
        writer.write_metadata(end).unwrap();
        writer.finish().unwrap();
        drop(writer);
        file
    }

    fn edit(&mut self, key: &str, value: &str) {
        let head = &mut self.metadata[0];
        head.metadata.insert(key.to_owned(), value.to_owned());
        let mut sum = crc32fast::Hasher::new();
        let fields = head.metadata.iter().filter(|(key, _)| *key != "crc32");
        let texts = fields.flat_map(|(key, value)| [key, value]);
        for text in [&head.name].into_iter().chain(texts) {
            sum.update(text.as_bytes());
            sum.update(&[0]);
        }
        head.metadata.insert("crc32".into(), format!("{:08x}", sum.finalize()));
    }
}

fn parts() -> (Recording, Parts) {
    let small = small(bit_of_everything());
    (small.recording, Parts::of(&small.file))
}

fn read_within_bounds(file: &[u8]) -> Option<Imported> {
    look(file, &[s(-1.0), s(3.0), s(14.0), s(29.0)]).whole
}

#[test]
fn a_file_written_anew_by_another_program_is_the_same_recording() {
    let (recording, parts) = parts();
    let file = parts.written();
    let imported = format::read(&file).unwrap();
    assert_eq!(imported.faults, []);
    assert_eq!(imported.recording, recording);
    let mut reel = Reel::open(Memory(file)).unwrap();
    for t in moments() {
        assert_eq!(reel.frame(t).unwrap(), sample(&recording, t));
    }
}

#[test]
fn an_mcap_file_of_something_else_is_refused_by_its_profile() {
    for profile in ["", "ros2", "Skyreel"] {
        let (_, mut parts) = parts();
        parts.profile = profile.into();
        parts.metadata[0].name = "else".into();
        let fault = format::read(&parts.written()).unwrap_err().0;
        assert_eq!(fault.found, format!("profile '{profile}'"));
        assert_eq!(fault.expected, "profile 'skyreel'");
    }
}

#[test]
fn an_empty_mcap_file_is_refused() {
    for (profile, message) in [("", "not a recording of Skyreel's"), ("skyreel", "no recording")] {
        let mut file = Vec::new();
        let options = WriteOptions::new().profile(profile);
        let mut writer = options.create(NoSeek::new(&mut file)).unwrap();
        writer.finish().unwrap();
        drop(writer);
        let fault = format::read(&file).unwrap_err().0;
        assert!(fault.message.contains(message), "{fault}");
        assert!(Reel::open(Memory(file)).is_err());
    }
    assert!(format::read(b"\x89MCAP0\r\n").is_err());
    assert!(format::read(b"\x89MCAP0\r\n\x89MCAP0\r\n").is_err());
}

#[test]
fn a_newer_minor_version_is_read_with_a_warning_and_a_newer_major_one_refused_by_name() {
    let (recording, mut parts) = parts();
    parts.edit("format_version", "1.7");
    let file = parts.written();
    let imported = format::read(&file).unwrap();
    let [fault] = &imported.faults[..] else { panic!("{:?}", imported.faults) };
    assert_eq!(fault.severity, Severity::Warning);
    assert_eq!((&*fault.found, &*fault.expected), ("version '1.7'", "version '1.1'"));
    assert_eq!(imported.version, "1.7");
    assert_eq!(imported.recording, recording);
    assert!(Reel::open(Memory(file)).is_ok());

    parts.edit("format_version", "2.0");
    let file = parts.written();
    let fault = format::read(&file).unwrap_err().0;
    assert_eq!((&*fault.found, &*fault.expected), ("version '2.0'", "version '1.1'"));
    let Err(ReelError::Damaged(fault)) = Reel::open(Memory(file)) else { panic!("it is opened") };
    assert!(fault.message.contains("newer Skyreel"), "{fault}");
}

#[test]
fn what_a_newer_version_added_is_left_out_with_a_warning() {
    let (recording, mut parts) = parts();
    parts.edit("a_new_key", "of 1.1");
    let mut added = parts.segments[1][0].clone();
    added.header.channel_id = 9;
    added.data = b"whatever".to_vec();
    parts.segments[1].push(added);
    // A field that this version does not know, in every message.
    for message in parts.segments.iter_mut().flatten() {
        if message.header.channel_id == 9 {
            continue;
        }
        let mut value = decoded(&message.data);
        let Any::Map(fields) = &mut value else { panic!("{value}") };
        fields.push(("new".into(), Any::Array(vec![Any::Map(vec![("x".into(), 1.into())])])));
        message.data = bytes(&value);
    }
    let file = parts.written();
    let imported = format::read(&file).unwrap();
    let [fault] = &imported.faults[..] else { panic!("{:?}", imported.faults) };
    assert_eq!(fault.severity, Severity::Warning);
    assert_eq!(fault.found, "channel 9");
    assert_eq!(imported.recording, recording);
    let mut reel = Reel::open(Memory(file)).unwrap();
    assert_eq!(reel.frame(s(14.0)).unwrap(), sample(&recording, s(14.0)));
}

fn decoded(data: &[u8]) -> Any {
    rmpv::decode::read_value(&mut &data[..]).unwrap()
}

fn bytes(value: &Any) -> Vec<u8> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).unwrap();
    bytes
}

#[test]
fn a_lie_of_a_length_anywhere_reserves_nothing() {
    let small = small(bit_of_everything());
    let mut most = 0;
    for at in 0..small.file.len() - 8 {
        let lies = [&[0xff; 8][..], &[0xff; 4], &[0xff, 0xff, 0xff, 0x7f], &[0; 8]];
        for lie in &lies[..if at % 4 == 0 { 4 } else { 2 }] {
            let mut file = small.file.clone();
            file[at..at + lie.len()].copy_from_slice(lie);
            let mut read = None;
            let source = Memory(file.clone());
            let used = measure(|| read = Some((format::read(&file).is_ok(), Reel::open(source))));
            most = most.max(used.bytes_max);
        }
    }
    println!("at most {most} bytes of memory");
    // Decompressors and what was read.
    assert!(most < 4 << 20, "{most} bytes of memory");
}

#[test]
fn numbers_of_rows_that_no_block_has_are_refused() {
    for rows in [0, 65_537, 1 << 40, u64::MAX] {
        for channel in [Channel::ClockKeys, Channel::Camera(0)] {
            let (_, mut parts) = parts();
            let block = of_channel(&mut parts, channel);
            set(block, "rows", rows.into());
            let imported = read_within_bounds(&parts.written()).unwrap();
            let fault = &imported.faults[0];
            assert!(fault.message.contains("everything before 12 s"), "{rows}: {fault}");
            assert!(fault.found.contains("rows") || fault.found.contains("integer"), "{fault}");
        }
    }
}

/// The first message of a channel in the first segment.
fn of_channel(parts: &mut Parts, channel: Channel) -> &mut Message {
    let id = channel.id().unwrap();
    parts.segments[0].iter_mut().find(|message| message.header.channel_id == id).unwrap()
}

fn set(message: &mut Message, field: &str, to: Any) {
    let mut value = decoded(&message.data);
    let Any::Map(fields) = &mut value else { panic!("{value}") };
    fields.retain(|(name, _)| name.as_str() != Some(field));
    fields.push((field.into(), to));
    message.data = bytes(&value);
}

#[test]
fn many_blocks_of_equal_rows_ask_for_no_more_than_one() {
    let (_, mut parts) = parts();
    let message = of_channel(&mut parts, Channel::Camera(0)).clone();
    let mut block = message;
    set(&mut block, "rows", 60_000.into());
    for view in 0..500 {
        let mut block = block.clone();
        block.header.channel_id = Channel::Camera(view).id().unwrap();
        parts.segments[0].push(block);
    }
    let imported = read_within_bounds(&parts.written()).unwrap();
    assert!(imported.faults[0].found.contains("rows"), "{:?}", imported.faults);
}

/// A file with one more chunk, of which the parts are given.
fn with_chunk(size: u64, crc: u32, compression: &str, data: &[u8]) -> Vec<u8> {
    let small = small(bit_of_everything());
    let mut body = vec![0; 16];
    body.extend(size.to_le_bytes());
    body.extend(crc.to_le_bytes());
    body.extend((compression.len() as u32).to_le_bytes());
    body.extend(compression.as_bytes());
    body.extend((data.len() as u64).to_le_bytes());
    body.extend(data);
    let at = small.pieces[2].start;
    let mut file = small.file[..at].to_vec();
    file.push(6);
    file.extend((body.len() as u64).to_le_bytes());
    file.extend(body);
    file.extend(&small.file[at..]);
    file
}

#[test]
fn a_chunk_that_unpacks_to_too_much_is_refused() {
    let bomb = |bytes: usize| zstd::encode_all(&vec![0; bytes][..], 0).unwrap();
    let zeros = crc32fast::hash(&vec![0; 40 << 20]);
    let bombs = [
        // Says what it is; says less; says more; is as large as may be; none; another kind.
        (100 << 20, 0, "zstd", bomb(100 << 20)),
        (1000, 0, "zstd", bomb(100 << 20)),
        (u64::MAX, 0, "zstd", bomb(1000)),
        (40 << 20, zeros, "zstd", bomb(40 << 20)),
        (1 << 40, 0, "", vec![0; 100]),
        (100, 0, "lz4", vec![0; 100]),
        (39 << 20, 0, "zstd", b"no zstd".to_vec()),
    ];
    for (size, crc, compression, data) in bombs {
        let file = with_chunk(size, crc, compression, &data);
        let imported = read_within_bounds(&file).unwrap();
        assert!(imported.has_loss(), "{size} {compression}");
        assert_eq!(imported.recording.camera_entries(), 11, "{size} {compression}");
    }
}

#[test]
fn a_chunk_of_rubbish_with_a_sum_that_fits_is_told_and_skipped() {
    let state = [&[5_u8][..], &30_u64.to_le_bytes(), &1_u16.to_le_bytes(), &[0; 20], &[0xc1; 8]];
    let rubbish = [&[0x5a; 3][..], &[5; 200], &[0; 64], &state.concat()];
    for rubbish in rubbish {
        let file = with_chunk(rubbish.len() as u64, crc32fast::hash(rubbish), "", rubbish);
        let imported = read_within_bounds(&file).unwrap();
        let fault = &imported.faults[0];
        assert_eq!(fault.severity, Severity::Warning, "{fault}");
        assert!(fault.message.ends_with("no piece of the recording is lost"), "{fault}");
        assert!(imported.has_loss(), "bytes were put in: {:?}", imported.faults);
        assert_eq!(imported.recording.camera_entries(), 11);
    }
}

#[test]
fn a_large_text_is_no_bomb() {
    let mut recording = bit_of_everything();
    let text = "x = 1 -- yes\n".repeat(1_500_000);
    recording.events[1].kind = skyreel_core::event::EventKind::Script { text };
    let file = format::native::encode(&recording).unwrap();
    let imported = format::read(&file).unwrap();
    assert_eq!(imported.faults, []);
    assert!(imported.recording == recording);
}

#[test]
fn thousands_of_faults_are_counted_not_told_one_by_one() {
    let small = small(bit_of_everything());
    let mut file = small.file[..small.pieces[2].start].to_vec();
    let broken = &small.file[small.chunk(0)];
    let mut broken = broken.to_vec();
    let last = broken.len() - 5;
    broken[last] ^= 1;
    (0..5000).for_each(|_| file.extend(&broken));
    let imported = format::read(&file).unwrap();
    assert_eq!(imported.faults.len(), 1001);
    assert!(imported.faults[1000].message.contains("more faults"), "{:?}", imported.faults[1000]);
    assert_eq!(record_bytes(&broken), broken.len());
}

#[test]
fn a_search_for_the_next_piece_does_not_take_the_square_of_the_file() {
    // Heads within heads, each of which says that the whole rest is its data.
    let small = small(bit_of_everything());
    let mut file = small.file[..small.pieces[1].start].to_vec();
    file.extend([0x20; 12]);
    let count = 100_000_u64;
    for n in 0..count {
        let rest = (count - n - 1) * 49;
        file.push(6);
        file.extend((40 + rest).to_le_bytes());
        file.extend([0; 16]);
        file.extend(rest.to_le_bytes());
        file.extend([1; 4]);
        file.extend([0; 4]);
        file.extend(rest.to_le_bytes());
    }
    let began = std::time::Instant::now();
    let _ = format::read(&file);
    // The square would be 250 gigabytes to sum up.
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_message_with_a_sum_that_fits_brings_the_reader_down(
        segment in 0..3_usize, message in 0..20_usize,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..4),
        header in prop::option::weighted(0.2, (any::<u16>(), any::<u32>(), any::<u64>(), any::<u64>())),
    ) {
        let (_, mut parts) = parts();
        let messages = &mut parts.segments[segment];
        let count = messages.len();
        let message = &mut messages[message % count];
        for (place, byte, how) in edits {
            let at = place.index(message.data.len().max(1));
            match how {
                0 => message.data.insert(at, byte),
                1 if at < message.data.len() => drop(message.data.remove(at)),
                2 => message.data.truncate(at),
                _ if at < message.data.len() => message.data[at] = byte,
                _ => {}
            }
        }
        if let Some((channel_id, sequence, log_time, publish_time)) = header {
            message.header = MessageHeader { channel_id, sequence, log_time, publish_time };
        }
        read_within_bounds(&parts.written());
    }
}

#[test]
fn every_flipped_bit_of_a_column_with_a_sum_that_fits_is_survived() {
    let (_, mut parts) = parts();
    parts.segments.truncate(1);
    let is_block = |message: &Message| matches!(message.header.channel_id, 2 | 16..);
    let mut flips = 0;
    for number in (0..parts.segments[0].len()).filter(|n| is_block(&parts.segments[0][*n])) {
        for bit in 0..parts.segments[0][number].data.len() * 8 {
            let mut parts = parts.clone();
            parts.segments[0][number].data[bit / 8] ^= 1 << (bit % 8);
            look(&parts.written(), &[s(3.0)]);
            flips += 1;
        }
    }
    println!("{flips} flips");
}
