//! What a parent may rely on when cards are read, also from a portal gone mad.

use super::timeline::{MappedCard, TimelinePage, page};
use crate::PortalError;
use proptest::prelude::*;
use schriftje_model::{AuthorKind, CardKind, MediaKind, MediaSize, RhythmKind};
use serde_json::{Value, json};
use url::Url;

/// Midnight of 7 October 2026 in Amsterdam.
const DAY: i64 = 1_791_324_000_000;

fn read(answer: Value) -> Result<TimelinePage, PortalError> {
    page(&Url::parse("https://abc.ouderportaal.nl/").unwrap(), answer)
}

#[expect(clippy::needless_pass_by_value, reason = "it reads better where it is called")]
fn one(card: Value) -> MappedCard {
    let mut page = read(json!([card])).unwrap();
    assert_eq!((page.received, page.unreadable), (1, 0));
    page.cards.remove(0)
}

fn photo(id: &str) -> Value {
    let url = |size: &str| {
        format!(
            "https://resource.kidskonnect.cloud/x/{id}{size}.jpeg?Expires=1791327600&Key-Pair-Id=K&Signature=s"
        )
    };
    json!({
        "id": id, "description": "Samen in de zandbak", "generatedDescription": false, "date": DAY,
        "childTags": [
            {"personId": "c1", "message": "Noor", "ownChild": true},
            {"personId": "c2", "message": "Ander", "ownChild": false},
        ],
        "employeeTags": [], "miscTags": [], "mediaType": "photo", "liked": false, "new": true,
        "fullSizeUrl": url(""), "mediumUrl": url("-medium"), "thumbUrl": url("-thumb"),
    })
}

fn child(id: &str) -> Value {
    json!({
        "id": id, "firstName": "Noor", "middleName": null, "lastName": "Bloem",
        "hasActivePlacements": true, "childGroup": "Hamsters", "dateOfBirth": DAY,
        "avatars": {"fullSizeUrl": format!("https://resource.kidskonnect.cloud/a/{id}.jpeg?Signature=s")},
    })
}

fn journal_card() -> Value {
    let rhythm = "<table class='day-rythm-moment'><tr><td><div class='icon dagritme-flesje'></div></td><td>\
        <span class='moment-title-span'>12:00 Fles</span>\
        <div class='moment-entry-description'>130 cc</div></td></tr></table>";
    json!({
        "date": DAY, "type": "journal", "children": [child("c1")],
        "journal": {
            "journalId": "j1", "childId": "c1", "date": DAY, "writtenByName": "Juf Anne",
            "writtenByType": "timeline.card_journal_header_type.employees_of",
            "content": format!("<p>Heerlijk gespeeld.</p>{rhythm}"),
            "journalContent": "<p>Heerlijk <script>x</script>gespeeld.</p>",
            "dayRythmContent": rhythm, "photos": [photo("p1")],
            "attachmentContentItems": [{"fileName": "rooster.pdf"}], "isNew": true, "edited": true,
        },
    })
}

fn photo_card(photos: &[Value]) -> Value {
    json!({"date": DAY, "type": "photo", "children": [child("c1"), child("c0")], "photos": photos})
}

#[test]
fn a_day_report_is_read_whole() {
    let mapped = one(journal_card());
    let entry = mapped.card.entry.unwrap();
    assert_eq!(mapped.card.id.as_str(), "journal:j1");
    assert_eq!(mapped.card.kind, CardKind::Journal);
    assert_eq!(mapped.card.day.to_string(), "2026-10-07");
    assert_eq!(entry.html, "<p>Heerlijk gespeeld.</p>");
    assert_eq!(entry.text, "Heerlijk gespeeld.");
    assert_eq!(
        (entry.author.as_deref(), entry.author_kind),
        (Some("Juf Anne"), AuthorKind::Employee)
    );
    assert_eq!(entry.rhythm.len(), 1);
    assert_eq!(entry.rhythm[0].kind, RhythmKind::Bottle);
    assert_eq!(entry.photos[0].id.as_str(), "p1");
    assert_eq!(entry.attachments[0].name, "rooster.pdf");
    assert!(entry.edited);
    assert_eq!(mapped.card.children[0].group.as_deref(), Some("Hamsters"));
    assert_eq!(mapped.raw, None);
}

#[test]
fn text_and_rhythm_in_one_piece_are_told_apart() {
    let mut card = journal_card();
    for gone in ["journalContent", "dayRythmContent"] {
        card["journal"][gone] = Value::Null;
    }
    let entry = one(card).card.entry.unwrap();
    assert_eq!(entry.text, "Heerlijk gespeeld.");
    assert_eq!(entry.rhythm.len(), 1);
}

#[test]
fn a_photo_has_its_day_its_caption_and_the_own_children_alone() {
    let mapped = one(photo_card(&[photo("p1")]));
    let read = &mapped.card.photos[0];
    assert_eq!(read.day.to_string(), "2026-10-07");
    assert_eq!(read.caption.as_deref(), Some("Samen in de zandbak"));
    assert_eq!(read.machine_description, None);
    assert_eq!(
        read.own_children.iter().map(schriftje_model::ChildId::as_str).collect::<Vec<_>>(),
        ["c1"]
    );
    let sizes: Vec<_> = mapped.media.iter().map(|link| (link.id.as_str(), link.size)).collect();
    assert_eq!(
        sizes,
        [("p1", MediaSize::Thumb), ("p1", MediaSize::Medium), ("p1", MediaSize::Full)]
    );
    let expires = mapped.media[0].source.expires_at().unwrap();
    assert_eq!(expires.timestamp(), 1_791_327_600);
    assert!(!format!("{mapped:?}").contains("Signature"), "addresses are not shown");
}

#[test]
fn what_a_machine_wrote_is_never_a_caption() {
    let mut generated = photo("p1");
    generated["generatedDescription"] = json!(true);
    let mut film = photo("p2");
    film["mediaType"] = json!("video");
    film["description"] = json!("  ");
    let photos = one(photo_card(&[generated, film])).card.photos;
    assert_eq!(photos[0].caption, None);
    assert_eq!(photos[0].machine_description.as_deref(), Some("Samen in de zandbak"));
    assert_eq!((photos[1].kind, &photos[1].caption), (MediaKind::Video, &None));
}

#[test]
fn a_photo_cards_identity_stays_while_the_day_grows() {
    let before = one(photo_card(&[photo("p1")]));
    let mut card = photo_card(&[photo("p2"), photo("p1")]);
    card["children"].as_array_mut().unwrap().reverse();
    let after = one(card);
    assert_eq!(before.card.id, after.card.id);
    assert_ne!(before.hash, after.hash);
    let mut other_day = photo_card(&[photo("p1")]);
    other_day["date"] = json!(DAY - 86_400_000);
    assert_ne!(one(other_day).card.id, before.card.id);
}

#[test]
fn an_avatar_is_known_again_by_its_path() {
    let a = one(photo_card(&[]));
    let mut card = photo_card(&[]);
    card["children"][0]["avatars"]["fullSizeUrl"] =
        json!("https://resource.kidskonnect.cloud/a/c1.jpeg?Signature=other");
    let b = one(card);
    assert!(a.card.children[0].avatar.is_some());
    assert_eq!(a.card.children, b.card.children);
    assert_eq!(a.hash, b.hash);
    assert_ne!(a.card.children[0].avatar, a.card.children[1].avatar);
    assert_eq!(a.avatars.len(), 6, "each in three sizes, so that any can be asked for");
}

#[test]
fn what_is_not_understood_is_kept_with_the_portals_word_for_it() {
    let knutsel = json!({"date": DAY, "type": "knutsel", "url": "https://m.example/a?Signature=s"});
    let mapped = one(knutsel);
    assert_eq!(mapped.card.kind, CardKind::Unsupported("knutsel".into()));
    assert!(mapped.raw.as_deref().unwrap().contains("https://m.example/a\""));
    for broken in [
        json!({"date": DAY, "type": "journal"}),
        json!({"date": DAY, "type": "journal", "journal": {"content": "x"}}),
        json!({"date": DAY, "type": "journal", "journal": []}),
    ] {
        assert_eq!(one(broken).card.kind, CardKind::Unsupported("journal".into()));
    }
    let photos = one(json!({"date": DAY, "type": "photo", "photos": "none"}));
    assert_eq!(photos.card.kind, CardKind::Unsupported("photo".into()));
    let two = json!([
        {"date": DAY, "type": "trigger", "trigger": {"id": 1}},
        {"date": DAY, "type": "trigger", "trigger": {"id": 2}},
    ]);
    let two = read(two).unwrap().cards;
    assert_eq!(two[0].card.kind, CardKind::Trigger);
    assert_ne!(two[0].card.id, two[1].card.id);
}

#[test]
fn one_bad_card_costs_no_other_and_still_counts_for_the_offset() {
    let page = read(json!([
        {"type": "photo", "photos": []},
        photo_card(&[json!({"no": "id"}), json!(7), photo("p1")]),
        "nonsense",
        {"date": DAY},
    ]))
    .unwrap();
    assert_eq!((page.received, page.cards.len(), page.unreadable), (4, 1, 3));
    assert_eq!(page.unreadable_photos, 2);
    assert_eq!(page.cards[0].card.photos.len(), 1);
}

#[test]
fn a_page_of_another_shape_says_so_and_an_empty_one_is_the_end() {
    let changed = Err(PortalError::Changed { what: "timeline.cards" });
    for answer in [
        json!(null),
        json!({"page": []}),
        json!("x"),
        json!([1, 2]),
        json!([{"datum": DAY, "soort": "photo"}]),
        json!({"cards": {}}),
    ] {
        assert_eq!(read(answer.clone()), changed, "{answer}");
    }
    assert_eq!(read(json!([])), Ok(TimelinePage::default()));
    assert_eq!(read(json!({"cards": [photo_card(&[])]})).unwrap().received, 1);
}

#[test]
fn two_halves_of_a_days_photos_are_one_card() {
    let page = read(json!([photo_card(&[photo("p1")]), photo_card(&[photo("p2"), photo("p1")])]));
    let page = page.unwrap();
    assert_eq!((page.received, page.cards.len()), (2, 1));
    let ids: Vec<_> = page.cards[0].card.photos.iter().map(|photo| photo.id.as_str()).collect();
    assert_eq!(ids, ["p1", "p2"]);
}

/// A value out of a mad portal.
pub(crate) fn madness() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("https://[::1]:x/?Signature=")),
        Just(json!("<table class='day-rythm-moment'><b>")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z]{1,8}", inner, 0..4)
                .prop_map(|fields| fields.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

/// Every place in a value, as JSON pointers.
pub(crate) fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(values) => {
            for (i, value) in values.iter().enumerate() {
                places(value, &format!("{at}/{i}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                places(value, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn a_mutilated_page_is_read_or_refused_and_never_more(
        changes in prop::collection::vec((any::<prop::sample::Index>(), madness()), 1..5)
    ) {
        let mut answer = json!([journal_card(), photo_card(&[photo("p1"), photo("p2")])]);
        for (place, value) in changes {
            let mut found = Vec::new();
            places(&answer, "", &mut found);
            if let Some(target) = answer.pointer_mut(place.get::<String>(&found)) {
                *target = value;
            }
        }
        let sent = answer.as_array().map(Vec::len);
        match read(answer) {
            Ok(page) => {
                if let Some(sent) = sent {
                    prop_assert_eq!(page.received as usize, sent);
                    prop_assert!(page.cards.len() + page.unreadable as usize <= sent);
                }
                for mapped in page.cards {
                    prop_assert!(!mapped.card.id.as_str().is_empty());
                    let html = mapped.card.entry.map(|entry| entry.html).unwrap_or_default();
                    prop_assert!(!html.contains("<script") && !html.contains("<img"));
                }
            }
            Err(e) => prop_assert_eq!(e, PortalError::Changed { what: "timeline.cards" }),
        }
    }
}
