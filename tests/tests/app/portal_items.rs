//! What the portal can tell of, item by item: told once where its push is on, on this device too,
//! and never where one of them is off. A click opens the right screen.

use crate::family::{ask, family, form_of_both, judge, newest};
use crate::world::{PASSWORD, World, begin, whole_timeline};
use chrono::TimeDelta;
use schriftje_app::api::{Language, Notification, NotificationSettings, OpenWhat};
use schriftje_app::vault::MemoryVault;
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::{
    NewNews, NewNewsletter, NewObservation, NewPhotos, NewQuestion, NewReport, StaffAnswer,
};
use schriftje_model::{
    AccountId, Consent, ConsentAnswer, ConversationId, DetailField, Fact, FactKind, PortalNotices,
    RequestKind, TimelineCard,
};
use std::sync::Arc;

type Switch = fn(&mut NotificationSettings) -> &mut bool;

/// A family whose newest days were read, and with them all that is told of.
async fn read(world: &World) -> Arc<App> {
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    assert_eq!(raised(&app).await, [], "a backlog is no news");
    app
}

/// Reads what a portal that tells of changes would have read here, and takes what is to be told.
async fn told(app: &App) -> Vec<Notification> {
    app.sync_now().await.unwrap();
    app.refresh_fact(FactKind::Consents).await.unwrap();
    app.refresh_fact(FactKind::Observations).await.unwrap();
    app.take_notifications(Language::Nl).await.unwrap()
}

async fn raised(app: &App) -> Vec<OpenWhat> {
    told(app).await.into_iter().map(|one| one.what).collect()
}

async fn account(app: &App) -> AccountId {
    app.overview().await.unwrap().account.unwrap().id
}

async fn device(app: &App, change: impl FnOnce(&mut NotificationSettings)) {
    let mut settings = app.settings();
    change(&mut settings.notifications);
    app.set_settings(settings).await.unwrap();
}

async fn notices(app: &App) -> PortalNotices {
    let Some(Fact::Notices(notices)) = app.fact(FactKind::Notices).await.unwrap().fact else {
        panic!("no notices")
    };
    notices
}

/// Switches the push of an item, or of all, at the portal.
async fn push(app: &App, item: Option<&str>, on: bool) {
    let held = notices(app).await;
    let mut items = held.items;
    items.retain(|one| one.push.is_some() && item.is_none_or(|id| id == one.id));
    for one in &mut items {
        one.push = Some(on);
    }
    app.set_portal_notices(held.etag, items).await.unwrap();
}

async fn consents(app: &App) -> Vec<Consent> {
    let Some(Fact::Consents(consents)) = app.fact(FactKind::Consents).await.unwrap().fact else {
        panic!("no consents")
    };
    consents
}

fn later(world: &World) {
    world.portal.clock().advance(TimeDelta::minutes(1));
    world.clock.advance(TimeDelta::minutes(1));
}

async fn asked(world: &World, title: &str, child: Option<&str>) -> String {
    let new = NewQuestion {
        username: Some("sanne".into()),
        child: child.map(str::to_owned),
        title: title.into(),
        text: "Mag dat?".into(),
        ..NewQuestion::default()
    };
    world.portal.nursery().ask_consent(new).await.unwrap()
}

async fn observed(world: &World, title: &str) -> String {
    let username = Some("sanne".to_owned());
    let new = NewObservation { username, title: title.into(), ..NewObservation::default() };
    world.portal.nursery().add_observation(new).await.unwrap()
}

/// Asks for both children, and has both judged.
async fn judged(world: &World, app: &App, approve: bool) {
    let form = form_of_both(app, RequestKind::Extra).await;
    let asked = ask(app, form).await;
    for line in &asked.lines {
        judge(world, line, approve).await;
    }
}

async fn other_device(world: &World, name: &str) -> Arc<App> {
    let app = App::start(AppOptions {
        data_dir: world.dir.path().join(name),
        vault: Arc::new(MemoryVault::default()),
        clock: Arc::new(world.clock.clone()),
        ca_pem: None,
        picture_dir: world.saved(),
        background: false,
    })
    .await
    .unwrap();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    app
}

/// Lets the organisation bring something of an item; answers what a notification of it opens.
async fn brings(world: &World, app: &App, item: &str) -> OpenWhat {
    later(world);
    let (account, nursery) = (account(app).await, world.portal.nursery());
    let (username, html) = (Some("sanne".to_owned()), "<p>Gezongen.</p>".to_owned());
    match item {
        "photos" | "diary" => {
            if item == "photos" {
                nursery.post_photos(NewPhotos { username, ..NewPhotos::default() }).await.unwrap();
            } else {
                let report = NewReport { username, html, ..NewReport::default() };
                nursery.post_report(report).await.unwrap();
            }
            app.sync_now().await.unwrap();
            let cards = whole_timeline(app).await;
            let found = |entry: bool| {
                let is_it = |card: &&TimelineCard| {
                    card.entry.is_some() == entry && card.photos.is_empty() == entry
                };
                cards.iter().find(is_it).unwrap().id.clone()
            };
            OpenWhat::Card { account, id: found(item == "diary") }
        }
        "messages" => OpenWhat::Conversation { account, id: begin(world, "Jas vergeten").await },
        "news" => {
            let news = NewNews { title: "Zomerfeest".into(), html, ..NewNews::default() };
            OpenWhat::Article {
                account,
                id: nursery.post_news(news).await.unwrap().as_str().into(),
            }
        }
        "newsletters" => {
            let letter =
                NewNewsletter { subject: "Nieuwsbrief".into(), html, ..NewNewsletter::default() };
            let id = nursery.send_newsletter(letter).await.unwrap();
            OpenWhat::Newsletter { account, id: id.as_str().into() }
        }
        "requests" => {
            judged(world, app, true).await;
            OpenWhat::Requests { account }
        }
        "consents" => {
            let id = asked(world, "Uitstapje", None).await;
            app.sync_now().await.unwrap();
            let asked = consents(app).await.into_iter().find(|one| one.id == id);
            OpenWhat::Consents { account, child: Some(asked.unwrap().child) }
        }
        "observations" => {
            OpenWhat::Observation { account, id: observed(world, "Welbevinden").await }
        }
        other => panic!("an item without a test: {other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_item_with_its_push_on_is_told_once_and_a_click_opens_it() {
    let world = family().await;
    let mut app = read(&world).await;
    let items: Vec<String> = notices(&app).await.items.into_iter().map(|one| one.id).collect();
    assert_eq!(items.len(), 8);
    for item in &items {
        let opens = brings(&world, &app, item).await;
        assert_eq!(raised(&app).await, [opens], "{item}");
        assert_eq!(raised(&app).await, [], "{item} told twice");
        app.shutdown().await;
        drop(app);
        app = world.app().await;
        app.refresh_agenda(None).await.unwrap();
        app.refresh_fact(FactKind::Consents).await.unwrap();
        assert_eq!(raised(&app).await, [], "{item} told again after a restart");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_item_with_its_push_off_is_told_then_or_afterwards() {
    let world = family().await;
    let app = read(&world).await;
    let offered: Vec<String> = {
        let items = notices(&app).await.items.into_iter();
        items.filter(|one| one.push.is_some()).map(|one| one.id).collect()
    };
    assert_eq!(offered.len(), 7, "all but the newsletters");
    for item in &offered {
        push(&app, Some(item), false).await;
        brings(&world, &app, item).await;
        assert_eq!(raised(&app).await, [], "{item}");
        push(&app, Some(item), true).await;
        app.refresh_agenda(None).await.unwrap();
        assert_eq!(raised(&app).await, [], "{item} told once it was on again");
    }
    // What was found before it was switched off, as in quiet hours, is not told either.
    for item in offered.iter().filter(|item| *item != "requests") {
        brings(&world, &app, item).await;
        app.sync_now().await.unwrap();
        app.refresh_fact(FactKind::Observations).await.unwrap();
    }
    push(&app, None, false).await;
    assert_eq!(raised(&app).await, []);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_item_switched_off_on_this_device_is_not_told() {
    let world = family().await;
    let app = read(&world).await;
    let switches: [(&str, Switch); 8] = [
        ("photos", |set| &mut set.photos),
        ("diary", |set| &mut set.diary),
        ("messages", |set| &mut set.messages),
        ("news", |set| &mut set.news),
        ("newsletters", |set| &mut set.newsletters),
        ("requests", |set| &mut set.requests),
        ("consents", |set| &mut set.consents),
        ("observations", |set| &mut set.observations),
    ];
    for (item, switch) in switches {
        device(&app, |set| *switch(set) = false).await;
        brings(&world, &app, item).await;
        assert_eq!(raised(&app).await, [], "{item}");
        device(&app, |set| *switch(set) = true).await;
        assert_eq!(raised(&app).await, [], "{item} told once it was on again");
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judged_request_is_told_as_a_request_and_its_message_only_once_somebody_answers() {
    let world = family().await;
    let app = read(&world).await;
    device(&app, |set| set.messages = false).await;
    judged(&world, &app, false).await;
    let requests = OpenWhat::Requests { account: account(&app).await };
    assert_eq!(raised(&app).await, [requests], "messages may be off");
    device(&app, |set| set.messages = true).await;
    let letter = newest(&app).await.conversation.unwrap();
    assert_eq!(raised(&app).await, []);
    // It waits to be read already, so the portal's counter says nothing of what is added to it.
    world.portal.clock().advance(TimeDelta::minutes(61));
    world.clock.advance(TimeDelta::minutes(61));
    let answer = StaffAnswer { html: "<p>Bel ons gerust.</p>".into(), ..StaffAnswer::default() };
    world.portal.nursery().answer(letter.as_str(), answer).await.unwrap();
    let opens = OpenWhat::Conversation { account: account(&app).await, id: letter };
    assert_eq!(raised(&app).await, [opens]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_another_device_is_told_though_it_was_never_seen_open_here() {
    let world = family().await;
    let app = read(&world).await;
    let other = other_device(&world, "other").await;
    other.refresh_agenda(None).await.unwrap();
    judged(&world, &other, true).await;
    let requests = OpenWhat::Requests { account: account(&app).await };
    assert_eq!(raised(&app).await, [requests]);
    assert_eq!(raised(&app).await, []);

    // A device that begins now is told nothing of it, nor of what else was there before.
    asked(&world, "Uitstapje", None).await;
    observed(&world, "Welbevinden").await;
    let third = other_device(&world, "third").await;
    third.refresh_agenda(None).await.unwrap();
    assert_eq!(raised(&third).await, []);
    for app in [app, other, third] {
        app.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_asked_again_is_told_again_and_children_together() {
    let world = family().await;
    let app = read(&world).await;
    let id = asked(&world, "Uitstapje", Some("Noortje")).await;
    let other = asked(&world, "Uitstapje", Some("Ties")).await;
    let both = told(&app).await;
    let [one] = &both[..] else { panic!("{both:?}") };
    assert_eq!(one.title, "De opvang wacht op 2 antwoorden");
    assert_eq!(one.what, OpenWhat::Consents { account: account(&app).await, child: None });
    let question = consents(&app).await.into_iter().find(|one| one.id == id).unwrap();
    let seen = app.saw_consents(question.child.clone()).await.unwrap();
    assert!(!seen.contains(&one.what), "of the other child nothing was seen");
    app.answer_consent(id.clone(), question.etag, ConsentAnswer::Given, None).await.unwrap();
    let of_ties = consents(&app).await.into_iter().find(|one| one.id == other).unwrap();
    assert!(app.saw_consents(of_ties.child).await.unwrap().contains(&one.what));
    assert_eq!(raised(&app).await, []);
    later(&world);
    asked(&world, "Uitstapje", Some("Noortje")).await;
    let opens = OpenWhat::Consents { account: account(&app).await, child: Some(question.child) };
    assert_eq!(raised(&app).await, [opens]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_seen_or_answered_elsewhere_is_taken_away_and_not_told() {
    let world = family().await;
    let app = read(&world).await;
    let other = other_device(&world, "other").await;
    judged(&world, &app, true).await;
    let id = asked(&world, "Uitstapje", None).await;
    observed(&world, "Welbevinden").await;
    let shown = raised(&app).await;
    let [of_request, of_consent, of_observation] = &shown[..] else { panic!("{shown:?}") };
    let gone = async || app.seen_meanwhile(shown.clone()).await.unwrap();
    assert_eq!(gone().await, []);

    // The message that tells it was read on another device.
    let letter: ConversationId = newest(&app).await.conversation.unwrap();
    other.sync_now().await.unwrap();
    other.open_conversation(letter).await.unwrap();
    app.sync_now().await.unwrap();
    assert_eq!(gone().await, std::slice::from_ref(of_request));
    // The other parent answered.
    app.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    app.refresh_fact(FactKind::Consents).await.unwrap();
    let question = consents(&app).await.into_iter().find(|one| one.id == id).unwrap();
    app.answer_consent(id, question.etag, ConsentAnswer::Refused, None).await.unwrap();
    let OpenWhat::Consents { account, .. } = of_consent else { panic!("{of_consent:?}") };
    app.switch_account(account.clone()).await.unwrap();
    app.refresh_fact(FactKind::Consents).await.unwrap();
    assert_eq!(gone().await, [of_request.clone(), of_consent.clone()]);
    // What was looked at here.
    let OpenWhat::Observation { id, .. } = of_observation else { panic!("{of_observation:?}") };
    assert_eq!(
        app.saw_observation(id.clone()).await.unwrap(),
        std::slice::from_ref(of_observation)
    );
    assert_eq!(gone().await, shown);
    app.shutdown().await;
    other.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_consents_and_observations_seen_in_quiet_hours_are_not_told_after_them() {
    let world = family().await;
    let app = read(&world).await;
    // Nothing is taken in quiet hours, so what is taken now is what is told after them.
    judged(&world, &app, true).await;
    let child = {
        let id = asked(&world, "Uitstapje", None).await;
        app.sync_now().await.unwrap();
        consents(&app).await.into_iter().find(|one| one.id == id).unwrap().child
    };
    let form = observed(&world, "Welbevinden").await;
    app.refresh_fact(FactKind::Observations).await.unwrap();
    app.saw_requests().await.unwrap();
    app.saw_consents(child).await.unwrap();
    app.saw_observation(form).await.unwrap();
    assert_eq!(raised(&app).await, []);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_subjects_stand_there_only_where_allowed_and_never_while_the_app_is_locked() {
    let world = family().await;
    let app = read(&world).await;
    let bring = async || {
        later(&world);
        begin(&world, "Schoenen van Noortje").await;
        asked(&world, "Uitstapje met Noortje", Some("Noortje")).await;
        observed(&world, "Welbevinden van Noortje").await;
        told(&app).await
    };
    let texts = |raised: &[Notification]| -> Vec<(String, String)> {
        raised.iter().map(|one| (one.title.clone(), one.body.clone())).collect()
    };
    let calm = bring().await;
    assert_eq!(calm.len(), 3);
    assert!(!format!("{:?}", texts(&calm)).contains("Noortje"), "{calm:?}");
    device(&app, |set| set.private = true).await;
    judged(&world, &app, false).await;
    let allowed = told(&app).await;
    let request = ("Je aanvraag is beoordeeld".to_owned(), "Noortje en Ties\nAfgekeurd".to_owned());
    assert_eq!(texts(&allowed), [request]);
    let open = texts(&bring().await);
    assert!(
        open.iter().all(|(title, body)| format!("{title}{body}").contains("Noortje")),
        "{open:?}"
    );
    app.set_pin(None, "4711".into()).await.unwrap();
    app.lock();
    let locked = bring().await;
    assert!(
        !locked.is_empty() && !format!("{:?}", texts(&locked)).contains("Noortje"),
        "{locked:?}"
    );
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_is_set_at_once_after_the_own_address_was_changed() {
    let world = family().await;
    let app = read(&world).await;
    let before = notices(&app).await;
    let Some(Fact::OwnDetails(own)) = app.fact(FactKind::OwnDetails).await.unwrap().fact else {
        panic!("no details")
    };
    let value = "sanne.nieuw@example.org".to_owned();
    let change = schriftje_app::api::DetailChange { field: DetailField::Email, value };
    app.change_details(own.etag, vec![change]).await.unwrap();
    let after = notices(&app).await;
    assert_eq!(after.email, "sanne.nieuw@example.org");
    assert_ne!(after.etag, before.etag);
    app.set_portal_notices(after.etag, vec![after.items[0].clone()]).await.unwrap();
    app.shutdown().await;
}
