//! Finding words in what was read.

use crate::world::{World, begin, sync_texts};
use schriftje_app::api::SearchQuery;
use schriftje_demo_portal::NewReport;
use schriftje_model::{FindKind, FoundPlace};

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_in_the_diary_and_in_messages_without_a_network() {
    let world = World::new().await;
    let report = NewReport {
        username: Some("sanne".to_owned()),
        html: "<p>We hebben in de crèche kastanjes gezocht.</p>".to_owned(),
        ..NewReport::default()
    };
    world.portal.nursery().post_report(report).await.unwrap();
    let conversation = begin(&world, "Kastanjes mee naar huis").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let thread = app.open_conversation(conversation.clone()).await.unwrap();
    world.portal.stop().await;
    let find = async |words: &str| {
        let query = SearchQuery { words: words.to_owned(), limit: 50, ..SearchQuery::default() };
        app.search(query).await.unwrap().found
    };
    let found = find("kastanje").await;
    assert!(found.iter().any(|one| one.kind == FindKind::Diary));
    let place = |message| FoundPlace::Conversation { conversation: conversation.clone(), message };
    assert!(found.iter().any(|one| one.place == place(None)), "{found:?}");
    // What a message says opens at that message.
    let message = thread.messages[0].id.clone();
    let found = find("jas meegeven").await;
    assert!(found.iter().any(|one| one.place == place(Some(message.clone()))), "{found:?}");
    let found = find("creche kast").await;
    let hits: Vec<&str> =
        found[0].fragments.iter().filter(|one| one.hit).map(|one| one.text.as_str()).collect();
    assert_eq!(hits, ["crèche", "kastanjes"]);
    assert!(find("olifantenpaadje").await.is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_on_both_sides_of_a_line_stand_apart_and_are_found() {
    let world = World::new().await;
    let report = NewReport {
        username: Some("sanne".to_owned()),
        html: "<div>Kastanjes</div><div>Eikels</div><h2>Slapen</h2><table><tr><td>Middag</td>\
               <td>Anderhalf uur</td></tr></table>"
            .to_owned(),
        ..NewReport::default()
    };
    world.portal.nursery().post_report(report).await.unwrap();
    let app = world.signed_in().await;
    sync_texts(&app).await;
    for word in ["kastanjes", "eikels", "slapen", "middag", "anderhalf"] {
        let query = SearchQuery { words: word.to_owned(), limit: 50, ..SearchQuery::default() };
        let found = app.search(query).await.unwrap().found;
        let hits = found.iter().flat_map(|one| &one.fragments).filter(|one| one.hit);
        assert!(
            hits.map(|one| one.text.to_lowercase()).any(|hit| hit == word),
            "{word}: {found:?}"
        );
    }
    app.shutdown().await;
}
