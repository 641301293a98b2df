//! What the organisation tells all parents: news and newsletters.

use crate::attachment::{File, attach};
use crate::bearer::next_number;
use crate::events::{What, tell_all};
use crate::mail::{self, Item};
use crate::nursery::{Nursery, NurseryError};
use crate::pdf::pdf;
use rusqlite::params;
use serde::{Deserialize, Serialize};

/// News to post.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewNews {
    /// Its title.
    pub title: String,
    /// The first lines, as plain text.
    pub snippet: String,
    /// The whole text as HTML, sent exactly so.
    pub html: String,
    /// The number of a picture.
    pub picture: Option<u32>,
    /// What comes with it.
    pub attachments: Vec<NewAttachment>,
}

/// A file to attach.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewAttachment {
    /// Its name.
    pub name: String,
    /// Its MIME type; a PDF when left out.
    #[serde(rename = "type")]
    pub media_type: Option<String>,
    /// What stands in it; a PDF has it as a page, anything else as its bytes.
    pub text: String,
}

/// A newsletter to send.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewNewsletter {
    /// Its subject.
    pub subject: String,
    /// The first lines, as plain text.
    pub snippet: String,
    /// The whole mail as HTML, sent exactly so.
    pub html: String,
}

impl NewAttachment {
    fn content(&self) -> Vec<u8> {
        match self.media_type {
            None => pdf(&self.text.lines().collect::<Vec<_>>()),
            Some(_) => self.text.clone().into_bytes(),
        }
    }
}

impl Nursery {
    /// Posts news; its identity comes back.
    ///
    /// # Errors
    /// When the portal's memory failed.
    pub async fn post_news(&self, new: NewNews) -> Result<String, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let number = next_number(db)?.to_string();
            let id = portal.secret.id(&["posted news", &number]);
            let now = portal.clock.now().timestamp_millis();
            db.execute(
                "INSERT INTO news (id, title, snippet, html, picture, published, is_new)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
                params![id, new.title, new.snippet, new.html, new.picture, now],
            )?;
            for attachment in &new.attachments {
                let file = File {
                    name: &attachment.name,
                    media_type: attachment.media_type.as_deref().unwrap_or("application/pdf"),
                    content: &attachment.content(),
                };
                attach(db, &portal.secret, &id, &file)?;
            }
            mail::send(db, &portal, None, Item::News, &new.title)?;
            tell_all(db, What::Location)?;
            Ok(id)
        })
        .await
    }

    /// Sends a newsletter; its identity comes back.
    ///
    /// # Errors
    /// When the portal's memory failed.
    pub async fn send_newsletter(&self, new: NewNewsletter) -> Result<String, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let number = next_number(db)?.to_string();
            let id = portal.secret.id(&["sent newsletter", &number]);
            let now = portal.clock.now().timestamp_millis();
            db.execute(
                "INSERT INTO newsletter (id, subject, snippet, html, sent, unread)
                 VALUES (?1, ?2, ?3, ?4, ?5, 1)",
                params![id, new.subject, new.snippet, new.html, now],
            )?;
            mail::send(db, &portal, None, Item::Newsletters, &new.subject)?;
            tell_all(db, What::Location)?;
            Ok(id)
        })
        .await
    }
}
