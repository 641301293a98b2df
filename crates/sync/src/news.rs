//! What deserves a notification.
//!
//! Decided where things are read, and kept in the cache until a host that raises notifications
//! takes it: a terminal that happens to read something first takes nothing away from the window.

use crate::engine::Inner;
use crate::poll::label;
use crate::{Offered, SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, Days, Utc};
use schriftje_konnect::MappedCard;
use schriftje_model::{
    AuthorKind, CardId, CardKind, CareRequest, ChildId, Consent, ConversationId, Day, Fact,
    FactKind, RequestLine, RequestStatus, TimelineCard, WriteState, today,
};
use schriftje_store::{AppliedConversations, ArrivedCard, NewsItem, NewsKind, Store, StoreError};

/// What is older is no news: it was posted late, or the app was closed for long.
const DAYS: u64 = 2;

/// What a page says of the cards on it.
pub(crate) struct RecentCards {
    /// Of these days, and not looked at yet on any device.
    unseen: Vec<TimelineCard>,
    /// Looked at on some device, of whatever day.
    seen: Vec<CardId>,
}

/// A conversation that waits to be read.
pub(crate) struct Written {
    pub id: ConversationId,
    pub subject: String,
    pub began_at: Option<DateTime<Utc>>,
    pub at: DateTime<Utc>,
}

/// News or a newsletter that waits to be read.
pub(crate) struct Announced {
    pub id: String,
    pub title: String,
    pub at: DateTime<Utc>,
}

/// What the portal calls news of that kind among what it tells of.
fn item_of(kind: NewsKind) -> &'static str {
    match kind {
        NewsKind::Photos => "photos",
        NewsKind::Diary => "diary",
        NewsKind::Message => "messages",
        NewsKind::Article => "news",
        NewsKind::Newsletter => "newsletters",
        NewsKind::Request => "requests",
        NewsKind::Consent => "consents",
        NewsKind::Observation => "observations",
    }
}

/// Whether apps may tell of that kind, as the parent last set it at the portal of an account.
///
/// # Errors
/// When the cache cannot be read.
pub async fn wanted_at_portal(store: &Store, kind: NewsKind) -> Result<bool, StoreError> {
    Ok(!off_at_portal(store).await?.iter().any(|id| id == item_of(kind)))
}

async fn off_at_portal(store: &Store) -> Result<Vec<String>, StoreError> {
    let told = store.fact(&FactKind::Notices).await?.map(|kept| kept.fact);
    let Some(Fact::Notices(notices)) = told else { return Ok(Vec::new()) };
    let off = notices.items.into_iter().filter(|item| item.push == Some(false));
    Ok(off.map(|item| item.id).collect())
}

impl Inner {
    /// The cards of a page that may be news, and those that are no more.
    pub fn recent_cards(&self, page: &[MappedCard]) -> RecentCards {
        let now = self.now();
        let (unseen, seen): (Vec<_>, Vec<_>) = page.iter().partition(|mapped| mapped.unseen);
        RecentCards {
            unseen: unseen
                .into_iter()
                .filter(|mapped| is_recent(mapped.card.day, now))
                .map(|mapped| mapped.card.clone())
                .collect(),
            seen: seen.into_iter().map(|mapped| mapped.card.id.clone()).collect(),
        }
    }

    /// Notes what of a page deserves to be told, and forgets what was seen meanwhile.
    pub async fn note_cards(
        &self,
        recent: &RecentCards,
        arrived: &[ArrivedCard],
    ) -> Result<(), SyncError> {
        self.forget_seen(&recent.seen).await?;
        // What a card asks for stands elsewhere.
        let is_asking = |card: &&TimelineCard| card.kind == CardKind::Trigger;
        if recent.unseen.iter().filter(is_asking).any(|card| is_new(card, arrived)) {
            self.facts.consents_were_asked();
        }
        if recent.unseen.is_empty() || arrived.is_empty() {
            return Ok(());
        }
        let (own, sent) = (self.own_name().await?, self.own_entries().await?);
        let now = self.now();
        let news = arrived.iter().filter_map(|arrived| {
            let card = recent.unseen.iter().find(|card| card.id == arrived.id)?;
            if is_ours(card, own.as_deref(), &sent) {
                return None;
            }
            about(card, arrived, now)
        });
        self.note_news(news.collect()).await
    }

    /// Forgets what of these cards was told or to be told: they were looked at, on whatever device.
    async fn forget_seen(&self, cards: &[CardId]) -> Result<(), SyncError> {
        if cards.is_empty() {
            return Ok(());
        }
        let mut seen = self.store.news().await?;
        seen.retain(|item| {
            matches!(item.kind, NewsKind::Photos | NewsKind::Diary)
                && cards.iter().any(|id| id.as_str() == item.place)
        });
        if !seen.is_empty() {
            self.store.forget_news(seen).await?;
            self.tell(SyncEvent::News);
        }
        Ok(())
    }

    /// Which of the conversations that wait to be read tell what became of a request. That is told
    /// as a request, so requests are read before such a conversation is taken in.
    pub async fn letters_among(
        &self,
        written: &[Written],
    ) -> Result<Vec<ConversationId>, SyncError> {
        let (now, mut unknown) = (self.now(), false);
        for one in written.iter().filter(|one| is_recent(today(one.at), now)) {
            unknown |= self.store.conversation(one.id.clone()).await?.is_none();
        }
        let offered = Offered::last_told(&self.store).await?;
        if !offered.has("requests") {
            return Ok(Vec::new());
        }
        if unknown {
            match self.read_requests().await {
                Err(SyncError::Portal(error)) => {
                    label::<()>("requests", Err(error))?;
                }
                read => read?,
            }
            self.tell(SyncEvent::AgendaChanged);
        }
        let requests = self.store.care_requests().await?;
        Ok(requests.into_iter().filter_map(|request| request.conversation).collect())
    }

    /// Notes the conversations among `written` that are new or changed, but for `letters` in which
    /// nothing else was written.
    pub async fn note_conversations(
        &self,
        written: Vec<Written>,
        applied: &AppliedConversations,
        letters: &[ConversationId],
    ) -> Result<(), SyncError> {
        let now = self.now();
        let is_letter = |written: &Written| {
            letters.contains(&written.id) && written.began_at.is_none_or(|at| at >= written.at)
        };
        let is_new = |written: &Written| {
            let moved = applied.changed.contains(&written.id) || applied.new.contains(&written.id);
            moved && !is_letter(written)
        };
        let news = written
            .into_iter()
            .filter(|written| is_new(written) && is_recent(today(written.at), now))
            .map(|written| NewsItem {
                kind: NewsKind::Message,
                place: written.id.0,
                child: None,
                children: Vec::new(),
                title: Some(written.subject).filter(|subject| !subject.is_empty()),
                count: 1,
                at: now,
            });
        self.note_news(news.collect()).await
    }

    /// Notes the news or newsletters among `announced` that are new or changed.
    pub async fn note_bulletins(
        &self,
        kind: NewsKind,
        announced: Vec<Announced>,
        new: &[String],
    ) -> Result<(), SyncError> {
        let now = self.now();
        let news = announced
            .into_iter()
            .filter(|one| new.contains(&one.id) && is_recent(today(one.at), now))
            .map(|one| NewsItem {
                kind,
                place: one.id,
                child: None,
                children: Vec::new(),
                title: Some(one.title).filter(|title| !title.is_empty()),
                count: 1,
                at: now,
            });
        self.note_news(news.collect()).await
    }

    /// Notes the requests of which nothing is open any more.
    pub async fn note_requests(
        &self,
        before: &[CareRequest],
        after: &[CareRequest],
    ) -> Result<(), SyncError> {
        let now = self.now();
        let judged: Vec<&CareRequest> = after
            .iter()
            .filter(|request| {
                let before = before.iter().find(|known| known.id == request.id);
                is_settled(request) && before.map_or(is_settled_lately(request, now), is_open)
            })
            .collect();
        if judged.is_empty() {
            return Ok(());
        }
        let names = self.first_names().await?;
        let news = judged.into_iter().map(|request| NewsItem {
            kind: NewsKind::Request,
            place: request.id.0.clone(),
            child: None,
            children: names_of(&names, judged_lines(request).map(|line| &line.child)),
            title: in_one_word(request),
            count: 1,
            at: now,
        });
        self.note_news(news.collect()).await
    }

    /// Notes the consents that wait since, or are asked for again, and the observations that were
    /// not there.
    pub async fn note_fact(&self, before: &Fact, after: &Fact) -> Result<(), SyncError> {
        let news: Vec<(NewsKind, &String, &ChildId, &String)> = match (before, after) {
            (Fact::Consents(before), Fact::Consents(after)) => after
                .iter()
                .filter(|one| one.open && !before.iter().any(|was| waited_before(was, one)))
                .map(|one| (NewsKind::Consent, &one.id, &one.child, &one.title))
                .collect(),
            (Fact::Observations(before), Fact::Observations(after)) => after
                .iter()
                .filter(|one| !before.iter().any(|known| known.id == one.id))
                .map(|one| (NewsKind::Observation, &one.id, &one.child, &one.title))
                .collect(),
            _ => return Ok(()),
        };
        if news.is_empty() {
            return Ok(());
        }
        let (now, names) = (self.now(), self.first_names().await?);
        let news = news.into_iter().map(|(kind, id, child, title)| NewsItem {
            kind,
            place: id.clone(),
            child: (kind == NewsKind::Consent).then(|| child.clone()),
            children: names_of(&names, std::iter::once(child)),
            title: Some(title.clone()).filter(|title| !title.is_empty()),
            count: 1,
            at: now,
        });
        self.note_news(news.collect()).await
    }

    /// What the children are called.
    async fn first_names(&self) -> Result<Vec<(ChildId, String)>, SyncError> {
        let children = self.store.children().await?.into_iter().map(|counted| counted.child);
        Ok(children.map(|child| (child.id, child.first_name)).collect())
    }

    async fn note_news(&self, mut news: Vec<NewsItem>) -> Result<(), SyncError> {
        if !news.is_empty() {
            let off = off_at_portal(&self.store).await?;
            news.retain(|item| !off.iter().any(|id| id == item_of(item.kind)));
        }
        if news.is_empty() {
            return Ok(());
        }
        self.store.add_news(news).await?;
        self.tell(SyncEvent::News);
        Ok(())
    }

    async fn own_name(&self) -> Result<Option<String>, SyncError> {
        Ok(self.store.account().await?.and_then(|record| record.parent_name))
    }

    /// Entries that this device sent.
    async fn own_entries(&self) -> Result<Vec<String>, SyncError> {
        let writes = self.store.writes().await?;
        let sent = writes.into_iter().filter(|write| write.state == WriteState::Sent);
        Ok(sent.filter_map(|write| write.remote).collect())
    }
}

/// Whether this parent wrote it, here or on another device.
fn is_ours(card: &TimelineCard, own: Option<&str>, sent: &[String]) -> bool {
    card.entry.as_ref().is_some_and(|entry| {
        let by_name = entry.author_kind == AuthorKind::Parent
            && entry.author.as_deref().is_some_and(|author| Some(author) == own);
        by_name || sent.contains(&entry.id.0)
    })
}

/// What a card tells: its entry, when that is new, or else the photos that are.
fn about(card: &TimelineCard, arrived: &ArrivedCard, now: DateTime<Utc>) -> Option<NewsItem> {
    let (kind, count) = match card.entry {
        Some(_) if arrived.new => (NewsKind::Diary, 1),
        _ if arrived.new_photos > 0 => (NewsKind::Photos, arrived.new_photos),
        _ => return None,
    };
    Some(NewsItem {
        kind,
        place: card.id.0.clone(),
        child: None,
        children: card.children.iter().map(|child| child.first_name.clone()).collect(),
        title: card.entry.as_ref().and_then(|entry| entry.author.clone()),
        count,
        at: now,
    })
}

fn is_new(card: &TimelineCard, arrived: &[ArrivedCard]) -> bool {
    arrived.iter().any(|arrived| arrived.new && arrived.id == card.id)
}

fn is_open(request: &CareRequest) -> bool {
    request.lines.iter().any(|line| line.status == RequestStatus::Asked)
}

/// The lines of which the organisation, or time, made something.
fn judged_lines(request: &CareRequest) -> impl Iterator<Item = &RequestLine> {
    request.lines.iter().filter(|line| {
        matches!(
            line.status,
            RequestStatus::Approved | RequestStatus::Refused | RequestStatus::Expired
        )
    })
}

/// Whether there is something to tell of it: a request judged in part is told when it is whole.
fn is_settled(request: &CareRequest) -> bool {
    !is_open(request) && judged_lines(request).next().is_some()
}

/// The same of one that was asked for elsewhere and never seen open here.
fn is_settled_lately(request: &CareRequest, now: DateTime<Utc>) -> bool {
    let last = judged_lines(request).filter_map(|line| line.decided_at).max();
    is_settled(request) && last.is_some_and(|at| is_recent(today(at), now))
}

/// How it was judged, when all of it was judged alike.
fn in_one_word(request: &CareRequest) -> Option<String> {
    let mut statuses = judged_lines(request).map(|line| line.status);
    let first = statuses.next()?;
    if statuses.any(|status| status != first) {
        return None;
    }
    Some(match first {
        RequestStatus::Approved => "approved".to_owned(),
        RequestStatus::Refused => "refused".to_owned(),
        _ => "expired".to_owned(),
    })
}

/// Whether it is the same question, waiting since the same moment.
fn waited_before(was: &Consent, is: &Consent) -> bool {
    was.id == is.id && was.open && is.asked_at <= was.asked_at
}

/// What these children are called, each once.
fn names_of<'a>(
    names: &[(ChildId, String)],
    children: impl Iterator<Item = &'a ChildId>,
) -> Vec<String> {
    let mut called: Vec<String> = Vec::new();
    for child in children {
        if let Some((_, name)) = names.iter().find(|(id, _)| id == child)
            && !called.contains(name)
        {
            called.push(name.clone());
        }
    }
    called
}

fn is_recent(day: Day, now: DateTime<Utc>) -> bool {
    today(now).checked_sub_days(Days::new(DAYS)).is_none_or(|oldest| day >= oldest)
}

impl SyncEngine {
    /// Takes what deserves a notification, of these kinds, and was not told yet; with it what was
    /// told and not seen. What was read meanwhile, here or on another device, is left out, and so
    /// is what grew stale or was switched off at the portal since.
    pub async fn take_news(&self, mut kinds: Vec<NewsKind>) -> Result<Vec<NewsItem>, SyncError> {
        let off = off_at_portal(&self.0.store).await?;
        kinds.retain(|kind| !off.iter().any(|id| id == item_of(*kind)));
        Ok(self.0.store.take_news(kinds, self.0.now()).await?)
    }
}
