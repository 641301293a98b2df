//! "Mijn locatie": news and newsletters are here as the portal has them, also without a network.

use crate::world::{PASSWORD, World};
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, Language, SearchQuery};
use schriftje_demo_portal::{Fault, FaultKind, Options, Running, Size};
use schriftje_model::{ArticlePart, FindKind, FoundPlace, MediaId, MediaSize};
use std::sync::Arc;

async fn every_article(app: &App) -> Vec<schriftje_model::Article> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = app.articles(after, 5).await.unwrap();
        all.extend(page.articles);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Reads the lists, and whole what is read ahead; pictures come as far as they come meanwhile.
async fn sync_bulletins(app: &Arc<App>) {
    let mut changes = app.subscribe();
    let syncing = tokio::spawn({
        let app = app.clone();
        async move { app.sync_all().await }
    });
    let all_here = async || {
        let newsletters = app.newsletters(None, 200).await.unwrap().newsletters;
        let articles = every_article(app).await;
        !articles.is_empty()
            && !newsletters.is_empty()
            && articles.iter().all(|one| one.unread || one.read_here)
            && newsletters.iter().all(|one| one.unread || one.read_here)
    };
    while !all_here().await {
        changes.recv().await.unwrap();
    }
    app.sync_stop().await.unwrap();
    syncing.await.unwrap().unwrap();
}

async fn without_network(portal: Running, app: &Arc<App>) {
    portal.stop().await;
    assert!(app.sync_now().await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn news_is_read_found_and_here_without_a_network() {
    let world = World::with(|options| Options { size: Size::Family, ..options }).await;
    let app = world.signed_in().await;
    sync_bulletins(&app).await;
    let location = app.location().await.unwrap();
    assert_eq!((location.articles.len(), location.more_articles), (3, true));
    assert!(location.fresh_at.is_some() && location.trouble.is_none());
    let all = every_article(&app).await;
    assert!(all.windows(2).all(|pair| pair[0].published >= pair[1].published));
    assert!(all.iter().filter(|one| !one.unread).all(|one| one.read_here), "read ahead");
    let unread = app.unread().await.unwrap().news;
    let new = all.iter().find(|article| article.unread).unwrap();
    assert!(!new.read_here, "what is unread is not read before the parent opens it");

    let whole = app.open_article(new.id.clone()).await.unwrap();
    assert!(whole.trouble.is_none() && !whole.article.unread);
    assert!(matches!(&whole.parts[0], ArticlePart::Text { html } if html.starts_with("<p>")));
    assert_eq!(app.unread().await.unwrap().news, unread - 1);
    // The portal was not told; what was read here stays read.
    app.refresh_location().await.unwrap();
    assert_eq!(app.unread().await.unwrap().news, unread - 1);

    let query = SearchQuery {
        words: new.title.clone(),
        kinds: vec![FindKind::News],
        limit: 9,
        ..SearchQuery::default()
    };
    let found = app.search(query).await.unwrap().found;
    assert!(found.iter().any(|one| one.place == FoundPlace::News { article: new.id.clone() }));

    without_network(world.portal, &app).await;
    let offline = app.open_article(new.id.clone()).await.unwrap();
    assert_eq!(offline.parts, whole.parts);
    assert_eq!(offline.trouble.unwrap().code, ErrorCode::Offline);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_of_a_news_item_is_shown() {
    let world = World::with(|options| Options { size: Size::Family, ..options }).await;
    let app = world.signed_in().await;
    sync_bulletins(&app).await;
    let account = app.overview().await.unwrap().account.unwrap().id;
    let mut pictures = 0;
    for article in every_article(&app).await.into_iter().filter(|one| !one.unread) {
        for part in app.article(article.id).await.unwrap().parts {
            let ArticlePart::Picture { photo } = part else { continue };
            let id = MediaId(photo.id.0);
            let shown = app.media(account.clone(), id, MediaSize::Medium).await.unwrap();
            assert_eq!(shown.mime, "image/jpeg");
            pictures += 1;
        }
    }
    assert!(pictures > 1, "with an identity and without");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newsletter_is_read_found_and_here_without_a_network() {
    let world = World::new().await;
    let app = world.signed_in().await;
    sync_bulletins(&app).await;
    let newsletters = app.newsletters(None, 99).await.unwrap().newsletters;
    let listed = newsletters.iter().find(|one| !one.unread).unwrap();
    assert!(listed.read_here, "read ahead");
    let whole = app.open_newsletter(listed.id.clone()).await.unwrap();
    let html = whole.html.unwrap();
    assert!(html.contains("width=\"600\"") && html.contains("<h1>"), "{html}");
    assert!(html.contains("<td data-style=\"background-color:#2f6b4f;"), "its own sheet: {html}");
    assert!(!html.contains("<style") && !html.contains(" style="), "{html}");
    let query = SearchQuery {
        words: "beste ouders".into(),
        kinds: vec![FindKind::Newsletter],
        limit: 99,
        ..SearchQuery::default()
    };
    let found = app.search(query).await.unwrap().found;
    let place = FoundPlace::Newsletter { newsletter: listed.id.clone() };
    assert!(found.iter().any(|one| one.place == place));
    without_network(world.portal, &app).await;
    assert_eq!(app.newsletter(listed.id.clone()).await.unwrap().html, Some(html));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_that_alone_cannot_be_read_says_so_and_stops_nothing_else() {
    let world = World::new().await;
    let broken = Fault::always(FaultKind::Status { status: 500 });
    world.portal.faults().add(broken.at("/restservices-parent/htmlnews/view"));
    let app = world.signed_in().await;
    let status = app.sync_now().await.unwrap();
    assert_eq!((status.fresh_at.is_some(), status.trouble), (true, None));
    let location = app.location().await.unwrap();
    assert_eq!(location.trouble.map(|error| error.code), Some(ErrorCode::PortalDown));
    assert!(location.fresh_at.is_none() && !location.newsletters.is_empty());
    world.portal.faults().clear();
    app.refresh_location().await.unwrap();
    let location = app.location().await.unwrap();
    assert!(location.trouble.is_none() && location.fresh_at.is_some());
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_plain_portal_news_and_newsletters_are_the_same() {
    let world = World::with(|options| Options { plain: true, ..options }).await;
    let app = world.app().await;
    app.sign_in(world.form("sanne", PASSWORD)).await.unwrap();
    app.sync_now().await.unwrap();
    let location = app.location().await.unwrap();
    assert!(!location.articles.is_empty() && !location.newsletters.is_empty());
    assert!(app.take_notifications(Language::Nl).await.unwrap().is_empty(), "a backlog is no news");
    app.shutdown().await;
}
