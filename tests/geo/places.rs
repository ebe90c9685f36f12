//! Names stand where they belong, the most important first.

use skyreel_geo::{PlaceKind, Surface};

use crate::EARTH;

#[test]
fn well_known_places_are_where_they_are() {
    #[rustfmt::skip]
    let known = [
        ("Tokyo", PlaceKind::City, 35.7, 139.7), ("London", PlaceKind::City, 51.5, -0.1), ("Mumbai", PlaceKind::City, 19.0, 72.8),
        ("Sydney", PlaceKind::City, -33.9, 151.2), ("Zürich", PlaceKind::City, 47.4, 8.5), ("Brazil", PlaceKind::Country, -10.0, -53.0),
        ("India", PlaceKind::Country, 22.0, 79.0), ("Iceland", PlaceKind::Country, 65.0, -18.5), ("Pacific Ocean", PlaceKind::Ocean, 5.0, -150.0),
        ("Africa", PlaceKind::Continent, 7.0, 21.0), ("Antarctica", PlaceKind::Continent, -80.0, 20.0),
    ];
    for (name, kind, lat, lon) in known {
        let place = EARTH.places().iter().find(|p| p.name == name && p.kind == kind);
        let place = place.unwrap_or_else(|| panic!("{name} is missing"));
        let tolerance = if kind == PlaceKind::City { 0.3 } else { 6.0 };
        assert!(
            (place.lat_deg - lat).abs() < tolerance && (place.lon_deg - lon).abs() < tolerance,
            "{place:?}"
        );
    }
}

#[test]
fn there_are_enough_of_each_kind_sorted_by_rank() {
    let places = EARTH.places();
    assert!(places.is_sorted_by_key(|p| p.rank));
    let count = |kind| places.iter().filter(|p| p.kind == kind).count();
    assert_eq!(count(PlaceKind::Continent), 7);
    assert!(
        count(PlaceKind::City) >= 1000
            && count(PlaceKind::Country) >= 190
            && count(PlaceKind::Ocean) >= 40
    );
    for p in places {
        assert!(
            p.lat_deg.abs() <= 90.0
                && p.lon_deg.abs() <= 180.0
                && p.rank <= 9
                && !p.name.trim().is_empty(),
            "{p:?}"
        );
        assert!(!p.name.contains(char::is_control) && !p.name.contains('\u{fffd}'), "{p:?}");
    }
}

#[test]
fn countries_lie_on_land_and_oceans_on_water() {
    let on = |kind, good: fn(Surface) -> bool| {
        let of_kind = EARTH.places().iter().filter(move |p| p.kind == kind);
        let wrong: Vec<_> =
            of_kind.clone().filter(|p| !good(EARTH.surface_at(p.lat_deg, p.lon_deg))).collect();
        (wrong.len() * 100 / of_kind.count(), wrong)
    };
    let (percent, wrong) = on(PlaceKind::Ocean, |s| s == Surface::Ocean);
    assert_eq!(percent, 0, "{wrong:?}");
    // Ports and atolls may fall beside a coast at this scale.
    for kind in [PlaceKind::Country, PlaceKind::City] {
        let (percent, wrong) = on(kind, |s| s != Surface::Ocean);
        assert!(percent <= 4, "{percent} %: {wrong:?}");
    }
}
