//! What the organisation tells of the place: contact, team, news, newsletters and pages.

use crate::world::{PASSWORD, World};
use schriftje_demo_portal::{NewAttachment, NewNews, NewNewsletter};
use serde_json::Value;

fn of(list: &Value, field: &str) -> Vec<String> {
    let texts = list.as_array().unwrap().iter().map(|one| one[field].as_str().unwrap().to_owned());
    texts.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_reads_the_place_and_its_pages_without_a_network() {
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    let before = world.run(&["location"]).await;
    assert_eq!((before.code, before.stdout.contains("sync")), (Some(0), true), "{before:?}");
    assert_eq!(world.run(&["--json", "pages", "list"]).await.json(), Value::Null);
    world.run(&["--json", "sync"]).await.json();
    let world = world.without_network().await;

    let location = world.run(&["--json", "location"]).await.json();
    let [place] = &location["places"]["locations"].as_array().unwrap()[..] else { panic!() };
    let team = location["team"].as_array().unwrap();
    let told = world.run(&["location"]).await.stdout;
    for said in [&place["name"], &place["contact"]["phone"], &place["street"], &team[0]["name"]] {
        assert!(told.contains(said.as_str().unwrap()), "{said}\n{told}");
    }
    let monday = &place["openingHours"][0];
    let (opens, closes) = (monday["opens"].as_str().unwrap(), monday["closes"].as_str().unwrap());
    assert!(told.contains(&format!("ma {opens}–{closes}")), "{told}");
    assert!(told.contains("Hamsters") && told.contains("Noortje"), "{told}");

    let pages = world.run(&["--json", "pages", "list"]).await.json();
    let titles = world.run(&["pages", "list"]).await.stdout;
    assert!(of(&pages, "title").iter().all(|title| titles.contains(title)), "{titles}");
    let ill = pages.as_array().unwrap().iter().find(|one| one["title"] == "Ziek, wat nu?").unwrap();
    let page = world.run(&["pages", "show", ill["id"].as_str().unwrap()]).await.stdout;
    assert!(page.contains("Waterpokken") && !page.contains('<'), "{page}");
    let gone = world.run(&["--json", "pages", "show", "nergens"]).await;
    assert_eq!((gone.code, gone.error()), (Some(10), "notFound".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_reads_news_with_its_files_and_newsletters() {
    let world = World::new().await;
    let menu = NewAttachment { name: "Menu \u{1b}[2J.pdf".into(), ..NewAttachment::default() };
    let news = NewNews {
        title: "Zomer\u{1b}feest".into(),
        html: "<p>Neem een <strong>kleed</strong> mee.</p><ul><li>en bestek</li></ul>\
               <script>alert(1)</script>"
            .into(),
        attachments: vec![menu],
        ..NewNews::default()
    };
    let news = world.portal.nursery().post_news(news).await.unwrap();
    let letter = NewNewsletter {
        subject: "Nieuwsbrief juni".into(),
        html: "<table><tr><td>Beste ouders,</td></tr></table>".into(),
        ..NewNewsletter::default()
    };
    let letter = world.portal.nursery().send_newsletter(letter).await.unwrap();
    world.read_texts("sanne").await;

    let listed = world.run(&["--json", "news", "list", "--limit", "2"]).await.json();
    assert_eq!((of(&listed, "id").len(), &of(&listed, "id")[0]), (2, &news));
    let line = world.run(&["news", "list", "--limit", "1"]).await.stdout;
    assert!(
        line.starts_with(&format!("* {news}  ")) && line.trim_end().ends_with("feest"),
        "{line:?}"
    );
    let shown = world.run(&["news", "show", &news]).await.stdout;
    assert!(shown.contains("Neem een kleed mee.\n- en bestek\n"), "{shown:?}");
    assert!(shown.contains("▤ Menu") && !shown.contains('\u{1b}') && !shown.contains("alert"));
    let whole = world.run(&["--json", "news", "show", &news]).await.json();
    assert_eq!((&whole["article"]["unread"], &whole["trouble"]), (&false.into(), &Value::Null));
    assert_eq!(whole["files"].as_array().unwrap().len(), 1);

    let listed = world.run(&["--json", "newsletters", "list"]).await.json();
    assert_eq!(of(&listed, "subject")[0], "Nieuwsbrief juni");
    assert!(world.run(&["newsletters", "list"]).await.stdout.starts_with(&format!("* {letter}  ")));
    let shown = world.run(&["newsletters", "show", &letter]).await.stdout;
    assert!(shown.contains("Beste ouders,") && !shown.contains('<'), "{shown}");
    for kind in ["news", "newsletters"] {
        let gone = world.run(&["--json", kind, "show", "nergens"]).await;
        assert_eq!((gone.code, gone.error()), (Some(10), "notFound".into()), "{kind}");
    }

    // What was opened is here without a network.
    let world = world.without_network().await;
    let offline = world.run(&["--json", "news", "show", &news]).await.json();
    assert_eq!((&offline["parts"], &offline["files"]), (&whole["parts"], &whole["files"]));
    assert_eq!(offline["trouble"]["code"], "offline");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_plain_portal_a_script_is_told_that_the_place_and_family_are_not_there() {
    let world =
        World::with(|options| schriftje_demo_portal::Options { plain: true, ..options }).await;
    world.read_texts("sanne").await;
    let commands: [&[&str]; 7] = [
        &["location"],
        &["pages", "list"],
        &["account", "show"],
        &["children", "show"],
        &["consents", "list"],
        &["observations", "list"],
        &["notices", "list"],
    ];
    for command in commands {
        let refused = world.run(&[&["--json"], command].concat()).await;
        let expected = (Some(11), "writingNotOffered".into());
        assert_eq!((refused.code, refused.error()), expected, "{command:?}");
    }
    assert!(!world.run(&["--json", "news", "list"]).await.json().as_array().unwrap().is_empty());
}
