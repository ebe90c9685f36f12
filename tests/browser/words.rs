//! What the page works out by itself it works out as Skyreel does: dates, changes of the state, completion.

use serde_json::{Map, Value as Json, json};
use skyreel_core::complete::complete;
use skyreel_core::snapshot::ApiWord;
use skyreel_core::time::SimTime;
use skyreel_faces::web::merge;

use crate::browser::{Browser, Held};
use crate::skyreel::{Home, Skyreel};

/// TDB seconds past J2000: now, a minute before and after a leap second, before 1972, before our era, very
/// far. Nearer to leap seconds the calendar library takes TAI's midnight for UTC's.
fn moments() -> Vec<f64> {
    let day = 86_400.0;
    let mut moments =
        vec![0.0, 848_472_218.865, 536_500_800.0, 536_500_910.0, -1e9, -6.4e10, -7e10, 2.2e11];
    moments.extend((0..400).map(|n| f64::from(n - 200) * 3_777_777.7 + 0.123));
    // Whole seconds of UTC, which rounding could lead astray.
    moments.extend((0..60).filter_map(|n| {
        let text = format!("20{:02}-0{}-15T12:00:{n:02}", 20 + n % 30, 1 + n % 9);
        text.parse().ok().map(SimTime::as_tdb_secs)
    }));
    moments.extend([-0.5, 0.5, 1.5].map(|days| days * day));
    moments
}

#[tokio::test]
async fn the_page_tells_dates_changes_and_candidates_as_skyreel_does() {
    let Some(browser) = Browser::open(Held::Desk).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.goto(&skyreel.address).await;
    dates(&browser).await;
    changes(&browser).await;
    candidates(&browser).await;
    whole_texts(&browser).await;
    browser.close().await;
}

async fn dates(browser: &Browser) {
    let told = browser
        .ask_async(&format!(
            "const {{ iso }} = await import('/parts/dates.js'); return {}.map(iso);",
            json!(moments())
        ))
        .await;
    for (moment, told) in moments().iter().zip(told.as_array().unwrap()) {
        let iso = SimTime::from_tdb_secs(*moment).unwrap().to_utc_iso();
        let seconds = iso.split_once('.').unwrap().0;
        assert_eq!(told.as_str(), Some(seconds), "{moment}");
    }
}

async fn changes(browser: &Browser) {
    let table = [
        (json!({ "a": 1 }), json!({ "a": 2 })),
        (json!({ "a": { "b": 1, "c": [1, 2] } }), json!({ "a": { "b": null, "c": [3] }, "d": {} })),
        (json!({ "mode": "idle" }), json!({ "mode": { "playing": { "at": 0 } } })),
        (
            json!({ "mode": { "playing": { "at": 0 } } }),
            json!({ "mode": { "playing": null, "recording": {} } }),
        ),
        (json!({ "mode": { "playing": {} } }), json!({ "mode": "idle" })),
        (json!({ "a": [1] }), json!({ "a": { "0": null, "1": 2 } })),
    ];
    for (from, change) in table {
        let script = format!(
            "const {{ merge }} = await import('/link/state.js'); return merge({from}, {change});"
        );
        let mut expected: Map<String, Json> = from.as_object().unwrap().clone();
        merge(&mut expected, change.as_object().unwrap().clone());
        assert_eq!(browser.ask_async(&script).await, Json::Object(expected), "{from} {change}");
    }
}

async fn candidates(browser: &Browser) {
    let word = |name: &str| ApiWord {
        name: name.to_owned(),
        usage: format!("{name}(x)"),
        help: format!("What {name} does."),
    };
    let words =
        ["print", "skyreel.clock.pause", "skyreel.clock.rate", "skyreel.play.start", "wait"]
            .map(word);
    let paths = ["Scene.Earth.Renderable.Enabled", "Scene.Moon.Renderable.Fade"];
    let typed = [
        "",
        "sky",
        "skyreel.",
        "skyreel.clock.pa",
        "SKYREEL.PLAY",
        "clock",
        "x = pri",
        "wait(",
        "wait(3",
        "skyreel.clock.rate(skyreel.clock.",
        "f(\"Scene.",
        "f('moon",
        "f(\"a\\\"Sc",
        "é.pri",
        "print) wa",
    ];
    let asked = json!({ "words": words, "paths": paths, "typed": typed });
    let script = format!(
        "const {{ complete }} = await import('/console/complete.js');
         const {{ words, paths, typed }} = {asked};
         return typed.map((before) => complete(before, words, paths));"
    );
    let told = browser.ask_async(&script).await;
    for (before, told) in typed.iter().zip(told.as_array().unwrap()) {
        let expected = complete(before, before.len(), &words, paths);
        assert_eq!(told["candidates"], json!(expected.candidates), "{before}");
        // The page counts UTF-16 units, Skyreel bytes.
        let from = before[..expected.from].encode_utf16().count();
        assert_eq!(told["from"], json!(from), "{before}");
        assert_eq!(told["help"], json!(expected.help.unwrap_or_default()), "{before}");
    }
}

async fn whole_texts(browser: &Browser) {
    let table = [
        ("", true),
        ("print(1)", true),
        ("for i = 1, 3 do", false),
        ("for i = 1, 3 do print(i) end", true),
        ("if x then y() else z()", false),
        ("function f()\n  return 1\nend", true),
        ("repeat x() until y", true),
        ("print('do')", true),
        ("-- do", true),
        ("x = [[\ntext", false),
        ("x = {1, 2", false),
        ("a =", false),
        ("end end", true),
    ];
    for (text, expected) in table {
        let script = format!(
            "const {{ isWhole }} = await import('/console/lua.js'); return isWhole({});",
            json!(text)
        );
        assert_eq!(browser.ask_async(&script).await, json!(expected), "{text}");
    }
}
