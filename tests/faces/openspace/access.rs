//! Who is let in: the program's user, whoever knows the password, and no other site's page.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use serde_json::{Value as Json, json};
use skyreel_faces::openspace::{Config, Kin, Ports, Server, StartError, kin};
use skyreel_faces::web::Password;

use super::{House, nobodys_kin};
use crate::web::{TestDoor, status};

fn stranger(config: &mut Config) {
    config.kin = nobodys_kin;
}

fn guarded(config: &mut Config) {
    stranger(config);
    config.password = Password::chosen("open sesame");
}

#[test]
fn a_socket_needs_our_own_host_and_no_page_but_ours() {
    let hosts = [
        ("127.0.0.1:PORT", true),
        ("localhost:PORT", true),
        ("[::1]:PORT", true),
        ("", false),
        ("127.0.0.1", false),
        ("127.0.0.1:4680", false),
        ("evil.example:PORT", false),
        ("localhost.evil.example:PORT", false),
    ];
    // Our own page is at port 4680.
    let origins = [
        ("", true),
        ("Origin: http://127.0.0.1:4680\r\n", true),
        ("Origin: http://localhost:4680\r\n", true),
        ("Origin: http://[::1]:4680\r\n", true),
        ("Origin: https://localhost:4680\r\n", false),
        ("Origin: http://localhost:PORT\r\n", false),
        ("Origin: http://localhost:4681\r\n", false),
        ("Origin: http://evil.example:4680\r\n", false),
        ("Origin: null\r\n", false),
        ("Origin: file://\r\n", false),
        ("Origin: http://localhost:4680\r\nOrigin: http://evil.example\r\n", false),
    ];
    for (change, is_kin) in [(None, true), (Some(stranger as fn(&mut Config)), false)] {
        let door = TestDoor::that_does(Json::Null);
        let house = House::with(door, |config| change.iter().for_each(|change| change(config)));
        let port = house.server.websocket().unwrap().port().to_string();
        for (host, is_host) in hosts {
            for (origin, is_origin) in origins {
                let headers = format!("Host: {host}\r\n{origin}").replace("PORT", &port);
                let (head, _) = house.upgrade(&headers);
                let expected = if is_kin && is_host && is_origin { 101 } else { 403 };
                assert_eq!(status(&head), expected, "{headers}{head}");
                assert!(!head.to_lowercase().contains("access-control-"), "{head}");
            }
        }
    }
}

#[test]
fn without_pages_of_our_own_no_page_is_let_in() {
    let door = TestDoor::that_does(Json::Null);
    let house = House::with(door, |config| config.page_port = None);
    let at = house.server.websocket().unwrap();
    for origin in ["http://localhost:4680", "http://localhost:0", "null"] {
        let (head, _) = house.upgrade(&format!("Host: {at}\r\nOrigin: {origin}\r\n"));
        assert_eq!(status(&head), 403, "{origin}");
    }
    house.enter_socket();
}

#[test]
fn the_user_s_own_programs_are_known_by_their_sockets() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap();
    let client = TcpStream::connect(own).unwrap();
    let (server, peer) = listener.accept().unwrap();
    assert_eq!(kin(peer, own), Kin::SameUser);
    // The wrong way round, somebody who is not there, and somebody who has gone.
    assert_eq!(kin(peer, peer), Kin::Stranger);
    let nowhere: SocketAddr = "127.0.0.1:1".parse().unwrap();
    assert_eq!(kin(nowhere, own), Kin::Stranger);
    drop(client);
    assert_eq!(kin(peer, own), Kin::Stranger);
    drop(server);
}

#[test]
fn strangers_are_turned_away_where_there_is_no_password() {
    let house = House::with(TestDoor::that_does(Json::Null), stranger);
    let mut lines = house.knock();
    let message = lines.hear();
    assert!(message["error"].as_str().unwrap().contains("other users"), "{message}");
    assert_eq!(lines.hear_line(), None);
}

#[test]
fn a_stranger_is_obeyed_once_he_has_told_the_password() {
    let house = House::with(TestDoor::that_does(Json::Null), guarded);
    let mut lines = house.enter();
    lines.begin(1, "luascript", json!({ "script": "x", "return": true }));
    assert!(lines.told(1)["error"].as_str().unwrap().contains("not authorized"));
    for (payload, status) in [
        (json!({ "password": "" }), "incorrectKey"),
        (json!({ "password": "open sesame " }), "incorrectKey"),
        (json!({ "password": "Open sesame" }), "incorrectKey"),
        (json!({ "password": "open sesame\u{0}" }), "incorrectKey"),
        (json!({ "password": "x".repeat(1000) }), "incorrectKey"),
        (json!({ "password": ["open sesame"] }), "badRequest"),
        (json!({}), "badRequest"),
    ] {
        lines.begin(2, "authorize", payload.clone());
        assert_eq!(lines.told(2), json!({ "status": status }), "{payload}");
    }
    lines.begin(3, "time", json!({ "event": "refresh" }));
    assert!(lines.told(3)["error"].is_string());
    assert_eq!(house.door.came(), []);
    lines.begin(4, "authorize", json!({ "key": "open sesame" }));
    assert_eq!(lines.told(4), json!({ "status": "authorized" }));
    lines.begin(5, "luascript", json!({ "script": "x", "return": true }));
    assert_eq!(lines.told(5), json!({}));
    assert_eq!(house.door.came().len(), 1);

    let mut socket = house.enter_socket();
    socket.say(
        &json!({ "topic": 1, "type": "set", "payload": { "property": "P", "value": 1 } })
            .to_string(),
    );
    assert!(socket.hear()["payload"]["error"].is_string());
    let authorize =
        json!({ "topic": 2, "type": "authorize", "payload": { "password": "open sesame" } });
    socket.say(&authorize.to_string());
    assert_eq!(socket.hear()["payload"]["status"], "authorized");
}

#[test]
fn after_ten_wrong_passwords_not_even_the_right_one_is_tried() {
    let house = House::with(TestDoor::that_does(Json::Null), guarded);
    for attempt in 0..10 {
        let mut lines = house.knock();
        lines.begin(1, "authorize", json!({ "password": attempt.to_string() }));
        assert_eq!(lines.told(1)["status"], "incorrectKey");
    }
    let mut lines = house.knock();
    lines.begin(1, "authorize", json!({ "password": "open sesame" }));
    assert_eq!(lines.told(1)["status"], "incorrectKey");
}

#[test]
fn a_page_that_sends_a_form_to_the_lines_is_hung_up_on() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let set = r#"{"topic": 1, "type": "luascript", "payload": {"script": "quit()"}}"#;
    for start in [
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:4681\r\nContent-Type: text/plain\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "\u{16}\u{3}\u{1}\n",
        "5\n",
        "[]\n",
    ] {
        let mut lines = house.knock();
        // The server may have hung up before all of it is sent.
        let _ = lines.0.get_mut().write_all(format!("{start}{set}\n{set}\n").as_bytes());
        let mut rest = Vec::new();
        let _ = lines.0.read_to_end(&mut rest);
        assert_eq!(house.door.came(), [], "{start}");
    }
}

#[test]
fn nothing_is_served_beyond_this_machine() {
    let house = House::open(TestDoor::that_does(Json::Null));
    for ip in ["0.0.0.0", "192.168.1.2", "::"] {
        let config = Config { ip: ip.parse().unwrap(), ..Config::new("1") };
        let error = Server::start(config, house.door.clone(), house.stage.seen()).unwrap_err();
        assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
    }
}

#[test]
fn a_port_that_openspace_has_is_told_and_the_other_one_serves() {
    let first = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = first.local_addr().unwrap().port();
    let door = TestDoor::that_does(Json::Null);
    let house = House::with(door, |config| config.ports = Ports { websocket: port, tcp: 0 });
    assert_eq!(house.server.websocket(), None);
    let [taken] = house.server.taken() else { panic!("{:?}", house.server.taken()) };
    let told = taken.to_string();
    let pid = std::process::id();
    assert!(told.starts_with(&format!("port {port} is taken by ")), "{told}");
    assert!(told.ends_with(&format!("(process {pid})")), "{told}");
    house.enter().is_silent();
}

#[test]
fn a_password_stays_out_of_logs() {
    assert_eq!(format!("{:?}", Password::chosen("open sesame")), "Some(Password(…))");
    assert_eq!(Password::chosen(""), None);
    assert_eq!(Password::chosen(&"x".repeat(257)), None);
    let longest = Password::chosen(&"x".repeat(256)).unwrap();
    let is = |told: &str| longest.is(told.as_bytes());
    assert!(is(&"x".repeat(256)) && !is(&"x".repeat(257)) && !is(""));
}
