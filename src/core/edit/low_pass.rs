//! Means of a way over wider and wider windows. It knows numbers over time, and neither cameras nor
//! pictures.

/// One moment of a way.
pub(super) type Sample = [f64; 8];

/// A way: evenly from sample to sample.
pub(super) struct Way {
    /// When, rising.
    pub(super) times_s: Vec<f64>,
    /// What.
    pub(super) samples: Vec<Sample>,
}

/// The narrowest window's half, seconds.
const NARROWEST_S: f64 = 1.0 / 30.0;

/// Each window is so many times as wide as the one before.
const WIDER: f64 = std::f64::consts::SQRT_2;

/// How many windows there are: the widest half is 4.3 s.
const WINDOWS: i32 = 15;

/// A mean over a mean over a mean: what is left of a shake faster than the window falls off with the
/// third power of its frequency.
const PASSES: u32 = 3;

/// How fast windows may widen along the way, steps a second.
const STEPS_A_SECOND: f64 = 6.0;

/// Over so long, seconds, before and behind, changes of the window are evened out.
const EVENED_S: f64 = 0.25;

/// The means of a way, the way itself first.
pub(super) struct Low {
    levels: Vec<Vec<Sample>>,
}

impl Low {
    pub(super) fn of(way: &Way) -> Self {
        let span_s = way.times_s.last().copied().unwrap_or(0.0);
        let mut levels = vec![way.samples.clone()];
        for window in 0..WINDOWS {
            let half_s = NARROWEST_S * WIDER.powi(window);
            if half_s > span_s / 2.0 {
                break;
            }
            let mut mean = way.samples.clone();
            (0..PASSES).for_each(|_| mean = means(&way.times_s, &mean, half_s));
            levels.push(mean);
        }
        Self { levels }
    }

    /// Sample `n` at a strength: 0 as it was, at each whole number the mean over the next window, in
    /// between a mixture.
    pub(super) fn at(&self, n: usize, strength: f64) -> Sample {
        let level = (strength.max(0.0) as usize).min(self.levels.len() - 1);
        let next = (level + 1).min(self.levels.len() - 1);
        let weight = strength - level as f64;
        let (a, b) = (&self.levels[level][n], &self.levels[next][n]);
        std::array::from_fn(|i| a[i] + (b[i] - a[i]) * weight.clamp(0.0, 1.0))
    }

    /// The largest strength up to which everything is good.
    pub(super) fn strongest(&self, is_good: impl Fn(f64) -> bool) -> f64 {
        let most = self.levels.len() - 1;
        let Some(bad) = (1..=most).find(|level| !is_good(*level as f64)) else {
            return most as f64;
        };
        let (mut low, mut high) = (bad as f64 - 1.0, bad as f64);
        for _ in 0..6 {
            let middle = (low + high) / 2.0;
            if is_good(middle) { low = middle } else { high = middle }
        }
        low
    }
}

/// The mean of the way around each sample, as far back as forward, and not beyond its ends.
fn means(times_s: &[f64], samples: &[Sample], half_s: f64) -> Vec<Sample> {
    let (Some(start_s), Some(end_s)) = (times_s.first(), times_s.last()) else { return Vec::new() };
    // Differences from one of them: sums of small numbers lose less.
    let base = samples[samples.len() / 2];
    let off = |n: usize| -> Sample { std::array::from_fn(|i| samples[n][i] - base[i]) };
    let mut sums = vec![[0.0; 8]];
    for n in 1..samples.len() {
        let (a, b, span_s) = (off(n - 1), off(n), times_s[n] - times_s[n - 1]);
        let before = sums[n - 1];
        sums.push(std::array::from_fn(|i| before[i] + (a[i] + b[i]) / 2.0 * span_s));
    }
    let sum_to = |at_s: f64, near: &mut usize| -> Sample {
        while *near + 2 < times_s.len() && times_s[*near + 1] <= at_s {
            *near += 1;
        }
        let span_s = times_s[*near + 1] - times_s[*near];
        let since_s = (at_s - times_s[*near]).clamp(0.0, span_s);
        let (a, b) = (off(*near), off(*near + 1));
        let sum = sums[*near];
        std::array::from_fn(|i| sum[i] + (a[i] + (b[i] - a[i]) * since_s / span_s / 2.0) * since_s)
    };
    let (mut back, mut forth) = (0, 0);
    let mut out = Vec::with_capacity(samples.len());
    for (n, at_s) in times_s.iter().enumerate() {
        let half_s = half_s.min(at_s - start_s).min(end_s - at_s);
        // Both ends of the windows only ever move forward.
        let from = sum_to(at_s - half_s, &mut back);
        let to = sum_to(at_s + half_s, &mut forth);
        out.push(if half_s > 1e-6 {
            std::array::from_fn(|i| base[i] + (to[i] - from[i]) / (2.0 * half_s))
        } else {
            samples[n]
        });
    }
    out
}

impl Way {
    /// Lowers strengths until they change slowly and evenly; none is raised.
    pub(super) fn settle(&self, strengths: &mut [f64]) {
        let times_s = &self.times_s;
        for n in 1..strengths.len() {
            let rise = STEPS_A_SECOND * (times_s[n] - times_s[n - 1]);
            strengths[n] = strengths[n].min(strengths[n - 1] + rise);
        }
        for n in (1..strengths.len()).rev() {
            let rise = STEPS_A_SECOND * (times_s[n] - times_s[n - 1]);
            strengths[n - 1] = strengths[n - 1].min(strengths[n] + rise);
        }
        // The mean of the lowest around: each of them is at most the one in the middle.
        let lowest =
            self.around(strengths, |all| all.iter().copied().fold(f64::INFINITY, f64::min));
        let evened = self.around(&lowest, |all| all.iter().sum::<f64>() / all.len().max(1) as f64);
        strengths.copy_from_slice(&evened);
    }

    fn around(&self, values: &[f64], of: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        let (mut first, mut end) = (0, 0);
        let around = self.times_s.iter().map(|at_s| {
            while self.times_s[first] < at_s - EVENED_S {
                first += 1;
            }
            while end < values.len() && self.times_s[end] <= at_s + EVENED_S {
                end += 1;
            }
            of(&values[first..end])
        });
        around.collect()
    }
}
