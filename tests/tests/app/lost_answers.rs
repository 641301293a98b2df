//! A change whose answer is lost on the way is done once, and is never told to be somebody else's;
//! who really is too late is told what holds, also when it cannot be read again.

use crate::world::{PASSWORD, World, now};
use schriftje_app::api::{DetailChange, ErrorCode};
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::{Fault, FaultKind, Options, Size};
use schriftje_model::{
    Consent, ConsentAnswer, DetailField, Fact, FactKind, OwnDetails, PortalNotices, TestClock,
};
use std::sync::Arc;

const CONSENTS: &str = "/parent-api/v1/consents";
const ACCOUNT: &str = "/parent-api/v1/account";
const NOTICES: &str = "/parent-api/v1/notification-settings";

async fn family() -> World {
    World::with(|options| Options { size: Size::Family, ..options }).await
}

async fn read(world: &World) -> Arc<App> {
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    app
}

/// Another device, of this parent or the other.
async fn elsewhere(world: &World, username: &str) -> Arc<App> {
    let app = App::start(AppOptions {
        data_dir: world.dir.path().join("elsewhere"),
        vault: world.vault.clone(),
        clock: Arc::new(TestClock::at(now())),
        ca_pem: None,
        picture_dir: world.saved(),
        background: false,
    })
    .await
    .unwrap();
    app.sign_in(world.form(username, PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    app
}

async fn kept(app: &App, kind: FactKind) -> Fact {
    app.fact(kind).await.unwrap().fact.unwrap()
}

async fn consents(app: &App) -> Vec<Consent> {
    let Fact::Consents(consents) = kept(app, FactKind::Consents).await else { panic!() };
    consents
}

async fn consent(app: &App, id: &str) -> Consent {
    consents(app).await.into_iter().find(|one| one.id == id).unwrap()
}

/// A consent that may be answered, and what it was not answered.
async fn a_consent(app: &App) -> (Consent, ConsentAnswer) {
    let consent = consents(app).await.into_iter().find(|one| one.changeable).unwrap();
    let other = other_than(consent.answer);
    (consent, other)
}

fn other_than(answer: Option<ConsentAnswer>) -> ConsentAnswer {
    match answer {
        Some(ConsentAnswer::Given) => ConsentAnswer::Refused,
        _ => ConsentAnswer::Given,
    }
}

async fn own_details(app: &App) -> OwnDetails {
    let Fact::OwnDetails(details) = kept(app, FactKind::OwnDetails).await else { panic!() };
    details
}

async fn notices(app: &App) -> PortalNotices {
    let Fact::Notices(notices) = kept(app, FactKind::Notices).await else { panic!() };
    notices
}

fn value(details: &OwnDetails, field: DetailField) -> &str {
    &details.fields.iter().find(|one| one.field == field).unwrap().value
}

fn to(field: DetailField, value: &str) -> Vec<DetailChange> {
    vec![DetailChange { field, value: value.into() }]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_lost_on_the_way_was_given_once_and_is_nobody_elses() {
    let world = family().await;
    let app = read(&world).await;
    let lost = [
        FaultKind::EffectThenReset,
        FaultKind::Reset,
        FaultKind::Truncated,
        FaultKind::HalfJson,
        FaultKind::Html,
        FaultKind::Status { status: 503 },
    ];
    for fault in lost {
        for times in [1, 2] {
            let (asked, other) = a_consent(&app).await;
            let put = Fault::once(fault.clone()).at(CONSENTS).only("PUT").times(times);
            world.portal.faults().add(put);
            let sent = app.answer_consent(asked.id.clone(), asked.etag.clone(), other, None).await;
            assert_eq!(world.portal.faults().all(), [], "it was asked {times} times: {fault:?}");
            let answered = consent(&app, &asked.id).await;
            let done = answered.answer == Some(other);
            assert_eq!(sent.is_ok(), done, "{fault:?}, {times}: {sent:?}");
            assert_eq!(answered.history.len(), asked.history.len() + usize::from(done));
            assert!(done || times == 2, "once more is enough: {fault:?}");
            if let Err(error) = sent {
                assert_ne!(error.code, ErrorCode::ChangedMeanwhile, "{fault:?}");
            }
        }
    }
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_unseen_and_is_answered_again_is_no_conflict() {
    let world = family().await;
    let app = read(&world).await;
    let (asked, other) = a_consent(&app).await;
    let faults = world.portal.faults();
    let truncated = Fault::once(FaultKind::Truncated);
    faults.add(truncated.clone().at(CONSENTS).only("PUT").times(2));
    faults.add(truncated.clone().at(CONSENTS).only("GET"));
    let answer =
        async || app.answer_consent(asked.id.clone(), asked.etag.clone(), other, None).await;
    let lost = answer().await.unwrap_err();
    assert_ne!(lost.code, ErrorCode::ChangedMeanwhile);
    assert_eq!(consent(&app, &asked.id).await, asked, "nothing of it is known here");
    answer().await.unwrap();
    let answered = consent(&app, &asked.id).await;
    assert_eq!(answered.answer, Some(other));
    assert_eq!(answered.history.len(), asked.history.len() + 1, "it was given once");

    // A postal code comes back as the portal writes it.
    let before = own_details(&app).await;
    faults.add(truncated.clone().at(ACCOUNT).only("PATCH").times(2));
    faults.add(truncated.clone().at(ACCOUNT).only("GET"));
    let change = async || {
        let changes = to(DetailField::PostalCode, "2099zb");
        app.change_details(before.etag.clone(), changes).await
    };
    assert_ne!(change().await.unwrap_err().code, ErrorCode::ChangedMeanwhile);
    change().await.unwrap();
    assert_eq!(value(&own_details(&app).await, DetailField::PostalCode), "2099 ZB");

    let before = notices(&app).await;
    let mut item = before.items.iter().find(|item| item.email.is_some()).unwrap().clone();
    item.email = item.email.map(|on| !on);
    faults.add(truncated.clone().at(NOTICES).only("PUT").times(2));
    faults.add(truncated.at(NOTICES).only("GET"));
    let set = async || app.set_portal_notices(before.etag.clone(), vec![item.clone()]).await;
    assert_ne!(set().await.unwrap_err().code, ErrorCode::ChangedMeanwhile);
    set().await.unwrap();
    assert!(notices(&app).await.items.contains(&item));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_whose_change_was_lost_on_the_way_is_remembered_and_not_called_wrong() {
    let world = family().await;
    let app = world.app().await;
    let mut form = world.form("sanne", PASSWORD);
    form.remember = true;
    app.sign_in(form).await.unwrap();
    app.sync_now().await.unwrap();
    let path = "/parent-api/v1/account/password";
    let lost = Fault::once(FaultKind::EffectThenReset).at(path);
    let change = async |current: &str, new: &str| {
        app.change_password(current.to_owned().into(), new.to_owned().into()).await
    };
    let (first, second) = ("Vlinder-83-fiets-lantaarn", "Kikker-19-sloot-zaklamp");
    world.portal.faults().add(lost.clone());
    change(PASSWORD, first).await.unwrap();
    // No answer at all: asked for again it is the same change.
    world.portal.faults().add(lost.times(2));
    let error = change(first, second).await.unwrap_err();
    assert!(error.retryable, "{error:?}");
    change(first, second).await.unwrap();
    world.sessions_end().await;
    app.sync_now().await.unwrap();
    // Known by now, it is a new change: the password was another.
    let wrong = change(first, second).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::WrongPassword);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_too_late_is_told_what_holds_also_when_it_cannot_be_read_again() {
    let world = family().await;
    let app = read(&world).await;
    let other_parent = elsewhere(&world, "joris").await;
    let (asked, theirs) = a_consent(&app).await;
    other_parent.answer_consent(asked.id.clone(), asked.etag.clone(), theirs, None).await.unwrap();
    other_parent.shutdown().await;
    let faults = world.portal.faults();
    faults.add(Fault::always(FaultKind::Status { status: 503 }).at(CONSENTS).only("GET"));
    let mine = other_than(Some(theirs));
    let late =
        app.answer_consent(asked.id.clone(), asked.etag.clone(), mine, None).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::ChangedMeanwhile);
    assert!(late.portal_says.is_some());
    let holds = consent(&app, &asked.id).await;
    assert_eq!((holds.answer, holds.history[0].by.as_str()), (Some(theirs), "Joris Bloem"));
    // Whoever insists does so on what was told, and sees it though nothing can be read.
    app.answer_consent(asked.id.clone(), holds.etag, mine, None).await.unwrap();
    assert_eq!(consent(&app, &asked.id).await.answer, Some(mine));
    // Too late for what holds already is late for nothing.
    app.answer_consent(asked.id.clone(), asked.etag, mine, None).await.unwrap();
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn details_that_another_device_changed_are_known_also_when_they_cannot_be_read_again() {
    let world = family().await;
    let app = read(&world).await;
    let before = own_details(&app).await;
    let other = elsewhere(&world, "sanne").await;
    other.change_details(before.etag.clone(), to(DetailField::City, "Zandvoort")).await.unwrap();
    other.shutdown().await;
    let faults = world.portal.faults();
    faults.add(Fault::always(FaultKind::Status { status: 503 }).at(ACCOUNT).only("GET"));
    let mine = to(DetailField::City, "Bloemendaal");
    let late = app.change_details(before.etag.clone(), mine.clone()).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::ChangedMeanwhile);
    let holds = own_details(&app).await;
    assert_eq!(value(&holds, DetailField::City), "Zandvoort");
    assert_ne!(holds.etag, before.etag);
    app.change_details(holds.etag, mine).await.unwrap();
    assert_eq!(value(&own_details(&app).await, DetailField::City), "Bloemendaal");
    app.shutdown().await;
}
