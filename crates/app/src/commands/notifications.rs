//! Notifications: what the sync found worth telling, in words, as the parent allowed it.

use super::notification_words::in_words;
use crate::App;
use crate::api::{AppError, Language, Notification, NotificationSettings, OpenWhat, Tag};
use chrono::{DateTime, Local, TimeDelta, Timelike, Utc};
use schriftje_model::{
    AccountId, CardId, ChildId, ConversationId, WishId, WriteId, WriteState, WriteWhat,
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use schriftje_model::{Clock, TestClock};
    use std::sync::Arc;

    #[test]
    fn trouble_with_one_account_takes_nothing_from_another() {
        let account = AccountId::from("a");
        let raised = vec![Notification {
            account: account.clone(),
            group: "photos:a".into(),
            title: "2 nieuwe foto’s".into(),
            body: String::new(),
            sound: true,
            what: OpenWhat::Timeline { account },
        }];
        assert_eq!(together(vec![Ok(raised.clone()), Err("locked")]), Ok(raised));
        assert_eq!(together(vec![Ok(Vec::new()), Err("locked")]), Err("locked"));
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
