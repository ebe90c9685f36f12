//! What the console is told of the language that is typed into it, and what candidates have in common.

/// What is known of the language that is typed.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// Whether a text is whole, so that Enter runs it; else Enter begins a new line.
    pub is_complete: fn(text: &str) -> bool,
}

impl Default for Language {
    /// Every text is whole.
    fn default() -> Self {
        Self { is_complete: |_| true }
    }
}

/// What all candidates begin with.
pub(super) fn common_beginning(candidates: &[String]) -> &str {
    let Some(first) = candidates.first() else { return "" };
    let mut end = first.len();
    for other in candidates {
        let same = first.char_indices().zip(other.chars());
        let differs = same.filter(|((_, a), b)| a != b).map(|((at, _), _)| at).next();
        end = end.min(differs.unwrap_or(other.len()));
    }
    first.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_begin_with_can_be_inserted_at_once() {
        let table: [(&[&str], &str); 4] = [
            (&["skyreel.play.stop", "skyreel.play.start"], "skyreel.play.st"),
            (&["a", "b"], ""),
            (&["ab", "a"], "a"),
            (&[], ""),
        ];
        for (candidates, expected) in table {
            let candidates: Vec<String> = candidates.iter().map(|c| (*c).to_owned()).collect();
            assert_eq!(common_beginning(&candidates), expected);
        }
    }
}
