//! Numbered pictures hold exactly what was sent.

use std::path::Path;

use skyreel_film::{FilmError, FilmSpec};

use crate::tools::{picture, spec, write};

fn read(path: &Path) -> (u32, u32, Vec<u8>) {
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    assert_eq!(reader.info().srgb, Some(png::SrgbRenderingIntent::Perceptual));
    assert_eq!(reader.output_color_type(), (png::ColorType::Rgb, png::BitDepth::Eight));
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgb).unwrap();
    (info.width, info.height, rgb)
}

fn listing(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn pictures_are_numbered_from_zero_and_lossless() {
    let folder = tempfile::tempdir().unwrap();
    for (output, name) in
        [("a/", "a/{:06}.png"), ("b", "b/{:06}.png"), ("c/take_%04d.png", "c/take_{:04}.png")]
    {
        // Odd sizes are fine.
        let summary = write(&spec(folder.path().join(output), 65, 47, "60"), 30).unwrap();
        let mut bytes = 0;
        for n in 0..30 {
            let width = if name.contains("06") { 6 } else { 4 };
            let file = name
                .replace("{:06}", &format!("{n:0width$}"))
                .replace("{:04}", &format!("{n:0width$}"));
            let path = folder.path().join(file);
            let sent: Vec<u8> =
                picture(n, 65, 47).chunks(4).flat_map(|p| p[..3].to_vec()).collect();
            assert!(read(&path) == (65, 47, sent), "{}", path.display());
            bytes += path.metadata().unwrap().len();
        }
        assert_eq!((summary.frames, summary.bytes), (30, bytes), "{output}");
        assert_eq!(listing(&folder.path().join(&output[..1])).len(), 30, "{output}");
    }
}

#[test]
fn an_earlier_film_is_in_the_way_or_replaced_whole_and_other_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("shots");
    let asked = spec(&output, 64, 48, "60");
    write(&asked, 12).unwrap();
    for other in ["notes.txt", "00001.png", "0000012.png", "000001.png.bak"] {
        std::fs::write(output.join(other), "").unwrap();
    }
    let error = write(&asked, 5).unwrap_err();
    assert!(matches!(error, FilmError::Exists { .. }) && error.is_usage(), "{error}");
    assert_eq!(listing(&output).len(), 16);
    write(&FilmSpec { overwrite: true, ..asked }, 5).unwrap();
    assert_eq!(
        listing(&output),
        [
            "000000.png",
            "000001.png",
            "000001.png.bak",
            "0000012.png",
            "000002.png",
            "000003.png",
            "000004.png",
            "00001.png",
            "notes.txt"
        ]
    );
}
