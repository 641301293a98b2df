//! Finding a fresh address of a picture: reading again the page of the timeline, the conversation
//! or the news item that holds it.

use crate::engine::Inner;
use crate::join::new_cards;
use crate::{SyncError, walk};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::MediaSource;
use schriftje_model::{MediaId, MediaSize, PhotoId};
use std::collections::HashMap;
use tokio::sync::Mutex;

/// Pages looked through for one picture.
const PAGES: u32 = 5;
/// What was looked for in vain is not looked for again before this.
const IN_VAIN: TimeDelta = TimeDelta::minutes(10);
/// How far before the reckoned place to begin.
const MARGIN: u32 = 4;

/// One search at a time: what it reads answers the next ones.
#[derive(Default)]
pub(crate) struct Locator(Mutex<HashMap<(MediaId, MediaSize), DateTime<Utc>>>);

impl Inner {
    /// An address of the picture that works now; `None` when the portal has it no more.
    pub async fn source(
        &self,
        id: &MediaId,
        size: MediaSize,
    ) -> Result<Option<MediaSource>, SyncError> {
        if let Some(source) = self.links.get(id, size, self.portal.now()) {
            return Ok(Some(source));
        }
        if let Some((address, _)) = self.store.newsletter_picture(id.clone()).await? {
            return Ok(MediaSource::of_newsletter(&address));
        }
        let mut in_vain = self.locator.0.lock().await;
        let now = self.now();
        if let Some(source) = self.links.get(id, size, self.portal.now()) {
            return Ok(Some(source));
        }
        let which = (id.clone(), size);
        if in_vain.get(&which).is_some_and(|at| now - *at < IN_VAIN) {
            return Ok(None);
        }
        if self.store.avatar_owner(id.clone()).await?.is_some() {
            let children = self.portal.children().await?;
            self.links.note(children.avatars);
        }
        if let Some(source) = self.links.get(id, size, self.portal.now()) {
            return Ok(Some(source));
        }
        self.find_in_facts(id).await?;
        if let Some(source) = self.links.get(id, size, self.portal.now()) {
            return Ok(Some(source));
        }
        self.read_around(id, size).await?;
        if self.links.get(id, size, self.portal.now()).is_none()
            && let Some(conversation) =
                self.store.conversation_of_photo(PhotoId(id.0.clone())).await?
        {
            self.find_in_conversation(&conversation).await?;
        }
        if self.links.get(id, size, self.portal.now()).is_none()
            && let Some((article, unread)) =
                self.store.article_of_photo(PhotoId(id.0.clone())).await?
        {
            self.find_in_article(&article, unread).await?;
        }
        let found = self.links.get(id, size, self.portal.now());
        if found.is_none() {
            in_vain.insert(which, now);
        }
        Ok(found)
    }

    /// Reads pages around the place where the photo's newest card stands, nearest first.
    async fn read_around(&self, id: &MediaId, size: MediaSize) -> Result<(), SyncError> {
        let Some(photo) = self.store.photo(PhotoId(id.0.clone())).await? else { return Ok(()) };
        let Some(card) = photo.cards.into_iter().next() else { return Ok(()) };
        let Some(newer) = self.store.cards_newer_than(card).await? else { return Ok(()) };
        let mut after = newer.saturating_sub(MARGIN);
        let mut before = after;
        for read in 0..PAGES {
            // Forward twice as often as back: the reckoned place is the first of its day.
            let back = read % 3 == 1 && before > 0;
            let offset = if back { before.saturating_sub(walk::PAGE) } else { after };
            // Where nothing can be written, the address is found all the same.
            let turn = match self.turn().await {
                Err(SyncError::Store(error)) => {
                    self.trouble(error.into());
                    None
                }
                turn => Some(turn?),
            };
            let page = self.read_page(offset).await?;
            let received = page.received;
            if turn.is_some() {
                match self.store.apply_timeline_page(new_cards(page.cards)).await {
                    Ok(applied) => self.tell_applied(&applied),
                    Err(error) => drop(self.trouble(error.into())),
                }
            }
            drop(turn);
            if self.links.get(id, size, self.portal.now()).is_some() {
                break;
            }
            if back {
                before = offset;
            } else if received == 0 {
                after = after.saturating_sub(walk::PAGE);
            } else {
                after += received;
            }
        }
        Ok(())
    }
}
