//! Where pictures are just now. Signed addresses die after an hour (B) and are never stored, so
//! these live in memory, the newest read of them.

use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{MediaLink, MediaSource};
use schriftje_model::{MediaId, MediaSize};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Addresses of small sizes kept at once, some 25 MB of text: they wait for their turn to be
/// fetched.
const MOST: usize = 60_000;
/// Addresses of originals kept at once: those are fetched when somebody looks at one.
const MOST_ORIGINALS: usize = 3_000;
/// An address that dies within this time is taken for dead.
const MARGIN: TimeDelta = TimeDelta::seconds(20);

type Which = (MediaId, MediaSize);

pub(crate) struct Links {
    small: Mutex<Shelf>,
    originals: Mutex<Shelf>,
}

impl Default for Links {
    fn default() -> Self {
        let shelf = |most| Mutex::new(Shelf { most, ..Shelf::default() });
        Self { small: shelf(MOST), originals: shelf(MOST_ORIGINALS) }
    }
}

impl Links {
    /// Notes addresses that were just read.
    pub fn note(&self, links: impl IntoIterator<Item = MediaLink>) {
        for link in links {
            self.on(link.size, |shelf| shelf.put((link.id, link.size), link.source));
        }
    }

    /// An address that still works at `now`.
    pub fn get(&self, id: &MediaId, size: MediaSize, now: DateTime<Utc>) -> Option<MediaSource> {
        let source =
            self.on(size, |shelf| Some(shelf.links.get(&(id.clone(), size))?.1.clone()))?;
        source.expires_at().is_none_or(|end| end > now + MARGIN).then_some(source)
    }

    /// Forgets an address that the portal refused, or that has done its work.
    pub fn forget(&self, id: &MediaId, size: MediaSize) {
        self.on(size, |shelf| shelf.links.remove(&(id.clone(), size)));
    }

    fn on<T>(&self, size: MediaSize, act: impl FnOnce(&mut Shelf) -> T) -> T {
        let place = match size {
            MediaSize::Thumb | MediaSize::Medium => &self.small,
            MediaSize::Full => &self.originals,
        };
        act(&mut place.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The newest addresses, up to a number.
#[derive(Default)]
struct Shelf {
    most: usize,
    links: HashMap<Which, (u64, MediaSource)>,
    /// In the order in which they were read; an address read again is in it twice.
    order: VecDeque<(u64, Which)>,
    reads: u64,
}

impl Shelf {
    fn put(&mut self, which: Which, source: MediaSource) {
        self.reads += 1;
        self.links.insert(which.clone(), (self.reads, source));
        self.order.push_back((self.reads, which));
        while self.links.len() > self.most || self.order.len() > 2 * self.most {
            let Some((read, which)) = self.order.pop_front() else { break };
            if self.links.get(&which).is_some_and(|(current, _)| *current == read) {
                self.links.remove(&which);
            }
        }
    }
}
