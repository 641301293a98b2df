//! What the nursery asks parents and writes down about their child: consents and observations.

use crate::bearer::next_number;
use crate::day::today;
use crate::events::{What, tell};
use crate::mail::{self, Item};
use crate::nursery::{Nursery, NurseryError};
use crate::observation::{self, Observation, Section};
use crate::posting::{Addressee, author, new_card};
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// A consent or declaration to ask for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewQuestion {
    /// Whose, by user name; the demo family's when left out.
    pub username: Option<String>,
    /// The child's first name; the first child when left out.
    pub child: Option<String>,
    /// What it is called; one of that name that the child has already is asked for again.
    pub title: String,
    /// What it means, as plain text.
    pub text: String,
    /// A declaration instead of a consent.
    pub declaration: bool,
    /// What is to be filled in by who gives it.
    pub asks: Option<String>,
    /// Who asks.
    pub author: Option<String>,
}

/// A filled-in form to show.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NewObservation {
    /// Whose, by user name; the demo family's when left out.
    pub username: Option<String>,
    /// The child's first name; the first child when left out.
    pub child: Option<String>,
    /// Its title.
    pub title: String,
    /// The day; today when left out.
    pub day: Option<NaiveDate>,
    /// Who filled it in.
    pub author: Option<String>,
    /// What stands in it.
    pub sections: Vec<Section>,
}

impl Nursery {
    /// Asks for a consent or declaration, which puts a card on the timeline that leads to it; its
    /// identity comes back.
    ///
    /// # Errors
    /// When there is no such account or child.
    pub async fn ask_consent(&self, new: NewQuestion) -> Result<String, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, new.username.as_deref(), new.child.as_deref())?;
            let now = portal.clock.now();
            let sql = "SELECT id FROM consent WHERE child = ?1 AND title = ?2";
            let known: Option<String> =
                db.query_row(sql, [&to.child, &new.title], |row| row.get(0)).optional()?;
            let id = if let Some(id) = known {
                id
            } else {
                let number = next_number(db)?.to_string();
                let id = portal.secret.id(&["asked consent", &number]);
                let kind = if new.declaration { "declaration" } else { "consent" };
                db.execute(
                    "INSERT INTO consent (id, child, position, kind, title, text, asks)
                     VALUES (?1, ?2, (SELECT count(*) FROM consent WHERE child = ?2), ?3, ?4,
                             ?5, ?6)",
                    params![id, to.child, kind, new.title, new.text, new.asks],
                )?;
                id
            };
            db.execute(
                "UPDATE consent SET asked_at = ?2, asked_by = ?3, open = 1 WHERE id = ?1",
                params![id, now.timestamp_millis(), author(new.author.as_deref())],
            )?;
            let day = today(now);
            new_card(db, to.family, day, "trigger", &to.on_card(day), None)?;
            mail::send(db, &portal, Some(to.family), Item::Consents, &new.title)?;
            tell(db, to.family, What::Timeline)?;
            tell(db, to.family, What::Family)?;
            Ok(id)
        })
        .await
    }

    /// Shows a filled-in form to the parents; its identity comes back.
    ///
    /// # Errors
    /// When there is no such account or child.
    pub async fn add_observation(&self, new: NewObservation) -> Result<String, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, new.username.as_deref(), new.child.as_deref())?;
            let number = next_number(db)?;
            let form = Observation {
                id: portal.secret.id(&["added observation", &number.to_string()]),
                child: to.child,
                title: new.title,
                day: new.day.unwrap_or_else(|| today(portal.clock.now())).to_string(),
                by: author(new.author.as_deref()).to_owned(),
                sections: new.sections,
            };
            observation::keep(db, number, &form)?;
            mail::send(db, &portal, Some(to.family), Item::Observations, &form.title)?;
            tell(db, to.family, What::Family)?;
            Ok(form.id)
        })
        .await
    }
}
