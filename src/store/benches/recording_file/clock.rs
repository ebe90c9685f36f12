//! How long things take: CPU time of the calling thread, which other programs do not add to, and
//! what many such times come to.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// CPU time of this thread so far.
pub fn thread_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// CPU time of this thread that some work takes, nanoseconds.
pub fn cpu_ns<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = thread_time();
    let done = work();
    ((thread_time() - start).as_nanos() as f64, done)
}

/// Time on the wall that some work takes, nanoseconds.
pub fn wall_ns<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let done = work();
    (start.elapsed().as_nanos() as f64, done)
}

/// What looking at the thread's clock twice takes: it is in every single time that `cpu_ns` gives.
pub fn look_ns() -> f64 {
    let mut looks: Times = (0..10_001).map(|_| cpu_ns(|| ()).0).collect();
    looks.at(0.5)
}

/// Many times, nanoseconds.
#[derive(Clone, Debug, Default)]
pub struct Times {
    all: Vec<f64>,
    is_sorted: bool,
}

impl FromIterator<f64> for Times {
    fn from_iter<I: IntoIterator<Item = f64>>(times: I) -> Self {
        Self { all: times.into_iter().collect(), is_sorted: false }
    }
}

impl Times {
    pub fn with_capacity(capacity: usize) -> Self {
        Self { all: Vec::with_capacity(capacity), is_sorted: false }
    }

    pub fn push(&mut self, time_ns: f64) {
        self.is_sorted = false;
        self.all.push(time_ns);
    }

    /// The time that this part of them do not exceed: 0.5 is the median, 1 the largest.
    pub fn at(&mut self, part: f64) -> f64 {
        if !self.is_sorted {
            self.all.sort_by(f64::total_cmp);
            self.is_sorted = true;
        }
        let last = self.all.len().saturating_sub(1);
        self.all.get((last as f64 * part).ceil() as usize).copied().unwrap_or(f64::NAN)
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn mean(&self) -> f64 {
        self.all.iter().sum::<f64>() / self.all.len() as f64
    }
}
