//! Why a sync failed.

use chrono::{DateTime, Utc};
use schriftje_konnect::{PortalError, code_for_logs};
use schriftje_store::StoreError;
use std::io;

/// Why a sync, or fetching a picture, failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// The portal, or the way to it.
    #[error(transparent)]
    Portal(#[from] PortalError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The picture cannot be read; it is not tried again before then.
    #[error("the picture cannot be read")]
    PictureBroken {
        /// When it may be tried again.
        retry_at: DateTime<Utc>,
    },
    /// The portal lets this account read the timeline no more (403): the account has ended.
    #[error("the portal refuses this account (code {})", code_for_logs(.message_code.as_deref()))]
    AccountRefused {
        /// The portal's own code for it, where it gave one.
        message_code: Option<String>,
    },
    /// The file of a document is none that may be opened, whatever it calls itself.
    #[error("the file is no document")]
    NotADocument,
    /// Nobody knows that picture or document.
    #[error("no such picture")]
    NotFound,
    /// The parent stopped it.
    #[error("stopped")]
    Stopped,
    /// Another process is busy with this account, and stays so.
    #[error("another process is busy with this account")]
    Busy,
}

impl SyncError {
    /// Whether trying again later may help, without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Portal(error) => error.is_passing() || *error == PortalError::MediaExpired,
            Self::Store(error) => {
                matches!(error, StoreError::Locked | StoreError::Damaged { .. })
            }
            Self::Stopped | Self::Busy => true,
            Self::PictureBroken { .. }
            | Self::AccountRefused { .. }
            | Self::NotADocument
            | Self::NotFound => false,
        }
    }
}

impl From<io::Error> for SyncError {
    fn from(error: io::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}
