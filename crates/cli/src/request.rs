//! `request`: asking for a day, swapping one, reporting an absence. What is possible and what it
//! is worth, the portal computes.

use crate::arguments::{Absence, Request, Wanted};
use crate::commands::child_named;
use crate::messages::{harmless, sent_or_waits};
use crate::output::Output;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::{
    AppError, ChildPossibilities, ErrorCode, GivenIn, Possibilities, QuoteQuery,
};
use schriftje_model::{
    AbsenceForm, Attendance, Booking, BookingLine, ChildId, ChildSlots, CreditId, Day, DayPart,
    Payment, Quote, RequestForm, RequestKind, SlotRef,
};
use std::fmt::Write;
use std::process::ExitCode;

/// Does what was asked.
pub async fn run(app: &App, command: Request, output: &Output) -> Result<ExitCode, AppError> {
    match command {
        Request::Absence(absence) => report(app, absence, output).await,
        Request::Day(day) => {
            let credit = day.credit.map(CreditId);
            ask(app, RequestKind::Extra, day.wanted, Vec::new(), credit, output).await
        }
        Request::Swap(swap) => {
            let children = named(app, &swap.wanted.child).await?;
            let until = swap.give_until.unwrap_or(swap.give);
            let given = planned(app, &children, swap.give, until).await?;
            if given.is_empty() {
                return Err(AppError::new(ErrorCode::NothingChosen, "nothing is planned to give"));
            }
            ask(app, RequestKind::Swap, swap.wanted, given, None, output).await
        }
    }
}

async fn report(app: &App, absence: Absence, output: &Output) -> Result<ExitCode, AppError> {
    let children = named(app, &absence.child).await?;
    let (from, until) = (absence.from, absence.until.unwrap_or(absence.from));
    let lines = planned(app, &children, from, until).await?;
    let reason = absence.reason.into();
    let form = AbsenceForm { from, until, lines, reason, remark: absence.remark };
    let write = app.send_absence(form).await?;
    sent_or_waits(app, write.id, output).await
}

async fn named(app: &App, names: &[String]) -> Result<Vec<ChildId>, AppError> {
    let mut children: Vec<ChildId> = Vec::with_capacity(names.len());
    for name in names {
        let child = child_named(app, name).await?;
        if !children.contains(&child) {
            children.push(child);
        }
    }
    Ok(children)
}

/// What each of these children is expected for.
async fn planned(
    app: &App,
    children: &[ChildId],
    from: Day,
    until: Day,
) -> Result<Vec<ChildSlots>, AppError> {
    let expected = app.expected(from, until).await?.into_iter();
    let lines = expected.filter(|expected| children.contains(&expected.child.id)).map(|expected| {
        let slots = expected.slots.into_iter().filter(|slot| slot.attendance != Attendance::Absent);
        let slots = slots.map(|slot| SlotRef {
            day: slot.day,
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
        });
        ChildSlots { child: expected.child.id, slots: slots.collect() }
    });
    Ok(lines.filter(|line| !line.slots.is_empty()).collect())
}

async fn ask(
    app: &App,
    kind: RequestKind,
    wanted: Wanted,
    given: Vec<ChildSlots>,
    credit: Option<CreditId>,
    output: &Output,
) -> Result<ExitCode, AppError> {
    let children = named(app, &wanted.child).await?;
    let (from, until) = (wanted.day, wanted.until.unwrap_or(wanted.day));
    let lines = match app.possibilities(kind, from, until).await {
        Ok(possible) => children
            .iter()
            .map(|child| line(&possible, child, &wanted.part, credit.clone()))
            .collect::<Result<Vec<_>, _>>()?,
        // The app keeps it as a wish: what is possible nobody can say now.
        Err(error) if is_no_network(error.code) && !wanted.dry_run => {
            let wish = |child: ChildId| BookingLine { child, parts: Vec::new(), credit: None };
            children.into_iter().map(wish).collect()
        }
        Err(error) => return Err(not_then(error)),
    };
    let mut booking = Booking { from, until, lines, given, quote: None };
    if booking.lines.iter().all(|line| !line.parts.is_empty()) {
        let query = QuoteQuery { kind, booking: booking.clone(), before: Vec::new() };
        let quote = app.quote(query).await.map_err(not_then)?;
        if wanted.dry_run {
            output.answer(&quote, |quote| worth(quote, output.words));
            return Ok(ExitCode::SUCCESS);
        }
        output.message(&worth(&quote, output.words));
        booking.quote = Some(quote);
    }
    let form = RequestForm {
        kind,
        bookings: vec![booking],
        whole: wanted.whole,
        expires_on: wanted.expires,
        remark: wanted.remark,
    };
    match give_in(app, form).await? {
        GivenIn::Queued { write } => sent_or_waits(app, write.id, output).await,
        GivenIn::Wish { wish } => {
            output.answer(&wish, |wish| wish.id.to_string());
            output.message(output.words.kept_as_wish);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Gives a form in, and leaves the one that is being filled in at the window as it is.
async fn give_in(app: &App, form: RequestForm) -> Result<GivenIn, AppError> {
    let kind = form.kind;
    let left = app.request_form(kind).await?;
    app.save_request_form(form).await?;
    let given_in = app.send_request(kind).await;
    if left == RequestForm::empty(kind) {
        if given_in.is_err() {
            app.discard_request_form(kind).await?;
        }
    } else {
        app.save_request_form(left).await?;
    }
    given_in
}

/// What is asked for a child, as the portal names it.
fn line(
    possible: &Possibilities,
    child: &ChildId,
    names: &[String],
    credit: Option<CreditId>,
) -> Result<BookingLine, AppError> {
    let nothing = || AppError::new(ErrorCode::PeriodNotAllowed, "not possible then");
    let own = possible.children.iter().find(|own| own.child == *child).ok_or_else(nothing)?;
    let parts = names.iter().map(|name| part(possible, own, name)).collect::<Result<_, _>>()?;
    if let Some(credit) = &credit {
        if let Some(not) = own.not_usable.iter().find(|not| not.credit.id == *credit) {
            return Err(nothing().saying(not.reason.clone()));
        }
        if !own.credits.iter().any(|known| known.id == *credit) {
            return Err(AppError::not_found("credit"));
        }
    }
    Ok(BookingLine { child: child.clone(), parts, credit })
}

fn part(
    possible: &Possibilities,
    own: &ChildPossibilities,
    name: &str,
) -> Result<DayPart, AppError> {
    let wanted = name.trim().to_lowercase();
    let called = |part: &DayPart| part.id == name || part.name.to_lowercase() == wanted;
    let known = own.parts.iter().find(|known| called(&known.part));
    if let Some(known) = known.filter(|known| !known.days.is_empty()) {
        return Ok(known.part.clone());
    }
    let refused = known.and_then(|known| known.refused.first());
    let refused = refused.or_else(|| possible.closed.first());
    let reason = refused.map(|refused| refused.reason.clone()).or_else(|| own.reason.clone());
    let error = match &reason {
        // There are parts, and none is called so.
        None if known.is_none() => return Err(AppError::not_found("part of the day")),
        _ => AppError::new(ErrorCode::PeriodNotAllowed, "not possible then"),
    };
    Err(reason.into_iter().fold(error, AppError::saying))
}

/// What the portal refuses before anything is sent is not possible then; nobody was refused.
fn not_then(error: AppError) -> AppError {
    match error.code {
        ErrorCode::Refused => AppError { code: ErrorCode::PeriodNotAllowed, ..error },
        _ => error,
    }
}

fn is_no_network(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::Offline | ErrorCode::TimedOut | ErrorCode::PortalDown)
}

fn worth(quote: &Quote, words: &Words) -> String {
    let mut text = String::new();
    for line in &quote.lines {
        let paid = match &line.payment {
            Payment::Invoice { cents: Some(cents) } => {
                format!("{} € {},{:02}", words.by_invoice, cents / 100, cents % 100)
            }
            Payment::Invoice { cents: None } => words.by_invoice.to_owned(),
            Payment::Credit { credit, amount, .. } => {
                format!("{} {credit} ({amount})", words.by_credit)
            }
        };
        let notice = line.notice.as_deref().unwrap_or_default();
        let _ = writeln!(text, "{}  {}×  {paid}  {notice}", line.part, line.days);
    }
    for notice in &quote.notices {
        let _ = writeln!(text, "{notice}");
    }
    harmless(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;
    use schriftje_app::api::{ClosedDay, PossiblePart};

    fn possible(parts: Vec<PossiblePart>) -> Possibilities {
        let day = "2026-03-18".parse().unwrap();
        let own = ChildPossibilities {
            child: "noortje".into(),
            child_name: "Noortje".into(),
            planned: Vec::new(),
            parts,
            credits: Vec::new(),
            not_usable: Vec::new(),
            reason: None,
        };
        Possibilities { from: day, until: day, closed: Vec::new(), children: vec![own] }
    }

    fn part_of(name: &str, possible: bool) -> PossiblePart {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let part =
            DayPart { id: format!("id-{name}"), name: name.into(), start: time(8), end: time(13) };
        let day: Day = "2026-03-18".parse().unwrap();
        let full = ClosedDay { day, reason: "Deze groep is vol".into() };
        let (days, refused) = if possible { (vec![day], vec![]) } else { (vec![], vec![full]) };
        PossiblePart { part, group: None, days, refused }
    }

    fn asked(
        possible: &Possibilities,
        name: &str,
    ) -> Result<Vec<String>, (ErrorCode, Option<String>)> {
        line(possible, &"noortje".into(), &[name.to_owned()], None)
            .map(|line| line.parts.into_iter().map(|part| part.id).collect())
            .map_err(|error| (error.code, error.portal_says))
    }

    #[test]
    fn a_day_part_is_found_by_its_name_and_one_that_is_full_says_the_portals_reason() {
        let possible = possible(vec![part_of("Ochtend", true), part_of("Middag", false)]);
        assert_eq!(asked(&possible, "ochtend"), Ok(vec!["id-Ochtend".to_owned()]));
        let full = Some("Deze groep is vol".to_owned());
        assert_eq!(asked(&possible, "Middag"), Err((ErrorCode::PeriodNotAllowed, full)));
        assert_eq!(asked(&possible, "Nacht"), Err((ErrorCode::NotFound, None)));
    }

    #[test]
    fn a_credit_that_is_not_the_childs_pays_nothing() {
        let possible = possible(vec![part_of("Ochtend", true)]);
        let names = ["Ochtend".to_owned()];
        let line = line(&possible, &"noortje".into(), &names, Some(CreditId("van-sem".into())));
        assert_eq!(line.unwrap_err().code, ErrorCode::NotFound);
    }
}
