//! What the cache takes on disk.

use crate::{Store, StoreError, Totals, files};

/// What the cache takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StorageUse {
    /// Texts, in bytes on disk.
    pub texts: u64,
    /// Pictures, in bytes on disk.
    pub media: u64,
    /// Of those, medium sizes: the photos kept for offline, in bytes.
    pub mediums: u64,
    /// What this parent wrote and what goes along with it, in bytes on disk.
    pub outbox: u64,
    /// Files of documents that are here; their bytes count with the pictures.
    pub documents: u32,
    /// What is in it.
    pub totals: Totals,
}

impl Store {
    /// What the cache takes on disk.
    pub async fn storage_use(&self) -> Result<StorageUse, StoreError> {
        let databases = std::sync::Arc::clone(&self.0);
        let (texts, media, outbox) = tokio::task::spawn_blocking(move || {
            let texts = files::size_on_disk(databases.cache.path())
                + files::size_on_disk(databases.account.path());
            let media = files::size_on_disk(databases.media.path());
            (texts, media, files::size_on_disk(databases.outbox.path()))
        })
        .await
        .unwrap_or_default();
        let documents = self.document_files().await?;
        let mediums = self.medium_bytes().await?;
        Ok(StorageUse { texts, media, mediums, outbox, documents, totals: self.totals().await? })
    }
}
