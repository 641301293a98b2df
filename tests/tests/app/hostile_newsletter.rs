//! A newsletter that is far too large and wants far too much is read, found and kept, runs nothing
//! and fetches nothing.

use crate::world::World;
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, SearchQuery, WholeNewsletter};
use schriftje_demo_portal::{Fault, FaultKind, NewNewsletter, Recorded};
use schriftje_model::{FindKind, FoundPlace, MediaId, MediaSize, NewsletterId};
use schriftje_tests::letter::letter;

const FORBIDDEN: [&str; 22] = [
    "<script",
    "<style",
    "<svg",
    "<form",
    "<iframe",
    "<object",
    "<link",
    "<meta",
    "<base",
    "<select",
    "javascript:",
    "@import",
    "url(",
    "expression",
    "onload",
    "onclick",
    "onerror",
    "src=",
    "cid:",
    "data:",
    "background",
    "gestolen",
];

/// What was asked of the address that spies.
fn spied(world: &World) -> Vec<Recorded> {
    let mut asked = world.portal.requests();
    asked.retain(|request| request.path_and_query.starts_with("/spion"));
    asked
}

async fn finds(app: &App, words: &str, id: &NewsletterId) {
    let kinds = vec![FindKind::Newsletter];
    let query = SearchQuery { words: words.into(), kinds, limit: 9, ..SearchQuery::default() };
    let found = app.search(query).await.unwrap().found;
    let place = FoundPlace::Newsletter { newsletter: id.clone() };
    assert!(found.iter().any(|one| one.place == place), "{words}: {found:?}");
}

/// Sends it, reads it, and goes on without a network after a restart.
async fn read(world: World, spy: &str, bytes: usize, nested: bool) -> (World, WholeNewsletter) {
    let html = letter(spy, bytes, nested);
    assert!(html.len() >= bytes);
    let letter = NewNewsletter { subject: "Groot".into(), html, ..NewNewsletter::default() };
    let id = NewsletterId(world.portal.nursery().send_newsletter(letter).await.unwrap());
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let whole = app.open_newsletter(id.clone()).await.unwrap();
    assert_eq!(whole.trouble, None);
    let html = whole.html.clone().unwrap();
    for forbidden in FORBIDDEN {
        let around =
            html.to_lowercase().find(forbidden).map(|at| &html[at.saturating_sub(200)..at + 20]);
        assert_eq!(around, None, "{forbidden}");
    }
    assert!(!html.contains("//"), "no address of anywhere");
    assert!(html.contains("Zomerfeest") && html.contains("Tot ziens onder de kastanjeboom"));
    finds(&app, "zomerfeest", &id).await;
    finds(&app, "kastanjeboom", &id).await;
    app.shutdown().await;
    drop(app);

    let app = world.app().await;
    world.portal.faults().add(Fault::always(FaultKind::Reset));
    assert!(app.sync_now().await.is_err());
    assert_eq!(app.newsletter(id.clone()).await.unwrap().html, whole.html);
    finds(&app, "kastanjeboom", &id).await;
    app.shutdown().await;
    world.portal.faults().clear();
    assert!(spied(&world).is_empty(), "{:?}", spied(&world));
    (world, whole)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_megabytes_of_nested_tables_are_read_for_their_words_alone() {
    let world = World::new().await;
    let spy = world.portal.media.join("spion").unwrap().to_string();
    let (_, whole) = read(world, &spy, 5 << 20, true).await;
    assert_eq!(whole.pictures, 0);
    let html = whole.html.unwrap();
    assert!(html.len() < 512 << 10, "{}", html.len());
    assert!(!html.contains("<table"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_just_small_enough_keeps_its_tables_and_asks_for_a_picture_only_when_the_parent_does()
 {
    let world = World::new().await;
    let spy = world.portal.media.join("spion").unwrap().to_string();
    let (world, whole) = read(world, &spy, 900 << 10, false).await;
    let html = whole.html.unwrap();
    assert!(html.contains("<table width=\"600\">") && html.len() < 900 << 10, "{}", html.len());
    assert_eq!((whole.pictures, whole.pictures_asked), (1, false), "the rest counts readers");

    let app = world.app().await;
    let account = app.overview().await.unwrap().account.unwrap().id;
    let (_, after) = html.split_once("data-picture=\"").unwrap();
    let picture = MediaId(format!("picture-{}", after.split_once('"').unwrap().0));
    let fetch = async || app.media(account.clone(), picture.clone(), MediaSize::Medium).await;
    assert_eq!(fetch().await.err().unwrap().code, ErrorCode::NotFound);
    assert!(spied(&world).is_empty());
    app.show_newsletter_pictures(whole.newsletter.id).await.unwrap();
    assert!(fetch().await.is_err(), "there is no picture there");
    let asked = spied(&world);
    assert!(!asked.is_empty());
    for request in asked {
        assert_eq!(request.path_and_query, "/spion/tuin.jpg");
        assert!(!request.has_bearer && !request.has_cookie);
    }
    app.shutdown().await;
}
