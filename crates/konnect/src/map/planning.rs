//! From the portal's planning to the model's care slots.

use crate::error::PortalError;
use crate::map::digest::short_digest;
use crate::wire::field::List;
use crate::wire::planning::{
    WireCalendar, WireDayOfChild, WireDetails, WirePart, WireRules, WireSlotDetails,
};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_model::{
    Attendance, CareSlot, ChildId, CreditUnit, Day, DayMark, LineId, RequestId, SlotId, SlotKind,
    today,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A slot longer than this is no day at the nursery.
const LONGEST: TimeDelta = TimeDelta::hours(36);
/// Slots of one child on one day.
const MOST_A_DAY: usize = 20;

/// Days of the planning, as the portal sent them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planning {
    /// The slots, by day, child and time.
    pub slots: Vec<CareSlot>,
    /// The portal says that they may be out of date.
    pub stale: bool,
    /// Slots that cannot be read.
    pub unreadable: u32,
}

/// What the observed calendar leaves out: our own extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanningDetails {
    /// What is known of slots, by child and times.
    slots: BTreeMap<(ChildId, DateTime<Utc>, DateTime<Utc>), SlotDetails>,
    /// Days with something to tell.
    pub marks: Vec<DayMark>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct SlotDetails {
    group: Option<String>,
    kind: Option<SlotKind>,
    request: Option<RequestId>,
    line: Option<LineId>,
}

/// What holds at an organisation: our own extension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanningRules {
    /// The last day that can be asked for.
    pub furthest: Option<Day>,
    /// The longest period that can be asked for, in days.
    pub longest_period: Option<u32>,
    /// About extra days.
    pub extra: Option<String>,
    /// About swaps.
    pub swap: Option<String>,
    /// About absences.
    pub absence: Option<String>,
    /// Whom to ask for changes in the contract.
    pub contract: Option<String>,
    /// What credits count in; none where there are none.
    pub credits: Option<CreditUnit>,
    /// Groups and their telephones.
    pub phones: Vec<(String, String)>,
}

impl Planning {
    /// The same with what `details` knows of its slots.
    #[must_use]
    pub fn with(mut self, details: &PlanningDetails) -> Self {
        for slot in &mut self.slots {
            let key = (slot.child.clone(), slot.starts_at, slot.ends_at);
            if let Some(known) = details.slots.get(&key) {
                slot.group.clone_from(&known.group);
                slot.kind = known.kind;
                slot.request.clone_from(&known.request);
                slot.line.clone_from(&known.line);
            }
        }
        self
    }
}

pub(crate) fn planning(answer: Value, stale: bool) -> Result<Planning, PortalError> {
    let changed = || PortalError::Changed { what: "calendar" };
    if !answer.get("days").is_some_and(Value::is_array) {
        return Err(changed());
    }
    let calendar = WireCalendar::deserialize(answer).map_err(|_| changed())?;
    let mut planning = Planning { stale, unreadable: calendar.days.broken, ..Planning::default() };
    let mut by_child_and_day = BTreeMap::<(Day, ChildId), Vec<(String, WirePart)>>::new();
    for day in calendar.days.items {
        planning.unreadable += day.children.broken;
        for of_child in day.children.items {
            let WireDayOfChild { child, combined_planning_parts: List { items, broken } } =
                of_child;
            planning.unreadable += broken;
            let Some((id, child)) = child.and_then(|child| Some((child.id.clone()?, child))) else {
                planning.unreadable += 1;
                continue;
            };
            for part in items.into_iter().flat_map(|combined| combined.planning_parts.items) {
                match day_of(&part) {
                    Some(day) => {
                        let name = child.first_name.clone().unwrap_or_default();
                        let of_day =
                            by_child_and_day.entry((day, ChildId(id.clone()))).or_default();
                        if of_day.len() < MOST_A_DAY {
                            of_day.push((name, part));
                        } else {
                            planning.unreadable += 1;
                        }
                    }
                    None => planning.unreadable += 1,
                }
            }
        }
    }
    for ((day, child), mut parts) in by_child_and_day {
        parts.sort_by_key(|(_, part)| (part.start_time, part.end_time));
        for (ordinal, (name, part)) in (0..).zip(parts) {
            planning.slots.extend(slot(day, &child, name, ordinal, part));
        }
    }
    Ok(planning)
}

/// The day a part is on, when it is one: it ends after it begins, and soon enough.
fn day_of(part: &WirePart) -> Option<Day> {
    let (start, end) = (part.start_time?, part.end_time?);
    let longs = end - start;
    (longs > TimeDelta::zero() && longs <= LONGEST).then(|| today(start))
}

fn slot(
    day: Day,
    child: &ChildId,
    child_name: String,
    ordinal: u32,
    part: WirePart,
) -> Option<CareSlot> {
    let code = part.planned_attendance_code.and_then(|code| code.code);
    Some(CareSlot {
        id: SlotId(short_digest(&["slot", child.as_str(), &day.to_string(), &ordinal.to_string()])),
        child: child.clone(),
        child_name,
        day,
        ordinal,
        starts_at: part.start_time?,
        ends_at: part.end_time?,
        attendance: attendance(code.as_deref()),
        to_confirm: part.to_confirm_product,
        extra_info: part.extra_info,
        group: None,
        kind: None,
        request: None,
        line: None,
    })
}

pub(crate) fn attendance(code: Option<&str>) -> Attendance {
    match code {
        Some("attend") => Attendance::Attend,
        Some("absent") => Attendance::Absent,
        Some("tentative") => Attendance::Tentative,
        _ => Attendance::Unknown,
    }
}

pub(crate) fn details(answer: Value) -> Result<PlanningDetails, PortalError> {
    let changed = |_| PortalError::Changed { what: "planning" };
    let wire = WireDetails::deserialize(answer).map_err(changed)?;
    let known = |slot: WireSlotDetails| {
        let key = (ChildId(slot.child_id?), slot.start?, slot.end?);
        let details = SlotDetails {
            group: slot.group,
            kind: match slot.kind.as_deref() {
                Some("contract") => Some(SlotKind::Contract),
                Some("extra") => Some(SlotKind::Extra),
                Some("swap") => Some(SlotKind::Swap),
                _ => None,
            },
            request: slot.request_id.map(RequestId),
            line: slot.line_id.map(LineId),
        };
        Some((key, details))
    };
    let marks = wire.days.items.into_iter().filter_map(|mark| {
        let mark =
            DayMark { day: mark.day?, closed: mark.closed, school_holiday: mark.school_holiday };
        (mark.closed.is_some() || mark.school_holiday.is_some()).then_some(mark)
    });
    Ok(PlanningDetails {
        marks: marks.collect(),
        slots: wire.slots.items.into_iter().filter_map(known).collect(),
    })
}

pub(crate) fn rules(answer: Value) -> Result<PlanningRules, PortalError> {
    let changed = |_| PortalError::Changed { what: "planning.rules" };
    let wire = WireRules::deserialize(answer).map_err(changed)?;
    let phones = wire.groups.items.into_iter().filter_map(|one| Some((one.group?, one.phone?)));
    Ok(PlanningRules {
        furthest: wire.furthest,
        longest_period: wire.longest_period,
        extra: wire.extra,
        swap: wire.swap,
        absence: wire.absence,
        contract: wire.contract,
        credits: wire.credits.map(|unit| super::requests::unit(&unit)),
        phones: phones.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn calendar(parts: &Value) -> Value {
        json!({"days": [{"children": [{
            "child": {"id": "0f", "firstName": "Noortje"},
            "combinedPlanningParts": [{"planningParts": parts}],
        }]}]})
    }

    fn part(start: i64, end: i64, code: &str) -> Value {
        json!({"startTime": start, "endTime": end, "extraInfo": null,
               "plannedAttendanceCode": {"code": code}, "toConfirmProduct": false})
    }

    const HOUR: i64 = 3_600_000;
    /// 07:30 in Amsterdam on 16 March 2026.
    const MORNING: i64 = 1_773_642_600_000;

    #[test]
    fn a_slot_that_moves_keeps_its_identity() {
        let read = |start| {
            let answer = calendar(&json!([
                part(start, MORNING + 5 * HOUR, "attend"),
                part(MORNING + 6 * HOUR, MORNING + 9 * HOUR, "tentative"),
            ]));
            planning(answer, false).unwrap().slots
        };
        let (before, after) = (read(MORNING), read(MORNING + HOUR));
        assert_eq!(before[0].day, "2026-03-16".parse().unwrap());
        assert_eq!((before[0].ordinal, before[1].ordinal), (0, 1));
        assert_eq!(before[1].attendance, Attendance::Tentative);
        assert_eq!(before[0].id, after[0].id);
        assert_ne!(before[0].starts_at, after[0].starts_at);
        assert_ne!(before[0].id, before[1].id);
    }

    #[test]
    fn what_cannot_be_a_slot_is_counted_and_left_out() {
        let answer = calendar(&json!([
            part(MORNING, MORNING, "attend"),
            part(MORNING, MORNING - HOUR, "attend"),
            part(MORNING, MORNING + 1000 * HOUR, "attend"),
            part(i64::MAX, i64::MAX, "attend"),
            {"startTime": "?", "endTime": []},
            part(MORNING, MORNING + HOUR, "something new"),
        ]));
        let read = planning(answer, true).unwrap();
        assert!(read.stale);
        assert_eq!((read.slots.len(), read.unreadable), (1, 5));
        assert_eq!(read.slots[0].attendance, Attendance::Unknown);
        let changed = Err(PortalError::Changed { what: "calendar" });
        assert_eq!(planning(json!({"day": []}), false), changed);
        assert_eq!(planning(json!([]), false), changed);
    }

    #[test]
    fn details_join_the_slot_with_the_same_child_and_times() {
        let read = planning(calendar(&json!([part(MORNING, MORNING + HOUR, "attend")])), false);
        let known = details(json!({
            "slots": [
                {"childId": "0f", "day": "2026-03-16", "start": MORNING, "end": MORNING + HOUR,
                 "group": "Hamsters", "kind": "extra", "requestId": "r1", "lineId": "l1"},
                {"childId": "1e", "start": MORNING, "end": MORNING + HOUR, "group": "Uiltjes"},
            ],
            "days": [{"day": "2026-04-27", "closed": "Koningsdag"}, {"day": "2026-04-28"}],
        }))
        .unwrap();
        let slot = read.unwrap().with(&known).slots.remove(0);
        assert_eq!(slot.group.as_deref(), Some("Hamsters"));
        assert_eq!((slot.kind, slot.request), (Some(SlotKind::Extra), Some("r1".into())));
        assert_eq!(known.marks.len(), 1, "a day without anything to tell is no mark");
    }
}
