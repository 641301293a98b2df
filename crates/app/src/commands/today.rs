//! "Vandaag": the day at a glance, from what is kept.

use crate::App;
use crate::api::{AppError, GroupPhone, Today, TodayAsked, TodayRhythm};
use crate::commands::agenda::{next_day, slots};
use chrono::{DateTime, Days, TimeDelta, Utc};
use schriftje_model::{
    AbsenceForm, CardChild, CareRequest, Child, CreditState, Day, RequestLine, RequestStatus,
    RhythmKind, RhythmMoment, TimelineCard, WriteState, WriteWhat, today,
};
use schriftje_store::{Store, TimelineQuery};
use schriftje_sync::KeptRules;
use std::collections::BTreeSet;

/// A slot that begins within so long draws near.
const DRAWS_NEAR: TimeDelta = TimeDelta::hours(24);
/// What can be cancelled for so long only is told.
const CANCEL_ENDS_WITHIN: TimeDelta = TimeDelta::hours(24);
/// A request that expires within so many days is told.
const EXPIRES_WITHIN: Days = Days::new(3);
/// So is a credit that ends within so many.
const ENDS_WITHIN: Days = Days::new(21);

impl App {
    /// "Vandaag": the day at a glance, from the cache.
    pub async fn today(&self) -> Result<Today, AppError> {
        let open = self.registry.current()?;
        let store = &open.store;
        let day = today(self.host.clock.now());
        let slots = slots(store, day, day).await?;
        let known = store.planning_state().await?.known;
        let next = if slots.is_empty() { next_day(store, day).await? } else { None };
        Ok(Today {
            day,
            known: known.is_some_and(|(from, until)| (from..=until).contains(&day)),
            mark: store.day_marks(day, day).await?.into_iter().next(),
            slots,
            next,
            rhythm: rhythm(store, day).await?,
            asked: asked(store, self.host.clock.now()).await?,
        })
    }
}

/// The last bottle and the last sleep of each child that day.
async fn rhythm(store: &Store, day: Day) -> Result<Vec<TodayRhythm>, AppError> {
    let query = TimelineQuery {
        children: Vec::new(),
        from: Some(day),
        until: Some(day),
        after: None,
        limit: 50,
    };
    let mut all = Vec::<TodayRhythm>::new();
    for card in store.timeline(query).await?.cards {
        let TimelineCard { children, entry: Some(entry), .. } = card else { continue };
        // Of an entry about several children nobody knows whose bottle it was.
        let [CardChild { id, first_name, .. }] = &children[..] else { continue };
        let (bottle, sleep) =
            (last(&entry.rhythm, RhythmKind::Bottle), last(&entry.rhythm, RhythmKind::Sleep));
        match all.iter_mut().find(|one| one.child == *id) {
            Some(one) => {
                one.bottle = later(one.bottle.take(), bottle);
                one.sleep = later(one.sleep.take(), sleep);
            }
            None if bottle.is_some() || sleep.is_some() => all.push(TodayRhythm {
                child: id.clone(),
                child_name: first_name.clone(),
                bottle,
                sleep,
            }),
            None => {}
        }
    }
    Ok(all)
}

fn last(moments: &[RhythmMoment], kind: RhythmKind) -> Option<RhythmMoment> {
    moments.iter().filter(|moment| moment.kind == kind).max_by_key(|moment| moment.start).cloned()
}

fn later(one: Option<RhythmMoment>, other: Option<RhythmMoment>) -> Option<RhythmMoment> {
    one.into_iter().chain(other).max_by_key(|moment| moment.start)
}

/// What is asked of the parent, the most pressing first.
async fn asked(store: &Store, now: DateTime<Utc>) -> Result<Vec<TodayAsked>, AppError> {
    let day = today(now);
    let within = |on: Day, days: Days| {
        on >= day && day.checked_add_days(days).is_some_and(|until| on <= until)
    };
    let mut asked = not_sent(store, now).await?;
    let wishes = store.wishes().await?.into_iter().filter(|wish| wish.ready);
    asked.extend(wishes.map(|wish| TodayAsked::WishReady { wish: Box::new(wish) }));
    let children: Vec<Child> =
        store.children().await?.into_iter().map(|counted| counted.child).collect();
    for request in store.care_requests().await? {
        asked.extend(cancel_ends(&request, &children, now));
        let open = request.lines.iter().any(|line| line.status == RequestStatus::Asked);
        if let Some(on) = request.expires_on.filter(|on| open && within(*on, EXPIRES_WITHIN)) {
            asked.push(TodayAsked::RequestExpires { request: request.id, on });
        }
    }
    for credit in store.credits().await? {
        let usable = matches!(credit.state, CreditState::Usable | CreditState::PartlyUsed);
        let ends = credit.valid_until.is_some_and(|until| within(until, ENDS_WITHIN));
        let child = children.iter().find(|child| child.id == credit.child);
        if let Some(child) = child.filter(|_| usable && ends) {
            let child_name = child.first_name.clone();
            asked.push(TodayAsked::CreditEnds { credit, child_name });
        }
    }
    Ok(asked)
}

/// Until when a request or an absence can be cancelled, where that is soon: the first such moment.
fn cancel_ends(
    request: &CareRequest,
    children: &[Child],
    now: DateTime<Utc>,
) -> Option<TodayAsked> {
    let soon = |until: DateTime<Utc>| now < until && until - now <= CANCEL_ENDS_WITHIN;
    let ends =
        |line: &RequestLine| line.cancel_until.filter(|until| line.can_cancel && soon(*until));
    let until = request.lines.iter().filter_map(ends).min()?;
    let lines: Vec<_> = request.lines.iter().filter(|line| ends(line) == Some(until)).collect();
    let of = |child: &&Child| lines.iter().any(|line| line.child == child.id);
    let child_names = children.iter().filter(of).map(|child| child.first_name.clone()).collect();
    Some(TodayAsked::CancelEnds {
        request: request.id.clone(),
        kind: request.kind,
        child_names,
        until,
    })
}

/// Absences that have not reached the portal while their first slot draws near, and requests that
/// were refused.
async fn not_sent(store: &Store, now: DateTime<Utc>) -> Result<Vec<TodayAsked>, AppError> {
    let mut asked = Vec::new();
    for write in store.unsent().await? {
        match &write.what {
            WriteWhat::Absence { form } => {
                let slots = form.lines.iter().flat_map(|line| &line.slots);
                let Some(starts_at) = slots.map(|slot| slot.starts_at).min() else { continue };
                if starts_at - now <= DRAWS_NEAR {
                    let phones = phones(store, form).await?;
                    asked.push(TodayAsked::AbsenceNotSent {
                        write: Box::new(write),
                        starts_at,
                        phones,
                    });
                }
            }
            WriteWhat::Request { .. } if write.state == WriteState::Refused => {
                asked.push(TodayAsked::RequestNotSent { write: Box::new(write) });
            }
            _ => {}
        }
    }
    Ok(asked)
}

/// The telephones of the groups an absence is about.
async fn phones(store: &Store, form: &AbsenceForm) -> Result<Vec<GroupPhone>, AppError> {
    let kept = store.planning_state().await?.rules;
    let known = kept.map(|rules| KeptRules::read(&rules).phones).unwrap_or_default();
    let planned = slots(store, form.from, form.until).await?;
    let groups: BTreeSet<String> = planned
        .into_iter()
        .filter(|slot| form.lines.iter().any(|line| line.child == slot.child))
        .filter_map(|slot| slot.group)
        .collect();
    let of = known.into_iter().filter(|(group, _)| groups.contains(group));
    Ok(of.map(|(group, phone)| GroupPhone { group, phone }).collect())
}
