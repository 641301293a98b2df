//! Asking the system for a fingerprint. On Linux `fprintd` looks after the reader; where there is
//! none, or no finger is known to it, the PIN alone opens the app.

#[cfg(target_os = "linux")]
pub use linux::{is_there, is_yours};

/// Whether the system has a reader that knows a finger of this user.
#[cfg(not(target_os = "linux"))]
pub async fn is_there() -> bool {
    false
}

/// Whether the finger that is held on the reader is this user's.
#[cfg(not(target_os = "linux"))]
pub async fn is_yours() -> bool {
    false
}

#[cfg(target_os = "linux")]
mod linux {
    use crate::desktop::system_bus;
    use futures::StreamExt;
    use std::time::Duration;
    use zbus::message::Type;
    use zbus::zvariant::OwnedObjectPath;
    use zbus::{Connection, MatchRule, Message, MessageStream};

    const FPRINTD: &str = "net.reactivated.Fprint";
    const MANAGER_PATH: &str = "/net/reactivated/Fprint/Manager";
    const MANAGER: &str = "net.reactivated.Fprint.Manager";
    const DEVICE: &str = "net.reactivated.Fprint.Device";

    /// Who asks: this user.
    const ME: &str = "";
    /// Any finger the reader knows.
    const ANY: &str = "any";

    /// Longer than a reader takes to answer that it is there.
    const PATIENCE: Duration = Duration::from_secs(3);
    /// How long a finger is waited for.
    const FINGER: Duration = Duration::from_secs(30);

    pub async fn is_there() -> bool {
        let asked = async {
            let bus = system_bus::connect().await?;
            let reader = Reader::of_the_system(bus).await?;
            let known = reader.call("ListEnrolledFingers", &ME).await?;
            Ok::<_, zbus::Error>(!known.body().deserialize::<Vec<String>>()?.is_empty())
        };
        matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(true)))
    }

    pub async fn is_yours() -> bool {
        let Ok(bus) = system_bus::connect().await else { return false };
        let Ok(Ok(reader)) = tokio::time::timeout(PATIENCE, Reader::of_the_system(bus)).await
        else {
            return false;
        };
        if reader.call("Claim", &ME).await.is_err() {
            return false;
        }
        let yours = tokio::time::timeout(FINGER, reader.waits_for_a_finger()).await;
        // Whatever became of it, the reader is for others again.
        let _ = reader.call("VerifyStop", &()).await;
        let _ = reader.call("Release", &()).await;
        matches!(yours, Ok(Ok(true)))
    }

    struct Reader {
        bus: Connection,
        path: OwnedObjectPath,
    }

    impl Reader {
        async fn of_the_system(bus: Connection) -> zbus::Result<Self> {
            let answer = bus
                .call_method(Some(FPRINTD), MANAGER_PATH, Some(MANAGER), "GetDefaultDevice", &())
                .await?;
            let path = answer.body().deserialize()?;
            Ok(Self { bus, path })
        }

        async fn call<B>(&self, method: &str, body: &B) -> zbus::Result<Message>
        where
            B: serde::Serialize + zbus::zvariant::DynamicType,
        {
            self.bus.call_method(Some(FPRINTD), &self.path, Some(DEVICE), method, body).await
        }

        async fn waits_for_a_finger(&self) -> zbus::Result<bool> {
            let rule = MatchRule::builder()
                .msg_type(Type::Signal)
                .sender(FPRINTD)?
                .path(&self.path)?
                .interface(DEVICE)?
                .member("VerifyStatus")?
                .build();
            let mut told = MessageStream::for_match_rule(rule, &self.bus, None).await?;
            self.call("VerifyStart", &ANY).await?;
            while let Some(signal) = told.next().await {
                let (result, done): (String, bool) = signal?.body().deserialize()?;
                if done {
                    return Ok(result == "verify-match");
                }
            }
            Ok(false)
        }
    }
}
