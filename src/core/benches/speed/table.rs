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
    ratio: String,
}

struct Times {
    best: f64,
    median: f64,
}

impl Times {
    fn of(mut samples: Vec<f64>) -> Option<Self> {
        samples.sort_by(f64::total_cmp);
        Some(Self { best: *samples.first()?, median: samples[samples.len() / 2] })
    }
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

    /// Times something short, many at a time, together with dropping what it gives.
    pub fn short<T>(&mut self, name: &str, limit_s: f64, mut turn: impl FnMut() -> T) {
        const MANY: u32 = 50;
        let many = || {
            let start = Instant::now();
            (0..MANY).for_each(|_| drop(black_box(turn())));
            start.elapsed() / MANY
        };
        if let Some(time) = self.time(name, many) {
            let ratio = format!("{:.2} of {:.0} µs", time.best / limit_s, limit_s * 1e6);
            self.rows.push(Row { name: name.to_owned(), time, ratio });
        }
    }

    /// Times our way, then a plain one; dropping what they give does not count. Not in turns: the
    /// blocks of memory that one leaves behind would slow down the other.
    pub fn race<T, U>(
        &mut self,
        name: &str,
        mut ours: impl FnMut() -> T,
        (plain_name, mut plain): (&str, impl FnMut() -> U),
    ) {
        let time = self.time(name, || timed(&mut ours));
        let full_name = format!("{name}, {plain_name}");
        let plain = self.time(&full_name, || timed(&mut plain));
        if let Some((time, plain)) = time.zip(plain) {
            let ratio = format!("{:.2} × as fast", plain.best / time.best);
            self.rows.push(Row { name: name.to_owned(), time, ratio });
            let name = format!("  {plain_name}");
            self.rows.push(Row { name, time: plain, ratio: String::new() });
        }
    }

    /// Times turns, each by itself: the mean of many would hold what else the machine did meanwhile.
    /// `None` where the command line asks for other measurements.
    fn time(&mut self, name: &str, mut turn: impl FnMut() -> Duration) -> Option<Times> {
        let mut samples: Vec<f64> = Vec::new();
        self.criterion.bench_function(name, |bencher| {
            bencher.iter_custom(|turns| {
                let mut all = Duration::ZERO;
                for _ in 0..turns {
                    let took = turn();
                    samples.push(took.as_secs_f64());
                    all += took;
                }
                all
            });
        });
        Times::of(samples)
    }

    /// Prints the table. Limits and races are decided by the best times, which other work on the
    /// machine disturbs least.
    pub fn print(&mut self) {
        self.criterion.final_summary();
        println!("\n{:44} {:>12} {:>12}", "", "best", "median");
        for Row { name, time, ratio } in &self.rows {
            let [best, median] = [time.best, time.median].map(in_words);
            println!("{name:44} {best:>12} {median:>12}  {ratio}");
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
