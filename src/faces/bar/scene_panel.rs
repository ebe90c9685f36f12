//! The scene's nodes as a tree: searched, switched on and off, faded; the properties of one of them.

use std::collections::BTreeSet;

use egui::{Align, Layout, Rect, ScrollArea, Slider, TextStyle, Ui, UiBuilder, pos2, vec2};
use skyreel_core::command::{Command, SceneCommand};
use skyreel_core::property_set::PropertySet;
use skyreel_core::snapshot::{NodeView, SceneView, Snapshot};
use skyreel_core::value::Value;

use super::filtered::{Filtered, Search};
use super::icons::Icon;
use super::node_properties::NodeProperties;
use super::style;
use super::widgets::{self, IconButton};

/// A step into the tree, points.
const INDENT: f32 = 14.0;
/// The line that says what alone is shown, points.
const SOLO: f32 = 30.0;

/// What is typed, open and chosen.
#[derive(Debug, Default)]
pub(super) struct ScenePanel {
    search: String,
    /// Nodes whose children are not shown.
    folded: BTreeSet<String>,
    /// Grows with each change of `folded`.
    folds: u64,
    chosen: Option<String>,
    rows: Filtered<SceneView, (String, u64), TreeRow>,
    properties: NodeProperties,
}

/// A row of the tree.
#[derive(Clone, Copy, Debug)]
struct TreeRow {
    node: usize,
    depth: u16,
    has_children: bool,
}

/// What was asked of a row.
enum Asked {
    Choose,
    Fold,
    Scene(SceneCommand),
}

impl ScenePanel {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        height: f32,
        snapshot: &Snapshot,
        say: &mut Vec<Command>,
    ) {
        let top = ui.cursor().top();
        self.show_head(ui, snapshot, say);
        let scene = &snapshot.scene;
        let chosen = self.chosen.clone();
        // Room for properties is there before a node is chosen, so that no row moves then.
        let below = (height * 0.4).clamp(130.0, 320.0);
        let solo = if snapshot.solo.is_some() { SOLO } else { 0.0 };
        let tree = (height - (ui.cursor().top() - top) - below - solo).max(100.0);
        let asked = (self.search.clone(), self.folds);
        let folded = &self.folded;
        let rows = self.rows.rows(scene, &asked, |scene| tree_rows(scene, &asked.0, folded));
        let mut result = None;
        ui.scope(|ui| {
            ui.set_min_height(tree);
            if rows.is_empty() {
                let is_empty = scene.nodes.is_empty();
                let text = if is_empty { "The scene is empty." } else { "No node fits." };
                widgets::remark(ui, text);
                return;
            }
            ui.spacing_mut().item_spacing.y = 1.0;
            let list = ScrollArea::vertical().id_salt("tree").max_height(tree);
            list.auto_shrink([false, false]).show_rows(
                ui,
                style::ROW,
                rows.len(),
                |ui, visible| {
                    for row in &rows[visible] {
                        let node = &scene.nodes[row.node];
                        let is_chosen = chosen.as_deref() == Some(node.name.as_str());
                        let is_folded = folded.contains(&node.name);
                        if let Some(asked) =
                            show_row(ui, *row, node, is_chosen, is_folded, snapshot)
                        {
                            result = Some((node.name.clone(), asked));
                        }
                    }
                },
            );
        });
        match result {
            Some((name, Asked::Choose)) => {
                self.chosen = (self.chosen.as_ref() != Some(&name)).then_some(name);
            }
            Some((name, Asked::Fold)) => {
                if !self.folded.remove(&name) {
                    self.folded.insert(name);
                }
                self.folds += 1;
            }
            Some((_, Asked::Scene(command))) => say.push(Command::Scene(command)),
            None => {}
        }
        if let Some(solo) = &snapshot.solo {
            show_solo(ui, solo, say);
        }
        ui.separator();
        match chosen.and_then(|name| scene.nodes.iter().find(|n| n.name == name)) {
            Some(node) => self.properties.show(ui, below - 60.0, node, snapshot, say),
            None => widgets::remark(ui, "Click a node for its properties."),
        }
    }

    fn show_head(&mut self, ui: &mut Ui, snapshot: &Snapshot, say: &mut Vec<Command>) {
        ui.horizontal(|ui| {
            let width = ui.available_width() - 40.0;
            let hint = format!("Search {} nodes", snapshot.scene.nodes.len());
            let hover = "Names and identifiers are searched";
            widgets::field_of(ui, &mut self.search, "Search scene", &hint, hover, width);
            let reset = IconButton::new(Icon::Undo, "Reset all");
            if ui.add(reset.hover("Give everything back what the scene begins with")).clicked() {
                say.push(Command::Scene(SceneCommand::Reset { path: None }));
            }
        });
    }
}

fn show_solo(ui: &mut Ui, solo: &str, say: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.colored_label(style::AMBER, format!("Only {solo} is shown"));
        if widgets::button(ui, "Show all again", "What was hidden comes back").clicked() {
            say.push(Command::Scene(SceneCommand::Unsolo {}));
        }
    });
}

/// The tree as rows; with a search, what fits and what it hangs on.
fn tree_rows(scene: &SceneView, search: &str, folded: &BTreeSet<String>) -> Vec<TreeRow> {
    let search = Search::new(search);
    let nodes = &scene.nodes;
    let by_name: std::collections::HashMap<&str, usize> =
        nodes.iter().enumerate().map(|(index, node)| (node.name.as_str(), index)).collect();
    let parent_of = |index: usize| {
        // Parents come before children; one that does not is none, so that no tree goes in circles.
        let parent = nodes[index].parent.as_deref()?;
        by_name.get(parent).copied().filter(|parent| *parent < index)
    };
    let mut fits: Vec<bool> =
        nodes.iter().map(|node| search.fits(&[&node.label, &node.name])).collect();
    let mut children = vec![Vec::new(); nodes.len()];
    let mut roots = Vec::new();
    for index in (0..nodes.len()).rev() {
        match parent_of(index) {
            Some(parent) => {
                children[parent].push(index);
                fits[parent] |= fits[index];
            }
            None => roots.push(index),
        }
    }
    let mut rows = Vec::new();
    let mut ahead: Vec<(usize, u16)> = roots.into_iter().map(|root| (root, 0)).collect();
    while let Some((node, depth)) = ahead.pop() {
        if !fits[node] {
            continue;
        }
        rows.push(TreeRow { node, depth, has_children: !children[node].is_empty() });
        if !search.is_empty() || !folded.contains(&nodes[node].name) {
            ahead.extend(children[node].iter().map(|child| (*child, depth.saturating_add(1))));
        }
    }
    rows
}

/// Whether a node is shown, and how strongly: what its switch and its fade say; `None` where there is
/// nothing of it to be seen.
pub(super) fn shown(properties: &PropertySet, node: &str) -> (Option<bool>, Option<f64>) {
    let enabled = match properties.get(&format!("Scene.{node}.Renderable.Enabled")) {
        Some(Value::Bool(is_on)) => Some(*is_on),
        _ => None,
    };
    let fade = match properties.get(&fade_path(node)) {
        Some(Value::Number(fade)) => Some(*fade),
        _ => None,
    };
    (enabled.map(|is_on| is_on && fade.is_none_or(|fade| fade > 0.0)), fade)
}

fn fade_path(node: &str) -> String {
    format!("Scene.{node}.Renderable.Fade")
}

fn show_row(
    ui: &mut Ui,
    row: TreeRow,
    node: &NodeView,
    is_chosen: bool,
    is_folded: bool,
    snapshot: &Snapshot,
) -> Option<Asked> {
    let (is_shown, fade) = shown(&snapshot.properties, &node.name);
    let (response, mut asked) = widgets::row(ui, &node.label, style::ROW, is_chosen, |ui, rect| {
        let asked = {
            let visuals = ui.visuals_mut();
            // Seen on the ground of a chosen row too.
            visuals.selection.bg_fill = style::ACCENT;
            visuals.widgets.inactive.bg_fill = if is_chosen { style::WELL } else { style::RAISED };
            controls(ui, node, is_shown, fade, snapshot.solo.as_deref())
        };
        let depth = f32::from(row.depth.min(8)) * INDENT;
        let fold = Rect::from_min_size(
            pos2(rect.left() + depth - 4.0, rect.top() + 2.0),
            vec2(20.0, style::ROW - 4.0),
        );
        let folding = row.has_children.then(|| show_fold(ui, fold, node, is_folded)).flatten();
        let text = Rect::from_min_max(
            pos2(fold.right() + 2.0, rect.top()),
            pos2(ui.min_rect().left() - 4.0, rect.bottom()),
        );
        let colour = match (is_chosen, is_shown) {
            (true, _) => style::ACCENT,
            (_, Some(false)) => style::WEAK.gamma_multiply(0.7),
            _ => style::TEXT,
        };
        widgets::paint_text(ui, text, &node.label, TextStyle::Button, colour);
        asked.or(folding)
    });
    if asked.is_none() && response.clicked() {
        asked = Some(Asked::Choose);
    }
    response.on_hover_text(format!("{}: click for its properties", node.name));
    asked
}

fn show_fold(ui: &mut Ui, rect: Rect, node: &NodeView, is_folded: bool) -> Option<Asked> {
    let place = UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center));
    let mut ui = ui.new_child(place.id_salt("fold"));
    let (icon, verb) = if is_folded { (Icon::Right, "Unfold") } else { (Icon::Down, "Fold") };
    let name = format!("{verb} {}", node.label);
    let fold = IconButton::new(icon, &name).size(rect.size());
    ui.add(fold).clicked().then_some(Asked::Fold)
}

fn controls(
    ui: &mut Ui,
    node: &NodeView,
    is_shown: Option<bool>,
    fade: Option<f64>,
    solo: Option<&str>,
) -> Option<Asked> {
    let mut asked = None;
    let name = || node.name.clone();
    if let Some(is_shown) = is_shown {
        let (icon, verb) = if is_shown { (Icon::Eye, "Hide") } else { (Icon::EyeOff, "Show") };
        let label = format!("{verb} {}", node.label);
        let colour = if is_shown { style::ACCENT } else { style::WEAK };
        if ui.add(IconButton::new(icon, &label).colour(colour)).clicked() {
            asked = Some(Asked::Scene(SceneCommand::Toggle { node: name() }));
        }
    }
    if let Some(fade) = fade {
        let mut fade = fade.clamp(0.0, 1.0);
        ui.spacing_mut().slider_width = 56.0;
        ui.spacing_mut().interact_size.y = 16.0;
        let slider = Slider::new(&mut fade, 0.0..=1.0).show_value(false);
        let slider = widgets::named(ui.add(slider), &format!("Fade {}", node.label));
        if slider.changed() {
            asked = Some(Asked::Scene(SceneCommand::Set {
                path: fade_path(&node.name),
                value: Value::Number(fade),
                over_s: None,
                easing: None,
            }));
        }
        slider.on_hover_text(format!("How strongly it is drawn: {:.0} %", fade * 100.0));
    }
    let is_solo = solo == Some(node.name.as_str());
    let label = format!("Solo {}", node.label);
    let button = IconButton::new(Icon::Solo, &label).chosen(is_solo);
    if ui.add(button.hover("Hide all but this and what is part of it")).clicked() {
        asked = Some(Asked::Scene(if is_solo {
            SceneCommand::Unsolo {}
        } else {
            SceneCommand::Solo { node: name() }
        }));
    }
    asked
}
