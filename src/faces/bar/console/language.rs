//! What the console knows of the language that is typed into it. Who knows it is somebody else, who lends
//! two functions; here is what the bar can do by itself: find the word under the cursor.

use skyreel_core::snapshot::ApiWord;

/// What is known of the language that is typed.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Whether a text is whole, so that Enter runs it; else Enter begins a new line.
    pub is_complete: fn(text: &str) -> bool,
    /// What could stand at the cursor, which is `cursor` bytes into the text, of what can be called.
    pub complete: fn(text: &str, cursor: usize, words: &[ApiWord]) -> Completion,
}

impl Default for Language {
    /// Every text is whole, and words go on as they begin.
    fn default() -> Self {
        Self { is_complete: |_| true, complete: by_beginning }
    }
}

/// What could stand at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where what would be replaced begins, bytes into the text; it ends at the cursor.
    pub start: usize,
    /// What could stand there, the likeliest first.
    pub candidates: Vec<ApiWord>,
}

/// The words that begin as what stands before the cursor.
fn by_beginning(text: &str, cursor: usize, words: &[ApiWord]) -> Completion {
    let before = text.get(..cursor).unwrap_or(text);
    let start = word_start(before);
    let begun = &before[start..];
    let fits = words.iter().filter(|word| !begun.is_empty() && word.name.starts_with(begun));
    Completion { start, candidates: fits.cloned().collect() }
}

/// Where the dotted name begins that a text ends with, bytes.
pub(super) fn word_start(before: &str) -> usize {
    let is_in_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':');
    before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_in_name(*c))
        .last()
        .map_or(before.len(), |l| l.0)
}

/// The word that the cursor is in, or else the function whose arguments it is in, as far as it is known.
pub(super) fn word_at<'a>(text: &str, cursor: usize, words: &'a [ApiWord]) -> Option<&'a ApiWord> {
    let cursor = (0..=cursor.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let is_in_name = |c: char| c.is_alphanumeric() || c == '_';
    let on = text[cursor..].find(|c| !is_in_name(c)).unwrap_or(text.len() - cursor);
    let before = &text[..cursor + on];
    if let Some(word) = known(&before[word_start(before)..], words) {
        return Some(word);
    }
    // Outwards from bracket to bracket.
    let mut open = 0_usize;
    for (at, c) in text[..cursor].char_indices().rev() {
        match c {
            ')' => open += 1,
            '(' if open > 0 => open -= 1,
            '(' => {
                let before = text[..at].trim_end();
                if let Some(word) = known(&before[word_start(before)..], words) {
                    return Some(word);
                }
            }
            _ => {}
        }
    }
    None
}

/// The word of a dotted name, or of as much of its beginning as is known.
fn known<'a>(name: &str, words: &'a [ApiWord]) -> Option<&'a ApiWord> {
    let mut name = name.trim_end_matches(['.', ':']);
    while !name.is_empty() {
        if let Ok(index) = words.binary_search_by(|word| word.name.as_str().cmp(name)) {
            return Some(&words[index]);
        }
        name = name.rsplit_once(['.', ':']).map_or("", |(shorter, _)| shorter);
    }
    None
}

/// What all candidates begin with.
pub(super) fn common_beginning(candidates: &[ApiWord]) -> &str {
    let Some(first) = candidates.first() else { return "" };
    let mut end = first.name.len();
    for other in candidates {
        let same = first.name.char_indices().zip(other.name.chars());
        let differs = same.filter(|((_, a), b)| a != b).map(|((at, _), _)| at).next();
        end = end.min(differs.unwrap_or(other.name.len()));
    }
    first.name.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(names: &[&str]) -> Vec<ApiWord> {
        let word = |name: &&str| ApiWord {
            name: (*name).to_owned(),
            usage: String::new(),
            help: String::new(),
        };
        names.iter().map(word).collect()
    }

    #[test]
    fn the_word_under_the_cursor_is_the_longest_name_that_is_known() {
        let words = words(&["print", "skyreel", "skyreel.clock.set", "skyreel.record.start"]);
        let table = [
            ("skyreel.record.start|(", Some("skyreel.record.start")),
            ("skyreel.rec|ord.start", Some("skyreel")),
            ("skyreel.record.start('a', |", Some("skyreel.record.start")),
            ("print(skyreel.clock.set(f(1), |", Some("skyreel.clock.set")),
            ("print(f(1), |)", Some("print")),
            ("f(|", None),
            ("|", None),
            ("ä('|", None),
            ("print(skyreel.nothing|", Some("skyreel")),
        ];
        for (text, expected) in table {
            let cursor = text.find('|').unwrap_or_default();
            let found = word_at(&text.replace('|', ""), cursor, &words);
            assert_eq!(found.map(|word| word.name.as_str()), expected, "{text}");
        }
    }

    #[test]
    fn what_all_begin_with_can_be_inserted_at_once() {
        assert_eq!(
            common_beginning(&words(&["skyreel.play.stop", "skyreel.play.start"])),
            "skyreel.play.st"
        );
        assert_eq!(common_beginning(&words(&["a", "b"])), "");
        assert_eq!(common_beginning(&words(&["ab", "a"])), "a");
        assert_eq!(common_beginning(&[]), "");
    }
}
