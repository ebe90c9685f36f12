//! A display of the test's own: windows are found, looked at, resized, and keys are pressed on it.

use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, CLIENT_MESSAGE_EVENT, ClientMessageEvent, ConfigureWindowAux, ConnectionExt,
    EventMask, ImageFormat, InputFocus, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use crate::program::{in_time, until};

/// Longer than it takes to draw a few pictures in software.
const STILL: Duration = Duration::from_secs(1);

/// An X server without a screen, killed when it is let go of.
pub struct Display {
    server: Child,
    name: String,
    connection: RustConnection,
    root: Window,
}

/// What a window shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width and height, pixels.
    pub size: (u16, u16),
    /// Blue, green, red and an unused byte each.
    pixels: Vec<u8>,
}

impl Picture {
    /// Keeps it as a PNG, for people to look at.
    pub fn save(&self, path: &Path) {
        let rgba: Vec<u8> =
            self.pixels.chunks(4).flat_map(|p| [p[2], p[1], p[0], u8::MAX]).collect();
        let (width, height) = (self.size.0.into(), self.size.1.into());
        std::fs::write(path, skyreel_film::png(width, height, &rgba).unwrap()).unwrap();
    }

    /// The part within some pixels of a place.
    fn around(&self, (x, y): (i32, i32), reach: i32) -> Vec<u8> {
        let (width, height) = (i32::from(self.size.0), i32::from(self.size.1));
        let rows = (y - reach).max(0)..(y + reach).min(height);
        let (from, to) = ((x - reach).max(0), (x + reach).min(width));
        let part = |row: i32| {
            let at = |column: i32| ((row * width + column) * 4) as usize;
            self.pixels[at(from)..at(to)].to_vec()
        };
        rows.flat_map(part).collect()
    }

    /// How many pixels differ from those of another of its size.
    pub fn difference(&self, other: &Self) -> usize {
        let pairs = self.pixels.chunks(4).zip(other.pixels.chunks(4));
        pairs.filter(|(a, b)| a[..3] != b[..3]).count()
    }

    /// How many pixels are not dark.
    pub fn lit(&self) -> usize {
        self.pixels.chunks(4).filter(|p| is_lit(p)).count()
    }

    /// Whether the Earth is seen.
    pub fn has_light(&self) -> bool {
        self.lit() * 200 > self.pixels.len() / 4
    }

    /// Whether the Earth, which is in the middle of the picture, is in the middle of the window.
    pub fn fills(&self) -> bool {
        let width = usize::from(self.size.0);
        let mut sums = (0, 0);
        for (n, _) in self.pixels.chunks(4).enumerate().filter(|(_, p)| is_lit(p)) {
            sums = (sums.0 + 1, sums.1 + n % width);
        }
        sums.0 > 0 && (sums.1 / sums.0).abs_diff(width / 2) < width / 50
    }
}

/// Where pictures are kept for people to look at.
pub fn shots() -> PathBuf {
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
    std::fs::create_dir_all(&shots).unwrap();
    shots
}

/// Whether two parts differ by no more than the scene that shines through.
fn looks_like(one: &[u8], other: &[u8]) -> bool {
    let differs = |a: &[u8], b: &[u8]| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 24);
    one.chunks(4).zip(other.chunks(4)).filter(|(a, b)| differs(a, b)).count() < 8
}

fn is_lit(bgrx: &[u8]) -> bool {
    bgrx[..3].iter().any(|c| *c > 40)
}

impl Display {
    /// Opens one. `None`, and a line that says so, where the tools for it are not installed.
    pub fn open() -> Option<Self> {
        for tool in ["Xvfb", "xdotool"] {
            let mut command = Command::new(tool);
            let asked = command.arg("-version").stdout(Stdio::null()).stderr(Stdio::null());
            if asked.status().is_err_and(|e| e.kind() == ErrorKind::NotFound) {
                println!("skipped: {tool} is not installed");
                return None;
            }
        }
        // It chooses a number that is free, and says which when it is ready.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        let (connection, screen) = x11rb::connect(Some(&name)).unwrap();
        let root = connection.setup().roots[screen].root;
        Some(Self { server, name, connection, root })
    }

    /// What DISPLAY must be.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The window of that title, once it is visible.
    pub fn window(&self, title: &str) -> Option<Window> {
        let windows = self.connection.query_tree(self.root).unwrap().reply().unwrap().children;
        windows.into_iter().find(|w| self.title(*w).as_deref() == Some(title.as_bytes()))
    }

    /// A window may vanish while it is asked: then it has no title.
    fn title(&self, window: Window) -> Option<Vec<u8>> {
        let attributes = self.connection.get_window_attributes(window).ok()?.reply().ok()?;
        let (name, any) = (self.atom("_NET_WM_NAME"), AtomEnum::ANY);
        let title = self.connection.get_property(false, window, name, any, 0, 1024).ok()?;
        let title = title.reply().ok()?.value;
        (attributes.map_state == MapState::VIEWABLE).then_some(title)
    }

    fn atom(&self, name: &str) -> Atom {
        self.connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    /// What a window shows; `None` while its size changes.
    pub fn picture(&self, window: Window) -> Option<Picture> {
        let place = self.connection.get_geometry(window).ok()?.reply().ok()?;
        let (width, height) = (place.width, place.height);
        let all = ImageFormat::Z_PIXMAP;
        let image = self.connection.get_image(all, window, 0, 0, width, height, !0);
        let pixels = image.ok()?.reply().ok()?.data;
        Some(Picture { size: (width, height), pixels })
    }

    /// What a window shows once that does not change any more.
    #[track_caller]
    pub fn still(&self, window: Window) -> Picture {
        until(|| {
            let picture = self.picture(window)?;
            let began = Instant::now();
            while began.elapsed() < STILL {
                (self.picture(window)? == picture).then_some(())?;
            }
            Some(picture)
        })
    }

    /// Gives a window another size.
    pub fn resize(&self, window: Window, (width, height): (u32, u32)) {
        let size = ConfigureWindowAux::new().width(width).height(height);
        self.connection.configure_window(window, &size).unwrap().check().unwrap();
    }

    /// Lets a window have the keys.
    pub fn focus(&self, window: Window) {
        let focus =
            self.connection.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME);
        focus.unwrap().check().unwrap();
    }

    /// Presses a key, by X's name for it.
    pub fn press(&self, key: &str) {
        self.xdotool(&["key", key]);
    }

    /// Types a text.
    pub fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "30", text]);
    }

    /// Clicks a control, as often as said, and waits until it shows that it was.
    #[track_caller]
    pub fn click(&self, window: Window, at: (i32, i32), times: u32) {
        let (x, y, times) = (at.0.to_string(), at.1.to_string(), times.to_string());
        self.xdotool(&["mousemove", &x, &y]);
        let around = |picture: Picture| picture.around(at, 30);
        // Under the mouse it looks otherwise than before, and tells what it is for.
        let hovered = self.settled(window, at);
        self.xdotool(&["click", "--repeat", &times, "--delay", "80", "1"]);
        let changes = || (!looks_like(&around(self.picture(window)?), &hovered)).then_some(());
        if in_time(changes).is_none() {
            let path = shots().join("failed.png");
            until(|| self.picture(window)).save(&path);
            panic!("nothing has changed at {at:?}; see {}", path.display());
        }
    }

    /// What is around a place, once that does not change any more.
    pub fn settled(&self, window: Window, at: (i32, i32)) -> Vec<u8> {
        let around = |picture: Picture| picture.around(at, 30);
        until(|| {
            let one = around(self.picture(window)?);
            std::thread::sleep(std::time::Duration::from_millis(900));
            looks_like(&around(self.picture(window)?), &one).then_some(one)
        })
    }

    /// Drags with the left button from one place to another, in some steps.
    pub fn drag(&self, from: (i32, i32), to: (i32, i32)) {
        let place = |part: i32| {
            let at = |from: i32, to: i32| (from + (to - from) * part / 20).to_string();
            (at(from.0, to.0), at(from.1, to.1))
        };
        let (x, y) = place(0);
        self.xdotool(&["mousemove", &x, &y, "sleep", "0.3", "mousedown", "1"]);
        for part in 1..=20 {
            let (x, y) = place(part);
            self.xdotool(&["mousemove", &x, &y, "sleep", "0.05"]);
        }
        self.xdotool(&["mouseup", "1"]);
    }

    fn xdotool(&self, words: &[&str]) {
        let mut xdotool = Command::new("xdotool");
        assert!(xdotool.args(words).env("DISPLAY", &self.name).status().unwrap().success());
    }

    /// Closes a window as its frame's button would.
    pub fn close(&self, window: Window) {
        let message = ClientMessageEvent {
            response_type: CLIENT_MESSAGE_EVENT,
            format: 32,
            sequence: 0,
            window,
            type_: self.atom("WM_PROTOCOLS"),
            data: [self.atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0].into(),
        };
        let sent = self.connection.send_event(false, window, EventMask::NO_EVENT, message);
        sent.unwrap().check().unwrap();
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
