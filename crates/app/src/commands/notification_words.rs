//! Notifications in words, and what a click on each opens.

use crate::api::{Language, Notification, NotificationSettings, OpenWhat};
use schriftje_model::{AccountId, ArticleId, CardId, ConversationId, NewsletterId};
use schriftje_store::{NewsItem, NewsKind};

/// One notification for all of each kind.
pub(super) fn in_words(
    account: &AccountId,
    news: &[NewsItem],
    settings: &NotificationSettings,
    language: Language,
) -> Vec<Notification> {
    let of = |kind| news.iter().filter(|item| item.kind == kind).collect::<Vec<_>>();
    let mut all = Vec::new();
    for (kind, group) in [
        (NewsKind::Photos, "photos"),
        (NewsKind::Diary, "diary"),
        (NewsKind::Message, "messages"),
        (NewsKind::Article, "news"),
        (NewsKind::Newsletter, "newsletters"),
        (NewsKind::Request, "requests"),
        (NewsKind::Consent, "consents"),
        (NewsKind::Observation, "observations"),
    ] {
        let items = of(kind);
        if items.is_empty() {
            continue;
        }
        let (title, body) = words(kind, &items, settings.private, language);
        all.push(Notification {
            account: account.clone(),
            group: format!("{group}:{account}"),
            title,
            body,
            sound: settings.sound,
            what: target(account, kind, &items),
        });
    }
    all
}

/// What a click opens: the item itself, or where several stand together.
fn target(account: &AccountId, kind: NewsKind, items: &[&NewsItem]) -> OpenWhat {
    let account = account.clone();
    match (kind, items) {
        (NewsKind::Message, [only]) => {
            OpenWhat::Conversation { account, id: ConversationId(only.place.clone()) }
        }
        (NewsKind::Message, _) => OpenWhat::Conversations { account },
        (NewsKind::Article, [only]) => {
            OpenWhat::Article { account, id: ArticleId(only.place.clone()) }
        }
        (NewsKind::Newsletter, [only]) => {
            OpenWhat::Newsletter { account, id: NewsletterId(only.place.clone()) }
        }
        (NewsKind::Article | NewsKind::Newsletter, _) => OpenWhat::Location { account },
        (NewsKind::Request, _) => OpenWhat::Requests { account },
        (NewsKind::Consent, items) => {
            let first = items.first().and_then(|item| item.child.as_ref());
            let one = items.iter().all(|item| item.child.as_ref() == first);
            OpenWhat::Consents { account, child: first.filter(|_| one).cloned() }
        }
        (NewsKind::Observation, [only]) => {
            OpenWhat::Observation { account, id: only.place.clone() }
        }
        (NewsKind::Observation, _) => OpenWhat::Observations { account },
        (_, [only]) => OpenWhat::Card { account, id: CardId(only.place.clone()) },
        _ => OpenWhat::Timeline { account },
    }
}

/// Title and body. Without `private` they name nobody and quote nothing.
fn words(
    kind: NewsKind,
    items: &[&NewsItem],
    private: bool,
    language: Language,
) -> (String, String) {
    let dutch = language == Language::Nl;
    let count = match kind {
        // Asked again, or judged anew, it is still one.
        NewsKind::Request | NewsKind::Consent | NewsKind::Observation => {
            u32::try_from(items.len()).unwrap_or(u32::MAX)
        }
        _ => items.iter().map(|item| item.count).sum(),
    };
    let one = count == 1;
    let expired = alike(items) == Some("expired");
    let what = match (kind, dutch, one) {
        (NewsKind::Photos, true, true) => "1 nieuwe foto".to_owned(),
        (NewsKind::Photos, true, false) => format!("{count} nieuwe foto’s"),
        (NewsKind::Photos, false, true) => "1 new photo".to_owned(),
        (NewsKind::Photos, false, false) => format!("{count} new photos"),
        (NewsKind::Diary, true, true) => "Nieuw in het dagboek".to_owned(),
        (NewsKind::Diary, true, false) => format!("{count} nieuwe stukjes in het dagboek"),
        (NewsKind::Diary, false, true) => "New in the diary".to_owned(),
        (NewsKind::Diary, false, false) => format!("{count} new diary entries"),
        (NewsKind::Message, true, true) => "Nieuw bericht".to_owned(),
        (NewsKind::Message, true, false) => format!("{count} nieuwe berichten"),
        (NewsKind::Message, false, true) => "New message".to_owned(),
        (NewsKind::Message, false, false) => format!("{count} new messages"),
        (NewsKind::Article, true, true) => "Nieuws van de opvang".to_owned(),
        (NewsKind::Article, true, false) => format!("{count} nieuwe nieuwsberichten"),
        (NewsKind::Article, false, true) => "News from the nursery".to_owned(),
        (NewsKind::Article, false, false) => format!("{count} new news items"),
        (NewsKind::Newsletter, true, true) => "Nieuwe nieuwsbrief".to_owned(),
        (NewsKind::Newsletter, true, false) => format!("{count} nieuwe nieuwsbrieven"),
        (NewsKind::Newsletter, false, true) => "New newsletter".to_owned(),
        (NewsKind::Newsletter, false, false) => format!("{count} new newsletters"),
        (NewsKind::Request, true, true) if expired => "Je aanvraag is vervallen".to_owned(),
        (NewsKind::Request, true, false) if expired => format!("{count} aanvragen zijn vervallen"),
        (NewsKind::Request, false, true) if expired => "Your request has expired".to_owned(),
        (NewsKind::Request, false, false) if expired => format!("{count} requests have expired"),
        (NewsKind::Request, true, true) => "Je aanvraag is beoordeeld".to_owned(),
        (NewsKind::Request, true, false) => format!("{count} aanvragen zijn beoordeeld"),
        (NewsKind::Request, false, true) => "Your request has been judged".to_owned(),
        (NewsKind::Request, false, false) => format!("{count} requests have been judged"),
        (NewsKind::Consent, true, true) => "De opvang wacht op je antwoord".to_owned(),
        (NewsKind::Consent, true, false) => format!("De opvang wacht op {count} antwoorden"),
        (NewsKind::Consent, false, true) => "The nursery waits for your answer".to_owned(),
        (NewsKind::Consent, false, false) => format!("The nursery waits for {count} answers"),
        (NewsKind::Observation, true, true) => "Nieuwe observatie".to_owned(),
        (NewsKind::Observation, true, false) => format!("{count} nieuwe observaties"),
        (NewsKind::Observation, false, true) => "New observation".to_owned(),
        (NewsKind::Observation, false, false) => format!("{count} new observations"),
    };
    if !private {
        let calm = if dutch { "Open Schriftje om te kijken." } else { "Open Schriftje to look." };
        return (what, calm.to_owned());
    }
    match kind {
        NewsKind::Message | NewsKind::Article | NewsKind::Newsletter => {
            let mut subjects: Vec<&str> =
                items.iter().filter_map(|item| item.title.as_deref()).collect();
            subjects.dedup();
            (what, subjects.join("\n"))
        }
        NewsKind::Request => {
            let names = Some(names(items, dutch)).filter(|names| !names.is_empty());
            let lines: Vec<String> = names.into_iter().chain(became(items, dutch)).collect();
            (what, lines.join("\n"))
        }
        NewsKind::Consent | NewsKind::Observation => {
            let names = names(items, dutch);
            let joint = match (kind, dutch) {
                (NewsKind::Consent, true) => " over ",
                (NewsKind::Consent, false) => " about ",
                (_, true) => " van ",
                (_, false) => " of ",
            };
            let mut titles: Vec<&str> =
                items.iter().filter_map(|item| item.title.as_deref()).collect();
            titles.dedup();
            let title = if names.is_empty() { what } else { format!("{what}{joint}{names}") };
            (title, titles.join("\n"))
        }
        NewsKind::Photos | NewsKind::Diary => {
            let names = names(items, dutch);
            let (joint, by) = match (kind, dutch) {
                (NewsKind::Photos, true) => (" van ", String::new()),
                (NewsKind::Photos, false) => (" of ", String::new()),
                (_, true) => (" van ", authors(items, "Geschreven door ")),
                (_, false) => (" of ", authors(items, "Written by ")),
            };
            let title = if names.is_empty() { what } else { format!("{what}{joint}{names}") };
            (title, by)
        }
    }
}

/// What all of them say, when they say the same.
fn alike<'a>(items: &[&'a NewsItem]) -> Option<&'a str> {
    let first = items.first()?.title.as_deref();
    first.filter(|_| items.iter().all(|item| item.title.as_deref() == first))
}

/// How requests were judged, when all of them were judged alike.
fn became(items: &[&NewsItem], dutch: bool) -> Option<String> {
    let words = match (alike(items)?, dutch) {
        ("approved", true) => "Goedgekeurd",
        ("approved", false) => "Approved",
        ("refused", true) => "Afgekeurd",
        ("refused", false) => "Refused",
        ("expired", true) => "Niet op tijd beoordeeld",
        ("expired", false) => "Not judged in time",
        _ => return None,
    };
    Some(words.to_owned())
}

fn names(items: &[&NewsItem], dutch: bool) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in items.iter().flat_map(|item| &item.children) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let and = if dutch { " en " } else { " and " };
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{}{and}{last}", rest.join(", ")),
    }
}

fn authors(items: &[&NewsItem], before: &str) -> String {
    match items {
        [only] => only.title.as_deref().map(|name| format!("{before}{name}")).unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn item(kind: NewsKind, place: &str, children: &[&str], count: u32) -> NewsItem {
        NewsItem {
            kind,
            place: place.to_owned(),
            children: children.iter().map(|name| (*name).to_owned()).collect(),
            child: None,
            title: Some("Zonnebrand vergeten".to_owned()),
            count,
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn raise(news: &[NewsItem], private: bool) -> Vec<(String, String)> {
        let settings = NotificationSettings { private, ..NotificationSettings::default() };
        in_words(&"a".into(), news, &settings, Language::Nl)
            .into_iter()
            .map(|raised| (raised.title, raised.body))
            .collect()
    }

    #[test]
    fn photos_of_a_day_are_one_notification_with_the_child_they_are_of() {
        let news = [
            item(NewsKind::Photos, "c1", &["Noortje"], 2),
            item(NewsKind::Photos, "c2", &["Noortje", "Ties"], 1),
        ];
        assert_eq!(raise(&news, true)[0].0, "3 nieuwe foto’s van Noortje en Ties");
        assert_eq!(raise(&news[..1], true)[0].0, "2 nieuwe foto’s van Noortje");
        let one = [item(NewsKind::Photos, "c1", &["Ties"], 1)];
        assert_eq!(raise(&one, true)[0].0, "1 nieuwe foto van Ties");
    }

    #[test]
    fn a_locked_screen_learns_no_name_and_no_word_unless_that_is_allowed() {
        let news = [
            item(NewsKind::Photos, "c1", &["Noortje"], 2),
            item(NewsKind::Diary, "c2", &["Noortje"], 1),
            item(NewsKind::Message, "m1", &[], 1),
        ];
        let shown: String =
            raise(&news, false).into_iter().map(|(title, body)| title + &body).collect();
        assert!(!shown.contains("Noortje") && !shown.contains("Zonnebrand"), "{shown}");
        let shown: String =
            raise(&news, true).into_iter().map(|(title, body)| title + &body).collect();
        assert!(shown.contains("Noortje") && shown.contains("Zonnebrand"), "{shown}");
    }

    #[test]
    fn a_click_opens_the_item_itself() {
        let one = item(NewsKind::Message, "m1", &[], 1);
        let account = AccountId::from("a");
        let id = ConversationId::from("m1");
        let opens = target(&account, NewsKind::Message, &[&one]);
        assert_eq!(opens, OpenWhat::Conversation { account: account.clone(), id });
        let opens = target(&account, NewsKind::Message, &[&one, &one]);
        assert_eq!(opens, OpenWhat::Conversations { account: account.clone() });
        let one = item(NewsKind::Newsletter, "l1", &[], 1);
        let opens = target(&account, NewsKind::Newsletter, &[&one]);
        let id = NewsletterId::from("l1");
        assert_eq!(opens, OpenWhat::Newsletter { account: account.clone(), id });
        let opens = target(&account, NewsKind::Article, &[&one, &one]);
        assert_eq!(opens, OpenWhat::Location { account });
    }
}
