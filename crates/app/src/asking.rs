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
    if form.expires_on.is_some_and(|day| !(today..=first).contains(&day)) {
        return Err(not_allowed("a request expires from today until its first day"));
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
