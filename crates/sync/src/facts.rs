//! What the portal tells of the place and the family: read once a day, when the portal says that it
//! changed, and when somebody asks. A portal that refuses one piece still has all the others.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::{Offered, SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{PortalError, ReadFact};
use schriftje_model::{
    ArticleId, AttachedCount, Fact, FactKind, MediaId, MediaSize, ObservationAnswer,
};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How old a piece may become.
const EVERY: TimeDelta = TimeDelta::days(1);
/// After trouble it is tried again no sooner.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(30);

/// News items that are asked about at once: the newest each time, older ones until it is known.
const NEWS_AT_ONCE: usize = 50;
/// News items that are looked at.
const MOST_NEWS: u32 = 1000;
/// News items whose files are wanted without a network: the newest.
const NEWS_WITH_FILES: usize = 20;

/// What is known of reading them.
#[derive(Default)]
pub(crate) struct Facts {
    trouble: Mutex<HashMap<FactKind, (PortalError, DateTime<Utc>)>>,
    /// The timeline shows that something was asked.
    asked: AtomicBool,
    /// Held while a list is read of which something is told.
    told: tokio::sync::Mutex<()>,
}

impl Facts {
    /// Consents are to be read with the next of the poll.
    pub fn consents_were_asked(&self) {
        self.asked.store(true, Ordering::Release);
    }
}

impl SyncEngine {
    /// Reads a piece now.
    ///
    /// # Errors
    /// The network's, and the portal's.
    pub async fn refresh_fact(&self, kind: FactKind) -> Result<(), SyncError> {
        let inner = Arc::clone(&self.0);
        on_its_own(async move { inner.read_fact(&kind).await }).await
    }

    /// Why a piece could not be read, until it can.
    pub fn fact_trouble(&self, kind: &FactKind) -> Option<PortalError> {
        let trouble = self.0.facts.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        trouble.get(kind).map(|(error, _)| error.clone())
    }
}

impl Inner {
    /// The part of a poll that reads what has grown old.
    pub async fn poll_facts(&self) -> Result<(), SyncError> {
        if self.facts.asked.swap(false, Ordering::AcqRel) {
            let consents = |kind: &FactKind| *kind == FactKind::Consents;
            if let Err(error) = self.read_facts(consents, TimeDelta::zero()).await {
                self.facts.consents_were_asked();
                return Err(error);
            }
        }
        self.read_facts(|_| true, EVERY).await
    }

    /// Reads the place and what is news there.
    pub async fn location_changed(&self) -> Result<(), SyncError> {
        self.newest_bulletins().await?;
        self.facts_changed(true).await
    }

    /// Reads all of the place, or all of the family, since the portal says that it changed.
    pub async fn facts_changed(&self, of_place: bool) -> Result<(), SyncError> {
        self.read_facts(|kind| kind.is_of_place() == of_place, TimeDelta::zero()).await
    }

    async fn read_facts(
        &self,
        wanted: impl Fn(&FactKind) -> bool,
        age: TimeDelta,
    ) -> Result<(), SyncError> {
        let Some(offered) = Offered::kept(&self.store, self.now()).await? else { return Ok(()) };
        for kind in FactKind::LISTS {
            if !wanted(&kind)
                || !offered.has(kind.feature())
                || !self.fact_is_due(&kind, age).await?
            {
                continue;
            }
            // Where the list cannot be read, what it named is not asked for: it is not gone for that.
            if !self.read_or_note(&kind).await? {
                continue;
            }
            for whole in self.wholes(&kind).await? {
                if self.fact_is_due(&whole, age.max(EVERY)).await? {
                    self.read_or_note(&whole).await?;
                }
            }
        }
        let mut news = self.news().await?;
        let older = news.split_off(NEWS_AT_ONCE.min(news.len()));
        let about = FactKind::NewsAbout(news);
        if wanted(&about) && offered.has(about.feature()) && self.fact_is_due(&about, age).await? {
            if self.read_or_note(&about).await? {
                self.count_files_of(older).await?;
            }
            self.read_files_of_news().await?;
        }
        Ok(())
    }

    /// Asks about older news of which it is not known yet how many files come with it. That seldom
    /// changes; who opens an item learns how it is then.
    async fn count_files_of(&self, mut older: Vec<ArticleId>) -> Result<(), SyncError> {
        let known = self.counted().await?;
        older.retain(|id| !known.iter().any(|one| one.id == *id));
        for some in older.chunks(NEWS_AT_ONCE) {
            if !self.read_or_note(&FactKind::NewsAbout(some.to_vec())).await? {
                break;
            }
        }
        Ok(())
    }

    /// The news, the newest first.
    async fn news(&self) -> Result<Vec<ArticleId>, SyncError> {
        let page = self.store.articles(None, MOST_NEWS).await?;
        Ok(page.articles.into_iter().map(|one| one.id).collect())
    }

    /// How many files come with news, as far as it is known.
    async fn counted(&self) -> Result<Vec<AttachedCount>, SyncError> {
        let kept = self.store.fact(&FactKind::NewsAbout(Vec::new())).await?;
        Ok(match kept.map(|kept| kept.fact) {
            Some(Fact::NewsAbout(counts)) => counts,
            _ => Vec::new(),
        })
    }

    /// What was told now of `asked`, besides what is known of other news that is still there: the
    /// newest first. Of what the portal leaves out there are none.
    async fn with_counts(
        &self,
        asked: &[ArticleId],
        told: Vec<AttachedCount>,
    ) -> Result<Fact, SyncError> {
        let known = self.counted().await?.into_iter().map(|one| (one.id, one.files));
        let mut files: HashMap<ArticleId, u32> = known.collect();
        files.extend(asked.iter().map(|id| (id.clone(), 0)));
        files.extend(told.into_iter().map(|one| (one.id, one.files)));
        let news = self.news().await?.into_iter();
        let counts = news.filter_map(|id| {
            let files = files.remove(&id)?;
            Some(AttachedCount { id, files })
        });
        Ok(Fact::NewsAbout(counts.collect()))
    }

    /// Whoever opens a news item knows what comes with it: so does the list then. Answers whether it
    /// did not before.
    async fn count_files(&self, kind: &FactKind, fact: &Fact) -> Result<bool, SyncError> {
        let (FactKind::NewsFiles(id), Fact::NewsFiles(files)) = (kind, fact) else {
            return Ok(false);
        };
        let about = FactKind::NewsAbout(Vec::new());
        let kept = self.store.fact(&about).await?;
        // That of the others nothing was read is not to be taken for read.
        let read_at = kept.map_or(DateTime::UNIX_EPOCH, |kept| kept.read_at);
        let files = u32::try_from(files.len()).unwrap_or(u32::MAX);
        let counts = self.with_counts(&[], vec![AttachedCount { id: id.clone(), files }]).await?;
        Ok(self.store.set_fact(&about, &counts, read_at).await?.differs)
    }

    async fn read_files_of_news(&self) -> Result<(), SyncError> {
        let with_files = self.counted().await?.into_iter().filter(|one| one.files > 0);
        for one in with_files.take(NEWS_WITH_FILES) {
            let files = FactKind::NewsFiles(one.id);
            if self.fact_is_due(&files, EVERY).await? {
                self.read_or_note(&files).await?;
            }
        }
        Ok(())
    }

    /// The network's trouble and a session that has ended end it; what else fails is one piece.
    /// Answers whether it was read.
    async fn read_or_note(&self, kind: &FactKind) -> Result<bool, SyncError> {
        match self.read_fact(kind).await {
            Err(SyncError::Portal(
                error @ (PortalError::Refused { .. }
                | PortalError::NotAPortal
                | PortalError::Redirected
                | PortalError::Changed { .. }
                | PortalError::Server { .. }
                | PortalError::TooLarge { .. }),
            )) => {
                tracing::warn!(what = kind.feature(), %error, "a piece cannot be read");
                Ok(false)
            }
            other => other.map(|()| true),
        }
    }

    async fn fact_is_due(&self, kind: &FactKind, age: TimeDelta) -> Result<bool, SyncError> {
        let now = self.now();
        let within = |at: DateTime<Utc>, time| (TimeDelta::zero()..time).contains(&(now - at));
        let in_vain = {
            let trouble = self.facts.trouble.lock().unwrap_or_else(PoisonError::into_inner);
            trouble.get(kind).is_some_and(|(_, at)| within(*at, AGAIN_AFTER))
        };
        let kept = self.store.fact(kind).await?;
        Ok(!in_vain && !kept.is_some_and(|kept| within(kept.read_at, age)))
    }

    /// What a list names that is read whole.
    async fn wholes(&self, kind: &FactKind) -> Result<Vec<FactKind>, SyncError> {
        Ok(match self.store.fact(kind).await?.map(|kept| kept.fact) {
            Some(Fact::Pages(pages)) => {
                pages.into_iter().map(|page| FactKind::Page(page.id)).collect()
            }
            Some(Fact::Observations(titles)) => {
                titles.into_iter().map(|title| FactKind::Observation(title.id)).collect()
            }
            _ => Vec::new(),
        })
    }

    async fn read_fact(&self, kind: &FactKind) -> Result<(), SyncError> {
        // An older answer that came in late would be told as news.
        let _alone = match kind {
            FactKind::Consents | FactKind::Observations => Some(self.facts.told.lock().await),
            _ => None,
        };
        let read = self.portal.fact(kind).await;
        let changed = {
            let mut trouble = self.facts.trouble.lock().unwrap_or_else(PoisonError::into_inner);
            match &read {
                Ok(_) => trouble.remove(kind).is_some(),
                Err(error) => {
                    trouble.insert(kind.clone(), (error.clone(), self.now()));
                    true
                }
            }
        };
        let told = match read {
            Ok(ReadFact { mut fact, media }) => {
                if let (FactKind::NewsAbout(asked), Fact::NewsAbout(told)) = (kind, &fact) {
                    fact = self.with_counts(asked, told.clone()).await?;
                }
                let before = self.store.set_fact(kind, &fact, self.now()).await?;
                // Nothing of the first reading is news.
                if let Some(before) = &before.fact {
                    self.note_fact(before, &fact).await?;
                }
                let new = self.count_files(kind, &fact).await? || before.differs;
                self.keep_attached(&fact, &media).await;
                self.links.note(media);
                self.fetch_pictures_of(&fact).await;
                Ok(new)
            }
            Err(error) => {
                if is_gone(kind, &error) {
                    self.store.forget_fact(kind).await?;
                }
                Err(error)
            }
        };
        if changed || matches!(told, Ok(true) | Err(_)) {
            self.tell(SyncEvent::FactsChanged);
        }
        Ok(told.map(|_| ())?)
    }

    /// Faces and pictures of forms are few, and wanted without a network: a face in the size of the
    /// list and in that of the whole, a picture of a form in the one it is shown in.
    async fn fetch_pictures_of(&self, fact: &Fact) {
        use MediaSize::{Medium, Thumb};
        let pictures: Vec<(MediaId, MediaSize)> = match fact {
            Fact::Team(members) => {
                let faces = members.iter().filter_map(|one| one.picture.as_ref());
                let in_size = |size| faces.clone().map(move |id| (id.clone(), size));
                in_size(Thumb).chain(in_size(Medium)).collect()
            }
            Fact::Observation(form) => form
                .sections
                .iter()
                .flat_map(|section| &section.questions)
                .filter_map(|question| match &question.answer {
                    ObservationAnswer::Picture { id } => Some((id.clone(), Medium)),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        for (id, size) in pictures {
            if self.held_back() {
                return;
            }
            let fetched = async {
                if self.store.media(id.clone(), size).await?.is_none() {
                    let blob = self.fetch(&id, size).await?;
                    self.keep(&id, size, &blob).await?;
                }
                Ok::<_, SyncError>(())
            };
            if let Err(error) = fetched.await {
                tracing::debug!(%error, "a picture does not come yet");
            }
        }
    }

    /// Reads the piece a picture belongs to again, for where it is just now.
    pub async fn find_in_facts(&self, id: &MediaId) -> Result<(), SyncError> {
        if let Some(kind) = self.store.fact_of_picture(id).await? {
            let read = self.portal.fact(&kind).await?;
            self.links.note(read.media);
        }
        Ok(())
    }
}

/// Whether it was there, and is no more. A list is always there: when it cannot be found the portal is
/// out of order or does not tell it any more, and what was told stays, perhaps older.
fn is_gone(kind: &FactKind, error: &PortalError) -> bool {
    matches!(error, PortalError::Refused { status: 404 | 410, .. })
        && matches!(kind, FactKind::Page(_) | FactKind::Observation(_) | FactKind::NewsFiles(_))
}
