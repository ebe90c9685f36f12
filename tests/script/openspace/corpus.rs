//! Scripts that people wrote for OpenSpace, run live: those of the planetarium's recordings. They are
//! not part of the project; where they are missing this says that it skips.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use skyreel_core::catalogue::Catalogue;
use skyreel_core::event::EventKind;
use skyreel_script::limits::Meter;
use skyreel_script::openspace::{OpenSpace, Options};
use skyreel_script::{HostSlot, Limits, Sandbox};
use skyreel_sky::Scene;

use super::fake::Fake;
use crate::corpus::{corpus, read};

/// Runs a script on a machine of its own; why it does not run, if it does not.
fn run(host: &mut Fake, text: &str, told: &Rc<RefCell<Vec<String>>>) -> Result<(), String> {
    let slot = HostSlot::default();
    let folders = BTreeMap::from([("RECORDINGS".to_owned(), "/recordings".to_owned())]);
    let told = Rc::clone(told);
    let print = Rc::new(move |_, text: &str| told.borrow_mut().push(text.to_owned()));
    let options = Options { folders, print: Some(print), ..Options::default() };
    let machine = RefCell::new(None);
    let sandbox = Sandbox::new(Meter::new(Limits::without_clock()), |lua, globals| {
        *machine.borrow_mut() = Some(lua.clone());
        OpenSpace::new(options).install(lua, globals, &slot).map(drop)
    });
    let (sandbox, lua) = (sandbox.unwrap(), machine.take().unwrap());
    let ran = slot.lend(&lua, host, || Ok(sandbox.run(text, 0)));
    ran.unwrap().map(drop).map_err(|failure| failure.to_string())
}

#[test]
fn scripts_of_recordings_run_live_and_name_what_the_scene_has_not() {
    let scene = Scene::embedded().unwrap();
    let nodes: Vec<&str> = scene.nodes().iter().map(|node| node.name.as_str()).collect();
    let mut host = Fake::with(scene.properties().to_vec(), &nodes);
    let told = Rc::new(RefCell::new(Vec::new()));
    let (mut scripts, mut with_remarks, mut commands) = (0, 0, 0);
    let mut remarks = BTreeMap::<String, usize>::new();
    for path in corpus() {
        let Some(recording) = read(&path) else { continue };
        let texts = recording.events.iter().filter_map(|event| match &event.kind {
            EventKind::Script { text } => Some(text),
            _ => None,
        });
        for text in texts.filter(|text| !text.trim().is_empty()) {
            scripts += 1;
            let result = run(&mut host, text, &told);
            assert_eq!(result, Ok(()), "{}: {text}", path.display());
            commands += host.said.drain(..).count();
            with_remarks += usize::from(!told.borrow().is_empty());
            for remark in told.borrow_mut().drain(..) {
                // What the scene does not draw is not among its properties: its line and its path.
                let named = remark.split('\'').nth(1).unwrap_or_default();
                assert!(remark.starts_with("script:") && text.contains(named), "{text}\n{remark}");
                *remarks.entry(remark).or_default() += 1;
            }
        }
    }
    if scripts > 0 {
        println!("{scripts} scripts ran, {with_remarks} with remarks; {commands} commands");
        remarks.iter().for_each(|(remark, count)| println!("    {count}: {remark}"));
        assert!(scripts > 400 && with_remarks * 3 < scripts);
    }
}
