//! The files themselves: pieces put one after another, and the sizes made of them.

use super::sizes::{look, scaled};
use crate::pictures::Drawn;
use std::collections::HashSet;
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;

pub use super::sizes::Seen;

/// The folder of the uploads.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
    /// Scaling is work for the processor: two at once leave it air.
    scaling: Arc<Semaphore>,
}

impl Files {
    pub fn new(folder: PathBuf) -> std::io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder, scaling: Arc::new(Semaphore::new(2)) })
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    /// Writes a piece at its place. What stood there or further on is overwritten.
    pub fn write(&self, id: &str, at: u64, piece: &[u8]) -> std::io::Result<()> {
        let mut file =
            OpenOptions::new().create(true).truncate(false).write(true).open(self.path(id))?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(piece)?;
        file.set_len(at + piece.len() as u64)
    }

    /// The whole of an upload that is complete.
    pub async fn read(&self, id: &str) -> std::io::Result<Vec<u8>> {
        tokio::fs::read(self.path(id)).await
    }

    /// Looks at what an upload is once `piece` follows its first `received` bytes.
    pub async fn look(
        &self,
        id: &str,
        received: u64,
        piece: &[u8],
        pixels: u32,
    ) -> anyhow::Result<Seen> {
        let mut whole = if received > 0 { self.read(id).await? } else { Vec::new() };
        whole.truncate(usize::try_from(received)?);
        whole.extend_from_slice(piece);
        let turn = Arc::clone(&self.scaling).acquire_owned().await?;
        Ok(tokio::task::spawn_blocking(move || {
            let _held_meanwhile = turn;
            look(&whole, pixels)
        })
        .await?)
    }

    /// The JPEG of an uploaded photo in one of the sizes, made now if it never was.
    pub async fn sized(&self, id: &str, size: Drawn) -> anyhow::Result<Vec<u8>> {
        let kept = self.folder.join(match size {
            Drawn::Thumb => format!("{id}-thumb"),
            Drawn::Medium => format!("{id}-medium"),
            _ => format!("{id}-full"),
        });
        if let Ok(bytes) = tokio::fs::read(&kept).await {
            return Ok(bytes);
        }
        let whole = self.read(id).await?;
        let turn = Arc::clone(&self.scaling).acquire_owned().await?;
        tokio::task::spawn_blocking(move || {
            let _held_meanwhile = turn;
            let bytes = scaled(whole, size)?;
            let unfinished = kept.with_extension(format!("{:?}", std::thread::current().id()));
            std::fs::write(&unfinished, &bytes)?;
            std::fs::rename(&unfinished, &kept)?;
            Ok(bytes)
        })
        .await?
    }

    /// Removes an upload and what was made of it.
    pub fn remove(&self, id: &str) {
        for suffix in ["", "-thumb", "-medium", "-full"] {
            let path = self.folder.join(format!("{id}{suffix}"));
            if let Err(error) = std::fs::remove_file(path)
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "an upload stays on disk");
            }
        }
    }

    /// Removes every file that belongs to no upload.
    pub fn keep_only(&self, known: &HashSet<String>) -> std::io::Result<()> {
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let id = name.to_str().and_then(|name| name.split(['-', '.']).next());
            if id.is_none_or(|id| !known.contains(id)) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}
