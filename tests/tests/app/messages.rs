//! Reading conversations with the nursery.

use crate::world::{World, begin, sync_texts};

#[tokio::test(flavor = "multi_thread")]
async fn opening_a_conversation_marks_it_read_here_and_at_the_portal() {
    let world = World::new().await;
    let conversation = begin(&world, "Jas vergeten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let before = app.unread().await.unwrap().messages;
    // About whom it is, is known before it is opened.
    let mut changes = app.subscribe();
    let syncing = tokio::spawn({
        let app = app.clone();
        async move { app.sync_all().await }
    });
    let listed = async || app.conversation(conversation.clone()).await.unwrap().conversation;
    while listed().await.child_names.is_empty() {
        changes.recv().await.unwrap();
    }
    app.sync_stop().await.unwrap();
    syncing.await.unwrap().unwrap();
    assert!(listed().await.unread && before >= 1);
    app.open_conversation(conversation.clone()).await.unwrap();
    assert_eq!(app.unread().await.unwrap().messages, before - 1);
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.conversations.iter().find(|known| known.id == conversation.0).unwrap();
    assert!(!there.unread);
    app.shutdown().await;
}
