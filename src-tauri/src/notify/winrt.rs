//! The notifications of Windows 10 and 11.
//!
//! Raised under the app's identifier, which the installers write into its entry in the Start menu;
//! Windows shows none of a program that has no such entry. A click comes back as a link ([`toast`]).

use super::numbers::{Numbers, name};
use super::{NotRaised, Notice, Raise, toast};
use async_trait::async_trait;
use std::sync::Arc;
use tauri::AppHandle;
use tokio::sync::OnceCell;
use windows::Data::Xml::Dom::XmlDocument;
use windows::Foundation::TypedEventHandler;
use windows::UI::Notifications::{
    NotificationMirroring, NotificationSetting, ToastFailedEventArgs, ToastNotification,
    ToastNotificationManager,
};
use windows::core::{Error, HSTRING, Ref, h};

/// Whose tags they are. Windows takes no tag away without a group of its own kind.
const OURS: &HSTRING = h!("schriftje");

/// Windows' notifications.
pub struct WinRt {
    app_id: HSTRING,
    numbers: Arc<Numbers>,
    cleared: Arc<OnceCell<()>>,
}

impl WinRt {
    /// The notifications, known by these numbers. What an earlier run left goes: it can open nothing.
    pub fn new(app: &AppHandle, numbers: Arc<Numbers>) -> Self {
        let app_id = HSTRING::from(&app.config().identifier);
        let winrt = Self { app_id, numbers, cleared: Arc::default() };
        let (app_id, cleared) = (winrt.app_id.clone(), winrt.cleared.clone());
        tauri::async_runtime::spawn(async move { clear_once(&app_id, &cleared).await });
        winrt
    }
}

#[async_trait]
impl Raise for WinRt {
    async fn raise(&self, notice: Notice) -> Result<(), NotRaised> {
        clear_once(&self.app_id, &self.cleared).await;
        let number = self.numbers.give(&notice.group);
        let (app_id, xml) = (self.app_id.clone(), toast::xml(&notice, number));
        let shown = tokio::task::spawn_blocking(move || show(&app_id, number, &xml)).await;
        shown.map_err(|_| NotRaised("raising was broken off".to_owned()))?
    }

    async fn withdraw(&self, group: &str) {
        let (app_id, number) = (self.app_id.clone(), self.numbers.give(group));
        // One that is gone already is as good.
        let _ = tokio::task::spawn_blocking(move || take_away(&app_id, number)).await;
    }
}

fn show(app_id: &HSTRING, number: u64, xml: &str) -> Result<(), NotRaised> {
    let notifier = ToastNotificationManager::CreateToastNotifierWithId(app_id)
        .map_err(|error| refused(&error))?;
    // Windows may not know of an app that never raised one.
    if notifier.Setting().is_ok_and(|setting| setting != NotificationSetting::Enabled) {
        return Err(NotRaised("the system does not allow it".to_owned()));
    }
    let toast = composed(number, xml).map_err(|error| refused(&error))?;
    notifier.Show(&toast).map_err(|error| refused(&error))
}

fn composed(number: u64, xml: &str) -> windows::core::Result<ToastNotification> {
    let document = XmlDocument::new()?;
    document.LoadXml(&HSTRING::from(xml))?;
    let toast = ToastNotification::CreateToastNotification(&document)?;
    toast.SetTag(&HSTRING::from(name(number)))?;
    toast.SetGroup(OURS)?;
    // It stays on this computer, and no longer than the run that can open it.
    toast.SetNotificationMirroring(NotificationMirroring::Disabled)?;
    toast.SetExpiresOnReboot(true)?;
    toast.Failed(&TypedEventHandler::new(|_, failed: Ref<'_, ToastFailedEventArgs>| {
        let code = failed.ok().and_then(ToastFailedEventArgs::ErrorCode);
        let code = code.unwrap_or_else(|error| error.code());
        tracing::warn!("a notification was not raised after all: {code}");
        Ok(())
    }))?;
    Ok(toast)
}

fn take_away(app_id: &HSTRING, number: u64) -> windows::core::Result<()> {
    let history = ToastNotificationManager::History()?;
    history.RemoveGroupedTagWithId(&HSTRING::from(name(number)), OURS, app_id)
}

async fn clear_once(app_id: &HSTRING, cleared: &OnceCell<()>) {
    let clear = || async {
        let app_id = app_id.clone();
        // Windows may not know of an app that never raised one.
        let _ = tokio::task::spawn_blocking(move || {
            ToastNotificationManager::History()?.ClearWithId(&app_id)
        })
        .await;
    };
    cleared.get_or_init(clear).await;
}

/// The kind of trouble alone: a system's own words may repeat ours.
fn refused(error: &Error) -> NotRaised {
    NotRaised(format!("the system refuses it: {}", error.code()))
}
