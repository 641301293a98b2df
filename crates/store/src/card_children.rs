//! The children on a card (table `card_children`).

use crate::{day, kinds};
use rusqlite::Connection;
use schriftje_model::{CardChild, ChildId, MediaId, TimelineCard};

pub(crate) const SELECT: &str = "SELECT child, first_name, group_name, avatar
     FROM card_children WHERE card = ?1 ORDER BY position";

pub(crate) fn replace(c: &Connection, n: i64, card: &TimelineCard) -> rusqlite::Result<()> {
    c.prepare_cached("DELETE FROM card_children WHERE card = ?1")?.execute([n])?;
    let mut insert = c.prepare_cached(
        "INSERT INTO card_children
             (card, position, child, first_name, group_name, avatar, day, rank, id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut written: Vec<&ChildId> = Vec::new();
    for child in &card.children {
        // A child listed twice counts once.
        if written.contains(&&child.id) {
            continue;
        }
        insert.execute((
            n,
            i64::try_from(written.len()).unwrap_or(i64::MAX),
            child.id.as_str(),
            &child.first_name,
            &child.group,
            child.avatar.as_ref().map(MediaId::as_str),
            day::number(card.day),
            kinds::rank(&card.kind),
            card.id.as_str(),
        ))?;
        written.push(&child.id);
    }
    Ok(())
}

pub(crate) fn load(c: &Connection, n: i64) -> rusqlite::Result<Vec<CardChild>> {
    c.prepare_cached(SELECT)?
        .query_map([n], |row| {
            Ok(CardChild {
                id: ChildId(row.get(0)?),
                first_name: row.get(1)?,
                group: row.get(2)?,
                avatar: row.get::<_, Option<String>>(3)?.map(MediaId),
            })
        })?
        .collect()
}
