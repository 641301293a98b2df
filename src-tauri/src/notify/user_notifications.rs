//! The notification centre of macOS.
//!
//! It takes notifications of a signed app alone; a signature of no one in particular is enough.

use super::numbers::{Numbers, name};
use super::{Click, NotRaised, Notice, Raise, bundle};
use async_trait::async_trait;
use mac_usernotifications::{
    Action, Error, Notification, NotificationHandle, close_delivered,
    get_delivered_notification_ids, request_auth, sound,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tauri::async_runtime::JoinHandle;
use tokio::sync::OnceCell;

/// The button that does what a click does. With one, the system also tells of a notification that
/// was put aside, so that nobody has to ask it twice a second.
const OPEN: &str = "open";

/// How long the parent may think about whether notifications are allowed, which is asked once.
const MAY_THINK: Duration = Duration::from_secs(30);

type Clicked = Arc<dyn Fn(Click) + Send + Sync>;

/// The notification centre.
pub struct UserNotifications {
    clicked: Clicked,
    numbers: Numbers,
    /// What waits for a click, by group.
    waiting: Mutex<HashMap<String, JoinHandle<()>>>,
    cleared: Arc<OnceCell<()>>,
}

impl UserNotifications {
    /// The notification centre; clicks are told. What an earlier run left goes: it can open nothing.
    pub fn new(clicked: impl Fn(Click) + Send + Sync + 'static) -> Self {
        let cleared: Arc<OnceCell<()>> = Arc::default();
        let clearing = cleared.clone();
        tauri::async_runtime::spawn(async move {
            if is_there() {
                clearing.get_or_init(clear).await;
            }
        });
        Self {
            clicked: Arc::new(clicked),
            numbers: Numbers::default(),
            waiting: Mutex::default(),
            cleared,
        }
    }

    /// Hears the click on a notification, until a newer one of its group takes its place.
    fn hear(&self, group: String, raised: NotificationHandle) {
        let (clicked, of) = (self.clicked.clone(), group.clone());
        let waits = tauri::async_runtime::spawn(async move {
            let Ok(response) = raised.response().await else { return };
            if response.is_default_action() || response.action_identifier == OPEN {
                clicked(Click { group: of, activation: None });
            }
        });
        self.waiting().insert(group, waits);
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<String, JoinHandle<()>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Raise for UserNotifications {
    async fn raise(&self, notice: Notice) -> Result<(), NotRaised> {
        if !is_there() {
            return Err(NotRaised("the program is not inside an app".to_owned()));
        }
        self.cleared.get_or_init(clear).await;
        be_allowed().await?;
        let mut notification = Notification::new()
            .id(&name(self.numbers.give(&notice.group)))
            .title(notice.title)
            .message(notice.body)
            .action(Action::button(OPEN, notice.click));
        if notice.sound {
            notification = notification.sound(sound::PING);
        }
        let raised = notification.send().await.map_err(|error| refused(&error))?;
        self.hear(notice.group, raised);
        Ok(())
    }

    async fn withdraw(&self, group: &str) {
        if !is_there() {
            return;
        }
        if let Some(waits) = self.waiting().remove(group) {
            waits.abort();
        }
        close_delivered(&name(self.numbers.give(group))).await;
    }
}

fn is_there() -> bool {
    std::env::current_exe().is_ok_and(|program| bundle::holds(&program))
}

async fn be_allowed() -> Result<(), NotRaised> {
    match tokio::time::timeout(MAY_THINK, request_auth()).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err(NotRaised("the system does not allow it".to_owned())),
        Ok(Err(error)) => Err(refused(&error)),
        Err(_) => Err(NotRaised("nobody has said whether it is allowed".to_owned())),
    }
}

async fn clear() {
    for left in get_delivered_notification_ids().await {
        close_delivered(&left).await;
    }
}

/// The kind of trouble alone: a system's own words may repeat ours.
fn refused(error: &Error) -> NotRaised {
    let kind = match error {
        Error::NotificationRejected => "the system refuses it",
        Error::NoBundleIdentifier => "the program is not inside an app",
        _ => "the system gives no answer",
    };
    NotRaised(kind.to_owned())
}
