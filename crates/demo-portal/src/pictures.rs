//! Drawn pictures, kept on disk once drawn.

use schriftje_demo_pictures::{PictureError, PictureSize, avatar, render};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The sizes pictures come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// 320 px on the long edge.
    Thumb,
    /// 1280 px on the long edge.
    Medium,
    /// About 12 megapixels.
    Full,
    /// A child's face, 256 px.
    Face,
}

/// Draws pictures and remembers them.
#[derive(Clone, Debug)]
pub struct Pictures {
    folder: PathBuf,
    /// Drawing is work for the processor: two at once leave it air.
    pencils: Arc<Semaphore>,
}

impl Pictures {
    pub fn new(folder: PathBuf) -> std::io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder, pencils: Arc::new(Semaphore::new(2)) })
    }

    /// The JPEG of `picture`, drawn now if it never was.
    pub async fn get(&self, picture: u64, size: Drawn) -> anyhow::Result<Vec<u8>> {
        let name = match size {
            Drawn::Thumb => format!("{picture}-thumb.jpg"),
            Drawn::Medium => format!("{picture}-medium.jpg"),
            Drawn::Full => format!("{picture}-full.jpg"),
            Drawn::Face => format!("face-{picture}.jpg"),
        };
        let path = self.folder.join(name);
        if let Ok(bytes) = tokio::fs::read(&path).await {
            return Ok(bytes);
        }
        let pencil = Arc::clone(&self.pencils).acquire_owned().await?;
        tokio::task::spawn_blocking(move || {
            let _held_while_drawing = pencil;
            if let Ok(bytes) = std::fs::read(&path) {
                return Ok(bytes);
            }
            let bytes = draw(picture, size)?;
            let mut unfinished = path.clone().into_os_string();
            // Several portals may draw it at once.
            unfinished.push(format!(".{}.{:?}", std::process::id(), std::thread::current().id()));
            std::fs::write(&unfinished, &bytes)?;
            std::fs::rename(&unfinished, &path)?;
            Ok(bytes)
        })
        .await?
    }
}

fn draw(picture: u64, size: Drawn) -> Result<Vec<u8>, PictureError> {
    match size {
        Drawn::Thumb => render(picture, PictureSize::Thumb),
        Drawn::Medium => render(picture, PictureSize::Medium),
        Drawn::Full => render(picture, PictureSize::Full),
        Drawn::Face => avatar(picture, 256),
    }
}
