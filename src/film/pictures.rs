//! Numbered PNG files. Each is written beside its name and renamed, so that a picture is whole or not there.

use std::fs;
use std::io;
use std::path::Path;

use crate::picture;
use crate::spec::PictureNames;
use crate::writer::Sink;
use crate::{FilmError, FilmSpec};

/// Makes the folder where it is missing, and sees to it that it can be written and holds no earlier film.
pub(crate) fn prepare(names: &PictureNames, overwrite: bool) -> Result<(), FilmError> {
    let folder = match names.folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => &names.folder,
    };
    let disk =
        |doing, path: &Path, source| FilmError::Disk { doing, path: path.to_owned(), source };
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(disk("create", folder, error));
        }
        _ => {}
    }
    for entry in fs::read_dir(folder).map_err(|error| disk("read", folder, error))? {
        let path = entry.map_err(|error| disk("read", folder, error))?.path();
        let ours = path.file_name().and_then(|name| names.number(name.to_str()?)).is_some();
        if !ours {
            continue;
        }
        if !overwrite {
            return Err(FilmError::Exists { path });
        }
        // Pictures of a longer film would otherwise stay behind this one's.
        fs::remove_file(&path).map_err(|error| disk("remove", &path, error))?;
    }
    let trial = part(&names.path(0));
    fs::write(&trial, []).map_err(|error| disk("create", &trial, error))?;
    fs::remove_file(&trial).map_err(|error| disk("remove", &trial, error))
}

/// Writes pictures; several of them may share the work.
pub(crate) struct Pictures {
    names: PictureNames,
    width: u32,
    height: u32,
    rgb: Vec<u8>,
    bytes: u64,
}

impl Pictures {
    /// A writer of pictures of the film's size.
    pub(crate) fn new(spec: &FilmSpec, names: PictureNames) -> Self {
        Self { names, width: spec.width, height: spec.height, rgb: Vec::new(), bytes: 0 }
    }
}

impl Sink for Pictures {
    fn frame(&mut self, n: u64, rgba: &[u8]) -> Result<(), FilmError> {
        let png = picture::encode(self.width, self.height, rgba, &mut self.rgb)
            .map_err(|error| FilmError::Encode { frame: n, reason: error.to_string() })?;
        let path = self.names.path(n);
        let part = part(&path);
        let written = fs::write(&part, &png).and_then(|()| fs::rename(&part, &path));
        written.map_err(|source| {
            let _ = fs::remove_file(&part);
            FilmError::writing(&path, n, source)
        })?;
        self.bytes += png.len() as u64;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<u64, FilmError> {
        Ok(self.bytes)
    }
}

/// The name a picture has until it is whole.
fn part(path: &Path) -> std::path::PathBuf {
    path.with_extension("png.part")
}
