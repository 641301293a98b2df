//! News and newsletters are here as the portal has them, are found, and fetch nothing by themselves.

use crate::sample::conversations::at;
use crate::sample::{day, open, photo};
use schriftje_model::{ArticlePart, FindKind, FoundPlace, MediaId, NewsletterId};
use schriftje_store::{
    Bulletin, NewArticle, NewArticleText, NewMail, NewNewsletter, NewsItem, NewsKind, SearchQuery,
    Store,
};
use tempfile::tempdir;

fn article(id: &str, hour: i64, unread: bool) -> NewArticle {
    NewArticle {
        id: id.into(),
        title: format!("Nieuws {id}"),
        snippet: "De moestuin gaat open".into(),
        published: at(hour),
        unread,
        hash: format!("{id} {hour}"),
    }
}

fn text(words: &str, photos: &[&str]) -> NewArticleText {
    let mut parts = vec![ArticlePart::Text { html: format!("<p>{words}</p>") }];
    parts.extend(photos.iter().map(|id| ArticlePart::Picture { photo: photo(id, day(3)) }));
    NewArticleText { parts, text: words.into(), has_video: false, hash: words.into() }
}

fn newsletter(id: &str, hour: i64, unread: bool) -> NewNewsletter {
    NewNewsletter {
        id: id.into(),
        subject: format!("Brief {id}"),
        snippet: "Samen aan tafel".into(),
        sent: at(hour),
        unread,
        hash: format!("{id} {hour}"),
    }
}

async fn listed(store: &Store) -> Vec<String> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = store.articles(after, 2).await.unwrap();
        all.extend(page.articles.into_iter().map(|article| article.id.0));
        let Some(next) = page.next else { return all };
        after = Some(next.to_string().parse().unwrap());
    }
}

#[tokio::test]
async fn news_is_listed_newest_first_and_in_pages() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let list = vec![article("a", 1, false), article("b", 3, true), article("c", 3, true)];
    let applied = store.apply_articles(list.clone()).await.unwrap();
    assert_eq!(applied.new, ["a", "b", "c"]);
    assert_eq!(listed(&store).await, ["b", "c", "a"]);
    assert_eq!(store.unread_bulletins(Bulletin::Articles).await.unwrap(), 2);
    assert!(!store.apply_articles(list).await.unwrap().visible, "nothing is new");
}

#[tokio::test]
async fn what_the_portal_takes_back_goes_and_what_it_lets_go_stays() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let list = vec![article("a", 1, false), article("b", 2, false), article("c", 3, false)];
    store.apply_articles(list).await.unwrap();
    store.set_article_text("b".into(), text("Weg", &["f1"])).await.unwrap();
    store.apply_articles(vec![article("c", 3, false), article("d", 4, true)]).await.unwrap();
    assert_eq!(listed(&store).await, ["d", "c", "b", "a"], "the list begins later now");
    store.apply_articles(vec![article("d", 4, true), article("a", 1, false)]).await.unwrap();
    assert_eq!(listed(&store).await, ["d", "a"]);
    assert!(store.photo("f1".into()).await.unwrap().is_none(), "its picture went with it");
    store.apply_articles(vec![]).await.unwrap();
    assert_eq!(listed(&store).await, ["d", "a"], "an empty answer takes nothing away");
}

#[tokio::test]
async fn what_was_read_here_stays_read_whatever_the_portal_says() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.apply_articles(vec![article("a", 1, true)]).await.unwrap();
    store.apply_newsletters(vec![newsletter("l", 1, true)]).await.unwrap();
    let told = |kind, place: &str| NewsItem {
        kind,
        place: place.into(),
        child: None,
        children: vec![],
        title: None,
        count: 1,
        at: at(1),
    };
    let news = vec![told(NewsKind::Article, "a"), told(NewsKind::Newsletter, "l")];
    store.add_news(news).await.unwrap();
    assert!(store.articles_to_fetch(9).await.unwrap().is_empty(), "unread is not fetched ahead");
    assert!(store.mark_article_read("a".into()).await.unwrap());
    assert!(store.mark_newsletter_read("l".into()).await.unwrap());
    assert!(store.news().await.unwrap().is_empty(), "it is told no more");
    // The portal was not told, and takes it for unread.
    store.apply_articles(vec![article("a", 2, true)]).await.unwrap();
    store.apply_newsletters(vec![newsletter("l", 2, true)]).await.unwrap();
    assert_eq!(store.unread_bulletins(Bulletin::Articles).await.unwrap(), 0);
    assert_eq!(store.unread_bulletins(Bulletin::Newsletters).await.unwrap(), 0);
}

#[tokio::test]
async fn a_news_item_keeps_its_pieces_in_order_and_is_behind_when_it_changes() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.apply_articles(vec![article("a", 1, false)]).await.unwrap();
    assert_eq!(store.articles_to_fetch(9).await.unwrap().len(), 1);
    assert!(store.set_article_text("a".into(), text("Kom ook", &["f1", "f2"])).await.unwrap());
    assert!(!store.set_article_text("a".into(), text("Kom ook", &["f1", "f2"])).await.unwrap());
    assert!(store.articles_to_fetch(9).await.unwrap().is_empty());
    let whole = store.article("a".into()).await.unwrap().unwrap();
    let [ArticlePart::Text { html }, ArticlePart::Picture { photo }, ArticlePart::Picture { .. }] =
        &whole.parts[..]
    else {
        panic!("{whole:?}")
    };
    assert_eq!((&**html, photo.id.as_str()), ("<p>Kom ook</p>", "f1"));
    assert!(whole.up_to_date && whole.article.read_here);
    let owner = store.article_of_photo("f1".into()).await.unwrap();
    assert_eq!(owner, Some(("a".into(), false)));
    store.apply_articles(vec![article("a", 2, false)]).await.unwrap();
    assert!(!store.article("a".into()).await.unwrap().unwrap().up_to_date);
}

#[tokio::test]
async fn a_picture_of_a_newsletter_has_no_address_until_the_parent_asks() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.apply_newsletters(vec![newsletter("l", 1, false)]).await.unwrap();
    let id = NewsletterId::from("l");
    let picture = MediaId::from("picture-1");
    let mail = NewMail {
        html: "<h1>Dag</h1>".into(),
        text: "Dag".into(),
        pictures: vec![(picture.clone(), "https://m.example/a.jpg".into())],
    };
    assert!(store.set_mail(id.clone(), mail).await.unwrap());
    let whole = store.newsletter(id.clone()).await.unwrap().unwrap();
    assert_eq!((whole.html.as_deref(), whole.pictures), (Some("<h1>Dag</h1>"), 1));
    assert!(store.newsletter_picture(picture.clone()).await.unwrap().is_none());
    store.ask_newsletter_pictures(id).await.unwrap();
    let (address, sent) = store.newsletter_picture(picture).await.unwrap().unwrap();
    assert_eq!((&*address, sent), ("https://m.example/a.jpg", at(1)));
}

#[tokio::test]
async fn news_and_newsletters_are_found_by_their_words() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    store.apply_articles(vec![article("a", 1, false)]).await.unwrap();
    store.apply_newsletters(vec![newsletter("l", 2, false)]).await.unwrap();
    let find = |words: &str, kinds: Vec<FindKind>| SearchQuery {
        words: words.into(),
        kinds,
        limit: 9,
        ..SearchQuery::default()
    };
    let found = store.search(find("moestuin", vec![])).await.unwrap().found;
    assert_eq!(found[0].kind, FindKind::News);
    assert_eq!(found[0].place, FoundPlace::News { article: "a".into() });
    // All of it, once it is here.
    store.set_article_text("a".into(), text("Breng een schoffel mee", &[])).await.unwrap();
    assert_eq!(store.search(find("schoffel", vec![])).await.unwrap().found.len(), 1);
    let found = store.search(find("tafel", vec![FindKind::Newsletter])).await.unwrap().found;
    assert_eq!(found[0].place, FoundPlace::Newsletter { newsletter: "l".into() });
    assert_eq!(found[0].title.as_deref(), Some("Brief l"));
    assert!(store.search(find("tafel", vec![FindKind::News])).await.unwrap().found.is_empty());
    let about_a_child = SearchQuery { children: vec!["noortje".into()], ..find("tafel", vec![]) };
    assert!(store.search(about_a_child).await.unwrap().found.is_empty(), "it is about no child");
}
