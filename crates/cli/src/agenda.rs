//! `agenda`, `calendar`: the planning, from what is here.

use crate::arguments::{Calendar, Days};
use crate::messages::harmless;
use crate::output::Output;
use crate::places;
use crate::words::Words;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;
use schriftje_app::App;
use schriftje_app::api::{Agenda, AgendaQuery, AppError};
use schriftje_model::{Attendance, CareSlot, today};
use std::fmt::Write;

/// Days shown after the first unless the last is given.
const SHOWN: TimeDelta = TimeDelta::days(27);

/// Shows days of the planning.
pub async fn agenda(app: &App, days: &Days, output: &Output) -> Result<(), AppError> {
    let from = days.from.unwrap_or_else(|| today(Utc::now()));
    let until = days.until.unwrap_or_else(|| from.checked_add_signed(SHOWN).unwrap_or(from));
    let agenda = app.agenda(AgendaQuery { children: Vec::new(), from, until }).await?;
    if agenda.known.is_none_or(|known| known.from > from || known.until < until) {
        output.message(output.words.days_unknown);
    }
    output.answer(&agenda, |agenda| show(agenda, output.words));
    Ok(())
}

fn show(agenda: &Agenda, words: &Words) -> String {
    if agenda.days.is_empty() {
        return words.nothing_planned.to_owned();
    }
    let mut text = String::new();
    for day in &agenda.days {
        let _ = write!(text, "{}", day.day);
        if let Some(mark) = &day.mark {
            if let Some(closed) = &mark.closed {
                let _ = write!(text, "  {}: {closed}", words.closed);
            }
            if let Some(holiday) = &mark.school_holiday {
                let _ = write!(text, "  {holiday}");
            }
        }
        text.push('\n');
        for slot in &day.slots {
            let _ = writeln!(text, "  {}", describe(slot, words));
        }
    }
    harmless(&text)
}

fn describe(slot: &CareSlot, words: &Words) -> String {
    let status = match slot.attendance {
        Attendance::Attend if slot.to_confirm => words.to_confirm,
        Attendance::Attend => words.expected,
        Attendance::Absent => words.absent,
        Attendance::Tentative => words.tentative,
        Attendance::Unknown => words.not_known_status,
    };
    let (from, until) = (clock(slot.starts_at), clock(slot.ends_at));
    let group = slot.group.as_deref().unwrap_or_default();
    format!("{from}–{until}  {}  {group}  {status}", slot.child_name)
}

/// A time at the nursery, wherever the terminal is.
fn clock(at: DateTime<Utc>) -> String {
    at.with_timezone(&Amsterdam).format("%H:%M").to_string()
}

/// Writes the planning for calendar programs.
pub async fn calendar(app: &App, command: Calendar, output: &Output) -> Result<(), AppError> {
    let Calendar::Export { to, days } = command;
    let exported = app.export_calendar(places::absolute(&to)?, days.from, days.until).await?;
    output.answer(&exported, |exported| {
        format!("{}  {} {}", exported.file, exported.events, output.words.slots)
    });
    Ok(())
}
