//! Notifications: what the sync found worth telling, in words, as the parent allowed it.

use crate::App;
use crate::api::{AppError, Language, Notification, NotificationSettings, OpenWhat, Tag};
use chrono::{DateTime, Local, TimeDelta, Timelike, Utc};
use schriftje_model::{
    AccountId, ArticleId, CardId, ChildId, ConversationId, NewsletterId, WishId, WriteId,
    WriteState, WriteWhat,
};
use schriftje_store::{NewsItem, NewsKind, Store, StoreError};
use schriftje_sync::{SyncError, wanted_at_portal};
use std::sync::Weak;
use std::time::Duration;

/// How often it is looked whether the quiet hours are over.
const QUIET_OVER: Duration = Duration::from_mins(1);
/// What was found longer ago may have been seen on another device since.
const OLD: TimeDelta = TimeDelta::minutes(5);

impl App {
    /// What is to be raised now, and is not told again. In quiet hours there is nothing, and what
    /// comes then is told when they are over: [`Tag::News`] says so. What the parent wants no
    /// notification of is never told. After a pause, such as quiet hours or a sleep, the portal is
    /// asked first what was seen elsewhere meanwhile; where it does not answer, what is to be told
    /// waits until it does.
    ///
    /// # Errors
    /// When there is nothing to raise and of an account it could not be found out.
    pub async fn take_notifications(
        &self,
        language: Language,
    ) -> Result<Vec<Notification>, AppError> {
        let mut settings = self.settings().notifications;
        // Who is kept out of the app is not told beside it what is in it.
        settings.private &= !self.is_locked();
        if is_quiet(&settings, self.host.clock.now()) {
            return Ok(Vec::new());
        }
        let mut answers = Vec::new();
        for open in self.registry.all().await? {
            let asked = refused_and_ready(&open.store, &open.id, &settings, language).await;
            answers.push(asked.map_err(SyncError::from));
            let Ok(line) = open.line() else { continue };
            match self.is_old(&open.store).await {
                Ok(false) => {}
                Ok(true) if line.engine.poll().await.is_ok() => {}
                Ok(true) => continue,
                Err(error) => {
                    answers.push(Err(error.into()));
                    continue;
                }
            }
            let news = line.engine.take_news(wanted(&settings)).await;
            answers.push(news.map(|news| in_words(&open.id, &news, &settings, language)));
        }
        Ok(together(answers)?)
    }

    /// Whether what is to be told was found a while ago, and the portal not asked since.
    async fn is_old(&self, store: &Store) -> Result<bool, StoreError> {
        let Some(since) = store.news_since().await? else { return Ok(false) };
        let asked = store.timeline_state().await?.fresh_at;
        let latest = asked.map_or(since, |asked| asked.max(since));
        Ok(self.host.clock.now() - latest >= OLD)
    }

    /// Which of these notifications have done their work: what they told was seen meanwhile, here
    /// or on another device, or is gone, as all is of an account that was signed out.
    ///
    /// # Errors
    /// When that cannot be found out of an account.
    pub async fn seen_meanwhile(&self, raised: Vec<OpenWhat>) -> Result<Vec<OpenWhat>, AppError> {
        let all = self.registry.all().await?;
        let mut here: Vec<AccountId> = all.iter().map(|open| open.id.clone()).collect();
        here.extend(self.registry.broken().into_iter().map(|broken| broken.id));
        let is_of_nobody = |what: &&OpenWhat| !here.contains(account_of(what));
        let mut seen: Vec<OpenWhat> = raised.iter().filter(is_of_nobody).cloned().collect();
        for open in all {
            if raised.iter().any(|what| *account_of(what) == open.id) {
                let told = open.store.still_told().await?;
                for what in raised.iter().filter(|what| *account_of(what) == open.id) {
                    let tells = match what {
                        OpenWhat::Form { write, wish, .. } => {
                            waits_for_parent(&open.store, write.as_ref(), wish.as_ref()).await?
                        }
                        what => tells_any(what, &told),
                    };
                    if !tells {
                        seen.push(what.clone());
                    }
                }
            }
        }
        Ok(seen)
    }

    /// The parent has these cards of the account in use before them: what they told or were to
    /// tell is forgotten, and what comes after it is told by itself. Answers what notifications
    /// open that have done their work.
    ///
    /// # Errors
    /// When nobody is signed in, or it cannot be noted.
    pub async fn saw_cards(&self, cards: Vec<CardId>) -> Result<Vec<OpenWhat>, AppError> {
        let open = self.registry.current()?;
        forget(&open.store, |item| {
            is_of_card(item) && cards.iter().any(|id| id.as_str() == item.place)
        })
        .await?;
        let account = || open.id.clone();
        let mut done: Vec<OpenWhat> =
            cards.into_iter().map(|id| OpenWhat::Card { account: account(), id }).collect();
        // One about several cards stays until the last of them is seen.
        if !open.store.told_news().await?.iter().any(is_of_card) {
            done.push(OpenWhat::Timeline { account: account() });
        }
        Ok(done)
    }

    /// The parent has the list of conversations of the account in use before them. Each is news
    /// until it is opened. Answers as [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn saw_conversations(&self) -> Result<Vec<OpenWhat>, AppError> {
        Ok(vec![OpenWhat::Conversations { account: self.registry.current()?.id.clone() }])
    }

    /// The parent has this conversation of the account in use before them. Answers as
    /// [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in, or it cannot be noted.
    pub async fn saw_conversation(&self, id: ConversationId) -> Result<Vec<OpenWhat>, AppError> {
        let open = self.registry.current()?;
        forget(&open.store, |item| item.kind == NewsKind::Message && item.place == id.as_str())
            .await?;
        Ok(vec![OpenWhat::Conversation { account: open.id.clone(), id }])
    }

    /// The parent has the requests of the account in use before them. Answers as
    /// [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in, or it cannot be noted.
    pub async fn saw_requests(&self) -> Result<Vec<OpenWhat>, AppError> {
        let open = self.registry.current()?;
        forget(&open.store, |item| item.kind == NewsKind::Request).await?;
        Ok(vec![OpenWhat::Requests { account: open.id.clone() }])
    }

    /// The parent has the consents and declarations of this child of the account in use before
    /// them. Answers as [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in, or it cannot be noted.
    pub async fn saw_consents(&self, child: ChildId) -> Result<Vec<OpenWhat>, AppError> {
        let open = self.registry.current()?;
        let is_consent = |item: &NewsItem| item.kind == NewsKind::Consent;
        forget(&open.store, |item| is_consent(item) && item.child.as_ref() == Some(&child)).await?;
        let account = || open.id.clone();
        let mut done = vec![OpenWhat::Consents { account: account(), child: Some(child) }];
        // One about several children stays until the last of them is seen.
        if !open.store.told_news().await?.iter().any(is_consent) {
            done.push(OpenWhat::Consents { account: account(), child: None });
        }
        Ok(done)
    }

    /// The parent has the list of observations of the account in use before them. Each is news
    /// until it is opened. Answers as [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn saw_observations(&self) -> Result<Vec<OpenWhat>, AppError> {
        Ok(vec![OpenWhat::Observations { account: self.registry.current()?.id.clone() }])
    }

    /// The parent has this observation of the account in use before them. Answers as
    /// [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in, or it cannot be noted.
    pub async fn saw_observation(&self, id: String) -> Result<Vec<OpenWhat>, AppError> {
        let open = self.registry.current()?;
        forget(&open.store, |item| item.kind == NewsKind::Observation && item.place == id).await?;
        Ok(vec![OpenWhat::Observation { account: open.id.clone(), id }])
    }

    /// Says when quiet hours are over, so that a host takes what came meanwhile.
    pub(crate) async fn watch_quiet_hours(app: Weak<Self>) {
        let mut quiet = false;
        while let Some(app) = app.upgrade() {
            let was = std::mem::replace(&mut quiet, app.is_quiet());
            if was && !quiet {
                app.host.changes.tell(Tag::News);
            }
            drop(app);
            tokio::time::sleep(QUIET_OVER).await;
        }
    }

    fn is_quiet(&self) -> bool {
        is_quiet(&self.settings().notifications, self.host.clock.now())
    }
}

/// Requests and absences that were refused, and wishes that can be completed now: each told once,
/// and by no name or word of it.
async fn refused_and_ready(
    store: &Store,
    account: &AccountId,
    settings: &NotificationSettings,
    language: Language,
) -> Result<Vec<Notification>, StoreError> {
    let (refused, ready) = (store.take_refused_requests().await?, store.take_ready_wishes().await?);
    let wanted = settings.requests && wanted_at_portal(store, NewsKind::Request).await?;
    if !wanted {
        return Ok(Vec::new());
    }
    let dutch = language == Language::Nl;
    let raised = |group: String, (title, body): (&str, &str), what| Notification {
        account: account.clone(),
        group,
        title: title.to_owned(),
        body: body.to_owned(),
        sound: settings.sound,
        what,
    };
    let mut all = Vec::new();
    for write in refused {
        let absence = matches!(write.what, WriteWhat::Absence { .. });
        let words = match (absence, dutch) {
            (true, true) => ("Afwezigheid NIET doorgegeven", "Open Schriftje om te zien waarom."),
            (true, false) => ("Absence NOT reported", "Open Schriftje to see why."),
            (false, true) => {
                ("Je aanvraag is niet aangenomen", "Open Schriftje om te zien waarom.")
            }
            (false, false) => ("Your request was not accepted", "Open Schriftje to see why."),
        };
        let group = format!("write:{account}:{}", write.id);
        let (account, write) = (account.clone(), Some(write.id));
        all.push(raised(group, words, OpenWhat::Form { account, write, wish: None }));
    }
    for wish in ready {
        let words = if dutch {
            ("Je aanvraag kan nu verstuurd worden", "Kijk wat er mogelijk is.")
        } else {
            ("Your request can be sent now", "Look what is possible.")
        };
        let group = format!("wish:{account}:{}", wish.id);
        let (account, wish) = (account.clone(), Some(wish.id));
        all.push(raised(group, words, OpenWhat::Form { account, write: None, wish }));
    }
    Ok(all)
}

async fn forget(store: &Store, is_seen: impl Fn(&NewsItem) -> bool) -> Result<(), StoreError> {
    let mut seen = store.news().await?;
    seen.retain(is_seen);
    store.forget_news(seen).await
}

fn is_of_card(item: &NewsItem) -> bool {
    matches!(item.kind, NewsKind::Photos | NewsKind::Diary)
}

fn account_of(what: &OpenWhat) -> &AccountId {
    match what {
        OpenWhat::Timeline { account }
        | OpenWhat::Card { account, .. }
        | OpenWhat::Conversations { account }
        | OpenWhat::Conversation { account, .. }
        | OpenWhat::Location { account }
        | OpenWhat::Article { account, .. }
        | OpenWhat::Newsletter { account, .. }
        | OpenWhat::Requests { account }
        | OpenWhat::Consents { account, .. }
        | OpenWhat::Observations { account }
        | OpenWhat::Observation { account, .. }
        | OpenWhat::Form { account, .. } => account,
    }
}

/// Whether a write that was refused, or a wish, is still there for the parent to go on with.
async fn waits_for_parent(
    store: &Store,
    write: Option<&WriteId>,
    wish: Option<&WishId>,
) -> Result<bool, StoreError> {
    if let Some(id) = write {
        let write = store.write(id.clone()).await?;
        return Ok(write.is_some_and(|write| write.state == WriteState::Refused));
    }
    Ok(store.wishes().await?.iter().any(|kept| Some(&kept.id) == wish))
}

/// Whether something of this is still what a notification that opens `what` tells.
fn tells_any(what: &OpenWhat, told: &[NewsItem]) -> bool {
    let is = |item: &NewsItem, kind, place: &str| item.kind == kind && item.place == place;
    told.iter().any(|item| match what {
        OpenWhat::Timeline { .. } => is_of_card(item),
        OpenWhat::Card { id, .. } => is_of_card(item) && item.place == id.as_str(),
        OpenWhat::Conversations { .. } => item.kind == NewsKind::Message,
        OpenWhat::Conversation { id, .. } => is(item, NewsKind::Message, id.as_str()),
        OpenWhat::Location { .. } => {
            matches!(item.kind, NewsKind::Article | NewsKind::Newsletter)
        }
        OpenWhat::Article { id, .. } => is(item, NewsKind::Article, id.as_str()),
        OpenWhat::Newsletter { id, .. } => is(item, NewsKind::Newsletter, id.as_str()),
        OpenWhat::Requests { .. } => item.kind == NewsKind::Request,
        OpenWhat::Consents { child, .. } => {
            item.kind == NewsKind::Consent && (child.is_none() || item.child == *child)
        }
        OpenWhat::Observations { .. } => item.kind == NewsKind::Observation,
        OpenWhat::Observation { id, .. } => is(item, NewsKind::Observation, id),
        OpenWhat::Form { .. } => false,
    })
}

/// What was taken of all accounts. It is not told again, so trouble with one takes nothing away.
fn together<E: std::fmt::Display>(
    answers: Vec<Result<Vec<Notification>, E>>,
) -> Result<Vec<Notification>, E> {
    let mut all = Vec::new();
    let mut trouble = None;
    for answer in answers {
        match answer {
            Ok(raised) => all.extend(raised),
            Err(error) => {
                tracing::warn!(%error, "what is new in an account could not be found out");
                trouble = Some(error);
            }
        }
    }
    match trouble {
        Some(error) if all.is_empty() => Err(error),
        _ => Ok(all),
    }
}

fn wanted(settings: &NotificationSettings) -> Vec<NewsKind> {
    let is_wanted = |kind: &NewsKind| match kind {
        NewsKind::Photos => settings.photos,
        NewsKind::Diary => settings.diary,
        NewsKind::Message => settings.messages,
        NewsKind::Article => settings.news,
        NewsKind::Newsletter => settings.newsletters,
        NewsKind::Request => settings.requests,
        NewsKind::Consent => settings.consents,
        NewsKind::Observation => settings.observations,
    };
    NewsKind::ALL.into_iter().filter(is_wanted).collect()
}

/// Whether it is a quiet hour on this device's clock. Hours that begin in the evening end the next
/// morning.
fn is_quiet(settings: &NotificationSettings, now: DateTime<Utc>) -> bool {
    let time = now.with_timezone(&Local).time();
    is_within(settings, u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0))
}

fn is_within(settings: &NotificationSettings, minute: u16) -> bool {
    let (from, until) = (settings.quiet_from, settings.quiet_until);
    settings.quiet
        && if from <= until {
            (from..until).contains(&minute)
        } else {
            minute >= from || minute < until
        }
}

/// One notification for all of each kind.
fn in_words(
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
    use proptest::prelude::*;
    use schriftje_model::{Clock, TestClock};
    use std::sync::Arc;

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
    fn trouble_with_one_account_takes_nothing_from_another() {
        let settings = NotificationSettings::default();
        let news = [item(NewsKind::Photos, "c1", &["Noortje"], 2)];
        let raised = in_words(&"a".into(), &news, &settings, Language::Nl);
        assert_eq!(together(vec![Ok(raised.clone()), Err("locked")]), Ok(raised));
        assert_eq!(together(vec![Ok(Vec::new()), Err("locked")]), Err("locked"));
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

    #[tokio::test(start_paused = true)]
    async fn when_quiet_hours_are_over_it_is_said_that_there_is_news() {
        let folder = tempfile::tempdir().unwrap();
        let clock = TestClock::at("2026-03-16T22:30:00Z".parse().unwrap());
        let app = App::start(crate::AppOptions {
            data_dir: folder.path().to_owned(),
            vault: Arc::new(crate::vault::MemoryVault::default()),
            clock: Arc::new(clock.clone()),
            ca_pem: None,
            picture_dir: folder.path().to_owned(),
            background: true,
        })
        .await
        .unwrap();
        let local = clock.now().with_timezone(&Local);
        let minute = u16::try_from(local.hour() * 60 + local.minute()).unwrap();
        let mut settings = app.settings();
        settings.notifications.quiet = true;
        settings.notifications.quiet_from = minute;
        settings.notifications.quiet_until = (minute + 10) % 1440;
        app.set_settings(settings).await.unwrap();
        tokio::time::sleep(Duration::from_mins(5)).await;
        let mut changes = app.subscribe();
        tokio::time::sleep(Duration::from_mins(5)).await;
        assert!(changes.try_recv().is_err(), "they are not over");
        clock.advance(chrono::TimeDelta::minutes(10));
        assert_eq!(changes.recv().await.unwrap().tags, [Tag::News]);
    }

    proptest! {
        #[test]
        fn quiet_hours_are_as_long_as_they_were_set(from in 0_u16..1440, until in 0_u16..1440) {
            let settings = NotificationSettings {
                quiet: true,
                quiet_from: from,
                quiet_until: until,
                ..NotificationSettings::default()
            };
            let quiet = (0..1440).filter(|&minute| is_within(&settings, minute)).count();
            let length = (i32::from(until) - i32::from(from)).rem_euclid(1440);
            prop_assert_eq!(i32::try_from(quiet).unwrap(), length);
        }
    }
}
