//! What the camera turns round, and flights to somewhere else.

use std::sync::Arc;

use egui::{Align, Layout, ProgressBar, RichText, ScrollArea, TextStyle, Ui, pos2, vec2};
use skyreel_core::command::{Command, NavigateCommand};
use skyreel_core::snapshot::{FlightView, NavigationView, NodeView, SceneView, Snapshot};

use super::filtered::{Filtered, Search};
use super::icons::Icon;
use super::widgets::{self, IconButton};
use super::{style, words};

/// What stands under the list, points: always the same, so that the list stays as high as it is.
const BELOW: f32 = PLACE + 148.0;
/// Where the camera is, or the flight that is under way, points.
const PLACE: f32 = 44.0;
/// The least height of the list, points.
const LEAST_LIST: f32 = 100.0;

/// What is typed.
#[derive(Debug, Default)]
pub(super) struct FocusPanel {
    search: String,
    shows_all: bool,
    latitude_deg: String,
    longitude_deg: String,
    altitude_km: String,
    rows: Filtered<SceneView, (String, bool), usize>,
}

impl FocusPanel {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        height: f32,
        snapshot: &Snapshot,
        say: &mut Vec<Command>,
    ) {
        let mut tell = |command| say.push(Command::Navigate(command));
        let navigation = snapshot.navigation.as_ref();
        let focus = navigation.map_or("", |navigation| navigation.focus.as_str());
        let top = ui.cursor().top();
        self.show_search(ui, &snapshot.scene, &mut tell);
        let left = (height - (ui.cursor().top() - top) - BELOW).max(LEAST_LIST);
        ui.scope(|ui| self.show_nodes(ui, left, &snapshot.scene, focus, &mut tell));
        let size = vec2(ui.available_width(), PLACE);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(size);
            match navigation {
                Some(NavigationView { flight: Some(flight), .. }) => {
                    show_flight(ui, flight, &mut tell);
                }
                Some(navigation) => place(ui, navigation),
                None => widgets::remark(ui, "There is no camera that could be flown."),
            }
        });
        widgets::title(ui, "Fly to a place above the focus");
        self.show_place_form(ui, &mut tell);
    }

    /// Enter chooses the first that fits, Ctrl+Enter flies there.
    fn show_search(
        &mut self,
        ui: &mut Ui,
        scene: &Arc<SceneView>,
        tell: &mut impl FnMut(NavigateCommand),
    ) {
        let field = ui.horizontal(|ui| {
            let width = ui.available_width() - 110.0;
            let hover = "Names are searched. Enter: turn round the first; Ctrl+Enter: fly there";
            let text = &mut self.search;
            let field = widgets::field_of(ui, text, "Search focus", "Search", hover, width);
            let hover = "Also trails, labels and the like, not bodies alone";
            widgets::check(ui, &mut self.shows_all, "All nodes", hover);
            field
        });
        let is_chosen = widgets::is_entered(ui, &field.inner);
        let wants_flight = field.inner.has_focus()
            && ui.input(|input| input.modifiers.command && input.key_pressed(egui::Key::Enter));
        if self.search.trim().is_empty() || !(is_chosen || wants_flight) {
            return;
        }
        let Some(node) = self.fitting(scene).first().map(|index| &scene.nodes[*index]) else {
            return;
        };
        let node = node.name.clone();
        tell(if wants_flight || ui.input(|input| input.modifiers.command) {
            NavigateCommand::FlyTo { node, over_s: None }
        } else {
            NavigateCommand::Focus { node }
        });
    }

    /// The nodes that are to be shown.
    fn fitting(&mut self, scene: &Arc<SceneView>) -> &[usize] {
        let asked = (self.search.clone(), self.shows_all);
        self.rows.rows(scene, &asked, |scene| fitting(scene, &asked))
    }

    fn show_place_form(&mut self, ui: &mut Ui, tell: &mut impl FnMut(NavigateCommand)) {
        let fields = [
            (&mut self.latitude_deg, "Latitude", "°N", "48.21", "Degrees north, −90 to 90"),
            (&mut self.longitude_deg, "Longitude", "°E", "16.37", "Degrees east, −180 to 360"),
            (&mut self.altitude_km, "Altitude", "km", "best", "Above the ground; may be left out"),
        ];
        ui.columns_const(|columns: &mut [Ui; 3]| {
            for (ui, (text, name, unit, hint, hover)) in columns.iter_mut().zip(fields) {
                widgets::remark(ui, &format!("{name} {unit}"));
                let width = ui.available_width() - 16.0;
                widgets::field_of(ui, text, name, hint, hover, width);
            }
        });
        let place = self.place();
        let fault = place.as_ref().err().and_then(Option::as_deref);
        widgets::fault_line(ui, fault);
        ui.add_enabled_ui(place.is_ok(), |ui| {
            ui.horizontal(|ui| {
                let fly =
                    widgets::button(ui, "Fly there", "In a smooth path, which can be stopped");
                let jump = widgets::button(ui, "Jump there", "At once");
                let Ok((latitude_deg, longitude_deg, altitude_m)) = place else { return };
                let node = None;
                if fly.clicked() {
                    let over_s = None;
                    tell(NavigateCommand::FlyToGeo {
                        node,
                        latitude_deg,
                        longitude_deg,
                        altitude_m,
                        over_s,
                    });
                } else if jump.clicked() {
                    tell(NavigateCommand::JumpToGeo {
                        node,
                        latitude_deg,
                        longitude_deg,
                        altitude_m,
                    });
                }
            });
        });
    }

    /// The place that is typed, or what is wrong with it; nothing where too little is typed yet.
    fn place(&self) -> Result<(f64, f64, Option<f64>), Option<String>> {
        let latitude_deg = number("Latitude", &self.latitude_deg, (-90.0, 90.0))?;
        let longitude_deg = number("Longitude", &self.longitude_deg, (-180.0, 360.0))?;
        let altitude_km = number("Altitude", &self.altitude_km, (0.0, 1e12))?;
        let (Some(latitude_deg), Some(longitude_deg)) = (latitude_deg, longitude_deg) else {
            return Err(None);
        };
        Ok((latitude_deg, longitude_deg, altitude_km.map(|km| km * 1000.0)))
    }

    fn show_nodes(
        &mut self,
        ui: &mut Ui,
        height: f32,
        scene: &Arc<SceneView>,
        focus: &str,
        tell: &mut impl FnMut(NavigateCommand),
    ) {
        ui.set_min_height(height);
        let rows = self.fitting(scene);
        if rows.is_empty() {
            widgets::remark(ui, "No node fits.");
            return;
        }
        ui.spacing_mut().item_spacing.y = 1.0;
        let list = ScrollArea::vertical().id_salt("focus nodes").max_height(height);
        list.auto_shrink([false, false]).show_rows(ui, style::ROW, rows.len(), |ui, visible| {
            for index in rows[visible].iter().copied() {
                show_node(ui, &scene.nodes[index], focus, tell);
            }
        });
    }
}

fn fitting(scene: &SceneView, (search, shows_all): &(String, bool)) -> Vec<usize> {
    let search = Search::new(search);
    let fits =
        |node: &NodeView| (node.is_body || *shows_all) && search.fits(&[&node.label, &node.name]);
    let all = scene.nodes.iter().enumerate().filter(|(_, node)| fits(node));
    all.map(|(index, _)| index).collect()
}

fn show_node(ui: &mut Ui, node: &NodeView, focus: &str, tell: &mut impl FnMut(NavigateCommand)) {
    let is_focus = node.name == focus;
    let name = format!("Focus {}", node.label);
    let (response, wants_flight) = widgets::row(ui, &name, style::ROW, is_focus, |ui, rect| {
        let fly = format!("Fly to {}", node.label);
        let is_clicked = ui.add(IconButton::new(Icon::Right, &fly)).clicked();
        let text = egui::Rect::from_min_max(rect.min, pos2(ui.min_rect().left(), rect.bottom()));
        let colour = if is_focus { style::ACCENT } else { style::TEXT };
        widgets::paint_text(ui, text, &node.label, TextStyle::Button, colour);
        is_clicked
    });
    let node_name = || node.name.clone();
    if wants_flight || widgets::is_double_clicked(&response) {
        tell(NavigateCommand::FlyTo { node: node_name(), over_s: None });
    } else if response.clicked() {
        tell(NavigateCommand::Focus { node: node_name() });
    }
    response.on_hover_text("Click to turn round it from now on, double click to fly there");
}

fn place(ui: &mut Ui, navigation: &NavigationView) {
    let mut facts = vec![format!("{} from its centre", words::distance(navigation.distance_m))];
    if let Some(altitude_m) = navigation.altitude_m {
        facts.insert(0, format!("{} above the ground", words::distance(altitude_m)));
    }
    facts.extend(navigation.above_deg.map(words::place));
    if navigation.follows {
        facts.push("turns with it".to_owned());
    }
    widgets::remark(ui, &facts.join(" · "));
}

fn show_flight(ui: &mut Ui, flight: &FlightView, tell: &mut impl FnMut(NavigateCommand)) {
    let lasts_s = flight.duration_s.max(1e-9);
    let left_s = (flight.duration_s - flight.at_s).max(0.0);
    ui.horizontal(|ui| {
        ui.label(format!("Flying to {}", flight.to));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if widgets::red_button(ui, "Stop flight", "Stay where the camera is").clicked() {
                tell(NavigateCommand::Stop {});
            }
            let words = format!("{} to go", words::seconds(left_s));
            ui.label(RichText::new(words).color(style::WEAK));
        });
    });
    let bar = ProgressBar::new((flight.at_s / lasts_s) as f32).desired_height(6.0);
    widgets::named(ui.add(bar.fill(style::ACCENT)), "Flight")
        .on_hover_text("How far the flight is");
}

/// The number that a field holds; nothing where it is empty.
fn number(
    name: &str,
    text: &str,
    (least, greatest): (f64, f64),
) -> Result<Option<f64>, Option<String>> {
    // Typed or copied: a comma or a sign that looks like a minus is meant as one.
    let text = text.trim().replace(',', ".").replace('\u{2212}', "-");
    if text.is_empty() {
        return Ok(None);
    }
    let found = text.parse().ok().filter(|n| (least..=greatest).contains(n));
    let fault = || Some(format!("{name} is a number from {least} to {greatest}, not '{text}'"));
    found.map(Some).ok_or_else(fault)
}
