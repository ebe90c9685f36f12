//! How fast the core is: sampling against its own limits, reading OpenSpace's files against plain
//! readers of the same bytes. `cargo bench -p skyreel-core` prints one table at its end.
#![allow(clippy::unwrap_used, missing_docs, reason = "benchmarks")]

mod import;
mod plain;
mod sampling;
mod session;
mod table;

fn main() {
    let mut table = table::Table::new();
    sampling::measure(&mut table);
    import::measure(&mut table);
    table.print();
}
