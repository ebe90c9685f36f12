//! The settings file: a map from names to values (RON), one a line, what is as it was at first behind
//! comment signs. What settings there are is `skyreel_core::settings`' to say.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use skyreel_core::fault::Fault;
use skyreel_core::settings::{ROWS, Row, Settings, row};
use skyreel_core::value::Value;

use crate::save::{SaveError, save};

/// The largest file that is read, bytes.
const MOST_BYTES: u64 = 1 << 20;

/// A settings file.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    path: PathBuf,
    /// What is in the file, by name; that which only other versions know included.
    values: BTreeMap<String, Value>,
    /// What holds for this run alone.
    for_this_run: BTreeMap<String, Value>,
    /// Whether the file cannot be read as it is.
    is_damaged: bool,
}

impl SettingsFile {
    /// Reads a file. What cannot be used of it is left out and told; what cannot be read of it is
    /// kept beside it as `settings.ron.bad`. No file is an empty one.
    pub fn load(path: &Path) -> (Self, Settings, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut is_damaged = false;
        let values = match read(path) {
            Ok(bytes) => parse(&bytes).unwrap_or_else(|fault| {
                is_damaged = true;
                faults.extend([*fault, keep_aside(path)]);
                salvage(&String::from_utf8_lossy(&bytes))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => {
                let file = path.display();
                faults
                    .push(Fault::warning(format!("the settings cannot be read: {file}: {error}")));
                BTreeMap::new()
            }
        };
        let mut settings = Settings::default();
        for (name, value) in &values {
            if let Err(error) = settings.set(name, value) {
                let fault = Fault::warning(format!("the setting '{name}' is left out"));
                faults.push(fault.found(error.found, error.expected));
            }
        }
        let (path, for_this_run) = (path.to_owned(), BTreeMap::new());
        let file = Self { path, values, for_this_run, is_damaged };
        (file, settings, faults)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Tells what was set for this run alone, as on the command line: as long as it stays what it
    /// was set to, it is not written.
    pub fn keep_out(&mut self, for_this_run: BTreeMap<String, Value>) {
        self.for_this_run = for_this_run;
    }

    /// Writes the settings, if they differ from what is in the file. True where they do.
    ///
    /// # Errors
    /// Where that is not possible. The file is as it was then.
    pub fn save(&mut self, settings: &Settings) -> Result<bool, SaveError> {
        let mut values: BTreeMap<_, _> =
            self.values.iter().filter(|(name, _)| !is_known(name)).map(owned).collect();
        values.extend(settings.changed());
        for (name, value) in &self.for_this_run {
            if settings.get(name).as_ref() == Some(value) {
                values.remove(name);
                values.extend(self.values.get(name).map(|old| (name.clone(), old.clone())));
            }
        }
        if values == self.values && !self.is_damaged {
            return Ok(false);
        }
        if let Some(folder) = self.path.parent() {
            let error = |source| SaveError::Io { path: folder.to_owned(), source };
            fs::create_dir_all(folder).map_err(error)?;
        }
        save(&self.path, write(&values).as_bytes(), true)?;
        (self.values, self.is_damaged) = (values, false);
        Ok(true)
    }
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

fn is_known(name: &str) -> bool {
    name.starts_with("keys.") || row(name).is_some()
}

/// What is in a file, as far as such files are read.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn parse(bytes: &[u8]) -> Result<BTreeMap<String, Value>, Box<Fault>> {
    if bytes.trim_ascii().is_empty() {
        return Ok(BTreeMap::new());
    }
    ron::de::from_bytes(bytes).map_err(|error| {
        let (at, found) = (error.span.start, error.code.to_string());
        let fault = Fault::warning("the settings file is damaged; what can be read of it holds")
            .found(found, "a map of names and values (RON)");
        Box::new(fault.at_line(at.line as u64).at_column(at.col as u64))
    })
}

/// What stands on lines of its own and can be read by itself.
fn salvage(text: &str) -> BTreeMap<String, Value> {
    let line = |line: &str| -> BTreeMap<String, Value> {
        let line = line.trim().trim_start_matches('{').trim_end_matches(['}', ' ']);
        ron::from_str(&format!("{{{line}\n}}")).unwrap_or_default()
    };
    let is_text = |line: &&str| !line.contains(char::REPLACEMENT_CHARACTER);
    text.lines().filter(is_text).flat_map(line).collect()
}

fn keep_aside(path: &Path) -> Fault {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".bad");
    let aside = PathBuf::from(aside);
    match fs::copy(path, &aside) {
        Ok(_) => Fault::warning(format!("the settings as they were are kept: {}", aside.display())),
        Err(e) => Fault::warning(format!("cannot keep them aside as {}: {e}", aside.display())),
    }
}

fn write(values: &BTreeMap<String, Value>) -> String {
    let mut text =
        "// Settings of Skyreel. What begins with // is as it is at first.\n{\n".to_owned();
    for row in ROWS {
        let unit =
            Some(row.unit).filter(|u| !u.is_empty()).map_or(String::new(), |u| format!(" [{u}]"));
        let _ = writeln!(text, "    // {}{unit}: {}.", row.help, row.kind.expected());
        match values.get(row.name) {
            Some(value) => text.push_str(&line(row.name, value)),
            None => text.push_str(&commented(row)),
        }
    }
    for (name, value) in values.iter().filter(|(name, _)| row(name).is_none()) {
        text.push_str(&line(name, value));
    }
    text.push_str("}\n");
    text
}

fn commented(row: &Row) -> String {
    line(row.name, &row.default()).replacen("    ", "    // ", 1)
}

fn line(name: &str, value: &Value) -> String {
    let value = match value {
        Value::Number(n) => number(*n),
        Value::Numbers(list) => {
            let list: Vec<String> = list.iter().map(|n| number(*n)).collect();
            format!("[{}]", list.join(", "))
        }
        // Plain values: they do not fail.
        value => ron::to_string(value).unwrap_or_default(),
    };
    format!("    {}: {value},\n", ron::to_string(name).unwrap_or_default())
}

/// As short as it can be said, and read back the same.
fn number(n: f64) -> String {
    if n.is_finite() { n.to_string() } else { format!("{n:?}") }
}
