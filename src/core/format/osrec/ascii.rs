//! Reads text files: tokens between blanks, as OpenSpace's own reader takes them, so that line ends
//! mean nothing except to scripts, comments, and where reading goes on after damage.

use std::borrow::Cow;

use fast_float2::FastFloat;

use super::header::{Header, Version, text};
use super::import::{Import, RawCamera, Unusable};
use super::lua_text;
use crate::fault::Fault;
use crate::pose::MAX_POSITION_M;

const FLAG: &str = "following flag";
const ROTATION: [&str; 4] = [
    "first rotation number",
    "second rotation number",
    "third rotation number",
    "fourth rotation number",
];

/// Why an entry cannot be taken over, and where.
struct Damage {
    offset: usize,
    fault: Fault,
}

type Field<T> = Result<T, Box<Damage>>;

fn damage(offset: usize, message: String, found: String, expected: &str) -> Box<Damage> {
    Box::new(Damage { offset, fault: Fault::loss(message).found(found, expected) })
}

struct Reader<'a, 'i> {
    bytes: &'a [u8],
    at: usize,
    version: Version,
    import: &'i mut Import<'a>,
}

/// Reads the entries.
pub(super) fn read<'a>(bytes: &'a [u8], header: &Header, import: &mut Import<'a>) {
    let (at, version) = (header.body_at, header.version);
    Reader { bytes, at, version, import }.entries();
}

impl<'a> Reader<'a, '_> {
    fn entries(&mut self) {
        loop {
            self.skip_blanks();
            let start = self.at;
            let word = self.peek();
            if word.is_empty() {
                return;
            }
            let read = match word {
                b"camera" => {
                    self.at += word.len();
                    self.camera(start)
                }
                b"script" => {
                    self.at += word.len();
                    self.script(start)
                }
                b"time" | b"t" => {
                    self.take_line();
                    self.import.skip_time_entry();
                    Ok(())
                }
                _ if word.starts_with(b"#") => {
                    self.take_line();
                    Ok(())
                }
                _ => {
                    self.unknown(start, word);
                    Ok(())
                }
            };
            if let Err(damage) = read {
                self.resynchronise(start);
                let Damage { offset, mut fault } = *damage;
                let lost = self.at - start;
                fault.message = format!("{}; the entry is left out ({lost} bytes)", fault.message);
                self.import.fault(fault, offset);
                self.import.leave_entry_out();
            }
        }
    }

    fn camera(&mut self, start: usize) -> Field<()> {
        let stamp_s = self.timestamp()?;
        let sim_time_s = self.number("simulation time")?;
        let position_m = [
            self.position("position x")?,
            self.position("position y")?,
            self.position("position z")?,
        ];
        let mut q = [0.0; 4];
        for (value, name) in q.iter_mut().zip(ROTATION) {
            *value = match self.version.is_old() {
                true => self.number::<f64>(name)?,
                false => f64::from(self.number::<f32>(name)?),
            };
        }
        let scale: f32 = self.number("scale")?;
        let follow_at = self.find_field(FLAG)?;
        let follow = self.take_token();
        if !matches!(follow, b"F" | b"-") {
            let fault = Fault::warning("the camera counts as not following its anchor's rotation");
            self.import.fault(fault.found(text(follow), "F or -"), follow_at);
        }
        let anchor = self.anchor()?;
        let rotation_wxyz = match self.version.rotation_starts_with_w() {
            true => q,
            false => [q[3], q[0], q[1], q[2]],
        };
        let follow_rotation = follow == b"F";
        let raw =
            RawCamera { stamp_s, sim_time_s, position_m, rotation_wxyz, follow_rotation, scale };
        let anchor_at = self.at - anchor.len();
        self.import.camera(&raw, anchor, anchor_at).map_err(|bad| unusable(&bad, start))
    }

    fn script(&mut self, start: usize) -> Field<()> {
        let stamp_s = self.timestamp()?;
        let sim_time_s = self.number("simulation time")?;
        let lines_at = self.find_field("number of lines")?;
        let word = self.peek();
        let parsed = std::str::from_utf8(word).ok().and_then(|word| word.parse::<u64>().ok());
        let Some(lines) = parsed else {
            let message = "the script's number of lines cannot be read".to_owned();
            return Err(damage(lines_at, message, text(word), "a whole number"));
        };
        self.at += word.len();
        // What ends the number is no part of the text.
        if matches!(self.bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        let text_at = self.at;
        let unfinished = self.at >= self.bytes.len();
        let (script, read_lines) = self.script_lines(lines);
        if unfinished {
            let message = "the file ends before the script's text".to_owned();
            return Err(damage(text_at, message, "end of file".to_owned(), "the script's text"));
        }
        let fault = match lines {
            0 if script.is_empty() => None,
            0 => Some(Fault::warning("the script's text is taken to be the rest of its line")),
            _ if read_lines < lines => {
                let why = "the script has fewer lines than it says; what there is of it is kept";
                Some(Fault::loss(why))
            }
            _ => None,
        };
        if let Some(fault) = fault {
            self.import.fault(fault.found(text(word), read_lines.to_string()), lines_at);
        }
        let script = match lines {
            1 if self.version == Version::V0300 => lua_text::unwrap(script),
            _ => script,
        };
        let taken = self.import.script(stamp_s, sim_time_s, script, text_at);
        taken.map_err(|bad| unusable(&bad, start))
    }

    /// The lines of a script, each without its leading spaces and one carriage return at its end,
    /// and how many there were: fewer where the file ends, or goes on with what is no script.
    fn script_lines(&mut self, lines: u64) -> (Cow<'a, [u8]>, u64) {
        let mut text = Cow::Borrowed(self.take_script_line());
        let mut read_lines = 1;
        while read_lines < lines && self.at < self.bytes.len() && !self.at_entry() {
            let line = self.take_script_line();
            let text = text.to_mut();
            text.push(b'\n');
            text.extend_from_slice(line);
            read_lines += 1;
        }
        (text, read_lines)
    }

    fn take_script_line(&mut self) -> &'a [u8] {
        let line = self.take_line();
        let indent = line.iter().take_while(|b| **b == b' ').count();
        let line = &line[indent..];
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// Whether an entry begins here: its word, and two numbers after it on the same line.
    fn at_entry(&self) -> bool {
        let rest = &self.bytes[self.at..];
        let line = rest.split(|b| *b == b'\n').next().unwrap_or_default();
        let mut words = line.split(|b| is_blank(*b)).filter(|word| !word.is_empty()).take(3);
        let is_number =
            |word: &[u8]| std::str::from_utf8(word).is_ok_and(|word| word.parse::<f64>().is_ok());
        matches!(words.next(), Some(b"camera" | b"script"))
            && words.next().is_some_and(is_number)
            && words.next().is_some_and(is_number)
    }

    /// The entry's timestamp; the application time before it in old files says nothing.
    fn timestamp(&mut self) -> Field<f64> {
        if self.version.is_old() {
            self.number::<f64>("application time")?;
        }
        let at = self.at;
        let stamp_s = self.number("timestamp")?;
        match crate::time::SessionTime::from_secs(stamp_s) {
            Some(_) => Ok(stamp_s),
            None => Err(self.refuse(at, &Unusable { field: "timestamp", found: stamp_s })),
        }
    }

    fn position(&mut self, name: &'static str) -> Field<f64> {
        let at = self.at;
        let value: f64 = self.number(name)?;
        match value.abs() <= MAX_POSITION_M {
            true => Ok(value),
            false => Err(self.refuse(at, &Unusable { field: name, found: value })),
        }
    }

    /// Steps back to the number that was read from `at` on, which cannot be used.
    fn refuse(&mut self, at: usize, bad: &Unusable) -> Box<Damage> {
        self.at = at;
        self.skip_blanks();
        unusable(bad, self.at)
    }

    fn number<T: FastFloat + Into<f64>>(&mut self, name: &str) -> Field<T> {
        let from = self.at;
        self.skip_blanks();
        // Parses while it looks for the number's end; what is too large comes out as not finite.
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if let Ok((value, len)) = fast_float2::parse_partial::<T, _>(rest)
            && value.into().is_finite()
            && rest.get(len).is_none_or(|b| is_blank(*b))
        {
            self.at += len;
            return Ok(value);
        }
        self.at = from;
        self.find_field(name)?;
        let message = format!("the {name} cannot be read");
        Err(damage(self.at, message, text(self.peek()), "a finite decimal number"))
    }

    /// Goes to the field that comes next and says where it is, unless the entry ends before it.
    fn find_field(&mut self, name: &str) -> Field<usize> {
        let from = self.at;
        self.skip_blanks();
        let word = self.peek();
        let ended = word.is_empty() || (self.starts_line(from) && is_entry_word(word));
        if !ended {
            return Ok(self.at);
        }
        let found = if word.is_empty() { "end of file".to_owned() } else { text(word) };
        let message = format!("the entry ends before its {name}");
        Err(damage(self.at, message, found, &format!("the {name}")))
    }

    /// The anchor's name; empty where the line ends before it, as OpenSpace writes it if there is none.
    fn anchor(&mut self) -> Field<&'a [u8]> {
        let from = self.at;
        self.skip_blanks();
        let word = self.peek();
        let new_line = self.starts_line(from);
        if word.is_empty() && !new_line {
            let found = "end of file".to_owned();
            let message = "the file ends before the camera's anchor".to_owned();
            return Err(damage(self.at, message, found, "the name of a node"));
        }
        if word.is_empty() || (new_line && is_entry_word(word)) {
            self.at = from;
            return Ok(&[]);
        }
        self.at += word.len();
        Ok(word)
    }

    /// Something that begins no entry: what is left of an entry's line, or lines of their own.
    fn unknown(&mut self, start: usize, word: &[u8]) {
        let expected = "camera, script, time or #";
        match self.import.entry().checked_sub(1).filter(|_| !self.starts_line(0)) {
            Some(entry) => {
                self.take_line();
                let lost = self.at - start;
                let message = format!("the entry's line goes on after its end ({lost} bytes)");
                let fault = Fault::loss(message).found(text(word), expected);
                self.import.fault_of(entry, fault, start);
            }
            None => {
                self.resynchronise(start);
                let lost = self.at - start;
                let fault = Fault::loss(format!("no entry begins here; {lost} bytes are left out"));
                self.import.fault(fault.found(text(word), expected), start);
                self.import.leave_entry_out();
            }
        }
    }

    /// Goes to the next place where an entry begins a line: here, or on a line below.
    fn resynchronise(&mut self, start: usize) {
        if self.at > start && self.starts_line(start) && is_entry_word(self.peek()) {
            return;
        }
        loop {
            self.take_line();
            self.skip_blanks();
            if self.at >= self.bytes.len() || is_entry_word(self.peek()) {
                return;
            }
        }
    }

    /// Whether a line begins between `from` and here, with nothing but blanks in between.
    fn starts_line(&self, from: usize) -> bool {
        let before = self.bytes.get(from..self.at).unwrap_or_default();
        before.iter().rev().take_while(|b| is_blank(**b)).any(|b| *b == b'\n')
    }

    fn skip_blanks(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|b| is_blank(**b)).count();
    }

    /// The token here; empty at the end of the file.
    fn peek(&self) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest.iter().position(|b| is_blank(*b)).unwrap_or(rest.len());
        &rest[..len]
    }

    fn take_token(&mut self) -> &'a [u8] {
        let word = self.peek();
        self.at += word.len();
        word
    }

    /// The rest of the line, without its line end.
    fn take_line(&mut self) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        self.at = (self.at + len + 1).min(self.bytes.len());
        &rest[..len]
    }
}

fn unusable(bad: &Unusable, offset: usize) -> Box<Damage> {
    let message = format!("the {} cannot be used", bad.field);
    damage(offset, message, bad.found(), bad.expected())
}

/// What C++ calls white space.
fn is_blank(byte: u8) -> bool {
    byte == b' ' || (b'\t'..=b'\r').contains(&byte)
}

fn is_entry_word(word: &[u8]) -> bool {
    matches!(word, b"camera" | b"script" | b"time" | b"t") || word.starts_with(b"#")
}
