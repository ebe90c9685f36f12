//! Who is let in, and what the page loads.

use serde_json::json;

use crate::browser::{Browser, Held};
use crate::skyreel::{Home, Skyreel};

#[tokio::test]
async fn the_code_lets_a_browser_in_and_another_one_does_not() {
    let Some(browser) = Browser::open(Held::Desk).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.goto(&skyreel.address).await;
    browser.until("return !document.getElementById('entry').hidden").await;
    browser.keep_picture("code").await;
    let wrong = if skyreel.code.starts_with('2') { "345678" } else { "234567" };
    browser.type_code(wrong).await;
    let told = browser.until("return document.getElementById('entry-fault').textContent").await;
    assert!(told.as_str().unwrap().contains("not the code"), "{told}");
    browser.keep_picture("wrong_code").await;
    // As somebody reads it off: lower case, without the hyphen.
    let typed = skyreel.code.replace('-', "").to_lowercase();
    browser.ask("document.getElementById('entry-code').value = ''").await;
    browser.type_code(&typed).await;
    browser.until("return document.querySelector('.panel:not([hidden])') !== null").await;
    // A page that is loaded again is let in without.
    browser.goto(&skyreel.address).await;
    browser.until("return document.querySelector('.panel:not([hidden])') !== null").await;
    browser.close().await;
}

#[tokio::test]
async fn an_address_that_carries_a_code_lets_in_and_forgets_it() {
    let Some(browser) = Browser::open(Held::Phone).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.goto(&format!("{}#code={}", skyreel.address, skyreel.code)).await;
    browser.until("return document.querySelector('.panel:not([hidden])') !== null").await;
    assert_eq!(browser.ask("return location.hash").await, json!(""));
    assert_eq!(browser.ask("return history.length <= 2").await, json!(true));
    browser.close().await;
}

#[tokio::test]
async fn everything_that_the_page_loads_comes_from_skyreel() {
    let Some(browser) = Browser::open(Held::Desk).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.enter(&skyreel).await;
    for panel in
        ["focus", "scene", "views", "clock", "journey", "film", "console", "settings", "log"]
    {
        browser.open_panel(panel).await;
    }
    let others = "return performance.getEntriesByType('resource').map(({ name }) => name)
        .filter((name) => !name.startsWith(location.origin) && !name.startsWith('data:'))";
    assert_eq!(browser.ask(others).await, json!([]));
    let inline = "return document.querySelectorAll('script:not([src]), style, [style*=url], [onclick]').length";
    assert_eq!(browser.ask(inline).await, json!(0));
    browser.close().await;
}
