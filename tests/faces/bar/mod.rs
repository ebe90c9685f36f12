//! The window's interface, clicked on by what its controls are called.

mod console;
mod edits;
mod journey;
mod layout;
mod notices;
mod panels;
mod parity;
mod playing;
mod recording;
mod settings;

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Modifiers, Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use skyreel_core::command::{Command, said};
use skyreel_core::settings::SettingRow;
use skyreel_core::snapshot::{ModeView, Snapshot};
use skyreel_faces::bar::{Bar, Entrance, Panel, Shown, apply_style, pressed};
use skyreel_faces::keys::KeyMap;

use crate::support;

/// What a window has.
pub struct Seat {
    pub bar: Bar,
    pub snapshot: Snapshot,
    pub settings: Vec<SettingRow>,
    pub keys: KeyMap,
    said: Vec<Command>,
    is_styled: bool,
}

/// A window without a screen.
pub struct Window(Harness<'static, Seat>);

impl Window {
    pub fn new(mode: ModeView) -> Self {
        Self::of(support::snapshot(mode), vec2(1280.0, 720.0), 1.0)
    }

    pub fn with(mode: ModeView, panel: Panel) -> Self {
        let mut window = Self::new(mode);
        window.open(panel);
        window
    }

    pub fn of(snapshot: Snapshot, size: Vec2, pixels_per_point: f32) -> Self {
        let seat = Seat {
            bar: Bar::default(),
            snapshot,
            settings: support::settings(),
            keys: KeyMap::default(),
            said: Vec::new(),
            is_styled: false,
        };
        let builder = Harness::builder()
            .with_size(size)
            .with_pixels_per_point(pixels_per_point)
            .with_step_dt(1.0 / 60.0);
        let harness = builder.build_ui_state(
            |ui, seat: &mut Seat| {
                let ctx = ui.ctx();
                if !std::mem::replace(&mut seat.is_styled, true) {
                    apply_style(ctx);
                }
                let Seat { bar, snapshot, settings, keys, said, .. } = seat;
                let help_url = "https://help.example";
                let language = support::language();
                let browser = Some(Entrance { address: "http://localhost:4680/", code: "K7Q-M2X" });
                let shown = Shown { snapshot, settings, keys, browser, help_url, language };
                bar.press_keys(ctx, pressed(ctx), &shown, said);
                bar.show(ctx, &shown, said);
            },
            seat,
        );
        let mut window = Self(harness);
        window.settle();
        window
    }

    /// Lets some frames pass.
    pub fn settle(&mut self) {
        self.0.run_steps(4);
    }

    pub fn wait(&mut self, seconds: f64) {
        self.0.run_steps((seconds * 60.0) as usize);
    }

    pub fn open(&mut self, panel: Panel) {
        self.seat().bar.open(panel);
        self.settle();
    }

    pub fn seat(&mut self) -> &mut Seat {
        self.0.state_mut()
    }

    /// The control of this name; the text beside it may read the same.
    #[track_caller]
    pub fn node<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a> {
        let mut all: Vec<_> = self.0.query_all_by_label(name).collect();
        if all.len() > 1 {
            all.retain(|node| node.accesskit_node().role() != Role::Label);
        }
        assert_eq!(all.len(), 1, "controls called '{name}'");
        all.remove(0)
    }

    /// Clicks what has this name.
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        self.node(name).click();
        self.settle();
    }

    pub fn double_click(&mut self, name: &str) {
        let node = self.node(name);
        node.click();
        node.click();
        self.settle();
    }

    /// Types into the field of this name, in place of what was in it.
    pub fn write(&mut self, name: &str, text: &str) {
        self.node(name).click();
        self.settle();
        self.0.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
        self.node(name).type_text(text);
        self.settle();
    }

    /// Types what a keyboard would send.
    pub fn type_text(&mut self, text: &str) {
        self.0.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    pub fn press(&mut self, held: Modifiers, key: egui::Key) {
        self.0.key_press_modifiers(held, key);
        self.settle();
    }

    /// What was said since this was asked last. Each is in the catalogue, and its words lead back to it.
    #[track_caller]
    pub fn said(&mut self) -> Vec<Command> {
        let said = std::mem::take(&mut self.seat().said);
        for command in &said {
            let (call, arguments) = command.words();
            assert_eq!(Command::from_words(&call, arguments).as_ref(), Ok(command));
        }
        said
    }

    /// Asserts that exactly this was said, in the catalogue's words.
    #[track_caller]
    pub fn assert_said(&mut self, lines: &[&str]) {
        let expected: Vec<Command> = lines.iter().map(|line| said(line).unwrap()).collect();
        assert_eq!(self.said(), expected);
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.query_all_by_label(name).next().is_some()
    }

    /// Whether a text that contains this is on screen.
    pub fn reads(&self, text: &str) -> bool {
        self.0.query_all_by_label_contains(text).next().is_some()
    }

    pub fn is_enabled(&self, name: &str) -> bool {
        !self.node(name).accesskit_node().is_disabled()
    }

    pub fn rect(&self, name: &str) -> Rect {
        self.node(name).rect()
    }

    /// The names of all that can be clicked.
    pub fn buttons(&self) -> Vec<String> {
        let buttons = self.0.root();
        let buttons = buttons.query_all(egui_kittest::kittest::By::new().predicate(|node| {
            matches!(node.role(), Role::Button | Role::CheckBox | Role::ComboBox)
                && !node.is_disabled()
        }));
        buttons.filter_map(|node| node.accesskit_node().label()).collect()
    }

    pub fn drag(&mut self, from: egui::Pos2, over: &[egui::Pos2]) {
        self.0.hover_at(from);
        self.0.drag_at(from);
        for at in over {
            self.0.hover_at(*at);
        }
        self.0.drop_at(over.last().copied().unwrap_or(from));
        self.settle();
    }

    pub fn click_at(&mut self, at: egui::Pos2, held: Modifiers) {
        self.0.hover_at(at);
        for pressed in [true, false] {
            self.0.event_modifiers(
                egui::Event::PointerButton {
                    pos: at,
                    button: egui::PointerButton::Primary,
                    pressed,
                    modifiers: held,
                },
                held,
            );
        }
        self.settle();
    }

    /// What was put into the clipboard in the last frame.
    pub fn copied(&self) -> Option<String> {
        let commands = &self.0.output().platform_output.commands;
        commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    }

    pub fn wheel(&mut self, at: egui::Pos2, by: Vec2) {
        self.0.hover_at(at);
        self.0.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: by,
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
        });
        self.settle();
    }

    pub fn hover(&mut self, at: egui::Pos2) {
        self.0.hover_at(at);
        self.wait(1.0);
    }

    pub fn edit(&mut self, change: impl FnOnce(&mut Snapshot)) {
        change(&mut self.seat().snapshot);
        self.settle();
    }

    pub fn library(&mut self, library: skyreel_core::snapshot::LibraryView) {
        self.edit(|snapshot| snapshot.library = Arc::new(library));
    }
}

impl Window {
    /// The colours in which a text is written.
    pub fn text_colours(&self, text: &str) -> Vec<egui::Color32> {
        let shapes = self.0.output().shapes.iter();
        let written = shapes.filter_map(|shape| match &shape.shape {
            egui::Shape::Text(written) if written.galley.text() == text => {
                Some(written.galley.job.sections.first()?.format.color)
            }
            _ => None,
        });
        written.collect()
    }

    /// The colours of a text that is written in several, without repeats side by side.
    pub fn colours_within(&self, text: &str) -> Vec<egui::Color32> {
        let shapes = self.0.output().shapes.iter();
        let written = shapes.filter_map(|shape| match &shape.shape {
            egui::Shape::Text(written) if written.galley.text() == text => Some(written),
            _ => None,
        });
        let sections = written.flat_map(|written| &written.galley.job.sections);
        let mut colours: Vec<_> = sections.map(|section| section.format.color).collect();
        colours.dedup();
        colours
    }

    /// The colours with which areas are filled.
    pub fn fills(&self) -> Vec<egui::Color32> {
        let mut left: Vec<_> = self.0.output().shapes.iter().map(|shape| &shape.shape).collect();
        let mut fills = Vec::new();
        while let Some(shape) = left.pop() {
            match shape {
                egui::Shape::Rect(area) => fills.push(area.fill),
                egui::Shape::Vec(more) => left.extend(more),
                _ => {}
            }
        }
        fills
    }

    /// Clicks the first of those of a name, where it is.
    pub fn click_first(&mut self, name: &str) {
        if let Some(node) = self.0.query_all_by_label(name).next() {
            node.click();
        }
        self.settle();
    }
}
