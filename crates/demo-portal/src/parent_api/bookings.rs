//! Bookings, slots and payments, as they go over the wire.

use crate::planning::{Booking, By, GivenIn, Kind, Named, Wanted};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A day or period, with what is wanted for each child.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Booking)]
pub struct BookingSent {
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    #[schema(value_type = String, format = Date)]
    pub until: NaiveDate,
    pub lines: Vec<WantedSent>,
    /// Empty but for a swap.
    #[serde(default)]
    pub given: Vec<SlotsSent>,
    /// The token of its quote; only in a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// The day parts wanted for a child.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BookingLine)]
pub struct WantedSent {
    pub child_id: String,
    pub parts: Vec<String>,
    /// The credit to pay with; null is by invoice.
    #[serde(default)]
    pub credit_id: Option<String>,
}

/// Slots of a child.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChildSlots)]
pub struct SlotsSent {
    pub child_id: String,
    pub slots: Vec<SlotSent>,
}

/// A slot, named by when it begins and ends.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Slot)]
pub struct SlotSent {
    #[schema(value_type = String, format = Date)]
    pub day: NaiveDate,
    /// Epoch milliseconds.
    pub start: i64,
    pub end: i64,
}

/// An extra day or a swap.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Asking {
    Extra,
    Swap,
}

impl From<Asking> for Kind {
    fn from(asking: Asking) -> Self {
        match asking {
            Asking::Extra => Self::Extra,
            Asking::Swap => Self::Swap,
        }
    }
}

impl From<BookingSent> for Booking {
    fn from(sent: BookingSent) -> Self {
        Self {
            from: sent.from,
            until: sent.until,
            lines: sent
                .lines
                .into_iter()
                .map(|line| Wanted {
                    child: line.child_id,
                    parts: line.parts,
                    credit: line.credit_id,
                })
                .collect(),
            given: sent.given.into_iter().map(GivenIn::from).collect(),
        }
    }
}

impl From<SlotsSent> for GivenIn {
    fn from(sent: SlotsSent) -> Self {
        let slots = sent.slots.iter().map(|slot| Named {
            day: slot.day,
            starts: instant(slot.start),
            ends: instant(slot.end),
        });
        Self { child: sent.child_id, slots: slots.collect() }
    }
}

/// What no calendar reaches is an instant no slot has.
fn instant(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// How a day part is paid for.
#[derive(Serialize, ToSchema)]
#[serde(tag = "by", rename_all = "lowercase")]
#[schema(as = Payment)]
pub enum PaymentAnswer {
    Invoice {
        cents: Option<i64>,
    },
    #[serde(rename_all = "camelCase")]
    Credit {
        credit_id: String,
        /// `points` or `minutes`.
        unit: &'static str,
        amount: i64,
    },
}

impl From<&By> for PaymentAnswer {
    fn from(by: &By) -> Self {
        match by {
            By::Invoice { cents } => Self::Invoice { cents: Some(*cents) },
            By::Credit { credit, unit, amount } => {
                Self::Credit { credit_id: credit.clone(), unit: unit.word(), amount: *amount }
            }
        }
    }
}

/// `HH:MM`.
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}
