//! Invented cards for the tests.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

pub mod conversations;
pub mod killed;

use chrono::{Days, NaiveTime};
use schriftje_model::{
    Attachment, AuthorKind, Cached, CardChild, CardId, CardKind, ChildId, Day, DiaryEntry,
    JournalId, MediaId, MediaKind, Photo, PhotoId, RhythmKind, RhythmMoment, Saveable,
    TimelineCard,
};
use schriftje_store::{Key, NewCard, OpenMode, Store};
use std::path::Path;

pub const KEY: [u8; 32] = [7; 32];

pub fn key() -> Key {
    Key::from_bytes(KEY)
}

pub async fn open(folder: &Path) -> Store {
    Store::open(folder, &key(), OpenMode::Create).await.unwrap().store
}

pub fn day(n: u64) -> Day {
    Day::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)
}

pub fn photo(id: &str, day: Day) -> Photo {
    Photo {
        id: PhotoId(id.into()),
        day,
        kind: MediaKind::Photo,
        caption: Some(format!("Bijschrift van {id}")),
        machine_description: None,
        own_children: vec![ChildId("noortje".into())],
        cached: Cached::Nothing,
        saveable: Saveable::Yes,
    }
}

pub fn child(id: &str) -> CardChild {
    CardChild {
        id: ChildId(id.into()),
        first_name: format!("Voornaam-{id}"),
        group: Some("Hamsters".into()),
        avatar: Some(MediaId(format!("avatar-{id}"))),
    }
}

pub fn photo_card(id: &str, day: Day, children: &[&str], photos: &[&str]) -> NewCard {
    NewCard {
        card: TimelineCard {
            id: CardId(id.into()),
            day,
            kind: CardKind::Photos,
            children: children.iter().map(|id| child(id)).collect(),
            entry: None,
            photos: photos.iter().map(|id| photo(id, day)).collect(),
        },
        hash: format!("hash of {id} {photos:?}"),
        raw: None,
    }
}

pub fn journal_card(id: &str, day: Day, children: &[&str]) -> NewCard {
    let moment = RhythmMoment {
        kind: RhythmKind::Sleep,
        start: NaiveTime::from_hms_opt(10, 10, 0),
        end: NaiveTime::from_hms_opt(10, 48, 0),
        title: "Slapen".into(),
        subtitle: None,
        entries: vec!["130 cc".into()],
        remarks: Some("Sliep als een roos".into()),
    };
    NewCard {
        card: TimelineCard {
            id: CardId(format!("journal:{id}")),
            day,
            kind: CardKind::Journal,
            children: children.iter().map(|id| child(id)).collect(),
            entry: Some(DiaryEntry {
                id: JournalId(id.into()),
                author: Some("Juf Marieke".into()),
                author_kind: AuthorKind::Employee,
                html: "<p>Vandaag gingen we naar de kinderboerderij.</p>".into(),
                text: "Vandaag gingen we naar de kinderboerderij.".into(),
                rhythm: vec![moment],
                photos: vec![photo(&format!("foto-{id}"), day)],
                attachments: vec![Attachment { name: "Weekmenu.pdf".into() }],
                edited: false,
            }),
            photos: vec![],
        },
        hash: format!("hash of {id}"),
        raw: None,
    }
}
