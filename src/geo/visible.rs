//! The part of a layer that concerns a window: found once for a tile, used for each of its bands.

use crate::lines::{Lines, Run, on_frame};
use crate::window::{Rows, TexelBox, Window};

/// Vertices nearer than this to the last one, in texels, are passed over: too little to be seen.
const SKIP_TEXELS: f64 = 0.5;

/// A run of a line in one of the world's copies.
pub(crate) struct VisibleRun<'a> {
    run: &'a Run,
    /// The line's rank.
    pub rank: u8,
    /// How far this copy of the world is moved, in map units.
    pub copy: f64,
    /// Where the run lies, in texels.
    pub bounds: TexelBox,
}

/// The runs that a window needs, those to its west included, which filling has to count.
pub(crate) struct Visible<'a> {
    lines: &'a Lines,
    pub window: &'a Window,
    runs: Vec<VisibleRun<'a>>,
}

impl<'a> Visible<'a> {
    /// Looks for what comes within `margin_of` (its rank) texels of the window; `None` leaves lines of that rank out.
    pub fn new(
        lines: &'a Lines,
        window: &'a Window,
        margin_of: impl Fn(u8) -> Option<f64>,
    ) -> Self {
        let mut runs = Vec::new();
        for line in lines.lines() {
            let Some(margin) = margin_of(line.rank) else {
                continue;
            };
            for copy in window.copies() {
                if !window.texel_box(&line.bounds, copy).meets(window, margin) {
                    continue;
                }
                for run in lines.runs(line) {
                    let bounds = window.texel_box(&run.bounds, copy);
                    let in_rows = bounds.y0 < window.height as f64 + margin && bounds.y1 > -margin;
                    if in_rows && bounds.x0 < window.width as f64 + margin {
                        runs.push(VisibleRun { run, rank: line.rank, copy, bounds });
                    }
                }
            }
        }
        Self { lines, window, runs }
    }

    /// The run's vertices, at least two.
    pub fn vertices(&self, run: &VisibleRun) -> &'a [[i32; 2]] {
        self.lines.vertices(run.run)
    }

    /// The runs that come within `margin` texels of some rows.
    pub fn runs_in(&self, rows: &Rows, margin: f64) -> impl Iterator<Item = &VisibleRun<'a>> {
        let (from, to) = (rows.start as f64 - margin, rows.end as f64 + margin);
        self.runs.iter().filter(move |run| run.bounds.y0 < to && run.bounds.y1 > from)
    }

    /// Goes through the segments near some rows, but for those on the map's frame, thinned to the window's resolution;
    /// `skip` texels at least apart. The texel in column i and row j of the tile has its centre at (i, j).
    pub fn segments(
        &self,
        rows: &Rows,
        margin: f64,
        thinning: f64,
        mut segment: impl FnMut(u8, [f64; 2], [f64; 2]),
    ) {
        let skip = SKIP_TEXELS * thinning;
        for run in self.runs_in(rows, margin) {
            if run.bounds.x1 < -margin {
                continue;
            }
            let vertices = self.vertices(run);
            let centred = |v| self.window.texel(v, run.copy).map(|t| t - 0.5);
            let mut from = centred(vertices[0]);
            for (i, edge) in vertices.windows(2).enumerate() {
                let to = centred(edge[1]);
                if on_frame(edge[0], edge[1]) {
                    from = to;
                    continue;
                }
                let near = (to[0] - from[0]).abs() < skip && (to[1] - from[1]).abs() < skip;
                if near && vertices.get(i + 2).is_some_and(|&next| !on_frame(edge[1], next)) {
                    continue;
                }
                segment(run.rank, from, to);
                from = to;
            }
        }
    }
}
