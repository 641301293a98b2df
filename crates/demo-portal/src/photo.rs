//! A photo or film as it is kept and as it is sent, on a card or with a message.

use crate::media::Urls;
use crate::portal::Portal;
use crate::uploads::is_video;
use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

/// A photo as it is sent; with a message it has the shape of one on a card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Photo {
    id: String,
    description: Option<String>,
    generated_description: bool,
    date: i64,
    child_tags: Vec<ChildTag>,
    employee_tags: [(); 0],
    misc_tags: [(); 0],
    media_type: &'static str,
    liked: bool,
    full_size_url: String,
    medium_url: String,
    thumb_url: String,
    new: bool,
}

/// A tag, as it is sent and as it is kept.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChildTag {
    pub person_id: String,
    pub message: Option<String>,
    pub own_child: bool,
}

/// Where a photo is put.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// On the card with this number.
    Card(i64),
    /// With the message at this position of this conversation.
    Message(&'a str, i64),
}

impl Place<'_> {
    /// The columns `card`, `conversation` and `message`.
    pub fn columns(&self) -> (Option<i64>, Option<&str>, Option<i64>) {
        match *self {
            Self::Card(card) => (Some(card), None, None),
            Self::Message(conversation, position) => (None, Some(conversation), Some(position)),
        }
    }
}

pub struct KeptPhoto {
    id: String,
    description: Option<String>,
    generated: bool,
    tags: Vec<ChildTag>,
    liked: bool,
    is_new: bool,
    form: Form,
}

/// What its file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Jpeg,
    Mp4,
    QuickTime,
}

impl Form {
    /// The name of the file in full size.
    pub fn full(self) -> &'static str {
        match self {
            Self::Jpeg => "full.jpg",
            Self::Mp4 => "full.mp4",
            Self::QuickTime => "full.mov",
        }
    }

    /// The form of a file of this media type; every photo is sent as a JPEG.
    pub fn of(media_type: &str) -> Self {
        match media_type {
            "video/quicktime" => Self::QuickTime,
            video if is_video(video) => Self::Mp4,
            _ => Self::Jpeg,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT photo.id, description, generated, child_tags, liked, is_new,
               CASE WHEN upload IS NOT NULL THEN media_type
                    WHEN video IS NOT NULL THEN 'video/mp4' ELSE 'image/jpeg' END
             FROM photo LEFT JOIN upload ON upload.id = photo.upload WHERE ",
            $rest
        )
    };
}

impl KeptPhoto {
    /// The photos of a card, the newest first, as its card grows at the top.
    pub fn on_card(db: &Connection, card: i64) -> rusqlite::Result<Vec<Self>> {
        let mut photos = db.prepare_cached(select!("card = ?1 ORDER BY position DESC"))?;
        photos.query_map([card], Self::read)?.collect()
    }

    /// The photos of a message, in order.
    pub fn with_message(
        db: &Connection,
        conversation: &str,
        position: i64,
    ) -> rusqlite::Result<Vec<Self>> {
        let mut photos =
            db.prepare_cached(select!("conversation = ?1 AND message = ?2 ORDER BY position"))?;
        photos.query_map(params![conversation, position], Self::read)?.collect()
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            description: row.get(1)?,
            generated: row.get(2)?,
            tags: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
            liked: row.get(4)?,
            is_new: row.get(5)?,
            form: Form::of(&row.get::<_, String>(6)?),
        })
    }

    /// As it is sent; `date` is the midnight of its day.
    pub fn sent(self, portal: &Portal, date: i64) -> Photo {
        let urls = Urls::of_photo(portal, &self.id, self.form);
        Photo {
            id: self.id,
            description: self.description,
            generated_description: self.generated,
            date,
            child_tags: self.tags,
            employee_tags: [],
            misc_tags: [],
            media_type: if self.form == Form::Jpeg { "photo" } else { "video" },
            liked: self.liked,
            full_size_url: urls.full,
            medium_url: urls.medium,
            thumb_url: urls.thumb,
            new: self.is_new,
        }
    }
}
