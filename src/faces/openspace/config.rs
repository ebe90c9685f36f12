//! What OpenSpace's way in is to be: where it listens, whom it lets in, how much it serves at once.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::peer::{Kin, kin};
use crate::web;
use crate::web::Password;

/// Where it listens, on this machine alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// One JSON object a WebSocket message. 0: one that is free.
    pub websocket: u16,
    /// One JSON object a line of TCP. 0: one that is free.
    pub tcp: u16,
}

impl Default for Ports {
    /// Those of OpenSpace.
    fn default() -> Self {
        Self { websocket: 4682, tcp: 4681 }
    }
}

/// What the way in is to be.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address, which is one of this machine's own.
    pub ip: IpAddr,
    /// The ports there.
    pub ports: Ports,
    /// The port of Skyreel's own pages, which are let in too.
    pub page_port: Option<u16>,
    /// What others than this program's user must know; `None`: nobody else is let in.
    pub password: Option<Password>,
    /// The program's version.
    pub version: String,
    /// How much is served at once.
    pub limits: Limits,
    /// Tells whose program is at the other end of a connection, from both ends: theirs, ours.
    pub kin: fn(SocketAddr, SocketAddr) -> Kin,
}

impl Config {
    /// On OpenSpace's ports, for this program's user alone.
    pub fn new(version: &str) -> Self {
        Self {
            ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            ports: Ports::default(),
            page_port: None,
            password: None,
            version: version.to_owned(),
            limits: Limits::default(),
            kin,
        }
    }
}

/// How much is served at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// What holds for every server; a state is what live topics tell.
    pub server: web::Limits,
    /// Topics of one client that go on at once.
    pub topics: usize,
    /// Connections at once of those who have yet to tell the password.
    pub strangers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let between_states = Duration::from_millis(50);
        Self {
            server: web::Limits { between_states, ..web::Limits::default() },
            topics: 1024,
            strangers: 16,
        }
    }
}
