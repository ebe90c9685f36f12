//! What can be made of a recording, and the small form in which each is asked for.

use egui::{DragValue, Popup, Response, RichText, Ui};
use skyreel_core::command::{Command, EditCommand, JourneyCommand, LibraryCommand, Part};
use skyreel_core::snapshot::{LibraryView, RecordingItem};

use super::library_list::title;
use super::{style, widgets};

/// What can be done with a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Reduce,
    Smooth,
    Trim,
    Split,
    Join,
    Speed,
    Date,
    Drop,
    Rename,
}

/// All, with what the menu and the form call them.
const KINDS: [(Kind, &str, &str, &str); 9] = [
    (Kind::Reduce, "Reduce…", "Reduce", "Keep as few camera entries as a bound in pixels needs"),
    (Kind::Smooth, "Smooth…", "Smooth", "Take the shake out of the camera's way"),
    (Kind::Trim, "Trim…", "Trim", "Keep a part"),
    (Kind::Split, "Split…", "Split", "Make two of one"),
    (Kind::Join, "Join with…", "Join", "Put another behind it"),
    (Kind::Speed, "Speed…", "Change speed", "Play a stretch faster or slower"),
    (Kind::Date, "Date…", "Change date", "Let it happen at another date"),
    (Kind::Drop, "Drop…", "Drop", "Leave the camera, toggles or events out"),
    (Kind::Rename, "Rename…", "Rename", "Give it another name"),
];
const PARTS: [(Part, &str); 3] =
    [(Part::Camera, "camera"), (Part::Toggles, "toggles"), (Part::Events, "events")];

/// What was chosen in the menu of a recording.
pub(super) enum Chosen {
    Form(usize),
    Journey,
}

/// The menu that opens from a recording's button.
pub(super) fn menu(button: &Response) -> Option<Chosen> {
    let mut chosen = None;
    Popup::menu(button).show(|ui| {
        for (index, (_, text, _, hover)) in KINDS.iter().enumerate() {
            if widgets::button(ui, text, hover).clicked() {
                chosen = Some(Chosen::Form(index));
            }
        }
        if widgets::button(ui, "Open as journey", "Its keys, to be changed by hand").clicked() {
            chosen = Some(Chosen::Journey);
        }
    });
    chosen
}

/// The form that is open, and what is typed into it.
#[derive(Debug)]
pub(super) struct EditForm {
    kind: Kind,
    verb: &'static str,
    recording: String,
    title: String,
    duration_s: Option<f64>,
    within_px: f64,
    from_s: f64,
    to_s: f64,
    at_s: f64,
    then: Option<String>,
    over_s: f64,
    times: f64,
    date: String,
    part: Part,
    name: String,
    is_new: bool,
}

impl EditForm {
    pub(super) fn new(item: &RecordingItem, index: usize) -> Option<Self> {
        let (kind, _, verb, _) = *KINDS.get(index)?;
        let duration_s = item.duration.map(|duration| duration.as_secs().max(0.0));
        let to_s = duration_s.unwrap_or(60.0);
        let file = item.recording.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        Some(Self {
            kind,
            verb,
            recording: item.recording.clone(),
            title: title(item).to_owned(),
            duration_s,
            within_px: if kind == Kind::Smooth { 10.0 } else { 1.0 },
            from_s: 0.0,
            to_s,
            at_s: (to_s * 5.0).round() / 10.0,
            then: None,
            over_s: 3.0,
            times: 2.0,
            date: String::new(),
            part: Part::Events,
            name: if kind == Kind::Rename { stem.to_owned() } else { String::new() },
            is_new: true,
        })
    }

    /// Shows the form; true where it is to be closed.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        library: &LibraryView,
        is_busy: bool,
        say: &mut Vec<Command>,
    ) -> bool {
        let mut closes = false;
        let frame = egui::Frame::new().fill(style::RAISED.gamma_multiply(0.6));
        let frame = frame.corner_radius(6).inner_margin(8);
        frame.show(ui, |ui| {
            let text = RichText::new(format!("{}: {}", self.verb, self.title)).strong();
            ui.add(egui::Label::new(text).truncate());
            let is_entered = self.show_fields(ui, library);
            let is_made = self.kind != Kind::Rename;
            let asked = self.asked();
            let is_ready = asked.is_ok() && !(is_made && is_busy);
            widgets::fault_line(ui, asked.as_ref().err().copied());
            ui.horizontal(|ui| {
                let hover = match (is_made, is_busy) {
                    (true, true) => "One at a time; another is still being made",
                    (true, false) => "A new recording is made; this one stays as it is",
                    _ => "Give it this name",
                };
                let go = egui::Button::new(RichText::new(self.verb).strong()).fill(style::CHOSEN);
                let go = ui.add_enabled(is_ready, go);
                let go = go.on_hover_text(hover).on_disabled_hover_text(hover);
                if let (true, true, Ok(command)) = (go.clicked() || is_entered, is_ready, asked) {
                    say.push(command);
                    closes = true;
                }
                closes |= widgets::button(ui, "Cancel", "Leave it as it is").clicked();
            });
        });
        self.is_new = false;
        closes
    }

    fn show_fields(&mut self, ui: &mut Ui, library: &LibraryView) -> bool {
        match self.kind {
            Kind::Reduce | Kind::Smooth => {
                ui.horizontal(|ui| {
                    ui.label("within");
                    let field =
                        DragValue::new(&mut self.within_px).range(0.01..=1_000.0).speed(0.05);
                    let hover = "How far anything may be from where it was, in a picture 1080 high";
                    widgets::named(ui.add(field.suffix(" pixels")), "Pixels").on_hover_text(hover);
                });
            }
            Kind::Trim | Kind::Speed => {
                if self.kind == Kind::Speed {
                    ui.horizontal(|ui| {
                        let field = DragValue::new(&mut self.times).range(0.01..=100.0).speed(0.01);
                        let hover = "How many times as fast; less than 1: slower";
                        widgets::named(ui.add(field.suffix(" × as fast")), "Times")
                            .on_hover_text(hover);
                    });
                }
                let most_s = self.duration_s.unwrap_or(1e7);
                ui.horizontal(|ui| {
                    ui.label("from");
                    seconds(ui, &mut self.from_s, most_s, "Edit from", "First moment, seconds");
                    ui.label("to");
                    seconds(ui, &mut self.to_s, most_s, "Edit to", "Last moment, seconds");
                });
            }
            Kind::Split => {
                let most_s = self.duration_s.unwrap_or(1e7);
                ui.horizontal(|ui| {
                    ui.label("at");
                    seconds(ui, &mut self.at_s, most_s, "Split at", "First moment of the second");
                });
            }
            Kind::Join => self.show_join(ui, library),
            Kind::Date => {
                let hover = "ISO 8601, UTC, at its start; or an interval to shift by: -3h, 1y";
                let hint = "2031-05-01T20:00:00, or -3h";
                let date = widgets::field(ui, &mut self.date, "New date", hint, hover);
                if self.is_new {
                    date.request_focus();
                }
            }
            Kind::Drop => {
                let hover = "What is left out";
                if let Some(part) = widgets::choice(ui, "Part", hover, &PARTS, self.part) {
                    self.part = part;
                }
            }
            Kind::Rename => {}
        }
        let hint = "New name; one of its own if left out";
        let hover = "File name without ending";
        let name = widgets::field(ui, &mut self.name, "New name", hint, hover);
        if self.is_new && self.kind == Kind::Rename {
            name.request_focus();
        }
        widgets::is_entered(ui, &name)
    }

    fn show_join(&mut self, ui: &mut Ui, library: &LibraryView) {
        ui.horizontal(|ui| {
            ui.label("with");
            let others = library.recordings.iter().enumerate().filter(|(_, item)| item.is_playable);
            let of: Vec<(Option<usize>, &str)> =
                others.map(|(index, item)| (Some(index), title(item))).collect();
            let is_it = |item: &RecordingItem| Some(&item.recording) == self.then.as_ref();
            let chosen = library.recordings.iter().position(is_it);
            let hover = "What comes behind it";
            if let Some(Some(index)) = widgets::choice(ui, "Second recording", hover, &of, chosen) {
                self.then = library.recordings.get(index).map(|item| item.recording.clone());
            }
            ui.label("over");
            let hover = "How long the passage between them takes; 0: a cut";
            seconds(ui, &mut self.over_s, 1e4, "Passage", hover);
        });
    }

    /// What is asked for.
    ///
    /// # Errors
    /// Where that cannot be: why.
    fn asked(&self) -> Result<Command, &'static str> {
        let recording = self.recording.clone();
        let name = self.name.trim();
        if name.contains(|c: char| r#"/\:*?"<>|"#.contains(c) || c.is_control()) {
            return Err("A file name cannot have / \\ : * ? \" < > | in it");
        }
        let name = (!name.is_empty()).then(|| name.to_owned());
        let is_end = self.duration_s.is_some_and(|duration_s| self.to_s >= duration_s);
        let from_s = (self.from_s > 0.0).then_some(self.from_s);
        let to_s = (!is_end).then_some(self.to_s);
        if matches!(self.kind, Kind::Trim | Kind::Speed) && self.to_s <= self.from_s {
            return Err("The part ends before it begins");
        }
        let within_px = Some(self.within_px);
        Ok(Command::Edit(match self.kind {
            Kind::Reduce => EditCommand::Reduce { recording, within_px, name },
            Kind::Smooth => EditCommand::Smooth { recording, within_px, name },
            Kind::Trim => EditCommand::Trim { recording, from_s, to_s, name },
            Kind::Split => EditCommand::Split { recording, at_s: self.at_s, name },
            Kind::Join => {
                let then = self.then.clone().ok_or("Choose what comes behind it")?;
                EditCommand::Join { recording, then, over_s: Some(self.over_s), name }
            }
            Kind::Speed => EditCommand::Speed { recording, times: self.times, from_s, to_s, name },
            Kind::Date => {
                let date = self.date.trim().to_owned();
                if date.is_empty() {
                    return Err("Type a date, or an interval");
                }
                EditCommand::Date { recording, date, name }
            }
            Kind::Drop => EditCommand::Drop { recording, what: self.part, name },
            Kind::Rename => {
                let name = name.ok_or("Type a name")?;
                return Ok(Command::Library(LibraryCommand::Rename { recording, name }));
            }
        }))
    }
}

/// What is said to open a recording as a journey.
pub(super) fn open_as_journey(item: &RecordingItem) -> Command {
    Command::Journey(JourneyCommand::Open { recording: item.recording.clone() })
}

fn seconds(ui: &mut Ui, value_s: &mut f64, most_s: f64, name: &str, hover: &str) {
    let field = DragValue::new(value_s).range(0.0..=most_s).speed(0.1).max_decimals(3).suffix(" s");
    widgets::named(ui.add(field), name).on_hover_text(hover);
}
