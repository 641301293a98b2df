//! All accounts together, from what is here. No network, and nothing is marked as seen.

use super::accounts::in_order;
use super::agenda::slots;
use super::conversations::unread;
use crate::App;
use crate::account::Open;
use crate::api::{
    Account, AgendaDay, AppError, ErrorCode, SessionState, TogetherAccount, TogetherCard,
    TogetherOverview, TogetherPage,
};
use chrono::{DateTime, Utc};
use schriftje_model::{AccountId, Attendance, TimelineCard, today};
use schriftje_store::{Cursor, NewsKind, Store, TimelineQuery};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// The most cards of a page.
const MOST: u32 = 200;

/// Which accounts go on, each after a card of its own; an account none of whose cards were shown
/// yet begins at its newest.
type Cursors = BTreeMap<String, Option<String>>;

impl App {
    /// What is new at each account, what troubles it and what comes next there. An account that
    /// cannot be opened or read is told of and hides no other.
    pub async fn together_overview(&self) -> Result<TogetherOverview, AppError> {
        let current = self.registry.current().ok().map(|open| open.id.clone());
        let (open, mut not_opened) = self.whole_accounts().await;
        let mut accounts = Vec::with_capacity(open.len());
        for (open, account) in open {
            let in_use = current.as_ref() == Some(&open.id);
            match at_a_glance(&open, account, in_use, self.host.clock.now()).await {
                Ok(account) => accounts.push(account),
                Err(error) => not_opened.extend(worth_telling(error)),
            }
        }
        not_opened.extend(self.registry.broken().into_iter().map(|broken| broken.error));
        Ok(TogetherOverview { accounts, not_opened })
    }

    /// A page of the cards of all accounts, newest first. `after` is where the last page says the
    /// next begins; an account that was added since is not in it.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] when `after` is no such place.
    pub async fn together_timeline(
        &self,
        after: Option<String>,
        limit: u32,
    ) -> Result<TogetherPage, AppError> {
        let cursors: Option<Cursors> = after
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|_| AppError::not_found("place in the timeline"))?;
        let limit = limit.clamp(1, MOST);
        let (open, mut not_read) = self.whole_accounts().await;
        let mut readings = Vec::with_capacity(open.len());
        for (open, _) in open {
            let after = match &cursors {
                None => None,
                Some(cursors) => match cursors.get(open.id.as_str()) {
                    Some(after) => after.clone(),
                    None => continue,
                },
            };
            let after = after
                .map(|cursor| cursor.parse())
                .transpose()
                .map_err(|_| AppError::not_found("place in the timeline"))?;
            match Reading::begin(&open, after, limit).await {
                Ok(reading) => readings.push(reading),
                Err(error) => not_read.extend(worth_telling(error)),
            }
        }
        let cards = merged(&mut readings, limit);
        let next: Cursors = readings.into_iter().filter_map(Reading::goes_on).collect();
        let next = if next.is_empty() { None } else { serde_json::to_string(&next).ok() };
        Ok(TogetherPage { cards, next, not_read })
    }

    /// Every open account, always in the same order, and why some could not be read. Nothing that
    /// is broken is tried again for it: pages are read many times.
    async fn whole_accounts(&self) -> (Vec<(Arc<Open>, Account)>, Vec<AppError>) {
        let (mut read, mut not_read) = (Vec::new(), Vec::new());
        for open in self.registry.opened().into_iter().filter(|open| !open.left_elsewhere()) {
            match open.account().await {
                Ok(account) => read.push((open, account)),
                Err(error) => not_read.extend(worth_telling(error.into())),
            }
        }
        read.sort_by(|(_, a), (_, b)| in_order(a, b));
        (read, not_read)
    }
}

/// An account that was signed out of meanwhile is not missed.
fn worth_telling(error: AppError) -> Option<AppError> {
    if error.code == ErrorCode::NotSignedIn {
        return None;
    }
    tracing::warn!(code = ?error.code, "an account could not be read");
    Some(error)
}

async fn at_a_glance(
    open: &Open,
    account: Account,
    in_use: bool,
    now: DateTime<Utc>,
) -> Result<TogetherAccount, AppError> {
    let of_a_card = |kind| matches!(kind, NewsKind::Photos | NewsKind::Diary);
    let news = open.store.news().await?;
    let new: BTreeSet<_> =
        news.iter().filter(|item| of_a_card(item.kind)).map(|item| &item.place).collect();
    Ok(TogetherAccount {
        in_use,
        new_cards: u32::try_from(new.len()).unwrap_or(u32::MAX),
        unread: unread(&open.store).await?,
        trouble: trouble(open, account.session),
        next: soon(&open.store, now).await?,
        account,
    })
}

fn trouble(open: &Open, session: SessionState) -> Option<AppError> {
    let met = match open.line() {
        Ok(line) => line.trouble().map(AppError::from).or_else(|| open.mended()),
        Err(error) => Some(error),
    };
    let (code, message) = match session {
        SessionState::SignedIn => return met,
        SessionState::Expired => (ErrorCode::SessionExpired, "sign in again"),
        SessionState::Ended => (ErrorCode::AccountEnded, "the portal refuses this account"),
    };
    // What the portal said of it is said on.
    Some(met.filter(|met| met.code == code).unwrap_or_else(|| AppError::new(code, message)))
}

/// The slots of today that are not over, else those of tomorrow.
async fn soon(store: &Store, now: DateTime<Utc>) -> Result<Option<AgendaDay>, AppError> {
    let day = today(now);
    let until = day.succ_opt().unwrap_or(day);
    let mut slots = slots(store, day, until).await?;
    slots.retain(|slot| slot.attendance != Attendance::Absent && slot.ends_at > now);
    let Some(day) = slots.iter().map(|slot| slot.day).min() else { return Ok(None) };
    slots.retain(|slot| slot.day == day);
    let mark = store.day_marks(day, day).await?.into_iter().next();
    Ok(Some(AgendaDay { day, mark, slots }))
}

/// The cards of one account that may stand on a page.
struct Reading {
    account: AccountId,
    cards: VecDeque<(TimelineCard, Cursor)>,
    /// Whether there are more than these.
    more: bool,
    /// The last card taken, on this page or an earlier one.
    after: Option<Cursor>,
}

impl Reading {
    async fn begin(open: &Open, after: Option<Cursor>, limit: u32) -> Result<Self, AppError> {
        let query = TimelineQuery { after: after.clone(), limit, ..TimelineQuery::default() };
        let page = open.store.timeline(query).await?;
        Ok(Self {
            account: open.id.clone(),
            more: page.next.is_some(),
            cards: page.cards.into_iter().zip(page.places).collect(),
            after,
        })
    }

    fn take(&mut self) -> Option<TogetherCard> {
        let (card, place) = self.cards.pop_front()?;
        self.after = Some(place);
        Some(TogetherCard { account: self.account.clone(), card })
    }

    fn goes_on(self) -> Option<(String, Option<String>)> {
        let after = self.after.map(|cursor| cursor.to_string());
        (self.more || !self.cards.is_empty()).then(|| (self.account.as_str().to_owned(), after))
    }
}

/// Takes the newest of all, at most `limit`. As many were read of each account, so that none runs
/// out before the page is full.
fn merged(readings: &mut [Reading], limit: u32) -> Vec<TogetherCard> {
    let mut cards = Vec::new();
    for _ in 0..limit {
        let left = readings.iter_mut().filter(|reading| !reading.cards.is_empty());
        // The first of those that are equally new.
        let newest = left.min_by_key(|reading| {
            Reverse(reading.cards.front().map(|(card, _)| card.day).unwrap_or_default())
        });
        let Some(card) = newest.and_then(Reading::take) else { break };
        cards.push(card);
    }
    cards
}
