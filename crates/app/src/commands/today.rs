//! "Vandaag": the day at a glance, from what is kept.

use crate::App;
use crate::api::{AppError, Today, TodayAsked, TodayRhythm};
use crate::commands::agenda::{next_day, slots};
use chrono::Days;
use schriftje_model::{
    CardChild, Child, CreditState, Day, RequestStatus, RhythmKind, RhythmMoment, TimelineCard,
    today,
};
use schriftje_store::{Store, TimelineQuery};

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
            asked: asked(store, day).await?,
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
async fn asked(store: &Store, day: Day) -> Result<Vec<TodayAsked>, AppError> {
    let within = |on: Day, days: Days| {
        on >= day && day.checked_add_days(days).is_some_and(|until| on <= until)
    };
    let mut asked = Vec::new();
    for request in store.care_requests().await? {
        let open = request.lines.iter().any(|line| line.status == RequestStatus::Asked);
        if let Some(on) = request.expires_on.filter(|on| open && within(*on, EXPIRES_WITHIN)) {
            asked.push(TodayAsked::RequestExpires { request: request.id, on });
        }
    }
    let children: Vec<Child> =
        store.children().await?.into_iter().map(|counted| counted.child).collect();
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
