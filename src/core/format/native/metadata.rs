//! What a file says of its recording as a whole: who, where and when at its beginning, what it came
//! to at its end. Both ways, with a sum over it, for MCAP has none over metadata.

use std::collections::BTreeMap;

use mcap::records::Metadata;

use crate::fault::Fault;
use crate::recording::{Effects, Header};
use crate::time::SessionTime;

use super::channels::FORMAT_VERSION;
use super::encode::{Contents, Ending};
use super::walk::Reader;

/// The name of the metadata that a file begins with, and of that at its end.
pub(super) const HEAD: &str = "skyreel";
pub(super) const END: &str = "skyreel.end";

/// The key of the sum over all others.
const SUM: &str = "crc32";

/// A record of metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Named {
    pub name: String,
    pub fields: BTreeMap<String, String>,
}

impl Named {
    /// From a record's body; `None` where that is not what such a record is.
    /// <https://mcap.dev/spec#metadata-op0x0c>
    pub fn parse(body: &[u8]) -> Option<Self> {
        let mut reader = Reader(body);
        let name = reader.string()?;
        let mut pairs = Reader(reader.text()?);
        let mut fields = BTreeMap::new();
        while !pairs.0.is_empty() {
            fields.insert(pairs.string()?, pairs.string()?);
        }
        reader.0.is_empty().then_some(Self { name, fields })
    }

    /// Whether it has a sum, and the right one.
    pub fn is_whole(&self) -> bool {
        self.fields.get(SUM).is_some_and(|sum| *sum == self.sum())
    }

    fn sum(&self) -> String {
        let mut sum = crc32fast::Hasher::new();
        let fields = self.fields.iter().filter(|(key, _)| *key != SUM);
        let texts = fields.flat_map(|(key, value)| [key, value]);
        for text in [&self.name].into_iter().chain(texts) {
            sum.update(text.as_bytes());
            sum.update(&[0]);
        }
        format!("{:08x}", sum.finalize())
    }

    fn new(name: &str, fields: Vec<(&str, String)>) -> Self {
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let fields = fields.map(|(key, value)| (key.to_owned(), value)).collect();
        let mut metadata = Self { name: name.to_owned(), fields };
        metadata.fields.insert(SUM.to_owned(), metadata.sum());
        metadata
    }

    /// What is known of a recording at its beginning.
    pub fn head(header: &Header) -> Self {
        let text = String::clone;
        let (major, minor) = FORMAT_VERSION;
        let fields = vec![
            ("format_version", format!("{major}.{minor}")),
            ("title", text(&header.title)),
            ("description", text(&header.description)),
            ("author", text(&header.author)),
            ("host", text(&header.host)),
            ("created_utc", text(&header.created_utc)),
            ("program", text(&header.program)),
            ("scene", text(&header.scene)),
            ("scene_hash", text(&header.scene_hash)),
            ("effects", format!("{:?}", header.effects)),
        ];
        Self::new(HEAD, fields)
    }

    /// What is known of a recording at its end.
    pub fn end(contents: &Contents, ending: &Ending) -> Self {
        let (start, stop) = contents.sim_time_s.unzip();
        let number = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        let lines = |names: Vec<&str>| names.join("\n");
        let fields = vec![
            ("stopped", ending.stopped.clone().unwrap_or_default()),
            ("recovered", if ending.recovered { "true".to_owned() } else { String::new() }),
            ("duration_ns", contents.duration.as_nanos().to_string()),
            ("views", lines(contents.views.iter().map(String::as_str).collect())),
            ("camera_entries", contents.camera_entries.to_string()),
            ("script_entries", contents.script_entries.to_string()),
            ("rules", contents.rules.to_string()),
            ("wordings", contents.wordings.to_string()),
            ("sim_time_start_s", number(start)),
            ("sim_time_end_s", number(stop)),
            ("anchors", lines(contents.anchors.iter().map(String::as_str).collect())),
        ];
        Self::new(END, fields)
    }

    /// What is to be said of the version that the file has, as text and as numbers.
    ///
    /// # Errors
    /// Where a reader of this version would misunderstand it.
    pub fn check_version(&self) -> Result<Option<Fault>, Box<Fault>> {
        let version = self.fields.get("format_version").map_or("", String::as_str);
        let number = version.split_once('.').and_then(|(major, minor)| {
            Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
        });
        let (major, minor) = FORMAT_VERSION;
        let placed = |fault: Fault| {
            fault.found(format!("version '{version}'"), format!("version '{major}.{minor}'"))
        };
        match number.filter(|_| self.is_whole()) {
            Some((of_file, _)) if of_file > major => {
                Err(Box::new(placed(Fault::loss("this recording needs a newer Skyreel"))))
            }
            Some((_, of_file)) if of_file > minor => Ok(Some(placed(Fault::warning(
                "a newer version wrote this; what it added is left out",
            )))),
            Some(_) => Ok(None),
            None => Ok(Some(placed(Fault::loss("the version of the format cannot be read")))),
        }
    }

    /// Takes a field out; empty where there is none.
    pub fn take(&mut self, key: &str) -> String {
        self.fields.remove(key).unwrap_or_default()
    }

    /// Who, where and when.
    pub fn into_header(mut self) -> Header {
        Header {
            title: self.take("title"),
            description: self.take("description"),
            author: self.take("author"),
            host: self.take("host"),
            created_utc: self.take("created_utc"),
            program: self.take("program"),
            scene: self.take("scene"),
            scene_hash: self.take("scene_hash"),
            effects: match self.take("effects").as_str() {
                "Recorded" => Effects::Recorded,
                _ => Effects::OfScripts,
            },
        }
    }

    /// What the recording came to, and how; `None` where that is not said.
    pub fn into_contents(mut self) -> Option<(Contents, Ending)> {
        let lines = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let start = self.take("sim_time_start_s").parse().ok();
        let contents = Contents {
            duration: SessionTime::from_nanos(self.take("duration_ns").parse().ok()?),
            views: lines(self.take("views")),
            camera_entries: self.take("camera_entries").parse().ok()?,
            script_entries: self.take("script_entries").parse().ok()?,
            rules: self.take("rules").parse().ok()?,
            wordings: self.take("wordings").parse().ok()?,
            sim_time_s: start.zip(self.take("sim_time_end_s").parse().ok()),
            anchors: lines(self.take("anchors")).into_iter().collect(),
        };
        let stopped = Some(self.take("stopped")).filter(|reason| !reason.is_empty());
        Some((contents, Ending { stopped, recovered: self.take("recovered") == "true" }))
    }
}

impl From<Named> for Metadata {
    fn from(Named { name, fields }: Named) -> Self {
        Self { name, metadata: fields }
    }
}
