//! "Mijn locatie" and "Overig": what the portal tells of the place and the family is here, and what a
//! parent changes is changed there, once and by nobody unseen.

use crate::world::{PASSWORD, World, begin};
use schriftje_app::App;
use schriftje_app::api::{DetailChange, ErrorCode, Language};
use schriftje_demo_portal::{Fault, FaultKind, NewAttachment, NewNews, Options, Size};
use schriftje_model::{
    ArticleId, Consent, ConsentAnswer, DetailField, Fact, FactKind, MediaSize, ObservationAnswer,
    OwnDetails, PortalNotices,
};
use std::sync::Arc;

async fn family() -> World {
    World::with(|options| Options { size: Size::Family, ..options }).await
}

async fn kept(app: &App, kind: FactKind) -> Fact {
    let answer = app.fact(kind.clone()).await.unwrap();
    assert_eq!((answer.offered, answer.trouble), (Some(true), None), "{kind:?}");
    assert!(answer.fresh_at.is_some());
    answer.fact.unwrap_or_else(|| panic!("{kind:?} is not here"))
}

async fn own_details(app: &App) -> OwnDetails {
    let Fact::OwnDetails(details) = kept(app, FactKind::OwnDetails).await else { panic!() };
    details
}

fn value(details: &OwnDetails, field: DetailField) -> &str {
    &details.fields.iter().find(|one| one.field == field).unwrap().value
}

async fn consents(app: &App) -> Vec<Consent> {
    let Fact::Consents(consents) = kept(app, FactKind::Consents).await else { panic!() };
    consents
}

async fn notices(app: &App) -> PortalNotices {
    let Fact::Notices(notices) = kept(app, FactKind::Notices).await else { panic!() };
    notices
}

#[tokio::test(flavor = "multi_thread")]
async fn place_and_family_are_here_without_a_network() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let account = app.overview().await.unwrap().account.unwrap().id;
    world.portal.stop().await;
    assert!(app.sync_now().await.is_err());

    let Fact::Places(places) = kept(&app, FactKind::Places).await else { panic!() };
    let groups: Vec<&str> = places
        .locations
        .iter()
        .flat_map(|location| &location.groups)
        .map(|group| group.name.as_str())
        .collect();
    assert!(!groups.is_empty() && places.locations[0].opening_hours.len() >= 5);
    let Fact::Team(team) = kept(&app, FactKind::Team).await else { panic!() };
    assert!(!team.is_empty());
    for member in &team {
        assert!(member.groups.iter().all(|group| groups.contains(&group.as_str())), "{member:?}");
        let picture = member.picture.clone().unwrap();
        // The list asks for the small one, and who looks at somebody for the larger one.
        for size in [MediaSize::Thumb, MediaSize::Medium] {
            let shown = app.media(account.clone(), picture.clone(), size).await.unwrap();
            assert_eq!(shown.mime, "image/jpeg");
        }
    }
    let Fact::Pages(pages) = kept(&app, FactKind::Pages).await else { panic!() };
    for page in &pages {
        let Fact::Page(page) = kept(&app, FactKind::Page(page.id.clone())).await else { panic!() };
        assert!(page.html.starts_with('<') && !page.html.contains("<script"), "{}", page.html);
    }
    let ill = pages.iter().find(|page| page.title == "Ziek, wat nu?").unwrap();
    let Fact::Page(ill) = kept(&app, FactKind::Page(ill.id.clone())).await else { panic!() };
    let told = schriftje_app::words_of_html(&ill.html);
    assert!(told.contains("\nWat | Naar de groep?\nWaterpokken | Ja, als"), "{told}");
    assert!(ill.html.contains("<th>Wat</th><th>Naar de groep?</th>"), "{}", ill.html);
    let Fact::Children(children) = kept(&app, FactKind::Children).await else { panic!() };
    assert!(children.len() >= 2 && children.iter().any(|child| !child.placements.is_empty()));
    let Fact::Observations(titles) = kept(&app, FactKind::Observations).await else { panic!() };
    let mut answers = Vec::new();
    for title in &titles {
        let kind = FactKind::Observation(title.id.clone());
        let Fact::Observation(form) = kept(&app, kind).await else { panic!() };
        let questions = form.sections.into_iter().flat_map(|section| section.questions);
        answers.extend(questions.map(|question| question.answer));
    }
    assert!(answers.iter().any(|one| matches!(one, ObservationAnswer::Scale { .. })));
    assert!(answers.iter().any(|one| matches!(one, ObservationAnswer::Unknown { text: Some(_) })));
    assert!(!consents(&app).await.is_empty() && !notices(&app).await.items.is_empty());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_stays_where_the_portal_cannot_find_it_any_more() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let Fact::Pages(pages) = kept(&app, FactKind::Pages).await else { panic!() };
    let page = FactKind::Page(pages[0].id.clone());
    let mut before = Vec::new();
    for kind in FactKind::LISTS.into_iter().chain([page.clone()]) {
        before.push((kind.clone(), kept(&app, kind).await));
    }
    let parts = ["location", "team", "pages", "account", "children", "consents", "observations"];
    for part in parts.into_iter().chain(["notification-settings"]) {
        let fault = Fault::always(FaultKind::Status { status: 404 });
        world.portal.faults().add(fault.at(&format!("/parent-api/v1/{part}")).only("GET"));
    }
    // So long after that each piece is wanted again.
    let hours = chrono::TimeDelta::hours(25);
    world.portal.clock().advance(hours);
    world.clock.advance(hours);
    app.sync_now().await.unwrap();
    for (kind, told) in before {
        let now = app.fact(kind.clone()).await.unwrap();
        assert_eq!(now.fact, Some(told), "{kind:?}");
        assert_eq!(now.trouble.is_some(), kind != page, "it is perhaps older: {kind:?}");
    }
    world.portal.faults().clear();
    for kind in FactKind::LISTS {
        app.refresh_fact(kind.clone()).await.unwrap();
        kept(&app, kind).await;
    }
    // One page that is gone goes here too.
    let fault = Fault::once(FaultKind::Status { status: 404 });
    world.portal.faults().add(fault.at("/parent-api/v1/pages/"));
    app.refresh_fact(page.clone()).await.unwrap_err();
    assert_eq!(app.fact(page).await.unwrap().fact, None);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_with_news_is_counted_and_opened_as_what_it_is() {
    let world = family().await;
    let app = world.signed_in().await;
    let attach = |name: &str, media_type: Option<&str>| NewAttachment {
        name: name.into(),
        media_type: media_type.map(str::to_owned),
        text: "MZ dit is een programma".into(),
    };
    let names = ["../../.bashrc", "CON.pdf", &"lang ".repeat(60)];
    let mut attachments: Vec<_> = names.iter().map(|name| attach(name, None)).collect();
    attachments.push(attach("Menu.pdf", Some("application/x-msdownload")));
    let news = NewNews {
        title: "Menu".into(),
        html: "<p>Dag</p>".into(),
        attachments,
        ..NewNews::default()
    };
    let id = ArticleId(world.portal.nursery().post_news(news).await.unwrap());
    app.sync_now().await.unwrap();
    let about = kept(&app, FactKind::NewsAbout(Vec::new())).await;
    let Fact::NewsAbout(counts) = about else { panic!() };
    assert!(counts.iter().any(|one| one.id == id && one.files == 4), "{counts:?}");

    let of = FactKind::NewsFiles(id);
    app.refresh_fact(of.clone()).await.unwrap();
    let Fact::NewsFiles(files) = kept(&app, of.clone()).await else { panic!() };
    assert_eq!(files.len(), 4);
    for file in &files[..3] {
        let copy = app.attached_to_open(of.clone(), file.id.clone()).await.unwrap();
        assert!(copy.starts_with(world.data()), "{copy:?}");
        let name = copy.file_name().unwrap().to_str().unwrap();
        assert_eq!(copy.extension().unwrap(), "pdf", "{name}");
        assert!(name.len() < 200 && !name.contains(".."), "{name}");
        assert!(std::fs::read(&copy).unwrap().starts_with(b"%PDF-"));
    }
    // Whatever it calls itself, a program is not opened.
    let refused = app.attached_to_open(of, files[3].id.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotADocument);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_with_older_news_is_known_too_and_at_the_latest_when_it_is_opened() {
    let world = family().await;
    let app = world.signed_in().await;
    let post = async |title: &str, files: usize| {
        let attachment = NewAttachment { name: "Menu.pdf".into(), ..NewAttachment::default() };
        let news = NewNews {
            title: title.into(),
            html: "<p>Dag</p>".into(),
            attachments: vec![attachment; files],
            ..NewNews::default()
        };
        ArticleId(world.portal.nursery().post_news(news).await.unwrap())
    };
    let count = async |id: &ArticleId| {
        let fact = app.fact(FactKind::NewsAbout(Vec::new())).await.unwrap().fact;
        let Some(Fact::NewsAbout(counts)) = fact else { return None };
        counts.into_iter().find(|one| one.id == *id).map(|one| one.files)
    };
    let (old, plain) = (post("Oud", 2).await, post("Zonder", 0).await);
    for number in 0..60 {
        post(&format!("Nieuws {number}"), 0).await;
    }
    let about = "/parent-api/v1/news/about";
    world.portal.faults().add(Fault::always(FaultKind::Status { status: 500 }).at(about));
    app.sync_now().await.unwrap();
    assert_eq!(count(&old).await, None);
    // Nothing can be asked about all of them: who opens one knows.
    app.refresh_fact(FactKind::NewsFiles(old.clone())).await.unwrap();
    assert_eq!((count(&old).await, count(&plain).await), (Some(2), None));
    world.portal.faults().clear();
    let later = chrono::TimeDelta::minutes(31);
    world.portal.clock().advance(later);
    world.clock.advance(later);
    app.sync_now().await.unwrap();
    assert_eq!((count(&old).await, count(&plain).await), (Some(2), Some(0)));
    // Of older news each is asked about once.
    let asked = || {
        let requests = world.portal.requests().into_iter();
        requests.filter(|one| one.path_and_query.starts_with(about)).count()
    };
    let (before, day) = (asked(), chrono::TimeDelta::hours(25));
    world.portal.clock().advance(day);
    world.clock.advance(day);
    app.sync_now().await.unwrap();
    assert_eq!(asked() - before, 1);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_with_news_is_here_without_a_network_though_nobody_opened_it() {
    let world = family().await;
    let app = world.signed_in().await;
    let attachment =
        NewAttachment { name: "Menu.pdf".into(), media_type: None, text: "Soep met brood".into() };
    let news = NewNews {
        title: "Menu".into(),
        html: "<p>Dag</p>".into(),
        attachments: vec![attachment],
        ..NewNews::default()
    };
    let id = ArticleId(world.portal.nursery().post_news(news).await.unwrap());
    app.sync_now().await.unwrap();
    let World { portal, dir, .. } = world;
    portal.stop().await;
    let of = FactKind::NewsFiles(id);
    let Fact::NewsFiles(files) = kept(&app, of.clone()).await else { panic!() };
    let copy = app.attached_to_open(of, files[0].id.clone()).await.unwrap();
    assert!(std::fs::read(&copy).unwrap().starts_with(b"%PDF-"));
    app.shutdown().await;
    assert!(!copy.exists(), "a copy goes when the app closes");
    drop(dir);
}

#[tokio::test(flavor = "multi_thread")]
async fn own_details_are_changed_at_the_portal_and_a_late_change_changes_nothing() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let before = own_details(&app).await;
    let phone = |value: &str| vec![DetailChange { field: DetailField::Phone, value: value.into() }];
    app.change_details(before.etag.clone(), phone(" 06 12 34 56 78 ")).await.unwrap();
    let after = own_details(&app).await;
    assert_eq!(value(&after, DetailField::Phone), "06 12 34 56 78");
    // Another device knows only what was before.
    let late = app.change_details(before.etag, phone("06 87 65 43 21")).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::ChangedMeanwhile);
    assert_eq!(own_details(&app).await, after);
    // What the portal does not take is told, and loses nothing.
    let odd = vec![DetailChange { field: DetailField::Email, value: String::new() }];
    let refused = app.change_details(after.etag.clone(), odd).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::ValueNotAllowed);
    assert!(refused.portal_says.is_some());
    assert_eq!(own_details(&app).await, after);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_is_the_one_that_signs_in_from_then_on() {
    let world = family().await;
    let app = world.app().await;
    let mut form = world.form("sanne", PASSWORD);
    form.remember = true;
    app.sign_in(form).await.unwrap();
    app.sync_now().await.unwrap();
    let new = "Vlinder-83-fiets-lantaarn";
    let change = async |current: &str, new: &str| {
        app.change_password(current.to_owned().into(), new.to_owned().into()).await
    };
    let wrong = change("niet dit", new).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::WrongPassword);
    let weak = change(PASSWORD, "abc").await.unwrap_err();
    assert_eq!(weak.code, ErrorCode::PasswordTooWeak);
    change(PASSWORD, new).await.unwrap();
    // Nobody is signed out, and the one that is remembered is the new one.
    app.sync_now().await.unwrap();
    world.sessions_end().await;
    app.sync_now().await.unwrap();
    assert_eq!(app.password_strength("abc".to_owned().into()).await.score, 0);
    assert_eq!(app.password_strength(new.to_owned().into()).await.score, 4);
    app.shutdown().await;
}

/// Two parents of one family, each on a device of their own.
async fn both_parents(world: &World) -> [Arc<App>; 2] {
    let sanne = world.signed_in().await;
    let joris = world.other_device().await;
    joris.sign_in(world.form("joris", PASSWORD)).await.unwrap();
    for app in [&sanne, &joris] {
        app.sync_now().await.unwrap();
    }
    [sanne, joris]
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_parents_who_answer_one_consent_the_second_is_told() {
    let world = family().await;
    let [sanne, joris] = both_parents(&world).await;
    let asked = consents(&sanne).await.into_iter().find(|one| one.changeable).unwrap();
    let now =
        async |app: &App| consents(app).await.into_iter().find(|one| one.id == asked.id).unwrap();
    assert_eq!(now(&joris).await, asked, "both see the same");
    let other = match asked.answer {
        Some(ConsentAnswer::Given) => ConsentAnswer::Refused,
        _ => ConsentAnswer::Given,
    };
    joris.answer_consent(asked.id.clone(), asked.etag.clone(), other, None).await.unwrap();
    let answered = now(&joris).await;
    assert_eq!(answered.answer, Some(other));
    assert!(!answered.open && answered.history.len() == asked.history.len() + 1);
    // Sanne still sees what was before.
    let late = sanne
        .answer_consent(asked.id.clone(), asked.etag.clone(), ConsentAnswer::Given, None)
        .await
        .unwrap_err();
    assert_eq!(late.code, ErrorCode::ChangedMeanwhile);
    let told = now(&sanne).await;
    assert_eq!(told.answer, Some(other));
    assert!(told.history.iter().any(|one| one.answer == other && one.by == "Joris Bloem"));
    assert_eq!(now(&joris).await, told);
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.consents.iter().find(|one| one.id == asked.id).unwrap();
    assert_eq!(there.by.as_deref(), Some("Joris Bloem"));
    for app in [sanne, joris] {
        app.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_declaration_asks_is_filled_in_at_the_portal_and_seen_by_the_other_parent() {
    let world = family().await;
    let [sanne, joris] = both_parents(&world).await;
    let asks = async |app: &App| consents(app).await.into_iter().find(|one| one.asks.is_some());
    let before = asks(&sanne).await.unwrap();
    assert!(before.declaration && before.history[0].words.is_some());
    let fill_in = async |words: &str| {
        let words = Some(words.to_owned());
        let (id, etag) = (before.id.clone(), before.etag.clone());
        sanne.answer_consent(id, etag, ConsentAnswer::Given, words).await
    };
    for nothing in ["", " \n", &"x".repeat(501)] {
        assert_eq!(fill_in(nothing).await.unwrap_err().code, ErrorCode::ValueNotAllowed);
    }
    assert_eq!(asks(&joris).await.unwrap(), before);
    fill_in(" Huisarts <b>De Wit</b>\nLindenhof 3 ").await.unwrap();
    joris.refresh_fact(FactKind::Consents).await.unwrap();
    let told = asks(&joris).await.unwrap();
    assert_eq!(told, asks(&sanne).await.unwrap());
    assert_eq!(told.history[0].words.as_deref(), Some("Huisarts <b>De Wit</b>\nLindenhof 3"));
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.consents.iter().find(|one| one.id == before.id).unwrap();
    assert_eq!(there.words, told.history[0].words);
    for app in [sanne, joris] {
        app.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_tells_of_is_set_there() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let before = notices(&app).await;
    let mut item = before.items.iter().find(|item| item.email.is_some()).unwrap().clone();
    item.email = item.email.map(|on| !on);
    app.set_portal_notices(before.etag.clone(), vec![item.clone()]).await.unwrap();
    let after = notices(&app).await;
    assert!(after.items.contains(&item) && after.items.len() == before.items.len());
    let other = before.items.iter().find(|one| one.id == item.id).unwrap().clone();
    let late = app.set_portal_notices(before.etag, vec![other]).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::ChangedMeanwhile);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_switched_off_at_the_portal_raises_no_notification() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    app.take_notifications(Language::Nl).await.unwrap();
    let told = async |subject: &str| {
        begin(&world, subject).await;
        app.sync_now().await.unwrap();
        app.take_notifications(Language::Nl).await.unwrap().len()
    };
    assert_eq!(told("Een").await, 1);
    let before = notices(&app).await;
    let mut item = before.items.iter().find(|item| item.id == "messages").unwrap().clone();
    item.push = Some(false);
    app.set_portal_notices(before.etag, vec![item]).await.unwrap();
    assert_eq!(told("Twee").await, 0);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_plain_portal_nothing_of_it_is_asked() {
    let world = World::with(|options| Options { plain: true, ..options }).await;
    let app = world.app().await;
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    for kind in FactKind::LISTS {
        assert_eq!(app.fact(kind.clone()).await.unwrap().offered, Some(false), "{kind:?}");
        let refused = app.refresh_fact(kind).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::WritingNotOffered);
    }
    app.shutdown().await;
}
