//! Why the rules refuse something.

use chrono::NaiveDate;

/// Why something is refused; its text is a sentence for the parent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("De laatste dag ligt voor de eerste.")]
    Backwards,
    #[error("Deze periode is te lang: het kan voor hoogstens {0} dagen tegelijk.")]
    TooLong(i64),
    #[error("Dit is te ver vooruit: het kan tot en met {}.", super::sentence::day(*.0))]
    TooFar(NaiveDate),
    #[error("Deze dag is al geweest.")]
    DayPast,
    #[error("{0}")]
    Closed(String),
    #[error("Hiervoor is het te laat: het kan tot {0} uur van tevoren.")]
    TooLate(i64),
    #[error("Dit is al begonnen. Bel de groep.")]
    Begun,
    #[error("Dit dagdeel kennen wij niet.")]
    PartUnknown,
    #[error("{0}")]
    NotThen(String),
    #[error("De groep is dan vol.")]
    NoRoom,
    #[error("Je kind is dan al gepland.")]
    AlreadyPlanned,
    #[error("Dit is al aangevraagd.")]
    AlreadyAsked,
    #[error("Je kind is dan al afwezig gemeld.")]
    AlreadyAbsent,
    #[error("Dit opvangmoment staat niet meer in de planning.")]
    SlotUnknown,
    #[error("Dit kind kennen wij niet.")]
    ChildUnknown,
    #[error("Dit tegoed kennen wij niet.")]
    CreditUnknown,
    #[error("{0}")]
    CreditNotUsable(String),
    #[error("Dit tegoed is intussen gebruikt. Kies opnieuw hoe je wilt betalen.")]
    CreditGone,
    #[error("Er is nog niet berekend wat dit kost.")]
    QuoteMissing,
    #[error("Er is intussen iets veranderd. Kijk nog eens wat er kan en wat het kost.")]
    QuoteChanged,
    #[error("Als geheel beoordelen kan alleen bij een aanvraag voor één dag.")]
    WholeNotAllowed,
    #[error(
        "Een aanvraag kan vervallen vanaf morgen, tot en met de eerste dag waar zij over gaat."
    )]
    ExpiryNotAllowed,
    #[error("Er is nog niets gekozen.")]
    NothingChosen,
    #[error("Deze aanvraag kennen wij niet.")]
    RequestUnknown,
    #[error("{0}")]
    TooLateToCancel(String),
    #[error("Hierover is al beslist. Neem contact op met de groep.")]
    AlreadyDecided,
    #[error("Dit is al geannuleerd.")]
    AlreadyCancelled,
}

impl Refused {
    /// What it is, for a program.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Backwards | Self::TooLong(_) | Self::TooFar(_) => "period-not-allowed",
            Self::DayPast => "day-past",
            Self::Closed(_) => "day-closed",
            Self::TooLate(_) | Self::Begun => "notice-too-short",
            Self::PartUnknown | Self::NotThen(_) => "part-unknown",
            Self::NoRoom => "no-room",
            Self::AlreadyPlanned => "already-planned",
            Self::AlreadyAsked => "already-asked",
            Self::AlreadyAbsent => "already-absent",
            Self::SlotUnknown => "slot-unknown",
            Self::ChildUnknown => "child-unknown",
            Self::CreditUnknown => "credit-unknown",
            Self::CreditNotUsable(_) => "credit-not-usable",
            Self::CreditGone => "credit-gone",
            Self::QuoteMissing => "quote-missing",
            Self::QuoteChanged => "quote-changed",
            Self::WholeNotAllowed => "whole-not-allowed",
            Self::ExpiryNotAllowed => "expiry-not-allowed",
            Self::NothingChosen => "nothing-chosen",
            Self::RequestUnknown => "request-unknown",
            Self::TooLateToCancel(_) => "too-late-to-cancel",
            Self::AlreadyDecided => "already-decided",
            Self::AlreadyCancelled => "already-cancelled",
        }
    }
}
