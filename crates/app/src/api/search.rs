//! Finding things again.

use schriftje_model::{ChildId, Day, FindKind, Found};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What to look for.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchQuery {
    /// Words as typed; all of them are to be found, the last one may be half a word.
    pub words: String,
    /// Only about one of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// Only these kinds; empty means every kind.
    pub kinds: Vec<FindKind>,
    /// From this day on.
    pub from: Option<Day>,
    /// Up to and including this day.
    pub until: Option<Day>,
    /// Go on after this cursor.
    pub after: Option<String>,
    /// How many at most, 1 to 100.
    pub limit: u32,
}

/// What was found, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchPage {
    /// The finds.
    pub found: Vec<Found>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}
