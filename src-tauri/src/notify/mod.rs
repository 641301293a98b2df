//! Notifications: what the app found worth one is raised natively, and a click opens it.
//!
//! What stands in them, and whether any may be raised at all, is the app's to decide.

#[cfg(any(target_os = "macos", test))]
mod bundle;
#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(any(target_os = "linux", windows, test))]
mod markup;
#[cfg(any(windows, target_os = "macos", test))]
mod numbers;
#[cfg(mobile)]
mod plugin;
#[cfg(any(windows, test))]
mod toast;
#[cfg(target_os = "macos")]
mod user_notifications;
#[cfg(windows)]
mod winrt;

#[cfg(windows)]
pub use toast::is_link;

use crate::host::Host;
use crate::{changed, language, opened};
use async_trait::async_trait;
use schriftje_app::App;
use schriftje_app::api::{Language, OpenWhat, Tag};
use schriftje_model::ConversationId;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
#[cfg(any(windows, target_os = "macos"))]
use std::time::Duration;
use tauri::{AppHandle, Manager};

/// How long an app that ends waits for its notifications to go.
#[cfg(any(windows, target_os = "macos"))]
const LEAVES: Duration = Duration::from_secs(1);

/// A notification as a system takes it.
pub struct Notice {
    /// What replaces what: a newer one takes the place of an older one of the same group.
    pub group: String,
    /// Its first line.
    pub title: String,
    /// The rest, as plain text.
    pub body: String,
    /// With a sound.
    pub sound: bool,
    /// What it is about.
    #[cfg_attr(
        all(any(target_os = "macos", mobile), not(test)),
        expect(dead_code, reason = "these make nothing of it")
    )]
    pub kind: Kind,
    /// What a click does, in words, for systems that show it as a button.
    #[cfg_attr(any(windows, mobile), expect(dead_code, reason = "these show no button"))]
    pub click: &'static str,
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody wrote.
    Message,
    /// Something else came.
    Arrival,
    /// The app says something about itself.
    Device,
}

/// The system could not raise it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotRaised(String);

/// A system's own notifications.
#[async_trait]
trait Raise: Send + Sync {
    /// Raises one. Returns once the system has taken it.
    async fn raise(&self, notice: Notice) -> Result<(), NotRaised>;

    /// Takes the one of this group away again, where it still stands.
    async fn withdraw(&self, group: &str);
}

/// A click on the notification of a group, with what a Wayland desktop wants to see before it lets
/// a window come forward.
struct Click {
    group: String,
    activation: Option<String>,
}

/// What was raised, and what a click on it opens.
pub struct Notifications {
    system: Box<dyn Raise>,
    /// What a link of Windows names.
    #[cfg(windows)]
    numbers: Arc<numbers::Numbers>,
    /// By group; the app's own word about itself opens nothing but the window.
    raised: Mutex<HashMap<String, Option<OpenWhat>>>,
    /// The groups of those that may name somebody.
    named: Mutex<HashSet<String>>,
}

impl Notifications {
    /// The system's.
    pub fn of_the_system(app: &AppHandle) -> Self {
        #[cfg(not(windows))]
        let clicked = {
            let handle = app.clone();
            move |click| handle.state::<Self>().clicked(&handle, click)
        };
        #[cfg(windows)]
        let numbers = Arc::<numbers::Numbers>::default();
        #[cfg(target_os = "linux")]
        let system = freedesktop::Freedesktop::new(clicked);
        #[cfg(target_os = "macos")]
        let system = user_notifications::UserNotifications::new(clicked);
        #[cfg(windows)]
        let system = winrt::WinRt::new(app, numbers.clone());
        #[cfg(mobile)]
        let system = plugin::Plugin::new(app, clicked);
        Self {
            system: Box::new(system),
            #[cfg(windows)]
            numbers,
            raised: Mutex::default(),
            named: Mutex::default(),
        }
    }

    /// Raises one that may name somebody: it goes when the app locks.
    async fn raise_named(&self, notice: Notice, what: OpenWhat) -> Result<(), NotRaised> {
        let group = notice.group.clone();
        let raised = self.raise(notice, Some(what)).await;
        if raised.is_ok() {
            self.named().insert(group);
        }
        raised
    }

    /// Raises one.
    pub async fn raise(&self, notice: Notice, what: Option<OpenWhat>) -> Result<(), NotRaised> {
        let group = notice.group.clone();
        // Before it can be clicked.
        let before = self.raised().insert(group.clone(), what);
        let raised = self.system.raise(notice).await;
        if raised.is_err() {
            let mut known = self.raised();
            match before {
                Some(before) => known.insert(group, before),
                None => known.remove(&group),
            };
        } else {
            self.named().remove(&group);
        }
        raised
    }

    /// Takes away those that may name somebody. What they tell is still to be found in the app.
    async fn name_nobody(&self) {
        let named = std::mem::take(&mut *self.named());
        for group in named {
            self.raised().remove(&group);
            self.system.withdraw(&group).await;
        }
    }

    /// Takes away those about something the parent has seen in the window.
    pub async fn seen(&self, done: &[OpenWhat]) {
        let seen: Vec<String> = {
            let raised = self.raised();
            let is_done = |what: &Option<OpenWhat>| what.as_ref().is_some_and(|w| done.contains(w));
            let seen = raised.iter().filter(|(_, what)| is_done(what));
            seen.map(|(group, _)| group.clone()).collect()
        };
        for group in seen {
            self.raised().remove(&group);
            self.system.withdraw(&group).await;
        }
    }

    /// What those open that were raised and not taken away.
    fn open(&self) -> Vec<OpenWhat> {
        self.raised().values().flatten().cloned().collect()
    }

    /// Takes away all that stands: what the app raised opens nothing once it has ended.
    #[cfg(any(windows, target_os = "macos", test))]
    async fn end(&self) {
        let standing: Vec<String> = self.raised().drain().map(|(group, _)| group).collect();
        for group in standing {
            self.system.withdraw(&group).await;
        }
    }

    fn clicked(&self, app: &AppHandle, click: Click) {
        let Some(what) = self.raised().remove(&click.group) else { return };
        #[cfg(desktop)]
        crate::desktop::bring_forward(app, click.activation);
        #[cfg(mobile)]
        let _ = click.activation;
        if let Some(what) = what {
            opened::open(app, what);
        }
    }

    fn named(&self) -> MutexGuard<'_, HashSet<String>> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn raised(&self) -> MutexGuard<'_, HashMap<String, Option<OpenWhat>>> {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Raises what the app finds worth it, and takes away what was seen on another device, what is of
/// an account that left, and what names somebody when the app locks, until the app stops.
pub async fn follow(window: AppHandle, host: Arc<Host>) {
    let Some(app) = host.app_at_last().await else { return };
    let mut heard = app.subscribe();
    let mut tags = vec![Tag::News];
    loop {
        if tags.iter().copied().any(may_be_seen) {
            withdraw_seen(&window, &app).await;
        }
        if tags.contains(&Tag::Lock) && app.is_locked() {
            window.state::<Notifications>().name_nobody().await;
        }
        if tags.contains(&Tag::News) {
            raise_news(&window, &app).await;
        }
        let Some(next) = changed::next(&mut heard).await else { return };
        tags = next;
    }
}

/// Whether what notifications tell may have been seen or done since.
fn may_be_seen(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::News
            | Tag::Timeline
            | Tag::Messages
            | Tag::Outbox
            | Tag::Agenda
            | Tag::Facts
            | Tag::Accounts
    )
}

async fn withdraw_seen(window: &AppHandle, app: &App) {
    let notifications = window.state::<Notifications>();
    let open = notifications.open();
    if open.is_empty() {
        return;
    }
    match app.seen_meanwhile(open).await {
        Ok(done) => notifications.seen(&done).await,
        Err(error) => tracing::debug!(code = ?error.code, "what was seen is not known"),
    }
}

async fn raise_news(window: &AppHandle, app: &App) {
    let settings = app.settings();
    let language = language::resolve(&settings);
    let was_locked = app.is_locked();
    let news = match app.take_notifications(language).await {
        Ok(news) => news,
        Err(error) => {
            tracing::warn!(code = ?error.code, "what is new could not be told");
            return;
        }
    };
    let named = settings.notifications.private && !(was_locked && app.is_locked());
    for new in news {
        let named = named && new.may_name();
        let notice = Notice {
            group: new.group,
            title: new.title,
            body: new.body,
            sound: new.sound,
            kind: match new.what {
                OpenWhat::Conversation { .. } | OpenWhat::Conversations { .. } => Kind::Message,
                OpenWhat::Card { .. }
                | OpenWhat::Timeline { .. }
                | OpenWhat::Location { .. }
                | OpenWhat::Article { .. }
                | OpenWhat::Newsletter { .. }
                | OpenWhat::Requests { .. }
                | OpenWhat::Consents { .. }
                | OpenWhat::Observations { .. }
                | OpenWhat::Observation { .. }
                | OpenWhat::Form { .. } => Kind::Arrival,
            },
            click: open_in_words(language),
        };
        let notifications = window.state::<Notifications>();
        let raised = if named {
            notifications.raise_named(notice, new.what).await
        } else {
            notifications.raise(notice, Some(new.what)).await
        };
        if let Err(error) = raised {
            tracing::warn!("a notification was not raised: {error}");
        }
    }
}

/// The program was started again with these arguments. Where that was for a link, a click on a
/// notification, what it stands for is opened; a link that this run did not make opens nothing.
#[cfg(windows)]
pub fn follow_link(window: &AppHandle, arguments: &[String]) {
    let Some(number) = arguments.get(1).and_then(|link| toast::number(link)) else { return };
    let Some(notifications) = window.try_state::<Notifications>() else { return };
    if let Some(group) = notifications.numbers.group(number) {
        notifications.clicked(window, Click { group, activation: None });
    }
}

/// The app ends.
#[cfg(any(windows, target_os = "macos"))]
pub fn end(window: &AppHandle) {
    let Some(notifications) = window.try_state::<Notifications>() else { return };
    let ended = tokio::time::timeout(LEAVES, notifications.end());
    if tauri::async_runtime::block_on(ended).is_err() {
        tracing::info!("notifications may be left until the app starts again");
    }
}

/// The parent opens a conversation in the window: its notification has done its work. Opening
/// waits for nothing of that.
pub fn opens(window: &AppHandle, app: &Arc<App>, id: ConversationId) {
    if !crate::window::in_sight(window) {
        return;
    }
    let (window, app) = (window.clone(), app.clone());
    tauri::async_runtime::spawn(async move {
        match app.saw_conversation(id).await {
            Ok(done) => window.state::<Notifications>().seen(&done).await,
            Err(error) => tracing::debug!(code = ?error.code, "what was seen is not noted"),
        }
    });
}

/// What a click does.
pub fn open_in_words(language: Language) -> &'static str {
    match language {
        Language::Nl => "Openen",
        Language::En => "Open",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A system that remembers, or refuses.
    #[derive(Default)]
    struct Wall {
        refuses: bool,
        withdrawn: Mutex<Vec<String>>,
    }

    #[async_trait]
    impl Raise for Arc<Wall> {
        async fn raise(&self, _: Notice) -> Result<(), NotRaised> {
            if self.refuses { Err(NotRaised("no".to_owned())) } else { Ok(()) }
        }

        async fn withdraw(&self, group: &str) {
            self.withdrawn.lock().unwrap().push(group.to_owned());
        }
    }

    fn on(wall: &Arc<Wall>) -> Notifications {
        Notifications {
            system: Box::new(wall.clone()),
            #[cfg(windows)]
            numbers: Arc::default(),
            raised: Mutex::default(),
            named: Mutex::default(),
        }
    }

    fn notice(group: &str) -> Notice {
        Notice {
            group: group.to_owned(),
            title: String::new(),
            body: String::new(),
            sound: false,
            kind: Kind::Message,
            click: open_in_words(Language::Nl),
        }
    }

    fn conversation(id: &str) -> OpenWhat {
        OpenWhat::Conversation { account: "a".into(), id: id.into() }
    }

    #[tokio::test]
    async fn what_was_seen_in_the_window_is_taken_away_and_nothing_else() {
        let wall = Arc::new(Wall::default());
        let notifications = on(&wall);
        notifications.raise(notice("1"), Some(conversation("1"))).await.unwrap();
        notifications.raise(notice("2"), Some(conversation("2"))).await.unwrap();
        notifications.raise(notice("closed"), None).await.unwrap();
        notifications.seen(&[conversation("1")]).await;
        notifications.seen(&[conversation("1")]).await;
        assert_eq!(*wall.withdrawn.lock().unwrap(), ["1"]);
        assert_eq!(notifications.raised().len(), 2);
    }

    #[tokio::test]
    async fn what_names_somebody_is_taken_away_when_the_app_locks_and_nothing_else() {
        let wall = Arc::new(Wall::default());
        let notifications = on(&wall);
        notifications.raise_named(notice("1"), conversation("1")).await.unwrap();
        notifications.raise_named(notice("2"), conversation("2")).await.unwrap();
        notifications.raise(notice("2"), Some(conversation("2"))).await.unwrap();
        notifications.raise(notice("closed"), None).await.unwrap();
        notifications.name_nobody().await;
        notifications.name_nobody().await;
        assert_eq!(*wall.withdrawn.lock().unwrap(), ["1"]);
        assert_eq!(notifications.raised().len(), 2);
    }

    #[tokio::test]
    async fn what_stands_when_the_app_ends_is_taken_away() {
        let wall = Arc::new(Wall::default());
        let notifications = on(&wall);
        notifications.raise(notice("1"), Some(conversation("1"))).await.unwrap();
        notifications.raise(notice("closed"), None).await.unwrap();
        notifications.end().await;
        let mut withdrawn = wall.withdrawn.lock().unwrap().clone();
        withdrawn.sort();
        assert_eq!(withdrawn, ["1", "closed"]);
        assert!(notifications.raised().is_empty());
    }

    #[tokio::test]
    async fn what_was_not_raised_opens_nothing_and_the_older_one_still_does() {
        let notifications = on(&Arc::new(Wall { refuses: true, ..Wall::default() }));
        assert!(notifications.raise(notice("1"), Some(conversation("2"))).await.is_err());
        assert!(notifications.raised().is_empty());
        notifications.raised().insert("1".to_owned(), Some(conversation("1")));
        assert!(notifications.raise(notice("1"), Some(conversation("2"))).await.is_err());
        assert_eq!(notifications.raised().get("1"), Some(&Some(conversation("1"))));
    }
}
