//! The show is run from the page: what is switched, flown, typed and set.

use serde_json::json;

use crate::browser::{Browser, Held};
use crate::skyreel::{Home, Skyreel};

/// What a node's eye says it would do.
const EYE: &str = "#panel-scene .eye[aria-label$='Moon Trail']";

#[tokio::test]
async fn what_is_switched_in_the_page_is_switched_in_skyreel_and_the_other_way_round() {
    let Some(browser) = Browser::open(Held::Desk).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.enter(&skyreel).await;
    browser.open_panel("scene").await;
    browser.type_into("#panel-scene input[type=search]", "moon trail").await;
    let before = home.ctl(&["scene.get", "Scene.MoonTrail.Renderable.Enabled"]);
    browser.click(EYE).await;
    let pressed = |is_on: bool| {
        format!("return document.querySelector({EYE:?}).getAttribute('aria-pressed') === '{is_on}'")
    };
    let was_on = before.trim() == "true";
    browser.until(&pressed(!was_on)).await;
    assert_eq!(
        home.ctl(&["scene.get", "Scene.MoonTrail.Renderable.Enabled"]).trim(),
        (!was_on).to_string()
    );
    home.ctl(&["scene.toggle", "MoonTrail"]);
    browser.until(&pressed(was_on)).await;
    // The slider of its fade.
    browser.click("#panel-scene .tree > li:has(.eye[aria-label$='Moon Trail']) .row-main").await;
    browser.drag("#panel-scene input[type=range][aria-label='Fade slider']", 0.9, 0.5).await;
    browser
        .until_state("Math.abs(state.properties['Scene.MoonTrail.Renderable.Fade'] - 0.5) < 0.1")
        .await;
    browser.keep_picture("scene").await;
    browser.close().await;
}

#[tokio::test]
async fn lua_is_typed_completed_and_told_what_is_wrong() {
    let Some(browser) = Browser::open(Held::Desk).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.enter(&skyreel).await;
    browser.press("`").await;
    let field = "#console-field";
    browser.type_into(field, "1 + 1\u{e007}").await;
    browser.until("return [...document.querySelectorAll('.said.returned pre')].some((e) => e.textContent === '2')").await;
    // What is not whole goes on in the next line.
    browser
        .type_into(field, "for i = 1, 2 do\u{e007}print('round ' .. i)\u{e007}end\u{e007}")
        .await;
    browser.until("return [...document.querySelectorAll('.said.printed pre')].some((e) => e.textContent === 'round 2')").await;
    browser.type_into(field, "error('nothing of the kind')\u{e007}").await;
    browser.until("return document.querySelector('.said.refused pre')?.textContent.includes('nothing of the kind')").await;
    // What was typed before comes back, and Tab completes.
    browser.type_into(field, "\u{e013}").await;
    assert_eq!(
        browser.ask("return document.getElementById('console-field').value").await,
        json!("error('nothing of the kind')")
    );
    browser.ask("document.getElementById('console-field').value = ''").await;
    browser.type_into(field, "skyreel.clock.pa\u{e004}").await;
    browser
        .until("return document.getElementById('console-field').value === 'skyreel.clock.pause'")
        .await;
    browser.type_into(field, "()\u{e007}").await;
    browser.until_state("state.clock.paused").await;
    browser.keep_picture("console").await;
    browser.close().await;
}

#[tokio::test]
async fn the_clock_the_focus_and_journeys_are_run_from_a_phone() {
    let Some(browser) = Browser::open(Held::Phone).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.enter(&skyreel).await;
    browser.open_panel("clock").await;
    browser.click("#panel-clock [aria-label='Pause clock']").await;
    browser.until_state("state.clock.paused").await;
    browser.type_into("#panel-clock [aria-label='Date']", "2026-13-45").await;
    browser.click("#panel-clock .wraps .button").await;
    browser.until("return document.querySelector('#panel-clock .fault')?.textContent").await;
    browser.ask("document.querySelector(\"#panel-clock [aria-label='Date']\").value = ''").await;
    browser.type_into("#panel-clock [aria-label='Date']", "2026-03-20T07:40:00").await;
    browser.click("#panel-clock .wraps .button").await;
    browser
        .until("return document.getElementById('top-date').textContent === '2026-03-20 07:40:00'")
        .await;
    browser.keep_picture("clock").await;
    browser.open_panel("focus").await;
    browser.type_into("#panel-focus input[type=search]", "mars").await;
    browser.click("#panel-focus .row-main").await;
    browser.until_state("state.navigation.focus === 'Mars'").await;
    browser.keep_picture("focus").await;
    browser.open_panel("journey").await;
    browser.click("[aria-label='Add key']").await;
    browser.until_state("state.journey.keys.length === 1").await;
    browser.click(".key-row").await;
    browser.type_into("#panel-journey .key-details input[type=text]", "Over Mars\u{e007}").await;
    browser.until_state("state.journey.keys[0].name === 'Over Mars'").await;
    browser.keep_picture("journey").await;
    browser.click("[aria-label='Undo']").await;
    browser.until_state("state.journey.keys[0].name === ''").await;
    browser.close().await;
}

#[tokio::test]
async fn the_picture_is_dragged_and_the_camera_goes_round() {
    let Some(browser) = Browser::open(Held::Desk).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.enter(&skyreel).await;
    home.ctl(&["clock.pause"]);
    let before = browser.state("navigation.above_deg[1]").await.as_f64().unwrap();
    browser.drag(".screen", 0.5, 0.7).await;
    // What is seen follows the hand: the camera goes the other way.
    browser.until_state(&format!("state.navigation.above_deg[1] < {before} - 1")).await;
    let before = browser.state("navigation.distance_m").await.as_f64().unwrap();
    browser.ask("document.querySelector('.screen').dispatchEvent(new WheelEvent('wheel', { deltaY: -300, bubbles: true }))").await;
    browser.until_state(&format!("state.navigation.distance_m < {before} * 0.9")).await;
    browser.close().await;
}
