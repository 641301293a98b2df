//! Writing to the nursery, with and without a network.

use crate::drafting::{draft_message, entry, phone_photo, put, reply};
use crate::world::{PASSWORD, World, begin, now, sync_texts};
use schriftje_app::api::{ErrorCode, TimelineQuery};
use schriftje_demo_portal::{Options, Recorded, Size, start};
use schriftje_model::{AuthorKind, Draft, DraftPlace, WriteState};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_without_a_network_goes_out_once_and_in_order_after_a_restart() {
    let mut world = World::new().await;
    let subject = "Jas vergeten";
    let conversation = begin(&world, subject).await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    app.open_conversation(conversation.clone()).await.unwrap();
    let options = world.portal.options();
    // No network from here on.
    world.portal.stop().await;
    reply(&app, &conversation, "Ja hoor, eerste").await;
    reply(&app, &conversation, "En nog iets, tweede").await;
    let photo = put(world.dir.path(), "IMG_1.jpg", &phone_photo(40, 30));
    let place = DraftPlace::Diary;
    app.save_draft(entry(&app, "Samen gefietst").await).await.unwrap();
    let added = app.add_files(place.clone(), vec![photo]).await.unwrap();
    assert_eq!((added.files.len(), added.rejected.len()), (1, 0));
    app.send_draft(place).await.unwrap();
    assert_eq!(app.send_now().await.unwrap_err().code, ErrorCode::Offline);
    // A draft that is not sent survives too.
    draft_message(&app, "Half af", "Nog niet kl").await;
    app.shutdown().await;
    drop(app);
    world.portal = start(options).await.unwrap();
    let app = world.app().await;
    let waiting = app.outbox().await.unwrap();
    assert_eq!(waiting.len(), 3);
    assert!(waiting.iter().all(|write| write.state == WriteState::Queued));
    assert_eq!(app.draft(DraftPlace::NewMessage).await.unwrap().draft.text, "Nog niet kl");
    let sent = app.send_now().await.unwrap();
    assert_eq!((sent.sent, sent.refused, sent.unconfirmed), (3, 0, 0));
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.conversations.iter().find(|known| known.id == conversation.0).unwrap();
    let texts: Vec<&str> = there.messages.iter().map(|message| message.html.as_str()).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts[1].contains("eerste") && texts[2].contains("tweede"));
    let entries: Vec<_> = truth.entries_of_parents().collect();
    assert!(entries.iter().any(|entry| {
        entry.photos.len() == 1
            && entry.html.as_deref().is_some_and(|html| html.contains("gefietst"))
    }));
    // What was sent stands in what is read, and the queue is empty.
    assert!(app.outbox().await.unwrap().is_empty());
    let thread = app.conversation(conversation).await.unwrap();
    assert_eq!(thread.messages.len(), 3);
    assert!(thread.messages[1].own && !thread.messages[0].own);
    let cards =
        app.timeline(TimelineQuery { limit: 20, ..TimelineQuery::default() }).await.unwrap();
    let card = cards.cards.iter().find(|card| {
        card.entry.as_ref().is_some_and(|entry| entry.text.contains("Samen gefietst"))
    });
    let entry = card.unwrap().entry.as_ref().unwrap();
    assert_eq!((entry.author_kind, entry.photos.len()), (AuthorKind::Parent, 1));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_comes_with_the_portals_reason_and_can_be_edited() {
    let world = World::new().await;
    let conversation = begin(&world, "Afgesloten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    world.portal.nursery().close_conversation(conversation.as_str(), true).await.unwrap();
    let write = reply(&app, &conversation, "Nog een vraag").await;
    assert_eq!(app.send_now().await.unwrap().refused, 1);
    let refused = app.outbox().await.unwrap().into_iter().find(|kept| kept.id == write.id).unwrap();
    assert_eq!(refused.state, WriteState::Refused);
    assert_eq!(refused.reason_code.as_deref(), Some("conversation-closed"));
    assert!(refused.reason.is_some_and(|reason| !reason.is_empty()));
    // It holds nobody up, and goes out once the parent asks for it again.
    app.send_now().await.unwrap();
    world.portal.nursery().close_conversation(conversation.as_str(), false).await.unwrap();
    app.retry_write(write.id).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    assert!(app.outbox().await.unwrap().is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_sends_what_a_terminal_wrote_beside_it() {
    let mut world = World::new().await;
    world.signed_in().await.shutdown().await;
    let terminal = world.app().await;
    world.background = true;
    let window = world.app().await;
    let mut changes = window.subscribe();
    while window.sync_status().await.unwrap().fresh_at.is_none() {
        changes.recv().await.unwrap();
    }
    terminal.sync_now().await.unwrap();
    let entry = entry(&terminal, "Uit de terminal").await;
    world.portal.clear_requests();
    terminal.write(entry, Vec::new()).await.unwrap();
    // Only the window sends by itself, and it does so before it next looks for something new.
    let written = |requests: &[Recorded]| {
        requests.iter().position(|one| {
            one.method == "POST" && one.path_and_query.starts_with("/parent-api/v1/diary")
        })
    };
    while written(&world.portal.requests()).is_none() {
        changes.recv().await.unwrap();
    }
    let requests = world.portal.requests();
    let before = &requests[..written(&requests).unwrap()];
    let polled = before.iter().any(|one| one.path_and_query.contains("counters"));
    assert!(!polled, "{before:?}");
    window.shutdown().await;
    terminal.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_parent_at_the_portal_sees_what_was_written() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    draft_message(&app, "Ophalen", "Oma haalt op <script>alert(1)</script> 👵").await;
    app.send_draft(DraftPlace::NewMessage).await.unwrap();
    app.send_now().await.unwrap();
    app.shutdown().await;

    // Joris has a device of his own.
    let app = world.other_device().await;
    app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    sync_texts(&app).await;
    let page = app.conversations(None, 20).await.unwrap();
    let ours = page.conversations.iter().find(|one| one.subject == "Ophalen").unwrap();
    let thread = app.open_conversation(ours.id.clone()).await.unwrap();
    let message = &thread.messages[0];
    assert_eq!(message.author.as_deref(), Some("Sanne Bloem"));
    assert!(!message.own);
    assert!(message.text.contains("<script>alert(1)</script> 👵"), "{}", message.text);
    assert!(!message.html.contains("<script"), "{}", message.html);
    assert_eq!(message.at.map(|at| at.date_naive()), Some(now().date_naive()));
    // And so does the nursery.
    let truth = world.portal.nursery().truth(Some("joris")).await.unwrap();
    let there = truth.conversations.iter().find(|one| one.subject == "Ophalen").unwrap();
    assert!(there.messages[0].html.contains("Oma haalt op"), "{:?}", there.messages[0].html);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_to_the_group_that_was_chosen() {
    let world = World::with(|options| Options { size: Size::Family, ..options }).await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let children = app.children().await.unwrap();
    let ties = &children.iter().find(|one| one.child.first_name == "Ties").unwrap().child;
    assert_eq!(ties.groups, ["Floris", "Vakantiegroep"]);
    let draft = Draft {
        children: vec![ties.id.clone()],
        subject: "Zwemspullen".to_owned(),
        text: "Zwemmen jullie deze week?".to_owned(),
        ..Draft::empty(DraftPlace::NewMessage)
    };
    app.save_draft(draft.clone()).await.unwrap();
    let undecided = app.send_draft(DraftPlace::NewMessage).await.unwrap_err();
    assert_eq!(undecided.code, ErrorCode::GroupMissing);
    app.save_draft(Draft { group: Some("Vakantiegroep".to_owned()), ..draft }).await.unwrap();
    app.send_draft(DraftPlace::NewMessage).await.unwrap();
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.conversations.iter().find(|one| one.subject == "Zwemspullen").unwrap();
    assert_eq!(there.group.as_deref(), Some("Vakantiegroep"));
    app.shutdown().await;
}
