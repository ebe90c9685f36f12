//! The table: a line a measurement, a column a writer, and how many times ours that is.

use crate::measure::Figures;

/// A thing in a cell.
enum Cell {
    Words(String),
    /// Nanoseconds.
    Time(f64),
    Bytes(f64),
    /// Why there is no figure.
    Absent(&'static str),
}

/// Prints it, in Markdown.
pub fn print(all: &[Figures]) {
    let names: Vec<&str> = all.iter().map(|figures| figures.name).collect();
    println!("| | {} |", names.join(" | "));
    println!("|---|{}", "---:|".repeat(all.len()));
    let line = |name: &str, of: fn(&Figures) -> Cell| {
        let ours = all.first().map(of).and_then(|cell| cell.number());
        let cells: Vec<String> = all.iter().enumerate().map(|(n, f)| of(f).text(n, ours)).collect();
        println!("| {name} | {} |", cells.join(" | "));
    };
    line("bytes a camera entry, all counted", |f| Cell::Bytes(f.bytes_each));
    line("lost when the program is killed; when the power goes", |f| Cell::Words(f.lost.clone()));
    line("handing a frame over, frame thread, CPU: mean", |f| Cell::Time(f.push_mean_ns));
    line("… 99.9 %", |f| Cell::Time(f.push_999_ns));
    line("… longest", |f| Cell::Time(f.push_max_ns));
    line("start, frame thread, wall", |f| Cell::Time(f.start_ns));
    line("stop, frame thread, wall", |f| Cell::Time(f.stop_ns));
    line("open and show the first frame", |f| Cell::Time(f.open_ns));
    let cold = |f: &Figures| f.cold_ns.map_or(Cell::Absent("read whole"), Cell::Time);
    line("cold seek, with its state", cold);
    let warm = |f: &Figures| f.warm_ns.map_or(Cell::Absent("keeps nothing"), Cell::Time);
    line("seek back to where it was before, with its state", warm);
    let sample = |f: &Figures| f.sample_ns.map_or(Cell::Absent("has none"), Cell::Time);
    line("one sample", sample);
    line("read whole", |f| Cell::Time(f.read_whole_ns));
}

impl Cell {
    fn number(&self) -> Option<f64> {
        match self {
            Self::Time(number) | Self::Bytes(number) => Some(*number),
            Self::Words(_) | Self::Absent(_) => None,
        }
    }

    fn text(&self, column: usize, ours: Option<f64>) -> String {
        let text = match self {
            Self::Words(words) => words.clone(),
            Self::Absent(why) => format!("({why})"),
            Self::Time(ns) => time(*ns),
            Self::Bytes(bytes) => format!("{bytes:.2}"),
        };
        match (self.number(), ours) {
            (Some(number), Some(ours)) if column > 0 => format!("{text} ×{}", ratio(number / ours)),
            _ => text,
        }
    }
}

fn ratio(ratio: f64) -> String {
    if ratio < 9.95 { format!("{ratio:.2}") } else { format!("{ratio:.0}") }
}

/// In the unit that reads best.
pub fn time(ns: f64) -> String {
    let (number, unit) = match ns {
        ns if ns < 1e3 => return format!("{ns:.0} ns"),
        ns if ns < 1e6 => (ns / 1e3, "µs"),
        ns if ns < 1e9 => (ns / 1e6, "ms"),
        ns => (ns / 1e9, "s"),
    };
    if number < 9.95 { format!("{number:.2} {unit}") } else { format!("{number:.1} {unit}") }
}
