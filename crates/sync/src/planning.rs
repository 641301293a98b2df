//! The planning: read when it has grown old, when the portal tells of a change, and when somebody
//! asks. A portal that refuses it still has a timeline.

use crate::engine::Inner;
use crate::offered::Offered;
use crate::own_task::on_its_own;
use crate::poll::label;
use crate::{SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, Days, TimeDelta, Utc};
use schriftje_konnect::{MOST_DAYS, PlanningRules, PortalError};
use schriftje_model::{Day, today};
use schriftje_store::NewPlanning;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How old the planning may become.
const EVERY: TimeDelta = TimeDelta::minutes(30);
/// What is read each time, around today.
const BACK: Days = Days::new(56);
const AHEAD: Days = Days::new(182);
/// Calls for one stretch at most: what is further away is no planning.
const MOST_CALLS: usize = 8;
/// Pages of requests read at most.
const MOST_PAGES: usize = 20;

/// What is known of reading the planning.
#[derive(Default)]
pub(crate) struct Desk {
    trouble: Mutex<Option<PortalError>>,
    asked_at: Mutex<Option<DateTime<Utc>>>,
    /// Readings under way.
    reading: AtomicU32,
    /// Held while requests are read.
    requests: tokio::sync::Mutex<()>,
}

/// What holds at an organisation, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptRules {
    /// The last day that can be asked for.
    pub furthest: Option<Day>,
    /// The longest period that can be asked for, in days.
    pub longest_period: Option<u32>,
    /// About extra days.
    pub extra: Option<String>,
    /// About swaps.
    pub swap: Option<String>,
    /// About absences.
    pub absence: Option<String>,
    /// Whom to ask for changes in the contract.
    pub contract: Option<String>,
    /// What credits count in; none where there are none.
    pub credits: Option<schriftje_model::CreditUnit>,
    /// Groups and their telephones.
    pub phones: Vec<(String, String)>,
}

impl KeptRules {
    /// Reads what was kept.
    pub fn read(kept: &str) -> Self {
        serde_json::from_str(kept).unwrap_or_default()
    }
}

impl From<PlanningRules> for KeptRules {
    fn from(rules: PlanningRules) -> Self {
        let PlanningRules {
            furthest,
            longest_period,
            extra,
            swap,
            absence,
            contract,
            credits,
            phones,
        } = rules;
        Self { furthest, longest_period, extra, swap, absence, contract, credits, phones }
    }
}

impl SyncEngine {
    /// Reads the newest planning now, with requests and credits, and with `range` also those days
    /// and all between them and what is known.
    ///
    /// # Errors
    /// The network's, and the portal's.
    pub async fn refresh_planning(&self, range: Option<(Day, Day)>) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.read_planning(range).await }).await
    }

    /// Whether the planning is being read.
    pub fn reads_planning(&self) -> bool {
        self.0.planning.reading.load(Ordering::Acquire) > 0
    }

    /// Why the planning could not be read, until it can.
    pub fn planning_trouble(&self) -> Option<PortalError> {
        self.0.planning.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Inner {
    /// The part of a poll that reads the planning, if it has grown old.
    pub async fn poll_planning(&self) -> Result<(), SyncError> {
        let now = self.now();
        let is_young = |at: DateTime<Utc>| (TimeDelta::zero()..EVERY).contains(&(now - at));
        let asked = *self.planning.asked_at.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh_at = self.store.planning_state().await?.fresh_at;
        if asked.into_iter().chain(fresh_at).any(is_young) {
            return Ok(());
        }
        match self.read_planning(None).await {
            Err(SyncError::Portal(error)) => {
                Ok(label("planning", Err(error)).map(|_: Option<()>| ())?)
            }
            other => other,
        }
    }

    async fn read_planning(&self, range: Option<(Day, Day)>) -> Result<(), SyncError> {
        *self.planning.asked_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.now());
        let reading = &self.planning.reading;
        reading.fetch_add(1, Ordering::AcqRel);
        self.tell(SyncEvent::AgendaChanged);
        let read = self.read_all(range).await;
        reading.fetch_sub(1, Ordering::AcqRel);
        let trouble = match &read {
            Err(SyncError::Portal(error)) => Some(error.clone()),
            _ => None,
        };
        *self.planning.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        self.tell(SyncEvent::AgendaChanged);
        read
    }

    async fn read_all(&self, range: Option<(Day, Day)>) -> Result<(), SyncError> {
        let now = self.now();
        let offered = Offered::last_told(&self.store).await?;
        let day = today(now);
        let window =
            (day.checked_sub_days(BACK).unwrap_or(day), day.checked_add_days(AHEAD).unwrap_or(day));
        for wanted in std::iter::once(window).chain(range) {
            let known = self.store.planning_state().await?.known;
            for (from, until) in stretches(joining(known, wanted)) {
                self.read_stretch(from, until, &offered).await?;
            }
        }
        if offered.has("planning") {
            let rules = KeptRules::from(self.portal.planning_rules().await?);
            let rules = serde_json::to_string(&rules).unwrap_or_default();
            if self.store.planning_state().await?.rules.as_ref() != Some(&rules) {
                self.store.set_planning_rules(rules).await?;
            }
        }
        if offered.has("requests") || offered.has("absences") {
            self.read_requests().await?;
        }
        if offered.has("credits") {
            self.store.apply_credits(self.portal.credits().await?).await?;
        }
        Ok(())
    }

    async fn read_stretch(
        &self,
        from: Day,
        until: Day,
        offered: &Offered,
    ) -> Result<(), SyncError> {
        let mut planning = self.portal.planning(from, until).await?;
        if planning.unreadable > 0 {
            tracing::warn!(slots = planning.unreadable, "the planning holds what cannot be read");
        }
        let mut marks = Vec::new();
        if offered.has("planning") {
            let mut details = self.portal.planning_details(from, until).await?;
            marks = std::mem::take(&mut details.marks);
            planning = planning.with(&details);
        }
        let new = NewPlanning { from, until, slots: planning.slots, marks, stale: planning.stale };
        Ok(self.store.apply_planning(new, self.now()).await?)
    }

    /// Reads requests and absences, and notes what became of them. One at a time: an older answer
    /// that came in late would be told as news.
    pub async fn read_requests(&self) -> Result<(), SyncError> {
        let _alone = self.planning.requests.lock().await;
        let (mut all, mut after) = (Vec::new(), None::<String>);
        let mut whole = false;
        for _ in 0..MOST_PAGES {
            let page = self.portal.requests(after.as_deref()).await?;
            all.extend(page.requests);
            match page.next {
                Some(next) if Some(&next) != after.as_ref() => after = Some(next),
                _ => {
                    whole = true;
                    break;
                }
            }
        }
        let before = self.store.apply_care_requests(all.clone(), whole, self.now()).await?;
        match before {
            Some(before) => self.note_requests(&before, &all).await,
            None => Ok(()),
        }
    }
}

/// The days wanted, with all between them and what is known: nothing is left out between.
fn joining(known: Option<(Day, Day)>, wanted: (Day, Day)) -> (Day, Day) {
    let Some(known) = known else { return wanted };
    let after = known.1.succ_opt().unwrap_or(known.1);
    let before = known.0.pred_opt().unwrap_or(known.0);
    (wanted.0.min(after), wanted.1.max(before))
}

/// In pieces that the portal answers, those nearest to what is known first where it matters.
fn stretches((from, until): (Day, Day)) -> Vec<(Day, Day)> {
    let mut pieces = Vec::new();
    let mut start = from;
    while start <= until && pieces.len() < MOST_CALLS {
        let end = start.checked_add_days(Days::new(MOST_DAYS.unsigned_abs())).unwrap_or(until);
        let end = end.min(until);
        pieces.push((start, end));
        match end.succ_opt() {
            Some(next) => start = next,
            None => break,
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_stretch_far_away_is_read_with_all_between() {
        let known = Some((day("2026-01-01"), day("2026-06-30")));
        let far = joining(known, (day("2027-09-01"), day("2027-09-30")));
        assert_eq!(far, (day("2026-07-01"), day("2027-09-30")));
        let back = joining(known, (day("2025-03-01"), day("2025-03-31")));
        assert_eq!(back, (day("2025-03-01"), day("2025-12-31")));
        let within = (day("2026-03-01"), day("2026-03-31"));
        assert_eq!(joining(known, within), within);
        assert_eq!(joining(None, within), within);
    }

    #[test]
    fn no_call_asks_for_more_days_than_a_portal_answers() {
        let pieces = stretches((day("2026-01-01"), day("2029-01-01")));
        assert_eq!(pieces[0].0, day("2026-01-01"));
        assert_eq!(pieces.last().unwrap().1, day("2029-01-01"));
        for (from, until) in &pieces {
            assert!((*until - *from).num_days() <= MOST_DAYS);
        }
        for pair in pieces.windows(2) {
            assert_eq!(pair[0].1.succ_opt(), Some(pair[1].0));
        }
        assert_eq!(stretches((day("1900-01-01"), day("2200-01-01"))).len(), MOST_CALLS);
    }
}
