//! Observations: forms about a child that staff filled in.

use crate::{ChildId, Day, MediaId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// An observation, as it stands in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ObservationTitle {
    /// Which, at the portal.
    pub id: String,
    /// About which child.
    pub child: ChildId,
    /// What the form is called.
    pub title: String,
    /// The day it was filled in.
    pub day: Option<Day>,
    /// By whom; empty when unknown.
    pub by: String,
}

/// An observation, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    /// As it stands in the list.
    pub head: ObservationTitle,
    /// Its parts in order.
    pub sections: Vec<ObservationSection>,
}

/// A part of an observation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ObservationSection {
    /// What it is called; empty when it has no name.
    pub title: String,
    /// What stands above its questions.
    pub text: Option<String>,
    /// Its questions in order.
    pub questions: Vec<ObservationQuestion>,
}

/// A question and what was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ObservationQuestion {
    /// What is asked.
    pub question: String,
    /// What was answered.
    pub answer: ObservationAnswer,
    /// A remark with it.
    pub remark: Option<String>,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ObservationAnswer {
    /// It was left open.
    Open,
    /// Words.
    Text {
        /// With line ends.
        text: String,
    },
    /// A place on a scale.
    Scale {
        /// The answer; it may lie outside of the scale.
        value: i32,
        /// Its lowest number.
        from: i32,
        /// Its highest, not below the lowest.
        to: i32,
        /// What the lowest means.
        from_label: Option<String>,
        /// What the highest means.
        to_label: Option<String>,
    },
    /// Some of several options.
    Choice {
        /// What was chosen.
        chosen: Vec<String>,
        /// All there were, in order.
        options: Vec<String>,
    },
    /// A day.
    Day {
        /// Which.
        day: Day,
    },
    /// A picture.
    Picture {
        /// Which.
        id: MediaId,
    },
    /// Something this version does not know.
    Unknown {
        /// How the portal says it in words.
        text: Option<String>,
    },
}
