//! Only whoever means this server, from no other site's page, and knows the secret, is let in.

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use skyreel_faces::web::{Attempts, Config, Secret, Server, StartError};

use super::{House, TestDoor, UPGRADE, head, status};

/// What is answered to a head with these headers, and the answer.
fn answer(house: &House, headers: &str) -> String {
    let mut stream = house.knock();
    write!(stream, "GET /api HTTP/1.1\r\n{headers}{UPGRADE}\r\n").unwrap();
    head(&mut stream)
}

#[test]
fn host_origin_and_secret_must_all_be_right() {
    // Each with whether it is right; PORT and SECRET stand for those of the server.
    let hosts = [
        ("Host: 127.0.0.1:PORT\r\n", true),
        ("Host: localhost:PORT\r\n", true),
        ("Host: LocalHost:PORT\r\n", true),
        ("Host: [::1]:PORT\r\n", true),
        ("", false),
        ("Host: \r\n", false),
        ("Host: 127.0.0.1\r\n", false),
        ("Host: 127.0.0.1:1\r\n", false),
        ("Host: evil.example:PORT\r\n", false),
        ("Host: 127.0.0.1.evil.example:PORT\r\n", false),
        ("Host: localhost.:PORT\r\n", false),
        ("Host: 0.0.0.0:PORT\r\n", false),
        ("Host: user@127.0.0.1:PORT\r\n", false),
        ("Host: 127.0.0.1:PORT\r\nHost: evil.example\r\n", false),
    ];
    let origins = [
        ("", true),
        ("Origin: http://HOST\r\n", true),
        ("Origin: https://HOST\r\n", false),
        ("Origin: http://HOST/\r\n", false),
        ("Origin: http://127.0.0.1:1\r\n", false),
        ("Origin: http://evil.example\r\n", false),
        ("Origin: http://evil.example:PORT\r\n", false),
        ("Origin: null\r\n", false),
        ("Origin: \r\n", false),
        ("Origin: file://\r\n", false),
        ("Origin: http://HOST\r\nOrigin: http://evil.example\r\n", false),
    ];
    let secrets = [
        ("Authorization: Bearer SECRET\r\n", true),
        ("Sec-WebSocket-Protocol: skyreel.v1.SECRET\r\n", true),
        ("Sec-WebSocket-Protocol: chat, skyreel.v1.SECRET\r\n", true),
        ("", false),
        ("Authorization: Bearer \r\n", false),
        ("Authorization: Bearer SECRET0\r\n", false),
        ("Authorization: Basic SECRET\r\n", false),
        ("Authorization: bearer wrong\r\nSec-WebSocket-Protocol: skyreel.v1.SECRET\r\n", false),
        ("Sec-WebSocket-Protocol: skyreel.v2.SECRET\r\n", false),
        ("Cookie: secret=SECRET\r\n", false),
    ];
    for (host, is_host) in hosts {
        let name = host.split("\r\n").next().unwrap().trim_start_matches("Host: ");
        for (origin, is_origin) in origins {
            let origin = origin.replace("HOST", name);
            // One of its own, so that wrong secrets do not add up.
            let house = House::open(TestDoor::that_does(Json::Null));
            for (secret, is_secret) in secrets {
                let headers = format!("{host}{origin}{secret}")
                    .replace("PORT", &house.address().port().to_string())
                    .replace("SECRET", house.secret.reveal());
                let expected = match (is_host && is_origin, is_secret) {
                    (false, _) => 403,
                    (true, false) => 401,
                    (true, true) => 101,
                };
                let head = answer(&house, &headers);
                assert_eq!(status(&head), expected, "{headers}{head}");
                let has = |line: &str| head.to_lowercase().contains(line);
                assert!(has("x-content-type-options: nosniff"), "{head}");
                assert!(!has("access-control-"), "{head}");
            }
        }
    }
}

#[test]
fn an_address_in_the_request_line_must_be_the_same_host() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let (address, secret) = (house.address(), house.secret.reveal().to_owned());
    for (line, expected) in
        [(format!("http://{address}/api"), 101), ("http://evil.example/api".to_owned(), 403)]
    {
        let mut stream = house.knock();
        let rest = format!("Host: {address}\r\nAuthorization: Bearer {secret}\r\n{UPGRADE}\r\n");
        write!(stream, "GET {line} HTTP/1.1\r\n{rest}").unwrap();
        assert_eq!(status(&head(&mut stream)), expected, "{line}");
    }
}

#[test]
fn after_ten_wrong_secrets_guessing_ends_but_the_right_one_still_opens() {
    let house = House::open(TestDoor::that_does(Json::Null));
    let host = format!("Host: {}\r\n", house.address());
    for attempt in 0..15 {
        let head = answer(&house, &format!("{host}Authorization: Bearer {attempt:064}\r\n"));
        assert_eq!(status(&head), if attempt < 10 { 401 } else { 429 }, "{attempt}");
        assert_eq!(head.contains("retry-after: "), attempt >= 10, "{head}");
    }
    house.enter();
}

#[test]
fn wrong_secrets_are_forgotten_after_a_minute() {
    let mut attempts = Attempts::default();
    let start = Instant::now();
    let at = |seconds| start + Duration::from_secs(seconds);
    for second in 0..10 {
        assert_eq!(attempts.note_wrong(at(second)), None);
    }
    assert_eq!(attempts.note_wrong(at(20)), Some(Duration::from_secs(40)));
    assert_eq!(attempts.note_wrong(at(59)), Some(Duration::from_secs(1)));
    assert_eq!(attempts.note_wrong(at(60)), None);
    assert_eq!(attempts.note_wrong(at(60)), Some(Duration::from_secs(1)));
    assert_eq!(attempts.note_wrong(at(600)), None);
}

#[test]
fn a_secret_is_new_each_time_and_stays_out_of_logs() {
    let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
    assert_ne!(one, other);
    assert_eq!(Secret::told(one.reveal()).as_ref(), Some(&one));
    assert!(one.is(one.reveal().as_bytes()) && !one.is(other.reveal().as_bytes()) && !one.is(b""));
    assert_eq!(format!("{one:?}"), "Secret(…)");
    for wrong in ["", "abc", &"g".repeat(64), &"A".repeat(64), &"0".repeat(65)] {
        assert_eq!(Secret::told(wrong), None, "{wrong}");
    }
}

#[test]
fn nothing_is_served_beyond_this_machine_without_a_password() {
    let house = House::open(TestDoor::that_does(Json::Null));
    assert!(house.address().ip().is_loopback());
    for address in ["0.0.0.0:0", "192.168.1.2:0", "[::]:0"] {
        let mut config = Config::new("main", "1", Secret::new().unwrap());
        config.address = address.parse().unwrap();
        let door = TestDoor::that_does(Json::Null);
        let error = Server::start(config, door, house.stage.seen()).unwrap_err();
        assert!(matches!(error, StartError::NoPassword(_)), "{error}");
    }
}

#[test]
fn a_taken_port_is_an_error_or_another_one_is_taken_and_told() {
    let first = House::open(TestDoor::that_does(Json::Null));
    let taken = first.address();
    let start = |any_port| {
        let mut config = Config::new("main", "1", Secret::new().unwrap());
        (config.address, config.any_port) = (taken, any_port);
        Server::start(config, TestDoor::that_does(Json::Null), first.stage.seen())
    };
    let error = start(false).unwrap_err().to_string();
    assert!(error.contains(&taken.to_string()), "{error}");
    // It is this very process that has it.
    let holder = format!("(process {})", std::process::id());
    assert!(!cfg!(target_os = "linux") || error.contains(&holder), "{error}");
    let second = start(true).unwrap();
    assert_ne!(second.address(), taken);
    assert_eq!(second.instead_of(), Some(taken));
    assert_eq!(first.server.instead_of(), None);
}
