//! Emptying the cache: what the portal can give again goes, and everything is read anew.
//!
//! What a portal no longer shows stays: pictures of children who have left, and of cards and
//! messages that the last complete walk has not seen. Nothing of this parent's own is touched.

use crate::kinds::MISSING;
use crate::{Store, StoreError, document_files, media, sweep};
use rusqlite::Connection;
use schriftje_model::DocumentId;

/// Pictures looked at in one go.
const AT_ONCE: i64 = 500;

/// What was let go of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Photos whose pictures went.
    pub photos: u32,
    /// Files of documents.
    pub documents: u32,
}

/// What was walked before the cache is emptied, beside the timeline. Of what was not, nothing goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walked {
    /// Every conversation.
    pub conversations: bool,
    /// The lists of documents.
    pub documents: bool,
}

impl Store {
    /// Lets go of pictures and files of documents that the portal can give again, and has every
    /// text read anew; texts themselves stay until then. The caller has just walked all the portal
    /// shows: the timeline, and what `walked` says of the rest.
    pub async fn clear(&self, walked: Walked) -> Result<Cleared, StoreError> {
        let photos = self.clear_pictures(walked.conversations).await?;
        let documents = if walked.documents { self.clear_documents().await? } else { 0 };
        self.0.cache.write(read_all_anew).await?;
        self.give_media_room_back().await?;
        Ok(Cleared { photos, documents })
    }

    async fn clear_pictures(&self, conversations: bool) -> Result<u32, StoreError> {
        let (mut after, mut cleared) = (String::new(), 0);
        loop {
            let from = after.clone();
            let ids: Vec<String> = self
                .0
                .media
                .read(move |c| {
                    c.prepare_cached(sweep::NEXT)?
                        .query_map((from, AT_ONCE), |row| row.get(0))?
                        .collect()
                })
                .await?;
            let Some(last) = ids.last() else { return Ok(cleared) };
            after.clone_from(last);
            let shown: Vec<String> =
                self.0.cache.read(move |c| shown_there(c, ids, conversations)).await?;
            cleared += u32::try_from(shown.len()).unwrap_or(u32::MAX);
            // Killed between the two, a picture that is looked for is found to be gone.
            let gone = shown.clone();
            self.0.media.write(move |c| media::remove(c, &gone)).await?;
            self.0.cache.write(move |c| forget(c, &shown)).await?;
        }
    }

    async fn clear_documents(&self) -> Result<u32, StoreError> {
        let listed: Vec<DocumentId> = self
            .0
            .cache
            .read(|c| {
                c.prepare("SELECT id FROM documents WHERE has_file")?
                    .query_map([], |row| Ok(DocumentId(row.get(0)?)))?
                    .collect()
            })
            .await?;
        let before = self.document_files().await?;
        self.0.media.write(move |c| document_files::remove(c, &listed)).await?;
        Ok(before.saturating_sub(self.document_files().await?))
    }
}

/// Photos that the portal showed when all of it was last walked, on a card of a child who still
/// comes, or, where that counts, in a message.
pub(crate) const SHOWN: &str = "SELECT 1 FROM photos WHERE id = ?1 AND (
     EXISTS (SELECT 1 FROM card_photos JOIN cards ON cards.n = card_photos.card
             WHERE card_photos.photo = photos.n
                 AND cards.walk >= (SELECT coalesce(max(full_walk), 0) FROM feeds
                                    WHERE name = 'timeline')
                 AND EXISTS (SELECT 1 FROM card_children
                             JOIN children ON children.id = card_children.child
                             WHERE card_children.card = cards.n AND children.attends))
     OR ?2 AND EXISTS (SELECT 1 FROM message_photos
                JOIN messages ON messages.n = message_photos.message
                JOIN conversations ON conversations.n = messages.conversation
                WHERE message_photos.photo = photos.n
                    AND conversations.walk >= (SELECT coalesce(max(full_walk), 0) FROM logbook)))";

/// Which of these the portal shows, in messages too where `in_messages`.
pub(crate) fn shown_there(
    c: &Connection,
    ids: Vec<String>,
    in_messages: bool,
) -> rusqlite::Result<Vec<String>> {
    let mut statement = c.prepare_cached(SHOWN)?;
    let mut shown = Vec::new();
    for id in ids {
        if statement.exists((&id, in_messages))? {
            shown.push(id);
        }
    }
    Ok(shown)
}

fn forget(c: &Connection, ids: &[String]) -> rusqlite::Result<()> {
    let mut photo = c.prepare_cached("UPDATE photos SET thumb = ?2, medium = ?2 WHERE id = ?1")?;
    let mut broken = c.prepare_cached("DELETE FROM broken WHERE id = ?1")?;
    for id in ids {
        photo.execute((id, MISSING))?;
        broken.execute([id])?;
    }
    Ok(())
}

/// Makes the walks over timeline and conversations due, and what they find something else than
/// before. Lists that are short are read anew all the time.
fn read_all_anew(c: &Connection) -> rusqlite::Result<()> {
    c.execute_batch(
        "UPDATE cards SET hash = '';
         DELETE FROM walks;
         UPDATE feeds SET recent_at = NULL, full_at = NULL, children_at = NULL;
         UPDATE conversations SET behind = 1, about = 0,
             thread_hash = iif(thread_hash IS NULL, NULL, '');
         DELETE FROM logbook_walk;
         UPDATE logbook SET recent_at = NULL, full_at = NULL, counter = NULL;
         UPDATE articles SET behind = 1, whole_hash = iif(whole_hash IS NULL, NULL, '');
         UPDATE newsletters SET behind = 1;",
    )
}
