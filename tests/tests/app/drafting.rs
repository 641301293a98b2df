//! What a parent writes: drafts, answers, and photos of a phone.

use schriftje_app::App;
use schriftje_model::{ChildId, ConversationId, Draft, DraftPlace, Write};
use std::path::{Path, PathBuf};

/// A JPEG of a phone: lying on its side, with a place and a moment inside.
pub fn phone_photo(width: u32, height: u32) -> Vec<u8> {
    use img_parts::ImageEXIF;
    let picture = image::RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { image::Rgb([220, 40, 40]) } else { image::Rgb([40, 40, 220]) }
    });
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
    let mut jpeg = img_parts::jpeg::Jpeg::from_bytes(bytes.into()).unwrap();
    jpeg.set_exif(Some(include_bytes!("phone.exif").to_vec().into()));
    jpeg.encoder().bytes().to_vec()
}

/// A file in a folder, and where it is.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The first child of the account.
pub async fn child(app: &App) -> ChildId {
    app.children().await.unwrap()[0].child.id.clone()
}

/// A message that is written and not sent.
pub async fn draft_message(app: &App, subject: &str, text: &str) {
    let draft = Draft {
        children: vec![child(app).await],
        subject: subject.to_owned(),
        text: text.to_owned(),
        ..Draft::empty(DraftPlace::NewMessage)
    };
    app.save_draft(draft).await.unwrap();
}

/// What goes into the diary about the first child.
pub async fn entry(app: &App, text: &str) -> Draft {
    let place = DraftPlace::Diary;
    Draft { children: vec![child(app).await], text: text.to_owned(), ..Draft::empty(place) }
}

/// An answer that waits to be sent.
pub async fn reply(app: &App, id: &ConversationId, text: &str) -> Write {
    let place = DraftPlace::Reply(id.clone());
    app.save_draft(Draft { text: text.to_owned(), ..Draft::empty(place.clone()) }).await.unwrap();
    app.send_draft(place).await.unwrap()
}
