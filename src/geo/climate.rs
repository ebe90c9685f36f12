//! The colours of the land as seen from space, made up from hand-drawn regions, latitude and noise: plausible,
//! not measured. Where land is, is the tile's to say; ice is taken from the data.

use crate::earth::Earth;
use crate::error::GeoError;
use crate::grid::Grid;
use crate::noise::{fractal, lerp, smooth, value};
use crate::regions::{GREENNESS, MOUNTAINS, Soil, TREE_LINE};
use crate::shelf::{NearLand, draw_shelves};
use crate::tile::STEPS_PER_TEXEL;
use crate::window::{TileRequest, Window};

type Rgb = [f32; 3];

impl Earth {
    /// Colours for the whole world, rows from north to south, columns from -180 degrees eastwards: sRGB colour of the
    /// ground (for some way into the sea, too, so that coasts may be drawn finer than this map), and in the fourth
    /// byte how shallow the sea is (0 deep, 255 shore).
    ///
    /// # Errors
    /// [`GeoError::Request`] where a side is 0 or longer than a tile's may be.
    pub fn climate_map(&self, width_px: u32, height_px: u32) -> Result<Vec<[u8; 4]>, GeoError> {
        let ice = self.ice_distances(&TileRequest::world(width_px, height_px))?;
        let coarse = Window::new(&TileRequest::world(360 * GROUND_PER_DEG, 180 * GROUND_PER_DEG))?;
        let near_land = NearLand::new(&self.data.land, &coarse);
        let climate = Climate::new(&near_land);
        let (width, height) = (width_px as usize, height_px as usize);
        let meridians: Vec<[f32; 3]> = (0..width)
            .map(|x| {
                let lon = (x as f32 + 0.5) / width as f32 * 360.0 - 180.0;
                let (sin, cos) = lon.to_radians().sin_cos();
                [lon, cos, sin]
            })
            .collect();
        let mut out = Vec::with_capacity(width * height);
        for (y, row) in ice.chunks_exact(width).enumerate() {
            let lat = 90.0 - (y as f32 + 0.5) / height as f32 * 180.0;
            let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
            for (&[lon, cos, sin], &ice) in meridians.iter().zip(row) {
                if ice < 128 && !near_land.is_near(lat, lon) {
                    out.push(climate.open_sea(lat, lon));
                } else {
                    let ice = smooth(-0.7, 0.7, (f32::from(ice) - 128.0) / STEPS_PER_TEXEL);
                    out.push(climate.texel(lat, lon, [cos_lat * cos, cos_lat * sin, sin_lat], ice));
                }
            }
        }
        Ok(out)
    }
}

/// Everything that colours are mixed from.
struct Climate {
    /// Greenness, and the soil's colour.
    ground: Grid<4>,
    /// Height of mountains, shallowness of the sea.
    terrain: Grid<2>,
    /// Noise: two displacements in degrees, one for greenness, one for brightness.
    noise: Grid<4>,
}

/// Cells of the ground's grid in a degree.
const GROUND_PER_DEG: u32 = 2;

fn soil_colour(soil: Soil) -> Option<Rgb> {
    Some(match soil {
        Soil::Sand => [209.0, 174.0, 125.0],
        Soil::Pale => [211.0, 186.0, 145.0],
        Soil::Ochre => [189.0, 147.0, 102.0],
        Soil::Red => [171.0, 111.0, 73.0],
        Soil::Grey => [165.0, 146.0, 118.0],
        Soil::Brown => [168.0, 136.0, 98.0],
        Soil::Same => return None,
    })
}

/// How green the land is by latitude where no region says otherwise.
fn zonal_greenness(lat: f32) -> f32 {
    const EVERY_TEN_DEG: [f32; 10] = [0.95, 0.85, 0.55, 0.5, 0.62, 0.74, 0.8, 0.72, 0.6, 0.5];
    table(&EVERY_TEN_DEG, lat.abs() / 10.0)
}

/// Mean temperature of lowlands by latitude, in degrees Celsius: roughly the textbooks' zonal means.
fn zonal_temperature_c(lat: f32) -> f32 {
    const EVERY_TEN_DEG: [f32; 10] = [27.0, 27.0, 25.0, 20.0, 14.0, 7.0, 0.0, -9.0, -18.0, -24.0];
    table(&EVERY_TEN_DEG, lat.abs() / 10.0)
}

fn table(values: &[f32; 10], at: f32) -> f32 {
    let i = (at as usize).min(8);
    lerp(values[i], values[i + 1], at - i as f32)
}

fn tree_line(lon: f32) -> f32 {
    let i = TREE_LINE.partition_point(|p| p[0] <= lon).clamp(1, TREE_LINE.len() - 1);
    let [[x0, y0], [x1, y1]] = [TREE_LINE[i - 1], TREE_LINE[i]];
    lerp(y0, y1, ((lon - x0) / (x1 - x0)).clamp(0.0, 1.0))
}

#[inline(always)]
fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    [lerp(a[0], b[0], t), lerp(a[1], b[1], t), lerp(a[2], b[2], t)]
}

#[inline(always)]
fn scaled([r, g, b]: Rgb, by: f32) -> Rgb {
    [r * by, g * by, b * by]
}

/// What grows, by greenness from 0.25 in equal steps to 1.
fn vegetation(greenness: f32, temperature_c: f32) -> Rgb {
    const WARM: [Rgb; 6] = [
        [152.0, 132.0, 86.0],
        [128.0, 121.0, 72.0],
        [101.0, 108.0, 58.0],
        [73.0, 92.0, 47.0],
        [47.0, 75.0, 36.0],
        [30.0, 60.0, 28.0],
    ];
    const COOL: [Rgb; 6] = [
        [150.0, 138.0, 100.0],
        [130.0, 126.0, 84.0],
        [102.0, 111.0, 68.0],
        [76.0, 95.0, 58.0],
        [52.0, 77.0, 47.0],
        [42.0, 68.0, 44.0],
    ];
    const COLD: [Rgb; 6] = [
        [142.0, 133.0, 106.0],
        [124.0, 121.0, 92.0],
        [98.0, 105.0, 75.0],
        [72.0, 85.0, 60.0],
        [52.0, 70.0, 50.0],
        [45.0, 63.0, 47.0],
    ];
    let at = ((greenness - 0.25) * (1.0 / 0.15)).clamp(0.0, 4.999);
    let i = at as usize;
    let step = |ramp: &[Rgb; 6]| mix(ramp[i], ramp[i + 1], at - i as f32);
    if temperature_c > 8.0 {
        mix(step(&COOL), step(&WARM), smooth(9.0, 21.0, temperature_c))
    } else {
        mix(step(&COLD), step(&COOL), smooth(-4.0, 8.0, temperature_c))
    }
}

impl Climate {
    fn new(near_land: &NearLand) -> Self {
        let mut terrain = Grid::new(GROUND_PER_DEG as usize, |lat, lon| {
            [0.0, smooth(0.0, 0.75, near_land.share_at(lat, lon)) * 0.75]
        });
        draw_mountains(&mut terrain);
        draw_shelves(&mut terrain, 1);
        Self { ground: ground(), terrain, noise: noise() }
    }

    /// Far from land: only the water's depth is of interest.
    fn open_sea(&self, lat: f32, lon: f32) -> [u8; 4] {
        let [north, east, ..] = self.noise.at(lat, lon);
        let [_, shallow] = self.terrain.at(lat + north * 0.6, lon + east * 0.6);
        rgba(PLAIN, shallow)
    }

    fn texel(&self, lat: f32, lon: f32, on_sphere: [f32; 3], ice: f32) -> [u8; 4] {
        let [north, east, greener, brighter] = self.noise.at(lat, lon);
        let [x, y, z] = tilted(on_sphere);
        let at_frequency =
            |f: f32, shift: f32| value([x * f + shift, y * f + shift, z * f + shift]);
        let fine = at_frequency(95.0, 0.0) - 0.5;
        let finest = at_frequency(260.0, 7.0) - 0.5;
        let grain = fine * 0.6 + finest * 0.4;
        let firn = scaled([234.0, 240.0, 245.0], 1.0 + brighter * 0.04 + grain * 0.02);
        let [_, shallow] = self.terrain.at(lat + north * 0.6, lon + east * 0.6);
        if ice == 1.0 {
            return rgba(firn, shallow);
        }
        let (at_lat, at_lon) = (lat + north + grain * 0.8, lon + east + grain * 0.8);

        let [greenness, red, green, blue] = self.ground.at(at_lat, at_lon);
        let [height, _] =
            self.terrain.at(lat + north * 0.25 + fine * 0.6, lon + east * 0.25 + finest * 0.9);
        let ridges = 1.0 - (fine.abs() * 2.6 + finest.abs() * 1.4);
        let peaks = height * (0.75 + 0.45 * ridges);
        let greenness = greenness + (greener + grain * 0.14) * smooth(0.0, 0.35, greenness);
        let temperature_c = zonal_temperature_c(at_lat) - height * 22.0;

        // Dry ground shows between what grows, thinning out towards the steppe.
        let soil = [red, green, blue];
        let mut colour =
            mix(soil, vegetation(greenness, temperature_c), smooth(0.02, 0.4, greenness));

        // Beyond the trees tundra, then stones.
        let beyond = at_lat - tree_line(lon);
        let tundra = mix(
            [112.0, 106.0, 78.0],
            [137.0, 130.0, 118.0],
            smooth(3.0, 9.0, beyond + grain * 4.0),
        );
        colour = mix(colour, tundra, smooth(-1.5, 2.0, beyond + grain * 3.0));

        // Mountains: rock above the trees, light and shade, snow on what reaches the snow line.
        let rock = mix([122.0, 110.0, 94.0], soil, 0.3);
        colour = mix(colour, rock, smooth(0.28, 0.8, peaks) * 0.7);
        let snow_line = snow_line(lat);
        let snow = smooth(snow_line - 0.04, snow_line + 0.26, peaks) * 0.95;
        let polar = smooth(76.0, 85.0, lat + grain * 10.0) * 0.55;
        colour = mix(colour, [236.0, 240.0, 243.0], snow.max(polar));
        // Slopes in light and shade, from one side, as on maps.
        let slope = if height > 0.08 { finest + 0.5 - at_frequency(260.0, 7.35) } else { 0.0 };
        let shade = 1.0 + brighter * 0.3 + grain * 0.16 + slope * (height * 0.8).min(0.5);
        rgba(mix(scaled(colour, shade), firn, ice), shallow)
    }
}

fn rgba([r, g, b]: Rgb, shallow: f32) -> [u8; 4] {
    [(r + 0.5) as u8, (g + 0.5) as u8, (b + 0.5) as u8, (shallow * 255.0) as u8]
}

/// Turned away from the axes, so that the noise's lattice does not show along meridians and parallels.
fn tilted([x, y, z]: [f32; 3]) -> [f32; 3] {
    [0.64 * x - 0.48 * y + 0.6 * z, 0.6 * x + 0.8 * y, -0.48 * x + 0.36 * y + 0.8 * z]
}

/// The height (1 is Himalaya) above which snow stays, by latitude.
fn snow_line(lat: f32) -> f32 {
    const EVERY_TEN_DEG: [f32; 10] = [0.92, 0.92, 0.9, 0.82, 0.7, 0.56, 0.47, 0.42, 0.28, 0.0];
    table(&EVERY_TEN_DEG, lat.abs() / 10.0)
}

/// The ground where no region says otherwise.
const PLAIN: Rgb = [160.0, 138.0, 104.0];

fn ground() -> Grid<4> {
    let mut grid = Grid::new(GROUND_PER_DEG as usize, |lat, _| {
        [zonal_greenness(lat), PLAIN[0], PLAIN[1], PLAIN[2]]
    });
    for &([lat, lon, half_lat, half_lon], greenness, soil) in GREENNESS {
        let soil = soil_colour(soil);
        // Edges are soft, but no softer than a few degrees for the largest.
        let soft = (2.2 / half_lat.min(half_lon)).clamp(0.2, 0.6);
        let reach = 1.0 + soft;
        grid.around(lat, lon, [half_lat * reach, half_lon * reach], |cell, north, east| {
            let (v, u) = (north / half_lat, east / half_lon);
            let d = (v * v + u * u).sqrt();
            let covered = 1.0 - smooth(1.0 - soft, 1.0 + soft, d);
            cell[0] = lerp(cell[0], greenness, covered);
            if let Some(soil) = soil {
                for i in 0..3 {
                    cell[i + 1] = lerp(cell[i + 1], soil[i], covered);
                }
            }
        });
    }
    grid
}

fn draw_mountains(grid: &mut Grid<2>) {
    for &(height, half_width, points) in MOUNTAINS {
        for leg in points
            .windows(2)
            .chain((points.len() == 1).then(|| [points[0], points[0]]).as_ref().map(|p| &p[..]))
        {
            let [a, b] = [leg[0], leg[1]];
            let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
            let squeeze = middle[0].to_radians().cos();
            let half = [(b[0] - a[0]) / 2.0, (b[1] - a[1]) / 2.0];
            let wide = half_width * 1.6;
            let reach = [half[0].abs() + wide, half[1].abs() + wide / squeeze];
            grid.around(middle[0], middle[1], reach, |cell, north, east| {
                let (hy, hx) = (half[0], half[1] * squeeze);
                let (py, px) = (north, east * squeeze);
                let along = (hy * hy + hx * hx).max(1e-6);
                let t = ((py * hy + px * hx) / along).clamp(-1.0, 1.0);
                let (dy, dx) = (py - t * hy, px - t * hx);
                let d = (dy * dy + dx * dx).sqrt() / wide;
                cell[0] = cell[0].max(height * (1.0 - smooth(0.15, 1.0, d)));
            });
        }
    }
}

fn noise() -> Grid<4> {
    Grid::new(1, |lat, lon| {
        let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
        let (sin, cos) = lon.to_radians().sin_cos();
        let p = [cos_lat * cos, cos_lat * sin, sin_lat];
        let at = |shift: f32| p.map(|v| v + shift);
        [
            fractal(at(0.0), 8.0, 3) * 3.8,
            fractal(at(3.0), 8.0, 3) * 3.8 / cos_lat.max(0.3),
            fractal(at(6.0), 16.0, 2) * 0.34,
            fractal(at(9.0), 10.0, 3),
        ]
    })
}
