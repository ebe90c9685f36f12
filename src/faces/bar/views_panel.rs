//! Cameras, and which are on screen where.

use egui::{RichText, Ui};
use skyreel_core::command::{Command, ViewCommand};
use skyreel_core::snapshot::{Snapshot, ViewsView};

use super::icons::Icon;
use super::style;
use super::widgets::{self, IconButton};

/// What is typed.
#[derive(Debug, Default)]
pub(super) struct ViewsPanel {
    name: String,
    follows: bool,
}

impl ViewsPanel {
    pub(super) fn show(&mut self, ui: &mut Ui, snapshot: &Snapshot, say: &mut Vec<Command>) {
        let views = &*snapshot.views;
        let mut tell = |command| say.push(Command::View(command));
        widgets::title(ui, "On screen");
        ui.horizontal(|ui| {
            for (count, text, hover) in [
                (1, "One view", "One view fills the window"),
                (2, "Two views", "Two views side by side"),
                (4, "Four views", "Four views in a square"),
            ] {
                let is_on = views.on_screen.len() == usize::from(count);
                if widgets::toggle(ui, is_on, text, hover).clicked() {
                    tell(ViewCommand::Layout { count });
                }
            }
        });
        show_places(ui, views, &mut tell);
        widgets::title(ui, "Cameras");
        for (index, name) in views.names.iter().enumerate() {
            show_camera(ui, name, index == 0, &mut tell);
        }
        widgets::title(ui, "Add a camera where this one is");
        self.show_add(ui, views, &mut tell);
        widgets::remark(ui, "All cameras are recorded, whether they are on screen or not.");
    }

    fn show_add(&mut self, ui: &mut Ui, views: &ViewsView, tell: &mut impl FnMut(ViewCommand)) {
        let name = self.name.trim().to_owned();
        let is_taken = views.names.contains(&name);
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 80.0).max(80.0);
            let hover = "A name unlike the others'";
            let field = widgets::field_of(ui, &mut self.name, "Camera name", "Name", hover, width);
            let is_entered = widgets::is_entered(ui, &field);
            ui.add_enabled_ui(!is_taken && !name.is_empty(), |ui| {
                let add = widgets::button(ui, "Add", "Add a camera where this one is").clicked();
                if add || is_entered && ui.is_enabled() {
                    let (follow, vfov_deg) = (self.follows, None);
                    tell(ViewCommand::Add { name: name.clone(), follow, vfov_deg });
                    self.name.clear();
                }
            });
        });
        if is_taken {
            widgets::fault(ui, &format!("There is a camera '{name}' already; choose another name"));
        }
        widgets::check(
            ui,
            &mut self.follows,
            "Goes and turns with the focus",
            "Off: it keeps its place relative to the focus and its direction among the stars",
        );
    }
}

fn show_places(ui: &mut Ui, views: &ViewsView, tell: &mut impl FnMut(ViewCommand)) {
    let names: Vec<(usize, &str)> = views.names.iter().map(String::as_str).enumerate().collect();
    for (place, shown) in (1_u8..).zip(&views.on_screen).take(4) {
        ui.horizontal(|ui| {
            let label = format!("Place {place}");
            ui.label(RichText::new(&label).color(style::WEAK));
            let chosen = views.names.iter().position(|name| name == shown);
            let hover = "Which camera is on screen here";
            let chosen = chosen.unwrap_or(usize::MAX);
            if let Some(index) = widgets::choice(ui, &label, hover, &names, chosen)
                && let Some(name) = views.names.get(index)
            {
                tell(ViewCommand::Show { name: name.clone(), place: Some(place) });
            }
        });
    }
}

fn show_camera(ui: &mut Ui, name: &str, is_own: bool, tell: &mut impl FnMut(ViewCommand)) {
    let label = format!("Camera {name}");
    let (response, ()) = widgets::row(ui, &label, style::ROW, false, |ui, rect| {
        if !is_own {
            let remove = format!("Remove {name}");
            if ui.add(IconButton::new(Icon::Trash, &remove).hover("Take it away")).clicked() {
                tell(ViewCommand::Remove { name: name.to_owned() });
            }
            let here = format!("Move {name} here");
            let button = IconButton::new(Icon::Target, &here).hover("Put it where this one is");
            if ui.add(button).clicked() {
                tell(ViewCommand::Move { name: name.to_owned() });
            }
        }
        let left = ui.min_rect().left() - 4.0;
        let text = egui::Rect::from_min_max(rect.min, egui::pos2(left, rect.bottom()));
        widgets::paint_text(ui, text, name, egui::TextStyle::Button, style::TEXT);
    });
    let hover = if is_own { "The camera that is flown" } else { "Click to put it on screen" };
    if response.on_hover_text(hover).clicked() {
        tell(ViewCommand::Show { name: name.to_owned(), place: None });
    }
}
