//! How the page looks: pictures of every panel are kept for people to look at, and what a machine can tell
//! is checked.

use serde_json::json;

use crate::browser::{Browser, Held};
use crate::skyreel::{Home, Skyreel};

const PANELS: [&str; 10] = [
    "session", "focus", "scene", "clock", "views", "journey", "film", "console", "settings", "log",
];

/// What reaches beyond the screen, but for what can be scrolled there.
const BEYOND: &str = "return [...document.querySelectorAll('body *')]
    .filter((e) => e.checkVisibility() && !e.closest('.journey-tools, .lines-box, svg'))
    .filter((e) => e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().right > innerWidth + 1)
    .map((e) => e.tagName + '.' + e.className)";

/// What a finger would miss.
const SMALL: &str =
    "return [...document.querySelectorAll('button, select, textarea, input:not([role=switch]), a')]
    .filter((e) => e.checkVisibility() && !e.matches('.line-key, .key-check'))
    .map((e) => [e, e.getBoundingClientRect()])
    .filter(([, r]) => r.width > 0 && (r.height < 43.5 || r.width < 35))
    .map(([e, r]) => `${e.ariaLabel ?? e.textContent} ${r.width}x${r.height}`)";

/// What has no name for those who do not see it.
const NAMELESS: &str =
    "return [...document.querySelectorAll('button, select, textarea, input, [role=slider]')]
    .filter((e) => e.checkVisibility() && !(e.ariaLabel || e.textContent.trim() || e.labels?.length || e.title))
    .map((e) => e.outerHTML.slice(0, 120))";

async fn look(held: Held) {
    let Some(browser) = Browser::open(held).await else { return };
    let home = Home::new();
    let skyreel = Skyreel::start(&home);
    browser.enter(&skyreel).await;
    for panel in PANELS {
        browser.open_panel(panel).await;
        assert_eq!(browser.ask(BEYOND).await, json!([]), "{panel}: beyond the screen");
        assert_eq!(browser.ask(NAMELESS).await, json!([]), "{panel}: nameless");
        if held != Held::Desk {
            assert_eq!(browser.ask(SMALL).await, json!([]), "{panel}: too small");
        }
        browser.keep_picture(&format!("panel_{panel}")).await;
    }
    browser.close().await;
}

#[tokio::test]
async fn at_a_desk_every_panel_fits_and_has_names() {
    look(Held::Desk).await;
}

#[tokio::test]
async fn on_a_phone_every_panel_fits_a_finger() {
    look(Held::Phone).await;
}

#[tokio::test]
async fn on_a_small_phone_every_panel_fits_a_finger() {
    look(Held::SmallPhone).await;
}
