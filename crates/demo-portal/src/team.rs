//! "Ons team": who works on the groups, and what the organisation changes about them.

use crate::events::{What, tell_all};
use crate::nursery::{Nursery, NurseryError};
use crate::portal::Secret;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// Somebody who works there, as it is kept.
pub struct Member {
    pub id: String,
    pub name: String,
    pub role: String,
    /// The names of the groups.
    pub groups: Vec<String>,
    /// Plain text.
    pub text: Option<String>,
    /// The identity of the picture.
    pub picture: Option<String>,
}

/// Everybody, in the organisation's order.
pub fn members(db: &Connection) -> rusqlite::Result<Vec<Member>> {
    let mut query = db.prepare_cached(
        "SELECT id, name, role, groups, text, picture_id FROM team_member ORDER BY position",
    )?;
    let rows = query.query_map([], |row| {
        Ok(Member {
            id: row.get(0)?,
            name: row.get(1)?,
            role: row.get(2)?,
            groups: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
            text: row.get(4)?,
            picture: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// The number of the picture with this identity.
pub fn picture(db: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT picture FROM team_member WHERE picture_id = ?1";
    db.query_row(sql, [id], |row| row.get(0)).optional()
}

/// The identity of a picture of somebody.
pub fn picture_id(secret: &Secret, member: &str, picture: i64) -> String {
    secret.id(&["team picture", member, &picture.to_string()])
}

/// What changes about somebody who works there; what is left out stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct MemberChange {
    /// The full name.
    pub name: Option<String>,
    /// What the person does.
    pub role: Option<String>,
    /// The groups, by name; nobody sees who has none.
    pub groups: Option<Vec<String>>,
    /// About the person, as plain text.
    pub text: Option<String>,
    /// The number of another picture.
    pub picture: Option<u32>,
}

impl Nursery {
    /// Changes somebody who works there, found by the identity or by the name.
    ///
    /// # Errors
    /// When nobody is called so.
    pub async fn change_member(
        &self,
        member: &str,
        change: MemberChange,
    ) -> Result<(), NurseryError> {
        let portal = self.0.clone();
        let member = member.to_owned();
        self.change(move |db| {
            let sql = "SELECT id FROM team_member WHERE id = ?1 OR name = ?1";
            let id: Option<String> = db.query_row(sql, [member], |row| row.get(0)).optional()?;
            let id = id.ok_or(NurseryError::Unknown("member of the team"))?;
            let picture = change.picture.map(i64::from);
            db.execute(
                "UPDATE team_member SET
                   name = coalesce(?2, name), role = coalesce(?3, role),
                   groups = coalesce(?4, groups), text = coalesce(?5, text),
                   picture = coalesce(?6, picture), picture_id = coalesce(?7, picture_id)
                 WHERE id = ?1",
                params![
                    id,
                    change.name,
                    change.role,
                    change.groups.map(|groups| serde_json::json!(groups).to_string()),
                    change.text,
                    picture,
                    picture.map(|picture| picture_id(&portal.secret, &id, picture)),
                ],
            )?;
            Ok(tell_all(db, What::Location)?)
        })
        .await
    }
}
