//! A care slot as an event: what is told of it, whatever the language.

use chrono::{DateTime, Datelike, Utc};
use schriftje_model::{Attendance, CareSlot};
use schriftje_store::NewCalendarEvent;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What is told of a care slot. A change of it raises the event's sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    /// What the child is called.
    pub child: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Whether the child is expected.
    pub status: Status,
    /// The group.
    pub group: Option<String>,
    /// What the portal adds.
    pub extra: Option<String>,
}

/// Whether a child is expected, as calendar programs know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Status {
    /// It comes.
    Confirmed,
    /// It is not decided yet.
    Tentative,
    /// It stays away.
    Cancelled,
}

impl Event {
    fn of(slot: &CareSlot) -> Self {
        let status = match slot.attendance {
            Attendance::Attend if slot.to_confirm => Status::Tentative,
            Attendance::Attend => Status::Confirmed,
            Attendance::Tentative | Attendance::Unknown => Status::Tentative,
            Attendance::Absent => Status::Cancelled,
        };
        Self {
            child: slot.child_name.clone(),
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            status,
            group: slot.group.clone(),
            extra: slot.extra_info.clone(),
        }
    }
}

/// A slot as it is noted; none where its time cannot be written in a calendar. `tenant` is the
/// portal's address.
pub(super) fn noted(tenant: &str, slot: &CareSlot) -> Option<NewCalendarEvent> {
    let writable = |at: DateTime<Utc>| (1971..=9998).contains(&at.year());
    if !writable(slot.starts_at) || !writable(slot.ends_at) {
        return None;
    }
    let event = serde_json::to_string(&Event::of(slot)).ok()?;
    Some(NewCalendarEvent { uid: uid(tenant, slot), day: slot.day, event })
}

/// The same on every device and for both parents, also after the slot moved.
fn uid(tenant: &str, slot: &CareSlot) -> String {
    let day = slot.day.to_string();
    let ordinal = slot.ordinal.to_string();
    let mut hash = Sha256::new();
    for part in [tenant, slot.child.as_str(), &day, &ordinal] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let hash = hex::encode(hash.finalize());
    format!("{}@schriftje", hash.get(..40).unwrap_or(&hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::planned::sample::slot;

    #[test]
    fn a_slot_that_moves_keeps_its_identity_and_no_other_has_it() {
        let at = |child: &str, day: &str, ordinal, hour| {
            let slot = CareSlot { ordinal, ..slot(child, day, hour) };
            noted("https://a.example", &slot).unwrap()
        };
        let first = at("noortje", "2026-03-16", 0, 7);
        let moved = at("noortje", "2026-03-16", 0, 9);
        assert_eq!(first.uid, moved.uid);
        assert_ne!(first.event, moved.event);
        let elsewhere = noted("https://b.example", &slot("noortje", "2026-03-16", 7)).unwrap();
        let others = [
            at("sem", "2026-03-16", 0, 7).uid,
            at("noortje", "2026-03-17", 0, 7).uid,
            at("noortje", "2026-03-16", 1, 7).uid,
            elsewhere.uid,
        ];
        assert!(!others.contains(&first.uid));
        assert!(!first.uid.contains("noortje"), "it says nothing of the child");
    }

    #[test]
    fn a_time_no_calendar_can_hold_is_left_out() {
        let far =
            CareSlot { ends_at: DateTime::<Utc>::MAX_UTC, ..slot("noortje", "2026-03-16", 7) };
        assert_eq!(noted("https://a.example", &far), None);
    }
}
