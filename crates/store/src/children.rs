//! The children the portal lists (tables `children` and `child_cards`).

use crate::{Store, StoreError, avatars, day};
use rusqlite::{Connection, Row};
use schriftje_model::{Child, ChildId, MediaId};
use std::collections::HashSet;

/// A child and how many cards are about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildCount {
    /// The child.
    pub child: Child,
    /// Cards known about it.
    pub cards: u32,
}

impl Store {
    /// The children in the portal's order, with their cards counted.
    pub async fn children(&self) -> Result<Vec<ChildCount>, StoreError> {
        self.0.cache.read(read).await
    }

    /// Replaces the children by what the portal lists. Answers whether that is news. A child
    /// that is no longer listed stays, as one that does not attend: its cards are still here.
    pub async fn set_children(&self, children: Vec<Child>) -> Result<bool, StoreError> {
        self.0.cache.write(move |c| replace(c, &children)).await
    }
}

pub(crate) const SELECT: &str =
    "SELECT id, first_name, full_name, attends, groups, date_of_birth, avatar,
            (SELECT cards FROM child_cards WHERE child = children.id)
     FROM children";

fn read(c: &Connection) -> rusqlite::Result<Vec<ChildCount>> {
    let mut children: Vec<(i64, ChildCount)> = c
        .prepare_cached(&SELECT.replace("SELECT id", "SELECT position, id"))?
        .query_map([], |row| Ok((row.get(0)?, from_row(row)?)))?
        .collect::<Result<_, _>>()?;
    children.sort_by_key(|(position, _)| *position);
    Ok(children.into_iter().map(|(_, child)| child).collect())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<ChildCount> {
    Ok(ChildCount {
        child: Child {
            id: ChildId(row.get(1)?),
            first_name: row.get(2)?,
            full_name: row.get(3)?,
            attends: row.get(4)?,
            groups: serde_json::from_str(row.get_ref(5)?.as_str()?)
                .map_err(|_| day::unreadable(5))?,
            date_of_birth: row.get::<_, Option<i64>>(6)?.map(day::from_number).transpose()?,
            avatar: row.get::<_, Option<String>>(7)?.map(MediaId),
        },
        cards: row.get::<_, Option<u32>>(8)?.unwrap_or(0),
    })
}

fn replace(c: &Connection, children: &[Child]) -> rusqlite::Result<bool> {
    let before: Vec<Child> = read(c)?.into_iter().map(|counted| counted.child).collect();
    let listed: HashSet<&ChildId> = children.iter().map(|child| &child.id).collect();
    let gone = before.iter().filter(|child| !listed.contains(&child.id)).map(|child| Child {
        attends: false,
        groups: Vec::new(),
        ..child.clone()
    });
    let after: Vec<Child> = children.iter().cloned().chain(gone).collect();
    if after == before {
        return Ok(false);
    }
    c.execute("DELETE FROM children", [])?;
    let mut insert = c.prepare_cached(
        "INSERT OR REPLACE INTO children
             (id, position, first_name, full_name, attends, groups, date_of_birth, avatar)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (position, child) in after.iter().enumerate() {
        insert.execute((
            child.id.as_str(),
            i64::try_from(position).unwrap_or(i64::MAX),
            &child.first_name,
            &child.full_name,
            child.attends,
            serde_json::to_string(&child.groups).unwrap_or_else(|_| "[]".into()),
            child.date_of_birth.map(day::number),
            child.avatar.as_ref().map(MediaId::as_str),
        ))?;
        if let Some(avatar) = &child.avatar {
            avatars::note(c, avatar, &child.id)?;
        }
    }
    Ok(true)
}
