//! What is possible, as the interface hears it.

use crate::api::{
    ChildPossibilities, ClosedDay, CreditNotUsable, PlannedSlot, Possibilities, PossiblePart,
};
use schriftje_konnect::{Possible, PossibleDayPart, PossibleForChild};
use schriftje_model::{Child, Day};

/// The portal's answer with what each child is called.
pub(crate) fn in_words(
    possible: Possible,
    from: Day,
    until: Day,
    children: &[Child],
) -> Possibilities {
    let name = |id| {
        let child = children.iter().find(|child| child.id == id);
        child.map(|child| child.first_name.clone()).unwrap_or_default()
    };
    let for_child = |one: PossibleForChild| ChildPossibilities {
        child_name: name(one.child.clone()),
        child: one.child,
        planned: one
            .planned
            .into_iter()
            .map(|(slot, group, attendance)| PlannedSlot { slot, group, attendance })
            .collect(),
        parts: one.parts.into_iter().map(possible_part).collect(),
        credits: one.credits,
        not_usable: one
            .not_usable
            .into_iter()
            .map(|(credit, reason)| CreditNotUsable { credit, reason })
            .collect(),
        reason: one.reason,
    };
    Possibilities {
        from,
        until,
        closed: closed(possible.closed),
        children: possible.children.into_iter().map(for_child).collect(),
    }
}

fn possible_part(part: PossibleDayPart) -> PossiblePart {
    let PossibleDayPart { part, group, days, refused } = part;
    PossiblePart { part, group, days, refused: closed(refused) }
}

fn closed(days: Vec<(Day, String)>) -> Vec<ClosedDay> {
    days.into_iter().map(|(day, reason)| ClosedDay { day, reason }).collect()
}
