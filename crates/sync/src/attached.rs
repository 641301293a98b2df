//! Files that come with news and pages: fetched ahead where they are small, kept, and read without
//! a network.

use crate::engine::Inner;
use crate::own_task::on_its_own;
use crate::{SyncEngine, SyncError};
use schriftje_konnect::{MediaLink, MediaSource};
use schriftje_model::{AttachedFile, DocumentId, Fact, FactKind, MediaId};
use schriftje_store::DocumentFile;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The most bytes of a file that somebody wants.
const LARGEST: u64 = 64 << 20;
/// The most bytes of a file that nobody asked for yet.
const LARGEST_AHEAD: u32 = 20 << 20;

/// What a file is kept as: plain, and never what a document is kept as.
pub fn attached_as(id: &MediaId) -> DocumentId {
    let digest = hex::encode(Sha256::digest(id.as_str()));
    DocumentId(format!("attached-{}", &digest[..32]))
}

impl SyncEngine {
    /// A file that comes with a news item or a page: what is here, else the portal's, which is then
    /// kept.
    ///
    /// # Errors
    /// [`SyncError::NotADocument`] when its bytes are none that may be opened, whatever it calls
    /// itself; [`SyncError::NotFound`] when it is gone, or the network's.
    pub async fn attached_file(
        &self,
        kind: FactKind,
        id: MediaId,
    ) -> Result<DocumentFile, SyncError> {
        if let Some(file) = self.0.store.document_file(attached_as(&id)).await? {
            return Ok(file);
        }
        let inner = Arc::clone(&self.0);
        on_its_own(async move {
            let read = inner.portal.fact(&kind).await?;
            let link = read.media.into_iter().find(|link| link.id == id);
            inner.fetch_attached(&id, &link.ok_or(SyncError::NotFound)?.source).await
        })
        .await
    }
}

impl Inner {
    /// Fetches what comes with a piece that was read just now, unless the network is dear. What
    /// does not come now is fetched when somebody wants it.
    pub async fn keep_attached(&self, fact: &Fact, links: &[MediaLink]) {
        let files: &[AttachedFile] = match fact {
            Fact::NewsFiles(files) => files,
            Fact::Page(page) => &page.files,
            _ => return,
        };
        for file in files.iter().filter(|file| file.bytes <= LARGEST_AHEAD) {
            if !self.options.pictures_ahead || self.held_back() {
                return;
            }
            let Some(link) = links.iter().find(|link| link.id == file.id) else { continue };
            let fetched = async {
                if self.store.document_file(attached_as(&file.id)).await?.is_none() {
                    self.fetch_attached(&file.id, &link.source).await?;
                }
                Ok::<_, SyncError>(())
            };
            if let Err(error) = fetched.await {
                tracing::debug!(%error, "a file does not come yet");
            }
        }
    }

    async fn fetch_attached(
        &self,
        id: &MediaId,
        source: &MediaSource,
    ) -> Result<DocumentFile, SyncError> {
        let body = self.portal.download(source, None, LARGEST).await?;
        self.keep_file(attached_as(id), body).await
    }
}
