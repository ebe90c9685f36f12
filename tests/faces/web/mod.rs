//! What may be asked over the network, by whom, and what comes back.

mod asking;
mod entering;
mod knocking;
mod states;
mod watching;
mod wire;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use skyreel_core::command::{Command, Origin};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;
use skyreel_faces::door::{Door, Reply, Stage};
use skyreel_faces::web::{Config, Limits, Running, Secret, Server};

/// Nothing here takes as long; it only keeps a test that fails from waiting for ever.
pub const PATIENCE: Duration = Duration::from_secs(20);

type Respond = Box<dyn Fn(Command, Reply) + Send + Sync>;

/// A door that notes who came, and answers as a test wishes.
pub struct TestDoor {
    came: Mutex<Vec<(Command, Origin, Role)>>,
    respond: Respond,
}

impl TestDoor {
    pub fn new(respond: impl Fn(Command, Reply) + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { came: Mutex::default(), respond: Box::new(respond) })
    }

    /// Everything is done, and gives this.
    pub fn that_does(value: serde_json::Value) -> Arc<Self> {
        Self::new(move |_, reply| reply(Outcome::Done(value.clone())))
    }

    /// Those who came since the last time that this was asked.
    pub fn came(&self) -> Vec<(Command, Origin, Role)> {
        std::mem::take(&mut self.came.lock().unwrap())
    }
}

impl Door for TestDoor {
    fn send(&self, command: Command, origin: Origin, role: Role, reply: Reply) {
        self.came.lock().unwrap().push((command.clone(), origin, role));
        (self.respond)(command, reply);
    }
}

/// A server with what it serves.
pub struct House {
    pub stage: Stage,
    pub door: Arc<TestDoor>,
    pub secret: Secret,
    pub server: Running,
}

impl House {
    pub fn open(door: Arc<TestDoor>) -> Self {
        Self::with_limits(door, Limits::default())
    }

    pub fn with_limits(door: Arc<TestDoor>, limits: Limits) -> Self {
        let stage = Stage::default();
        let secret = Secret::new().unwrap();
        let mut config = Config::new("main", "1.2.3", secret.clone());
        config.address.set_port(0);
        config.limits = limits;
        let server = Server::start(config, door.clone(), stage.seen()).unwrap();
        Self { stage, door, secret, server }
    }

    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    pub fn knock(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What a proper client says first.
    pub fn upgrade(&self) -> String {
        let (address, secret) = (self.address(), self.secret.reveal());
        format!(
            "GET /api HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {secret}\r\n{UPGRADE}\r\n"
        )
    }

    /// A client that is let in.
    pub fn enter(&self) -> Wire {
        let mut stream = self.knock();
        stream.write_all(self.upgrade().as_bytes()).unwrap();
        let head = head(&mut stream);
        assert_eq!(status(&head), 101, "{head}");
        Wire(stream)
    }
}

pub const UPGRADE: &str = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                           Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// An answer's head, byte by byte so that nothing behind it is taken. Empty where the server hung up.
pub fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

pub fn status(head: &str) -> u16 {
    head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// WebSocket by hand, so that a test can do what no library would.
pub struct Wire(pub TcpStream);

impl Wire {
    /// Sends a frame that is whole, masked with zeros.
    pub fn frame(&mut self, opcode: u8, payload: &[u8]) -> std::io::Result<()> {
        let mut frame = vec![0x80 | opcode];
        match payload.len() {
            n @ 0..126 => frame.push(0x80 | n as u8),
            n @ 126..65536 => {
                frame.push(0x80 | 126);
                frame.extend((n as u16).to_be_bytes());
            }
            n => {
                frame.push(0x80 | 127);
                frame.extend((n as u64).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        self.0.write_all(&frame)
    }

    pub fn say(&mut self, text: &str) {
        self.frame(1, text.as_bytes()).unwrap();
    }

    /// The next frame: opcode and payload; `None` where the server hung up.
    pub fn hear_frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut start = [0; 2];
        self.0.read_exact(&mut start).ok()?;
        let length = match start[1] {
            126 => {
                let mut length = [0; 2];
                self.0.read_exact(&mut length).ok()?;
                u64::from(u16::from_be_bytes(length))
            }
            127 => {
                let mut length = [0; 8];
                self.0.read_exact(&mut length).ok()?;
                u64::from_be_bytes(length)
            }
            length => u64::from(length),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.0.read_exact(&mut payload).ok()?;
        Some((start[0] & 0x0f, payload))
    }

    /// The next text message.
    pub fn hear(&mut self) -> serde_json::Value {
        let (opcode, payload) = self.hear_frame().expect("a message");
        assert_eq!(opcode, 1, "{}", String::from_utf8_lossy(&payload));
        serde_json::from_slice(&payload).unwrap()
    }

    /// The code with which the server closes, after whatever else it has to say; 0 without one.
    pub fn hear_close(&mut self) -> u16 {
        while let Some((opcode, payload)) = self.hear_frame() {
            if opcode == 8 {
                return payload.get(..2).map_or(0, |code| u16::from_be_bytes([code[0], code[1]]));
            }
        }
        0
    }
}
