//! What must hold before something is asked of the planning or an absence is reported. Told before
//! it waits anywhere; the portal decides the rest.

use crate::api::{AppError, ErrorCode};
use crate::writing::plain;
use chrono::{DateTime, Utc};
use schriftje_model::{AbsenceForm, Booking, Day, RequestForm, RequestKind, today};
use schriftje_sync::Offered;

/// The longest stretch of days a portal is asked about.
const LONGEST_DAYS: i64 = 400;

/// The request as it is given in, or what is wrong with it.
pub(crate) fn checked_request(
    form: &RequestForm,
    offered: &Offered,
    now: DateTime<Utc>,
) -> Result<RequestForm, AppError> {
    offers(offered, "requests")?;
    let today = today(now);
    let Some(first) = form.first_day() else { return Err(nothing()) };
    for booking in &form.bookings {
        period(booking.from, booking.until, today)?;
        if !says_something(form.kind, booking) {
            return Err(nothing());
        }
    }
    if form.whole && !form.is_of_one_day() {
        return Err(not_allowed("only a single day is judged as a whole"));
    }
    if form.expires_on.is_some_and(|day| day <= today || day > first) {
        return Err(not_allowed("a request expires from tomorrow until its first day"));
    }
    Ok(RequestForm { remark: remark(&form.remark, offered)?, ..form.clone() })
}

/// The absence as it is given in, or what is wrong with it.
pub(crate) fn checked_absence(
    mut form: AbsenceForm,
    offered: &Offered,
    now: DateTime<Utc>,
) -> Result<AbsenceForm, AppError> {
    offers(offered, "absences")?;
    period(form.from, form.until, today(now))?;
    form.lines.retain(|line| !line.slots.is_empty());
    if form.lines.is_empty() {
        return Err(nothing());
    }
    let mut slots = form.lines.iter().flat_map(|line| &line.slots);
    if slots.any(|slot| !(form.from..=form.until).contains(&slot.day)) {
        return Err(not_allowed("a slot lies outside of the period"));
    }
    form.remark = remark(&form.remark, offered)?;
    Ok(form)
}

/// Whether a booking names a child, with its day parts once they are known, and what is given in
/// for a swap.
fn says_something(kind: RequestKind, booking: &Booking) -> bool {
    let chosen = booking.lines.iter().any(|line| !line.parts.is_empty());
    let wanted = if booking.quote.is_some() { chosen } else { !booking.lines.is_empty() };
    let given = booking.given.iter().any(|given| !given.slots.is_empty());
    wanted && (given || kind != RequestKind::Swap)
}

fn offers(offered: &Offered, feature: &str) -> Result<(), AppError> {
    if offered.has(feature) {
        return Ok(());
    }
    let error = "nothing about the planning can be asked at this portal from here";
    Err(AppError::new(ErrorCode::AgendaNotOffered, error))
}

fn period(from: Day, until: Day, today: Day) -> Result<(), AppError> {
    if from < today {
        return Err(not_allowed("the day is past"));
    }
    if !(0..LONGEST_DAYS).contains(&(until - from).num_days()) {
        return Err(not_allowed("the period is too long or the wrong way round"));
    }
    Ok(())
}

fn remark(remark: &str, offered: &Offered) -> Result<String, AppError> {
    let (remark, most) = (plain(remark), offered.limits.text_characters);
    if remark.chars().count() > most as usize {
        return Err(AppError::new(ErrorCode::TextTooLong, format!("more than {most} characters")));
    }
    Ok(remark)
}

fn nothing() -> AppError {
    AppError::new(ErrorCode::NothingChosen, "nothing was chosen")
}

fn not_allowed(why: &str) -> AppError {
    AppError::new(ErrorCode::PeriodNotAllowed, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use schriftje_model::{AbsenceReason, BookingLine, ChildSlots, SlotRef};

    fn now() -> DateTime<Utc> {
        "2026-03-16T12:00:00Z".parse().unwrap()
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn offered() -> Offered {
        let features = vec!["requests".into(), "absences".into()];
        Offered { features, ..Offered::default() }
    }

    fn booking(from: &str, until: &str) -> Booking {
        let line = BookingLine { child: "c1".into(), parts: Vec::new(), credit: None };
        let (from, until) = (day(from), day(until));
        Booking { from, until, lines: vec![line], given: Vec::new(), quote: None }
    }

    fn asked(change: impl FnOnce(&mut RequestForm)) -> Option<ErrorCode> {
        let mut form = RequestForm {
            bookings: vec![booking("2026-03-20", "2026-03-20")],
            ..RequestForm::empty(RequestKind::Extra)
        };
        change(&mut form);
        checked_request(&form, &offered(), now()).err().map(|error| error.code)
    }

    #[test]
    fn what_is_wrong_with_a_request_is_told_before_it_waits() {
        let not_allowed = Some(ErrorCode::PeriodNotAllowed);
        let nothing = Some(ErrorCode::NothingChosen);
        let of = |from: &str, until: &str| {
            let booking = booking(from, until);
            asked(|form| form.bookings = vec![booking])
        };
        assert_eq!(asked(|_| ()), None);
        assert_eq!(asked(|form| form.bookings.clear()), nothing);
        assert_eq!(asked(|form| form.bookings[0].lines.clear()), nothing);
        assert_eq!(asked(|form| form.kind = RequestKind::Swap), nothing);
        assert_eq!(of("2026-03-15", "2026-03-20"), not_allowed);
        assert_eq!(of("2026-03-20", "2026-03-19"), not_allowed);
        assert_eq!(of("2026-03-20", "2027-06-20"), not_allowed);
        assert_eq!(of("2026-03-16", "2026-04-20"), None);
        assert_eq!(asked(|form| form.whole = true), None);
        let whole_period = |form: &mut RequestForm| {
            (form.whole, form.bookings[0].until) = (true, day("2026-03-21"));
        };
        assert_eq!(asked(whole_period), not_allowed);
        for (expires, expected) in [
            ("2026-03-16", not_allowed),
            ("2026-03-17", None),
            ("2026-03-20", None),
            ("2026-03-21", not_allowed),
        ] {
            assert_eq!(asked(|form| form.expires_on = Some(day(expires))), expected, "{expires}");
        }
        let long = "x".repeat(100_000);
        assert_eq!(asked(|form| form.remark = long), Some(ErrorCode::TextTooLong));
    }

    #[test]
    fn an_absence_is_of_slots_within_its_days() {
        let slot = SlotRef { day: day("2026-03-16"), starts_at: now(), ends_at: now() };
        let form = AbsenceForm {
            from: day("2026-03-16"),
            until: day("2026-03-16"),
            lines: vec![
                ChildSlots { child: "c1".into(), slots: vec![slot] },
                ChildSlots { child: "c2".into(), slots: Vec::new() },
            ],
            reason: AbsenceReason::Ill,
            remark: " Koorts\u{0} ".to_owned(),
        };
        let sent = checked_absence(form.clone(), &offered(), now()).unwrap();
        assert_eq!((sent.lines.len(), sent.remark.as_str()), (1, "Koorts"));
        let code = |form| checked_absence(form, &offered(), now()).unwrap_err().code;
        assert_eq!(
            code(AbsenceForm { lines: Vec::new(), ..form.clone() }),
            ErrorCode::NothingChosen
        );
        let later = (day("2026-03-17"), day("2026-03-18"));
        let outside = AbsenceForm { from: later.0, until: later.1, ..form.clone() };
        assert_eq!(code(outside), ErrorCode::PeriodNotAllowed);
        let plain = checked_absence(form, &Offered::default(), now()).unwrap_err();
        assert_eq!(plain.code, ErrorCode::AgendaNotOffered);
    }
}
