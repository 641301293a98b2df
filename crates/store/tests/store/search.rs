//! Search finds what is here, newest first, marks it, and cannot be broken by what is typed.

use crate::sample::{day, journal_card, open, photo_card};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use schriftje_model::{CardId, Child, ChildId, Day, FindKind, Found, FoundPlace, PhotoId, noon};
use schriftje_store::{
    NewAbout, NewCard, NewConversation, NewMessage, NewThread, SearchQuery, Store, WalkKind,
};
use tempfile::tempdir;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

fn diary(id: &str, on: u64, children: &[&str], text: &str) -> NewCard {
    let mut card = journal_card(id, day(on), children);
    card.hash = text.into();
    let entry = card.card.entry.as_mut().unwrap();
    entry.text = text.into();
    entry.photos.clear();
    entry.rhythm.clear();
    card
}

fn instant(on: Day, hours: i64) -> DateTime<Utc> {
    noon(on).to_utc() + chrono::TimeDelta::hours(hours)
}

async fn conversation(store: &Store, id: &str, on: u64, subject: &str, texts: &[&str]) {
    let listed = NewConversation {
        id: id.into(),
        subject: subject.into(),
        snippet: "Het begin van het laatste".into(),
        began_at: None,
        last_written: instant(day(on), 3),
        unread: false,
        last_from_parent: false,
        hash: format!("{subject} {on}"),
    };
    store.apply_conversations(vec![listed], None).await.unwrap();
    let messages: Vec<NewMessage> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| NewMessage {
            id: format!("{id} {n}").into(),
            author: Some("Juf Marieke".into()),
            at: Some(instant(day(on), i64::try_from(n).unwrap())),
            child_name: Some("Noortje".into()),
            html: String::new(),
            text: (*text).into(),
            photos: vec![],
            attachments: vec![],
        })
        .collect();
    if !messages.is_empty() {
        let thread = NewThread { subject: None, messages, hash: texts.join("|") };
        store.set_messages(id.into(), thread, instant(day(on), 5)).await.unwrap();
    }
}

fn query(words: &str) -> SearchQuery {
    SearchQuery { words: words.into(), limit: 100, ..SearchQuery::default() }
}

async fn find(store: &Store, query: SearchQuery) -> Vec<String> {
    store.search(query).await.unwrap().found.iter().map(place).collect()
}

fn place(found: &Found) -> String {
    match &found.place {
        FoundPlace::Card { card } => card.0.trim_start_matches("journal:").into(),
        FoundPlace::Photo { photo, .. } => photo.0.clone(),
        FoundPlace::Conversation { conversation, .. } => conversation.0.clone(),
        FoundPlace::News { article } => article.0.clone(),
        FoundPlace::Newsletter { newsletter } => newsletter.0.clone(),
    }
}

fn marked(found: &Found) -> String {
    found
        .fragments
        .iter()
        .map(|f| if f.hit { format!("[{}]", f.text) } else { f.text.clone() })
        .collect()
}

#[tokio::test]
async fn everything_a_person_wrote_is_found_newest_first() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut photos = photo_card("p", day(4), &["noortje"], &["f1", "f2"]);
    photos.card.photos[0].caption = Some("Op de step".into());
    photos.card.photos[1].caption = None;
    photos.card.photos[1].machine_description = Some("een kind op een step".into());
    let mut with_rhythm = diary("j2", 2, &["ties"], "Rustige dag");
    with_rhythm.card.entry.as_mut().unwrap().rhythm =
        journal_card("x", day(2), &[]).card.entry.unwrap().rhythm;
    with_rhythm.card.entry.as_mut().unwrap().rhythm[0].remarks = Some("Droomde van de step".into());
    store
        .apply_timeline_page(vec![
            diary("j1", 1, &["noortje"], "Vandaag op de step gereden."),
            with_rhythm,
            photos,
        ])
        .await
        .unwrap();
    conversation(&store, "b1", 3, "Nieuwe step", &["Mag zij mee?", "Ja, de step mag mee."]).await;
    let found = store.search(query("step")).await.unwrap();
    assert_eq!(found.next, None);
    let places: Vec<String> = found.found.iter().map(place).collect();
    // The subject, and the message that holds it itself.
    assert_eq!(places, ["f1", "b1", "b1", "j2", "j1"]);
    let shown: Vec<String> = found.found.iter().map(marked).collect();
    assert_eq!(
        shown,
        [
            "Op de [step]",
            "Nieuwe [step]",
            "Ja, de [step] mag mee.",
            "Rustige dag Slapen · 130 cc · Droomde van de [step]",
            "Vandaag op de [step] gereden.",
        ]
    );
    let kinds: Vec<FindKind> = found.found.iter().map(|found| found.kind).collect();
    let (message, diary) = (FindKind::Message, FindKind::Diary);
    assert_eq!(kinds, [FindKind::Caption, message, message, diary, diary]);
    let days: Vec<Day> = found.found.iter().map(|found| found.day).collect();
    assert_eq!(days, [day(4), day(3), day(3), day(2), day(1)]);
    let titles: Vec<_> = found.found.iter().map(|found| found.title.as_deref()).collect();
    let (juf, subject) = (Some("Juf Marieke"), Some("Nieuwe step"));
    assert_eq!(titles, [None, subject, subject, juf, juf]);
    assert_eq!(found.found[3].child_names, ["Voornaam-ties"]);
    assert_eq!(found.found[2].child_names, ["Noortje"]);
    let photo = FoundPlace::Photo { card: CardId("p".into()), photo: PhotoId("f1".into()) };
    assert_eq!(found.found[0].place, photo);
}

#[tokio::test]
async fn every_word_must_stand_there_and_a_subject_counts_along() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let cards = vec![
        diary("j1", 1, &["noortje"], "Noortje sliep en at pap"),
        diary("j2", 2, &["noortje"], "Noortje at fruit"),
    ];
    store.apply_timeline_page(cards).await.unwrap();
    conversation(&store, "b1", 3, "Studiedag", &["Er is vrijdag geen opvang.", "Jammer!"]).await;
    assert_eq!(find(&store, query("noortje at")).await, ["j2", "j1"]);
    assert_eq!(find(&store, query("pap noortje at")).await, ["j1"]);
    assert!(find(&store, query("noortje pap fruit")).await.is_empty());
    assert_eq!(find(&store, query("opvang studiedag")).await, ["b1"]);
    assert_eq!(find(&store, query("studiedag")).await, ["b1"]);
    for nothing in ["", "  ", "!?", "👶", "\"\""] {
        assert!(find(&store, query(nothing)).await.is_empty());
    }
}

#[tokio::test]
async fn it_finds_as_one_types_whatever_the_case_and_accents() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let cards = vec![diary("j1", 1, &[], "Naar de CRÈCHE met Zoë, per bakfiets")];
    store.apply_timeline_page(cards).await.unwrap();
    for typed in [
        "c",
        "cr",
        "crec",
        "creche",
        "crèche",
        "Crè",
        "cre\u{300}che",
        "zoe",
        "ZOË ",
        "bakf",
        "zoe bakfi",
        "creche ",
    ] {
        assert_eq!(find(&store, query(typed)).await, ["j1"], "{typed}");
    }
    // Only the last word may be a beginning, and only while nothing follows it.
    for typed in ["bak ", "bakf zoe", "bakf.", "fiets", "rèche"] {
        assert!(find(&store, query(typed)).await.is_empty(), "{typed}");
    }
    let found = store.search(query("creche zo")).await.unwrap().found.remove(0);
    assert_eq!(marked(&found), "Naar de [CRÈCHE] met [Zoë], per bakfiets");
}

#[tokio::test]
async fn filters_narrow_and_pages_join_on() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let mut cards = Vec::new();
    for n in 0..30 {
        let child = if n % 3 == 0 { "ties" } else { "noortje" };
        cards.push(diary(&format!("j{n}"), n, &[child], "Lekker geslapen"));
        // Several on one day.
        let mut photos = photo_card(&format!("p{n}"), day(n), &[child], &[&format!("f{n}")]);
        photos.card.photos[0].caption = Some("Zij slaapt".into());
        cards.push(photos);
    }
    store.apply_timeline_page(cards).await.unwrap();
    conversation(&store, "b1", 40, "Slapen", &["Hoe slaapt zij?"]).await;
    conversation(&store, "b2", 41, "Slapen", &["Goed geslapen"]).await;
    let all = find(&store, query("slapen")).await;
    assert_eq!(all.len(), 64);
    assert_eq!(&all[..5], ["b2", "b2", "b1", "b1", "j29"]);

    let mut pages = Vec::new();
    let mut next = SearchQuery { limit: 7, ..query("slapen") };
    loop {
        let page = store.search(next.clone()).await.unwrap();
        pages.extend(page.found.iter().map(place));
        let Some(cursor) = page.next else { break };
        assert_eq!(page.found.len(), 7);
        next.after = Some(cursor.to_string().parse().unwrap());
    }
    assert_eq!(pages, all);

    let within = SearchQuery { from: Some(day(5)), until: Some(day(6)), ..query("slapen") };
    assert_eq!(find(&store, within).await, ["j6", "f6", "j5", "f5"]);
    let captions = SearchQuery { kinds: vec![FindKind::Caption], ..query("slapen") };
    assert_eq!(find(&store, captions).await.len(), 30);
    let ties = SearchQuery { children: vec!["ties".into()], ..query("slapen") };
    assert_eq!(find(&store, ties.clone()).await.len(), 20);

    // Conversations say which children, or only what they are called.
    let child = |id: &str, first_name: &str| Child {
        id: id.into(),
        first_name: first_name.into(),
        full_name: first_name.into(),
        attends: true,
        groups: vec![],
        date_of_birth: None,
        avatar: None,
    };
    store.set_children(vec![child("ties", "Ties"), child("n", "Noortje")]).await.unwrap();
    let messages = |child: &str| SearchQuery {
        children: vec![ChildId(child.into())],
        kinds: vec![FindKind::Message],
        ..query("slapen")
    };
    assert_eq!(find(&store, messages("n")).await.len(), 4);
    let about = NewAbout {
        id: "b1".into(),
        children: vec!["ties".into()],
        group: None,
        last_author: None,
        closed: false,
    };
    store.set_about(vec!["b1".into()], vec![about]).await.unwrap();
    assert_eq!(find(&store, messages("ties")).await, ["b1", "b1"]);
    assert_eq!(find(&store, messages("n")).await, ["b2", "b2"]);
}

#[tokio::test]
async fn what_changes_or_goes_is_found_no_more() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let inside = Some((day(0), Day::MAX));
    let now = instant(day(50), 0);
    let walk = store.begin_walk(WalkKind::Full, None, now).await.unwrap();
    let mut photos = photo_card("p", day(3), &["noortje"], &["f1"]);
    photos.card.photos[0].caption = Some("Een egel".into());
    let cards = vec![diary("j1", 1, &[], "Een egel gezien"), diary("j2", 2, &[], "Nog een egel")];
    store.apply_walked_page(cards, walk.clone()).await.unwrap();
    store.apply_walked_page(vec![photos], walk.clone()).await.unwrap();
    store.finish_walk(walk, inside, now).await.unwrap();
    assert_eq!(find(&store, query("egel")).await, ["f1", "j2", "j1"]);
    // Corrected, and the caption taken away.
    let mut photos = photo_card("p", day(3), &["noortje"], &["f1"]);
    photos.hash = "other".into();
    photos.card.photos[0].caption = None;
    store.apply_timeline_page(vec![diary("j1", 1, &[], "Een mol gezien"), photos]).await.unwrap();
    assert_eq!(find(&store, query("egel")).await, ["j2"]);
    assert_eq!(find(&store, query("mol")).await, ["j1"]);
    // Gone at the portal.
    let walk = store.begin_walk(WalkKind::Full, None, now).await.unwrap();
    let seen = vec![diary("j1", 1, &[], "Een mol gezien")];
    store.apply_walked_page(seen, walk.clone()).await.unwrap();
    store.finish_walk(walk, inside, now).await.unwrap();
    assert!(find(&store, query("egel")).await.is_empty());
    assert_eq!(find(&store, query("mol")).await, ["j1"]);

    // Before its messages are read, a conversation is found by what the list says of it.
    conversation(&store, "b1", 5, "Vraagje", &[]).await;
    assert_eq!(find(&store, query("vraagje begin")).await, ["b1"]);
    conversation(&store, "b1", 6, "Vraagje", &["Waar is haar jas?"]).await;
    assert!(find(&store, query("begin")).await.is_empty());
    assert_eq!(find(&store, query("vraagje jas")).await, ["b1"]);
    conversation(&store, "b1", 7, "Kleding", &["Waar is haar trui?"]).await;
    assert!(find(&store, query("jas")).await.is_empty());
    assert_eq!(find(&store, query("kleding trui")).await, ["b1"]);
}

#[tokio::test]
async fn an_older_folder_without_rights_simply_finds_nothing_new() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.apply_timeline_page(vec![diary("j1", 1, &[], "Een egel")]).await.unwrap();
    store.close().await;
    let opened =
        Store::open(folder.path(), &crate::sample::key(), schriftje_store::OpenMode::ReadOnly)
            .await;
    assert_eq!(find(&opened.unwrap().store, query("egel")).await, ["j1"]);
}

/// What somebody may type who means no good, or knows what the index is asked.
fn hostile() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        any::<String>(),
        "[a-z]{1,6}",
        Just("\"".to_owned()),
        Just("NEAR(egel mol, 2)".to_owned()),
        Just("words : egel".to_owned()),
        Just("{stems} : *".to_owned()),
        Just("egel AND OR NOT".to_owned()),
        Just("-^+()[]{}'*".to_owned()),
        Just("\0\u{fffd}\u{200d}".to_owned()),
        Just("漢字 ไทย हिन्दी עברית ١٢٣".to_owned()),
        Just("x".repeat(5000)),
    ];
    prop::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

/// All letters, and not only marks that go with a letter.
fn is_a_word(text: &str) -> bool {
    let stays = |c: char| c.is_alphanumeric() && !is_combining_mark(c);
    text.chars().all(char::is_alphabetic) && text.nfkd().any(stays)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_that_is_typed_or_written_breaks_it(
        typed in prop::collection::vec(hostile(), 12),
        texts in prop::collection::vec(hostile(), 1..6),
    ) {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
            let folder = tempdir().unwrap();
            let store = open(folder.path()).await;
            let cards = (0..).zip(&texts).map(|(n, text)| diary(&format!("j{n}"), n, &["k"], text));
            store.apply_timeline_page(cards.collect()).await.unwrap();
            for words in typed.iter().chain(&texts) {
                for children in [vec![], vec!["k".into(), "\"'".into()]] {
                    store.search(SearchQuery { children, ..query(words) }).await.unwrap();
                }
            }
            // A word of a text finds it, in whatever script.
            for text in &texts {
                if let Some(word) = text.split_whitespace().find(|word| is_a_word(word)) {
                    assert!(!find(&store, query(word)).await.is_empty(), "{word}");
                }
            }
        });
    }
}
