//! The window's interface: a bar at the bottom, panels above it, notices and a page of keys. It draws
//! what a snapshot shows and says commands; it keeps what is open and what is typed, and no more.

mod bottom;
mod clock_panel;
pub mod console;
mod dock;
mod edit_form;
mod edit_view;
mod film_panel;
mod filtered;
mod focus_panel;
mod help;
pub mod icons;
mod journey;
mod keys_list;
mod library_list;
mod log_panel;
mod node_properties;
mod playing;
mod recording;
mod scene_panel;
mod session_panel;
mod settings_panel;
mod strip;
pub mod style;
mod thumbnails;
mod time_line;
mod toasts;
mod trash_list;
mod views_panel;
mod widgets;
mod words;

use egui::Context;
use serde::{Deserialize, Serialize};
use skyreel_core::command::{
    Command, JourneyCommand, NavigateCommand, PlayCommand, RecordCommand, said,
};
use skyreel_core::settings::{SettingRow, Settings};
use skyreel_core::snapshot::{ModeView, Snapshot};

use crate::keys::{Does, KeyMap, KeyPress};

pub use dock::{Panel, PanelSizes};
pub use style::apply_style;

/// What there is to show.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The session.
    pub snapshot: &'a Snapshot,
    /// The settings, in the order in which they are shown.
    pub settings: &'a [SettingRow],
    /// The keys.
    pub keys: &'a KeyMap,
    /// How browsers come in; `None` where they do not.
    pub browser: Option<Entrance<'a>>,
    /// Where the advanced help is: a path or an address.
    pub help_url: &'a str,
    /// What the console knows of the language that is typed into it.
    pub language: console::Language,
}

/// How browsers come in.
#[derive(Clone, Copy, Debug)]
pub struct Entrance<'a> {
    /// Where.
    pub address: &'a str,
    /// The code that they are asked for.
    pub code: &'a str,
}

/// The interface. What is kept between runs is what it serialises: which panels are open, how wide
/// they are, what was chosen in the recording menu.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Bar {
    docks: dock::Docks,
    session: session_panel::SessionPanel,
    film: film_panel::FilmPanel,
    #[serde(skip)]
    console: console::ConsolePanel,
    #[serde(skip)]
    journey: journey::JourneyPanel,
    #[serde(skip)]
    focus: focus_panel::FocusPanel,
    #[serde(skip)]
    clock: clock_panel::ClockPanel,
    #[serde(skip)]
    scene: scene_panel::ScenePanel,
    #[serde(skip)]
    views: views_panel::ViewsPanel,
    #[serde(skip)]
    settings: settings_panel::SettingsPanel,
    #[serde(skip)]
    log: log_panel::LogPanel,
    #[serde(skip)]
    recording: recording::RecordingRow,
    #[serde(skip)]
    time_line: time_line::TimeLine,
    #[serde(skip)]
    toasts: toasts::Toasts,
    #[serde(skip)]
    is_help_open: bool,
    /// What became of the last command that was not done, and where it was said.
    #[serde(skip)]
    complaint: Option<(Place, String)>,
    #[serde(skip)]
    last_said: Place,
    #[serde(skip)]
    is_hidden: bool,
    /// Whether a field was being typed into, or a list was open, in the last frame.
    #[serde(skip)]
    had_field_or_list: bool,
    /// What was said last while a button of the mouse is held down.
    #[serde(skip)]
    said_held: Option<Command>,
}

/// Where a command was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// By the bar itself, or a key.
    #[default]
    Strip,
    /// In a panel.
    Panel(Panel),
}

impl Default for Bar {
    fn default() -> Self {
        Self {
            docks: Default::default(),
            session: Default::default(),
            film: Default::default(),
            console: Default::default(),
            journey: Default::default(),
            focus: Default::default(),
            clock: Default::default(),
            scene: Default::default(),
            views: Default::default(),
            settings: Default::default(),
            log: Default::default(),
            recording: Default::default(),
            time_line: Default::default(),
            toasts: Default::default(),
            is_help_open: false,
            complaint: None,
            last_said: Place::Strip,
            is_hidden: false,
            had_field_or_list: false,
            said_held: None,
        }
    }
}

impl Bar {
    /// Whether the interface is drawn. Keys work all the same.
    pub fn is_shown(&self) -> bool {
        !self.is_hidden
    }

    /// Shows the interface, or hides it.
    pub fn set_shown(&mut self, is_shown: bool) {
        self.is_hidden = !is_shown;
    }

    /// Opens a panel; what was open on its side closes.
    pub fn open(&mut self, panel: Panel) {
        self.docks.open(panel);
    }

    /// What was typed into the console, the oldest first, to be kept between runs.
    pub fn console_history(&self) -> &[String] {
        self.console.history()
    }

    /// Gives the console what was typed into it in earlier runs, the oldest first. Of too many the
    /// oldest are forgotten.
    pub fn set_console_history(&mut self, history: Vec<String>) {
        self.console.set_history(history);
    }

    /// How large panels were made, to be kept between runs.
    pub fn panel_sizes(&self) -> PanelSizes {
        self.docks.sizes()
    }

    /// Makes panels as large as they were in an earlier run.
    pub fn set_panel_sizes(&mut self, sizes: PanelSizes) {
        self.docks.set_sizes(sizes);
    }

    /// Whether a panel is open.
    pub fn is_open(&self, panel: Panel) -> bool {
        self.docks.is_open(panel)
    }

    /// The panels that are open.
    pub fn open_panels(&self) -> impl Iterator<Item = Panel> {
        Panel::ALL.into_iter().filter(|panel| self.is_open(*panel))
    }

    /// Puts the choices of the recording menu to what the settings say.
    pub fn take_over(&mut self, settings: &Settings) {
        self.session.take_over(settings);
    }

    /// Says near what was pressed last why that was not done: a command's complaint.
    pub fn complain(&mut self, complaint: String) {
        self.complaint = Some((self.last_said, complaint));
    }

    /// Obeys the keys that were pressed in this frame: those that no field or control has for itself.
    /// To be called once a frame, before `show`, whether the interface is shown or not. `pressed` is
    /// which, in order, and whether each is held down since before.
    pub fn press_keys(
        &mut self,
        ctx: &Context,
        pressed: Vec<(KeyPress, bool)>,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) {
        let (is_typing, has_focus) = (ctx.text_edit_focused(), ctx.egui_wants_keyboard_input());
        // Esc has left the field, or closed the list, before anybody is asked.
        let is_esc_used = std::mem::take(&mut self.had_field_or_list);
        if self.is_hidden || !self.docks.is_open(Panel::Settings) {
            self.settings.stop_capture();
        }
        for (press, repeats) in pressed {
            if is_esc_used && press.key() == "Esc" {
                continue;
            }
            if self.settings.captures() {
                self.settings.capture(&press, shown.keys, say);
                continue;
            }
            if self.is_for_bottom(ctx, &press, is_typing, shown, say) {
                continue;
            }
            let is_controls = matches!(press.key(), "Space" | "Enter" | "Tab")
                || matches!(press.key(), "Left" | "Right" | "Up" | "Down");
            if is_typing && press.is_for_texts() || has_focus && is_controls {
                continue;
            }
            self.press(ctx, &press, repeats, shown, say);
        }
    }

    /// Whether a key is for what spans the window: all that would type while the console is open, and
    /// what the journey does by key.
    fn is_for_bottom(
        &mut self,
        ctx: &Context,
        press: &KeyPress,
        is_typing: bool,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) -> bool {
        if self.is_hidden {
            return false;
        }
        let toggles = shown.keys.key_of("console") == Some(press);
        if self.docks.is_open(Panel::Console) {
            // While nothing is typed the key that has opened the console is not a letter.
            let closes = toggles && self.console.is_field_empty() && self.console.has_focus(ctx);
            if closes {
                self.docks.close(Panel::Console);
                no_letters(ctx);
            }
            // The journey takes the console's place.
            let is_journeys = shown.keys.key_of("journey") == Some(press) && !press.is_for_texts();
            return closes || !is_journeys && !press.is_function() && press.key() != "Esc";
        }
        if is_typing || !self.docks.is_open(Panel::Journey) {
            return false;
        }
        let said_before = say.len();
        let is_used = self.journey.press(press, &shown.snapshot.journey, say);
        self.note_said(Place::Panel(Panel::Journey), said_before, say);
        is_used
    }

    /// Does what a key does.
    fn press(
        &mut self,
        ctx: &Context,
        press: &KeyPress,
        repeats: bool,
        shown: &Shown<'_>,
        say: &mut Vec<Command>,
    ) {
        if self.is_help_open && press.key() == "Esc" {
            self.is_help_open = false;
            return;
        }
        let Some(action) = shown.keys.command(press, &shown.snapshot.mode) else { return };
        match action.does {
            Does::Help => self.is_help_open = !self.is_help_open && !repeats,
            Does::Close => self.close(),
            Does::Console | Does::Journey if repeats => {}
            Does::Journey => self.docks.toggle(Panel::Journey),
            Does::Console => {
                self.is_hidden = false;
                self.docks.toggle(Panel::Console);
                self.console.take_focus();
                no_letters(ctx);
            }
            Does::TurnToFocus => {
                if let (Some(navigation), false) = (&shown.snapshot.navigation, repeats) {
                    self.last_said = Place::Strip;
                    let node = navigation.focus.clone();
                    say.push(Command::Navigate(NavigateCommand::Focus { node }));
                }
            }
            // What is held down goes on with steps, and toggles nothing to and fro.
            Does::Say(words) => {
                let Ok(command) = said(words) else { return };
                if repeats && !is_step(&command) {
                    return;
                }
                self.last_said = Place::Strip;
                let toggles = matches!(command, Command::Record(RecordCommand::Toggle {}));
                if toggles && session_panel::can_record(&shown.snapshot.mode) {
                    self.record(say);
                } else {
                    say.push(command);
                }
            }
        }
    }

    /// Says what the menu's button would say; where it would say nothing, the menu shows why.
    fn record(&mut self, say: &mut Vec<Command>) {
        match self.session.record() {
            Ok(command) => say.push(Command::Record(command)),
            Err(fault) if self.is_hidden => self.complain(fault),
            Err(_) => self.docks.open(Panel::Session),
        }
    }

    fn close(&mut self) {
        self.complaint = None;
        self.docks.close_one();
    }

    /// Draws everything and pushes what is asked for.
    pub fn show(&mut self, ctx: &Context, shown: &Shown<'_>, say: &mut Vec<Command>) {
        self.toasts.note(ctx, &shown.snapshot.notices);
        if self.is_hidden {
            return;
        }
        let is_recording = matches!(shown.snapshot.mode, ModeView::Recording(_));
        if is_recording {
            self.docks.close(Panel::Session);
            self.session.forget_typed();
        }
        let said_before = say.len();
        let strip = self.show_strip(ctx, shown, say);
        self.note_said(Place::Strip, said_before, say);
        if self.is_help_open
            && self.docks.is_open(Panel::Console)
            && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            // What lies above all closes before the console does.
            self.is_help_open = false;
        }
        let below = self.show_bottom(ctx, shown, strip, say);
        let said_in_rows = say.len();
        let below = self.show_rows_above(ctx, shown, below, say);
        self.note_said(Place::Strip, said_in_rows, say);
        self.show_docks(ctx, shown, below, say);
        let opens = |said: &Command| matches!(said, Command::Journey(JourneyCommand::Open { .. }));
        if say.iter().skip(said_before).any(opens) {
            self.docks.open(Panel::Journey);
        }
        self.show_toasts(ctx, shown, below);
        if self.is_help_open {
            self.is_help_open = help::show(ctx, shown.keys);
        }
        self.say_once(ctx, said_before, say);
        self.had_field_or_list = ctx.text_edit_focused() || ctx.any_popup_open();
    }

    /// A control that is held down asks for the same in each frame until the snapshot has it; that is
    /// said once.
    fn say_once(&mut self, ctx: &Context, said_before: usize, say: &mut Vec<Command>) {
        let (is_held, is_new) = ctx.input(|input| {
            let pointer = &input.pointer;
            (pointer.any_down() || pointer.any_released(), pointer.any_pressed())
        });
        if !is_held || is_new {
            self.said_held = None;
        }
        for command in say.split_off(said_before) {
            if self.said_held.as_ref() != Some(&command) {
                self.said_held = is_held.then(|| command.clone());
                say.push(command);
            }
        }
    }

    /// Remembers where something was said, and that what was said there before is over.
    fn note_said(&mut self, place: Place, said_before: usize, say: &[Command]) {
        if say.len() > said_before {
            self.last_said = place;
            if self.complaint.as_ref().is_some_and(|(at, _)| *at == place) {
                self.complaint = None;
            }
        }
    }
}

/// What is typed in this frame is not for the field that gets the keyboard in it.
fn no_letters(ctx: &Context) {
    ctx.input_mut(|input| input.events.retain(|event| !matches!(event, egui::Event::Text(_))));
}

/// Whether a command goes on by a step each time.
fn is_step(command: &Command) -> bool {
    use PlayCommand::{Jump, Step};
    matches!(command, Command::Play(Jump { .. } | Step { .. }))
}

/// The keys pressed in this frame as the toolkit has them. What is held beside them it knows as it is
/// at the frame's end.
pub fn pressed(ctx: &Context) -> Vec<(KeyPress, bool)> {
    ctx.input(|input| {
        let presses = input.events.iter().filter_map(|event| match event {
            egui::Event::Key { key, pressed: true, repeat, modifiers, .. } => {
                Some((KeyPress::of(*key, *modifiers)?, *repeat))
            }
            _ => None,
        });
        presses.collect()
    })
}
