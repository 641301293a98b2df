//! Being told of news and newsletters: once, when the parent wants it, in words others may read.

use crate::world::{World, sync_texts};
use chrono::TimeDelta;
use schriftje_app::App;
use schriftje_app::api::{Language, Notification, OpenWhat, Settings};
use schriftje_demo_portal::{NewNews, NewNewsletter};
use schriftje_model::{ArticleId, Fact, FactKind, NewsletterId, PortalNotice};

const TITLE: &str = "Zomerfeest met Fleur";
const SUBJECT: &str = "Nieuwsbrief over Fleur";

/// The organisation posts both.
async fn post(world: &World) -> (ArticleId, NewsletterId) {
    world.portal.clock().advance(TimeDelta::minutes(1));
    world.clock.advance(TimeDelta::minutes(1));
    let html = "<p>Neem een kleed mee.</p>".to_owned();
    let news = NewNews { title: TITLE.into(), html: html.clone(), ..NewNews::default() };
    let news = world.portal.nursery().post_news(news).await.unwrap();
    let letter = NewNewsletter { subject: SUBJECT.into(), html, ..NewNewsletter::default() };
    let letter = world.portal.nursery().send_newsletter(letter).await.unwrap();
    (ArticleId(news), NewsletterId(letter))
}

/// Reads what is new, and takes what is to be told of it.
async fn told(app: &App) -> Vec<Notification> {
    app.sync_now().await.unwrap();
    app.take_notifications(Language::Nl).await.unwrap()
}

async fn set(app: &App, change: impl FnOnce(&mut Settings)) {
    let mut settings = app.settings();
    change(&mut settings);
    app.set_settings(settings).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn news_and_newsletters_are_told_once_and_quoted_only_where_that_is_allowed() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    assert!(told(&app).await.is_empty(), "a backlog is no news");
    let account = app.overview().await.unwrap().account.unwrap().id;

    let (news, letter) = post(&world).await;
    let raised = told(&app).await;
    let [of_news, of_letter] = &raised[..] else { panic!("{raised:?}") };
    assert_eq!(of_news.title, "Nieuws van de opvang");
    assert_eq!(of_letter.title, "Nieuwe nieuwsbrief");
    assert!(!format!("{raised:?}").contains("Fleur"), "a locked screen learns no word: {raised:?}");
    assert_eq!(of_news.what, OpenWhat::Article { account: account.clone(), id: news.clone() });
    let opens = OpenWhat::Newsletter { account, id: letter.clone() };
    assert_eq!(of_letter.what, opens);
    assert!(told(&app).await.is_empty(), "told twice");

    // What was opened is told no more; what comes then is told by itself, and quoted when allowed.
    app.open_article(news).await.unwrap();
    app.open_newsletter(letter).await.unwrap();
    set(&app, |settings| settings.notifications.private = true).await;
    post(&world).await;
    let raised = told(&app).await;
    let texts: Vec<_> = raised.iter().map(|one| (one.title.as_str(), one.body.as_str())).collect();
    assert_eq!(texts, [("Nieuws van de opvang", TITLE), ("Nieuwe nieuwsbrief", SUBJECT)]);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_and_newsletters_the_parent_wants_no_notification_of_are_never_told() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_texts(&app).await;
    told(&app).await;
    let titles = async || told(&app).await.into_iter().map(|one| one.title).collect::<Vec<_>>();

    set(&app, |settings| settings.notifications.news = false).await;
    post(&world).await;
    assert_eq!(titles().await, ["Nieuwe nieuwsbrief"]);
    set(&app, |settings| settings.notifications.newsletters = false).await;
    post(&world).await;
    assert_eq!(titles().await, Vec::<String>::new());
    set(&app, |settings| {
        (settings.notifications.news, settings.notifications.newsletters) = (true, true);
    })
    .await;
    assert_eq!(titles().await, Vec::<String>::new(), "not afterwards either");
    post(&world).await;
    assert_eq!(titles().await.len(), 2, "those that come from then on are");

    // Switched off at the portal, for every device of this parent.
    let kept = app.fact(FactKind::Notices).await.unwrap().fact;
    let Some(Fact::Notices(notices)) = kept else { panic!("{kept:?}") };
    let of_news = notices.items.iter().find(|item| item.id == "news" && item.push == Some(true));
    let off = vec![PortalNotice { push: Some(false), ..of_news.unwrap().clone() }];
    app.set_portal_notices(notices.etag, off).await.unwrap();
    post(&world).await;
    assert_eq!(
        titles().await,
        ["2 nieuwe nieuwsbrieven"],
        "with the one of before, not opened yet"
    );
    app.shutdown().await;
}
