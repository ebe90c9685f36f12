//! Measurements and what is printed of them: criterion's own lines, and one table for people.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;

/// What was measured.
pub struct Table {
    criterion: Criterion,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    time: Times,
    /// Something ours should be measured by.
    against: Option<(String, f64)>,
}

/// Seconds a turn.
#[derive(Clone, Copy)]
pub struct Times {
    best_s: f64,
    median_s: f64,
}

impl Table {
    pub fn new() -> Self {
        let criterion = Criterion::default()
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(3))
            .sample_size(30)
            .configure_from_args();
        Self { criterion, rows: Vec::new() }
    }

    /// Times something short, `turns` at a time, together with dropping what it gives.
    pub fn short<T>(&mut self, name: &str, limit_s: f64, mut turn: impl FnMut() -> T) {
        let times = self.time(name, |turns| {
            let start = Instant::now();
            (0..turns).for_each(|_| drop(black_box(turn())));
            start.elapsed()
        });
        if let Some(time) = times {
            let against = Some((format!("limit {:.0} µs", limit_s * 1e6), limit_s));
            self.rows.push(Row { name: name.to_owned(), time, against });
        }
    }

    /// Times our way and a plain one; dropping what they give does not count.
    pub fn race<T, U>(
        &mut self,
        name: &str,
        mut ours: impl FnMut() -> T,
        plain: (&str, impl FnMut() -> U),
    ) {
        let (plain_name, mut plain) = plain;
        let our_times = self.time(name, |turns| (0..turns).map(|_| timed(&mut ours)).sum());
        let full_name = format!("{name}, {plain_name}");
        let plain_times =
            self.time(&full_name, |turns| (0..turns).map(|_| timed(&mut plain)).sum());
        if let Some((time, plain)) = our_times.zip(plain_times) {
            let against = Some((plain_name.to_owned(), plain.best_s));
            self.rows.push(Row { name: name.to_owned(), time, against });
            self.rows.push(Row { name: full_name, time: plain, against: None });
        }
    }

    /// Times what takes a number of turns and says how long they took; `None` where the command
    /// line asks for other measurements.
    fn time(&mut self, name: &str, mut turns: impl FnMut(u64) -> Duration) -> Option<Times> {
        let mut samples: Vec<f64> = Vec::new();
        self.criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|count| {
                let took = turns(count);
                samples.push(took.as_secs_f64() / count as f64);
                took
            });
        });
        samples.sort_by(f64::total_cmp);
        Some(Times { best_s: *samples.first()?, median_s: samples[samples.len() / 2] })
    }

    /// Prints the table. Ratios are of the best times, which other work on the machine disturbs least.
    pub fn print(&mut self) {
        self.criterion.final_summary();
        println!("\n{:56} {:>12} {:>12}  ratio", "", "best", "median");
        for Row { name, time, against } in &self.rows {
            let ratio = against
                .as_ref()
                .map(|(what, other_s)| format!("{:.2} × {what}", other_s / time.best_s));
            let [best, median] = [time.best_s, time.median_s].map(in_words);
            println!("{name:56} {best:>12} {median:>12}  {}", ratio.unwrap_or_default());
        }
    }
}

fn timed<T>(work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    let done = black_box(work());
    let took = start.elapsed();
    drop(done);
    took
}

fn in_words(seconds: f64) -> String {
    if seconds < 1e-3 {
        format!("{:.3} µs", seconds * 1e6)
    } else {
        format!("{:.3} ms", seconds * 1e3)
    }
}
