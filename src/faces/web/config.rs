//! What a server is to be: where it listens, and how much it serves at once.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::code::Password;
use super::secret::Secret;

/// The port where nobody asks for another.
pub const PORT: u16 = 4680;

/// What a server is to be.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens: a loopback address, or, with a password, another one. Port 0: one that is free.
    pub address: SocketAddr,
    /// Whether another port will do where that one is taken.
    pub any_port: bool,
    /// What whoever is let in must know.
    pub secret: Secret,
    /// By what browsers on other machines are let in.
    pub password: Option<Password>,
    /// What other machines call this one, besides its addresses.
    pub names: Vec<String>,
    /// The program's version.
    pub version: String,
    /// The instance's name.
    pub name: String,
    /// How much is served at once.
    pub limits: Limits,
}

impl Config {
    /// On this machine's loopback address.
    pub fn new(name: &str, version: &str, secret: Secret) -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT),
            any_port: true,
            secret,
            password: None,
            names: Vec::new(),
            version: version.to_owned(),
            name: name.to_owned(),
            limits: Limits::default(),
        }
    }
}

/// How much is served at once, and for how long without an answer.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Clients at once.
    pub clients: usize,
    /// Of those that look at pictures at once.
    pub watchers: usize,
    /// Connections at once, those included that are not let in yet.
    pub connections: usize,
    /// Requests of one client without an answer; it waits with the next one.
    pub in_flight: usize,
    /// A message to the server, bytes.
    pub message_bytes: usize,
    /// How long a connection may take to say what it wants.
    pub handshake: Duration,
    /// Between two states for one client.
    pub between_states: Duration,
    /// Between two pictures for one client.
    pub between_pictures: Duration,
    /// Between two questions for a sign of life.
    pub ping: Duration,
    /// How long the answer to that may take.
    pub silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            clients: 200,
            watchers: 100,
            connections: 400,
            in_flight: 64,
            message_bytes: 256 << 10,
            handshake: Duration::from_secs(5),
            between_states: Duration::from_millis(33),
            between_pictures: Duration::from_millis(66),
            ping: Duration::from_secs(15),
            silence: Duration::from_secs(40),
        }
    }
}
