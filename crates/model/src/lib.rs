//! What a parent sees and fills in, in plain types: children, cards, entries, photos, conversations,
//! care slots, requests, credits and documents.
//!
//! Nothing here does I/O. Every type is also what the interface receives, so it serialises in
//! `camelCase` and carries a TypeScript description.

mod article;
mod attached;
mod child;
mod clock;
mod conversation;
mod credit;
mod day;
mod document;
mod fact;
mod family;
mod form;
mod id;
mod newsletter;
mod notice;
mod observation;
mod photo;
mod place;
mod planning;
mod request;
mod rhythm;
mod search;
mod timeline;
mod writing;

pub use article::{Article, ArticlePart};
pub use attached::{AttachedCount, AttachedFile};
pub use child::Child;
pub use clock::{Clock, SystemClock, TestClock};
pub use conversation::{Conversation, Message};
pub use credit::{Credit, CreditState, CreditUnit, CreditUse};
pub use day::{Day, day_of_epoch_ms, midnight_epoch_ms, noon, today};
pub use document::{Document, DocumentFormat, DocumentKind};
pub use fact::{Fact, FactKind};
pub use family::{
    ChildDetails, Consent, ConsentAnswer, ConsentGiven, DetailField, MOST_FILLED_IN, OwnDetails,
    OwnField, Placement,
};
pub use form::{
    AbsenceForm, Booking, BookingLine, ChildSlots, Quote, QuoteLine, RequestForm, Wish,
};
pub use id::{
    AccountId, ArticleId, CardId, ChildId, ConversationId, CreditId, DocumentId, FileId, JournalId,
    LineId, MediaId, MessageId, NewsletterId, PhotoId, RequestId, SlotId, WishId, WriteId,
};
pub use newsletter::Newsletter;
pub use notice::{PortalNotice, PortalNotices};
pub use observation::{
    Observation, ObservationAnswer, ObservationQuestion, ObservationSection, ObservationTitle,
};
pub use photo::{Cached, MediaKind, MediaSize, Photo, Saveable};
pub use place::{
    CareGroup, CareLocation, Contact, InfoPage, InfoPageTitle, OpeningHours, Places, TeamMember,
};
pub use planning::{Attendance, CareSlot, DayMark, SlotKind, SlotRef};
pub use request::{
    AbsenceReason, CareRequest, DayPart, Payment, RequestKind, RequestLine, RequestStatus,
};
pub use rhythm::{RhythmKind, RhythmMoment};
pub use search::{FindKind, Found, FoundPlace, Fragment};
pub use timeline::{Attachment, AuthorKind, CardChild, CardKind, DiaryEntry, TimelineCard};
pub use writing::{
    Draft, DraftPlace, FILE_NOT_TAKEN, NO_REASON, OutFile, Write, WriteState, WriteWhat,
};
