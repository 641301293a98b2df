//! Filled-in observation forms, as they are kept.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A part of a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// Plain text before the questions.
    pub text: Option<String>,
    /// In order.
    pub questions: Vec<Question>,
}

/// A question with its answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Question {
    /// `text`, `scale`, `choice`, `choices`, `date`, `picture` or whatever the form has.
    #[serde(rename = "type")]
    pub kind: String,
    /// What was asked.
    pub question: String,
    /// What was answered; of a picture, its number.
    pub answer: Value,
    /// What was written beside it.
    pub remark: Option<String>,
    /// Of a scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// What there was to choose from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
    /// What to show where the type is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_text: Option<String>,
}

/// From which number to which, and what they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Scale {
    /// The lowest.
    pub from: i64,
    /// The highest.
    pub to: i64,
    /// What the lowest means.
    pub from_label: Option<String>,
    /// What the highest means.
    pub to_label: Option<String>,
}

/// A form about a child.
pub struct Observation {
    pub id: String,
    pub child: String,
    pub title: String,
    /// ISO text.
    pub day: String,
    pub by: String,
    pub sections: Vec<Section>,
}

const SELECT: &str = "SELECT observation.id, child, title, day, by, sections FROM observation
                      JOIN child ON child.id = observation.child WHERE family = ?1";

/// Every form about the family's children, the newest first.
pub fn of_family(db: &Connection, family: i64) -> rusqlite::Result<Vec<Observation>> {
    let mut query = db.prepare_cached(&format!("{SELECT} ORDER BY day DESC, rank DESC"))?;
    query.query_map([family], read)?.collect()
}

/// A form about one of the family's children.
pub fn find(db: &Connection, family: i64, id: &str) -> rusqlite::Result<Option<Observation>> {
    let sql = format!("{SELECT} AND observation.id = ?2");
    db.query_row(&sql, params![family, id], read).optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Observation> {
    Ok(Observation {
        id: row.get(0)?,
        child: row.get(1)?,
        title: row.get(2)?,
        day: row.get(3)?,
        by: row.get(4)?,
        sections: serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default(),
    })
}

/// Keeps a form.
pub fn keep(db: &Connection, rank: i64, form: &Observation) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO observation (id, child, title, day, rank, by, sections)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            form.id,
            form.child,
            form.title,
            form.day,
            rank,
            form.by,
            serde_json::to_string(&form.sections).unwrap_or_default(),
        ],
    )
    .map(drop)
}
