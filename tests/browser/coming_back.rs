//! Skyreel goes, and comes again: the page says so, waits, and goes on.

use serde_json::json;

use crate::browser::{Browser, Held};
use crate::skyreel::{Home, Skyreel};

#[tokio::test]
async fn a_page_whose_skyreel_was_killed_comes_back_with_the_new_code() {
    let Some(browser) = Browser::open(Held::Desk).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    let port = skyreel.port();
    browser.enter(&skyreel).await;
    skyreel.kill();
    browser.until("return !document.getElementById('offline').hidden").await;
    let told = browser.text("return document.getElementById('offline-words').textContent").await;
    assert!(told.starts_with("Not connected"), "{told}");
    browser.keep_picture("disconnected").await;
    // What is clicked meanwhile is not done, and not forgotten to be told.
    browser.press(" ").await;
    browser
        .until(
            "return document.querySelector('.toast.error')?.textContent.includes('Not connected')",
        )
        .await;
    let again = Skyreel::start_on(&home, port);
    browser.until("return !document.getElementById('entry').hidden").await;
    let told = browser.text("return document.getElementById('entry-fault').textContent").await;
    assert!(told.contains("started anew"), "{told}");
    assert_eq!(browser.ask("return sessionStorage.getItem('skyreel.secret')").await, json!(null));
    browser.keep_picture("started_anew").await;
    browser.type_code(&again.code).await;
    browser.until("return document.getElementById('offline').hidden && document.body.dataset.page === 'open'").await;
    let now = browser.state("clock.sim_time").await.as_f64().unwrap();
    browser.until_state(&format!("state.clock.sim_time > {now}")).await;
    browser.close().await;
}
