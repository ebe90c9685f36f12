//! Where the Moon's named features lie (IAU Gazetteer): data only, no painting.

use super::shape::Bead;

/// The maria as chains of discs: latitude, east longitude, radius, degrees. Discs are smaller than the gazetteer's
/// diameters where that counts a basin's rim or outlying bays.
pub(super) const MARIA: &[&[Bead]] = &[
    // Imbrium
    &[[34.5, -16.5, 16.0]],
    &[[44.5, -31.5, 3.8]],
    // Serenitatis
    &[[27.5, 18.0, 10.2]],
    // Tranquillitatis, with its northern and southern bays
    &[[8.5, 27.0, 9.2], [8.0, 35.0, 9.0]],
    &[[13.0, 31.0, 8.5]],
    &[[16.5, 25.5, 4.0], [20.0, 22.0, 3.5]],
    &[[1.0, 25.5, 5.5], [-3.0, 26.5, 3.0]],
    // Sinus Amoris
    &[[15.0, 37.0, 4.0], [19.5, 38.0, 2.0]],
    // Crisium
    &[[17.0, 56.5, 6.6], [17.0, 61.5, 6.2]],
    // Fecunditatis
    &[[-1.5, 51.5, 7.2], [-8.5, 52.5, 7.5], [-16.5, 51.0, 3.2]],
    // Nectaris and Sinus Asperitatis
    &[[-15.2, 34.6, 5.4]],
    &[[-5.5, 27.8, 2.6], [-9.0, 28.0, 1.6]],
    // Nubium
    &[[-17.5, -14.0, 6.0], [-22.0, -17.0, 7.6], [-21.0, -12.0, 5.6]],
    // Palus Epidemiarum
    &[[-31.5, -24.0, 2.0], [-32.0, -29.5, 2.4]],
    // Humorum
    &[[-24.4, -38.6, 6.4]],
    // Cognitum and Insularum
    &[[-9.5, -22.5, 5.6]],
    &[[-6.0, -31.0, 5.5], [-12.0, -37.0, 5.5]],
    &[[7.0, -27.5, 5.5], [2.5, -17.0, 4.5]],
    &[[3.0, -25.0, 5.5], [1.0, -36.0, 6.5]],
    // Oceanus Procellarum, from Roris in the north to Humorum's shore in the south
    &[[50.0, -50.0, 4.5], [44.0, -53.0, 6.5], [35.0, -54.0, 9.0], [24.0, -57.0, 10.5]],
    &[[24.0, -57.0, 10.5], [12.0, -53.0, 11.5], [2.0, -48.0, 9.5], [-7.0, -43.0, 6.5]],
    &[[32.0, -39.0, 8.0], [21.0, -40.0, 8.5], [12.0, -39.0, 8.0]],
    &[[18.0, -30.0, 4.0], [22.0, -28.0, 4.0]],
    &[[1.0, -57.0, 5.5], [-5.0, -58.0, 3.0]],
    &[[-14.0, -48.0, 3.0], [-17.0, -44.0, 2.2]],
    // Frigoris, an arc over Imbrium, and Lacus Mortis
    &[
        [54.0, -43.0, 3.0],
        [58.0, -30.0, 3.6],
        [60.0, -12.0, 3.6],
        [58.5, 5.0, 3.8],
        [55.5, 20.0, 3.6],
        [51.0, 33.0, 2.8],
    ],
    &[[45.0, 27.5, 2.6]],
    // Somniorum
    &[[38.0, 30.0, 3.6], [36.0, 36.0, 2.8]],
    // Vaporum, Medii, Aestuum
    &[[13.3, 3.6, 3.8]],
    &[[1.8, 1.0, 2.6], [1.0, -3.0, 2.0]],
    &[[11.5, -8.5, 3.8]],
    // Putredinis
    &[[27.0, 0.5, 2.6]],
    // The eastern limb: Undarum, Spumans, Anguis, Marginis, Smythii, Humboldtianum
    &[[7.0, 68.5, 2.6]],
    &[[1.5, 65.0, 2.0]],
    &[[22.5, 67.5, 2.0]],
    &[[13.0, 86.0, 4.6]],
    &[[-1.5, 87.0, 5.2]],
    &[[57.0, 81.5, 3.2]],
    // Australe, in patches
    &[[-40.0, 90.0, 1.8]],
    &[[-46.0, 96.0, 2.4]],
    &[[-52.0, 88.0, 1.8]],
    &[[-46.0, 85.0, 1.2]],
    // The western limb: Orientale
    &[[-19.5, -94.5, 4.0]],
    // The far side: Moscoviense, Ingenii, Tsiolkovskiy, Jules Verne, Apollo, Aitken
    &[[27.0, 147.5, 4.2]],
    &[[-33.5, 164.0, 3.2]],
    &[[-20.5, 129.0, 2.2]],
    &[[-35.0, 147.3, 1.8]],
    &[[-36.0, -152.0, 2.6]],
    &[[-16.7, 173.4, 1.4]],
    // Dark crater floors: Plato, Grimaldi, Riccioli, Schickard, Endymion
    &[[51.6, -9.4, 1.5]],
    &[[-5.4, -68.4, 2.6]],
    &[[-2.5, -74.5, 1.3]],
    &[[-43.5, -55.5, 1.8]],
    &[[53.9, 57.0, 1.7]],
];

/// Bright land standing in or between the maria, which the discs above would drown: latitude, longitude, radius.
pub(super) const LAND: &[&[Bead]] = &[
    // Montes Apenninus, Caucasus, Alpes
    &[
        [14.5, -8.0, 1.2],
        [19.0, -2.5, 1.9],
        [25.0, 3.0, 1.9],
        [30.0, 7.5, 1.6],
        [37.0, 10.0, 2.0],
        [42.0, 8.0, 2.0],
    ],
    &[[42.0, 8.0, 1.8], [46.5, 0.0, 1.6], [50.0, -5.0, 1.2]],
    // Montes Carpatus and Copernicus
    &[[14.5, -26.0, 0.9], [15.0, -20.0, 1.2]],
    // Montes Haemus
    &[[17.0, 13.0, 1.4], [20.0, 11.0, 1.2]],
    // Montes Riphaeus
    &[[-7.5, -28.0, 0.9]],
    // Fra Mauro
    &[[-5.5, -17.0, 0.9], [-10.0, -16.0, 0.6]],
    // The shore between Serenitatis and Tranquillitatis
    &[[17.5, 30.0, 1.4], [22.0, 29.0, 1.6]],
];

/// The far side's South Pole-Aitken basin: wide, low, a little dark.
pub(super) const AITKEN_BASIN: &[&[Bead]] = &[&[[-53.0, -169.0, 34.0]]];

/// A rayed or otherwise bright crater.
pub(super) struct Bright {
    /// Latitude, east longitude, radius, degrees.
    pub(super) place: Bead,
    pub(super) rays: usize,
    pub(super) ray_length_deg: f32,
    /// Radius of the bright halo, degrees.
    pub(super) halo_deg: f32,
}

const fn bright(
    lat: f32,
    lon: f32,
    diameter_km: f32,
    rays: usize,
    ray_length_deg: f32,
    halo_deg: f32,
) -> Bright {
    Bright { place: [lat, lon, diameter_km / 60.6], rays, ray_length_deg, halo_deg }
}

/// Latitude, longitude, diameter in km, number and length of rays, halo.
pub(super) const BRIGHT: &[Bright] = &[
    bright(-43.3, -11.4, 85.0, 26, 62.0, 4.6),
    bright(9.6, -20.1, 96.0, 22, 17.0, 4.6),
    bright(8.1, -38.0, 30.0, 16, 11.0, 2.6),
    bright(23.7, -47.5, 40.0, 14, 10.0, 2.8),
    bright(16.1, 46.9, 27.0, 8, 8.0, 1.8),
    bright(-8.9, 61.1, 132.0, 10, 10.0, 2.6),
    bright(-32.5, 54.2, 60.0, 12, 12.0, 2.2),
    bright(-24.5, -63.7, 19.0, 12, 12.0, 1.8),
    bright(73.4, -10.1, 52.0, 12, 20.0, 2.6),
    bright(61.7, 50.3, 32.0, 10, 14.0, 2.0),
    bright(22.5, 24.0, 5.0, 6, 4.0, 1.0),
    bright(35.9, 102.8, 22.0, 18, 30.0, 3.0),
    bright(22.4, -163.1, 71.0, 18, 26.0, 4.0),
    bright(-20.5, -6.0, 20.0, 6, 5.0, 1.4),
    bright(-1.9, 47.6, 12.0, 6, 5.0, 1.2),
    bright(39.3, -33.0, 12.0, 6, 5.0, 1.0),
    bright(-36.0, 61.0, 40.0, 10, 10.0, 1.8),
];

/// Large craters an eye finds: latitude, east longitude, diameter in km, freshness 0..1.
pub(super) const CRATERS: &[[f32; 4]] = &[
    [-58.8, -14.1, 231.0, 0.35],
    [-50.5, -6.3, 156.0, 0.3],
    [-49.6, -21.8, 157.0, 0.3],
    [-9.3, -1.9, 154.0, 0.3],
    [-13.7, -3.2, 111.0, 0.45],
    [-18.2, -1.9, 97.0, 0.6],
    [-11.4, 26.4, 99.0, 0.9],
    [-13.3, 24.1, 98.0, 0.5],
    [-18.1, 23.4, 104.0, 0.3],
    [-25.4, 60.8, 184.0, 0.6],
    [-8.9, 61.1, 132.0, 0.8],
    [-44.3, -55.3, 212.0, 0.3],
    [-17.6, -40.1, 111.0, 0.5],
    [29.7, -4.0, 81.0, 0.6],
    [50.2, 17.4, 88.0, 0.8],
    [44.3, 16.3, 70.0, 0.8],
    [31.8, 29.9, 95.0, 0.5],
    [51.6, -9.4, 101.0, 0.5],
    [-5.4, -68.4, 173.0, 0.3],
    [-20.4, 129.1, 185.0, 0.7],
    [-43.3, -11.4, 85.0, 1.0],
    [9.6, -20.1, 96.0, 1.0],
    [-16.7, 173.4, 135.0, 0.6],
    [-29.9, 26.9, 125.0, 0.3],
    [-41.5, 3.0, 190.0, 0.2],
    [-33.0, 1.0, 140.0, 0.25],
    [-25.6, -1.9, 118.0, 0.3],
    [-66.8, -69.1, 300.0, 0.25],
    [46.7, 44.4, 87.0, 0.6],
    [53.9, 57.0, 123.0, 0.5],
    [27.7, 55.5, 126.0, 0.5],
    [4.5, -154.0, 480.0, 0.15],
    [-4.5, -159.5, 437.0, 0.15],
    [57.0, -148.0, 590.0, 0.12],
    [-35.0, -151.0, 537.0, 0.2],
    [-20.0, -95.0, 930.0, 0.25],
    [-75.0, 132.4, 312.0, 0.4],
];
