//! What the nursery posts on the timeline: photos and reports.

use crate::bearer::next_number;
use crate::data::{Album, NO_CONSENT, Roll, dice, goes_to_school};
use crate::day::today;
use crate::events::{What, tell};
use crate::films::poster;
use crate::mail::{self, Item};
use crate::nursery::{Nursery, NurseryError, family};
use crate::photo::{ChildTag, Place};
use crate::portal::Shared;
use crate::timeline::{EMPLOYEE, KeptChild, PARENT};
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde::{Deserialize, Serialize};

/// The subjects of e-mails.
const PHOTOS: &str = "Er staan nieuwe foto's voor je klaar";
const REPORT: &str = "Er staat een nieuw dagverslag voor je klaar";

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
    /// The last of them is a film.
    pub film: bool,
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
                .optional()?;
            let card = match growing {
                Some(card) => card,
                None => new_card(db, to.family, day, "photo", &children, None)?,
            };
            let photos = (0..new.count.unwrap_or(1).max(1))
                .map(|number| {
                    let last = number + 1 == new.count.unwrap_or(1).max(1);
                    new_photo(db, &portal, Place::Card(card), &to, &new, new.film && last)
                })
                .collect::<rusqlite::Result<Vec<_>>>()?;
            mail::send(db, &portal, Some(to.family), Item::Photos, PHOTOS)?;
            tell(db, to.family, What::Timeline)?;
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
            let number = next_number(db)?.to_string();
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
                .map(|number| {
                    let film = new.film && number + 1 == new.photos;
                    new_photo(db, &portal, Place::Card(card), &to, &plain, film)
                })
                .collect::<rusqlite::Result<Vec<_>>>()?;
            if !new.from_parent {
                mail::send(db, &portal, Some(to.family), Item::Diary, REPORT)?;
            }
            tell(db, to.family, What::Timeline)?;
            Ok(Posted { card, journal_id: Some(journal_id), photos })
        })
        .await
    }
}

pub(crate) fn author(given: Option<&str>) -> &str {
    given.unwrap_or("Marieke de Wit")
}

/// Whom something is posted to.
pub(crate) struct Addressee {
    pub family: i64,
    pub child: String,
    first_name: String,
    born: NaiveDate,
    day_care_group: String,
    after_school_group: String,
}

impl Addressee {
    pub fn find(
        db: &Connection,
        username: Option<&str>,
        child: Option<&str>,
    ) -> Result<Self, NurseryError> {
        let family = family(db, username)?;
        let which = "family = ?1 AND (?2 IS NULL OR first_name = ?2)";
        Self::select(db, which, params![family, child])
    }

    pub fn of_child(db: &Connection, id: &str) -> Result<Self, NurseryError> {
        Self::select(db, "id = ?1", [id])
    }

    fn select(db: &Connection, which: &str, parameters: impl Params) -> Result<Self, NurseryError> {
        let sql = format!(
            "SELECT id, first_name, born, day_care_group, after_school_group, family FROM child
             WHERE {which} ORDER BY position LIMIT 1"
        );
        let found = db.query_row(&sql, parameters, |row| {
            Ok(Self {
                child: row.get(0)?,
                first_name: row.get(1)?,
                born: row.get(2)?,
                day_care_group: row.get(3)?,
                after_school_group: row.get(4)?,
                family: row.get(5)?,
            })
        });
        found.optional()?.ok_or(NurseryError::Unknown("child"))
    }

    /// Its group on `day`, also before it starts there.
    pub fn group(&self, day: NaiveDate) -> &str {
        let school = goes_to_school(self.born, day);
        if school { &self.after_school_group } else { &self.day_care_group }
    }

    pub fn on_card(&self, day: NaiveDate) -> String {
        let kept = KeptChild { id: self.child.clone(), group: self.group(day).to_owned() };
        serde_json::to_string(&[kept]).unwrap_or_default()
    }
}

pub(crate) fn new_card(
    db: &Connection,
    family: i64,
    day: NaiveDate,
    kind: &str,
    children: &str,
    entry: Option<(&str, &NewReport)>,
) -> rusqlite::Result<i64> {
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

pub(crate) fn new_photo(
    db: &Connection,
    portal: &Shared,
    place: Place<'_>,
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
    let (card, conversation, message) = place.columns();
    db.execute(
        "INSERT INTO photo (id, card, conversation, message, position, picture, video,
                            description, generated, child_tags, liked, is_new, may_not_be_saved)
         VALUES (?1, ?2, ?3, ?4,
                 (SELECT count(*) FROM photo
                  WHERE card IS ?2 AND conversation IS ?3 AND message IS ?4),
                 ?5, ?6, ?7, ?8, ?9, 0, 1, ?10)",
        params![
            id,
            card,
            conversation,
            message,
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
