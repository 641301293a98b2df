//! What a parent may rely on when conversations are read, also from a portal gone mad.

use super::logbook::{ConversationDetails, ConversationsPage, details, page};
use super::timeline_tests::{madness, places};
use crate::PortalError;
use proptest::prelude::*;
use proptest::sample::Index;
use schriftje_model::{ConversationId, MediaSize};
use serde_json::{Value, json};
use url::Url;

/// 13 October 2026, 08:15 in Amsterdam.
const AT: i64 = 1_791_872_100_000;

fn overview() -> Value {
    json!([
        {
            "logMessageMessageId": "k1", "subject": "Ophalen",
            "message": "<p>Vandaag haalt&nbsp;<b>oma</b> op.</p><p>Groet, Sanne</p>",
            "date": AT, "lastWritten": AT + 60_000, "unread": true, "lastFromParent": false,
        },
        {
            "logMessageMessageId": 12, "subject": null, "message": null,
            "date": "2026-10-12T08:15:00+02:00", "lastWritten": null, "unread": false,
            "lastFromParent": true, "newField": {"x": [1]},
        },
    ])
}

fn message(text: &str, at: i64) -> Value {
    json!({
        "message": text, "writtenBy": "Juf Anne", "date": at, "childFirstName": "Noor",
        "photos": [],
    })
}

fn exchange(messages: &[Value]) -> Value {
    json!({"summary": {"subject": "Ophalen"}, "messages": messages})
}

fn read(answer: Value) -> Result<ConversationDetails, PortalError> {
    let base = Url::parse("https://abc.ouderportaal.nl/").unwrap();
    details(&base, &ConversationId("k1".into()), answer)
}

fn ids(details: &ConversationDetails) -> Vec<String> {
    details.messages.iter().map(|message| message.id.to_string()).collect()
}

#[test]
fn the_list_of_conversations_is_read() {
    let page = page(overview()).unwrap();
    assert_eq!((page.received, page.unreadable), (2, 0));
    let [ophalen, bare] = &page.conversations[..] else { panic!("{page:?}") };
    assert_eq!((ophalen.id.as_str(), ophalen.subject.as_str()), ("k1", "Ophalen"));
    assert_eq!(ophalen.snippet, "Vandaag haalt oma op. Groet, Sanne");
    assert_eq!(ophalen.began_at.unwrap().timestamp_millis(), AT);
    assert_eq!(ophalen.last_written.timestamp_millis(), AT + 60_000);
    assert!(ophalen.unread && !ophalen.last_from_parent);
    assert_eq!((bare.id.as_str(), bare.subject.as_str(), bare.snippet.as_str()), ("12", "", ""));
    assert_eq!(bare.last_written.to_string(), "2026-10-12 06:15:00 UTC");
    assert!(!bare.unread && bare.last_from_parent);
}

#[test]
fn only_what_is_written_changes_a_conversations_hash() {
    let before = page(overview()).unwrap().conversations;
    let mut answer = overview();
    answer[0]["unread"] = json!(false);
    let after = page(answer.clone()).unwrap().conversations;
    assert!(before[0].hash == after[0].hash && after[0].hash != after[1].hash);
    answer[0]["lastWritten"] = json!(AT + 120_000);
    assert_ne!(page(answer).unwrap().conversations[0].hash, before[0].hash);
}

#[test]
fn one_bad_conversation_costs_no_other_and_still_counts_for_the_offset() {
    let mut answer = overview();
    let list = answer.as_array_mut().unwrap();
    list.extend([
        json!("nonsense"),
        json!({"subject": "no identity", "date": AT}),
        json!({"logMessageMessageId": "../x", "date": AT}),
        json!({"logMessageMessageId": "k2", "date": "ooit"}),
        json!({"logMessageMessageId": "k1", "date": AT, "subject": "twice"}),
    ]);
    let page = page(answer).unwrap();
    assert_eq!((page.received, page.conversations.len(), page.unreadable), (7, 2, 4));
    assert_eq!(page.conversations[0].subject, "Ophalen");
}

#[test]
fn a_list_of_another_shape_says_so_and_an_empty_one_is_the_end() {
    let changed = Err(PortalError::Changed { what: "logbook.overview" });
    for answer in [json!(null), json!({"berichten": []}), json!("x"), json!([{"id": 1}])] {
        assert_eq!(page(answer.clone()), changed, "{answer}");
    }
    assert_eq!(page(json!([])), Ok(ConversationsPage::default()));
}

#[test]
fn a_snippet_is_short_and_a_flood_comes_in_parts() {
    let long = json!([{"logMessageMessageId": 1, "date": AT, "message": "woord ".repeat(50_000)}]);
    let snippet = page(long).unwrap().conversations.remove(0).snippet;
    assert!(snippet.chars().count() <= 300 && snippet.starts_with("woord woord"));
    let flood: Vec<_> = (0..1500).map(|n| json!({"logMessageMessageId": n, "date": AT})).collect();
    assert_eq!(page(flood.into()).unwrap().received, 1000);
}

#[test]
fn an_exchange_is_read_whole_and_in_order() {
    let url = |size: &str| format!("https://resource.kidskonnect.cloud/p{size}.jpeg?Signature=s");
    let mut answer_of_group = message("<p>Fijn!</p><img src='https://t.example/pixel'>", AT);
    answer_of_group["photos"] = json!([
        {"id": "p1", "mediaType": "photo", "fullSizeUrl": url(""), "thumbUrl": url("-thumb")},
        {"no": "id"},
    ]);
    answer_of_group["attachmentContentItems"] = json!([{"fileName": "rooster.pdf"}]);
    let first = message("Vandaag haalt oma op.\nGroet", AT - 60_000);
    for messages in [[first.clone(), answer_of_group.clone()], [answer_of_group, first]] {
        let read = read(exchange(&messages)).unwrap();
        assert_eq!((read.subject.as_deref(), read.unreadable), (Some("Ophalen"), 1));
        let [first, second] = &read.messages[..] else { panic!("{read:?}") };
        assert_eq!(first.text, "Vandaag haalt oma op.\nGroet");
        assert_eq!(first.html, "Vandaag haalt oma op.<br>Groet");
        assert_eq!(first.child_first_name.as_deref(), Some("Noor"));
        assert_eq!((second.html.as_str(), second.text.as_str()), ("<p>Fijn!</p>", "Fijn!"));
        assert_eq!(second.author.as_deref(), Some("Juf Anne"));
        assert_eq!(second.at.unwrap().timestamp_millis(), AT);
        assert_eq!(second.photos[0].day.to_string(), "2026-10-13");
        assert_eq!(second.attachments[0].name, "rooster.pdf");
        let sizes: Vec<_> = second.media.iter().map(|link| link.size).collect();
        assert_eq!(sizes, [MediaSize::Thumb, MediaSize::Full]);
        assert!(!format!("{read:?}").contains("Signature"), "addresses are not shown");
    }
}

#[test]
fn a_message_keeps_its_identity_while_others_are_added() {
    let twice = [message("Ja", AT), message("Ja", AT)];
    let before = read(exchange(&twice)).unwrap();
    let [one, two] = &ids(&before)[..] else { panic!("{before:?}") };
    assert_ne!(one, two);
    let mut more = twice.to_vec();
    more.insert(0, message("Eerder", AT - 1));
    more.push(message("Later", AT + 1));
    let after = read(exchange(&more)).unwrap();
    assert_eq!(&ids(&after)[1..3], [one.clone(), two.clone()]);
    assert_ne!(before.hash, after.hash);
    for (changed, name) in [(message("Nee", AT), "text"), (message("Ja", AT + 1), "date")] {
        assert!(!ids(&before).contains(&ids(&read(exchange(&[changed])).unwrap())[0]), "{name}");
    }
    let elsewhere = Url::parse("https://abc.ouderportaal.nl/").unwrap();
    let elsewhere = details(&elsewhere, &ConversationId("k2".into()), exchange(&twice)).unwrap();
    assert!(ids(&elsewhere).iter().all(|id| id != one && id != two));
}

#[test]
fn signatures_and_being_read_do_not_change_an_exchanges_hash() {
    let with = |signature: &str, new: bool| {
        let mut message = message("Kijk", AT);
        message["unread"] = json!(new);
        let url = format!("https://m.example/a.jpeg?Expires=1&Signature={signature}");
        message["photos"] = json!([{"id": "p1", "new": new, "thumbUrl": url}]);
        read(exchange(&[message])).unwrap().hash
    };
    assert_eq!(with("a", true), with("b", false));
}

#[test]
fn messages_without_a_date_stay_where_they_stand() {
    let mut undated = message("Midden", AT);
    undated["date"] = json!("ooit");
    undated["photos"] = json!([{"id": "p1"}]);
    let read = read(exchange(&[message("Eind", AT), undated, message("Begin", AT - 1)])).unwrap();
    let texts: Vec<_> = read.messages.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["Eind", "Midden", "Begin"]);
    // Nobody knows of which day that photo is.
    assert_eq!((read.unreadable, read.messages[1].photos.len()), (1, 0));
}

#[test]
fn an_exchange_of_another_shape_says_so() {
    let changed = Err(PortalError::Changed { what: "logbook.details" });
    for answer in [
        json!(null),
        json!([]),
        json!({"summary": {}}),
        json!({"messages": "none"}),
        exchange(&[json!({"bericht": "x"}), json!([]), json!(7)]),
    ] {
        assert_eq!(read(answer.clone()), changed, "{answer}");
    }
    assert!(read(json!({"messages": []})).unwrap().messages.is_empty());
    let half = read(exchange(&[message("Dag", AT), json!({})])).unwrap();
    assert_eq!((half.messages.len(), half.unreadable), (1, 1));
}

proptest! {
    #[test]
    fn a_mutilated_logbook_is_read_or_refused_and_never_more(
        changes in prop::collection::vec((any::<Index>(), madness()), 1..5)
    ) {
        let mut photo = message("Kijk", AT);
        photo["photos"] = json!([{"id": "p1", "date": AT, "thumbUrl": "https://m.example/a"}]);
        let mut answer = json!([overview(), exchange(&[message("<p>Dag</p>", AT), photo])]);
        for (place, value) in changes {
            let mut found = Vec::new();
            places(&answer, "", &mut found);
            if let Some(target) = answer.pointer_mut(place.get::<String>(&found)) {
                *target = value;
            }
        }
        match page(answer.get(0).cloned().unwrap_or_default()) {
            Ok(page) => {
                prop_assert!(page.conversations.len() + page.unreadable as usize <= page.received as usize);
                for mapped in page.conversations {
                    prop_assert!(!mapped.id.as_str().is_empty() && mapped.snippet.chars().count() <= 300);
                }
            }
            Err(e) => prop_assert_eq!(e, PortalError::Changed { what: "logbook.overview" }),
        }
        match read(answer.get(1).cloned().unwrap_or_default()) {
            Ok(read) => {
                for message in read.messages {
                    prop_assert!(!message.id.as_str().is_empty());
                    prop_assert!(!message.html.contains("<script") && !message.html.contains("<img"));
                }
            }
            Err(e) => prop_assert_eq!(e, PortalError::Changed { what: "logbook.details" }),
        }
    }
}
