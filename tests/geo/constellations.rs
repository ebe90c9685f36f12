//! The figures of all 88 constellations, in directions that stars lie in.

use skyreel_geo::Constellations;

const IAU: &str = "And Ant Aps Aql Aqr Ara Ari Aur Boo CMa CMi CVn Cae Cam Cap Car Cas Cen Cep Cet Cha Cir Cnc Col Com CrA \
    CrB Crt Cru Crv Cyg Del Dor Dra Equ Eri For Gem Gru Her Hor Hya Hyi Ind LMi Lac Leo Lep Lib Lup Lyn Lyr Men Mic Mon Mus \
    Nor Oct Oph Ori Pav Peg Per Phe Pic PsA Psc Pup Pyx Ret Scl Sco Sct Ser Sex Sge Sgr Tau Tel TrA Tri Tuc UMa UMi Vel Vir Vol Vul";

#[test]
fn all_eighty_eight_are_there_by_their_iau_letters() {
    let constellations = Constellations::embedded().unwrap();
    let letters: Vec<_> = constellations.all().iter().map(|c| c.abbreviation.as_str()).collect();
    assert_eq!(letters, IAU.split_whitespace().collect::<Vec<_>>());
    for (letters, name) in [
        ("UMa", "Ursa Major"),
        ("Ori", "Orion"),
        ("Cru", "Crux"),
        ("Ser", "Serpens"),
        ("CVn", "Canes Venatici"),
    ] {
        let found = constellations.all().iter().find(|c| c.abbreviation == letters).unwrap();
        assert_eq!(found.name, name);
    }
}

#[test]
fn lines_are_short_unit_vectors_near_their_label() {
    for c in Constellations::embedded().unwrap().all() {
        assert!((1..=3).contains(&c.rank), "{}", c.name);
        assert!(!c.segments.is_empty(), "{}", c.name);
        let nearest = c
            .segments
            .iter()
            .flatten()
            .map(|p| p.angle_between(c.label).to_degrees())
            .fold(180.0, f64::min);
        assert!(nearest < 25.0, "{}: label {nearest} degrees away", c.name);
        for &[a, b] in &c.segments {
            assert!((a.length() - 1.0).abs() < 1e-12 && (b.length() - 1.0).abs() < 1e-12);
            assert!(a.angle_between(b).to_degrees() < 40.0, "{}", c.name);
        }
    }
}

#[test]
fn orion_has_its_shoulder_and_the_plough_its_seven_stars() {
    let constellations = Constellations::embedded().unwrap();
    // Right ascension and declination in degrees, J2000, Hipparcos.
    #[rustfmt::skip]
    let stars = [
        ("Ori", 88.793, 7.407), ("Ori", 78.634, -8.202), ("UMa", 165.932, 61.751), ("UMa", 165.460, 56.382),
        ("UMa", 178.458, 53.695), ("UMa", 183.857, 57.033), ("UMa", 193.507, 55.960), ("UMa", 200.981, 54.925),
        ("UMa", 206.885, 49.313), ("UMi", 37.955, 89.264), ("Cru", 186.650, -63.099), ("Sco", 247.352, -26.432),
    ];
    for (letters, ra, dec) in stars {
        let (ra, dec): (f64, f64) = (f64::to_radians(ra), f64::to_radians(dec));
        let star = glam::DVec3::new(dec.cos() * ra.cos(), dec.cos() * ra.sin(), dec.sin());
        let figure = constellations.all().iter().find(|c| c.abbreviation == letters).unwrap();
        let nearest = figure
            .segments
            .iter()
            .flatten()
            .map(|p| p.angle_between(star).to_degrees())
            .fold(180.0, f64::min);
        assert!(nearest < 0.05, "{letters} {ra} {dec}: {nearest} degrees");
    }
}
