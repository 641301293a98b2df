//! The invented organisation: made once from the seed and the day, and kept.

mod about;
mod agenda;
mod album;
mod closed;
mod consents;
mod days;
mod information;
mod letters;
mod notices;
mod observations;
pub mod people;
mod report;
mod rhythm;
mod school_holidays;
mod team;
mod words;

pub use album::{Album, Roll};
pub use closed::{closed, holiday, why_closed};
pub use days::{NO_CONSENT, dice, pool};
pub use school_holidays::school_holiday;

use crate::day::{hour, today};
use crate::options::Options;
use crate::portal::Secret;
use crate::running::DemoAccount;
use crate::store::Store;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use days::Chronicle;
use people::{Child, DEMO_FAMILY, NEW_FAMILY};
use rusqlite::{Connection, Transaction, params};

/// The name of the demo's organisation.
pub const ORGANISATION: &str = crate::Organisation::BOSRAND.name;

/// Everybody's password.
pub const PASSWORD: &str = "welkom-demo";

/// User name, full name, family, and what happens on signing in.
const ACCOUNTS: [(&str, &str, i64, &str); 5] = [
    ("sanne", "Sanne Bloem", DEMO_FAMILY, "open"),
    ("joris", "Joris Bloem", DEMO_FAMILY, "open"),
    ("geblokkeerd", "Gerda Blok", DEMO_FAMILY, "locks"),
    ("resetten", "Ruud Setten", DEMO_FAMILY, "must_reset"),
    ("nieuw", "Nina van den Berg", NEW_FAMILY, "open"),
];

/// Opens the portal's memory, filling it when it holds another portal or none.
pub fn open(
    options: &Options,
    secret: &Secret,
    now: DateTime<Utc>,
) -> anyhow::Result<(Store, Vec<Child>)> {
    std::fs::create_dir_all(&options.data)?;
    let version = &secret.id(&[include_str!("../schema.sql")])[..8];
    let organisation = options.organisation.id;
    let fingerprint =
        format!("{version}|{organisation}|{:?}|{}|{}", options.size, options.seed, today(now));
    let children = people::children(options.size, secret, today(now));
    let store = Store::open(&options.data.join("portal.db"), &fingerprint, |db| {
        let tx = db.transaction()?;
        write_accounts(&tx)?;
        write_children(&tx, &children)?;
        letters::write(&tx, secret, &children, options.size, today(now))?;
        notices::write(&tx, secret, options.size, today(now))?;
        team::write(&tx, secret)?;
        about::write(&tx, secret, &children, today(now))?;
        consents::write(&tx, secret, &children, today(now))?;
        if options.organisation.rules.pages {
            information::write(&tx, secret, today(now))?;
        }
        if options.organisation.rules.observations {
            observations::write(&tx, secret, &children, today(now))?;
        }
        let mut chronicle = Chronicle::new(secret, &children, options.size);
        chronicle.today = today(now);
        chronicle.hour = hour(now);
        chronicle.write(&tx)?;
        agenda::write(&tx, options, secret, &children, now)?;
        tx.commit()?;
        Ok(())
    })?;
    Ok((store, children))
}

fn write_accounts(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    for (username, full_name, family, state) in ACCOUNTS {
        tx.execute(
            "INSERT INTO account (username, password, full_name, email, family, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                username,
                PASSWORD,
                full_name,
                format!("{username}@voorbeeld.example"),
                family,
                state
            ],
        )?;
    }
    Ok(())
}

fn write_children(tx: &Transaction<'_>, children: &[Child]) -> rusqlite::Result<()> {
    for (position, child) in (0_i64..).zip(children) {
        tx.execute(
            "INSERT INTO child (id, family, position, first_name, middle_name, last_name, born,
                                starts, ends, day_care_group, after_school_group,
                                holiday_group, weekdays, face)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            params![
                child.id,
                child.family,
                position,
                child.first_name,
                child.middle_name,
                child.last_name,
                child.born,
                child.starts,
                child.ends,
                child.day_care_group,
                child.after_school_group,
                child.holiday_group,
                child.weekdays,
                child.face,
            ],
        )?;
    }
    Ok(())
}

/// Everybody who can sign in, or shows why not.
pub fn accounts(db: &Connection) -> rusqlite::Result<Vec<DemoAccount>> {
    let mut query =
        db.prepare("SELECT username, password, full_name FROM account ORDER BY number")?;
    let rows = query.query_map([], |row| {
        Ok(DemoAccount { username: row.get(0)?, password: row.get(1)?, name: row.get(2)? })
    })?;
    rows.collect()
}

/// Whether a child of this birthday has turned four: day care makes place for after-school care.
pub fn goes_to_school(born: NaiveDate, day: NaiveDate) -> bool {
    let year = born.year() + 4;
    let fourth = born.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1));
    fourth.is_some_and(|fourth| day >= fourth)
}
