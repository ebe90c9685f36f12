//! Who looks on gets one picture for each that is asked for.

use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use skyreel_core::command::{Command, Origin};
use skyreel_core::outcome::Outcome;
use skyreel_core::role::Role;
use skyreel_faces::door::{Door, PictureReply, PictureWish, Reply, Stage};
use skyreel_faces::web::{Config, Secret, Server};

use super::{PATIENCE, UPGRADE, Wire, head, status};

/// What was asked for, and what is answered.
struct Gallery {
    wishes: Mutex<Vec<PictureWish>>,
    answer: Result<Arc<[u8]>, String>,
}

impl Door for Gallery {
    fn picture(&self, wish: PictureWish, reply: PictureReply) {
        self.wishes.lock().unwrap().push(wish);
        reply(self.answer.clone());
    }

    fn send(&self, _: Command, _: Origin, _: Role, reply: Reply) {
        reply(Outcome::DONE);
    }
}

struct Show {
    gallery: Arc<Gallery>,
    server: skyreel_faces::web::Running,
    secret: Secret,
}

impl Show {
    fn of(answer: Result<&[u8], &str>) -> Self {
        let answer = answer.map(Arc::from).map_err(str::to_owned);
        let gallery = Arc::new(Gallery { wishes: Mutex::default(), answer });
        let mut config = Config::new("main", "1", Secret::new().unwrap());
        config.address.set_port(0);
        config.limits.between_pictures = Duration::from_millis(50);
        config.limits.watchers = 2;
        let secret = config.secret.clone();
        let seen = Stage::default().seen();
        let server = Server::start(config, gallery.clone(), seen).unwrap();
        Self { gallery, server, secret }
    }

    fn knock(&self, secret: &str) -> (u16, Wire) {
        let mut stream = std::net::TcpStream::connect(self.server.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = self.server.address();
        write!(
            stream,
            "GET /picture HTTP/1.1\r\nHost: {host}\r\nSec-WebSocket-Protocol: skyreel.v1.{secret}\r\n{UPGRADE}\r\n"
        )
        .unwrap();
        let head = head(&mut stream);
        (status(&head), Wire(stream))
    }

    fn enter(&self) -> Wire {
        let (status, wire) = self.knock(self.secret.reveal());
        assert_eq!(status, 101);
        wire
    }
}

#[test]
fn one_picture_is_sent_for_each_that_is_asked_for() {
    let show = Show::of(Ok(b"JPEG"));
    let mut wire = show.enter();
    for ask in [r#"{"width": 640, "view": "Overview"}"#, "{}", r#"{"width": 1000000}"#] {
        wire.say(ask);
        assert_eq!(wire.hear_frame(), Some((2, b"JPEG".to_vec())));
    }
    let wish =
        |view: Option<&str>, width_px| PictureWish { view: view.map(str::to_owned), width_px };
    assert_eq!(
        *show.gallery.wishes.lock().unwrap(),
        [wish(Some("Overview"), 640), wish(None, 960), wish(None, 1920)]
    );
}

#[test]
fn pictures_come_no_faster_than_they_may() {
    let show = Show::of(Ok(b"JPEG"));
    let mut wire = show.enter();
    let start = Instant::now();
    for _ in 0..5 {
        wire.say("{}");
        wire.hear_frame().unwrap();
    }
    // Five have four times the wait between them.
    assert!(start.elapsed() >= Duration::from_millis(200), "{:?}", start.elapsed());
}

#[test]
fn why_there_is_no_picture_is_said() {
    let show = Show::of(Err("no graphics driver"));
    let mut wire = show.enter();
    wire.say("{}");
    assert_eq!(wire.hear()["text"], "no graphics driver");
    wire.say("[1]");
    assert!(wire.hear()["text"].as_str().unwrap().contains("expected"));
}

#[test]
fn whoever_has_no_secret_sees_nothing_and_there_is_room_for_so_many() {
    let show = Show::of(Ok(b"JPEG"));
    assert_eq!(show.knock(Secret::new().unwrap().reveal()).0, 401);
    let _two = (show.enter(), show.enter());
    assert_eq!(show.knock(show.secret.reveal()).0, 503);
}
