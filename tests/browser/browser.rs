//! A browser of the test's own: opened, clicked, typed into, looked at. What is waited for is a condition in
//! the page, looked at between its pictures of the screen.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value as Json, json};

use crate::skyreel::{PATIENCE, Skyreel};

/// How the browser is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A window of 1440 by 900 pixels, with a mouse.
    Desk,
    /// A phone, 390 by 844 pixels, with a finger.
    Phone,
    /// A small phone, 360 by 740 pixels.
    SmallPhone,
}

impl Held {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Phone => "phone",
            Self::SmallPhone => "small_phone",
        }
    }

    fn options(self) -> Json {
        let screen = |width: u32, height: u32| json!({ "deviceMetrics": { "width": width, "height": height, "pixelRatio": 2.0, "touch": true } });
        // Only our own page is opened, and root, which containers are, has no sandbox.
        let args = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
        ];
        let mut options = json!({ "args": args });
        match self {
            Self::Desk => {
                options["args"] = args.into_iter().chain(["--window-size=1440,900"]).collect()
            }
            Self::Phone => options["mobileEmulation"] = screen(390, 844),
            Self::SmallPhone => options["mobileEmulation"] = screen(360, 740),
        }
        options
    }
}

/// A driver of browsers; ended, with its browser, when it is let go of.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts one. `None` where there is none, which is told; a failure where there must be one.
    fn start() -> Option<Self> {
        let must = std::env::var_os("SKYREEL_TESTS_BROWSER").is_some_and(|value| value == "1");
        let mut command = Command::new("chromedriver");
        let started = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = match started {
            Ok(child) => child,
            Err(error) if must => panic!("chromedriver cannot be started: {error}"),
            Err(error) => {
                eprintln!("skipped: chromedriver cannot be started: {error}");
                return None;
            }
        };
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next().expect("chromedriver tells its port").unwrap();
            let told = line.split_once("started successfully on port ");
            if let Some((_, port)) = told {
                break port.trim_end_matches('.').parse().unwrap();
            }
        };
        // What else it says is read, so that it never waits for that.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, port })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked, it ends its browsers too; killed, it would leave them.
        let asked = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(
                b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            )?;
            stream.read_to_end(&mut Vec::new())
        });
        if asked.is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

/// A browser with one page.
pub struct Browser {
    client: Client,
    held: Held,
    _driver: Driver,
}

impl Browser {
    /// Opens one. `None` where there is no driver, which is told.
    pub async fn open(held: Held) -> Option<Self> {
        let driver = Driver::start()?;
        let mut capabilities = Map::new();
        capabilities.insert("browserName".to_owned(), json!("chrome"));
        capabilities.insert("goog:chromeOptions".to_owned(), held.options());
        let patience_ms = u64::try_from(PATIENCE.as_millis()).unwrap();
        capabilities.insert("timeouts".to_owned(), json!({ "script": patience_ms }));
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap();
        Some(Self { client, held, _driver: driver })
    }

    /// Opens an address.
    pub async fn goto(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// Opens the menu, types the code, and waits until the page has its state.
    pub async fn enter(&self, skyreel: &Skyreel) {
        self.goto(&skyreel.address).await;
        self.type_code(&skyreel.code).await;
        self.until("return document.querySelector('.panel:not([hidden])') !== null").await;
    }

    /// Types a code and sends it.
    pub async fn type_code(&self, code: &str) {
        self.until("return !document.getElementById('entry').hidden").await;
        self.type_into("#entry-code", code).await;
        self.click("#entry-submit").await;
    }

    /// What a script gives, once that is anything but false or nothing.
    pub async fn until(&self, script: &str) -> Json {
        let waiting = format!(
            "const [done] = arguments;
             const ask = () => {{ {script} }};
             const look = () => {{
               const found = ask();
               if (found) done(found); else setTimeout(look, 10);
             }};
             look();"
        );
        let found = self.client.execute_async(&waiting, vec![]).await;
        match found {
            Ok(found) => found,
            Err(error) => panic!("still not so: {script}\n{error}"),
        }
    }

    /// What a script gives now.
    pub async fn ask(&self, script: &str) -> Json {
        self.client.execute(script, vec![]).await.unwrap()
    }

    /// What a script gives now, as a text.
    pub async fn text(&self, script: &str) -> String {
        self.ask(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Part of the state that the page was told.
    pub async fn state(&self, part: &str) -> Json {
        let script = format!(
            "const [done] = arguments;
             import('/link/state.js').then(({{ state }}) => done(state.{part} ?? null));"
        );
        self.client.execute_async(&script, vec![]).await.unwrap()
    }

    /// What a script that waits gives.
    pub async fn ask_async(&self, script: &str) -> Json {
        let waiting = format!(
            "const [done] = arguments; (async () => {{ {script} }})().then(done, (e) => done(String(e)));"
        );
        self.client.execute_async(&waiting, vec![]).await.unwrap()
    }

    /// Waits until the state that the page was told is so; `script` is given it as `state`.
    pub async fn until_state(&self, script: &str) {
        let waiting = format!(
            "const [done] = arguments;
             import('/link/state.js').then((link) => {{
               const is = (state) => {script};
               const look = () => (is(link.state) ? done(true) : setTimeout(look, 10));
               look();
             }});"
        );
        if let Err(error) = self.client.execute_async(&waiting, vec![]).await {
            panic!("the state is still not so: {script}\n{error}");
        }
    }

    /// An element that can be seen, once there is one.
    async fn seen(&self, selector: &str) -> Element {
        let found = format!(
            "const found = [...document.querySelectorAll({selector:?})].find((e) => e.checkVisibility());
             if (found) found.scrollIntoView({{ block: 'nearest' }});
             return Boolean(found && !found.disabled)"
        );
        self.until(&found).await;
        let all = self.client.find_all(Locator::Css(selector)).await.unwrap();
        for element in all {
            if element.is_displayed().await.unwrap() {
                return element;
            }
        }
        panic!("{selector} is not to be seen any more");
    }

    /// Clicks an element, once it can be.
    pub async fn click(&self, selector: &str) {
        self.seen(selector).await.click().await.unwrap();
    }

    /// Types into an element.
    pub async fn type_into(&self, selector: &str, text: &str) {
        self.seen(selector).await.send_keys(text).await.unwrap();
    }

    /// Presses a key where nothing has the keyboard.
    pub async fn press(&self, key: &str) {
        self.ask("document.activeElement?.blur()").await;
        let body = self.client.find(Locator::Css("body")).await.unwrap();
        body.send_keys(key).await.unwrap();
    }

    /// Opens a panel by the buttons that there are.
    pub async fn open_panel(&self, id: &str) {
        let is_open =
            format!("return document.getElementById('panel-{id}')?.checkVisibility() ?? false");
        if self.ask(&is_open).await == json!(true) {
            return;
        }
        let button = format!("[data-panel={id}]");
        let has_button = self.held == Held::Desk
            || self.ask(&format!("return document.querySelector('#tabs {button}') !== null")).await
                == json!(true);
        if has_button {
            self.click(&format!("nav {button}")).await;
        } else {
            let is_there =
                "return document.getElementById('panel-more')?.checkVisibility() ?? false";
            if self.ask(is_there).await != json!(true) {
                self.click("#tab-more").await;
            }
            self.click(&format!(".more {button}")).await;
        }
        self.until(&is_open).await;
    }

    /// Drags along an element, from and to a share of its width, in some steps.
    pub async fn drag(&self, selector: &str, from: f64, to: f64) {
        let element = self.seen(selector).await;
        let (_, _, width, _) = element.rectangle().await.unwrap();
        let at = |share: f64| PointerAction::MoveToElement {
            element: element.clone(),
            duration: None,
            x: (share - 0.5) * width,
            y: 0.0,
        };
        let mut actions = MouseActions::new("mouse".to_owned())
            .then(at(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        for step in 1..=8 {
            actions = actions.then(at(from + (to - from) * f64::from(step) / 8.0));
        }
        let actions = actions.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Keeps what is seen now.
    pub async fn keep_picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("screenshots").join("browser");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}_{}.png", self.held.name())), picture).unwrap();
    }

    /// Ends it.
    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }
}
