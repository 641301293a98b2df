//! "Mijn kind": which cards to read, and what comes back.

use schriftje_model::{Child, ChildId, Day, TimelineCard};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which cards to read. Newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct TimelineQuery {
    /// Only cards about one of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// From this day on.
    pub from: Option<Day>,
    /// Up to and including this day.
    pub until: Option<Day>,
    /// Go on after this cursor.
    pub after: Option<String>,
    /// How many cards at most, 1 to 200.
    pub limit: u32,
}

/// A page of the timeline.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePage {
    /// The cards, newest day first.
    pub cards: Vec<TimelineCard>,
    /// Where the next page begins; `None` at the end of what is known.
    pub next: Option<String>,
}

/// The children and how many cards each has.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildSummary {
    /// The child.
    pub child: Child,
    /// Cards known about it.
    pub cards: u32,
}
