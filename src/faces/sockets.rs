//! What Linux tells of this machine's TCP sockets: whose each is. Nowhere else anything is known; nothing
//! in here opens a socket.

use std::fs::File;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Tables longer than this are read no further, bytes: some fifty thousand sockets.
const LONGEST_TABLE: u64 = 8 << 20;

/// A TCP socket of this machine, as proc_pid_net(5) tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcpSocket {
    /// Its own end.
    pub local: SocketAddr,
    /// The other end; port 0 where it listens.
    pub remote: SocketAddr,
    /// Whether it waits for connections.
    pub listens: bool,
    /// The user whose it is.
    pub uid: u32,
    /// Its number; 0 where no process has it any more, and then nobody's `uid`.
    pub inode: u64,
}

/// All that there are; none where nothing is told.
pub fn tcp_sockets() -> Vec<TcpSocket> {
    let read = |path: &str| {
        let mut table = String::new();
        let file = File::open(path).ok()?;
        // What is not text at its end was cut there.
        file.take(LONGEST_TABLE).read_to_string(&mut table).ok()?;
        Some(table)
    };
    let tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"].into_iter().filter_map(read);
    tables.flat_map(|table| parse(&table)).collect()
}

/// The sockets of a table as the kernel writes it; lines that are none are passed over.
pub fn parse(table: &str) -> Vec<TcpSocket> {
    table.lines().filter_map(line).collect()
}

/// `sl local remote state queues timer retransmits uid timeout inode …`
fn line(line: &str) -> Option<TcpSocket> {
    /// TCP_LISTEN
    const LISTENS: &str = "0A";
    let mut words = line.split_ascii_whitespace();
    let (local, remote, state) = (words.nth(1)?, words.next()?, words.next()?);
    let (uid, inode) = (words.nth(3)?, words.nth(1)?);
    Some(TcpSocket {
        local: address(local)?,
        remote: address(remote)?,
        listens: state == LISTENS,
        uid: uid.parse().ok()?,
        inode: inode.parse().ok()?,
    })
}

/// `0100007F:1234`: words of four bytes in the machine's own order, then the port. An IPv4 address that
/// stands as an IPv6 one is given as what it is.
fn address(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    if !address.is_ascii() {
        return None;
    }
    let word = |at: usize| {
        let digits = address.get(at..at + 8)?;
        Some(u32::from_str_radix(digits, 16).ok()?.to_ne_bytes())
    };
    let ip = match address.len() {
        8 => IpAddr::V4(Ipv4Addr::from(word(0)?)),
        32 => {
            let mut bytes = [0; 16];
            for (place, part) in bytes.chunks_exact_mut(4).enumerate() {
                part.copy_from_slice(&word(place * 8)?);
            }
            IpAddr::V6(Ipv6Addr::from(bytes)).to_canonical()
        }
        _ => return None,
    };
    Some(SocketAddr::new(ip, port))
}
