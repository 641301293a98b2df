//! The desktop's notification service, over the session bus.
//!
//! Spoken to directly: a group takes the place of its older notification (`replaces_id`), hints tell
//! what it is about, and one connection stays open, since some desktops take the notifications of
//! whoever hangs up away.

use super::markup::escaped;
use super::{Click, Kind, NotRaised, Notice, Raise};
use crate::desktop::session_bus;
use async_trait::async_trait;
use futures::StreamExt;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::{Mutex, OnceCell};
use zbus::message::Type;
use zbus::names::OwnedUniqueName;
use zbus::zvariant::Value;
use zbus::{Connection, MatchRule, Message, MessageStream};

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// The name of the desktop entry that is installed with the app, which the bundler gives the
/// product's name.
const DESKTOP_ENTRY: &str = "Schriftje";

/// The icon installed with the app.
const ICON: &str = "schriftje";

/// The one action: a click on the notification itself.
const DEFAULT_ACTION: &str = "default";

type Clicked = Arc<dyn Fn(Click) + Send + Sync>;

/// The service.
pub struct Freedesktop {
    clicked: Clicked,
    shown: Arc<Mutex<Shown>>,
    listening: OnceCell<()>,
}

/// What stands on the screen, by group. Its numbers are those of one server.
#[derive(Default)]
struct Shown {
    server: Option<OwnedUniqueName>,
    ids: HashMap<String, u32>,
    /// The last activation token, and for which number.
    activation: Option<(u32, String)>,
}

impl Shown {
    fn group(&self, id: u32) -> Option<&String> {
        self.ids.iter().find(|(_, shown)| **shown == id).map(|(group, _)| group)
    }

    /// Numbers of another server mean other notifications.
    fn served_by(&mut self, server: Option<OwnedUniqueName>) {
        if self.server != server {
            self.ids.clear();
            self.server = server;
        }
    }
}

impl Freedesktop {
    /// The service; clicks are told.
    pub fn new(clicked: impl Fn(Click) + Send + Sync + 'static) -> Self {
        Self { clicked: Arc::new(clicked), shown: Arc::default(), listening: OnceCell::new() }
    }

    async fn send(&self, notice: Notice) -> zbus::Result<()> {
        let bus = session_bus::connect().await?;
        self.listening.get_or_try_init(|| self.listen(bus.clone())).await?;
        // Held until the number is known: a click on it may come at once.
        let mut shown = self.shown.lock().await;
        shown.served_by(owner(&bus).await);
        let body = if takes_markup(&bus).await { escaped(&notice.body) } else { notice.body };
        let replaces = shown.ids.get(&notice.group).copied().unwrap_or(0);
        let actions = [DEFAULT_ACTION, notice.click];
        let hints = hints(notice.kind, notice.sound);
        let expires = -1_i32;
        let sent =
            ("Schriftje", replaces, ICON, &notice.title, &body, &actions[..], hints, expires);
        let reply = call(&bus, "Notify", &sent).await?;
        let id: u32 = reply.body().deserialize()?;
        shown.served_by(reply.header().sender().map(|name| name.to_owned().into()));
        shown.ids.insert(notice.group, id);
        Ok(())
    }

    /// Hears the server's signals from now on.
    async fn listen(&self, bus: Connection) -> zbus::Result<()> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(SERVICE)?
            .path(PATH)?
            .interface(SERVICE)?
            .build();
        let mut signals = MessageStream::for_match_rule(rule, &bus, None).await?;
        let (shown, clicked) = (self.shown.clone(), self.clicked.clone());
        tauri::async_runtime::spawn(async move {
            while let Some(Ok(signal)) = signals.next().await {
                let click = heard(&mut *shown.lock().await, &signal);
                if let Some(click) = click {
                    clicked(click);
                }
            }
        });
        Ok(())
    }
}

#[async_trait]
impl Raise for Freedesktop {
    async fn raise(&self, notice: Notice) -> Result<(), NotRaised> {
        self.send(notice).await.map_err(|error| NotRaised(kind(&error)))
    }

    async fn withdraw(&self, group: &str) {
        let Ok(bus) = session_bus::connect().await else { return };
        let mut shown = self.shown.lock().await;
        shown.served_by(owner(&bus).await);
        if let Some(id) = shown.ids.remove(group) {
            // One that is gone already is as good.
            let _ = call(&bus, "CloseNotification", &(id,)).await;
        }
    }
}

/// Learns from a signal of the server; a click on a notification of ours is given back.
fn heard(shown: &mut Shown, signal: &Message) -> Option<Click> {
    let header = signal.header();
    let body = signal.body();
    match header.member()?.as_str() {
        "ActivationToken" => shown.activation = body.deserialize().ok(),
        "ActionInvoked" => {
            let (id, action): (u32, String) = body.deserialize().ok()?;
            let group = shown.group(id)?.clone();
            let activation = shown.activation.take().filter(|(of, _)| *of == id);
            if action == DEFAULT_ACTION {
                return Some(Click { group, activation: activation.map(|(_, token)| token) });
            }
        }
        "NotificationClosed" => {
            let (id, _why): (u32, u32) = body.deserialize().ok()?;
            let group = shown.group(id)?.clone();
            shown.ids.remove(&group);
        }
        _ => {}
    }
    None
}

fn hints(kind: Kind, sound: bool) -> HashMap<&'static str, Value<'static>> {
    let normal = 1_u8;
    let mut hints = HashMap::from([
        ("desktop-entry", Value::from(DESKTOP_ENTRY)),
        ("urgency", Value::from(normal)),
    ]);
    match kind {
        Kind::Message => hints.insert("category", "im.received".into()),
        Kind::Arrival => hints.insert("category", "transfer".into()),
        Kind::Device => None,
    };
    if sound {
        hints.insert("sound-name", "message-new-instant".into());
    } else {
        hints.insert("suppress-sound", true.into());
    }
    hints
}

/// Whether the server reads a body as markup.
async fn takes_markup(bus: &Connection) -> bool {
    let Ok(reply) = call(bus, "GetCapabilities", &()).await else { return false };
    let capabilities: Vec<String> = reply.body().deserialize().unwrap_or_default();
    capabilities.iter().any(|capability| capability == "body-markup")
}

/// Who serves just now; nobody before the bus has started the service.
async fn owner(bus: &Connection) -> Option<OwnedUniqueName> {
    let names = zbus::fdo::DBusProxy::new(bus).await.ok()?;
    names.get_name_owner(SERVICE.try_into().ok()?).await.ok()
}

async fn call<B>(bus: &Connection, method: &str, body: &B) -> zbus::Result<Message>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    bus.call_method(Some(SERVICE), PATH, Some(SERVICE), method, body).await
}

/// The kind of trouble alone: a server's own words may repeat ours.
fn kind(error: &zbus::Error) -> String {
    match error {
        zbus::Error::MethodError(name, _, _) => name.to_string(),
        zbus::Error::InputOutput(error) => error.kind().to_string(),
        _ => "the session bus does not take it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal<B: serde::Serialize + zbus::zvariant::DynamicType>(name: &str, body: &B) -> Message {
        Message::signal(PATH, SERVICE, name).unwrap().build(body).unwrap()
    }

    fn shown() -> Shown {
        Shown { ids: HashMap::from([("photos:a".to_owned(), 7)]), ..Shown::default() }
    }

    #[test]
    fn a_click_on_ours_is_told_and_no_other() {
        let mut shown = shown();
        assert!(heard(&mut shown, &signal("ActionInvoked", &(8_u32, "default"))).is_none());
        assert!(heard(&mut shown, &signal("ActionInvoked", &(7_u32, "other"))).is_none());
        assert!(heard(&mut shown, &signal("ActivationToken", &(7_u32, "token"))).is_none());
        let click = heard(&mut shown, &signal("ActionInvoked", &(7_u32, "default"))).unwrap();
        assert_eq!(
            (click.group.as_str(), click.activation.as_deref()),
            ("photos:a", Some("token"))
        );
        heard(&mut shown, &signal("NotificationClosed", &(7_u32, 2_u32)));
        assert!(heard(&mut shown, &signal("ActionInvoked", &(7_u32, "default"))).is_none());
    }

    #[test]
    fn what_is_no_signal_of_the_service_breaks_nothing() {
        let mut shown = shown();
        for body in ["", "x"] {
            assert!(heard(&mut shown, &signal("ActionInvoked", &body)).is_none());
        }
        assert!(heard(&mut shown, &signal("Unknown", &())).is_none());
        assert_eq!(shown.ids.len(), 1);
    }

    #[test]
    fn another_server_knows_nothing_of_what_the_first_showed() {
        let mut shown = shown();
        shown.served_by(None);
        assert_eq!(shown.ids.len(), 1);
        shown.served_by(Some(OwnedUniqueName::try_from(":1.5").unwrap()));
        assert!(shown.ids.is_empty());
    }
}
