//! Saving photos, videos, documents and files that come with news and pages to a folder.

use crate::App;
use crate::account::Open;
use crate::api::{AppError, ErrorCode, SaveJob, SaveWhat};
use crate::saving::{FromPortal, Item, Plan, Thing, plan};
use schriftje_model::{AccountId, PhotoId, Saveable, today};
use schriftje_sync::SyncEngine;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Where documents go in the folder of the settings.
const DOCUMENTS: &str = "Documenten";
/// So many photos are asked about anew before a save; more would hold it up.
const ASK_ANEW: usize = 200;
/// How long a save waits for that answer.
const ASK_FOR: Duration = Duration::from_secs(5);

impl App {
    /// Starts saving to `folder` (text of a path), else to the folder of the settings, where documents
    /// have a folder of their own. Follow it with [`App::saves`] on [`crate::api::Tag::Saves`].
    pub async fn save(&self, what: SaveWhat, folder: Option<String>) -> Result<SaveJob, AppError> {
        self.save_of(self.registry.current()?, what, folder).await
    }

    /// Like [`App::save`], of an account that need not be in use: the same again is of the account
    /// it was of.
    ///
    /// # Errors
    /// [`ErrorCode::NotSignedIn`] when that account is not here, and those of [`App::save`].
    pub async fn save_for(
        &self,
        account: AccountId,
        what: SaveWhat,
        folder: Option<String>,
    ) -> Result<SaveJob, AppError> {
        let open = self.registry.get(&account).ok_or_else(AppError::not_signed_in)?;
        self.save_of(open, what, folder).await
    }

    async fn save_of(
        &self,
        open: Arc<Open>,
        what: SaveWhat,
        folder: Option<String>,
    ) -> Result<SaveJob, AppError> {
        let papers = matches!(
            what,
            SaveWhat::Documents { .. } | SaveWhat::AllDocuments { .. } | SaveWhat::Attached { .. }
        );
        let attached = matches!(what, SaveWhat::Attached { .. });
        let default = || {
            let folder = self.default_folder();
            if papers { folder.join(DOCUMENTS) } else { folder }
        };
        let folder = folder.map_or_else(default, PathBuf::from);
        if !folder.is_absolute() {
            return Err(AppError::new(ErrorCode::FolderNotWritable, "not the path of a folder"));
        }
        let mut planned = plan(&open.store, what, today(self.host.clock.now())).await?;
        let line = open.line().ok();
        if planned.is_empty() && attached {
            return Err(AppError::not_found("file"));
        }
        if let Some(line) = line.as_ref().filter(|_| !papers) {
            ask(&open, &line.engine, &mut planned).await?;
        }
        let unasked = planned.iter().filter(|item| item.saveable.is_none());
        let unasked = unasked.filter_map(photo_of).cloned().collect();
        let originals = Arc::new(FromPortal::new(open.clone(), line, unasked));
        Ok(self.saves.start(planned, folder, originals, open.id.clone(), open.closed()))
    }

    /// Waits until a save is over.
    pub async fn save_done(&self, id: u32) -> Result<SaveJob, AppError> {
        self.saves.done(id).await
    }

    /// Follows a save step by step.
    pub fn save_progress(&self, id: u32) -> Result<watch::Receiver<SaveJob>, AppError> {
        self.saves.follow(id)
    }

    /// The saves since the app started, without those that were dismissed.
    pub async fn saves(&self) -> Result<Vec<SaveJob>, AppError> {
        Ok(self.saves.list())
    }

    /// Stops a save. What was written stays; nothing half is left.
    pub async fn cancel_save(&self, id: u32) -> Result<SaveJob, AppError> {
        self.saves.cancel(id).await
    }

    /// Takes a save that is over off the list.
    pub async fn dismiss_save(&self, id: u32) -> Result<(), AppError> {
        self.saves.dismiss(id)
    }

    /// The folder photos are saved to unless another is chosen.
    pub fn default_folder(&self) -> PathBuf {
        self.settings().folder.map_or_else(|| self.picture_dir.clone(), PathBuf::from)
    }
}

/// Notes which photos may be saved, as the portal says now or said last. What stays open, such as
/// with many photos, is asked at each photo's turn.
async fn ask(open: &Open, engine: &SyncEngine, plan: &mut Plan) -> Result<(), AppError> {
    let ids: Vec<PhotoId> = plan.iter().filter_map(photo_of).cloned().collect();
    let mut told: HashMap<PhotoId, Saveable> =
        open.store.told_saveable(ids.clone()).await?.into_iter().collect();
    if ids.len() <= ASK_ANEW
        && let Ok(answer) = tokio::time::timeout(ASK_FOR, engine.may_save(ids)).await
    {
        told.extend(answer?.0);
    }
    for item in plan {
        item.saveable = photo_of(item).and_then(|id| told.remove(id));
    }
    Ok(())
}

fn photo_of(item: &Item) -> Option<&PhotoId> {
    match &item.thing {
        Thing::Photo { id, .. } => Some(id),
        Thing::Paper { .. } => None,
    }
}
