//! How kinds are written in the databases.

use crate::day::unreadable;
use schriftje_model::{AuthorKind, Cached, CardKind, MediaKind, MediaSize, RhythmKind};

pub(crate) fn card(kind: &CardKind) -> &str {
    match kind {
        CardKind::Journal => "journal",
        CardKind::Photos => "photo",
        CardKind::Trigger => "trigger",
        CardKind::Unsupported(wire) => wire,
    }
}

pub(crate) fn to_card(text: String) -> CardKind {
    match text.as_str() {
        "journal" => CardKind::Journal,
        "photo" => CardKind::Photos,
        "trigger" => CardKind::Trigger,
        _ => CardKind::Unsupported(text),
    }
}

/// The order of kinds within a day: what asks for an answer first, then words, then photos.
pub(crate) fn rank(kind: &CardKind) -> i64 {
    match kind {
        CardKind::Trigger => 0,
        CardKind::Journal => 1,
        CardKind::Photos => 2,
        CardKind::Unsupported(_) => 3,
    }
}

pub(crate) fn author(kind: AuthorKind) -> &'static str {
    match kind {
        AuthorKind::Employee => "employee",
        AuthorKind::Parent => "parent",
        AuthorKind::Unknown => "unknown",
    }
}

pub(crate) fn to_author(text: &str) -> AuthorKind {
    match text {
        "employee" => AuthorKind::Employee,
        "parent" => AuthorKind::Parent,
        _ => AuthorKind::Unknown,
    }
}

pub(crate) fn media(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Photo => "photo",
        MediaKind::Video => "video",
    }
}

pub(crate) fn to_media(text: &str) -> MediaKind {
    if text == "video" { MediaKind::Video } else { MediaKind::Photo }
}

/// The sizes that are kept; the original is not.
pub(crate) fn size(size: MediaSize) -> Option<&'static str> {
    match size {
        MediaSize::Thumb => Some("thumb"),
        MediaSize::Medium => Some("medium"),
        MediaSize::Full => None,
    }
}

pub(crate) fn rhythm(kind: RhythmKind) -> &'static str {
    match kind {
        RhythmKind::Sleep => "sleep",
        RhythmKind::Bottle => "bottle",
        RhythmKind::Meal => "meal",
        RhythmKind::Nappy => "nappy",
        RhythmKind::Care => "care",
        RhythmKind::Activity => "activity",
        RhythmKind::Other => "other",
    }
}

pub(crate) fn to_rhythm(text: &str) -> RhythmKind {
    match text {
        "sleep" => RhythmKind::Sleep,
        "bottle" => RhythmKind::Bottle,
        "meal" => RhythmKind::Meal,
        "nappy" => RhythmKind::Nappy,
        "care" => RhythmKind::Care,
        "activity" => RhythmKind::Activity,
        _ => RhythmKind::Other,
    }
}

/// Not fetched yet.
pub(crate) const MISSING: i64 = 0;
/// In `media.db`.
pub(crate) const HERE: i64 = 1;
/// Made room for newer ones.
pub(crate) const EVICTED: i64 = 2;
/// Cannot be read.
pub(crate) const BROKEN: i64 = 3;

/// Of a picture's `pinned`, beside 0 and 1: kept since the portal shows it no more.
pub(crate) const KEPT_SINCE_GONE: i64 = 2;

pub(crate) fn cached(thumb: i64, medium: i64) -> rusqlite::Result<Cached> {
    if !(MISSING..=BROKEN).contains(&thumb) || !(MISSING..=BROKEN).contains(&medium) {
        return Err(unreadable(0));
    }
    Ok(match (thumb, medium) {
        (_, HERE) => Cached::Medium,
        (_, EVICTED) => Cached::Evicted,
        (BROKEN, _) | (_, BROKEN) => Cached::Broken,
        (HERE, _) => Cached::Thumb,
        _ => Cached::Nothing,
    })
}
