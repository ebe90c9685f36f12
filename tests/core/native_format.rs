//! FORMAT.md says what is in a file: no channel, no key and no field more or less.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rmpv::Value as Any;
use skyreel_core::format::native::{self, Channel, Encoder, Ending, FORMAT_VERSION, PROFILE};
use skyreel_core::recording::Recording;

use crate::native_file::{bit_of_everything, small};
use crate::ron_round_trip::recording;

const FORMAT: &str = include_str!("../../src/core/format/native/FORMAT.md");

/// The first cells of the rows of all tables in a part of the document, without backticks.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let (_, part) = FORMAT.split_once(&format!("# {heading}\n")).unwrap();
    let lines = part.lines().take_while(|line| !line.starts_with('#'));
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().replace('`', "")).collect()
    };
    let rows = lines.filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    rows.map(cells).filter(|row| !["in", "id", "field", "record"].contains(&&*row[0])).collect()
}

/// Files with everything in them that may be in one.
fn files() -> Vec<Vec<u8>> {
    let mut runner = TestRunner::deterministic();
    let mut recordings: Vec<Recording> =
        (0..60).map(|_| recording().new_tree(&mut runner).unwrap().current()).collect();
    recordings.push(bit_of_everything());
    let mut all = bit_of_everything();
    let first = all.views[0].camera.entries()[0].seq;
    let words = all.views[0].wordings.get_mut(&first).unwrap();
    words.aim = Some(skyreel_core::wording::Aim::Horizon {
        heading_deg: 1.0,
        pitch_deg: 2.0,
        roll_deg: 3.0,
    });
    all.header.description = "d".into();
    all.header.host = "h".into();
    recordings.push(all);
    let mut files: Vec<_> = recordings.iter().map(|r| native::encode(r).unwrap()).collect();
    files.push(small(bit_of_everything()).file);
    let (encoder, mut head) = Encoder::new(&recordings[0].header);
    let ending = Ending { stopped: Some("disk full".into()), recovered: true };
    head.extend(encoder.finish(&ending));
    files.push(head);
    files
}

#[test]
fn the_channels_are_those_of_the_document() {
    let told: BTreeSet<Vec<String>> =
        rows("Channels").into_iter().map(|row| row[..3].to_vec()).collect();
    let single = Channel::SINGLE.map(|channel| {
        let id = channel.id().unwrap().to_string();
        vec![id, channel.topic().to_owned(), channel.schema().to_owned()]
    });
    let camera = Channel::Camera(0);
    let topic = format!("{} and the view's name", camera.topic());
    let id = format!("{} + view", camera.id().unwrap());
    let camera = vec![id, topic, camera.schema().to_owned()];
    assert_eq!(told, single.into_iter().chain([camera]).collect());

    let (major, minor) = FORMAT_VERSION;
    assert!(
        FORMAT.starts_with(&format!("# The recording file, `.skyreel`, version {major}.{minor}"))
    );
    assert!(FORMAT.contains(&format!("profile `{PROFILE}`")));
}

#[test]
fn the_channels_of_a_file_are_those_of_the_document() {
    let known: BTreeSet<(u16, String, String)> = (0..4)
        .map(Channel::Camera)
        .chain(Channel::SINGLE)
        .map(|c| (c.id().unwrap(), c.topic().to_owned(), c.schema().to_owned()))
        .collect();
    for file in files() {
        let summary = mcap::Summary::read(&file).unwrap().unwrap();
        for (id, channel) in &summary.channels {
            let schema = channel.schema.as_ref().unwrap().name.clone();
            let is_known = known.iter().any(|(known, topic, of)| {
                known == id && channel.topic.starts_with(&**topic) && *of == schema
            });
            assert!(is_known, "{id} {} {schema}", channel.topic);
            assert_eq!(channel.message_encoding, "msgpack");
        }
    }
}

#[test]
fn the_metadata_keys_of_a_file_are_those_of_the_document() {
    let told: BTreeSet<(String, String)> =
        rows("Metadata").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let mut found = BTreeSet::new();
    for file in files() {
        for record in mcap::read::LinearReader::new(&file).unwrap() {
            if let mcap::records::Record::Metadata(record) = record.unwrap() {
                found.extend(record.metadata.into_keys().map(|key| (record.name.clone(), key)));
            }
        }
    }
    assert_eq!(found, told);
}

/// Walks through a message and notes the names of fields, by the kind of map that they are in.
struct Fields {
    found: BTreeSet<String>,
}

impl Fields {
    fn note(&mut self, kind: &str, value: &Any) {
        match value {
            Any::Map(fields) => {
                for (name, value) in fields {
                    let name = name.as_str().unwrap();
                    // A map whose keys are no names of fields: paths, or the one kind that a thing has.
                    let field = match kind {
                        "State.under_way" => "Due".to_owned(),
                        "Event.kind" | "Wording.aim" => name.to_owned(),
                        "GlobePlace.height" | "State.properties" => continue,
                        _ => {
                            let field = format!("{kind}.{name}");
                            self.found.insert(field.clone());
                            inner(&field).to_owned()
                        }
                    };
                    self.note(&field, value);
                }
            }
            Any::Array(values) => values.iter().for_each(|value| self.note(kind, value)),
            _ => {}
        }
    }
}

/// What is in a field.
fn inner(field: &str) -> &str {
    match field {
        "State.views" => "ViewHead",
        "State.cameras" | "Manner.leave" => "Leave",
        "Due.item" | "PropertyChange.change" => "Change",
        "CameraBlock.manners" => "Manner",
        "CameraBlock.wordings" => "Wording",
        "Wording.place" => "GlobePlace",
        "Wording.pose" => "Pose",
        other => other,
    }
}

#[test]
fn the_fields_of_all_messages_are_those_of_the_document() {
    let tables = ["State", "Clock, properties, rules, events", "Blocks"];
    let told = tables.iter().flat_map(|table| rows(table)).map(|row| row[0].replace('?', ""));
    let told: BTreeSet<String> = told.collect();
    let mut fields = Fields { found: BTreeSet::new() };
    for file in files() {
        for message in mcap::MessageStream::new(&file).unwrap() {
            let message = message.unwrap();
            let schema = message.channel.schema.clone().unwrap();
            let kind = schema.name.strip_prefix("skyreel.").unwrap();
            fields.note(kind, &rmpv::decode::read_value(&mut &*message.data).unwrap());
        }
    }
    assert_eq!(fields.found, told);
}

#[test]
fn optional_fields_are_those_that_some_message_does_without() {
    let tables = ["State", "Clock, properties, rules, events", "Blocks"];
    let told = tables.iter().flat_map(|table| rows(table)).map(|row| row[0].clone());
    let optional: BTreeSet<String> = told.filter(|name| name.ends_with('?')).collect();
    let mut without = BTreeSet::new();
    for file in files() {
        for message in mcap::MessageStream::new(&file).unwrap() {
            let message = message.unwrap();
            let schema = message.channel.schema.clone().unwrap();
            let kind = schema.name.strip_prefix("skyreel.").unwrap().to_owned();
            let value = rmpv::decode::read_value(&mut &*message.data).unwrap();
            let names: Vec<_> =
                value.as_map().unwrap().iter().map(|(name, _)| name.as_str().unwrap()).collect();
            let of_kind = optional.iter().filter(|field| field.starts_with(&format!("{kind}.")));
            let absent = of_kind.filter(|field| {
                !names.contains(&field.trim_end_matches('?').rsplit('.').next().unwrap())
            });
            without.extend(absent.cloned());
        }
    }
    let of_messages = optional.into_iter().filter(|f| {
        ["State.", "ClockBlock.", "CameraBlock."].iter().any(|kind| f.starts_with(kind))
    });
    assert_eq!(without, of_messages.collect());
}
