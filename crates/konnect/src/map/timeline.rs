//! A page of the timeline.

use super::digest::{content_hash, short_digest, without_signed_queries};
use super::{child, html, photo, rhythm};
use crate::error::PortalError;
use crate::media::MediaLink;
use crate::wire::timeline::{WireAttachment, WireCard, WireJournal};
use schriftje_model::{
    Attachment, AuthorKind, CardChild, CardId, CardKind, Day, DiaryEntry, JournalId, TimelineCard,
};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// A page of the timeline, newest day first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelinePage {
    /// How many cards the portal sent, readable or not: the next offset is this much further (A, B).
    /// 0 ends the timeline.
    pub received: u32,
    /// The cards that could be read.
    pub cards: Vec<MappedCard>,
    /// How many could not, for want of a date.
    pub unreadable: u32,
    /// How many photos could not, for want of an identity.
    pub unreadable_photos: u32,
}

/// A card, and what belongs to it for as long as the app runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedCard {
    /// The card.
    pub card: TimelineCard,
    /// Where its photos and videos are just now.
    pub media: Vec<MediaLink>,
    /// Where its children's pictures are just now.
    pub avatars: Vec<MediaLink>,
    /// A hash of what the portal says: another one means that the card has changed. Being read or
    /// liked, and the signatures of addresses, do not count.
    pub hash: String,
    /// The portal's JSON of a card that is not understood, without signed addresses.
    pub raw: Option<String>,
    /// Whether this parent has not looked at it yet on any device, as far as the portal tells
    /// (`isNew`, `new`).
    pub unseen: bool,
}

/// Maps the answer of `/timeline/cards/v2/{offset}`: a list, bare or wrapped (A, D).
pub(crate) fn page(base: &Url, answer: Value) -> Result<TimelinePage, PortalError> {
    let changed = PortalError::Changed { what: "timeline.cards" };
    let cards = match answer {
        Value::Array(cards) => cards,
        Value::Object(mut fields) => {
            match fields.remove("cards").or_else(|| fields.remove("items")) {
                Some(Value::Array(cards)) => cards,
                _ => return Err(changed),
            }
        }
        _ => return Err(changed),
    };
    let received = u32::try_from(cards.len()).map_err(|_| changed.clone())?;
    let mut page = TimelinePage { received, ..TimelinePage::default() };
    for raw in cards {
        match card(base, &raw, &mut page.unreadable_photos) {
            Some(mapped) => add(&mut page.cards, mapped),
            None => page.unreadable += 1,
        }
    }
    if page.cards.is_empty() && received > 0 {
        return Err(changed);
    }
    Ok(page)
}

/// Two cards with one identity on one page are one card to a parent.
fn add(cards: &mut Vec<MappedCard>, mapped: MappedCard) {
    let Some(known) = cards.iter_mut().find(|known| known.card.id == mapped.card.id) else {
        cards.push(mapped);
        return;
    };
    if known.hash == mapped.hash {
        return;
    }
    for photo in mapped.card.photos {
        if !known.card.photos.iter().any(|other| other.id == photo.id) {
            known.card.photos.push(photo);
        }
    }
    known.media.extend(mapped.media);
    known.hash = short_digest(&[&known.hash, &mapped.hash]);
}

/// What was looked at on another device is new no more. A portal that says nothing of it leaves it
/// new.
fn is_unseen(card: &WireCard) -> bool {
    let entry = card.journal.as_ref().and_then(|journal| journal.is_new);
    let of_entry = card.journal.iter().flat_map(|journal| &journal.photos.items);
    let own = card.photos.iter().flat_map(|photos| &photos.items);
    let marks: Vec<bool> =
        entry.into_iter().chain(of_entry.chain(own).filter_map(|photo| photo.new)).collect();
    marks.is_empty() || marks.contains(&true)
}

fn card(base: &Url, raw: &Value, unreadable_photos: &mut u32) -> Option<MappedCard> {
    let wire = WireCard::deserialize(raw).ok()?;
    let day = wire.date?;
    let unseen = is_unseen(&wire);
    let word = wire.kind?;
    let mut media = Vec::new();
    let mut avatars = Vec::new();
    let mut children: Vec<CardChild> = Vec::new();
    for child in &wire.children.items {
        if let Some(child) = child::card_child(base, child, &mut avatars)
            && !children.iter().any(|known| known.id == child.id)
        {
            children.push(child);
        }
    }
    let mut photos = |list| {
        let (photos, unreadable) = photo::photos(base, Some(day), list, &mut media);
        *unreadable_photos += unreadable;
        photos
    };
    let mut entry = None;
    let mut own_photos = Vec::new();
    let kind = match (word.as_str(), wire.journal, wire.photos) {
        ("journal", Some(journal), _) if journal.journal_id.is_some() => {
            entry = diary_entry(journal, &mut photos);
            CardKind::Journal
        }
        ("photo", _, Some(list)) => {
            own_photos = photos(list);
            CardKind::Photos
        }
        ("trigger", ..) => CardKind::Trigger,
        _ => CardKind::Unsupported(word.clone()),
    };
    let kept = matches!(kind, CardKind::Trigger | CardKind::Unsupported(_));
    let id = card_id(&kind, &word, day, &children, entry.as_ref(), raw);
    Some(MappedCard {
        card: TimelineCard { id, day, kind, children, entry, photos: own_photos },
        media,
        avatars,
        hash: content_hash(raw),
        raw: kept.then(|| without_signed_queries(raw).to_string()),
        unseen,
    })
}

/// The portal gives cards no identity: a journal's is that of its entry, any other's is made of its
/// type, its day, its children and, for a card that is not understood, an identity inside it.
fn card_id(
    kind: &CardKind,
    word: &str,
    day: Day,
    children: &[CardChild],
    entry: Option<&DiaryEntry>,
    raw: &Value,
) -> CardId {
    if let Some(entry) = entry {
        return CardId(format!("journal:{}", entry.id));
    }
    let day = day.to_string();
    let mut ids: Vec<&str> = children.iter().map(|child| child.id.as_str()).collect();
    ids.sort_unstable();
    let mut parts = vec![word, &day];
    parts.extend(ids);
    let inner = if *kind == CardKind::Photos { None } else { inner_id(word, raw) };
    parts.extend(inner.as_deref());
    CardId(short_digest(&parts))
}

fn inner_id(word: &str, raw: &Value) -> Option<String> {
    let named = format!("{word}Id");
    [raw.get(word).unwrap_or(raw), raw]
        .into_iter()
        .flat_map(|place| [place.get("id"), place.get(&named)])
        .flatten()
        .find_map(crate::wire::field::as_id)
}

fn diary_entry(
    wire: WireJournal,
    photos: &mut impl FnMut(
        crate::wire::field::List<crate::wire::timeline::WirePhoto>,
    ) -> Vec<schriftje_model::Photo>,
) -> Option<DiaryEntry> {
    let id = JournalId(wire.journal_id?);
    let whole = wire.content.unwrap_or_default();
    let mut cleaned = html::clean(&html::without_rhythm(&wire.journal_content.unwrap_or_default()));
    if cleaned.text.is_empty() {
        cleaned = html::clean(&html::without_rhythm(&whole));
    }
    let mut rhythm = rhythm::parse(&wire.day_rythm_content.unwrap_or_default());
    if rhythm.is_empty() {
        rhythm = rhythm::parse(&whole);
    }
    Some(DiaryEntry {
        id,
        author: wire.written_by_name,
        author_kind: author_kind(wire.written_by_type.as_deref()),
        html: cleaned.html,
        text: cleaned.text,
        rhythm,
        photos: photos(wire.photos),
        attachments: wire.attachment_content_items.items.into_iter().map(attachment).collect(),
        edited: wire.edited,
    })
}

/// Seen: `timeline.card_journal_header_type.employees_of` (B).
fn author_kind(word: Option<&str>) -> AuthorKind {
    let word = word.unwrap_or_default().to_ascii_lowercase();
    if word.contains("employee") || word.contains("medewerker") {
        AuthorKind::Employee
    } else if word.contains("parent") || word.contains("ouder") {
        AuthorKind::Parent
    } else {
        AuthorKind::Unknown
    }
}

pub(crate) fn attachment(wire: WireAttachment) -> Attachment {
    Attachment { name: wire.file_name.or(wire.name).or(wire.title).unwrap_or_default() }
}
