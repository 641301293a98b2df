//! What the planning department does: judge, set places, give credits, move and take out slots.

use crate::day::at;
use crate::events::{What, tell};
use crate::kept_planning;
use crate::nursery::{Nursery, NurseryError};
use crate::planning::rules::{Unit, Weeks};
use crate::planning::{Refused, Slots, Verdict, decide};
use crate::posting::Addressee;
use chrono::{DateTime, NaiveDate, NaiveTime};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// What is made of a line.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Approved, else refused.
    pub approve: bool,
    /// A sentence for the parents.
    #[serde(default)]
    pub reason: Option<String>,
}

/// How many places a group has on a day in a day part, besides contracts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlacesSet {
    /// The group.
    pub group: String,
    /// The day.
    pub day: NaiveDate,
    /// The day part.
    pub part: String,
    /// Places.
    pub places: u32,
}

/// A credit to give.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCredit {
    /// Whose, by user name; the demo family's when left out.
    #[serde(default)]
    pub username: Option<String>,
    /// The child's first name; the first child when left out.
    #[serde(default)]
    pub child: Option<String>,
    /// Its name for parents.
    pub name: String,
    /// What it counts in.
    pub unit: Unit,
    /// How much, and never nothing; less than nothing where more was taken back than there was.
    pub total: i64,
    /// The first day it can be used for.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_until: NaiveDate,
    /// The weeks it can be used in.
    #[serde(default)]
    pub weeks: Weeks,
    /// What is added to it.
    #[serde(default)]
    pub note: Option<String>,
}

/// A slot to move within its day, or to take out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SlotMove {
    /// Whose, by user name; the demo family's when left out.
    #[serde(default)]
    pub username: Option<String>,
    /// The child's first name; the first child when left out.
    #[serde(default)]
    pub child: Option<String>,
    /// The day.
    pub day: NaiveDate,
    /// When the slot begins now, in epoch milliseconds.
    pub start: i64,
    /// From when and until when it is from now on, on the clock in Amsterdam; it is taken out when
    /// left out.
    #[serde(default)]
    pub to: Option<(NaiveTime, NaiveTime)>,
}

impl Nursery {
    /// Judges a line of a request; the parents are told when it was the last one.
    ///
    /// # Errors
    /// When there is no such line, or when it is decided or cancelled already.
    pub async fn decide_line(&self, line: &str, decision: Decision) -> Result<(), NurseryError> {
        let portal = self.0.clone();
        let line = line.to_owned();
        self.change(move |db| {
            kept_planning::pass_time(db, &portal)?;
            let family = family_of_line(db, &line)?.ok_or(NurseryError::Unknown("line"))?;
            let before = kept_planning::read(db, &portal, family)?;
            let mut after = before.clone();
            let verdict = Verdict { approved: decision.approve, reason: decision.reason };
            let letter = decide(&mut after, &line, verdict, portal.clock.now())?;
            kept_planning::write(db, family, &before, &after)?;
            if let Some(letter) = letter {
                kept_planning::send(db, &portal, family, &letter)?;
            }
            Ok(())
        })
        .await
    }

    /// Sets how many places there are.
    ///
    /// # Errors
    /// When there is no such group or day part.
    pub async fn set_places(&self, set: PlacesSet) -> Result<(), NurseryError> {
        let rules = self.0.options.organisation.rules.care;
        rules.group(&set.group).ok_or(NurseryError::Unknown("group"))?;
        let mut parts = rules.day_care.iter().chain(rules.after_school);
        if !parts.any(|part| part.id == set.part) {
            return Err(NurseryError::Unknown("day part"));
        }
        self.change(move |db| {
            let sql = "INSERT OR REPLACE INTO places (group_name, day, part, places)
                       VALUES (?1, ?2, ?3, ?4)";
            db.execute(sql, params![set.group, set.day, set.part, set.places])?;
            Ok(())
        })
        .await
    }

    /// Gives a child a credit; its identity comes back.
    ///
    /// # Errors
    /// When there is no such account or child.
    pub async fn give_credit(&self, new: NewCredit) -> Result<String, NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, new.username.as_deref(), new.child.as_deref())?;
            let number = crate::bearer::next_number(db)?.to_string();
            let id = portal.secret.id(&["given credit", &number]);
            db.execute(
                "INSERT INTO credit (id, child, name, unit, total, valid_from, valid_until, weeks,
                                     note)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    id,
                    to.child,
                    new.name,
                    new.unit.word(),
                    if new.total == 0 { 1 } else { new.total },
                    new.valid_from,
                    new.valid_until,
                    new.weeks.word(),
                    new.note,
                ],
            )?;
            tell(db, to.family, What::Planning)?;
            Ok(id)
        })
        .await
    }

    /// Moves a slot within its day, or takes it out of the planning.
    ///
    /// # Errors
    /// When there is no such account, child or slot.
    pub async fn move_slot(&self, slot: SlotMove) -> Result<(), NurseryError> {
        let portal = self.0.clone();
        self.change(move |db| {
            let to = Addressee::find(db, slot.username.as_deref(), slot.child.as_deref())?;
            let planning = kept_planning::read(db, &portal, to.family)?;
            let child = planning.child(&to.child).ok_or(NurseryError::Unknown("child"))?;
            let starts = DateTime::from_timestamp_millis(slot.start);
            let found = Slots::of(&planning, child)
                .on(slot.day)
                .into_iter()
                .find(|found| Some(found.slot.starts) == starts)
                .ok_or(NurseryError::Unknown("slot"))?
                .slot;
            let moved = slot.to.map(|(from, until)| {
                let ms = |time| at(slot.day, time).timestamp_millis();
                (ms(from), ms(until))
            });
            let (starts, ends) = moved.unzip();
            db.execute(
                "INSERT OR REPLACE INTO slot_change (child, day, part, of, starts, ends)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    to.child,
                    found.day,
                    found.part,
                    found.of.unwrap_or_default(),
                    starts,
                    ends
                ],
            )?;
            Ok(tell(db, to.family, What::Planning)?)
        })
        .await
    }
}

fn family_of_line(db: &Connection, line: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT family FROM care_line
               JOIN care_request ON care_request.id = care_line.request WHERE care_line.id = ?1";
    db.query_row(sql, [line], |row| row.get(0)).optional()
}

impl From<Refused> for NurseryError {
    fn from(why: Refused) -> Self {
        match why {
            Refused::RequestUnknown => Self::Unknown("line"),
            why => Self::Planning(why.code()),
        }
    }
}
