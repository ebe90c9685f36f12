//! What is said about the scripts of a recording: the same thing once, with how often it was meant.

use std::collections::HashMap;

use skyreel_core::fault::Fault;
use skyreel_core::recording::Sequence;

/// So many different remarks are kept; a hostile script could make endless ones.
const MOST_REMARKS: usize = 200;

/// Remarks, grouped by their words.
#[derive(Debug, Default)]
pub(crate) struct Warnings {
    remarks: Vec<Remark>,
    index: HashMap<String, usize>,
    left_out: usize,
}

#[derive(Debug)]
struct Remark {
    message: String,
    entry: Sequence,
    found: String,
    expected: &'static str,
    count: usize,
}

impl Warnings {
    /// Notes a remark on the script at `entry`.
    pub(crate) fn note(&mut self, entry: Sequence, message: impl Into<String>) {
        self.note_found(entry, message, "", "");
    }

    /// Notes a remark that quotes what stood there.
    pub(crate) fn note_found(
        &mut self,
        entry: Sequence,
        message: impl Into<String>,
        found: &str,
        expected: &'static str,
    ) {
        let message = message.into();
        if let Some(at) = self.index.get(&message) {
            self.remarks[*at].count += 1;
        } else if self.remarks.len() < MOST_REMARKS {
            self.index.insert(message.clone(), self.remarks.len());
            let found = found.chars().take(100).collect();
            self.remarks.push(Remark { message, entry, found, expected, count: 1 });
        } else {
            self.left_out += 1;
        }
    }

    /// One fault a remark, in order of first use.
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        let left_out = (self.left_out > 0)
            .then(|| Fault::warning(format!("{} more remarks on scripts", self.left_out)));
        let fault = |remark: Remark| {
            let message = match remark.count {
                1 => remark.message,
                count => format!("{} ({count} times, first here)", remark.message),
            };
            Fault::warning(message).found(remark.found, remark.expected).at_entry(remark.entry)
        };
        self.remarks.into_iter().map(fault).chain(left_out).collect()
    }
}
