//! Coarse maps of a few numbers a cell, drawn with ellipses and lines, read smoothly between cells.

/// Cells of one size from north to south and west to east; longitudes wrap.
pub(crate) struct Grid<const N: usize> {
    cells_per_deg: f32,
    width: usize,
    height: usize,
    cells: Vec<[f32; N]>,
}

impl<const N: usize> Grid<N> {
    /// A grid whose cells come from their latitude and longitude in degrees.
    pub fn new(cells_per_deg: usize, cell: impl Fn(f32, f32) -> [f32; N]) -> Self {
        let (width, height) = (360 * cells_per_deg, 180 * cells_per_deg + 1);
        let per_deg = cells_per_deg as f32;
        let mut cells = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                cells.push(cell(90.0 - y as f32 / per_deg, x as f32 / per_deg - 180.0));
            }
        }
        Self { cells_per_deg: per_deg, width, height, cells }
    }

    /// Changes the cells within `reach` (degrees of latitude and longitude) of a place; `change` also gets how far north and
    /// east of it the cell is.
    pub fn around(
        &mut self,
        lat: f32,
        lon: f32,
        reach: [f32; 2],
        mut change: impl FnMut(&mut [f32; N], f32, f32),
    ) {
        let per_deg = self.cells_per_deg;
        let first = ((90.0 - lat - reach[0]) * per_deg).ceil().max(0.0) as usize;
        let last = (((90.0 - lat + reach[0]) * per_deg).floor() as usize).min(self.height - 1);
        let (west, east) = (
            ((lon - reach[1] + 180.0) * per_deg).ceil() as i32,
            ((lon + reach[1] + 180.0) * per_deg).floor() as i32,
        );
        for y in first..=last {
            let north = 90.0 - y as f32 / per_deg - lat;
            for x in west..=east {
                let column = x.rem_euclid(self.width as i32) as usize;
                let east = x as f32 / per_deg - 180.0 - lon;
                change(&mut self.cells[y * self.width + column], north, east);
            }
        }
    }

    /// The numbers at a place (longitude -540 to 540), linear between cells.
    pub fn at(&self, lat: f32, lon: f32) -> [f32; N] {
        let y = ((90.0 - lat) * self.cells_per_deg).clamp(0.0, (self.height - 1) as f32);
        let around = self.width as f32;
        let x = (lon + 180.0) * self.cells_per_deg;
        let x = if x < 0.0 { x + around } else { x };
        let x = if x >= around { x - around } else { x };
        let (row, column) = (y as usize, x as usize);
        let (v, u) = (y - row as f32, x - column as f32);
        let west = column.min(self.width - 1);
        let east = if west + 1 == self.width { 0 } else { west + 1 };
        let north = row * self.width;
        let south = (row + 1).min(self.height - 1) * self.width;
        let [a, b, c, d] =
            [north + west, north + east, south + west, south + east].map(|i| &self.cells[i]);
        std::array::from_fn(|i| {
            let top = a[i] + (b[i] - a[i]) * u;
            let bottom = c[i] + (d[i] - c[i]) * u;
            top + (bottom - top) * v
        })
    }
}
