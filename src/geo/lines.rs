//! Lines and rings on the map as integer vertices, cut into short runs with bounding boxes, so that a window finds
//! what concerns it without looking at every vertex. What is done with them (filling, distances) lives elsewhere.

/// Map units in a degree: vertices are integers of 2.5e-4 degrees.
pub(crate) const UNITS_PER_DEG: i32 = 4000;
/// Half way round, in map units.
pub(crate) const HALF_TURN: i32 = 180 * UNITS_PER_DEG;
/// From the equator to a pole, in map units.
pub(crate) const QUARTER_TURN: i32 = 90 * UNITS_PER_DEG;

/// Edges in a run. Shorter runs cut closer to the window, longer ones need fewer tests.
const RUN_EDGES: usize = 48;

/// A box in map units, edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub min: [i32; 2],
    pub max: [i32; 2],
}

impl Bounds {
    fn of(vertices: &[[i32; 2]]) -> Self {
        let mut b = Self { min: [i32::MAX; 2], max: [i32::MIN; 2] };
        for v in vertices {
            b.min = [b.min[0].min(v[0]), b.min[1].min(v[1])];
            b.max = [b.max[0].max(v[0]), b.max[1].max(v[1])];
        }
        b
    }
}

/// Some consecutive edges of a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    /// Index of the first vertex.
    first: u32,
    /// Index of the last vertex, which the next run of the line begins with.
    last: u32,
    pub bounds: Bounds,
}

/// One line, or one ring whose first vertex is repeated at its end.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub bounds: Bounds,
    /// 0 for what has no rank.
    pub rank: u8,
    runs: std::ops::Range<u32>,
}

/// A layer of the map.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    vertices: Vec<[i32; 2]>,
    runs: Vec<Run>,
    lines: Vec<Line>,
}

impl Lines {
    /// Makes a layer of `counts.len()` lines that share out `vertices` in order. `ranks` may be shorter.
    pub fn new(vertices: &[[i32; 2]], counts: &[usize], ranks: &[u8], closed: bool) -> Self {
        let mut out = Self {
            vertices: Vec::with_capacity(vertices.len() + counts.len()),
            runs: Vec::with_capacity(vertices.len() / RUN_EDGES + counts.len()),
            lines: Vec::with_capacity(counts.len()),
        };
        let mut rest = vertices;
        for (i, &count) in counts.iter().enumerate() {
            let (line, after) = rest.split_at(count.min(rest.len()));
            rest = after;
            let start = out.vertices.len();
            out.vertices.extend_from_slice(line);
            if closed && let Some(&v) = line.first() {
                out.vertices.push(v);
            }
            let end = out.vertices.len();
            let first_run = out.runs.len();
            let mut first = start;
            while first + 1 < end {
                let last = (first + RUN_EDGES).min(end - 1);
                let bounds = Bounds::of(&out.vertices[first..=last]);
                out.runs.push(Run { first: first as u32, last: last as u32, bounds });
                first = last;
            }
            out.lines.push(Line {
                bounds: Bounds::of(line),
                rank: ranks.get(i).copied().unwrap_or(0),
                runs: first_run as u32..out.runs.len() as u32,
            });
        }
        out
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub fn runs(&self, line: &Line) -> &[Run] {
        &self.runs[line.runs.start as usize..line.runs.end as usize]
    }

    /// The run's vertices, at least two.
    pub fn vertices(&self, run: &Run) -> &[[i32; 2]] {
        &self.vertices[run.first as usize..=run.last as usize]
    }

    /// Whether a point in map units lies within the rings (even-odd).
    pub fn contains(&self, x: f64, y: f64) -> bool {
        let mut inside = false;
        for line in &self.lines {
            let b = &line.bounds;
            if (b.min[1] as f64) > y
                || (b.max[1] as f64) < y
                || (b.min[0] as f64) > x
                || (b.max[0] as f64) < x
            {
                continue;
            }
            for run in self.runs(line) {
                if (run.bounds.min[1] as f64) > y
                    || (run.bounds.max[1] as f64) < y
                    || (run.bounds.min[0] as f64) > x
                {
                    continue;
                }
                for edge in self.vertices(run).windows(2) {
                    let [[x0, y0], [x1, y1]] = [edge[0], edge[1]].map(|v| v.map(f64::from));
                    if (y0 <= y) != (y1 <= y) && x0 + (y - y0) / (y1 - y0) * (x1 - x0) <= x {
                        inside = !inside;
                    }
                }
            }
        }
        inside
    }
}

/// Whether an edge runs along the frame of the world map, where rings are closed and nature has no boundary.
pub(crate) fn on_frame(a: [i32; 2], b: [i32; 2]) -> bool {
    (a[0] == b[0] && a[0].abs() == HALF_TURN) || (a[1] == b[1] && a[1].abs() == QUARTER_TURN)
}
