//! What can be wrong with a scene file.

/// A scene that cannot be used, and where in its file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SceneError {
    /// The text is no scene file.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What was found and what was expected.
        message: String,
    },
    /// The file is of another kind or a later version.
    #[error("found {found}; expected {expected}")]
    Kind {
        /// Kind and version in the file.
        found: String,
        /// What this program reads.
        expected: String,
    },
    /// Something is wrong with a node or a property.
    #[error("line {line}: {what}: found {found}; expected {expected}")]
    Node {
        /// Line of the node's name, from 1; 0 where it could not be found.
        line: usize,
        /// The node and its field.
        what: String,
        /// What the file says.
        found: String,
        /// What would be right.
        expected: String,
    },
    /// A table of an ephemeris cannot be read.
    #[error("ephemeris table, line {line}: found '{found}'; expected {expected}")]
    Table {
        /// Line, from 1.
        line: usize,
        /// The piece that does not fit.
        found: String,
        /// What should stand there.
        expected: &'static str,
    },
}
