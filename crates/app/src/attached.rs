//! Files that come with news and pages: which there are, what each is called, and its bytes.

use crate::account::{Asked, Open};
use crate::api::AppError;
use crate::save::FileName;
use schriftje_konnect::PortalError;
use schriftje_model::{AttachedFile, Day, DocumentKind, Fact, FactKind, MediaId, today};
use schriftje_store::{DocumentFile, Store, StoreError};
use schriftje_sync::{SyncError, attached_as};

/// The files that come with something, as they were told last.
pub(crate) async fn files_of(
    store: &Store,
    of: &FactKind,
) -> Result<Vec<AttachedFile>, StoreError> {
    Ok(match store.fact(of).await?.map(|kept| kept.fact) {
        Some(Fact::NewsFiles(files)) => files,
        Some(Fact::Page(page)) => page.files,
        _ => Vec::new(),
    })
}

/// The day of what they come with, where it is known.
pub(crate) async fn day_of(store: &Store, of: &FactKind) -> Result<Option<Day>, StoreError> {
    let at = match of {
        FactKind::NewsFiles(id) => {
            store.article(id.clone()).await?.map(|whole| whole.article.published)
        }
        _ => match store.fact(of).await?.map(|kept| kept.fact) {
            Some(Fact::Page(page)) => page.changed_at,
            _ => None,
        },
    };
    Ok(at.map(today))
}

/// What a file of that day is called.
pub(crate) fn name_of(day: Day, file: &AttachedFile) -> FileName {
    FileName::document(day, DocumentKind::Other, &file.name)
}

/// Its bytes: what is here, else the portal's.
pub(crate) async fn file_of(
    open: &Open,
    of: FactKind,
    id: MediaId,
    asked: Asked,
) -> Result<DocumentFile, AppError> {
    if let Some(file) = open.store.document_file(attached_as(&id)).await? {
        return Ok(file);
    }
    let engine = open.line()?.engine;
    let mut file = engine.attached_file(of.clone(), id.clone()).await;
    if matches!(file, Err(SyncError::Portal(PortalError::Unauthorized)))
        && open.renew(asked).await?
    {
        file = engine.attached_file(of, id).await;
    }
    Ok(file?)
}
