//! Browsers are let in by a code that is typed or carried once, or from other machines by a password.

use std::io::{Read, Write};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use skyreel_faces::web::{
    AttemptsByAddress, Codes, Config, Password, Secret, Server, StartError, ToldAtTheDoor as Told,
};

use super::{House, TestDoor, UPGRADE, head, status};

const HERE: &str = "127.0.0.1";
const THERE: &str = "192.0.2.7";

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// An answer to a whole request: its status and its body.
fn ask(house: &House, request: &str) -> (u16, String) {
    let mut stream = house.knock();
    let host = format!("Host: {}\r\nConnection: close\r\n", house.address());
    stream.write_all(request.replacen("\r\n", &format!("\r\n{host}"), 1).as_bytes()).unwrap();
    let head = head(&mut stream);
    let mut body = Vec::new();
    stream.read_to_end(&mut body).unwrap();
    (status(&head), String::from_utf8_lossy(&body).into_owned())
}

fn enter(house: &House, body: &Json) -> (u16, Json) {
    let body = body.to_string();
    let (status, answer) = ask(
        house,
        &format!(
            "POST /enter HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ),
    );
    (status, serde_json::from_str(&answer).unwrap_or_default())
}

fn house() -> House {
    House::open(TestDoor::that_does(Json::Null))
}

#[test]
fn the_code_gives_the_secret_however_it_is_typed() {
    let house = house();
    let code = house.server.code();
    assert_eq!(code.len(), 7, "{code}");
    let plain = code.replace('-', "");
    let spaced = format!(" {} {} ", &plain[..3], &plain[3..]);
    for typed in [code.clone(), plain.clone(), code.to_lowercase(), spaced] {
        let secret = house.secret.reveal();
        assert_eq!(enter(&house, &json!({ "code": typed })), (200, json!({ "secret": secret })));
    }
    let (status, hello) = ask(&house, "GET /hello HTTP/1.1\r\n\r\n");
    let hello: Json = serde_json::from_str(&hello).unwrap();
    assert_eq!((status, &hello["asks_for"]), (200, &json!("code")));
    assert_eq!(hello["name"], "main");
}

#[test]
fn what_is_wrong_is_said_and_after_ten_the_right_code_has_to_wait_too() {
    let house = house();
    for wrong in [json!({ "code": "" }), json!({ "code": "AAAAAA" }), json!({ "password": "x" })] {
        let (status, answer) = enter(&house, &wrong);
        assert_eq!(status, 401, "{wrong}");
        assert!(answer["text"].as_str().unwrap().contains("that is not the"), "{answer}");
    }
    for wrong in [json!({}), json!("x"), json!({ "code": 1 }), json!({ "code": "a", "b": 1 })] {
        assert_eq!(enter(&house, &wrong).0, 400, "{wrong}");
    }
    for _ in 0..7 {
        enter(&house, &json!({ "code": "AAAAAA" }));
    }
    let (status, answer) = enter(&house, &json!({ "code": house.server.code() }));
    assert_eq!(status, 429);
    assert!((1..=60).contains(&answer["wait_s"].as_u64().unwrap()), "{answer}");
    // Whoever has the secret is not kept out by that.
    house.enter();
}

#[test]
fn only_json_of_a_few_bytes_is_read() {
    let house = house();
    let code = json!({ "code": house.server.code() }).to_string();
    let post = |kind: &str, body: &str| {
        let length = body.len();
        let head = format!("POST /enter HTTP/1.1\r\n{kind}Content-Length: {length}\r\n\r\n{body}");
        ask(&house, &head).0
    };
    for kind in ["", "Content-Type: text/plain\r\n", "Content-Type: multipart/form-data\r\n"] {
        assert_eq!(post(kind, &code), 415, "{kind}");
    }
    let long = json!({ "code": "A".repeat(5000) }).to_string();
    assert_eq!(post("Content-Type: application/json\r\n", &long), 413);
    assert_eq!(
        post("Content-Type: application/json\r\nOrigin: http://evil.example\r\n", &code),
        403
    );
    assert_eq!(ask(&house, "GET /enter HTTP/1.1\r\n\r\n").0, 405);
}

#[test]
fn an_invitation_is_good_once() {
    let house = house();
    let address = house.server.invitations().next().unwrap();
    let (page, code) = address.split_once("#code=").unwrap();
    assert_eq!(page, format!("http://{}/", house.address()));
    assert_eq!(enter(&house, &json!({ "code": code })).0, 200);
    assert_eq!(enter(&house, &json!({ "code": code })).0, 401);
}

#[test]
fn an_invitation_is_good_for_a_minute_and_there_are_sixteen_at_once() {
    let codes = Codes::new(None).unwrap();
    let start = Instant::now();
    let at = |seconds| start + Duration::from_secs(seconds);
    let (late, early) = (codes.carry(start).unwrap(), codes.carry(start).unwrap());
    assert!(codes.let_in(Told::Code(&early), ip(HERE), at(59)));
    assert!(!codes.let_in(Told::Code(&late), ip(HERE), at(60)));
    let first = codes.carry(start).unwrap();
    let rest: Vec<String> = (0..16).map(|_| codes.carry(start).unwrap()).collect();
    assert!(!codes.let_in(Told::Code(&first), ip(HERE), at(1)));
    assert!(rest.iter().all(|code| codes.let_in(Told::Code(code), ip(HERE), at(1))));
}

#[test]
fn codes_are_for_this_machine_and_the_password_is_for_others() {
    let password = "a long enough password";
    let codes = Codes::new(Password::chosen(password)).unwrap();
    let now = Instant::now();
    let typed = codes.typed();
    for (told, from, is_let_in) in [
        (Told::Code(&typed), HERE, true),
        (Told::Code(&typed), "::1", true),
        (Told::Code(&typed), THERE, false),
        (Told::Password(password), THERE, true),
        (Told::Password(password), HERE, true),
        (Told::Password("a long enough passwore"), THERE, false),
        (Told::Password(""), THERE, false),
        (Told::Code(password), THERE, false),
    ] {
        assert_eq!(codes.let_in(told, ip(from), now), is_let_in, "{told:?} {from}");
    }
    let without = Codes::new(None).unwrap();
    assert!(!without.let_in(Told::Password(""), ip(THERE), now));
    assert_eq!(Password::chosen("short"), None);
    assert_eq!(format!("{:?} {codes:?}", Password::chosen(password)), "Some(Password(…)) Codes(…)");
}

#[test]
fn beyond_this_machine_a_password_is_needed_and_addresses_and_own_names_are_hosts() {
    let open = |password: Option<&str>| {
        let mut config = Config::new("main", "1", Secret::new().unwrap());
        config.address = "0.0.0.0:0".parse().unwrap();
        config.password = password.and_then(Password::chosen);
        config.names = vec!["dome".to_owned(), "dome.local".to_owned()];
        let stage = skyreel_faces::door::Stage::default();
        let secret = config.secret.clone();
        Server::start(config, TestDoor::that_does(Json::Null), stage.seen())
            .map(|server| (server, secret))
    };
    assert!(matches!(open(None).unwrap_err(), StartError::NoPassword(_)));
    let (server, secret) = open(Some("a long enough password")).unwrap();
    assert!(server.is_open_to_others() && server.address().ip().is_loopback());
    let port = server.address().port();
    for (host, expected) in [
        ("127.0.0.1:PORT", 101),
        ("192.168.7.7:PORT", 101),
        ("[2001:db8::7]:PORT", 101),
        ("dome:PORT", 101),
        ("Dome.local:PORT", 101),
        ("localhost:PORT", 101),
        ("0.0.0.0:PORT", 403),
        ("evil.example:PORT", 403),
        ("dome.evil.example:PORT", 403),
        ("192.168.7.7.evil.example:PORT", 403),
        ("192.168.7.7:1", 403),
        ("[::]:PORT", 403),
    ] {
        let host = host.replace("PORT", &port.to_string());
        let secret = secret.reveal();
        let mut stream = std::net::TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(super::PATIENCE)).unwrap();
        write!(
            stream,
            "GET /api HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {secret}\r\n{UPGRADE}\r\n"
        )
        .unwrap();
        assert_eq!(status(&head(&mut stream)), expected, "{host}");
    }
}

#[test]
fn who_guesses_keeps_nobody_else_out() {
    let mut attempts = AttemptsByAddress::default();
    let now = Instant::now();
    for _ in 0..10 {
        assert_eq!(attempts.note_wrong(ip(THERE), now), None);
    }
    assert!(attempts.wait(ip(THERE), now).is_some());
    assert_eq!(attempts.wait(ip(HERE), now), None);
    assert_eq!(attempts.wait(ip(THERE), now + Duration::from_secs(60)), None);
    // It is not remembered of more addresses than there is room for; newcomers then wait.
    for n in 0..2000_u32 {
        attempts.note_wrong(IpAddr::V4((n + 1).into()), now);
    }
    assert!(attempts.wait(ip("203.0.113.9"), now).is_some());
    assert_eq!(attempts.wait(ip("203.0.113.9"), now + Duration::from_secs(61)), None);
}

#[test]
fn a_secret_can_be_asked_whether_it_is_still_good() {
    let house = house();
    let check = |secret: &str| {
        ask(&house, &format!("GET /check HTTP/1.1\r\nAuthorization: Bearer {secret}\r\n\r\n")).0
    };
    assert_eq!(check(house.secret.reveal()), 204);
    assert_eq!(check(Secret::new().unwrap().reveal()), 401);
}

#[test]
fn pages_are_those_of_the_menu_and_load_from_nowhere_else() {
    let house = house();
    for (path, expected, kind) in [
        ("/", 200, "text/html"),
        ("/index.html", 200, "text/html"),
        ("/style.css", 200, "text/css"),
        ("/protocol", 200, "text/html"),
        ("/../Cargo.toml", 404, "text/plain"),
        ("/..%2fCargo.toml", 404, "text/plain"),
        ("//etc/passwd", 404, "text/plain"),
        ("/nothing.js", 404, "text/plain"),
    ] {
        let mut stream = house.knock();
        let host = house.address();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let head = head(&mut stream).to_lowercase();
        assert_eq!(status(&head), expected, "{path}");
        assert!(head.contains(&format!("content-type: {kind}")), "{path} {head}");
        for line in [
            "x-content-type-options: nosniff",
            "default-src 'none'; script-src 'self'",
            &format!("connect-src 'self' ws://{host}"),
            "frame-ancestors 'none'",
            "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin",
            "cache-control: no-store",
        ] {
            assert!(head.contains(line), "{path}: {line}\n{head}");
        }
        assert!(!head.contains("access-control-") && !head.contains("set-cookie"), "{head}");
    }
}

#[test]
fn the_page_about_the_protocol_has_every_call() {
    let (status, page) = ask(&house(), "GET /protocol HTTP/1.1\r\n\r\n");
    assert_eq!(status, 200);
    for row in skyreel_core::command::CATALOGUE {
        assert!(page.contains(&format!("<code>{}</code>", row.usage())), "{}", row.call);
    }
}

#[test]
fn the_list_of_calls_beside_the_code_is_the_programs_own() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/web/CALLS.md");
    let made = skyreel_faces::web::calls_as_markdown();
    if std::env::var_os("SKYREEL_WRITE_CALLS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == made,
        "SKYREEL_WRITE_CALLS=1 cargo nextest run -p skyreel-faces brings CALLS.md up to date"
    );
}
