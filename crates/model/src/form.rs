//! Forms a parent fills in for the planning: requests, swaps and absences.

use crate::{AbsenceReason, ChildId, CreditId, Day, DayPart, Payment, RequestKind, SlotRef, today};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What is chosen for one child in a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BookingLine {
    /// The child.
    pub child: ChildId,
    /// The day parts; none while they are not known ("wish").
    pub parts: Vec<DayPart>,
    /// The credit to pay with; none is by invoice.
    pub credit: Option<CreditId>,
}

/// What one child gives in for a swap, or the slots it stays away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildSlots {
    /// The child.
    pub child: ChildId,
    /// Its slots.
    pub slots: Vec<SlotRef>,
}

/// What the portal computed for one day part of a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuoteLine {
    /// The child.
    pub child: ChildId,
    /// The day part (its `id`).
    pub part: String,
    /// On how many days.
    pub days: u32,
    /// How it is paid for.
    pub payment: Payment,
    /// What the portal says about it, such as that the credit does not suffice.
    pub notice: Option<String>,
}

/// What a booking is worth, computed by the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// By child and day part.
    pub lines: Vec<QuoteLine>,
    /// What comes on the invoice in all, in cents; none where the portal does not say.
    #[specta(type = Option<i32>)]
    pub cents: Option<i64>,
    /// What a parent should know before adding it, such as that left-over time lapses.
    pub notices: Vec<String>,
    /// The portal's proof of it: a request with a quote that no longer holds is refused.
    pub token: String,
}

/// One day or period of a request, for one child or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Booking {
    /// The first day.
    pub from: Day,
    /// The last day; the first again for a single day.
    pub until: Day,
    /// Child by child.
    pub lines: Vec<BookingLine>,
    /// What is given in for it, of a swap.
    pub given: Vec<ChildSlots>,
    /// What it is worth; none while the portal could not be asked.
    pub quote: Option<Quote>,
}

/// A request as it is filled in. Kept with every change, so that a crash loses nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RequestForm {
    /// An extra day or a swap.
    pub kind: RequestKind,
    /// The bookings, in the order they were added.
    pub bookings: Vec<Booking>,
    /// "Als geheel beoordelen": only when every child can come. Only for a single day.
    pub whole: bool,
    /// "Aanvraag vervalt automatisch op".
    pub expires_on: Option<Day>,
    /// A remark.
    pub remark: String,
}

impl RequestForm {
    /// An empty form.
    pub fn empty(kind: RequestKind) -> Self {
        Self { kind, bookings: Vec::new(), whole: false, expires_on: None, remark: String::new() }
    }

    /// Whether nobody would miss it.
    pub fn is_blank(&self) -> bool {
        self.bookings.is_empty() && self.expires_on.is_none() && self.remark.trim().is_empty()
    }

    /// The first day it is about; none while nothing was added.
    pub fn first_day(&self) -> Option<Day> {
        self.bookings.iter().map(|booking| booking.from).min()
    }

    /// Whether all of it is about one and the same day, so that it can be judged as a whole.
    pub fn is_of_one_day(&self) -> bool {
        let mut days = self.bookings.iter().flat_map(|booking| [booking.from, booking.until]);
        let first = days.next();
        first.is_some() && days.all(|day| Some(day) == first)
    }

    /// Whether it can be sent as it stands: every booking has its day parts and its worth.
    pub fn is_quoted(&self) -> bool {
        !self.bookings.is_empty()
            && self.bookings.iter().all(|booking| {
                booking.quote.is_some() && booking.lines.iter().any(|line| !line.parts.is_empty())
            })
    }
}

/// An absence as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AbsenceForm {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Child by child, the slots it stays away.
    pub lines: Vec<ChildSlots>,
    /// Why.
    pub reason: AbsenceReason,
    /// A remark.
    pub remark: String,
}

impl AbsenceForm {
    /// The day of the first slot the child stays away.
    pub fn first_day(&self) -> Day {
        let slots = self.lines.iter().flat_map(|line| &line.slots);
        slots.map(|slot| slot.day).min().unwrap_or(self.from)
    }

    /// Whether its first day has begun by `now`, and had not when it was given in: then it goes
    /// only once the parent says so again. A sick report of the day itself goes at once.
    pub fn began_while_it_waited(&self, written_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let day = self.first_day();
        today(written_at) < day && day <= today(now)
    }
}

/// A request that was filled in without a network: the portal has not said what is possible yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Wish {
    /// Its identity on this device.
    pub id: crate::WishId,
    /// The form.
    pub form: RequestForm,
    /// The portal can be asked now: the parent chooses and confirms.
    pub ready: bool,
    /// When it was kept.
    pub kept_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_single_day_can_be_judged_as_a_whole() {
        let booking = |from: &str, until: &str| Booking {
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
            lines: Vec::new(),
            given: Vec::new(),
            quote: None,
        };
        let form = |bookings: Vec<Booking>| RequestForm {
            bookings,
            ..RequestForm::empty(RequestKind::Extra)
        };
        let day = || booking("2026-03-16", "2026-03-16");
        assert!(form(vec![day(), day()]).is_of_one_day());
        assert!(!form(vec![]).is_of_one_day());
        assert!(!form(vec![booking("2026-03-16", "2026-03-17")]).is_of_one_day());
        assert!(!form(vec![day(), booking("2026-03-17", "2026-03-17")]).is_of_one_day());
    }

    #[test]
    fn an_absence_waits_for_a_word_only_when_its_day_began_while_it_waited() {
        let form = AbsenceForm {
            from: "2026-03-29".parse().unwrap(),
            until: "2026-03-29".parse().unwrap(),
            lines: Vec::new(),
            reason: AbsenceReason::Ill,
            remark: String::new(),
        };
        // The day begins at eleven in the evening in UTC.
        for (written, now, late) in [
            ("2026-03-28T22:00:00Z", "2026-03-28T22:59:59Z", false),
            ("2026-03-28T22:00:00Z", "2026-03-28T23:00:00Z", true),
            ("2026-03-28T23:00:00Z", "2026-03-29T09:00:00Z", false),
            ("2026-03-28T22:00:00Z", "2026-04-02T09:00:00Z", true),
        ] {
            let instant = |text: &str| text.parse().unwrap();
            assert_eq!(form.began_while_it_waited(instant(written), instant(now)), late, "{now}");
        }
    }
}
