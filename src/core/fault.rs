//! What a reader says of the parts of a file that it could not take over: where, found, expected.

use std::fmt;

use serde::Serialize;

/// Whether recorded data is missing because of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Recorded data was lost or could not be read.
    Loss,
    /// Everything recorded was kept; something about it should be known.
    Warning,
}

/// One fault in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Whether data was lost.
    #[serde(skip)]
    pub severity: Severity,
    /// Entry number, counted from 0 over all entries of the file.
    pub entry: Option<u64>,
    /// Line number, counted from 1, in text files.
    pub line: Option<u64>,
    /// Character in that line, counted from 1, where a reader knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// Byte offset from the start of the file.
    pub offset: Option<u64>,
    /// What stood there.
    pub found: String,
    /// What should have stood there.
    pub expected: String,
    /// The fault in one sentence, for people.
    pub message: String,
}

const END_OF_RECORDING: &str = "the recording's end";

impl Fault {
    /// A fault that lost data, not yet placed.
    pub fn loss(message: impl Into<String>) -> Self {
        Self::new(Severity::Loss, message)
    }

    /// A remark, not yet placed.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            entry: None,
            line: None,
            column: None,
            offset: None,
            found: String::new(),
            expected: String::new(),
            message: message.into(),
        }
    }

    /// A recording that was not ended: its program died while it was made.
    pub fn end_missing() -> Self {
        Self::loss("the recording was not ended; what there is of it is whole")
            .found("the end of the file", END_OF_RECORDING)
    }

    /// Whether all that is wrong is that.
    pub fn is_end_missing(&self) -> bool {
        self.expected == END_OF_RECORDING
    }

    /// With what stood there and what should have; long findings are cut.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>, expected: impl Into<String>) -> Self {
        let found: String = found.into();
        self.found = match found.char_indices().nth(80) {
            Some((cut, _)) => format!("{}…", &found[..cut]),
            None => found,
        };
        self.expected = expected.into();
        self
    }

    /// At an entry.
    #[must_use]
    pub fn at_entry(mut self, entry: u64) -> Self {
        self.entry = Some(entry);
        self
    }

    /// At a line of a text file, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// At a character of that line, counted from 1.
    #[must_use]
    pub fn at_column(mut self, column: u64) -> Self {
        self.column = Some(column);
        self
    }

    /// At a byte offset.
    #[must_use]
    pub fn at_offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = [
            self.entry.map(|n| format!("entry {n}")),
            self.line.map(|n| format!("line {n}")),
            self.column.map(|n| format!("column {n}")),
            self.offset.filter(|_| self.column.is_none()).map(|n| format!("byte {n}")),
        ];
        let place: Vec<String> = place.into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "{}: ", place.join(", "))?;
        }
        f.write_str(&self.message)?;
        if !self.found.is_empty() || !self.expected.is_empty() {
            write!(f, " (found {:?}, expected {})", self.found, self.expected)?;
        }
        Ok(())
    }
}
