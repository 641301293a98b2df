//! What the portal tells of the place and the family: read once a day, when the portal says that it
//! changed, and when somebody asks. A portal that refuses one piece still has all the others.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::{Offered, SyncEngine, SyncError, SyncEvent};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::PortalError;
use schriftje_model::{Fact, FactKind, MediaId, MediaSize, ObservationAnswer};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How old a piece may become.
const EVERY: TimeDelta = TimeDelta::days(1);
/// After trouble it is tried again no sooner.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(30);

/// News items that are asked about: the newest.
const NEWS_AT_ONCE: u32 = 50;
/// News items whose files are wanted without a network: the newest.
const NEWS_WITH_FILES: usize = 20;

/// What is known of reading them.
#[derive(Default)]
pub(crate) struct Facts {
    trouble: Mutex<HashMap<FactKind, (PortalError, DateTime<Utc>)>>,
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
        let articles = self.store.articles(None, NEWS_AT_ONCE).await?.articles;
        let about = FactKind::NewsAbout(articles.into_iter().map(|one| one.id).collect());
        if wanted(&about) && offered.has(about.feature()) && self.fact_is_due(&about, age).await? {
            self.read_or_note(&about).await?;
            self.read_files_of_news().await?;
        }
        Ok(())
    }

    async fn read_files_of_news(&self) -> Result<(), SyncError> {
        let counted = self.store.fact(&FactKind::NewsAbout(Vec::new())).await?;
        let Some(Fact::NewsAbout(counts)) = counted.map(|kept| kept.fact) else { return Ok(()) };
        let with_files = counts.into_iter().filter(|one| one.files > 0);
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
            Ok(read) => {
                let new = self.store.set_fact(kind, &read.fact, self.now()).await?;
                self.keep_attached(&read.fact, &read.media).await;
                self.links.note(read.media);
                self.fetch_pictures_of(&read.fact).await;
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
