//! Being told of what is new: once, not of what was seen or written by this parent, and not at night.

use crate::drafting::{entry, reply};
use crate::world::{PASSWORD, World, begin, sync_texts};
use chrono::TimeDelta;
use schriftje_app::api::{Language, OpenWhat, Tag, TimelineQuery};
use schriftje_app::vault::MemoryVault;
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::{Fault, FaultKind, NewPhotos, NewReport, StaffAnswer};
use schriftje_model::{DraftPlace, TimelineCard};
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_told_once_and_what_was_seen_or_written_here_is_not() {
    let world = World::new().await;
    let conversation = begin(&world, "Jas vergeten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let told = async |app: &App| app.take_notifications(Language::Nl).await.unwrap();
    assert!(told(&app).await.is_empty(), "the backlog of a first sync is no news");
    app.open_conversation(conversation.clone()).await.unwrap();

    let nursery = world.portal.nursery();
    let later = || {
        world.portal.clock().advance(TimeDelta::minutes(1));
        world.clock.advance(TimeDelta::minutes(1));
    };
    later();
    nursery
        .post_photos(NewPhotos {
            username: Some("sanne".to_owned()),
            count: Some(3),
            ..NewPhotos::default()
        })
        .await
        .unwrap();
    let answer = StaffAnswer { html: "<p>Dankjewel!</p>".to_owned(), ..StaffAnswer::default() };
    nursery.answer(conversation.as_str(), answer.clone()).await.unwrap();
    app.sync_now().await.unwrap();
    let raised = told(&app).await;
    let titles: Vec<&str> = raised.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["3 nieuwe foto’s", "Nieuw bericht"]);
    let account = app.overview().await.unwrap().account.unwrap().id;
    let opens = OpenWhat::Conversation { account, id: conversation.clone() };
    assert_eq!(raised[1].what, opens);
    assert!(told(&app).await.is_empty(), "told twice");

    // Read on another device before this one heard of it.
    later();
    nursery.answer(conversation.as_str(), answer).await.unwrap();
    let other = other_device(&world).await;
    sync_texts(&other).await;
    other.open_conversation(conversation.clone()).await.unwrap();
    app.sync_now().await.unwrap();
    assert!(told(&app).await.is_empty(), "seen elsewhere");

    // What this parent writes is no news to them.
    later();
    app.save_draft(entry(&app, "Vannacht slecht geslapen").await).await.unwrap();
    app.send_draft(DraftPlace::Diary).await.unwrap();
    reply(&app, &conversation, "Graag gedaan").await;
    app.send_now().await.unwrap();
    app.sync_now().await.unwrap();
    assert!(told(&app).await.is_empty(), "written here");
    other.shutdown().await;
    app.shutdown().await;
}

async fn other_device(world: &World) -> Arc<App> {
    let app = App::start(AppOptions {
        data_dir: world.dir.path().join("other"),
        vault: Arc::new(MemoryVault::default()),
        clock: Arc::new(world.clock.clone()),
        ca_pem: None,
        picture_dir: world.saved(),
        background: false,
    })
    .await
    .unwrap();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    app
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_quiet_hours_is_told_after_them_and_added_up() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let told = async || app.take_notifications(Language::Nl).await.unwrap();
    let quiet = async |quiet: bool| {
        let mut settings = app.settings();
        settings.notifications.quiet = quiet;
        (settings.notifications.quiet_from, settings.notifications.quiet_until) = (0, 24 * 60);
        app.set_settings(settings).await.unwrap();
    };
    let photos = async |count: u32| {
        world.portal.clock().advance(TimeDelta::minutes(1));
        world.clock.advance(TimeDelta::minutes(1));
        let new = NewPhotos {
            username: Some("sanne".to_owned()),
            count: Some(count),
            ..NewPhotos::default()
        };
        world.portal.nursery().post_photos(new).await.unwrap();
        app.sync_now().await.unwrap();
    };
    quiet(true).await;
    photos(3).await;
    assert!(told().await.is_empty());
    quiet(false).await;
    assert_eq!(told().await[0].title, "3 nieuwe foto’s");
    photos(1).await;
    let raised = told().await;
    assert_eq!(raised[0].title, "4 nieuwe foto’s", "what was told is not seen yet");
    look(&app).await;
    photos(1).await;
    assert_eq!(told().await[0].title, "1 nieuwe foto");
    app.shutdown().await;
}

/// The parent looks at the newest cards. What notifications open that have done their work.
async fn look(app: &App) -> Vec<OpenWhat> {
    let newest = TimelineQuery { limit: 20, ..TimelineQuery::default() };
    let cards = app.timeline(newest).await.unwrap().cards;
    app.saw_cards(cards.into_iter().map(|card| card.id).collect()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_at_in_quiet_hours_is_not_told_after_them() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    let nursery = world.portal.nursery();
    let post = async || {
        let new = NewPhotos { username: Some("sanne".to_owned()), ..NewPhotos::default() };
        let photos = nursery.post_photos(NewPhotos { count: Some(3), ..new }).await.unwrap();
        let report = NewReport {
            username: Some("sanne".to_owned()),
            html: "<p>Samen kastanjes gezocht.</p>".to_owned(),
            ..NewReport::default()
        };
        let report = nursery.post_report(report).await.unwrap();
        app.sync_now().await.unwrap();
        [photos.card, report.card]
    };
    // Nothing is taken in quiet hours, so what is taken now is what is told after them.
    let after_them = async || app.take_notifications(Language::Nl).await.unwrap();

    post().await;
    look(&app).await;
    assert!(after_them().await.is_empty(), "looked at here");

    for card in post().await {
        nursery.card_seen(card).await.unwrap();
    }
    app.sync_now().await.unwrap();
    assert!(after_them().await.is_empty(), "looked at on another device");

    // Of two cards one was looked at.
    let [photos, _] = post().await;
    nursery.card_seen(photos).await.unwrap();
    app.sync_now().await.unwrap();
    let raised = after_them().await;
    let titles: Vec<&str> = raised.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Nieuw in het dagboek"]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_about_several_cards_stays_until_the_last_is_seen() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    for words in ["Gezongen", "Geslapen"] {
        let report = NewReport {
            username: Some("sanne".to_owned()),
            html: format!("<p>{words}.</p>"),
            ..NewReport::default()
        };
        world.portal.nursery().post_report(report).await.unwrap();
    }
    app.sync_now().await.unwrap();
    let raised = app.take_notifications(Language::Nl).await.unwrap();
    assert_eq!(raised[0].title, "2 nieuwe stukjes in het dagboek");
    let newest = TimelineQuery { limit: 20, ..TimelineQuery::default() };
    let cards = app.timeline(newest).await.unwrap().cards;
    let sung = |card: &&TimelineCard| {
        card.entry.as_ref().is_some_and(|entry| entry.text.contains("Gezongen"))
    };
    let sung = cards.iter().find(sung).unwrap().id.clone();
    assert!(!app.saw_cards(vec![sung]).await.unwrap().contains(&raised[0].what));
    assert!(look(&app).await.contains(&raised[0].what));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_seen_elsewhere_during_a_long_sleep_is_not_told_after_it() {
    let world = World::new().await;
    let conversation = begin(&world, "Jas vergeten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    app.open_conversation(conversation.clone()).await.unwrap();
    let other = other_device(&world).await;
    let told = async || {
        let news = app.take_notifications(Language::Nl).await.unwrap();
        news.into_iter().map(|one| one.title).collect::<Vec<_>>()
    };
    // Found in quiet hours, in which nothing is taken.
    let news = async || {
        world.portal.clock().advance(TimeDelta::minutes(1));
        world.clock.advance(TimeDelta::minutes(1));
        let answer = StaffAnswer { html: "<p>Dankjewel!</p>".to_owned(), ..StaffAnswer::default() };
        world.portal.nursery().answer(conversation.as_str(), answer).await.unwrap();
        let report = NewReport {
            username: Some("sanne".to_owned()),
            html: "<p>Samen kastanjes gezocht.</p>".to_owned(),
            ..NewReport::default()
        };
        let report = world.portal.nursery().post_report(report).await.unwrap();
        app.sync_now().await.unwrap();
        report.card
    };
    let sleep = || world.clock.advance(TimeDelta::hours(8));

    let card = news().await;
    sync_texts(&other).await;
    other.open_conversation(conversation.clone()).await.unwrap();
    world.portal.nursery().card_seen(card).await.unwrap();
    sleep();
    assert_eq!(told().await, Vec::<String>::new());

    // Without a network nobody knows: it waits for the portal's answer, and is then told.
    news().await;
    sleep();
    world.portal.faults().add(Fault::always(FaultKind::Reset));
    assert_eq!(told().await, Vec::<String>::new());
    world.portal.faults().clear();
    let mut changes = app.subscribe();
    app.sync_now().await.unwrap();
    while !changes.recv().await.unwrap().tags.contains(&Tag::News) {}
    assert_eq!(told().await, ["Nieuw in het dagboek", "Nieuw bericht"]);
    other.shutdown().await;
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_goes_as_soon_as_what_it_tells_was_seen_on_another_device() {
    let world = World::new().await;
    let conversation = begin(&world, "Jas vergeten").await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    app.open_conversation(conversation.clone()).await.unwrap();
    let other = other_device(&world).await;
    world.portal.clock().advance(TimeDelta::minutes(1));
    world.clock.advance(TimeDelta::minutes(1));
    let answer = StaffAnswer { html: "<p>Dankjewel!</p>".to_owned(), ..StaffAnswer::default() };
    world.portal.nursery().answer(conversation.as_str(), answer).await.unwrap();
    let photos = NewPhotos { username: Some("sanne".to_owned()), ..NewPhotos::default() };
    let card = world.portal.nursery().post_photos(photos).await.unwrap().card;
    app.sync_now().await.unwrap();
    let raised: Vec<OpenWhat> = {
        let news = app.take_notifications(Language::Nl).await.unwrap();
        news.into_iter().map(|one| one.what).collect()
    };
    let [of_photos, of_message] = &raised[..] else { panic!("{raised:?}") };
    let seen = async || app.seen_meanwhile(raised.clone()).await.unwrap();
    app.sync_now().await.unwrap();
    assert_eq!(seen().await, []);

    // Nothing else on the card changes, and the host is told all the same.
    let mut changes = app.subscribe();
    world.portal.nursery().card_seen(card).await.unwrap();
    app.sync_now().await.unwrap();
    while !changes.recv().await.unwrap().tags.contains(&Tag::News) {}
    assert_eq!(seen().await, std::slice::from_ref(of_photos));

    sync_texts(&other).await;
    other.open_conversation(conversation).await.unwrap();
    app.sync_now().await.unwrap();
    while !changes.recv().await.unwrap().tags.contains(&Tag::Messages) {}
    assert_eq!(seen().await, [of_photos.clone(), of_message.clone()]);
    other.shutdown().await;
    app.shutdown().await;
}
