//! What a search leaves of a long list, worked out again only where list or search has changed.

use std::sync::Arc;

/// The rows of a list that fit what is asked for.
#[derive(Debug)]
pub(super) struct Filtered<T: ?Sized, K, R> {
    of: Option<(Arc<T>, K)>,
    rows: Vec<R>,
}

impl<T: ?Sized, K, R> Default for Filtered<T, K, R> {
    fn default() -> Self {
        Self { of: None, rows: Vec::new() }
    }
}

impl<T: ?Sized, K: PartialEq + Clone, R> Filtered<T, K, R> {
    /// The rows of `list` for `asked`.
    pub(super) fn rows(
        &mut self,
        list: &Arc<T>,
        asked: &K,
        filter: impl FnOnce(&T) -> Vec<R>,
    ) -> &[R] {
        let is_same =
            self.of.as_ref().is_some_and(|(of, last)| Arc::ptr_eq(of, list) && last == asked);
        if !is_same {
            self.rows = filter(list);
            self.of = Some((Arc::clone(list), asked.clone()));
        }
        &self.rows
    }
}

/// What is searched for: words, all of which must occur.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    words: Vec<String>,
}

impl Search {
    pub(super) fn new(typed: &str) -> Self {
        Self { words: typed.split_whitespace().map(str::to_lowercase).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether all words occur in the texts together.
    pub(super) fn fits(&self, texts: &[&str]) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        self.words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
    }
}
