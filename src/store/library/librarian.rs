//! The thread that looks after a folder of recordings for a window: it notices what others do there,
//! does what it is told, cleans up every day, and hands out the list without anybody having to wait.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use skyreel_core::shelf::{Fate, WallTime};

use super::LibraryError;
use super::folder::{Found, seconds};
use super::listed::Listed;
use super::shelf::Library;
use super::trash::Trashed;
use super::upkeep::{Keeping, Upkeep};

/// How many orders may be given whose outcome was not fetched.
const MOST_ORDERS: usize = 64;

/// How much of what was cleaned up is remembered.
const MOST_UPHELD: usize = 200;

/// How often what was read so far is shown, while there is more.
const SHOW_EVERY: Duration = Duration::from_millis(100);

const DAY_S: u64 = 86_400;

/// What a librarian is to go by.
pub struct Options {
    /// The folder; it need not be there yet.
    pub folder: PathBuf,
    /// How often it is looked at.
    pub look_every: Duration,
    /// For how long recordings are kept.
    pub keeping: Keeping,
    /// Recordings that are being played.
    pub in_use: BTreeSet<String>,
    /// Says what time it is.
    pub now: Box<dyn Fn() -> WallTime + Send>,
}

impl Options {
    /// For a folder, by the system's clock; nothing is cleaned up.
    pub fn of(folder: PathBuf) -> Self {
        Self {
            folder,
            look_every: Duration::from_millis(500),
            keeping: Keeping::default(),
            in_use: BTreeSet::new(),
            now: Box::new(wall_time),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The system's clock.
pub fn wall_time() -> WallTime {
    seconds(SystemTime::now())
}

/// What a librarian is told to do. Ids are those of [`Listed`] and [`Trashed`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Make a recording a favourite, or no longer one.
    Favourite {
        /// Which.
        id: String,
        /// Whether.
        on: bool,
    },
    /// Secure a recording, or no longer.
    Secure {
        /// Which.
        id: String,
        /// Whether.
        on: bool,
    },
    /// Move a recording to the trash.
    Trash {
        /// Which.
        id: String,
    },
    /// Bring one back.
    Restore {
        /// Which.
        trash_id: String,
    },
    /// Give a recording a title, and its file the name for it.
    Rename {
        /// Which.
        id: String,
        /// The title.
        title: String,
    },
    /// Delete what is in the trash.
    EmptyTrash,
    /// Look at the folder now.
    Refresh,
    /// Clean up now.
    CleanUp,
    /// From now on keep recordings for this long.
    Keep(Keeping),
    /// From now on these are being played.
    InUse(BTreeSet<String>),
}

/// The number of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(pub u64);

/// Too many orders wait, or the librarian is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the library is busy; try again")]
pub struct Busy;

/// What came of an order that was obeyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It was done.
    Done,
    /// A recording, or one in the trash, is called this now.
    NowCalled(String),
    /// This was cleaned up.
    Upkeep(Vec<Upkeep>),
}

/// Something that was cleaned up, with a number that no other has: who has seen it can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upheld {
    /// From 0, one more each time.
    pub number: u64,
    /// What.
    pub what: Upkeep,
}

/// What a folder holds, as it was a moment ago.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    /// One more with each change.
    pub generation: u64,
    /// Whether all of it was read; large folders take a while when they are seen first.
    pub is_complete: bool,
    /// The recordings, the youngest first.
    pub recordings: Arc<[Listed]>,
    /// What is in the trash, the latest first.
    pub trash: Arc<[Trashed]>,
    /// What was cleaned up by itself or goes soon, the latest at the end.
    pub upheld: Arc<[Upheld]>,
    /// Why the folder cannot be read, where it cannot.
    pub trouble: Option<String>,
}

/// What both threads see.
#[derive(Debug, Default)]
struct Shared {
    generation: AtomicU64,
    shelf: Mutex<Arc<Shelf>>,
    /// Orders whose outcome was not fetched yet.
    open_orders: AtomicUsize,
}

/// What comes of orders.
type Outcome = (OrderId, Result<Done, LibraryError>);

/// Looks after a folder until it is dropped.
#[derive(Debug)]
pub struct Librarian {
    orders: Sender<(OrderId, Order)>,
    outcomes: Receiver<Outcome>,
    next_order: AtomicU64,
    shared: Arc<Shared>,
}

impl Librarian {
    /// Begins to look after a folder.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(options: Options) -> io::Result<Self> {
        let (orders, ordered) = bounded(MOST_ORDERS);
        let (tell, outcomes) = bounded(MOST_ORDERS);
        let shared = Arc::new(Shared::default());
        let mut library = Library::open(&options.folder);
        library.in_use.clone_from(&options.in_use);
        let work = Work {
            library,
            options,
            ordered,
            tell,
            shared: Arc::clone(&shared),
            shown: Shelf::default(),
            unread: VecDeque::new(),
            trouble: None,
            upheld: VecDeque::new(),
            upheld_count: 0,
            cleaned_up: None,
        };
        thread::Builder::new().name("librarian".to_owned()).spawn(move || work.run())?;
        Ok(Self { orders, outcomes, next_order: AtomicU64::new(0), shared })
    }

    /// What the folder holds, if that is news to who has seen generation `seen`. Never waits: where
    /// that would be necessary there is news the next time.
    pub fn news(&self, seen: u64) -> Option<Arc<Shelf>> {
        if self.shared.generation.load(Ordering::Acquire) == seen {
            return None;
        }
        self.shared.shelf.try_lock().ok().map(|shelf| Arc::clone(&shelf))
    }

    /// What the folder holds.
    pub fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.shared.shelf.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Gives an order. Its outcome is to be fetched with [`Librarian::outcome`]; it is in the list
    /// by then.
    ///
    /// # Errors
    /// Where too many were given.
    pub fn order(&self, order: Order) -> Result<OrderId, Busy> {
        let one_more = |open: usize| (open < MOST_ORDERS).then_some(open + 1);
        let open = &self.shared.open_orders;
        open.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).map_err(|_| Busy)?;
        let id = OrderId(self.next_order.fetch_add(1, Ordering::Relaxed));
        match self.orders.try_send((id, order)) {
            Ok(()) => Ok(id),
            Err(_) => {
                open.fetch_sub(1, Ordering::AcqRel);
                Err(Busy)
            }
        }
    }

    /// What came of the next order, in the order in which they were given; `None` where none was
    /// obeyed since.
    pub fn outcome(&self) -> Option<Outcome> {
        let outcome = self.outcomes.try_recv().ok()?;
        self.shared.open_orders.fetch_sub(1, Ordering::AcqRel);
        Some(outcome)
    }
}

/// The librarian's thread.
struct Work {
    library: Library,
    options: Options,
    ordered: Receiver<(OrderId, Order)>,
    tell: Sender<Outcome>,
    shared: Arc<Shared>,
    shown: Shelf,
    unread: VecDeque<Found>,
    trouble: Option<String>,
    upheld: VecDeque<Upheld>,
    upheld_count: u64,
    cleaned_up: Option<WallTime>,
}

impl Work {
    fn run(mut self) {
        let mut look_at = Instant::now();
        let mut show_at = Instant::now();
        loop {
            let wait = if self.unread.is_empty() {
                look_at.saturating_duration_since(Instant::now())
            } else {
                Duration::ZERO
            };
            match self.ordered.recv_timeout(wait) {
                Ok((id, order)) => {
                    let outcome = self.obey(order);
                    self.look_again();
                    // As many fit in as may be open.
                    let _ = self.tell.try_send((id, outcome));
                }
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if let Some(found) = self.unread.pop_front() {
                self.library.read(found, false);
            } else if look_at <= Instant::now() {
                self.look();
                look_at = Instant::now() + self.options.look_every;
            }
            if self.unread.is_empty() && self.trouble.is_none() {
                self.clean_up_daily();
            }
            if self.unread.is_empty() || show_at <= Instant::now() {
                self.show();
                show_at = Instant::now() + SHOW_EVERY;
            }
        }
    }

    fn look(&mut self) {
        self.trouble = None;
        match self.library.look() {
            Ok(found) => self.unread = found.into(),
            // Nothing was recorded yet.
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.library.forget(),
            Err(error) => {
                self.unread.clear();
                self.trouble = Some(error.to_string());
            }
        }
    }

    /// Shows what an order has changed.
    fn look_again(&mut self) {
        let was_complete = self.shown.is_complete;
        self.look();
        while let Some(found) = was_complete.then(|| self.unread.pop_front()).flatten() {
            self.library.read(found, false);
        }
        self.show();
    }

    fn obey(&mut self, order: Order) -> Result<Done, LibraryError> {
        let now = (self.options.now)();
        let library = &mut self.library;
        match order {
            Order::Favourite { id, on } => library.set_favourite(&id, on)?,
            Order::Secure { id, on } => library.set_secured(&id, on)?,
            Order::Trash { id } => return library.put_in_trash(&id, now).map(Done::NowCalled),
            Order::Restore { trash_id } => {
                return library.take_from_trash(&trash_id).map(Done::NowCalled);
            }
            Order::Rename { id, title } => {
                return library.rename(&id, &title).map(Done::NowCalled);
            }
            Order::EmptyTrash => return Ok(Done::Upkeep(library.empty_trash(now, |_| true))),
            Order::Refresh => {}
            Order::CleanUp => return Ok(Done::Upkeep(self.clean_up(now))),
            Order::Keep(keeping) => self.options.keeping = keeping,
            Order::InUse(ids) => library.in_use = ids,
        }
        Ok(Done::Done)
    }

    /// Cleans up at the start, and when a day has passed since.
    fn clean_up_daily(&mut self) {
        let now = (self.options.now)();
        if self.cleaned_up.is_none_or(|last| last.0.abs_diff(now.0) >= DAY_S) {
            self.clean_up(now);
            self.look();
        }
    }

    fn clean_up(&mut self, now: WallTime) -> Vec<Upkeep> {
        self.cleaned_up = Some(now);
        let upkeep = self.library.clean_up(self.options.keeping, now);
        for what in &upkeep {
            let number = self.upheld_count;
            self.upheld.push_back(Upheld { number, what: what.clone() });
            self.upheld_count += 1;
        }
        let too_many = self.upheld.len().saturating_sub(MOST_UPHELD);
        self.upheld.drain(..too_many);
        upkeep
    }

    /// Hands out what is known, if it is news.
    fn show(&mut self) {
        let now = (self.options.now)();
        let mut recordings = self.library.list();
        for listed in &mut recordings {
            listed.goes_in_days = match self.library.fate_of(listed, self.options.keeping, now) {
                Fate::Stays => None,
                Fate::GoesIn { days } => Some(days),
                Fate::Goes => Some(0),
            };
        }
        let shelf = Shelf {
            generation: self.shown.generation,
            is_complete: self.unread.is_empty(),
            recordings: recordings.into(),
            trash: self.library.trash().into(),
            upheld: self.upheld.iter().cloned().collect(),
            trouble: self.trouble.clone(),
        };
        // The first is news even if there is nothing.
        if shelf == self.shown && self.shown.generation > 0 {
            return;
        }
        self.shown = Shelf { generation: self.shown.generation + 1, ..shelf };
        let shown = Arc::new(self.shown.clone());
        *self.shared.shelf.lock().unwrap_or_else(PoisonError::into_inner) = shown;
        self.shared.generation.store(self.shown.generation, Ordering::Release);
    }
}
