//! The notifications of Android and iOS, through Tauri's own plugin.

use super::{Click, NotRaised, Notice, Raise};
use async_trait::async_trait;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::AppHandle;
use tauri_plugin_notification::{NotificationExt, PermissionState};

/// What the plugin calls a click on a notification itself.
const CLICKED: &str = "tap";

/// The plugin.
pub struct Plugin {
    app: AppHandle,
    /// Which group has which number.
    groups: Arc<Mutex<HashMap<i32, String>>>,
}

impl Plugin {
    /// The plugin; clicks are told.
    pub fn new(app: &AppHandle, clicked: impl Fn(Click) + Send + Sync + 'static) -> Self {
        let groups: Arc<Mutex<HashMap<i32, String>>> = Arc::default();
        let known = groups.clone();
        let listening = app.notification().on_action(move |performed| {
            let Some(notification) = performed.notification() else { return };
            let known = known.lock().unwrap_or_else(PoisonError::into_inner);
            let group = known.get(&notification.id()).cloned();
            drop(known);
            if let Some(group) = group.filter(|_| performed.action_id() == CLICKED) {
                clicked(Click { group, activation: None });
            }
        });
        if let Err(error) = listening {
            tracing::warn!("clicks on notifications go unheard: {error}");
        }
        Self { app: app.clone(), groups }
    }
}

#[async_trait]
impl Raise for Plugin {
    async fn raise(&self, notice: Notice) -> Result<(), NotRaised> {
        let id = number(&notice.group);
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.insert(id, notice.group.clone());
        drop(groups);
        let app = self.app.clone();
        let raised = tokio::task::spawn_blocking(move || show(&app, id, notice)).await;
        raised.map_err(|_| NotRaised("raising was broken off".to_owned()))?
    }

    async fn withdraw(&self, group: &str) {
        // One that is gone already is as good.
        let _ = self.app.notification().remove_active(vec![number(group)]);
    }
}

fn show(app: &AppHandle, id: i32, notice: Notice) -> Result<(), NotRaised> {
    let notifications = app.notification();
    let asked = notifications.permission_state().map_err(refused)?;
    let allowed = match asked {
        PermissionState::Prompt | PermissionState::PromptWithRationale => {
            notifications.request_permission().map_err(refused)?
        }
        state => state,
    };
    if allowed != PermissionState::Granted {
        return Err(NotRaised("the system does not allow it".to_owned()));
    }
    let mut builder =
        notifications.builder().id(id).title(notice.title).body(notice.body).auto_cancel();
    if !notice.sound {
        builder = builder.silent();
    }
    builder.show().map_err(refused)
}

/// The kind of trouble alone: a system's own words may repeat ours.
fn refused(_: tauri_plugin_notification::Error) -> NotRaised {
    NotRaised("the system refuses it".to_owned())
}

/// A group's number, the same every time: it takes the place of what stands there.
fn number(group: &str) -> i32 {
    let mut hasher = DefaultHasher::new();
    group.hash(&mut hasher);
    i32::try_from(hasher.finish() % u64::from(i32::MAX.unsigned_abs())).unwrap_or_default()
}
