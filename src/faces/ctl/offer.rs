//! A running Skyreel lets itself be driven: a name, a secret, a server, and the file by which it is found.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use super::instance::{Folder, Instance, InstanceError, Name};
use crate::door::{Door, Seen};
use crate::port_holder::port_holder;
use crate::web::{
    Config, Invitations, NoRandomness, Password, Running, Secret, Server, StartError,
};

/// How a Skyreel is to be found.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Where files of running instances are.
    pub folder: Folder,
    /// What it is to be called; `None`: as is free.
    pub name: Option<String>,
    /// The port; `None`: the usual one, or where that is taken, one that is free. 0: one that is free.
    pub port: Option<u16>,
    /// Where it listens; `None`: on this machine's loopback address. Another one needs a password.
    pub bind: Option<IpAddr>,
    /// By what browsers on other machines are let in.
    pub password: Option<Password>,
    /// The program's version.
    pub version: String,
    /// When it was started, seconds since 1970 (UTC).
    pub started_unix_s: u64,
}

/// Why it cannot be driven.
#[derive(Debug, thiserror::Error)]
pub enum OfferError {
    /// It could not be found.
    #[error(transparent)]
    Instance(#[from] InstanceError),
    /// It has no secret.
    #[error(transparent)]
    Secret(#[from] NoRandomness),
    /// It cannot listen.
    #[error(transparent)]
    Start(#[from] StartError),
}

/// A Skyreel that can be driven, until this is dropped.
#[derive(Debug)]
pub struct Offered {
    // Dropped in this order: who looks for it then does not find one that does not answer any more.
    name: Name,
    server: Running,
}

impl Offer {
    /// Makes it so.
    ///
    /// # Errors
    /// Where the name or the port is taken, or the file cannot be written.
    pub fn open(self, door: Arc<dyn Door>, seen: Seen) -> Result<Offered, OfferError> {
        let mut name = self.folder.take(self.name.as_deref())?;
        let secret = Secret::new()?;
        let mut config = Config::new(name.as_str(), &self.version, secret.clone());
        config.names = own_names();
        config.password = self.password;
        if let Some(ip) = self.bind {
            config.address.set_ip(ip);
        }
        if let Some(port) = self.port {
            config.address.set_port(port);
            config.any_port = false;
        }
        let server = Server::start(config, door, seen)?;
        name.announce(&Instance {
            name: name.as_str().to_owned(),
            address: server.address(),
            secret,
            pid: std::process::id(),
            version: self.version,
            started_unix_s: self.started_unix_s,
        })?;
        Ok(Offered { name, server })
    }
}

/// What other machines call this one, as far as it knows.
fn own_names() -> Vec<String> {
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    let is_name = !name.is_empty() && name.parse::<IpAddr>().is_err();
    let names = is_name.then(|| [name.clone(), format!("{name}.local")]);
    names.into_iter().flatten().collect()
}

impl Offered {
    /// What it is called.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The code that lets a browser of this machine in.
    pub fn code(&self) -> String {
        self.server.code()
    }

    /// Addresses that let one browser in each.
    pub fn invitations(&self) -> Invitations {
        self.server.invitations()
    }

    /// Whether other machines reach it.
    pub fn is_open_to_others(&self) -> bool {
        self.server.is_open_to_others()
    }

    /// What people should be told: that it is not where they may look for it.
    pub fn notice(&self) -> Option<String> {
        let (address, taken) = (self.server.address(), self.server.instead_of()?.port());
        let name = self.name();
        let by = port_holder(taken).map(|holder| format!(" by {holder}")).unwrap_or_default();
        Some(format!(
            "port {taken} is taken{by}; this Skyreel is called {name} and listens on {address}"
        ))
    }

    /// Ends it. Dropping it does the same.
    pub fn close(self) {}
}
