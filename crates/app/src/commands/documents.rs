//! "Documenten": the lists as they are kept, and opening a file in the system's own program.

use crate::App;
use crate::account::{Asked, Line, Open};
use crate::api::{AppError, Documents};
use crate::save::FileName;
use schriftje_konnect::PortalError;
use schriftje_model::{DocumentFormat, DocumentId, DocumentKind};
use schriftje_store::DocumentFile;
use schriftje_sync::{SyncEngine, SyncError};
use std::path::PathBuf;

impl App {
    /// The documents of `kind`, or of every kind, with a day in `year`, or in any, from the cache.
    pub async fn documents(
        &self,
        kind: Option<DocumentKind>,
        year: Option<i32>,
    ) -> Result<Documents, AppError> {
        let open = self.registry.current()?;
        let (busy, trouble) = match open.line() {
            Ok(Line { engine, .. }) => {
                (engine.reads_documents(), engine.documents_trouble().map(AppError::from))
            }
            Err(error) => (false, Some(error)),
        };
        Ok(Documents {
            documents: open.store.documents(kind, year).await?,
            fresh_at: open.store.documents_state().await?.fresh_at,
            busy,
            trouble,
        })
    }

    /// "Herladen": reads the newest lists now.
    pub async fn refresh_documents(&self) -> Result<(), AppError> {
        let open = self.registry.current()?;
        let engine = open.line()?.engine;
        let mut read = engine.refresh_documents().await;
        if is_over(&read) && open.renew(Asked::ByParent).await? {
            read = engine.refresh_documents().await;
        }
        Ok(read?)
    }

    /// A copy of a document's file for the system's own program to open: fetched when it is not
    /// here yet, under a name that is safe everywhere and says what its bytes are. It goes with a
    /// sign-out, and when the app closes.
    ///
    /// # Errors
    /// [`NotFound`](crate::api::ErrorCode::NotFound) when there is no such document or no file, [`NotADocument`](crate::api::ErrorCode::NotADocument)
    /// when its bytes are none that may be opened, or the way to the portal.
    pub async fn document_to_open(&self, id: DocumentId) -> Result<PathBuf, AppError> {
        let open = self.registry.current()?;
        let record = open.store.document(id.clone()).await?;
        let document = record.ok_or_else(|| AppError::not_found("document"))?.document;
        if !document.has_file {
            return Err(AppError::not_found("file"));
        }
        let file = file_of(&open, id.clone(), Asked::ByParent).await?;
        let head = open.store.document_piece(&file, 0, DocumentFormat::HEAD as u64).await?;
        let format = DocumentFormat::of(&head).ok_or(SyncError::NotADocument)?;
        let name = FileName::document(document.day, document.kind, &document.subject);
        self.copies.make(&open.store, &file, &id, &name.with(1, format.extension())).await
    }
}

/// The file of a document: what is here, else the portal's.
pub(crate) async fn file_of(
    open: &Open,
    id: DocumentId,
    asked: Asked,
) -> Result<DocumentFile, AppError> {
    if let Some(file) = open.store.document_file(id.clone()).await? {
        return Ok(file);
    }
    let engine: SyncEngine = open.line()?.engine;
    let mut file = engine.document_file(id.clone()).await;
    if is_over(&file) && open.renew(asked).await? {
        file = engine.document_file(id).await;
    }
    file.map_err(|error| match error {
        SyncError::NotFound => AppError::not_found("document"),
        error => error.into(),
    })
}

/// Whether the session is over and may be renewed.
fn is_over<T>(read: &Result<T, SyncError>) -> bool {
    matches!(read, Err(SyncError::Portal(PortalError::Unauthorized)))
}
