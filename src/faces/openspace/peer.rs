//! Whose program is at the other end of a connection within this machine.

use std::net::SocketAddr;

use crate::sockets::{TcpSocket, tcp_sockets};

/// Whose program it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// The same user's, who may do all that the program may.
    SameUser,
    /// Somebody else's, or that cannot be told.
    Stranger,
}

/// Asks the system, from the other end's address and our own.
pub fn kin(peer: SocketAddr, own: SocketAddr) -> Kin {
    // What nobody has any more is said to be the administrator's; it is not believed.
    let is_theirs = |socket: &TcpSocket| {
        socket.local == peer && socket.remote == own && socket.inode != 0 && !socket.listens
    };
    let uid = tcp_sockets().into_iter().find(is_theirs).map(|socket| socket.uid);
    match uid == Some(own_uid()) {
        true => Kin::SameUser,
        false => Kin::Stranger,
    }
}

fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}
