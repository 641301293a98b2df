//! A tray of a test's own: it takes icons, reads what they say, and clicks.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    missing_docs,
    reason = "the bus decides what its methods are given"
)]

use crate::desktop::Desktop;
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{DynamicType, OwnedValue, Value};
use zbus::{Connection, Message};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const PATH: &str = "/StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// After this long an icon is not late but missing.
const MISSING: Duration = Duration::from_mins(1);

/// The tray.
pub struct TrayHost {
    bus: Connection,
    items: Arc<Mutex<Vec<Place>>>,
    asked: Arc<AtomicUsize>,
}

/// Where an icon answers: its owner on the bus, and its path there.
type Place = (String, String);

impl TrayHost {
    /// Shows a tray on this desktop.
    pub async fn show(desktop: &Desktop) -> Result<Self> {
        let items = Arc::<Mutex<Vec<Place>>>::default();
        let asked = Arc::<AtomicUsize>::default();
        let watcher = Watcher { items: items.clone(), asked: asked.clone() };
        let bus = desktop.bus()?.serve_at(PATH, watcher)?.name(WATCHER)?.build().await?;
        Watcher::status_notifier_host_registered(&SignalEmitter::new(&bus, PATH)?).await?;
        Ok(Self { bus, items, asked })
    }

    /// Waits for the first icon.
    pub async fn icon(&self) -> Result<TrayIcon> {
        let began = Instant::now();
        loop {
            let place = self.items.lock().unwrap_or_else(PoisonError::into_inner).last().cloned();
            if let Some((owner, path)) = place {
                return Ok(TrayIcon { bus: self.bus.clone(), owner, path });
            }
            if began.elapsed() > MISSING {
                bail!("there is no icon in the tray");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Says that a tray is shown, once more, and waits until it is asked whether that is so.
    pub async fn until_looked_for_again(&self) -> Result<()> {
        let before = self.asked.load(Ordering::SeqCst);
        Watcher::status_notifier_host_registered(&SignalEmitter::new(&self.bus, PATH)?).await?;
        let began = Instant::now();
        while self.asked.load(Ordering::SeqCst) == before {
            if began.elapsed() > MISSING {
                bail!("nobody looks for the tray");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Takes the tray away.
    pub async fn leave(self) -> Result<()> {
        Ok(self.bus.close().await?)
    }
}

/// An icon in the tray.
pub struct TrayIcon {
    bus: Connection,
    owner: String,
    path: String,
}

impl TrayIcon {
    /// Clicks it.
    pub async fn click(&self) -> Result<()> {
        self.call(&self.path, ITEM, "Activate", &(0_i32, 0_i32)).await?;
        Ok(())
    }

    /// What it says under the pointer: its name, and what there is to tell.
    pub async fn tooltip(&self) -> Result<(String, String)> {
        type ToolTip = (String, Vec<(i32, i32, Vec<u8>)>, String, String);
        let (_, _, title, description) = ToolTip::try_from(self.property("ToolTip").await?)?;
        Ok((title, description))
    }

    /// Waits until it says something under the pointer.
    pub async fn tells(&self, wanted: &str) -> Result<()> {
        let began = Instant::now();
        while self.tooltip().await?.1 != wanted {
            if began.elapsed() > MISSING {
                bail!("the tray says {:?} and not {wanted:?}", self.tooltip().await?);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// What it looks like: its pixels, each as alpha, red, green and blue.
    pub async fn pixels(&self) -> Result<Vec<u8>> {
        type Pixmaps = Vec<(i32, i32, Vec<u8>)>;
        let pixmaps = Pixmaps::try_from(self.property("IconPixmap").await?)?;
        Ok(pixmaps.into_iter().next().context("it has no picture")?.2)
    }

    /// Chooses from its menu, by what stands there.
    pub async fn choose(&self, words: &str) -> Result<()> {
        type Item = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);
        let menu: zbus::zvariant::OwnedObjectPath = self.property("Menu").await?.try_into()?;
        let whole = (0_i32, -1_i32, Vec::<&str>::new());
        let answer = self.call(menu.as_str(), MENU, "GetLayout", &whole).await?;
        let (_revision, (_, _, items)): (u32, Item) = answer.body().deserialize()?;
        let mut seen = Vec::new();
        for item in items {
            let (id, properties, _) = Item::try_from(item)?;
            let Some(label) = properties.get("label") else { continue };
            let label: &str = label.try_into()?;
            if label == words {
                let event = (id, "clicked", Value::from(0_i32), 0_u32);
                self.call(menu.as_str(), MENU, "Event", &event).await?;
                return Ok(());
            }
            seen.push(label.to_owned());
        }
        bail!("the menu has {seen:?} and not {words:?}")
    }

    async fn property(&self, name: &str) -> Result<OwnedValue> {
        let properties = "org.freedesktop.DBus.Properties";
        let answer = self.call(&self.path, properties, "Get", &(ITEM, name)).await?;
        Ok(answer.body().deserialize()?)
    }

    async fn call<B>(&self, path: &str, interface: &str, method: &str, body: &B) -> Result<Message>
    where
        B: Serialize + DynamicType,
    {
        let owner = Some(self.owner.as_str());
        Ok(self.bus.call_method(owner, path, Some(interface), method, body).await?)
    }
}

struct Watcher {
    items: Arc<Mutex<Vec<Place>>>,
    asked: Arc<AtomicUsize>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        // Some tell where they are on the bus, some where on their own connection.
        let place = if service.starts_with('/') {
            (sender, service.to_owned())
        } else {
            (service.to_owned(), "/StatusNotifierItem".to_owned())
        };
        self.items.lock().unwrap_or_else(PoisonError::into_inner).push(place);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        let items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        items.iter().map(|(owner, path)| format!("{owner}{path}")).collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        self.asked.fetch_add(1, Ordering::SeqCst);
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    /// There is somebody who shows trays.
    #[zbus(signal)]
    async fn status_notifier_host_registered(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;
}
