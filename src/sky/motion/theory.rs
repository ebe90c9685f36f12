//! The Sun, the planets, Pluto and the Moon by published theories, from the same Sun and in the
//! same axes.

use glam::{DMat3, DVec3};
use serde::{Deserialize, Serialize};

use super::series::Series;
use super::{moon, pluto};
use crate::axes::{AU_M, EQUATORIAL_FROM_ECLIPTIC, GALACTIC_FROM_EQUATORIAL, Moment};
use crate::error::SceneError;

/// A body of the solar system that has a theory of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Wanderer {
    /// The barycentre of the solar system, the world's origin.
    Barycentre,
    /// The Sun.
    Sun,
    /// Mercury, by VSOP87.
    Mercury,
    /// Venus, by VSOP87.
    Venus,
    /// The Earth itself, by VSOP87.
    Earth,
    /// The barycentre of Earth and Moon.
    EarthMoon,
    /// The Moon, by ELP/MPP02.
    Moon,
    /// Mars with its moons, by VSOP87.
    Mars,
    /// Jupiter with its moons, by VSOP87.
    Jupiter,
    /// Saturn with its moons, by VSOP87.
    Saturn,
    /// Uranus with its moons, by VSOP87.
    Uranus,
    /// Neptune with its moons, by VSOP87.
    Neptune,
    /// Pluto with its moons, by the series in Meeus, chapter 37.
    Pluto,
}

/// The bodies that pull at the Sun, and the Sun's mass in units of theirs (IAU 1976 and DE405). The
/// Earth's is that of Earth and Moon: the Sun's place changes by less than 15 m for it.
const MASSES: [(Wanderer, f64); 9] = [
    (Wanderer::Mercury, 6_023_600.0),
    (Wanderer::Venus, 408_523.71),
    (Wanderer::Earth, 328_900.56),
    (Wanderer::Mars, 3_098_708.0),
    (Wanderer::Jupiter, 1_047.348_6),
    (Wanderer::Saturn, 3_497.898),
    (Wanderer::Uranus, 22_902.98),
    (Wanderer::Neptune, 19_412.24),
    (Wanderer::Pluto, 135_200_000.0),
];

/// The Moon's share of the mass of Earth and Moon (DE405: the Earth has 81.30056 times the Moon's).
const MOON_SHARE: f64 = 1.0 / 82.300_56;

/// The theories' tables.
#[derive(Clone, Debug)]
pub(crate) struct Theory {
    planets: [Series; 8],
    moon: Series,
    metres_from_au: DMat3,
}

const PLANETS: [&str; 8] =
    ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"];

impl Theory {
    /// The tables that come with the program.
    pub fn embedded() -> Result<Self, SceneError> {
        let planets = include_str!("../../../assets/ephemeris/planets.txt");
        let moon = include_str!("../../../assets/ephemeris/moon.txt");
        let missing = |name: &str| SceneError::Table {
            line: 0,
            found: format!("no section [{name}]"),
            expected: "one for each of the eight planets and the Moon",
        };
        let mut tables = Series::read_table(planets)?;
        tables.extend(Series::read_table(moon)?);
        let mut take = |name: &str| {
            let section = tables.iter_mut().find(|(section, _)| *section == name);
            section.map(|(_, series)| std::mem::take(series)).ok_or_else(|| missing(name))
        };
        let mut series: [Series; 8] = Default::default();
        for (place, name) in series.iter_mut().zip(PLANETS) {
            *place = take(name)?;
        }
        Ok(Self {
            planets: series,
            moon: take("Moon")?,
            metres_from_au: GALACTIC_FROM_EQUATORIAL * EQUATORIAL_FROM_ECLIPTIC * AU_M,
        })
    }

    /// From the Sun, world axes, metres. The barycentre's costs as much as all planets together.
    pub fn heliocentric_m(&self, wanderer: Wanderer, moment: Moment) -> DVec3 {
        self.metres_from_au * self.heliocentric_au(wanderer, moment)
    }

    fn heliocentric_au(&self, wanderer: Wanderer, moment: Moment) -> DVec3 {
        let planet = |index: usize| {
            let (time, held) = (moment.centuries() / 10.0, moment.centuries_held() / 10.0);
            DVec3::from_array(self.planets[index].at(time, held))
        };
        match wanderer {
            Wanderer::Barycentre => {
                self.barycentre(|wanderer| self.heliocentric_au(wanderer, moment))
            }
            Wanderer::Sun => DVec3::ZERO,
            Wanderer::Mercury => planet(0),
            Wanderer::Venus => planet(1),
            Wanderer::Earth => planet(2),
            Wanderer::EarthMoon => planet(2) + moon::geocentric(&self.moon, moment) * MOON_SHARE,
            Wanderer::Moon => planet(2) + moon::geocentric(&self.moon, moment),
            Wanderer::Mars => planet(3),
            Wanderer::Jupiter => planet(4),
            Wanderer::Saturn => planet(5),
            Wanderer::Uranus => planet(6),
            Wanderer::Neptune => planet(7),
            Wanderer::Pluto => pluto::heliocentric(moment),
        }
    }

    fn barycentre(&self, from_sun: impl Fn(Wanderer) -> DVec3) -> DVec3 {
        let (mut weighted, mut total) = (DVec3::ZERO, 1.0);
        for (wanderer, sun_in_its_masses) in MASSES {
            weighted += from_sun(wanderer) / sun_in_its_masses;
            total += 1.0 / sun_in_its_masses;
        }
        weighted / total
    }

    /// All of them at once.
    pub fn solar(&self, moment: Moment) -> Solar {
        let of = |wanderer| self.heliocentric_au(wanderer, moment);
        let mut from_sun = [DVec3::ZERO; 13];
        for (wanderer, _) in MASSES {
            from_sun[wanderer as usize] = of(wanderer);
        }
        let earth = from_sun[Wanderer::Earth as usize];
        let moon = moon::geocentric(&self.moon, moment);
        from_sun[Wanderer::EarthMoon as usize] = earth + moon * MOON_SHARE;
        from_sun[Wanderer::Moon as usize] = earth + moon;
        let barycentre = self.barycentre(|wanderer| from_sun[wanderer as usize]);
        from_sun[Wanderer::Barycentre as usize] = barycentre;
        let in_world_m = from_sun.map(|place| self.metres_from_au * (place - barycentre));
        Solar { in_world_m }
    }
}

/// Where the wanderers are at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Solar {
    in_world_m: [DVec3; 13],
}

impl Solar {
    /// In the world, metres.
    pub fn in_world_m(&self, wanderer: Wanderer) -> DVec3 {
        self.in_world_m[wanderer as usize]
    }
}
