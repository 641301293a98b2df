//! What the invented organisation looks like.

use crate::parent::{House, photos};
use chrono::{DateTime, Datelike, NaiveDate, Weekday};
use schriftje_demo_portal::{Options, Size, Truth, start};
use std::collections::HashSet;

async fn truth(size: Size, seed: u64) -> Truth {
    let folder = tempfile::tempdir().unwrap();
    let now = Some(crate::parent::now());
    let portal = start(Options { seed, now, ..Options::new(folder.path(), size) }).await.unwrap();
    let truth = portal.nursery().truth(None).await.unwrap();
    portal.stop().await;
    truth
}

#[tokio::test]
async fn the_same_seed_and_clock_give_the_same_portal() {
    let first = truth(Size::Small, 3).await;
    assert_eq!(first, truth(Size::Small, 3).await);
    assert_ne!(first, truth(Size::Small, 4).await);
}

#[tokio::test]
async fn the_sizes_are_what_they_promise() {
    let large = truth(Size::Large, 1).await;
    let photos = large.photo_ids().len();
    assert!((3_700..4_400).contains(&large.cards.len()), "{} cards", large.cards.len());
    assert!((14_000..16_500).contains(&photos), "{photos} photos");
    let small = truth(Size::Small, 1).await;
    assert!((40..120).contains(&small.cards.len()), "{} cards", small.cards.len());
}

#[tokio::test]
async fn the_demo_family_has_all_that_a_parent_may_meet() {
    let house = House::with(|mut options| {
        options.size = Size::Family;
        options
    })
    .await;
    let parent = house.sign_in("sanne").await;
    let children = parent.json("/restservices-parent/children/").await["payload"].clone();
    let names = |list: &str| {
        let children = children[list].as_array().unwrap();
        children
            .iter()
            .map(|child| child["fullname"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("activeChildren"), ["Noortje Bloem", "Ties Bloem"]);
    assert_eq!(names("inactiveChildren"), ["Fenna Bloem"]);
    assert_eq!(children["activeChildren"][0]["activeGroups"][0]["name"], "Hamsters");
    let groups = &children["activeChildren"][1]["activeGroups"];
    assert_eq!(groups, &serde_json::json!([{"name": "Floris"}, {"name": "Vakantiegroep"}]));

    let cards = parent.timeline().await;
    let kinds: HashSet<&str> = cards.iter().map(|card| card["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, HashSet::from(["journal", "photo", "trigger", "observation"]));
    let groups_of_ties: HashSet<&str> = cards
        .iter()
        .flat_map(|card| card["children"].as_array().unwrap())
        .filter(|child| child["firstName"] == "Ties")
        .map(|child| child["childGroup"].as_str().unwrap())
        .collect();
    assert_eq!(groups_of_ties, HashSet::from(["Egeltjes", "Floris"]));
    let count = |wanted: &dyn Fn(&serde_json::Value) -> bool| {
        cards.iter().flat_map(photos).filter(|photo| wanted(photo)).count()
    };
    assert!(count(&|photo| photo["generatedDescription"] == true) > 100);
    assert!(
        count(&|photo| photo["generatedDescription"] == false && photo["description"].is_string())
            > 100
    );
    let others = |photo: &serde_json::Value| {
        photo["childTags"].as_array().unwrap().iter().any(|tag| tag["ownChild"] == false)
    };
    assert!(count(&others) > 100);
    let films = count(&|photo| photo["mediaType"] == "video");
    assert!((10..60).contains(&films), "{films} films in two years");
    for photo_card in cards.iter().filter(|card| card["type"] == "photo") {
        assert!((3..=14).contains(&photos(photo_card).len()));
    }
    let by_parents = cards
        .iter()
        .filter_map(|card| card["journal"]["writtenByType"].as_str())
        .filter(|kind| kind.ends_with("parent"))
        .count();
    assert!(by_parents > 5, "{by_parents} entries by parents");
    let truth = house.portal.nursery().truth(None).await.unwrap();
    let kept = truth.cards.iter().flat_map(|card| &card.photos);
    assert!(kept.filter(|photo| !photo.saveable).count() > 5);
}

#[tokio::test]
async fn reports_are_written_on_open_days_and_hardly_repeat_themselves() {
    let house = House::with(|mut options| {
        options.size = Size::Family;
        options
    })
    .await;
    let cards = house.sign_in("sanne").await.timeline().await;
    let mut texts = HashSet::new();
    let mut reports = 0;
    for card in cards.iter().filter(|card| card["type"] == "journal") {
        let text = card["journal"]["journalContent"].as_str().unwrap();
        assert!(!text.contains(['{', '}']), "a name is missing in: {text}");
        let at = DateTime::from_timestamp_millis(card["date"].as_i64().unwrap()).unwrap();
        let day: NaiveDate = at.with_timezone(&chrono_tz::Europe::Amsterdam).date_naive();
        assert!(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun), "{day}");
        assert_ne!((day.month(), day.day()), (12, 25));
        if card["journal"]["writtenByType"].as_str().unwrap().contains("employees") {
            reports += 1;
            texts.insert(text.to_owned());
        }
    }
    assert!(reports > 400);
    assert!(texts.len() * 100 >= reports * 99, "{} different of {reports}", texts.len());
}

#[tokio::test]
async fn tomorrow_the_portal_tells_the_same_of_yesterday() {
    let folder = tempfile::tempdir().unwrap();
    let on = async |now: &str| {
        let now = Some(now.parse().unwrap());
        let portal =
            start(Options { now, ..Options::new(folder.path(), Size::Family) }).await.unwrap();
        let truth = portal.nursery().truth(None).await.unwrap();
        portal.stop().await;
        truth
    };
    // The first day remembered is then an open one.
    let wednesday = on("2026-03-18T20:00:00Z").await;
    let thursday = on("2026-03-19T20:00:00Z").await;
    let told = |truth: &Truth| {
        let kept = truth.cards.iter().filter(|card| {
            let day = card.day.to_string();
            ("2024-03-19".."2026-03-18").contains(&day.as_str())
        });
        kept.map(|card| (card.day, card.html.clone(), card.photos.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&wednesday), told(&thursday));
    assert!(thursday.cards.iter().any(|card| card.day.to_string() == "2026-03-19"));
}
