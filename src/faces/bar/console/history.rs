//! What was typed into the console: kept, walked through, searched.

use super::super::filtered::Search;

/// How much is kept.
const MOST: usize = 500;

/// What was typed, the oldest first.
#[derive(Debug, Default)]
pub(super) struct History {
    entries: Vec<String>,
    /// Which one stands in the field, and what stood there before.
    at: Option<(usize, String)>,
}

impl History {
    pub(super) fn entries(&self) -> &[String] {
        &self.entries
    }

    pub(super) fn set(&mut self, mut entries: Vec<String>) {
        entries.retain(|entry| !entry.trim().is_empty());
        entries.dedup();
        entries.drain(..entries.len().saturating_sub(MOST));
        (self.entries, self.at) = (entries, None);
    }

    /// Keeps what was run; the same twice in a row once.
    pub(super) fn keep(&mut self, text: &str) {
        self.at = None;
        if self.entries.last().is_some_and(|last| last == text) {
            return;
        }
        if self.entries.len() >= MOST {
            self.entries.remove(0);
        }
        self.entries.push(text.to_owned());
    }

    /// The one before what stands in the field.
    pub(super) fn older(&mut self, typed: &str) -> Option<String> {
        let (index, draft) = match self.at.take() {
            Some((index, draft)) => (index, draft),
            None => (self.entries.len(), typed.to_owned()),
        };
        let older = index.checked_sub(1).or((index < self.entries.len()).then_some(index))?;
        self.at = Some((older, draft));
        self.entries.get(older).cloned()
    }

    /// The one after what stands in the field; after the last, what was being typed.
    pub(super) fn newer(&mut self) -> Option<String> {
        let (index, draft) = self.at.take()?;
        match self.entries.get(index + 1) {
            Some(entry) => {
                self.at = Some((index + 1, draft));
                Some(entry.clone())
            }
            None => Some(draft),
        }
    }

    /// What stands in the field is typed by hand from here on.
    pub(super) fn leave(&mut self) {
        self.at = None;
    }

    /// Those that fit a search, the latest first, each once.
    pub(super) fn search(&self, typed: &str, most: usize) -> Vec<&str> {
        let search = Search::new(typed);
        let mut found: Vec<&str> = Vec::new();
        for entry in self.entries.iter().rev() {
            if found.len() < most && search.fits(&[entry]) && !found.contains(&entry.as_str()) {
                found.push(entry);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_bounded_and_has_nothing_twice_in_a_row() {
        let mut history = History::default();
        for n in 0..700 {
            history.keep(&n.to_string());
            history.keep(&n.to_string());
        }
        assert_eq!(history.entries().len(), 500);
        assert_eq!(history.entries().first().map(String::as_str), Some("200"));
        history.set((0..900).map(|n| (n / 2).to_string()).collect());
        assert_eq!(history.entries().len(), 450);
    }

    #[test]
    fn what_was_being_typed_comes_back_after_the_last() {
        let mut history = History::default();
        assert_eq!(history.older("x"), None);
        assert_eq!(history.newer(), None);
        history.set(vec!["a".to_owned(), "b".to_owned()]);
        let older = ["b", "a", "a"].map(|e| Some(e.to_owned()));
        assert_eq!([(); 3].map(|()| history.older("draft")), older);
        let newer = [Some("b"), Some("draft"), None].map(|e| e.map(str::to_owned));
        assert_eq!([(); 3].map(|()| history.newer()), newer);
    }
}
