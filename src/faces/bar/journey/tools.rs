//! The journey's tools: a row of signs above the time line.

use egui::Ui;
use skyreel_core::command::{Command, JourneyCommand};
use skyreel_core::journey::Pace;
use skyreel_core::player::AtEnd;
use skyreel_core::snapshot::JourneyView;

use super::super::icons::Icon;
use super::super::style;
use super::super::widgets::IconButton;
use super::JourneyPanel;
use super::forms::Form;
use super::lanes::PACES;

/// How far a click rolls the camera, degrees.
const ROLL_DEG: f64 = 5.0;

fn tool(ui: &mut Ui, icon: Icon, name: &str, hover: &str, is_enabled: bool) -> bool {
    ui.add_enabled(is_enabled, IconButton::new(icon, name).hover(hover)).clicked()
}

impl JourneyPanel {
    pub(super) fn show_tools(&mut self, ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
        ui.add_space(8.0);
        self.show_files(ui, view, say);
        ui.add_space(8.0);
        self.show_keys(ui, view, say);
        ui.add_space(8.0);
        self.show_paces(ui, view, say);
        ui.add_space(8.0);
        show_history(ui, view, say);
        ui.add_space(8.0);
        self.show_play(ui, view, say);
    }

    fn show_files(&mut self, ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
        if tool(ui, Icon::Page, "New journey", "Begin an empty journey", true) {
            if view.is_changed {
                self.forms.open(Form::AskNew, view);
            } else {
                self.forms.close();
                say.push(Command::Journey(JourneyCommand::New {}));
            }
        }
        let hover = "Begin with what a recording has";
        if tool(ui, Icon::Folder, "Open journey", hover, true) {
            self.forms.toggle(Form::Open, view);
        }
        let hover = "Save as a text (Ctrl+S)";
        if tool(ui, Icon::Disk, "Save journey", hover, !view.keys.is_empty()) {
            self.save(view, say);
        }
        let hover = "Save under another name";
        if tool(ui, Icon::Pen, "Save journey as", hover, !view.keys.is_empty()) {
            self.forms.toggle(Form::Save, view);
        }
        let hover = "Write it for OpenSpace, or in another format";
        if tool(ui, Icon::Export, "Export journey", hover, !view.keys.is_empty()) {
            self.forms.toggle(Form::Export, view);
        }
    }

    fn show_keys(&mut self, ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
        let mut tell = |command| say.push(Command::Journey(command));
        let hover = "Add a key of what is seen now: where the journey's time stands, or behind the \
                     last key (K)";
        if tool(ui, Icon::Key, "Add key", hover, true) {
            tell(JourneyCommand::AddKey { at_s: None, name: None });
        }
        let hover = "Add a change of a property, where the journey's time stands";
        if tool(ui, Icon::Switch, "Add property", hover, true) {
            self.forms.toggle(Form::Property, view);
        }
        let hover = "Add a script, where the journey's time stands";
        if tool(ui, Icon::Script, "Add script key", hover, true) {
            self.forms.toggle(Form::Script, view);
        }
        let is_selected = !self.time_line.selected.is_empty();
        let hover = "Give the selected keys what is there now: the view, the property's value";
        if tool(ui, Icon::Update, "Update keys", hover, is_selected) {
            for key in self.selected() {
                tell(JourneyCommand::Update { key });
            }
        }
        let hover = "Put the selected keys once more where the journey's time stands (Ctrl+D)";
        if tool(ui, Icon::Copy, "Duplicate keys", hover, is_selected) {
            self.duplicate(view, say);
        }
        let hover = "Take the selected keys away (Delete)";
        if tool(ui, Icon::Trash, "Remove keys", hover, is_selected) {
            self.remove(say);
        }
    }

    fn show_paces(&mut self, ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
        let chosen = self.time_line.chosen(view);
        let pace = chosen.first().map(|key| key.pace);
        let pace = pace.filter(|pace| chosen.iter().all(|key| key.pace == *pace));
        for (of, name, hover) in PACES {
            let icon = match of {
                Pace::Linear => Icon::Linear,
                Pace::In => Icon::EaseIn,
                Pace::Out => Icon::EaseOut,
                Pace::InOut => Icon::EaseInOut,
                Pace::Hold => Icon::Hold,
            };
            let button = IconButton::new(icon, name).chosen(pace == Some(of));
            let button = button.hover(format!("{name}: {}", hover.to_lowercase()));
            if ui.add_enabled(!chosen.is_empty(), button).clicked() {
                let keys = self.selected();
                say.push(Command::Journey(JourneyCommand::Ease { keys, pace: of }));
            }
        }
        let cameras = self.cameras(view);
        for (icon, name, by_deg) in
            [(Icon::RollLeft, "Roll left", -ROLL_DEG), (Icon::RollRight, "Roll right", ROLL_DEG)]
        {
            let hover = format!("{name} by {ROLL_DEG}° as the selected keys see it");
            if tool(ui, icon, name, &hover, !cameras.is_empty()) {
                let keys = cameras.clone();
                say.push(Command::Journey(JourneyCommand::Roll { keys, by_deg }));
            }
        }
        let hover = "Move keys in time, and take their easing away, so that the camera goes at an even \
                     speed: between those selected, or all";
        if tool(ui, Icon::Even, "Even speed", hover, !view.keys.is_empty()) {
            let keys = (cameras.len() > 2).then_some(cameras);
            say.push(Command::Journey(JourneyCommand::Even { keys }));
        }
    }

    fn show_play(&mut self, ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
        let mut tell = |from_s, to_s, at_end| {
            say.push(Command::Journey(JourneyCommand::Play { from_s, to_s, at_end }));
        };
        let has_way = view.duration.as_nanos() > 0;
        let play = IconButton::new(Icon::Play, "Play from here").colour(style::GREEN);
        if ui
            .add_enabled(has_way, play.hover("Play from where the journey's time stands"))
            .clicked()
        {
            tell(None, None, None);
        }
        let hover = "Play a stretch again and again: the one marked on the ruler with Shift+drag, or \
                     that of the selected keys";
        if tool(ui, Icon::Loop, "Loop stretch", hover, has_way) {
            let chosen = self.time_line.chosen(view);
            let ends = chosen.first().zip(chosen.last());
            let of_keys = ends.map(|(a, b)| (a.at.as_secs(), b.at.as_secs()));
            let of_keys = of_keys.filter(|(from_s, to_s)| to_s > from_s);
            let (from_s, to_s) =
                self.time_line.marks.or(of_keys).unwrap_or((0.0, view.duration.as_secs()));
            self.time_line.marks = Some((from_s, to_s));
            tell(Some(from_s), Some(to_s), Some(AtEnd::Loop));
        }
    }
}

fn show_history(ui: &mut Ui, view: &JourneyView, say: &mut Vec<Command>) {
    let undo = view
        .undo
        .as_ref()
        .map_or("Nothing to undo".to_owned(), |what| format!("Undo: {what} (Ctrl+Z)"));
    if tool(ui, Icon::Undo, "Undo", &undo, view.undo.is_some()) {
        say.push(Command::Journey(JourneyCommand::Undo {}));
    }
    let redo = view
        .redo
        .as_ref()
        .map_or("Nothing to redo".to_owned(), |what| format!("Redo: {what} (Ctrl+Shift+Z)"));
    if tool(ui, Icon::Redo, "Redo", &redo, view.redo.is_some()) {
        say.push(Command::Journey(JourneyCommand::Redo {}));
    }
}
