//! What a save says of itself when it ends early.

use super::job::Saves;
use super::plan::{Item, Paper, Thing};
use super::run::{Copied, CopyError, Originals};
use crate::api::{AppError, ErrorCode, SaveState};
use crate::changes::Changes;
use crate::save::{FileName, Identity, Stamp};
use async_trait::async_trait;
use image::{ImageFormat, RgbImage};
use schriftje_model::{AccountId, PhotoId, Saveable};
use std::fs::File;
use std::io::{Cursor, Write};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// The first original arrives; from then on the network is gone.
struct OneArrives {
    picture: Vec<u8>,
    arrived: CancellationToken,
}

#[async_trait]
impl Originals for OneArrives {
    async fn saveable(&self, _: &PhotoId) -> Result<Saveable, AppError> {
        Ok(Saveable::Yes)
    }

    async fn copy(&self, id: &PhotoId, mut file: File) -> Result<Copied, CopyError> {
        if id.as_str() != "photo 1" {
            self.arrived.cancelled().await;
            let gone = AppError::new(ErrorCode::Offline, "no network");
            return Err(CopyError::Fetch(gone));
        }
        file.write_all(&self.picture).map_err(CopyError::Disk)?;
        self.arrived.cancel();
        Ok(Copied { bytes: self.picture.len() as u64, reduced: false })
    }

    async fn copy_paper(&self, _: &Paper, _: File) -> Result<Copied, CopyError> {
        Err(CopyError::Fetch(AppError::not_found("document")))
    }
}

fn item(number: u32) -> Item {
    let id = PhotoId::from(format!("photo {number}"));
    let day = "2026-03-14".parse().unwrap();
    Item {
        name: FileName::new(day, &["Noortje".to_owned()]),
        number,
        of: 9,
        saveable: Some(Saveable::Yes),
        thing: Thing::Photo {
            stamp: Stamp {
                identity: Identity::of(&id),
                day,
                caption: None,
                people: Vec::new(),
                reduced: false,
            },
            id,
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_the_folder_counts_also_when_the_network_goes_meanwhile() {
    let (folder, locks) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut picture = Cursor::new(Vec::new());
    RgbImage::new(1500, 1500).write_to(&mut picture, ImageFormat::Png).unwrap();
    let picture = picture.into_inner();
    let originals = Arc::new(OneArrives { picture, arrived: CancellationToken::new() });
    let saves = Saves::new(locks.path().to_owned(), Changes::start());
    let plan = (1..=9).map(item).collect();
    let gone = CancellationToken::new();
    let job = saves.start(plan, folder.path().to_owned(), originals, AccountId("a".into()), &gone);
    let job = saves.done(job.id).await.unwrap();
    assert_eq!(job.state, SaveState::Failed);
    assert_eq!(job.trouble.unwrap().code, ErrorCode::Offline);
    assert_eq!(job.saved, 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
