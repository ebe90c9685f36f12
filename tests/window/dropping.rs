//! A file that is dropped on the window plays; one that is none is refused in words.

use std::path::Path;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;

use crate::display::{Display, Picture};
use crate::playing::flight;
use crate::program::{Home, Program, until};

/// A file manager that somebody drags files from (the XDND protocol, version 5).
struct FileManager {
    connection: RustConnection,
    window: Window,
}

impl FileManager {
    fn on(display: &Display) -> Self {
        let (connection, screen) = x11rb::connect(Some(display.name())).unwrap();
        let root = connection.setup().roots[screen].root;
        let window = connection.generate_id().unwrap();
        let (depth, class) = (x11rb::COPY_DEPTH_FROM_PARENT, WindowClass::INPUT_ONLY);
        let look = CreateWindowAux::new();
        let made =
            connection.create_window(depth, window, root, 0, 0, 1, 1, 0, class, 0, &look).unwrap();
        made.check().unwrap();
        Self { connection, window }
    }

    fn atom(&self, name: &str) -> u32 {
        self.connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn tell(&self, to: Window, what: &str, data: [u32; 5]) {
        let message = ClientMessageEvent::new(32, to, self.atom(what), data);
        let sent = self.connection.send_event(false, to, EventMask::NO_EVENT, message);
        sent.unwrap().check().unwrap();
    }

    /// Drags a file over a window and lets it go there. What that window answers is waited for.
    fn drop_on(&self, target: Window, file: &Path) {
        let (selection, list) = (self.atom("XdndSelection"), self.atom("text/uri-list"));
        let owns = self.connection.set_selection_owner(self.window, selection, x11rb::CURRENT_TIME);
        owns.unwrap().check().unwrap();
        self.tell(target, "XdndEnter", [self.window, 5 << 24, list, 0, 0]);
        let copy = self.atom("XdndActionCopy");
        self.tell(target, "XdndPosition", [self.window, 0, (400 << 16) | 300, 0, copy]);
        let uris = format!("file://{}\r\n", file.display());
        let hear = || until(|| self.connection.poll_for_event().unwrap());
        let asked = loop {
            if let Event::SelectionRequest(asked) = hear() {
                break asked;
            }
        };
        let handed = self.connection.change_property(
            PropMode::REPLACE,
            asked.requestor,
            asked.property,
            list,
            8,
            uris.len() as u32,
            uris.as_bytes(),
        );
        handed.unwrap().check().unwrap();
        let notice = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: asked.time,
            requestor: asked.requestor,
            selection: asked.selection,
            target: asked.target,
            property: asked.property,
        };
        let sent = self.connection.send_event(false, asked.requestor, EventMask::NO_EVENT, notice);
        sent.unwrap().check().unwrap();
        self.tell(target, "XdndDrop", [self.window, 0, 0, 0, 0]);
        let finished = self.atom("XdndFinished");
        while !matches!(hear(), Event::ClientMessage(message) if message.type_ == finished) {}
    }
}

#[test]
fn a_file_that_is_dropped_plays_and_what_is_none_is_refused() {
    let Some(display) = Display::open() else { return };
    let home = Home::new();
    let file = home.file("flight over.osrectxt", &flight(""));
    let other = home.file("notes.txt", "Not a recording.\n");
    let mut program = Program::start::<&str>(&home, &[], Some(&display));
    let window = until(|| {
        program.must_run();
        display.window("Solar system — Skyreel")
    });
    until(|| display.picture(window).filter(Picture::has_light));
    let files = FileManager::on(&display);
    files.drop_on(window, &other);
    program.says("notes.txt");
    let status = || home.ask(&["ctl", "status", "--json"]);
    assert!(status().contains(r#""mode":"idle""#), "{}", status());
    files.drop_on(window, &file);
    until(|| status().contains(r#""name":"flight over""#).then_some(()));
}
