//! "Mijn locatie", byte for byte against `tests/golden`, which is written by hand from
//! `docs/portal-api.md`.

use crate::golden_calls::{check, golden};
use crate::parent::{House, Parent};
use reqwest::{Method, RequestBuilder};
use schriftje_demo_portal::{MemberChange, NewAttachment, NewNews};

fn get(parent: &Parent<'_>, path: &str) -> RequestBuilder {
    parent.call(Method::GET, path)
}

#[tokio::test]
async fn location_and_pages_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    check(&house, get(&parent, "/location"), golden!("location")).await;
    check(&house, get(&parent, "/pages"), golden!("pages")).await;
    let pages = parent.json("/parent-api/v1/pages").await;
    let id = pages["pages"][3]["id"].as_str().unwrap();
    check(&house, get(&parent, &format!("/pages/{id}")), golden!("page")).await;
}

#[tokio::test]
async fn the_team_answers_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let nursery = house.portal.nursery();
    for elsewhere in ["Fatima Amrani", "Anouk Visser"] {
        let change =
            MemberChange { groups: Some(vec!["Floris".into()]), ..MemberChange::default() };
        nursery.change_member(elsewhere, change).await.unwrap();
    }
    let change = MemberChange {
        role: Some("Locatiemanager".into()),
        text: Some(
            "Al vijftien jaar mag ik de kleintjes zien opgroeien, en het went nooit.".into(),
        ),
        ..MemberChange::default()
    };
    nursery.change_member("Marieke de Wit", change).await.unwrap();
    check(&house, get(&parent, "/team"), golden!("team")).await;
}

#[tokio::test]
async fn attachments_of_news_answer_as_described() {
    let house = House::small().await;
    let parent = house.sign_in("nieuw").await;
    let attachment = |name: &str, media_type: &str, text: &str| NewAttachment {
        name: name.into(),
        media_type: Some(media_type.into()),
        text: text.into(),
    };
    let new = NewNews {
        title: "De nieuwe kaart".into(),
        attachments: vec![
            attachment("Menu & prijzen.txt", "text/plain", "Soep"),
            attachment("Rooster.csv", "text/csv", "a;b"),
        ],
        ..NewNews::default()
    };
    let id = house.portal.nursery().post_news(new).await.unwrap();
    let about = format!("/news/about?ids={id},nergens");
    check(&house, get(&parent, &about), golden!("news-about")).await;
    let attachments = format!("/news/{id}/attachments");
    check(&house, get(&parent, &attachments), golden!("news-attachments")).await;
}
