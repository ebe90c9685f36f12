//! The librarian notices what happens in its folder, obeys, cleans up, and keeps nobody waiting.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use skyreel_core::shelf::WallTime;
use skyreel_store::library::{
    Busy, Done, Keeping, Librarian, LibraryError, Options, Order, Shelf, Upkeep,
};
use tempfile::TempDir;

use crate::library::{now, put};

/// Longer than anything here takes on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

fn options(folder: &Path) -> Options {
    let look_every = Duration::from_millis(5);
    Options { look_every, now: Box::new(now), ..Options::of(folder.to_owned()) }
}

/// What the folder holds, when it is as it should be.
fn wait(librarian: &Librarian, is_so: impl Fn(&Shelf) -> bool) -> Arc<Shelf> {
    let begun = Instant::now();
    let mut last = librarian.shelf();
    while !(last.is_complete && is_so(&last)) {
        assert!(begun.elapsed() < DEADLINE, "{last:?}");
        std::thread::park_timeout(Duration::from_millis(1));
        last = librarian.news(last.generation).unwrap_or(last);
    }
    last
}

fn outcome(librarian: &Librarian, order: Order) -> Result<Done, LibraryError> {
    let id = librarian.order(order).unwrap();
    let begun = Instant::now();
    loop {
        if let Some((of, outcome)) = librarian.outcome() {
            assert_eq!(of, id);
            return outcome;
        }
        assert!(begun.elapsed() < DEADLINE);
        std::thread::park_timeout(Duration::from_millis(1));
    }
}

fn ids(shelf: &Shelf) -> Vec<&str> {
    shelf.recordings.iter().map(|listed| listed.id.as_str()).collect()
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.skyreel", "2026-06-29T00:00:00Z");
    put(folder.path(), "sub/b.ron", "2026-06-28T00:00:00Z");
    folder
}

#[test]
fn files_that_come_change_or_go_are_noticed() {
    let folder = folder();
    let librarian = Librarian::start(options(folder.path())).unwrap();
    wait(&librarian, |shelf| ids(shelf) == ["a.skyreel", "sub/b.ron"]);
    put(folder.path(), "c.ron", "2026-06-30T00:00:00Z");
    wait(&librarian, |shelf| ids(shelf) == ["c.ron", "a.skyreel", "sub/b.ron"]);
    put(folder.path(), "c.ron", "2020-01-01T00:00:00Z and more");
    put(folder.path(), "a.skyreel", "2026-06-01T00:00:00Z");
    fs::remove_file(folder.path().join("c.ron")).unwrap();
    let shelf = wait(&librarian, |shelf| ids(shelf) == ["sub/b.ron", "a.skyreel"]);
    assert_eq!(librarian.news(shelf.generation), None, "what stays the same is no news");
}

#[test]
fn a_folder_that_is_not_there_yet_is_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let recordings = folder.path().join("recordings");
    let librarian = Librarian::start(options(&recordings)).unwrap();
    let shelf = wait(&librarian, |shelf| shelf.generation > 0);
    assert_eq!((shelf.recordings.len(), &shelf.trouble), (0, &None));
    put(&recordings, "a.skyreel", "");
    wait(&librarian, |shelf| shelf.recordings.len() == 1);
    fs::rename(&recordings, folder.path().join("elsewhere")).unwrap();
    wait(&librarian, |shelf| shelf.recordings.is_empty());
    fs::write(&recordings, "a file").unwrap();
    wait(&librarian, |shelf| shelf.trouble.is_some());
}

#[test]
fn every_order_has_one_outcome_and_the_list_shows_it_by_then() {
    let folder = folder();
    let librarian = Librarian::start(options(folder.path())).unwrap();
    wait(&librarian, |shelf| shelf.recordings.len() == 2);
    let id = || "a.skyreel".to_owned();
    let done = |order| outcome(&librarian, order).unwrap();
    assert_eq!(done(Order::Favourite { id: id(), on: true }), Done::Done);
    assert!(librarian.shelf().recordings[0].is_favourite);
    assert_eq!(done(Order::Secure { id: id(), on: true }), Done::Done);
    assert!(librarian.shelf().recordings[0].is_secured);
    let renamed = done(Order::Rename { id: id(), title: "Ä tour".to_owned() });
    assert_eq!(renamed, Done::NowCalled("Ä tour.skyreel".to_owned()));
    assert_eq!(librarian.shelf().recordings[0].title, "Ä tour");
    let Done::NowCalled(trash_id) = done(Order::Trash { id: "Ä tour.skyreel".to_owned() }) else {
        panic!("it has a name");
    };
    assert_eq!((librarian.shelf().recordings.len(), librarian.shelf().trash.len()), (1, 1));
    assert_eq!(librarian.shelf().trash[0].trash_id, trash_id);
    let back = done(Order::Restore { trash_id: trash_id.clone() });
    assert_eq!(back, Done::NowCalled("Ä tour.skyreel".to_owned()));
    assert!(librarian.shelf().recordings[0].is_favourite);
    done(Order::Trash { id: "sub/b.ron".to_owned() });
    let emptied = Upkeep::Deleted { id: "sub/b.ron".to_owned(), days: 0 };
    assert_eq!(done(Order::EmptyTrash), Done::Upkeep(vec![emptied]));
    assert_eq!(librarian.shelf().trash.len(), 0);
    for order in [
        Order::Restore { trash_id },
        Order::Trash { id: id() },
        Order::Rename { id: "../a".to_owned(), title: "x".to_owned() },
    ] {
        assert!(outcome(&librarian, order).is_err());
    }
    assert!(librarian.outcome().is_none());
    assert_eq!(ids(&librarian.shelf()), ["Ä tour.skyreel"]);
}

#[test]
fn who_fetches_no_outcomes_can_give_no_more_orders_and_loses_none() {
    let folder = folder();
    let librarian = Librarian::start(options(folder.path())).unwrap();
    let given = std::iter::from_fn(|| librarian.order(Order::Refresh).ok()).count();
    assert_eq!(librarian.order(Order::Refresh), Err(Busy));
    let begun = Instant::now();
    let mut fetched = 0;
    while fetched < given {
        assert!(begun.elapsed() < DEADLINE);
        match librarian.outcome() {
            Some((id, outcome)) => {
                assert_eq!((id.0, outcome.unwrap()), (fetched as u64, Done::Done));
                fetched += 1;
            }
            None => std::thread::park_timeout(Duration::from_millis(1)),
        }
    }
    assert!(librarian.order(Order::Refresh).is_ok());
}

#[test]
fn it_cleans_up_at_the_start_and_every_day_and_tells() {
    let folder = folder();
    put(folder.path(), "old.skyreel", "2026-01-01T00:00:00Z");
    put(folder.path(), "played.skyreel", "2026-01-01T00:00:00Z");
    let time = Arc::new(AtomicI64::new(now().0));
    let clock = Arc::clone(&time);
    let librarian = Librarian::start(Options {
        keeping: Keeping { keep_days: 30, trash_days: 2 },
        in_use: ["played.skyreel".to_owned()].into(),
        now: Box::new(move || WallTime(clock.load(Ordering::Relaxed))),
        ..options(folder.path())
    })
    .unwrap();
    let later = |days: u32| time.store(now().after_days(days).0 + 1, Ordering::Relaxed);
    let shelf = wait(&librarian, |shelf| shelf.trash.len() == 1);
    assert_eq!(ids(&shelf), ["a.skyreel", "sub/b.ron", "played.skyreel"]);
    assert_eq!(shelf.upheld.len(), 1);
    assert!(matches!(&shelf.upheld[0].what, Upkeep::Trashed { id, .. } if id == "old.skyreel"));
    assert_eq!(outcome(&librarian, Order::InUse([].into())).unwrap(), Done::Done);
    later(1);
    wait(&librarian, |shelf| shelf.trash.len() == 2 && shelf.recordings.len() == 2);
    later(24);
    let shelf = wait(&librarian, |shelf| shelf.trash.is_empty());
    let goes: Vec<_> = shelf.recordings.iter().map(|listed| listed.goes_in_days).collect();
    assert_eq!(goes, [Some(5), Some(4)]);
    let told: Vec<u64> = shelf.upheld.iter().map(|upheld| upheld.number).collect();
    assert_eq!(told, [0, 1, 2, 3, 4, 5], "one went, then another; two were deleted, two go soon");
    let forever = Keeping { keep_days: 0, trash_days: 0 };
    outcome(&librarian, Order::Keep(forever)).unwrap();
    later(1000);
    assert_eq!(outcome(&librarian, Order::CleanUp).unwrap(), Done::Upkeep(Vec::new()));
    assert_eq!(librarian.shelf().recordings.len(), 2);
}

#[test]
fn reading_the_shelf_asks_for_no_memory_when_nothing_is_new() {
    let folder = folder();
    let librarian = Librarian::start(options(folder.path())).unwrap();
    let seen = wait(&librarian, |shelf| shelf.recordings.len() == 2).generation;
    let memory = allocation_counter::measure(|| {
        for _ in 0..1000 {
            assert!(librarian.news(seen).is_none());
        }
    });
    assert_eq!(memory.count_total, 0);
}
