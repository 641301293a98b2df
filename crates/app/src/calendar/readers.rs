//! A calendar as other programs read it: `icalendar` and `ics` of Python know nothing of ours.

use super::book::Book;
use super::file::put;
use super::planned::sample::slot;
use crate::api::{DayRange, Settings};
use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Amsterdam;
use schriftje_model::{Attendance, CareSlot, Day, TestClock};
use schriftje_store::{AccountRecord, Key, OpenMode, SessionState, Store};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// What `cargo xtask test` installs, below the folder this test was built in.
fn python() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let found = test.ancestors().map(|folder| folder.join("tools/calendar-readers").join(program));
    found
        .into_iter()
        .find(|path| path.exists())
        .expect("what reads calendars must be installed: cargo xtask test, or cargo xtask readers")
}

fn read(calendar: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/calendar/readers.py");
    let output = Command::new(python()).arg(script).arg(calendar).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "a warning");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn at(day: Day, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
    Amsterdam.from_local_datetime(&local).earliest().unwrap().to_utc()
}

/// Two children through 2026: three days a week, after-school care in between, a night over each
/// clock change, days off, and an extra day that is not decided yet.
fn planning(from: Day, until: Day) -> Vec<CareSlot> {
    let mut slots = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= until) {
        let named = |child: &str, name: &str, from, until| CareSlot {
            child_name: name.into(),
            starts_at: from,
            ends_at: until,
            ..slot(child, &day.to_string(), 0)
        };
        if matches!(day.weekday(), Weekday::Mon | Weekday::Tue | Weekday::Thu) {
            let attendance = match day.day() {
                17 => Attendance::Absent,
                9 => Attendance::Tentative,
                _ => Attendance::Attend,
            };
            let extra_info = (attendance == Attendance::Tentative).then(|| {
                "Optie extra: brood, fruit; \\ \"thuis\"\nen een heel lange regel – ".repeat(3)
            });
            let whole = named("noortje", "Noortje", at(day, 7, 30), at(day, 18, 30));
            slots.push(CareSlot { attendance, extra_info, ..whole });
            for (ordinal, from, until) in [(0, (7, 0), (8, 30)), (1, (14, 15), (18, 30))] {
                let after = named(
                    "sem",
                    "Sem Jäger-老虎",
                    at(day, from.0, from.1),
                    at(day, until.0, until.1),
                );
                slots.push(CareSlot { ordinal, ..after });
            }
        }
        if matches!((day.month(), day.day()), (3, 28) | (10, 24)) {
            let next = day + TimeDelta::days(1);
            slots.push(named("noortje", "Noortje", at(day, 22, 0), at(next, 9, 0)));
        }
    }
    slots
}

#[tokio::test]
async fn a_year_with_both_clock_changes_is_read_by_other_programs_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let key = Key::from_bytes([7; 32]);
    let store = Store::open(&folder.path().join("a"), &key, OpenMode::Create).await.unwrap().store;
    let account = AccountRecord {
        id: "a".into(),
        portal: "https://boomhut.example".into(),
        username: "sanne".into(),
        parent_name: None,
        email: None,
        organisation: Some("De Boomhut, locatie Zuid; groep \"0-4\"".into()),
        session: SessionState::SignedIn,
        device: String::new(),
    };
    store.save_account(account).await.unwrap();
    let clock = Arc::new(TestClock::at("2026-03-14T15:00:00Z".parse().unwrap()));
    let book =
        Book { store, clock, settings: Arc::new(std::sync::Mutex::new(Settings::default())) };
    let (from, until) = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    let slots = planning(from, until);
    book.note(DayRange { from, until }, &slots).await.unwrap();
    let issue = book.issue(None, None).await.unwrap();
    let file = folder.path().join("opvang.ics");
    put(&file, &issue.text).unwrap();
    assert_eq!(issue.events as usize, slots.len());

    let expected: BTreeSet<Vec<String>> = slots
        .iter()
        .map(|slot| {
            let status = match slot.attendance {
                Attendance::Absent => "CANCELLED",
                Attendance::Tentative => "TENTATIVE",
                _ => "CONFIRMED",
            };
            let extra = slot.extra_info.as_ref().map(|extra| format!("\n{extra}"));
            let description = format!("Groep: Hamsters{}", extra.unwrap_or_default());
            let time = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string();
            let summary = format!("{} – opvang", slot.child_name);
            vec![time(slot.starts_at), time(slot.ends_at), status.into(), summary, description]
        })
        .collect();
    let read = read(&file);
    for reader in ["icalendar", "ics"] {
        let found: Vec<Vec<String>> = serde_json::from_value(read[reader].clone()).unwrap();
        let uids: BTreeSet<&String> = found.iter().map(|event| &event[0]).collect();
        assert_eq!(uids.len(), slots.len(), "{reader}: each slot has an identity of its own");
        let found: BTreeSet<Vec<String>> = found.iter().map(|event| event[1..].to_vec()).collect();
        assert_eq!(found, expected, "{reader}");
    }
}
