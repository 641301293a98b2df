//! What the nursery writes in conversations: begin one, answer, close.

use crate::events::{What, tell};
use crate::mail::{self, Item};
use crate::nursery::{Nursery, NurseryError};
use crate::photo::Place;
use crate::posting::{Addressee, NewPhotos, author, new_photo};
use crate::writing::{self, Beginning, Line};
use serde::{Deserialize, Serialize};

/// The subject of an e-mail.
const ANSWER: &str = "Je hebt een antwoord van de groep";

/// A conversation to begin.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewConversation {
    /// Whose, by user name; the demo family's when left out.
    pub username: Option<String>,
    /// The child's first name; the first child when left out.
    pub child: Option<String>,
    /// What it is about.
    pub subject: String,
    /// The first message as HTML.
    pub html: String,
    /// Who writes.
    pub author: Option<String>,
    /// How many photos come with it.
    pub photos: u32,
}

/// What the nursery answers in a conversation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct StaffAnswer {
    /// Who writes.
    pub author: Option<String>,
    /// The text as HTML, sent exactly so.
    pub html: String,
    /// How many photos come with it.
    pub photos: u32,
}

impl Nursery {
    /// Begins a conversation; its identity comes back. It is unread.
    ///
    /// # Errors
    /// When there is no such account or child.
    pub async fn begin_conversation(&self, new: NewConversation) -> Result<String, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, new.username.as_deref(), new.child.as_deref())?;
            let beginning = Beginning {
                family: to.family,
                child: &to.child,
                group: Some(to.group(crate::day::today(portal.clock.now()))),
                subject: &new.subject,
            };
            let line = Line {
                html: &new.html,
                author: author(new.author.as_deref()),
                from_parent: false,
                key: None,
            };
            let (begun, position) = writing::begin(db, &portal, &beginning, &line)?;
            for _ in 0..new.photos {
                let place = Place::Message(&begun.id, position);
                new_photo(db, &portal, place, &to, &NewPhotos::default(), false)?;
            }
            mail::send(db, &portal, Some(to.family), Item::Messages, &new.subject)?;
            Ok(begun.id)
        })
        .await
    }

    /// Answers in a conversation, which is unread then.
    ///
    /// # Errors
    /// When there is no such conversation.
    pub async fn answer(
        &self,
        conversation_id: &str,
        answer: StaffAnswer,
    ) -> Result<(), NurseryError> {
        let portal = self.0.clone();
        let id = conversation_id.to_owned();
        self.change(move |db| {
            let to = writing::find(db, &id)?.ok_or(NurseryError::Unknown("conversation"))?;
            let line = Line {
                html: &answer.html,
                author: author(answer.author.as_deref()),
                from_parent: false,
                key: None,
            };
            let position = writing::add(db, &portal, &to, &line)?;
            let about = Addressee::of_child(db, &to.child)?;
            for _ in 0..answer.photos {
                let place = Place::Message(&to.id, position);
                new_photo(db, &portal, place, &about, &NewPhotos::default(), false)?;
            }
            mail::send(db, &portal, Some(to.family), Item::Messages, ANSWER)?;
            Ok(())
        })
        .await
    }

    /// Closes a conversation for parents' answers, or opens it again.
    ///
    /// # Errors
    /// When there is no such conversation.
    pub async fn close_conversation(
        &self,
        conversation_id: &str,
        closed: bool,
    ) -> Result<(), NurseryError> {
        let id = conversation_id.to_owned();
        self.change(move |db| {
            let found = writing::find(db, &id)?.ok_or(NurseryError::Unknown("conversation"))?;
            db.execute("UPDATE conversation SET closed = ?2 WHERE id = ?1", (&id, closed))?;
            Ok(tell(db, found.family, What::Messages)?)
        })
        .await
    }
}
