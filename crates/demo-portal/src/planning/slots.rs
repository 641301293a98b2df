//! Which slots a child has on a day: the contract, what was asked and granted, what was given in,
//! what it stays away from, and what the organisation changed.

use super::state::{Change, Kind, Line, Named, Planning, Request, Slot, Status};
use crate::data::closed;
use crate::data::people::Child;
use crate::day::at;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a child is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    Attend,
    Absent,
    /// "Optie extra".
    Tentative,
}

impl Attendance {
    /// Its name in calls.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attend => "attend",
            Self::Absent => "absent",
            Self::Tentative => "tentative",
        }
    }
}

/// Where a slot comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    Contract,
    Extra,
    Swap,
}

impl SlotKind {
    /// Its name in calls.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Extra => "extra",
            Self::Swap => "swap",
        }
    }
}

/// A slot in the planning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub slot: Slot,
    pub group: String,
    pub attendance: Attendance,
    pub kind: SlotKind,
    /// The request and the line to look at: of the absence, else of what brought the slot.
    pub about: Option<(String, String)>,
}

/// What one and the same slot is, wherever it was moved to.
type Identity = (NaiveDate, String, Option<String>);

/// From when until when.
type Times = (DateTime<Utc>, DateTime<Utc>);

fn identity(slot: &Slot) -> Identity {
    (slot.day, slot.part.clone(), slot.of.clone())
}

/// The slots of a child.
pub struct Slots<'a> {
    planning: &'a Planning,
    pub child: &'a Child,
    granted: BTreeMap<NaiveDate, Vec<(&'a Request, &'a Line, &'a Slot)>>,
    given: BTreeSet<Identity>,
    /// Given in for a swap that is not decided yet.
    offered: BTreeSet<Identity>,
    absent: BTreeMap<Identity, (String, String)>,
    changed: BTreeMap<Identity, Option<Times>>,
}

impl<'a> Slots<'a> {
    pub fn of(planning: &'a Planning, child: &'a Child) -> Self {
        let mut slots = Self {
            planning,
            child,
            granted: BTreeMap::new(),
            given: BTreeSet::new(),
            offered: BTreeSet::new(),
            absent: BTreeMap::new(),
            changed: BTreeMap::new(),
        };
        for (request, line) in planning.lines().filter(|(_, line)| line.child == child.id) {
            match (request.kind, line.status) {
                (Kind::Absence, Status::Registered) => {
                    let about = (request.id.clone(), line.id.clone());
                    let absent = line.slots.iter().map(|slot| (identity(slot), about.clone()));
                    slots.absent.extend(absent);
                }
                (Kind::Extra | Kind::Swap, Status::Asked | Status::Approved) => {
                    for slot in &line.slots {
                        slots.granted.entry(slot.day).or_default().push((request, line, slot));
                    }
                    let given = line.given.iter().map(identity);
                    if line.status == Status::Approved {
                        slots.given.extend(given);
                    } else {
                        slots.offered.extend(given);
                    }
                }
                _ => {}
            }
        }
        for change in planning.changes.iter().filter(|change| change.child == child.id) {
            let Change { day, part, of, to, .. } = change;
            slots.changed.insert((*day, part.clone(), of.clone()), *to);
        }
        slots
    }

    /// The slots of a day, the earliest first.
    pub fn on(&self, day: NaiveDate) -> Vec<Planned> {
        let mut found = self.contract(day);
        for (request, line, slot) in self.granted.get(&day).into_iter().flatten() {
            let approved = line.status == Status::Approved;
            found.push(Planned {
                slot: Slot { of: Some(line.id.clone()), ..(*slot).clone() },
                group: self.child.group(day).to_owned(),
                attendance: if approved { Attendance::Attend } else { Attendance::Tentative },
                kind: if request.kind == Kind::Swap { SlotKind::Swap } else { SlotKind::Extra },
                about: Some((request.id.clone(), line.id.clone())),
            });
        }
        found.retain_mut(|planned| {
            let identity = identity(&planned.slot);
            match self.changed.get(&identity) {
                Some(Some((starts, ends))) => {
                    (planned.slot.starts, planned.slot.ends) = (*starts, *ends);
                }
                Some(None) => return false,
                None => {}
            }
            if let Some(about) = self.absent.get(&identity) {
                planned.attendance = Attendance::Absent;
                planned.about = Some(about.clone());
            }
            !self.given.contains(&identity)
        });
        found.sort_by_key(|planned| (planned.slot.starts, planned.slot.ends));
        found
    }

    fn contract(&self, day: NaiveDate) -> Vec<Planned> {
        if !self.child.placed(day) || closed(day) {
            return Vec::new();
        }
        let parts = self.planning.rules.parts_of(self.child, day).iter();
        parts
            .filter(|part| part.contract)
            .map(|part| Planned {
                slot: part.on(day),
                group: self.child.group(day).to_owned(),
                attendance: Attendance::Attend,
                kind: SlotKind::Contract,
                about: None,
            })
            .collect()
    }

    /// The slot a parent names.
    pub fn named(&self, named: &Named) -> Option<Planned> {
        self.on(named.day)
            .into_iter()
            .find(|found| (found.slot.starts, found.slot.ends) == (named.starts, named.ends))
    }

    /// Whether a slot is given in for a swap that is not decided yet.
    pub fn is_offered(&self, slot: &Slot) -> bool {
        self.offered.contains(&identity(slot))
    }
}

impl super::rules::PartRule {
    /// This part on a day.
    pub(super) fn on(&self, day: NaiveDate) -> Slot {
        Slot {
            day,
            part: self.id.to_owned(),
            name: self.name.to_owned(),
            starts: at(day, self.start),
            ends: at(day, self.end),
            of: None,
        }
    }
}
