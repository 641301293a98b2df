//! Asking for extra days and swaps, at the level of the family.

use super::booking::{Booked, BookedLine, Booking, book};
use super::refused::Refused;
use super::state::{By, Kind, Line, Payment, Planning, Request, Status};
use crate::day::today;
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

/// A request as a parent sends it.
#[derive(Clone, Debug)]
pub struct Ask {
    /// An extra day or a swap.
    pub kind: Kind,
    /// The bookings, each with the token of its quote.
    pub bookings: Vec<(Booking, Option<String>)>,
    pub whole: bool,
    pub expires_on: Option<NaiveDate>,
    pub remark: String,
}

/// Who sends something, and as what it is kept.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The identity the request gets; those of its lines follow from it.
    pub request: String,
    pub name: String,
    pub account: String,
    pub key: Option<String>,
}

impl Sender {
    /// A request of this sender, without lines yet.
    pub(super) fn begin(&self, kind: Kind, remark: &str, now: DateTime<Utc>) -> Request {
        Request {
            id: self.request.clone(),
            kind,
            sent_at: now,
            sent_by: self.name.clone(),
            account: self.account.clone(),
            key: self.key.clone(),
            whole: false,
            expires_on: None,
            remark: remark.to_owned(),
            reason: None,
            told: false,
            conversation: None,
            lines: Vec::new(),
        }
    }
}

/// Stands for what was computed of a booking.
pub fn token(kind: Kind, booking: &Booking, booked: &Booked) -> String {
    let told = serde_json::to_vec(&(kind, booking, booked)).unwrap_or_default();
    hex::encode(Sha256::digest(told))
}

/// Puts a request in the planning, as options that are still to be judged.
pub fn ask(
    planning: &mut Planning,
    ask: &Ask,
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let first = ask.bookings.iter().map(|(booking, _)| booking.from).min();
    let first = first.ok_or(Refused::NothingChosen)?;
    let expiring = ask.expires_on.is_none_or(|on| today(now) < on && on <= first);
    let one_day =
        ask.bookings.iter().all(|(booking, _)| [booking.from, booking.until] == [first, first]);
    let request = Request {
        whole: ask.whole,
        expires_on: ask.expires_on,
        ..sender.begin(ask.kind, ask.remark.trim(), now)
    };
    let at = planning.requests.len();
    planning.requests.push(request);
    let added = ask.bookings.iter().try_for_each(|(booking, quoted)| {
        let booked = book(planning, ask.kind, booking, now)?;
        check(ask.kind, booking, &booked, quoted.as_deref())?;
        add(&mut planning.requests[at], booking, booked);
        Ok(())
    });
    let added = added.and(match (ask.whole && !one_day, expiring) {
        (true, _) => Err(Refused::WholeNotAllowed),
        (_, false) => Err(Refused::ExpiryNotAllowed),
        _ => Ok(()),
    });
    if added.is_err() {
        planning.requests.truncate(at);
    }
    added
}

/// What a booking comes to after those that come before it in the same request.
pub fn quote(
    mut planning: Planning,
    kind: Kind,
    before: &[Booking],
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<Booked, Refused> {
    let nobody =
        Sender { request: String::new(), name: String::new(), account: String::new(), key: None };
    let at = planning.requests.len();
    planning.requests.push(nobody.begin(kind, "", now));
    for earlier in before {
        let booked = book(&planning, kind, earlier, now)?;
        add(&mut planning.requests[at], earlier, booked);
    }
    book(&planning, kind, booking, now)
}

/// Adds the lines of a booking, which count for the next one: its places and credits are taken.
fn add(request: &mut Request, booking: &Booking, booked: Booked) {
    for line in booked.lines {
        let line = line_of(&request.id, request.lines.len(), booking, line);
        request.lines.push(line);
    }
}

/// Nobody pays what was not shown.
fn check(
    kind: Kind,
    booking: &Booking,
    booked: &Booked,
    quoted: Option<&str>,
) -> Result<(), Refused> {
    let quoted = quoted.filter(|quoted| !quoted.is_empty()).ok_or(Refused::QuoteMissing)?;
    if quoted == token(kind, booking, booked) {
        return Ok(());
    }
    let by_credit =
        |line: &BookedLine| line.quotes.iter().any(|quote| matches!(quote.by, By::Credit { .. }));
    let lost = booked.lines.iter().any(|line| {
        let wanted = booking.lines.iter().find(|wanted| wanted.child == line.child);
        wanted.is_some_and(|wanted| wanted.credit.is_some()) && !by_credit(line)
    });
    Err(if lost { Refused::CreditGone } else { Refused::QuoteChanged })
}

fn line_of(request: &str, number: usize, booking: &Booking, booked: BookedLine) -> Line {
    Line {
        id: line_id(request, number),
        child: booked.child,
        from: booking.from,
        until: booking.until,
        group: booked.group,
        slots: booked.slots,
        given: booked.given,
        payments: booked
            .quotes
            .into_iter()
            .map(|quote| Payment { part: quote.part, by: quote.by })
            .collect(),
        status: Status::Asked,
        status_reason: None,
        decided_at: None,
        verdict: None,
        brings: None,
    }
}

/// The identity of a line of a request.
pub(super) fn line_id(request: &str, number: usize) -> String {
    hex::encode(&Sha256::digest(format!("{request} line {number}"))[..16])
}
