//! "Agenda": the planning, what can be asked, and what was asked.

use super::AppError;
use chrono::{DateTime, Utc};
use schriftje_model::{
    Attendance, Booking, CareRequest, CareSlot, Child, ChildId, Credit, CreditUnit, Day, DayMark,
    DayPart, RequestId, RequestKind, RequestStatus, RhythmMoment, SlotRef, Wish, Write,
};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which days of the planning to read.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgendaQuery {
    /// Only slots of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// The first day.
    pub from: Day,
    /// The last day, at most 400 after the first.
    pub until: Day,
}

/// Days of the planning, from the cache.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Agenda {
    /// The days on which something is planned or marked, oldest first.
    pub days: Vec<AgendaDay>,
    /// Of the days asked for, those that were ever read; none when nothing was. Outside of it
    /// nothing is known, and [`crate::App::refresh_agenda`] fetches it.
    pub known: Option<DayRange>,
}

/// A stretch of days, first and last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayRange {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
}

/// A day of the planning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgendaDay {
    /// The day.
    pub day: Day,
    /// What is special about it.
    pub mark: Option<DayMark>,
    /// Its slots, the earliest first.
    pub slots: Vec<CareSlot>,
}

/// How fresh the planning is, and what can be done with it at this portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgendaState {
    /// When it was last read without trouble.
    pub fresh_at: Option<DateTime<Utc>>,
    /// It is being read.
    pub busy: bool,
    /// The portal says that the planning may be out of date.
    pub stale: bool,
    /// The last trouble with reading it, until it succeeds.
    pub trouble: Option<AppError>,
    /// What the portal offers. Where it offers something not, the organisation's own web portal is
    /// opened instead.
    pub offers: AgendaOffers,
}

/// What a portal offers around the planning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AgendaOffers {
    /// Extra days, swaps, and the overview.
    pub requests: bool,
    /// Absences.
    pub absences: bool,
    /// Credits, and what they count in. `None` where the organisation has none, while that is not
    /// known, and at a plain portal.
    pub credits: Option<CreditUnit>,
    /// What holds at this organisation, where it says so.
    pub rules: Option<PlanningRules>,
    /// The organisation's web portal.
    pub web_portal: String,
    /// The portal offers nothing beyond the observed calls. What it leaves out is then not said to
    /// be unused: it may well stand in the web portal.
    pub plain: bool,
}

/// What holds at an organisation, in its own words where they are words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanningRules {
    /// The last day that can be asked for.
    pub furthest: Option<Day>,
    /// The longest period that can be asked for, in days.
    pub longest_period: Option<u32>,
    /// About asking for extra days.
    pub extra: Option<String>,
    /// About swapping.
    pub swap: Option<String>,
    /// About absences, such as "tot 48 uur vooraf levert dit een tegoed op".
    pub absence: Option<String>,
    /// Whom to ask for changes in the contract.
    pub contract: Option<String>,
    /// How to reach the groups.
    pub groups: Vec<GroupPhone>,
}

/// The telephone of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroupPhone {
    /// The group's name.
    pub group: String,
    /// Its number, as it is written.
    pub phone: String,
}

/// What is possible on a day or in a period, as the portal computed it just now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Possibilities {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Days on which nothing is possible for anybody, and why.
    pub closed: Vec<ClosedDay>,
    /// Every child of the family.
    pub children: Vec<ChildPossibilities>,
}

/// A day on which something is not possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClosedDay {
    /// The day.
    pub day: Day,
    /// Why, in the portal's words.
    pub reason: String,
}

/// What is possible for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildPossibilities {
    /// The child.
    pub child: ChildId,
    /// What it is called.
    pub child_name: String,
    /// What is planned already ("reeds gepland").
    pub planned: Vec<PlannedSlot>,
    /// The day parts that can be asked for.
    pub parts: Vec<PossiblePart>,
    /// The credits that can be used for it.
    pub credits: Vec<Credit>,
    /// The credits that cannot, and why.
    pub not_usable: Vec<CreditNotUsable>,
    /// Why nothing at all is possible, in the portal's words.
    pub reason: Option<String>,
}

/// A slot that is there already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlannedSlot {
    /// Which.
    pub slot: SlotRef,
    /// The group.
    pub group: Option<String>,
    /// Whether the child is expected.
    pub attendance: Attendance,
}

/// A day part that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PossiblePart {
    /// The day part.
    pub part: DayPart,
    /// The group it would be in.
    pub group: Option<String>,
    /// The days of the period on which it is possible.
    pub days: Vec<Day>,
    /// The days on which it is not, and why.
    pub refused: Vec<ClosedDay>,
}

/// A credit that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreditNotUsable {
    /// The credit.
    pub credit: Credit,
    /// Why, in the portal's words.
    pub reason: String,
}

/// A booking as it is chosen, for the portal to compute what it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuoteQuery {
    /// An extra day or a swap.
    pub kind: RequestKind,
    /// The booking; its quote is not looked at.
    pub booking: Booking,
    /// The bookings that stand before it in the same request: one credit may pay for both only
    /// while it suffices.
    pub before: Vec<Booking>,
}

/// What became of a request that was given in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum GivenIn {
    /// It is in the send queue.
    Queued {
        /// The write.
        write: Box<Write>,
    },
    /// There is no network to ask what is possible: it waits as a wish.
    Wish {
        /// The wish.
        wish: Box<Wish>,
    },
}

/// Which requests to read. Newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestQuery {
    /// Only with a line about one of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// Only of these kinds; empty means every kind.
    pub kinds: Vec<RequestKind>,
    /// Only with a line that stands so; empty means every status.
    pub statuses: Vec<RequestStatus>,
    /// Go on after this cursor.
    pub after: Option<String>,
    /// How many at most, 1 to 100.
    pub limit: u32,
}

/// A page of the requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RequestPage {
    /// The requests, with all their lines.
    pub requests: Vec<CareRequest>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// The credits of a child, by what they count in and when they end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildCredits {
    /// The child.
    pub child: Child,
    /// Its credits: those to be used first come first.
    pub credits: Vec<Credit>,
}

/// "Vandaag": the day at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// The day it is in Amsterdam.
    pub day: Day,
    /// Whether the planning of that day is known.
    pub known: bool,
    /// What is special about it.
    pub mark: Option<DayMark>,
    /// Who goes where today, the earliest first.
    pub slots: Vec<CareSlot>,
    /// The next day on which a child is expected, when none is today.
    pub next: Option<AgendaDay>,
    /// What was last noted today, child by child.
    pub rhythm: Vec<TodayRhythm>,
    /// What is asked of the parent, the most pressing first.
    pub asked: Vec<TodayAsked>,
}

/// The last bottle and the last sleep of a child today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TodayRhythm {
    /// The child.
    pub child: ChildId,
    /// What it is called.
    pub child_name: String,
    /// Its last bottle.
    pub bottle: Option<RhythmMoment>,
    /// Its last sleep.
    pub sleep: Option<RhythmMoment>,
}

/// Something asked of a parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum TodayAsked {
    /// An absence has not reached the portal, and its slot draws near: call the group.
    #[serde(rename_all = "camelCase")]
    AbsenceNotSent {
        /// The write.
        write: Box<Write>,
        /// When the first of its slots begins.
        starts_at: DateTime<Utc>,
        /// The groups to call.
        phones: Vec<GroupPhone>,
    },
    /// A request was refused or could not be sent: look at it.
    #[serde(rename_all = "camelCase")]
    RequestNotSent {
        /// The write.
        write: Box<Write>,
    },
    /// A wish can be completed now.
    #[serde(rename_all = "camelCase")]
    WishReady {
        /// The wish.
        wish: Box<Wish>,
    },
    /// A request expires soon.
    #[serde(rename_all = "camelCase")]
    RequestExpires {
        /// The request.
        request: RequestId,
        /// When.
        on: Day,
    },
    /// Something can be cancelled for a short while only.
    #[serde(rename_all = "camelCase")]
    CancelEnds {
        /// The request or absence.
        request: RequestId,
        /// What it is.
        kind: RequestKind,
        /// What its children are called for whom it can be cancelled until then.
        child_names: Vec<String>,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// A credit ends soon.
    #[serde(rename_all = "camelCase")]
    CreditEnds {
        /// The credit.
        credit: Credit,
        /// What its child is called.
        child_name: String,
    },
}

/// What a child is expected for on a day or in a period, from the cache: what an absence is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Expected {
    /// The child.
    pub child: Child,
    /// Its slots.
    pub slots: Vec<CareSlot>,
}

/// What came of writing the calendar to a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportedCalendar {
    /// The file, as text for the eye.
    pub file: String,
    /// How many slots stand in it.
    pub events: u32,
}

/// The calendar on this device for calendar programs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CalendarFeed {
    /// Whether it is switched on.
    pub on: bool,
    /// Its address, with a secret path, while it is.
    pub url: Option<String>,
}
