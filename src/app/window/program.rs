//! What can be asked of the program itself: its bar, pictures of the scene, settings, its end.

use bevy::app::AppExit;
use bevy::prelude::*;
use bevy_skyreel::CommandGroups;
use skyreel_core::command::{Command, Group, WindowCommand};
use skyreel_core::outcome::{Outcome, Refusal};
use skyreel_core::settings::SettingError;

use super::door::Open;
use super::interface::Interface;
use super::preferences::{Now, Preferences, name_by_date};
use super::screenshot::{Shot, Shutter, free_path};

/// Joins the session's commands.
pub fn join(groups: &mut CommandGroups) {
    groups.join(Group::Window, |world, command| match command {
        Command::Window(command) => obey(world, command),
        _ => Outcome::DONE,
    });
}

fn obey(world: &mut World, command: WindowCommand) -> Outcome {
    match command {
        WindowCommand::Bar { shown } => {
            let Some(mut interface) = world.get_resource_mut::<Interface>() else {
                return no_window();
            };
            let shown = shown.unwrap_or(!interface.bar.is_shown());
            interface.bar.set_shown(shown);
            Outcome::DONE
        }
        WindowCommand::Screenshot { name } => {
            let folder =
                world.resource::<Preferences>().default_folder.with_file_name("screenshots");
            let now = world.resource::<Now>().0;
            let by_date = || name_by_date(now(), "picture");
            let path = free_path(&folder, &name.unwrap_or_else(by_date), "png");
            let Some(shutter) = world.get_resource::<Shutter>() else { return no_window() };
            shutter.press(Shot::File(path.clone()));
            Outcome::Done(path.display().to_string().into())
        }
        WindowCommand::Setting { name, value } => {
            match world.resource_mut::<Preferences>().set(&name, &value) {
                Ok(()) => Outcome::DONE,
                Err(SettingError { name, found, expected }) => {
                    Refusal::Value { what: name, found, expected }.into()
                }
            }
        }
        WindowCommand::Browser {} => {
            let Some(open) = world.get_resource::<Open>() else {
                return Refusal::Other("no browser can reach this Skyreel".to_owned()).into();
            };
            match open.invitation() {
                Ok(address) => {
                    if world.contains_resource::<Interface>() {
                        open_in_browser(&address);
                    }
                    Outcome::Done(address.into())
                }
                Err(error) => Outcome::Failed(error.to_string()),
            }
        }
        WindowCommand::Quit {} => {
            world.write_message(AppExit::Success);
            Outcome::DONE
        }
    }
}

fn no_window() -> Outcome {
    Refusal::Other("this Skyreel has no window".to_owned()).into()
}

/// Opens an address in the user's browser; where there is none, whoever asked has the address.
fn open_in_browser(address: &str) {
    if let Err(error) = webbrowser::open(address) {
        warn!(target: "skyreel", "no browser could be opened: {error}");
    }
}
