//! At a portal that is not ours: it is read in full, and asked nothing that nobody saw before.

use crate::drafting::draft_message;
use crate::world::{PASSWORD, World, begin, sync_texts};
use schriftje_app::api::{ErrorCode, TimelineQuery};
use schriftje_demo_portal::{Options, Origin, Recorded};
use schriftje_model::{DraftPlace, MediaId, MediaSize};

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_portal_gets_nothing_invented_and_is_read_in_full() {
    let world = World::with(|options| Options { plain: true, ..options }).await;
    let conversation = begin(&world, "Studiedag").await;
    let app = world.app().await;
    // As the sign-in screen does, and then the sync.
    app.portal_links(world.portal.portal.to_string()).await.unwrap();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    sync_texts(&app).await;
    let writing = app.writing().await.unwrap();
    assert!(!writing.messages && !writing.diary && !writing.photos);
    assert!(writing.web_portal.ends_with("/parent/"));
    draft_message(&app, "Vraag", "Kan dat?").await;
    let refused = app.send_draft(DraftPlace::NewMessage).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::WritingNotOffered);
    // What was typed is still there, to be taken along.
    assert_eq!(app.draft(DraftPlace::NewMessage).await.unwrap().draft.text, "Kan dat?");
    // An unread conversation is not read before the parent opens it.
    let details = format!("/restservices-parent/logbook/details/{conversation}/");
    let asked = |requests: &[Recorded]| {
        requests.iter().any(|request| request.path_and_query.starts_with(&details))
    };
    assert!(!asked(&world.portal.requests()));
    let thread = app.open_conversation(conversation).await.unwrap();
    assert_eq!(thread.messages.len(), 1);
    assert!(asked(&world.portal.requests()));
    app.send_now().await.unwrap();
    app.refresh_conversations().await.unwrap();
    app.portal_links(world.portal.portal.to_string()).await.unwrap();
    let photo =
        app.timeline(TimelineQuery { limit: 50, ..TimelineQuery::default() }).await.unwrap();
    let photo = photo.cards.iter().flat_map(|card| &card.photos).next().unwrap().id.0.clone();
    let account = app.overview().await.unwrap().account.unwrap().id;
    app.media(account, MediaId(photo), MediaSize::Medium).await.unwrap();
    world.sessions_end().await;
    assert!(app.sync_now().await.is_err());
    let observed = only_observed(&world);
    assert!(observed.iter().any(|request| request.origin == Origin::Media));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_runs_by_itself_invents_nothing_at_a_plain_portal() {
    let mut world = World::with(|options| Options { plain: true, ..options }).await;
    world.background = true;
    begin(&world, "Studiedag").await;
    let app = world.app().await;
    let mut changes = app.subscribe();
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    while !app.sync_status().await.unwrap().complete {
        changes.recv().await.unwrap();
    }
    // A listener would be there by now, and what waits would have been tried.
    app.shutdown().await;
    let app = world.app().await;
    app.sync_now().await.unwrap();
    app.shutdown().await;
    only_observed(&world);
}

/// Everything that was ever sent is in the table of what was observed, but for one question.
fn only_observed(world: &World) -> Vec<Recorded> {
    let (invented, observed): (Vec<_>, Vec<_>) =
        world.portal.requests().into_iter().partition(|request| !is_observed(request));
    assert_eq!(invented.len(), 1, "{invented:?}");
    assert_eq!(invented[0].path_and_query, "/parent-api/v1/capabilities");
    assert!(!invented[0].has_bearer && !invented[0].has_cookie);
    observed
}

/// Whether a call is one of those that other clients were seen to make (docs/portal-api.md).
fn is_observed(request: &Recorded) -> bool {
    const OBSERVED: [(&str, &str); 19] = [
        ("GET", "/auth/login"),
        ("GET", "/auth-api/captcha"),
        ("PUT", "/auth-api/login"),
        ("PUT", "/auth-api/token"),
        ("GET", "/restservices-parent/parent"),
        ("GET", "/restservices-parent/customer/info"),
        ("GET", "/restservices-parent/children/"),
        ("GET", "/restservices-parent/notification/notifications"),
        ("GET", "/restservices-parent/timeline/cards/v2/{}"),
        ("GET", "/restservices-parent/logbook/overview?index={}"),
        ("GET", "/restservices-parent/logbook/details/{}/summary/false"),
        ("GET", "/restservices-parent/logbook/details/{}/summary/true"),
        ("GET", "/restservices-parent/calendar/{}/until/{}"),
        ("GET", "/restservices-parent/administration/{}/overview/{}/{}"),
        ("GET", "/restservices-parent/administration/{}/{}/{}"),
        ("GET", "/restservices-parent/htmlnews/view"),
        ("GET", "/restservices-parent/htmlcontent/container/{}"),
        ("GET", "/restservices-parent/newsletter?index={}"),
        ("GET", "/restservices-parent/newsletter/generated/{}"),
    ];
    let asked = request.path_and_query.as_str();
    match request.origin {
        Origin::Media => request.method == "GET" && !request.has_bearer && !request.has_cookie,
        Origin::Portal => {
            OBSERVED.iter().any(|(method, form)| request.method == *method && fits(asked, form))
        }
    }
}

/// Whether a path has that form, with something in each place.
fn fits(asked: &str, form: &str) -> bool {
    let Some((before, after)) = form.split_once("{}") else { return asked == form };
    let Some(rest) = asked.strip_prefix(before) else { return false };
    let end = rest.find(['/', '?', '&']).unwrap_or(rest.len());
    end > 0 && fits(&rest[end..], after)
}
