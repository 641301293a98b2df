//! Credits ("tegoeden"): whole points or whole minutes in the name of one child.

use crate::{ChildId, CreditId, Day, LineId, RequestId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What a credit counts in. Units are never converted into one another, nor summed across.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "unit", content = "wire")]
pub enum CreditUnit {
    /// Whole points.
    Points,
    /// Whole minutes, shown as hours and minutes.
    Minutes,
    /// A unit this version does not know, with the portal's word for it.
    Unsupported(String),
}

/// How a credit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CreditState {
    /// All of it is left.
    Usable,
    /// Some of it is left.
    PartlyUsed,
    /// Nothing is left.
    Used,
    /// It is too late to use it.
    Expired,
    /// Something this version does not know.
    Unknown,
}

/// What a credit, or a part of it, was used for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreditUse {
    /// The request.
    pub request: RequestId,
    /// Its line.
    pub line: LineId,
    /// The day asked for.
    pub day: Day,
    /// How much, in the credit's unit.
    #[specta(type = i32)]
    pub amount: i64,
}

/// A credit of a child. Not transferable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Credit {
    /// Its identity at the portal.
    pub id: CreditId,
    /// The child it is in the name of.
    pub child: ChildId,
    /// The organisation's name for it.
    pub name: String,
    /// What it counts in.
    pub unit: CreditUnit,
    /// How much it was.
    #[specta(type = i32)]
    pub total: i64,
    /// How much is left.
    #[specta(type = i32)]
    pub left: i64,
    /// The first day it can be used for.
    pub valid_from: Option<Day>,
    /// The last day it can be used for.
    pub valid_until: Option<Day>,
    /// What the organisation adds, such as "alleen in schoolvakanties".
    pub note: Option<String>,
    /// How it stands.
    pub state: CreditState,
    /// What it was used for.
    pub uses: Vec<CreditUse>,
}
