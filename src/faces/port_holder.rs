//! Which program listens on a port of this machine, for people who wonder why it is taken. Known on Linux,
//! of programs that one may look at.

use std::fmt;
use std::fs;

use crate::sockets::{TcpSocket, tcp_sockets};

/// A program that has a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortHolder {
    /// Its process.
    pub pid: u32,
    /// What the system calls it: the beginning of its file's name.
    pub program: String,
}

impl fmt::Display for PortHolder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (process {})", self.program, self.pid)
    }
}

/// Who listens on a port, on whichever address; `None` where that cannot be told.
pub fn port_holder(port: u16) -> Option<PortHolder> {
    let is_it = |socket: &TcpSocket| socket.listens && socket.local.port() == port;
    let socket = tcp_sockets().into_iter().find(|socket| is_it(socket) && socket.inode != 0)?;
    let name = format!("socket:[{}]", socket.inode);
    // Of processes of others nothing is told: they are passed over.
    let pids = fs::read_dir("/proc").ok()?.flatten();
    let pid = pids
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .find(|pid| has_open(*pid, &name))?;
    let program = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    Some(PortHolder { pid, program: program.trim_end().to_owned() })
}

fn has_open(pid: u32, name: &str) -> bool {
    let files = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
    let mut links = files.filter_map(|file| fs::read_link(file.path()).ok());
    links.any(|link| link.as_os_str() == name)
}
