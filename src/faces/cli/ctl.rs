//! `skyreel ctl`, `skyreel run`, and what is made for shells and readers of manuals.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use clap_complete::Shell;

use super::SettingsArgs;
use crate::ctl::is_name;
use crate::openspace::Ports;

/// `skyreel ctl`
#[derive(Clone, Debug, Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    override_usage = "skyreel ctl [OPTIONS] CALL [ARGUMENTS]...\n       skyreel ctl [OPTIONS] status|watch|lua|list",
    after_help = "\
A CALL is a command of the catalogue with its arguments, in their order or by name; `skyreel ctl
record.start --help` tells them, `man skyreel` lists all calls. Options stand before the call. A word
such as name=tour is an argument by name; a text that looks like one is given by name too:
code='name=5'.

Exit status: 0 done, 1 refused or failed, 2 wrong usage, 4 no such Skyreel is running.

Examples:
  skyreel ctl record.start \"Saturn tour\" description=\"For the evening show\"
  skyreel ctl play.seek 12.5
  skyreel ctl --name dome status --json | jq .mode
  skyreel ctl lua 'skyreel.clock.pause() return skyreel.journey.length()'
  skyreel ctl lua - < show.lua"
)]
pub struct Ctl {
    /// Which running Skyreel, where there are several; its name.
    #[arg(long, value_name = "NAME", global = true)]
    pub name: Option<String>,
    /// How long an answer may take, seconds.
    #[arg(long, value_name = "S", default_value = "10", value_parser = patience, global = true)]
    pub timeout: f64,
    /// What is wanted of it.
    #[command(subcommand)]
    pub wish: CtlWish,
}

/// What is wanted of a running Skyreel.
#[derive(Clone, Debug, Subcommand)]
pub enum CtlWish {
    /// Tell what it does, in a few lines.
    Status {
        /// Print the state as JSON, but for what scripts can call and what is known of properties.
        #[arg(long)]
        json: bool,
        /// Print these too.
        #[arg(long, requires = "json")]
        all: bool,
    },
    /// Tell what it does, whenever that changes.
    Watch {
        /// Print JSON: the state, then what changes (RFC 7396), one line each; but for what scripts can
        /// call and what is known of properties.
        #[arg(long)]
        json: bool,
        /// Print these too.
        #[arg(long, requires = "json")]
        all: bool,
    },
    /// Run Lua in it, and tell what that prints until it has ended.
    Lua {
        /// The code, or - for standard input.
        code: String,
    },
    /// List the running Skyreels.
    List {
        /// Print JSON, one line each; without their secrets.
        #[arg(long)]
        json: bool,
    },
    /// A command of the catalogue, with its arguments.
    #[command(external_subcommand)]
    Call(Vec<String>),
}

/// How others reach a Skyreel that is being started.
#[derive(Clone, Debug, Default, Args)]
pub struct ReachArgs {
    /// What `skyreel ctl` and lists call this Skyreel; main, or main-2 and so on, if left out.
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub name: Option<String>,
    /// Port on this machine that it listens on; 4680, or one that is free, if left out.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Address that it listens on, for browsers on other machines, which need the password; this
    /// machine's own alone if left out. What is sent is not encrypted.
    #[arg(long, value_name = "ADDRESS")]
    pub bind: Option<IpAddr>,
    /// File whose first line is the password for browsers on other machines; the environment variable
    /// SKYREEL_PASSWORD if left out.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Listen for no clients of OpenSpace.
    #[arg(long)]
    pub no_openspace_api: bool,
    /// Ports on this machine for OpenSpace's clients, WebSocket and TCP; 4682,4681 if left out.
    #[arg(long, value_name = "WS,TCP", value_parser = openspace_ports)]
    pub openspace_ports: Option<Ports>,
}

impl ReachArgs {
    /// Where it listens for OpenSpace's clients; `None`: nowhere.
    pub fn openspace(&self) -> Option<Ports> {
        (!self.no_openspace_api).then(|| self.openspace_ports.unwrap_or_default())
    }
}

/// `skyreel run`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit status: 0 done, 1 the script failed, 2 wrong usage.\n\nExamples:\n  skyreel run show.lua\n  echo 'print(skyreel.journey.length())' | skyreel run -"
)]
pub struct Run {
    /// Script (Lua), or - for standard input.
    pub script: PathBuf,
    /// How others reach it.
    #[command(flatten)]
    pub reach: ReachArgs,
    /// Settings.
    #[command(flatten)]
    pub settings: SettingsArgs,
}

/// `skyreel completions`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  skyreel completions bash > ~/.local/share/bash-completion/completions/skyreel\n  skyreel completions fish > ~/.config/fish/completions/skyreel.fish\n  skyreel completions zsh > ~/.zfunc/_skyreel"
)]
pub struct Completions {
    /// For which shell.
    pub shell: Shell,
}

/// `skyreel man`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  skyreel man | man -l -\n  skyreel man ~/.local/share/man/man1"
)]
pub struct Man {
    /// Folder to write all pages to; the first is printed if left out.
    pub folder: Option<PathBuf>,
}

fn patience(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(seconds) if (0.001..=1e6).contains(&seconds) => Ok(seconds),
        _ => Err("expected seconds, from 0.001 to 1000000".to_owned()),
    }
}

fn openspace_ports(text: &str) -> Result<Ports, String> {
    let both = text.split_once(',').and_then(|(websocket, tcp)| {
        Some(Ports { websocket: websocket.trim().parse().ok()?, tcp: tcp.trim().parse().ok()? })
    });
    both.ok_or_else(|| "expected two ports: 4682,4681".to_owned())
}

fn name(text: &str) -> Result<String, String> {
    let expected = "expected 1 to 40 letters, digits, - and _, with a letter or digit in front";
    if is_name(text) { Ok(text.to_owned()) } else { Err(expected.to_owned()) }
}
