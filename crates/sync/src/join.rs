//! How one page joins on to the one before, while offsets shift underneath.
//!
//! The number in a page's address counts cards, so a new card pushes what was read one further and
//! a removed one pulls what was not read out of the next page. Pages therefore overlap: a page
//! that holds none of the last cards read has left a gap, and the walk steps back.

use schriftje_konnect::MappedCard;
use schriftje_model::CardId;
use schriftje_store::{NewCard, Walk};

/// Cards that two pages have in common. One shows that they join on; a removal above hides it,
/// and then the page before is read once more.
pub(crate) const OVERLAP: u32 = 1;
/// Cards of a page by which the next one may join on.
pub(crate) const TAIL: usize = 6;
/// How far to step back when there is no page at all: less than any portal's page.
pub(crate) const STEP_BACK: u32 = 5;

/// How a page stands to what was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joins {
    /// It goes on where the last one ended.
    On,
    /// It ends where the last one ended: what follows, if anything, begins after it.
    AtEnd,
    /// Cards between may have been missed.
    Gap,
    /// There is nothing after what was read.
    End,
}

/// How a page at `offset`, of so many received and with these on it, stands to the last ones a
/// walk has seen. `right_after` says that the last one was just seen alone right before it.
pub(crate) fn joins<T: PartialEq>(
    tail: &[T],
    offset: u32,
    received: u32,
    page: &[T],
    right_after: bool,
) -> Joins {
    if received == 0 {
        let end = tail.is_empty() || right_after || offset == 0;
        return if end { Joins::End } else { Joins::Gap };
    }
    let seen = |one: &T| tail.contains(one);
    if page.last().is_some_and(seen) {
        Joins::AtEnd
    } else if tail.is_empty() || right_after || offset == 0 || page.iter().any(seen) {
        Joins::On
    } else {
        Joins::Gap
    }
}

/// Where the walk goes on after a page at `offset`.
pub(crate) fn advance(mut walk: Walk, offset: u32, received: u32, page: &[MappedCard]) -> Walk {
    walk.next = offset + received.saturating_sub(OVERLAP);
    let keep = page.len().saturating_sub(TAIL);
    if !page.is_empty() {
        walk.tail = ids(&page[keep..]);
    }
    let days = || page.iter().map(|card| card.card.day);
    walk.newest = walk.newest.into_iter().chain(days()).max();
    walk.oldest = walk.oldest.into_iter().chain(days()).min();
    walk
}

/// Where the walk looks after a gap: the page right before the one that did not join on, so that
/// going back leaves out nothing either.
pub(crate) fn step_back(mut walk: Walk, received: u32) -> Walk {
    let back = if received == 0 { STEP_BACK } else { received };
    walk.next = walk.next.saturating_sub(back);
    walk
}

pub(crate) fn ids(page: &[MappedCard]) -> Vec<CardId> {
    page.iter().map(|card| card.card.id.clone()).collect()
}

/// What the store takes in of a page.
pub(crate) fn new_cards(page: Vec<MappedCard>) -> Vec<NewCard> {
    page.into_iter()
        .map(|mapped| NewCard { card: mapped.card, hash: mapped.hash, raw: mapped.raw })
        .collect()
}
