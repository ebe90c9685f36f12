//! What is sent comes back: every frame once, in order, at its time, in its colours.

use skyreel_film::{Encoder, FilmSpec, FrameRate};

use crate::tools::{COLOURS, Decoded, decode, ffmpeg_is_here, picture, probe, spec, write};

const FRAMES: u32 = 90;

#[test]
fn every_frame_comes_back_in_order_and_close_to_what_was_sent() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (width, height, rate, encoder) in [
        (64, 48, "60", Encoder::Builtin),
        (322, 182, "30000/1001", Encoder::Builtin),
        (640, 360, "24", Encoder::Builtin),
        (182, 322, "0.2", Encoder::Builtin),
        (128, 96, "120", Encoder::Builtin),
        (322, 182, "30000/1001", Encoder::ffmpeg()),
        (640, 360, "60", Encoder::ffmpeg()),
        (128, 96, "0.2", Encoder::ffmpeg()),
    ] {
        let case = format!("{width}x{height} at {rate} by {encoder:?}");
        let film = folder.path().join("film.mp4");
        let spec = FilmSpec { encoder, overwrite: true, ..spec(&film, width, height, rate) };
        let summary = write(&spec, FRAMES).unwrap();
        assert_eq!((summary.frames, summary.bytes), (90, film.metadata().unwrap().len()), "{case}");

        let pictures = decode(&film, width, height);
        let numbers: Vec<u32> = pictures.iter().map(Decoded::number).collect();
        assert_eq!(numbers, (0..FRAMES).collect::<Vec<_>>(), "{case}");
        for (n, decoded) in pictures.iter().enumerate() {
            let psnr = decoded.psnr(&picture(n as u32, width, height));
            assert!(psnr > 33.0, "{case}: frame {n} has {psnr:.1} dB");
        }
        for n in [0, 45, 89] {
            for (column, sent) in (0..).zip(COLOURS) {
                let found = pictures[n].patch(column, 3);
                let off = (0..3).map(|c| found[c].abs_diff(sent[c])).max().unwrap();
                assert!(off <= 6, "{case}: frame {n} shows {sent:?} as {found:?}");
            }
        }
        check_flags(&spec, &case);
    }
}

/// Rate, times, number of frames, keyframes and colour flags, exactly.
fn check_flags(spec: &FilmSpec, case: &str) {
    let film = &spec.output;
    let rate: FrameRate = spec.rate;
    let (num, den) = (u64::from(rate.num()), u64::from(rate.den()));
    let said = probe(
        film,
        "stream=codec_name,width,height,pix_fmt,color_range,color_space,color_transfer,color_primaries,\
         has_b_frames,r_frame_rate,avg_frame_rate,nb_frames,nb_read_frames,time_base",
    );
    let value = |key: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(&format!("{key}=")));
        line.unwrap_or_else(|| panic!("{case}: no {key} in {said}")).to_owned()
    };
    let fraction = format!("{num}/{den}");
    for (key, expected) in [
        ("codec_name", "h264"),
        ("width", &spec.width.to_string()),
        ("height", &spec.height.to_string()),
        ("pix_fmt", "yuv420p"),
        ("color_range", "tv"),
        ("color_space", "bt709"),
        ("color_transfer", "bt709"),
        ("color_primaries", "bt709"),
        ("has_b_frames", "0"),
        ("avg_frame_rate", &fraction),
        ("nb_frames", "90"),
        ("nb_read_frames", "90"),
    ] {
        assert_eq!(value(key), expected, "{case}: {key}");
    }
    let timescale: u64 = value("time_base").strip_prefix("1/").unwrap().parse().unwrap();
    let frames = probe(film, "frame=pts,key_frame");
    let mut last_key = 0;
    let (mut n, mut key) = (0_u64, false);
    for line in frames.lines() {
        match line.split_once('=').unwrap() {
            ("key_frame", flag) => key = flag == "1",
            ("pts", pts) => {
                assert_eq!(
                    pts.parse::<u64>().unwrap() * num,
                    n * den * timescale,
                    "{case}: time of frame {n}"
                );
                if key {
                    last_key = n;
                }
                assert!(
                    (n - last_key) * den < 2 * num.max(den),
                    "{case}: no keyframe from {last_key} to {n}"
                );
                n += 1;
            }
            _ => {}
        }
    }
    assert_eq!(n, 90, "{case}");
    let duration = probe(film, "format=duration");
    let seconds: f64 = duration.trim().strip_prefix("duration=").unwrap().parse().unwrap();
    assert!((seconds - 90.0 / rate.hz()).abs() < 1e-6, "{case}: {duration}");
}

#[test]
fn the_same_frames_give_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let films = ["a.mp4", "b.mp4"].map(|name| {
        let film = folder.path().join(name);
        write(&spec(&film, 322, 182, "60"), 130).unwrap();
        std::fs::read(film).unwrap()
    });
    assert!(films[0] == films[1]);
}

#[test]
fn more_quality_is_a_better_picture_and_a_larger_file() {
    if !ffmpeg_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for encoder in [Encoder::Builtin, Encoder::ffmpeg()] {
        let mut last = (0.0, 0);
        for quality in [0, 25, 50, 75, 100] {
            let film = folder.path().join("film.mp4");
            let plain = spec(&film, 322, 182, "60");
            let spec = FilmSpec { quality, encoder: encoder.clone(), overwrite: true, ..plain };
            let bytes = write(&spec, 30).unwrap().bytes;
            let psnr = decode(&film, 322, 182)[29].psnr(&picture(29, 322, 182));
            assert!(
                psnr > last.0 && bytes > last.1,
                "{encoder:?} {quality}: {psnr:.1} dB, {bytes} after {last:?}"
            );
            last = (psnr, bytes);
        }
    }
}
