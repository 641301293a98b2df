//! Writes a calendar.

use super::content::Content;
use super::event::{Event, Status};
use super::zone;
use crate::api::Language;
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use std::fmt::Write;

/// How often programs should look again (RFC 5545 duration).
const REFRESH: &str = "PT1H";
/// One of CSS's names, as RFC 7986 wants it.
const COLOUR: &str = "teal";

/// An event with what calendar programs need to follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// Its identity for calendar programs.
    pub uid: String,
    /// How often it changed.
    pub sequence: u32,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// What is told.
    pub event: Event,
}

/// The calendar of an organisation, as iCalendar.
pub(super) fn calendar(organisation: Option<&str>, events: &[Told], language: Language) -> String {
    let words = Words::of(language);
    let name = match organisation {
        Some(organisation) => format!("{} {organisation}", words.calendar),
        None => words.calendar.to_owned(),
    };
    let mut content = Content::default();
    content.line("BEGIN", "VCALENDAR");
    content.line("VERSION", "2.0");
    let program = concat!("-//Schriftje//Schriftje ", env!("CARGO_PKG_VERSION"), "//");
    content.line("PRODID", &format!("{program}{}", words.language));
    content.line("CALSCALE", "GREGORIAN");
    content.line("METHOD", "PUBLISH");
    content.text("NAME", &name);
    content.text("X-WR-CALNAME", &name);
    content.line("X-WR-TIMEZONE", zone::NAME);
    content.line("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    content.line("X-PUBLISHED-TTL", REFRESH);
    content.line("COLOR", COLOUR);
    zone::add(&mut content);
    for told in events {
        add(&mut content, told, words);
    }
    content.line("END", "VCALENDAR");
    content.into_text()
}

fn add(content: &mut Content, told: &Told, words: &Words) {
    let event = &told.event;
    let changed = stamp(told.changed_at);
    content.line("BEGIN", "VEVENT");
    content.line("UID", &told.uid);
    content.line("DTSTAMP", &changed);
    content.line("LAST-MODIFIED", &changed);
    content.line("SEQUENCE", &told.sequence.to_string());
    content.line(
        "STATUS",
        match event.status {
            Status::Confirmed => "CONFIRMED",
            Status::Tentative => "TENTATIVE",
            Status::Cancelled => "CANCELLED",
        },
    );
    time(content, "DTSTART", event.starts_at);
    // An end that is not after the beginning is none.
    if event.ends_at > event.starts_at {
        time(content, "DTEND", event.ends_at);
    }
    content.text("SUMMARY", &format!("{} – {}", event.child, words.care));
    let mut description = String::new();
    if let Some(group) = &event.group {
        content.text("LOCATION", group);
        let _ = write!(description, "{}: {group}", words.group);
    }
    if let Some(extra) = &event.extra {
        let _ = write!(description, "{}{extra}", if description.is_empty() { "" } else { "\n" });
    }
    if !description.is_empty() {
        content.text("DESCRIPTION", &description);
    }
    // It is the child that is busy.
    content.line("TRANSP", "TRANSPARENT");
    content.line("END", "VEVENT");
}

/// A time on the clock in Amsterdam. The hour that comes twice is told in UTC the second time: on
/// the clock it would be the first.
fn time(content: &mut Content, name: &str, at: DateTime<Utc>) {
    let local = at.with_timezone(&Amsterdam).naive_local();
    if Amsterdam.from_local_datetime(&local).earliest().is_some_and(|first| first == at) {
        let name = format!("{name};TZID={}", zone::NAME);
        content.line(&name, &local.format("%Y%m%dT%H%M%S").to_string());
    } else {
        content.line(name, &stamp(at));
    }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

struct Words {
    language: &'static str,
    calendar: &'static str,
    care: &'static str,
    group: &'static str,
}

const DUTCH: Words = Words { language: "NL", calendar: "Opvang", care: "opvang", group: "Groep" };
const ENGLISH: Words =
    Words { language: "EN", calendar: "Childcare", care: "childcare", group: "Group" };

impl Words {
    fn of(language: Language) -> &'static Self {
        match language {
            Language::Nl => &DUTCH,
            Language::En => &ENGLISH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn told(from: &str, until: &str) -> Told {
        let event = Event {
            child: "Noortje".into(),
            starts_at: at(from),
            ends_at: at(until),
            status: Status::Tentative,
            group: Some("Hamsters; boven".into()),
            extra: Some("Optie extra".into()),
        };
        Told {
            uid: "u@schriftje".into(),
            sequence: 3,
            changed_at: at("2026-03-14T15:00:00Z"),
            event,
        }
    }

    fn lines(told: &Told, language: Language) -> Vec<String> {
        let text = calendar(Some("De Boomhut"), std::slice::from_ref(told), language);
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn an_event_says_who_where_until_when_and_how_sure_it_is() {
        let told = told("2026-03-16T06:30:00Z", "2026-03-16T17:30:00Z");
        let written = lines(&told, Language::Nl);
        for line in [
            "NAME:Opvang De Boomhut",
            "X-WR-CALNAME:Opvang De Boomhut",
            "METHOD:PUBLISH",
            "UID:u@schriftje",
            "SEQUENCE:3",
            "STATUS:TENTATIVE",
            "DTSTAMP:20260314T150000Z",
            "DTSTART;TZID=Europe/Amsterdam:20260316T073000",
            "DTEND;TZID=Europe/Amsterdam:20260316T183000",
            "SUMMARY:Noortje – opvang",
            "LOCATION:Hamsters\\; boven",
            "DESCRIPTION:Groep: Hamsters\\; boven\\nOptie extra",
        ] {
            assert!(written.iter().any(|written| written == line), "{line}: {written:#?}");
        }
        let english = lines(&told, Language::En);
        assert!(english.iter().any(|line| line == "SUMMARY:Noortje – childcare"));
    }

    #[test]
    fn the_hour_that_comes_twice_is_told_apart() {
        let night = lines(&told("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"), Language::Nl);
        assert!(night.contains(&"DTSTART;TZID=Europe/Amsterdam:20261025T023000".to_owned()));
        assert!(night.contains(&"DTEND:20261025T013000Z".to_owned()), "{night:#?}");
    }

    #[test]
    fn an_end_before_the_beginning_is_not_written() {
        let turned = lines(&told("2026-03-16T06:30:00Z", "2026-03-16T06:30:00Z"), Language::Nl);
        assert!(!turned.iter().any(|line| line.starts_with("DTEND")));
    }
}
