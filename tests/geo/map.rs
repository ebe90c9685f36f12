//! x
fn main() {
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let e = skyreel_geo::Earth::embedded().unwrap();
        println!("decode {:?}", t.elapsed());
        let req = |w: f64, s: f64, e: f64, n: f64| skyreel_geo::TileRequest {
            west_deg: w,
            south_deg: s,
            east_deg: e,
            north_deg: n,
            width_px: 1024,
            height_px: 1024,
        };
        for (n, r) in [
            ("world", skyreel_geo::TileRequest::world(4096, 2048)),
            ("arctic canada 40", req(-120., 50., -80., 90.)),
            ("scandinavia 40", req(0., 40., 40., 80.)),
            ("canada lakes 30", req(-110., 45., -80., 75.)),
            ("india 30", req(65., 5., 95., 35.)),
            ("british 12", req(-11., 49., 1., 61.)),
            ("japan 5", req(135., 33., 140., 38.)),
            ("fjords 1", req(5., 60., 6., 61.)),
            ("chile 2", req(-75., -51., -73., -49.)),
            ("ocean", req(-150., -30., -140., -20.)),
            ("indonesia40", req(100., -20., 140., 20.)),
            ("siberia40", req(60., 40., 100., 80.)),
        ] {
            let t = std::time::Instant::now();
            let tile = e.tile(&r).unwrap();
            println!("{n} {:?} {}", t.elapsed(), tile.rgba.len());
        }
    }
}
