//! What deserves a notification.
//!
//! Decided where things are read, and kept in the cache until a host that raises notifications
//! takes it: a terminal that happens to read something first takes nothing away from the window.

use crate::engine::Inner;
use crate::{SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, Days, Utc};
use schriftje_konnect::MappedCard;
use schriftje_model::{
    AuthorKind, CardId, ConversationId, Day, Fact, FactKind, TimelineCard, WriteState, today,
};
use schriftje_store::{AppliedConversations, ArrivedCard, NewsItem, NewsKind};

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
    }
}

impl Inner {
    /// Of what apps are to raise no notification, as the parent last set it at the portal.
    async fn unwanted(&self) -> Result<Vec<String>, SyncError> {
        let told = self.store.fact(&FactKind::Notices).await?.map(|kept| kept.fact);
        let Some(Fact::Notices(notices)) = told else { return Ok(Vec::new()) };
        let off = notices.items.into_iter().filter(|item| item.push == Some(false));
        Ok(off.map(|item| item.id).collect())
    }

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

    /// Notes the conversations among `written` that are new or changed.
    pub async fn note_conversations(
        &self,
        written: Vec<Written>,
        applied: &AppliedConversations,
    ) -> Result<(), SyncError> {
        let now = self.now();
        let is_new = |id: &ConversationId| applied.new.contains(id) || applied.changed.contains(id);
        let news = written
            .into_iter()
            .filter(|written| is_new(&written.id) && is_recent(today(written.at), now))
            .map(|written| NewsItem {
                kind: NewsKind::Message,
                place: written.id.0,
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
                children: Vec::new(),
                title: Some(one.title).filter(|title| !title.is_empty()),
                count: 1,
                at: now,
            });
        self.note_news(news.collect()).await
    }

    async fn note_news(&self, mut news: Vec<NewsItem>) -> Result<(), SyncError> {
        if !news.is_empty() {
            let unwanted = self.unwanted().await?;
            news.retain(|item| !unwanted.iter().any(|id| id == item_of(item.kind)));
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
        children: card.children.iter().map(|child| child.first_name.clone()).collect(),
        title: card.entry.as_ref().and_then(|entry| entry.author.clone()),
        count,
        at: now,
    })
}

fn is_recent(day: Day, now: DateTime<Utc>) -> bool {
    today(now).checked_sub_days(Days::new(DAYS)).is_none_or(|oldest| day >= oldest)
}

impl SyncEngine {
    /// Takes what deserves a notification, of these kinds, and was not told yet; with it what was
    /// told and not seen. What was read meanwhile, here or on another device, is left out, and so
    /// is what grew stale.
    pub async fn take_news(&self, kinds: Vec<NewsKind>) -> Result<Vec<NewsItem>, SyncError> {
        Ok(self.0.store.take_news(kinds, self.0.now()).await?)
    }
}
