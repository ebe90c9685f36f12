//! The pages of the browser menu, as they lie in `assets/web`, which are part of the program; and the
//! page about the protocol, which is made.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};
use pulldown_cmark::{Options, Parser, html};

use super::calls;

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/web");

/// What is told about the protocol besides the calls.
const ABOUT: &str = include_str!("PROTOCOL.md");

/// `GET /` and what it loads. Names are looked up among those, never on a disk.
pub(super) async fn page(request: Request) -> Response {
    let name = match request.uri().path().trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    match (PAGES.get_file(name), kind(name)) {
        (Some(file), Some(kind)) => ([(CONTENT_TYPE, kind)], file.contents()).into_response(),
        _ => (StatusCode::NOT_FOUND, "there is no such page\n").into_response(),
    }
}

fn kind(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// `GET /protocol`: what PROTOCOL.md says, then all calls.
pub(super) async fn protocol() -> Response {
    let text = format!("{ABOUT}\n{}", calls::as_markdown());
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(&text, Options::ENABLE_TABLES));
    let page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Skyreel's protocol</title><link rel=\"stylesheet\" href=\"/style.css\"></head>\
         <body class=\"doc\"><main>{body}</main></body></html>\n"
    );
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}
