//! The two ways in which messages travel: WebSocket, and lines of TCP. Both give whole texts, bounded in
//! length, and take them.

use std::io;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use tokio::net::TcpStream;

/// What is read at once, bytes.
const CHUNK: usize = 16 << 10;

/// A way to a client.
#[expect(clippy::large_enum_variant, reason = "there is one for each client")]
pub(super) enum Wire {
    /// One message each.
    Socket(WebSocket),
    /// One line each.
    Lines(Lines),
}

/// What comes from a client.
pub(super) enum Heard {
    /// A message.
    Text(String),
    /// A sign of life.
    Life,
    /// Nothing more: it has gone, or says no more but may still listen.
    End,
    /// Something that is no message.
    Wrong(&'static str),
}

/// The client has gone.
#[derive(Debug)]
pub(super) struct Gone;

impl Wire {
    /// What comes next. Dropped before that, nothing is lost.
    pub(super) async fn hear(&mut self) -> Heard {
        match self {
            Self::Lines(lines) => lines.hear().await,
            Self::Socket(socket) => match socket.recv().await {
                Some(Ok(Message::Text(text))) => Heard::Text(text.as_str().to_owned()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => Heard::Life,
                Some(Ok(Message::Binary(_))) => Heard::Wrong("text messages are expected"),
                Some(Err(_)) => Heard::Wrong("no message of this protocol, or one too long"),
                Some(Ok(Message::Close(_))) | None => Heard::End,
            },
        }
    }

    /// Sends a message.
    pub(super) async fn say(&mut self, text: String) -> Result<(), Gone> {
        match self {
            Self::Socket(socket) => socket.send(Message::text(text)).await.map_err(|_| Gone),
            Self::Lines(lines) => lines.send(text.as_bytes(), b"\n").await.map_err(|_| Gone),
        }
    }

    /// Asks for a sign of life, where that can be done. What a silent line says of itself is enough: its
    /// end is in this machine, and the system tells when it is gone.
    pub(super) async fn ping(&mut self) -> Result<(), Gone> {
        match self {
            Self::Socket(socket) => {
                socket.send(Message::Ping(Default::default())).await.map_err(|_| Gone)
            }
            Self::Lines(_) => Ok(()),
        }
    }

    /// Whether a client can be asked for a sign of life.
    pub(super) fn can_ping(&self) -> bool {
        matches!(self, Self::Socket(_))
    }

    /// Says farewell.
    pub(super) async fn close(&mut self, code: u16, reason: &'static str) {
        if let Self::Socket(socket) = self {
            let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
            // Who has gone need not be told.
            let _ = socket.send(Message::Close(Some(frame))).await;
        }
    }
}

/// Lines of TCP.
pub(super) struct Lines {
    stream: TcpStream,
    /// What was read and is no whole line yet.
    read: Vec<u8>,
    /// How much of that has no end of a line in it.
    searched: usize,
    /// Longest line, bytes.
    most: usize,
}

impl Lines {
    pub(super) fn new(stream: TcpStream, most: usize) -> Self {
        Self { stream, read: Vec::new(), searched: 0, most }
    }

    async fn hear(&mut self) -> Heard {
        loop {
            if let Some(line) = self.next_line() {
                // Nothing between two lines is no message.
                match line.trim_ascii() {
                    b"" => continue,
                    line => return Heard::Text(String::from_utf8_lossy(line).into_owned()),
                }
            }
            if self.read.len() > self.most {
                return Heard::Wrong("a line is too long");
            }
            let mut chunk = [0; CHUNK];
            if self.stream.readable().await.is_err() {
                return Heard::End;
            }
            match self.stream.try_read(&mut chunk) {
                Ok(0) => return Heard::End,
                Ok(count) => self.read.extend_from_slice(&chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => return Heard::End,
            }
        }
    }

    /// Takes the first whole line.
    fn next_line(&mut self) -> Option<Vec<u8>> {
        let found = self.read[self.searched..].iter().position(|byte| *byte == b'\n');
        let Some(end) = found.map(|at| self.searched + at) else {
            self.searched = self.read.len();
            return None;
        };
        let line = self.read.drain(..=end).collect();
        self.searched = 0;
        Some(line)
    }

    async fn send(&mut self, text: &[u8], end: &[u8]) -> io::Result<()> {
        for mut left in [text, end] {
            while !left.is_empty() {
                self.stream.writable().await?;
                match self.stream.try_write(left) {
                    Ok(count) => left = &left[count..],
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }
}
