//! The session recording menu: recording above, playing below.

use egui::{Color32, Ui};
use serde::{Deserialize, Serialize};
use skyreel_core::command::{Command, PlayCommand, RecordCommand};
use skyreel_core::player::{AtEnd, Speed};
use skyreel_core::settings::Settings;
use skyreel_core::snapshot::{ModeView, Snapshot};

use super::library_list::LibraryList;
use super::playing::SPEEDS;
use super::strip::with_key;
use super::{Shown, style, widgets};

/// What is typed and chosen in the menu. What is chosen is kept between runs.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SessionPanel {
    #[serde(skip)]
    name: String,
    #[serde(skip)]
    description: String,
    as_text: bool,
    overwrite: bool,
    force_time: bool,
    loops: bool,
    speed: Speed,
    at_end: AtEnd,
    #[serde(skip)]
    pub(super) list: LibraryList,
}

impl Default for SessionPanel {
    fn default() -> Self {
        Self {
            name: String::new(),
            description: String::new(),
            as_text: false,
            overwrite: false,
            force_time: true,
            loops: false,
            speed: Speed::NORMAL,
            at_end: AtEnd::Hold,
            list: LibraryList::default(),
        }
    }
}

impl SessionPanel {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        height: f32,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) {
        let top = ui.cursor().top();
        self.show_record(ui, shown, say);
        ui.add_space(4.0);
        ui.separator();
        self.show_play_options(ui, shown.snapshot, say);
        // What is left of the panel is the list's; the link has a line of its own below.
        let left = height - (ui.cursor().top() - top) - 54.0;
        if let Some(recording) = self.list.show(ui, left.max(120.0), shown.snapshot, say) {
            say.push(Command::Play(self.play(recording)));
        }
        ui.hyperlink_to("Advanced help on session recording", shown.help_url)
            .on_hover_text("Opens in the browser");
    }

    fn show_record(&mut self, ui: &mut Ui, shown: &Shown<'_>, say: &mut Vec<Command>) {
        widgets::title(ui, "Record");
        let name = widgets::field(
            ui,
            &mut self.name,
            "File name",
            "File name, without ending",
            "What the recording is called; by date and time if left out",
        );
        widgets::field(
            ui,
            &mut self.description,
            "Description",
            "Description",
            "For whoever looks for it later",
        );
        widgets::flow(ui, |ui| {
            widgets::check(
                ui,
                &mut self.as_text,
                "Text file format",
                "Write a text (.ron) that can be read and changed by hand",
            );
            let hover = if self.overwrite {
                "A recording of that name is replaced"
            } else {
                "A name that is taken becomes 'name (2)'"
            };
            widgets::check(ui, &mut self.overwrite, "Overwrite", hover);
        });
        let can_record = can_record(&shown.snapshot.mode);
        let asked = self.record();
        widgets::fault_line(ui, asked.as_ref().err().map(String::as_str));
        ui.add_enabled_ui(can_record && asked.is_ok(), |ui| {
            let hover = if can_record {
                with_key("Everything is recorded until it is stopped", shown, "record")
            } else {
                "Playback is never recorded; stop it first".to_owned()
            };
            let is_entered = widgets::is_entered(ui, &name) && ui.is_enabled();
            let record = widgets::main_button(ui, "Record", &hover, style::RED_GROUND);
            if let (true, Ok(command)) = (record.clicked() || is_entered, asked) {
                say.push(Command::Record(command));
            }
        });
    }

    pub(super) fn take_over(&mut self, settings: &Settings) {
        self.as_text = settings.text_format;
        self.overwrite = settings.overwrite;
        self.force_time = settings.force_time;
        self.loops = settings.loops();
        self.speed = Speed::new(settings.playback_speed).unwrap_or_default();
        self.at_end = match settings.at_end {
            AtEnd::Loop => AtEnd::Hold,
            at_end => at_end,
        };
    }

    /// What was typed for a recording that has begun is not meant for the next.
    pub(super) fn forget_typed(&mut self) {
        self.name.clear();
        self.description.clear();
    }

    /// What cannot be the name of a file anywhere.
    fn name_fault(&self) -> Option<String> {
        let found = self.name.chars().find(|c| r#"/\:*?"<>|"#.contains(*c) || c.is_control())?;
        Some(format!("A file name cannot have {found:?} in it; leave it out"))
    }

    /// What begins a recording as typed and chosen.
    ///
    /// # Errors
    /// Where the name cannot be that of a file.
    pub(super) fn record(&self) -> Result<RecordCommand, String> {
        if let Some(fault) = self.name_fault() {
            return Err(fault);
        }
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Ok(RecordCommand::Start {
            name: given(&self.name),
            description: given(&self.description),
            text: Some(self.as_text),
            overwrite: Some(self.overwrite),
        })
    }

    fn play(&self, recording: String) -> PlayCommand {
        PlayCommand::Start {
            recording,
            force_time: Some(self.force_time),
            speed: Some(self.speed),
            at_end: Some(self.end()),
            from_s: None,
            to_s: None,
        }
    }

    fn end(&self) -> AtEnd {
        if self.loops { AtEnd::Loop } else { self.at_end }
    }

    /// What is chosen holds for the next playback, and for the one that is under way.
    fn show_play_options(&mut self, ui: &mut Ui, snapshot: &Snapshot, say: &mut Vec<Command>) {
        let is_playing = matches!(snapshot.mode, ModeView::Playing(_));
        let mut tell = |command| {
            if is_playing {
                say.push(Command::Play(command));
            }
        };
        widgets::title(ui, "Play");
        if widgets::check(
            ui,
            &mut self.force_time,
            "Force time change to recorded time",
            "The scene's clock is the recorded one; off: it goes its own way",
        ) {
            tell(PlayCommand::ForceTime { on: self.force_time });
        }
        if widgets::check(
            ui,
            &mut self.loops,
            "Loop playback",
            "Begin again at the end, until stopped by hand",
        ) {
            tell(PlayCommand::AtEnd { what: self.end() });
        }
        widgets::flow(ui, |ui| {
            ui.label("Speed");
            let hover = "How fast it plays";
            if let Some(speed) = widgets::choice(ui, "Speed", hover, &SPEEDS, self.speed) {
                self.speed = speed;
                tell(PlayCommand::Speed { speed });
            }
            ui.add_space(8.0);
            ui.label("At the end");
            let ends = [(AtEnd::Hold, "hold"), (AtEnd::Return, "return")];
            let hover = "Hold the last moment, or return to what was before";
            ui.add_enabled_ui(!self.loops, |ui| {
                if let Some(at_end) = widgets::choice(ui, "At the end", hover, &ends, self.at_end) {
                    self.at_end = at_end;
                    tell(PlayCommand::AtEnd { what: at_end });
                }
            });
        });
    }
}

/// Whether a recording can begin: not while one is made or played.
pub(super) fn can_record(mode: &ModeView) -> bool {
    match mode {
        ModeView::Idle => true,
        ModeView::Recording(_) => false,
        ModeView::Playing(playing) => playing.has_ended,
    }
}

/// The colour of a recording's state in a list.
pub(super) fn state_colour(is_playable: bool) -> Color32 {
    if is_playable { style::AMBER } else { style::RED }
}
