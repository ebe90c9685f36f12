//! Whether what is typed is a whole piece of Lua, or whether more lines belong to it.

use mlua::chunk::Compiler;

use crate::source;

/// Whether typed text can be run as it is: it is whole, or wrong in a way that no further line
/// mends. A face adds a line at Enter where it is not.
pub fn is_complete(code: &str) -> bool {
    let outcome = |code: &str| match Compiler::new().compile(source::tidy(code).text) {
        Ok(_) => Some(true),
        Err(mlua::Error::SyntaxError { incomplete_input: true, .. }) => Some(false),
        Err(_) => None,
    };
    if source::ends_within(code) {
        return false;
    }
    match outcome(&format!("return {code}")) {
        Some(true) => true,
        // `1 +` is the beginning of an expression, `local x =` that of a statement.
        as_expression => outcome(code).or(as_expression).unwrap_or(true),
    }
}
