//! What OpenSpace's clients may ask, and what comes back.

mod access;
mod asking;
mod bounds;
mod changes;

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use skyreel_core::snapshot::{ModeView, Snapshot};
use skyreel_faces::door::Stage;
use skyreel_faces::openspace::{Config, Kin, Ports, Running, Server};

use crate::support;
use crate::web::{PATIENCE, TestDoor, UPGRADE, Wire, head, status};

/// A server with what it serves.
pub struct House {
    pub stage: Stage,
    pub door: Arc<TestDoor>,
    pub server: Running,
}

/// Everybody is somebody else.
pub fn nobodys_kin(_: SocketAddr, _: SocketAddr) -> Kin {
    Kin::Stranger
}

impl House {
    pub fn open(door: Arc<TestDoor>) -> Self {
        Self::with(door, |_| {})
    }

    pub fn with(door: Arc<TestDoor>, change: impl FnOnce(&mut Config)) -> Self {
        let stage = Stage::default();
        stage.show(&Arc::new(support::snapshot(ModeView::Idle)));
        let ports = Ports { websocket: 0, tcp: 0 };
        let mut config = Config { ports, page_port: Some(4680), ..Config::new("1.2.3") };
        change(&mut config);
        let server = Server::start(config, door.clone(), stage.seen()).unwrap();
        Self { stage, door, server }
    }

    /// Shows another state.
    pub fn show(&self, change: impl FnOnce(&mut Snapshot)) {
        let mut snapshot = support::snapshot(ModeView::Idle);
        change(&mut snapshot);
        self.stage.show(&Arc::new(snapshot));
    }

    /// Comes by TCP.
    pub fn knock(&self) -> Lines {
        Lines::of(stream(self.server.tcp().unwrap()))
    }

    /// Comes by TCP as a client of OpenSpace 0.22.
    pub fn enter(&self) -> Lines {
        let mut lines = self.knock();
        lines.say(json!({
            "type": "apiHandshake", "apiVersion": { "major": 1, "minor": 0, "patch": 0 }
        }));
        lines
    }

    /// What is answered to a request for a WebSocket with these headers, and the way there.
    pub fn upgrade(&self, headers: &str) -> (String, Wire) {
        let mut stream = stream(self.server.websocket().unwrap());
        write!(stream, "GET / HTTP/1.1\r\n{headers}{UPGRADE}\r\n").unwrap();
        (head(&mut stream), Wire(stream))
    }

    /// Comes by WebSocket.
    pub fn enter_socket(&self) -> Wire {
        let (head, wire) = self.upgrade(&format!("Host: {}\r\n", self.server.websocket().unwrap()));
        assert_eq!(status(&head), 101, "{head}");
        wire
    }
}

fn stream(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Lines of JSON.
pub struct Lines(pub BufReader<TcpStream>);

impl Lines {
    fn of(stream: TcpStream) -> Self {
        Self(BufReader::new(stream))
    }

    pub fn say(&mut self, message: Json) {
        self.say_text(&message.to_string());
    }

    pub fn say_text(&mut self, text: &str) {
        self.0.get_mut().write_all(format!("{text}\n").as_bytes()).unwrap();
    }

    /// The next line; `None` where the server hung up.
    pub fn hear_line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.0.read_line(&mut line).ok()?;
        (!line.is_empty()).then_some(line)
    }

    /// The next message.
    pub fn hear(&mut self) -> Json {
        serde_json::from_str(&self.hear_line().expect("a message")).unwrap()
    }

    /// What is told next about a topic.
    pub fn told(&mut self, topic: i64) -> Json {
        let mut message = self.hear();
        assert_eq!(message["topic"], topic, "{message}");
        message["payload"].take()
    }

    /// Begins a topic.
    pub fn begin(&mut self, topic: i64, kind: &str, payload: Json) {
        self.say(json!({ "topic": topic, "type": kind, "payload": payload }));
    }

    /// That nothing was told until now: a topic that answers at once is answered next.
    pub fn is_silent(&mut self) {
        self.begin(-1, "version", json!({}));
        assert_eq!(self.told(-1)["skyreelVersion"], "1.2.3");
    }
}
