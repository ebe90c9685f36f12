//! How fast the core is: sampling against its own limits, reading OpenSpace's files against plain
//! readers of the same bytes. `cargo bench -p skyreel-core` prints one table at its end.
#![allow(clippy::unwrap_used, missing_docs, reason = "benchmarks")]

mod import;
mod plain;
mod sampling;
mod session;
mod table;

/// Keeps freed memory in the process. Left to itself glibc gives it back to the system or not,
/// depending on what ran before, and getting it back takes longer than reading does.
const KEEP_MEMORY: (&str, &str) = (
    "GLIBC_TUNABLES",
    "glibc.malloc.mmap_threshold=4000000000:glibc.malloc.trim_threshold=4000000000",
);

fn main() {
    let (name, value) = KEEP_MEMORY;
    if std::env::var_os(name).is_none() {
        // It is read when a process starts, so this one starts itself again.
        let mut again = std::process::Command::new(std::env::current_exe().unwrap());
        let status = again.args(std::env::args().skip(1)).env(name, value).status().unwrap();
        std::process::exit(status.code().unwrap_or(1));
    }
    let mut table = table::Table::new();
    sampling::measure(&mut table);
    import::measure(&mut table);
    table.print();
}
