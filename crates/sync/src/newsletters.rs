//! Newsletters: their list, read from its top until a page is known, and all of one.

use crate::engine::Inner;
use crate::join::OVERLAP;
use crate::news::Announced;
use crate::{SyncError, SyncEvent};
use schriftje_konnect::{Mail, MappedNewsletter, Picture};
use schriftje_model::{MediaId, NewsletterId};
use schriftje_store::{Bulletin, NewMail, NewNewsletter, NewsKind};

/// Pages read at most.
const MOST_PAGES: u32 = 50;

impl Inner {
    /// Reads the list until a page is known, when the portal counts so many as new; the first time
    /// to its end.
    pub async fn newest_newsletters(&self, counter: Option<u32>) -> Result<(), SyncError> {
        let first = !self.store.bulletin_state(Bulletin::Newsletters).await?.complete;
        let mut offset = 0;
        for _ in 0..MOST_PAGES {
            let turn = self.turn().await?;
            let page = self.portal.newsletters_page(offset).await?;
            if page.unreadable > 0 {
                let newsletters = page.unreadable;
                tracing::warn!(newsletters, "a page holds what cannot be read");
            }
            let received = page.received;
            let unread = page.newsletters.iter().filter(|one| one.unread);
            let announced = unread.map(announced).collect();
            let list = page.newsletters.into_iter().map(new_newsletter).collect();
            let applied = self.store.apply_newsletters(list).await?;
            drop(turn);
            if applied.visible {
                self.tell(SyncEvent::LocationChanged);
            }
            // Nothing of the first fetch is news.
            if !first {
                self.note_bulletins(NewsKind::Newsletter, announced, &applied.new).await?;
            }
            if received == 0 || (!first && applied.new.is_empty()) {
                break;
            }
            offset += received.saturating_sub(OVERLAP).max(1);
        }
        self.store.set_bulletin_fresh(Bulletin::Newsletters, self.now(), counter, true).await?;
        if first {
            self.tell(SyncEvent::LocationChanged);
        }
        Ok(())
    }

    /// Reads all of a newsletter and takes it in.
    pub async fn read_newsletter(&self, id: &NewsletterId) -> Result<(), SyncError> {
        let _turn = self.turn().await?;
        let mail = self.portal.newsletter(id).await?;
        if self.store.set_mail(id.clone(), new_mail(mail)).await? {
            self.tell(SyncEvent::LocationChanged);
        }
        Ok(())
    }
}

fn announced(mapped: &MappedNewsletter) -> Announced {
    Announced { id: mapped.id.0.clone(), title: mapped.subject.clone(), at: mapped.sent }
}

fn new_newsletter(mapped: MappedNewsletter) -> NewNewsletter {
    let MappedNewsletter { id, subject, snippet, sent, unread, hash } = mapped;
    NewNewsletter { id, subject, snippet, sent, unread, hash }
}

fn new_mail(mail: Mail) -> NewMail {
    let media = |Picture { name, address }| (MediaId(format!("picture-{name}")), address);
    NewMail {
        html: mail.html,
        text: mail.text,
        pictures: mail.pictures.into_iter().map(media).collect(),
    }
}
