//! What the nursery posts: photos, reports, messages.

use crate::bearer::next_number;
use crate::data::{Album, NO_CONSENT, Roll, dice, goes_to_school};
use crate::day::today;
use crate::films::poster;
use crate::nursery::{Nursery, NurseryError, family};
use crate::portal::Shared;
use crate::store::StoreError;
use crate::timeline::{ChildTag, EMPLOYEE, KeptChild, PARENT};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// Photos to post.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewPhotos {
    /// Whose timeline, by user name; the demo family's when left out.
    pub username: Option<String>,
    /// The child's first name; the first child when left out.
    pub child: Option<String>,
    /// The day; today when left out.
    pub day: Option<NaiveDate>,
    /// How many; one when left out.
    pub count: Option<u32>,
    /// What is written under each of them.
    pub caption: Option<String>,
    /// Whether that is the machine's description instead.
    pub generated: bool,
    /// The last one is a film.
    pub film: bool,
    /// They may not be saved.
    pub may_not_be_saved: bool,
}

/// A report to post.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewReport {
    /// Whose timeline, by user name; the demo family's when left out.
    pub username: Option<String>,
    /// The child's first name; the first child when left out.
    pub child: Option<String>,
    /// The day; today when left out.
    pub day: Option<NaiveDate>,
    /// The text as HTML, sent exactly so.
    pub html: String,
    /// The day rhythm as HTML, sent exactly so.
    pub rhythm: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// A parent wrote it.
    pub from_parent: bool,
    /// How many photos come with it.
    pub photos: u32,
}

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
}

/// What was posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Posted {
    /// The number of the card at the nursery; parents never see it.
    pub card: i64,
    /// The diary entry's identity.
    pub journal_id: Option<String>,
    /// The identities of the photos.
    pub photos: Vec<String>,
}

impl Nursery {
    /// Posts photos: onto the day's photo card of this child if there is one, as a day's card
    /// grows, else on a new card.
    ///
    /// # Errors
    /// When there is no such account or child.
    pub async fn post_photos(&self, new: NewPhotos) -> Result<Posted, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, new.username.as_deref(), new.child.as_deref())?;
            let day = new.day.unwrap_or_else(|| today(portal.clock.now()));
            let children = to.on_card(day);
            let growing = db
                .query_row(
                    "SELECT id FROM card WHERE family = ?1 AND day = ?2 AND kind = 'photo'
                     AND children = ?3",
                    params![to.family, day, children],
                    |row| row.get::<_, i64>(0),
                )
                .optional()
                .map_err(StoreError::from)?;
            let card = match growing {
                Some(card) => card,
                None => new_card(db, to.family, day, "photo", &children, None)?,
            };
            let photos = (0..new.count.unwrap_or(1).max(1))
                .map(|number| {
                    let last = number + 1 == new.count.unwrap_or(1).max(1);
                    new_photo(db, &portal, card, &to, &new, new.film && last)
                })
                .collect::<rusqlite::Result<Vec<_>>>()
                .map_err(StoreError::from)?;
            Ok(Posted { card, journal_id: None, photos })
        })
        .await
    }

    /// Posts a diary entry.
    ///
    /// # Errors
    /// When there is no such account or child.
    pub async fn post_report(&self, new: NewReport) -> Result<Posted, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, new.username.as_deref(), new.child.as_deref())?;
            let day = new.day.unwrap_or_else(|| today(portal.clock.now()));
            let number = next_number(db).map_err(StoreError::from)?.to_string();
            let journal_id = portal.secret.id(&["posted journal", &number]);
            let card = new_card(
                db,
                to.family,
                day,
                "journal",
                &to.on_card(day),
                Some((&journal_id, &new)),
            )?;
            let plain = NewPhotos::default();
            let photos = (0..new.photos)
                .map(|_| new_photo(db, &portal, card, &to, &plain, false))
                .collect::<rusqlite::Result<Vec<_>>>()
                .map_err(StoreError::from)?;
            Ok(Posted { card, journal_id: Some(journal_id), photos })
        })
        .await
    }

    /// Begins a conversation; its identity comes back. It is unread.
    ///
    /// # Errors
    /// When there is no such account or child.
    pub async fn begin_conversation(&self, new: NewConversation) -> Result<String, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, new.username.as_deref(), new.child.as_deref())?;
            let now = portal.clock.now().timestamp_millis();
            let write = |db: &Connection| {
                let number = next_number(db)?.to_string();
                let id = portal.secret.id(&["posted conversation", &number]);
                db.execute(
                    "INSERT INTO conversation (id, family, subject, date, last_written, unread,
                                               last_from_parent)
                     VALUES (?1, ?2, ?3, ?4, ?4, 1, 0)",
                    params![id, to.family, new.subject, now],
                )?;
                db.execute(
                    "INSERT INTO message (conversation, position, html, written_by, date,
                                          child_first_name)
                     VALUES (?1, 0, ?2, ?3, ?4, ?5)",
                    params![id, new.html, author(new.author.as_deref()), now, to.first_name],
                )?;
                Ok(id)
            };
            write(db).map_err(|error| StoreError::Sqlite(error).into())
        })
        .await
    }
}

fn author(given: Option<&str>) -> &str {
    given.unwrap_or("Marieke de Wit")
}

/// Whom something is posted to.
struct Addressee {
    family: i64,
    child: String,
    first_name: String,
    born: NaiveDate,
    day_care_group: String,
    after_school_group: String,
}

impl Addressee {
    fn find(
        db: &Connection,
        username: Option<&str>,
        child: Option<&str>,
    ) -> Result<Self, NurseryError> {
        let family = family(db, username)?;
        db.query_row(
            "SELECT id, first_name, born, day_care_group, after_school_group FROM child
             WHERE family = ?1 AND (?2 IS NULL OR first_name = ?2) ORDER BY position LIMIT 1",
            params![family, child],
            |row| {
                Ok(Self {
                    family,
                    child: row.get(0)?,
                    first_name: row.get(1)?,
                    born: row.get(2)?,
                    day_care_group: row.get(3)?,
                    after_school_group: row.get(4)?,
                })
            },
        )
        .optional()
        .map_err(StoreError::from)?
        .ok_or(NurseryError::Unknown("child"))
    }

    fn on_card(&self, day: NaiveDate) -> String {
        let school = goes_to_school(self.born, day);
        let group = if school { &self.after_school_group } else { &self.day_care_group };
        let kept = KeptChild { id: self.child.clone(), group: group.clone() };
        serde_json::to_string(&[kept]).unwrap_or_default()
    }
}

fn new_card(
    db: &Connection,
    family: i64,
    day: NaiveDate,
    kind: &str,
    children: &str,
    entry: Option<(&str, &NewReport)>,
) -> Result<i64, StoreError> {
    let (id, report) = entry.unzip();
    let kind_of_author = report.map(|report| if report.from_parent { PARENT } else { EMPLOYEE });
    db.execute(
        "INSERT INTO card (family, day, rank, kind, children, journal_id, author, author_kind,
                           content, rhythm, is_new, edited)
         VALUES (?1, ?2,
                 1 + coalesce((SELECT max(rank) FROM card WHERE family = ?1 AND day = ?2), 0),
                 ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, 0)",
        params![
            family,
            day,
            kind,
            children,
            id,
            report.map(|report| author(report.author.as_deref())),
            kind_of_author,
            report.map(|report| &report.html),
            report.map(|report| &report.rhythm),
        ],
    )?;
    Ok(db.last_insert_rowid())
}

fn new_photo(
    db: &Connection,
    portal: &Shared,
    card: i64,
    to: &Addressee,
    new: &NewPhotos,
    film: bool,
) -> rusqlite::Result<String> {
    let number = next_number(db)?;
    let id = portal.secret.id(&["posted photo", &number.to_string()]);
    let day = today(portal.clock.now());
    let mut rng = dice(&portal.secret, &["posted picture", &id]);
    let video = if film { Album::film(&mut rng, day) } else { None };
    let pictures = Roll::default().series(&portal.album, &mut rng, day, 1);
    let picture = video.map_or_else(|| pictures.first().copied(), |film| Some(poster(film)));
    let tag = ChildTag {
        person_id: to.child.clone(),
        message: Some(to.first_name.clone()),
        own_child: true,
    };
    db.execute(
        "INSERT INTO photo (id, card, position, picture, video, description, generated,
                            child_tags, liked, is_new, may_not_be_saved)
         VALUES (?1, ?2, (SELECT count(*) FROM photo WHERE card = ?2), ?3, ?4, ?5, ?6, ?7, 0, 1,
                 ?8)",
        params![
            id,
            card,
            picture.unwrap_or_default(),
            video,
            new.caption,
            new.generated,
            serde_json::to_string(&[tag]).unwrap_or_default(),
            new.may_not_be_saved.then_some(NO_CONSENT),
        ],
    )?;
    Ok(id)
}
