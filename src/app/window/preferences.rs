//! The settings of the window: kept in a file, changed by command, put into force.

use std::path::PathBuf;
use std::sync::Arc;

use bevy::prelude::*;
use bevy_skyreel::{Defaults, Draft, RunningSession, StudioBox};
use skyreel_core::player::{AtEnd, Speed};
use skyreel_core::session::{PlayDefaults, RecordDefaults};
use skyreel_core::settings::{SettingError, SettingRow, Settings};
use skyreel_core::snapshot::Weight;
use skyreel_core::time::{SessionSpan, SimTime};
use skyreel_core::value::Value;
use skyreel_faces::keys::KeyMap;
use skyreel_store::record;
use skyreel_store::settings::SettingsFile;

use super::stage::Stage;
use super::studio::{Guests, WindowStudio};

/// The settings, and where they are kept.
#[derive(Resource)]
pub struct Preferences {
    /// What is set.
    pub settings: Settings,
    /// Where that is kept; `None`: nowhere.
    pub file: Option<SettingsFile>,
    /// The folder of recordings where no other is set.
    pub default_folder: PathBuf,
    /// The keys, as set.
    pub keys: KeyMap,
    /// All that can be set, as faces show it.
    pub rows: Arc<[SettingRow]>,
}

impl Preferences {
    /// Settings that were read.
    pub fn new(settings: Settings, file: Option<SettingsFile>, default_folder: PathBuf) -> Self {
        let (keys, _) = KeyMap::new(&settings.keys);
        let mut new = Self { settings, file, default_folder, keys, rows: Arc::default() };
        new.refresh();
        new
    }

    /// The folder that recordings are in.
    pub fn folder(&self) -> PathBuf {
        match &self.settings.recordings_folder {
            Some(folder) if !folder.is_empty() => PathBuf::from(folder),
            _ => self.default_folder.clone(),
        }
    }

    /// The file of something that is kept between runs.
    pub fn kept(&self, name: &str) -> PathBuf {
        self.default_folder.with_file_name(name)
    }

    /// Changes a setting.
    ///
    /// # Errors
    /// Where there is none of that name, or it cannot be that.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), SettingError> {
        self.settings.set(name, value)?;
        self.refresh();
        Ok(())
    }

    fn refresh(&mut self) {
        (self.keys, _) = KeyMap::new(&self.settings.keys);
        self.rows = SettingRow::all(&self.settings).into();
    }

    /// Writes what has changed; tells where that fails.
    pub fn save(&mut self) -> Result<(), String> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.save(&self.settings).map(|_| ()).map_err(|e| bevy_skyreel::files::told(&e))
    }
}

/// Puts the settings into force where they have changed, and keeps them.
pub fn put_into_force(
    mut preferences: ResMut<Preferences>,
    mut defaults: ResMut<Defaults>,
    (mut studio, mut draft): (ResMut<StudioBox>, ResMut<Draft>),
    mut session: ResMut<RunningSession>,
    (stage, guests, now): (Res<Stage>, Res<Guests>, Res<Now>),
) {
    if !preferences.is_changed() {
        return;
    }
    let preferences = preferences.bypass_change_detection();
    draft.0.settings = Arc::clone(&preferences.rows);
    let settings = &preferences.settings;
    let at_end = if settings.loops() { AtEnd::Loop } else { settings.at_end };
    *defaults = Defaults {
        record: RecordDefaults { as_text: settings.text_format, overwrite: settings.overwrite },
        play: PlayDefaults {
            force_time: settings.force_time,
            speed: Speed::new(settings.playback_speed).unwrap_or_default(),
            at_end,
        },
        instant_replay: SessionSpan::from_secs(settings.instant_replay_s).unwrap_or_default(),
    };
    let largest_bytes = Some(settings.largest_size_bytes).filter(|bytes| *bytes > 0);
    *studio = StudioBox::new(WindowStudio {
        folder: preferences.folder(),
        scene: Arc::clone(stage.scene()),
        guests: guests.clone(),
        settings: record::Settings { largest_bytes, ..record::Settings::default() },
        now: now.0,
    });
    if let Err(why) = preferences.save() {
        session.get().tell(Weight::Error, format!("settings are not kept: {why}"));
    }
}

/// A name for a file that somebody gave none: the date and time, without what names may not have.
pub fn name_by_date(now: Option<SimTime>, otherwise: &str) -> String {
    let iso = now.map_or(String::new(), SimTime::to_utc_iso);
    iso.get(..19).unwrap_or(otherwise).replace('T', " ").replace(':', ".")
}

/// Tells what time it is, outside the scene.
#[derive(Resource, Clone, Copy)]
pub struct Now(pub fn() -> Option<SimTime>);
