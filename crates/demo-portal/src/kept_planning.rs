//! The planning of a family as the portal keeps it: read whole, changed by a rule, written back.

use crate::data::people::Child;
use crate::day::today;
use crate::events::{What, tell};
use crate::mail::{self, Item};
use crate::parent_api::html;
use crate::planning::{
    Change, Credit, Letter, Line, Planning, Request, Slot, deadline, expire, rules,
};
use crate::portal::Portal;
use crate::writing::{self, Beginning};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Reads the planning of a family.
pub fn read(db: &Connection, portal: &Portal, family: i64) -> rusqlite::Result<Planning> {
    let rules = portal.options.organisation.rules.care;
    let children: Vec<Child> =
        portal.children.iter().filter(|child| child.family == family).cloned().collect();
    read_with(db, rules, children, family, today(portal.clock.now()))
}

fn read_with(
    db: &Connection,
    rules: &'static rules::CareRules,
    children: Vec<Child>,
    family: i64,
    today: NaiveDate,
) -> rusqlite::Result<Planning> {
    Ok(Planning {
        rules,
        requests: read_requests(db, family)?,
        credits: read_credits(db, &children)?,
        changes: read_changes(db, &children)?,
        places: read_places(db, today)?,
        others: read_others(db, family, today)?,
        children,
    })
}

fn read_requests(db: &Connection, family: i64) -> rusqlite::Result<Vec<Request>> {
    let mut query = db.prepare_cached(
        "SELECT id, kind, sent_at, sent_by, account, key, whole, expires_on, remark, reason, told,
                conversation
         FROM care_request WHERE family = ?1 ORDER BY number",
    )?;
    let mut lines = db.prepare_cached(
        "SELECT id, child, from_day, until_day, group_name, slots, given, payments, status,
                status_reason, decided_at, verdict, brings
         FROM care_line WHERE request = ?1 ORDER BY position",
    )?;
    let rows = query.query_map([family], |row| {
        let id: String = row.get(0)?;
        let lines = lines.query_map([&id], read_line)?.collect::<rusqlite::Result<_>>()?;
        Ok(Request {
            id,
            kind: word(row, 1)?,
            sent_at: instant(row, 2)?.unwrap_or_default(),
            sent_by: row.get(3)?,
            account: row.get(4)?,
            key: row.get(5)?,
            whole: row.get(6)?,
            expires_on: row.get(7)?,
            remark: row.get(8)?,
            reason: row.get::<_, Option<String>>(9)?.map(|_| word(row, 9)).transpose()?,
            told: row.get(10)?,
            conversation: row.get(11)?,
            lines,
        })
    })?;
    rows.collect()
}

fn read_line(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        id: row.get(0)?,
        child: row.get(1)?,
        from: row.get(2)?,
        until: row.get(3)?,
        group: row.get(4)?,
        slots: json(row, 5)?,
        given: json(row, 6)?,
        payments: json(row, 7)?,
        status: word(row, 8)?,
        status_reason: row.get(9)?,
        decided_at: instant(row, 10)?,
        verdict: row.get::<_, Option<String>>(11)?.map(|_| json(row, 11)).transpose()?,
        brings: row.get(12)?,
    })
}

fn read_credits(db: &Connection, children: &[Child]) -> rusqlite::Result<Vec<Credit>> {
    let mut query = db.prepare_cached(
        "SELECT id, child, name, unit, total, valid_from, valid_until, weeks, note, line
         FROM credit WHERE child = ?1 ORDER BY number",
    )?;
    let mut credits = Vec::new();
    for child in children {
        let rows = query.query_map([&child.id], |row| {
            Ok(Credit {
                id: row.get(0)?,
                child: row.get(1)?,
                name: row.get(2)?,
                unit: word(row, 3)?,
                total: row.get(4)?,
                valid_from: row.get(5)?,
                valid_until: row.get(6)?,
                weeks: word(row, 7)?,
                note: row.get(8)?,
                line: row.get(9)?,
            })
        })?;
        for credit in rows {
            credits.push(credit?);
        }
    }
    Ok(credits)
}

fn read_changes(db: &Connection, children: &[Child]) -> rusqlite::Result<Vec<Change>> {
    let mut query = db.prepare_cached(
        "SELECT child, day, part, of, starts, ends FROM slot_change WHERE child = ?1",
    )?;
    let mut changes = Vec::new();
    for child in children {
        let rows = query.query_map([&child.id], |row| {
            let of: String = row.get(3)?;
            Ok(Change {
                child: row.get(0)?,
                day: row.get(1)?,
                part: row.get(2)?,
                of: Some(of).filter(|of| !of.is_empty()),
                to: instant(row, 4)?.zip(instant(row, 5)?),
            })
        })?;
        for change in rows {
            changes.push(change?);
        }
    }
    Ok(changes)
}

type Places = BTreeMap<(String, NaiveDate, String), u32>;

fn read_places(db: &Connection, today: NaiveDate) -> rusqlite::Result<Places> {
    let mut query =
        db.prepare_cached("SELECT group_name, day, part, places FROM places WHERE day >= ?1")?;
    let rows = query
        .query_map([today], |row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?)))?;
    rows.collect()
}

/// The places other families hold from today on.
fn read_others(db: &Connection, family: i64, today: NaiveDate) -> rusqlite::Result<Places> {
    let mut query = db.prepare_cached(
        "SELECT group_name, slots FROM care_line
         JOIN care_request ON care_request.id = care_line.request
         WHERE status IN ('asked', 'approved') AND until_day >= ?2 AND family <> ?1
           AND kind <> 'absence'",
    )?;
    let rows = query.query_map(params![family, today], |row| {
        Ok((row.get::<_, String>(0)?, json::<Vec<Slot>>(row, 1)?))
    })?;
    let mut others = Places::new();
    for row in rows {
        let (group, slots) = row?;
        for slot in slots {
            *others.entry((group.clone(), slot.day, slot.part)).or_default() += 1;
        }
    }
    Ok(others)
}

/// Writes what a rule changed, and tells the family that listens.
pub fn write(
    db: &Connection,
    family: i64,
    before: &Planning,
    after: &Planning,
) -> rusqlite::Result<()> {
    if keep(db, family, before, after)? { tell(db, family, What::Planning) } else { Ok(()) }
}

/// Writes what a rule changed, and says whether that is anything at all.
pub fn keep(
    db: &Connection,
    family: i64,
    before: &Planning,
    after: &Planning,
) -> rusqlite::Result<bool> {
    let mut changed = false;
    for request in &after.requests {
        let kept = before.requests.iter().find(|kept| kept.id == request.id);
        if kept != Some(request) {
            write_request(db, family, request)?;
            changed = true;
        }
    }
    for credit in &before.credits {
        if !after.credits.iter().any(|kept| kept.id == credit.id) {
            db.execute("DELETE FROM credit WHERE id = ?1", [&credit.id])?;
            changed = true;
        }
    }
    for credit in &after.credits {
        if !before.credits.contains(credit) {
            write_credit(db, credit)?;
            changed = true;
        }
    }
    Ok(changed)
}

fn write_request(db: &Connection, family: i64, request: &Request) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO care_request (id, family, kind, sent_at, sent_by, account, key, whole,
                                   expires_on, remark, reason, told)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (id) DO UPDATE SET told = excluded.told",
    )?;
    insert.execute(params![
        request.id,
        family,
        to_word(&request.kind),
        request.sent_at.timestamp_millis(),
        request.sent_by,
        request.account,
        request.key,
        request.whole,
        request.expires_on,
        request.remark,
        request.reason.as_ref().map(to_word),
        request.told,
    ])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO care_line (id, request, position, child, from_day, until_day, group_name,
                                slots, given, payments, status, status_reason, decided_at,
                                verdict, brings, deadline)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
         ON CONFLICT (id) DO UPDATE SET
           status = excluded.status, status_reason = excluded.status_reason,
           decided_at = excluded.decided_at, verdict = excluded.verdict,
           deadline = excluded.deadline",
    )?;
    for (position, line) in (0_i64..).zip(&request.lines) {
        let asked = line.status == crate::planning::Status::Asked;
        let lapses = deadline(request, line).filter(|_| asked);
        insert.execute(params![
            line.id,
            request.id,
            position,
            line.child,
            line.from,
            line.until,
            line.group,
            to_json(&line.slots),
            to_json(&line.given),
            to_json(&line.payments),
            to_word(&line.status),
            line.status_reason,
            line.decided_at.map(|at| at.timestamp_millis()),
            line.verdict.as_ref().map(to_json),
            line.brings,
            lapses.map(|at| at.timestamp_millis()),
        ])?;
    }
    Ok(())
}

fn write_credit(db: &Connection, credit: &Credit) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO credit (id, child, name, unit, total, valid_from, valid_until, weeks, note,
                             line)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    insert
        .execute(params![
            credit.id,
            credit.child,
            credit.name,
            to_word(&credit.unit),
            credit.total,
            credit.valid_from,
            credit.valid_until,
            to_word(&credit.weeks),
            credit.note,
            credit.line,
        ])
        .map(drop)
}

/// Lets the time pass: what was not judged in time is withdrawn, and its parents are told once,
/// however often and by whom this is called.
pub fn pass_time(db: &Connection, portal: &Portal) -> rusqlite::Result<()> {
    let now = portal.clock.now();
    let mut query = db.prepare_cached(
        "SELECT DISTINCT family FROM care_line JOIN care_request ON care_request.id = request
         WHERE deadline <= ?1 ORDER BY family",
    )?;
    let families: Vec<i64> = query
        .query_map([now.timestamp_millis()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for family in families {
        let before = read(db, portal, family)?;
        let mut after = before.clone();
        let letters = expire(&mut after, now);
        write(db, family, &before, &after)?;
        for letter in letters {
            send(db, portal, family, &letter)?;
        }
    }
    Ok(())
}

/// Writes to the parents; the conversation in which it stands comes back.
pub fn send(
    db: &Connection,
    portal: &Portal,
    family: i64,
    letter: &Letter,
) -> rusqlite::Result<String> {
    let beginning = Beginning {
        family,
        child: &letter.child,
        group: Some(&letter.group),
        subject: &letter.subject,
    };
    let text = html(&letter.text);
    let line = writing::Line { html: &text, author: PLANNERS, from_parent: false, key: None };
    let (begun, _) = writing::begin(db, portal, &beginning, &line)?;
    let told = "UPDATE care_request SET conversation = ?2 WHERE id = ?1";
    db.execute(told, [&letter.request, &begun.id])?;
    mail::send(db, portal, Some(family), Item::Requests, &letter.subject)?;
    Ok(begun.id)
}

/// Who judges.
const PLANNERS: &str = "Afdeling planning";

fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(DateTime::from_timestamp_millis))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
    })
}

/// A value that is kept as one word.
fn word<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_value(text.into()).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
    })
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn to_word(value: &impl Serialize) -> String {
    to_json(value).trim_matches('"').to_owned()
}
