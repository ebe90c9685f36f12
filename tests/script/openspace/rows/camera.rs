//! Where the camera is.

use super::Row;

pub const ROWS: &[Row] = &[
    Row(
        r#"openspace.navigation.setFocus("Moon", true, true)"#,
        &[r#"navigate.focus node="Moon""#],
        "",
    ),
    Row(
        "openspace.navigation.retargetAnchor()",
        &["navigate.get", r#"navigate.focus node="Earth""#],
        "",
    ),
    Row("return openspace.navigation.distanceToFocus()", &["navigate.get"], "10000000"),
    Row(
        "return openspace.navigation.distanceToFocusBoundingSphere()",
        &["navigate.get"],
        "3621863",
    ),
    Row(
        "return openspace.navigation.distanceToFocusInteractionSphere()",
        &["navigate.get"],
        "3621863",
    ),
    Row(r#"openspace.navigation.flyTo("Moon")"#, &[r#"navigate.fly_to node="Moon""#], ""),
    Row(
        r#"openspace.navigation.flyTo("Moon", 8)"#,
        &[r#"navigate.fly_to node="Moon" over_s=8.0"#],
        "",
    ),
    Row(
        r#"openspace.navigation.flyTo("Moon", true, 8)"#,
        &[r#"navigate.fly_to node="Moon" over_s=8.0"#],
        "",
    ),
    Row(
        r#"openspace.pathnavigation.flyTo("Moon", nil, 0)"#,
        &[r#"navigate.jump_to node="Moon""#],
        "",
    ),
    Row(
        r#"openspace.navigation.flyToHeight("Earth", 1000000, 3)"#,
        &[
            "navigate.get",
            r#"navigate.pose anchor="Earth" follow=true over_s=3.0 position_m=[7378137.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(
        r#"openspace.pathnavigation.flyToHeight("Earth", 0, false, 0)"#,
        &[
            "navigate.get",
            r#"navigate.pose anchor="Earth" follow=true position_m=[6378137.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(
        r#"openspace.navigation.flyToNavigationState({Anchor = "Earth", Position = {2e7, 0, 0}, Up = {0, 0, 1}}, 6)"#,
        &[
            r#"navigate.pose anchor="Earth" follow=true over_s=6.0 position_m=[20000000.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(
        r#"openspace.pathnavigation.flyToNavigationState({Anchor = "Earth", Position = {2e7, 0, 0}})"#,
        &[
            r#"navigate.pose anchor="Earth" follow=true over_s=5.0 position_m=[20000000.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(r#"openspace.navigation.jumpTo("Moon", 1)"#, &[r#"navigate.jump_to node="Moon""#], ""),
    Row(r#"openspace.pathnavigation.jumpTo("Moon")"#, &[r#"navigate.jump_to node="Moon""#], ""),
    Row(
        "openspace.navigation.zoomToFocus(2)",
        &["navigate.get", r#"navigate.fly_to node="Earth" over_s=2.0"#],
        "",
    ),
    Row(
        "openspace.pathnavigation.zoomToFocus()",
        &["navigate.get", r#"navigate.fly_to node="Earth""#],
        "",
    ),
    Row(
        "openspace.navigation.zoomToDistance(1000, 2)",
        &[
            "navigate.get",
            r#"navigate.pose anchor="Earth" follow=true over_s=2.0 position_m=[6379137.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(
        "openspace.pathnavigation.zoomToDistance(1000, 0)",
        &[
            "navigate.get",
            r#"navigate.pose anchor="Earth" follow=true position_m=[6379137.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(
        "openspace.navigation.zoomToDistanceRelative(2)",
        &[
            "navigate.get",
            r#"navigate.pose anchor="Earth" follow=true over_s=5.0 position_m=[19134411.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(
        "openspace.pathnavigation.zoomToDistanceRelative(1, 0)",
        &[
            "navigate.get",
            r#"navigate.pose anchor="Earth" follow=true position_m=[12756274.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row("openspace.navigation.stopPath()", &["navigate.stop"], ""),
    Row("openspace.pathnavigation.stopPath()", &["navigate.stop"], ""),
    Row("return openspace.navigation.isFlying()", &[], "false"),
    Row("return openspace.pathnavigation.isFlying()", &[], "false"),
    Row(
        "local s = openspace.navigation.getNavigationState() return s.Anchor, s.ReferenceFrame, \
         s.Position, s.Yaw, s.Pitch, s.Timestamp, math.floor(s.Up[3] + 0.5)",
        &["navigate.get"],
        "'Earth', nil, {10000000, 0, 0}, nil, nil, '2026-03-07T18:30:00.125', 1",
    ),
    Row(
        r#"openspace.navigation.setNavigationState({Anchor = "Earth", Position = {2e7, 0, 0}, Up = {0, 0, 1}})"#,
        &[
            r#"navigate.pose anchor="Earth" follow=true position_m=[20000000.0,0.0,0.0] rotation_wxyz=[0.5,0.5,0.5,0.5]"#,
        ],
        "",
    ),
    Row(
        r#"openspace.navigation.jumpToNavigationState({Anchor = "Earth", ReferenceFrame = "Root",
           Position = {x = 0, y = 0, z = 5}, Timestamp = "2030-01-01T00:00:00"}, true)"#,
        &[
            r#"clock.set date="2030-01-01T00:00:00.000" over_s=0.0"#,
            r#"navigate.pose anchor="Earth" follow=false position_m=[0.0,0.0,5.0] rotation_wxyz=[1.0,0.0,0.0,0.0]"#,
        ],
        "",
    ),
    Row(
        r#"openspace.globebrowsing.flyToGeo("Earth",51.5001524,-0.1262362,"400000")"#,
        &[
            r#"navigate.fly_to_geo altitude_m=400000.0 latitude_deg=51.5001524 longitude_deg=-0.1262362 node="Earth""#,
        ],
        "",
    ),
    Row(
        r#"openspace.globebrowsing.flyToGeo("14.16", "77.78", 3000, 7)"#,
        &[
            "navigate.fly_to_geo altitude_m=3000.0 latitude_deg=14.16 longitude_deg=77.78 over_s=7.0",
        ],
        "",
    ),
    Row(
        r#"openspace.navigation.flyToGeo("", 14, 77, 3000, 0, true)"#,
        &["navigate.jump_to_geo altitude_m=3000.0 latitude_deg=14.0 longitude_deg=77.0"],
        "",
    ),
    Row(
        r#"openspace.globebrowsing.flyToGeo2("Earth", 1, 2, true, 3)"#,
        &[
            r#"navigate.fly_to_geo altitude_m=3600000.0 latitude_deg=1.0 longitude_deg=2.0 node="Earth" over_s=3.0"#,
        ],
        "",
    ),
    Row(
        r#"openspace.navigation.flyToGeo2("Moon", 1, 2)"#,
        &[r#"navigate.fly_to_geo latitude_deg=1.0 longitude_deg=2.0 node="Moon""#],
        "",
    ),
    Row(
        r#"openspace.globebrowsing.goToGeo("Moon", 1, 2, 30)"#,
        &[r#"navigate.jump_to_geo altitude_m=30.0 latitude_deg=1.0 longitude_deg=2.0 node="Moon""#],
        "",
    ),
    Row(
        "openspace.globebrowsing.goToGeo(1, 2)",
        &["navigate.jump_to_geo latitude_deg=1.0 longitude_deg=2.0"],
        "",
    ),
    Row(
        r#"openspace.globebrowsing.jumpToGeo("Moon", 1, 2, 30)"#,
        &[r#"navigate.jump_to_geo altitude_m=30.0 latitude_deg=1.0 longitude_deg=2.0 node="Moon""#],
        "",
    ),
    Row(
        r#"openspace.navigation.jumpToGeo("Moon", 1, 2, nil, 1)"#,
        &[r#"navigate.jump_to_geo latitude_deg=1.0 longitude_deg=2.0 node="Moon""#],
        "",
    ),
    Row(
        r#"return openspace.navigation.localPositionFromGeo("Moon", 0, 0, 100)"#,
        &[],
        "1737500, 0, 0",
    ),
    Row(
        r#"return math.floor(openspace.globebrowsing.localPositionFromGeo("Earth", 0, 180))"#,
        &[],
        "-6378137",
    ),
    Row(
        r#"return openspace.globebrowsing.getLocalPositionFromGeo("Moon", 0, 0, 0)"#,
        &[],
        "1737400, 0, 0",
    ),
    Row(
        r#"return openspace.navigation.getLocalPositionFromGeo("Moon", 0, 0, 0)"#,
        &[],
        "1737400, 0, 0",
    ),
    Row(r#"return openspace.globebrowsing.getGeoPosition("Moon", 0, 0, 0)"#, &[], "1737400, 0, 0"),
    Row(r#"return openspace.navigation.getGeoPosition("Moon", 0, 0, 0)"#, &[], "1737400, 0, 0"),
    Row("return openspace.globebrowsing.getGeoPositionForCamera()", &[], "14.25, 77.5, 3600000"),
    Row("return openspace.navigation.getGeoPositionForCamera()", &[], "14.25, 77.5, 3600000"),
];
