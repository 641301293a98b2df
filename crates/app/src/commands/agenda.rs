//! "Agenda": the planning as it is kept, and what the portal computes.

use crate::App;
use crate::account::{Line, Open};
use crate::api::{
    Agenda, AgendaDay, AgendaOffers, AgendaQuery, AgendaState, AppError, ChildCredits, DayRange,
    ErrorCode, Expected, GroupPhone, PlanningRules, Possibilities, QuoteQuery, RequestPage,
    RequestQuery, Tag,
};
use crate::commands::drafts::offered;
use crate::possible;
use chrono::Days;
use schriftje_konnect::{PortalError, WriteError};
use schriftje_model::{
    Attendance, CareRequest, CareSlot, Child, Day, DayMark, LineId, Quote, RequestId, RequestKind,
};
use schriftje_store::Store;
use schriftje_sync::{KeptRules, Offered, SyncError};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Days read in one go.
const MOST_DAYS: i64 = 400;
/// Requests of a page.
const MOST_REQUESTS: u32 = 100;

impl App {
    /// Days of the planning, from the cache.
    ///
    /// # Errors
    /// [`ErrorCode::PeriodNotAllowed`] when there are too many days, or none.
    pub async fn agenda(&self, query: AgendaQuery) -> Result<Agenda, AppError> {
        let AgendaQuery { children, from, until } = query;
        if !(0..=MOST_DAYS).contains(&(until - from).num_days()) {
            return Err(AppError::new(ErrorCode::PeriodNotAllowed, "too many days, or none"));
        }
        let open = self.registry.current()?;
        let mut slots = slots(&open.store, from, until).await?;
        slots.retain(|slot| children.is_empty() || children.contains(&slot.child));
        let marks = open.store.day_marks(from, until).await?;
        let known = open.store.planning_state().await?.known;
        let known = known.map(|(first, last)| (first.max(from), last.min(until)));
        let known = known.filter(|(first, last)| first <= last);
        Ok(Agenda {
            days: by_day(slots, marks),
            known: known.map(|(from, until)| DayRange { from, until }),
        })
    }

    /// How fresh the planning is, and what can be done with it at this portal.
    pub async fn agenda_state(&self) -> Result<AgendaState, AppError> {
        let open = self.registry.current()?;
        let state = open.store.planning_state().await?;
        let (busy, trouble) = match open.line() {
            Ok(Line { engine, .. }) => {
                (engine.reads_planning(), engine.planning_trouble().map(AppError::from))
            }
            Err(error) => (false, Some(error)),
        };
        Ok(AgendaState {
            fresh_at: state.fresh_at,
            busy,
            stale: state.stale,
            trouble,
            offers: offers(&open, state.rules.as_deref()).await?,
        })
    }

    /// "Herladen": reads the newest planning, requests and credits, and with `range` also those days.
    pub async fn refresh_agenda(&self, range: Option<DayRange>) -> Result<(), AppError> {
        let open = self.registry.current()?;
        let range = range.map(|range| (range.from, range.until));
        let engine = open.line()?.engine;
        let mut read = engine.refresh_planning(range).await;
        if matches!(read, Err(SyncError::Portal(PortalError::Unauthorized)))
            && open.renew(crate::account::Asked::ByParent).await?
        {
            read = engine.refresh_planning(range).await;
        }
        Ok(read?)
    }

    /// What is possible on a day or in a period, computed by the portal now.
    ///
    /// # Errors
    /// [`ErrorCode::AgendaNotOffered`] at a portal that offers no requests; the way to the portal.
    pub async fn possibilities(
        &self,
        kind: RequestKind,
        from: Day,
        until: Day,
    ) -> Result<Possibilities, AppError> {
        let open = self.registry.current()?;
        self.must_offer(&open, "requests").await?;
        let possible = open.line()?.session.possibilities(kind, from, until).await;
        let children = self.known_children(&open).await?;
        Ok(possible::in_words(possible.map_err(refusal)?, from, until, &children))
    }

    /// What a booking is worth, computed by the portal now.
    ///
    /// # Errors
    /// As [`App::possibilities`], and [`ErrorCode::Refused`] with the portal's reason.
    pub async fn quote(&self, query: QuoteQuery) -> Result<Quote, AppError> {
        let open = self.registry.current()?;
        self.must_offer(&open, "requests").await?;
        let quote = open.line()?.session.quote(query.kind, &query.booking, &query.before).await;
        quote.map_err(refusal)
    }

    /// What every child is expected for on a day or in a period, from the cache.
    pub async fn expected(&self, from: Day, until: Day) -> Result<Vec<Expected>, AppError> {
        let open = self.registry.current()?;
        let slots = slots(&open.store, from, until).await?;
        let children = self.known_children(&open).await?;
        let of = |child: &Child| {
            let own = slots.iter().filter(|slot| slot.child == child.id);
            // An option is nobody's yet: the portal takes no absence of it, nor in return.
            let not = [Attendance::Absent, Attendance::Tentative];
            own.filter(|slot| !not.contains(&slot.attendance)).cloned().collect()
        };
        let attending = children.into_iter().filter(|child| child.attends);
        Ok(attending.map(|child| Expected { slots: of(&child), child }).collect())
    }

    /// Requests and absences, from the cache.
    pub async fn requests(&self, query: RequestQuery) -> Result<RequestPage, AppError> {
        let mut requests = self.registry.current()?.store.care_requests().await?;
        requests.retain(|request| is_wanted(request, &query));
        if let Some(after) = &query.after {
            let after = place_of(after).ok_or_else(|| AppError::not_found("place"))?;
            requests.retain(|request| place(request) > after);
        }
        let limit = query.limit.clamp(1, MOST_REQUESTS) as usize;
        let more = requests.len() > limit;
        requests.truncate(limit);
        let next = requests.last().filter(|_| more).map(|last| {
            let (Reverse(sent_at), id) = place(last);
            format!("{sent_at}:{id}")
        });
        Ok(RequestPage { requests, next })
    }

    /// One request.
    pub async fn request(&self, id: RequestId) -> Result<CareRequest, AppError> {
        let request = self.registry.current()?.store.care_request(id).await?;
        request.ok_or_else(|| AppError::not_found("request"))
    }

    /// Cancels one line of a request at the portal, now. A period goes whole.
    ///
    /// # Errors
    /// [`ErrorCode::NotCancellable`] with the portal's reason; the way to the portal.
    pub async fn cancel_line(
        &self,
        request: RequestId,
        line: LineId,
    ) -> Result<CareRequest, AppError> {
        let open = self.registry.current()?;
        let now = self.line_of(&open, &request, &line).await?;
        // The same key each time: whether an answer that was lost had cancelled it is no question.
        let key = Uuid::new_v5(&Uuid::NAMESPACE_OID, now.as_bytes());
        let answer = open.line()?.session.cancel_line(key, &request, &line).await;
        if let Ok(request) = &answer {
            open.store.set_care_request(request.clone()).await?;
            self.host.changes.tell(Tag::Agenda);
        }
        // Decided or cancelled meanwhile, or gone from the calendar: what is shown is read again.
        if let Err(error) = self.refresh_agenda(None).await {
            tracing::info!(code = ?error.code, "the planning is not read again yet");
        }
        answer.map_err(|error| match error {
            WriteError::Refused { detail, .. } => AppError {
                portal_says: detail,
                ..AppError::new(ErrorCode::NotCancellable, "the portal refused")
            },
            WriteError::Portal(error) => error.into(),
        })
    }

    /// The credits of every child, from the cache.
    pub async fn credits(&self) -> Result<Vec<ChildCredits>, AppError> {
        let open = self.registry.current()?;
        let credits = open.store.credits().await?;
        let children = self.known_children(&open).await?;
        let with_credits = children.into_iter().filter_map(|child| {
            let own = credits.iter().filter(|credit| credit.child == child.id);
            let credits: Vec<_> = own.cloned().collect();
            (!credits.is_empty()).then_some(ChildCredits { child, credits })
        });
        Ok(with_credits.collect())
    }

    async fn line_of(
        &self,
        open: &Open,
        request: &RequestId,
        line: &LineId,
    ) -> Result<String, AppError> {
        let kept = open.store.care_request(request.clone()).await?;
        let known = kept.is_some_and(|kept| kept.lines.iter().any(|one| one.id == *line));
        if known {
            Ok(format!("cancel {request} {line}"))
        } else {
            Err(AppError::not_found("line of a request"))
        }
    }

    async fn must_offer(&self, open: &Open, feature: &str) -> Result<(), AppError> {
        if offered(open).await?.has(feature) {
            return Ok(());
        }
        Err(AppError::new(ErrorCode::AgendaNotOffered, "the portal does not offer it"))
    }

    async fn known_children(&self, open: &Open) -> Result<Vec<Child>, AppError> {
        let counted = open.store.children().await?;
        Ok(counted.into_iter().map(|counted| counted.child).collect())
    }
}

/// Slots with the group of a child that has only one, where the portal does not say it.
pub(crate) async fn slots(store: &Store, from: Day, until: Day) -> Result<Vec<CareSlot>, AppError> {
    let mut slots = store.slots(from, until).await?;
    let children = store.children().await?;
    for slot in slots.iter_mut().filter(|slot| slot.group.is_none()) {
        let child = children.iter().map(|counted| &counted.child).find(|one| one.id == slot.child);
        if let Some([only]) = child.map(|child| &child.groups[..]) {
            slot.group = Some(only.clone());
        }
    }
    Ok(slots)
}

/// What the portal offers around the planning.
pub(crate) async fn offers(open: &Open, rules: Option<&str>) -> Result<AgendaOffers, AppError> {
    let offered = offered(open).await?;
    let portal = open.store.account().await?.map(|record| record.portal).unwrap_or_default();
    let rules = rules.map(KeptRules::read);
    let credits = rules.as_ref().and_then(|rules| rules.credits.clone());
    Ok(AgendaOffers {
        requests: offered.has("requests"),
        absences: offered.has("absences"),
        credits: credits.filter(|_| offered.has("credits")),
        rules: rules.filter(|_| offered.has("planning")).map(|rules| PlanningRules {
            furthest: rules.furthest,
            longest_period: rules.longest_period,
            extra: rules.extra,
            swap: rules.swap,
            absence: rules.absence,
            contract: rules.contract,
            groups: phones(rules.phones),
        }),
        web_portal: format!("{}/parent/", portal.trim_end_matches('/')),
        plain: is_plain(&open.store).await?,
    })
}

/// Whether the portal last told that it offers nothing of our own; one that never told did not.
async fn is_plain(store: &Store) -> Result<bool, AppError> {
    let told = store.capabilities().await?.is_some();
    Ok(told && Offered::last_told(store).await?.features.is_empty())
}

fn phones(kept: Vec<(String, String)>) -> Vec<GroupPhone> {
    kept.into_iter().map(|(group, phone)| GroupPhone { group, phone }).collect()
}

fn by_day(slots: Vec<CareSlot>, marks: Vec<DayMark>) -> Vec<AgendaDay> {
    let mut days = BTreeMap::<Day, AgendaDay>::new();
    let empty = |day| AgendaDay { day, mark: None, slots: Vec::new() };
    for slot in slots {
        let day = days.entry(slot.day).or_insert_with(|| empty(slot.day));
        day.slots.push(slot);
    }
    for mark in marks {
        let day = days.entry(mark.day).or_insert_with(|| empty(mark.day));
        day.mark = Some(mark);
    }
    days.into_values().collect()
}

fn is_wanted(request: &CareRequest, query: &RequestQuery) -> bool {
    let RequestQuery { children, kinds, statuses, .. } = query;
    (kinds.is_empty() || kinds.contains(&request.kind))
        && request.lines.iter().any(|line| {
            (children.is_empty() || children.contains(&line.child))
                && (statuses.is_empty() || statuses.contains(&line.status))
        })
}

/// Where a request stands among all: newest first, and by name within a millisecond. One that goes
/// meanwhile leaves the places of the others as they are.
fn place(request: &CareRequest) -> (Reverse<i64>, &str) {
    (Reverse(request.sent_at.timestamp_millis()), request.id.as_str())
}

fn place_of(cursor: &str) -> Option<(Reverse<i64>, &str)> {
    let (sent_at, id) = cursor.split_once(':')?;
    Some((Reverse(sent_at.parse().ok()?), id))
}

/// A refusal in the portal's words, where it has any.
fn refusal(error: WriteError) -> AppError {
    match error {
        WriteError::Refused { detail, .. } => AppError {
            portal_says: detail,
            ..AppError::new(ErrorCode::Refused, "the portal refused")
        },
        WriteError::Portal(error) => error.into(),
    }
}

/// The next day on which a child is expected after `day`.
pub(crate) async fn next_day(store: &Store, day: Day) -> Result<Option<AgendaDay>, AppError> {
    let until = day.checked_add_days(Days::new(60)).unwrap_or(day);
    let mut slots = slots(store, day.succ_opt().unwrap_or(day), until).await?;
    slots.retain(|slot| slot.attendance == Attendance::Attend);
    let Some(first) = slots.first().map(|slot| slot.day) else { return Ok(None) };
    slots.retain(|slot| slot.day == first);
    let marks = store.day_marks(first, first).await?;
    Ok(by_day(slots, marks).into_iter().next())
}
