//! The rows of the catalogue, in the order in which help shows them.

mod make;
mod show;

use super::{Param, Row};

const fn needed(name: &'static str, kind: &'static str, help: &'static str) -> Param {
    Param { name, kind, is_optional: false, help }
}

const fn optional(name: &'static str, kind: &'static str, help: &'static str) -> Param {
    Param { name, kind, is_optional: true, help }
}

/// Every command.
pub const CATALOGUE: &[Row] = &ALL;

const ALL: [Row; show::ROWS.len() + make::ROWS.len()] = {
    let mut all = [show::ROWS[0]; show::ROWS.len() + make::ROWS.len()];
    let mut i = 0;
    while i < all.len() {
        let made = i >= show::ROWS.len();
        all[i] = if made { make::ROWS[i - show::ROWS.len()] } else { show::ROWS[i] };
        i += 1;
    }
    all
};
