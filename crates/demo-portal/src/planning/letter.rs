//! What parents are told when nothing of a request is open any more.

use super::sentence;
use super::state::{Kind, Line, Planning, Request, Slot, Status};

/// A message to the parents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The request it tells of.
    pub request: String,
    /// The child it is about: that of the first line.
    pub child: String,
    pub group: String,
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// The one message about a request.
pub(super) fn letter(planning: &Planning, request: &Request) -> Option<Letter> {
    let first = request.lines.first()?;
    let what = if request.kind == Kind::Swap { "ruilaanvraag" } else { "aanvraag" };
    let expired = request.lines.iter().any(|line| line.status == Status::Expired);
    let became = if expired { "vervallen" } else { "beoordeeld" };
    let lines: Vec<String> = request.lines.iter().map(|line| about(planning, line)).collect();
    Some(Letter {
        request: request.id.clone(),
        child: first.child.clone(),
        group: first.group.clone(),
        subject: format!("Je {what} is {became}"),
        text: format!("Je {what} is {became}.\n\n{}", lines.join("\n")),
    })
}

fn about(planning: &Planning, line: &Line) -> String {
    let name = planning.child(&line.child).map_or("Je kind", |child| child.first_name);
    let days = sentence::days(line.from, line.until);
    let mut times: Vec<String> = line.slots.iter().map(sentence::times).collect();
    times.sort();
    times.dedup();
    let status = match line.status {
        Status::Asked => "in aanvraag",
        Status::Approved => "goedgekeurd",
        Status::Refused => "afgekeurd",
        Status::Cancelled => "geannuleerd",
        Status::Expired => "vervallen",
        Status::Registered => "geregistreerd",
    };
    let reason = line.status_reason.as_deref().map(|reason| format!(" {reason}"));
    let given = if line.given.is_empty() || line.status != Status::Approved {
        String::new()
    } else {
        format!(" Ingeruild: {}.", given(&line.given))
    };
    format!(
        "{name}, {days}, {}: {status}.{}{given}",
        times.join(" en "),
        reason.unwrap_or_default()
    )
}

fn given(slots: &[Slot]) -> String {
    let each =
        slots.iter().map(|slot| format!("{} {}", sentence::day(slot.day), sentence::times(slot)));
    each.collect::<Vec<_>>().join(", ")
}
