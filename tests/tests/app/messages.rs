//! Reading conversations with the nursery.

use crate::world::{World, begin, sync_texts};
use chrono::TimeDelta;
use schriftje_app::api::ErrorCode;
use schriftje_demo_portal::{Fault, FaultKind};

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

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_alone_cannot_be_read_do_not_look_up_to_date() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let broken = || {
        let broken = Fault::always(FaultKind::Status { status: 500 });
        world.portal.faults().add(broken.at("/restservices-parent/logbook/overview"));
    };
    broken();
    let status = app.sync_now().await.unwrap();
    assert_eq!((status.fresh_at.is_some(), status.trouble), (true, None));
    assert_eq!(status.messages_fresh_at, None);
    assert_eq!(status.messages_trouble.unwrap().code, ErrorCode::PortalDown);
    // The parent tries again.
    world.portal.faults().clear();
    app.refresh_conversations().await.unwrap();
    let status = app.sync_status().await.unwrap();
    assert_eq!(status.messages_trouble, None);
    let read_at = status.messages_fresh_at.unwrap();
    // Later it fails once more, and is asked again by itself though nothing new is counted.
    broken();
    app.refresh_conversations().await.unwrap_err();
    let status = app.sync_now().await.unwrap();
    assert_eq!(status.messages_fresh_at, Some(read_at));
    assert!(status.messages_trouble.is_some() && status.fresh_at.is_some());
    world.portal.faults().clear();
    world.clock.advance(TimeDelta::minutes(6));
    let status = app.sync_now().await.unwrap();
    assert_eq!(status.messages_trouble, None);
    assert!(status.messages_fresh_at.unwrap() > read_at);
    app.shutdown().await;
}
