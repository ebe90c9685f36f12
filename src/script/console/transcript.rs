//! What was said in the console since somebody last asked: bounded, whatever scripts print.

use std::collections::VecDeque;

use skyreel_core::command::Origin;
use skyreel_core::event::Said;
use skyreel_core::snapshot::ConsoleLine;

/// Most lines that are kept until somebody takes them.
const MOST_KEPT: usize = 5_000;

/// Longest line, bytes; a longer one is cut.
const LONGEST: usize = 16 << 10;

/// Most lines that scripts can say in a frame.
const MOST_A_FRAME: usize = 1_000;

/// Most bytes that scripts can say in a frame: all of it goes into a recording.
const MOST_BYTES_A_FRAME: usize = 256 << 10;

/// Lines, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    lines: VecDeque<ConsoleLine>,
    said: u64,
    frame_lines: usize,
    frame_bytes: usize,
    left_out: usize,
    /// Whose lines were left out last.
    flooded: (u64, Option<Origin>),
}

/// A line that is to be said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) script: u64,
    pub(super) origin: Origin,
    pub(super) said: Said,
    pub(super) text: &'a str,
    pub(super) at_line: Option<u32>,
}

impl Transcript {
    /// Says a line, unless too much was said in this frame.
    pub(super) fn say(&mut self, line: Line) {
        // What somebody typed, and why a script ended, is not for scripts to crowd out.
        let is_scripts = matches!(line.said, Said::Printed);
        if is_scripts
            && (self.frame_lines >= MOST_A_FRAME || self.frame_bytes >= MOST_BYTES_A_FRAME)
        {
            self.left_out += 1;
            self.flooded = (line.script, Some(line.origin));
            return;
        }
        let text = cut(line.text);
        self.frame_lines += usize::from(is_scripts);
        self.frame_bytes += text.len();
        self.put(ConsoleLine {
            number: 0,
            script: line.script,
            said: line.said,
            origin: line.origin,
            text,
            at_line: line.at_line,
        });
    }

    /// Ends the frame: says how many lines were left out, and counts anew.
    pub(super) fn end_frame(&mut self) {
        let left_out = std::mem::take(&mut self.left_out);
        if left_out > 0 {
            let (script, origin) = self.flooded;
            self.put(ConsoleLine {
                number: 0,
                script,
                said: Said::Printed,
                origin: origin.unwrap_or(Origin::Program),
                text: format!("… {left_out} more lines were left out"),
                at_line: None,
            });
        }
        (self.frame_lines, self.frame_bytes) = (0, 0);
    }

    /// Hands out what was said since the last time.
    pub(super) fn take(&mut self) -> Vec<ConsoleLine> {
        self.lines.drain(..).collect()
    }

    fn put(&mut self, mut line: ConsoleLine) {
        self.said += 1;
        line.number = self.said;
        if self.lines.len() == MOST_KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }
}

fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let mut end = LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}… ({} bytes more)", &text[..end], text.len() - end)
}
