//! The call that sends a write, after its files.

use super::queue::Inner;
use crate::offered::Offered;
use schriftje_konnect::{NewEntry, NewMessage, UploadId, WriteError};
use schriftje_model::{WriteId, WriteWhat};
use schriftje_store::Outgoing;
use std::time::Duration;
use uuid::Uuid;

/// How long to wait before what the portal is still busy with is asked for again.
const UNDER_WAY: Duration = Duration::from_secs(2);
/// Asked for that often in one go.
const UNDER_WAY_TRIES: u32 = 5;

impl Inner {
    /// Sends the write itself; answers where it stands at the portal. What the portal is still
    /// busy with is asked for again, under the same key.
    pub async fn write(
        &self,
        outgoing: &Outgoing,
        uploads: Vec<UploadId>,
    ) -> Result<Option<String>, WriteError> {
        let mut tries = 0;
        loop {
            let answer = self.write_once(outgoing, uploads.clone()).await;
            let in_use = matches!(
                &answer,
                Err(WriteError::Refused { code: Some(code), .. }) if code == "idempotency-key-in-use"
            );
            tries += 1;
            if !in_use || tries >= UNDER_WAY_TRIES {
                return answer;
            }
            tokio::time::sleep(UNDER_WAY).await;
        }
    }

    async fn write_once(
        &self,
        outgoing: &Outgoing,
        uploads: Vec<UploadId>,
    ) -> Result<Option<String>, WriteError> {
        let key = key_of(&outgoing.key, &outgoing.write.id);
        let portal = &self.portal;
        match outgoing.write.what.clone() {
            WriteWhat::Message { child, group, subject, text } => {
                let message = NewMessage { child, group, subject, text, uploads };
                let sent = portal.send_message(key, &message).await?;
                Ok(Some(sent.conversation.0))
            }
            WriteWhat::Reply { conversation, text } => {
                let sent = portal.send_reply(key, &conversation, &text, &uploads).await?;
                Ok(Some(sent.conversation.0))
            }
            WriteWhat::Diary { children, day, text } => {
                let entry = NewEntry { children, day, text, uploads };
                Ok(Some(portal.write_diary(key, &entry).await?.0))
            }
            WriteWhat::Absence { form } => Ok(Some(portal.report_absence(key, &form).await?.0)),
            WriteWhat::Request { form } => Ok(Some(portal.send_request(key, &form).await?.0)),
        }
    }
}

/// Whether the portal takes such a write just now.
pub(super) fn takes(offered: &Offered, outgoing: &Outgoing) -> bool {
    let words = match outgoing.write.what {
        WriteWhat::Message { .. } | WriteWhat::Reply { .. } => offered.has("messages"),
        WriteWhat::Diary { .. } => offered.has("diary"),
        WriteWhat::Absence { .. } => offered.has("absences"),
        WriteWhat::Request { .. } => offered.has("requests"),
    };
    words && (outgoing.uploads.is_empty() || offered.has("uploads"))
}

pub(super) fn key_of(key: &str, id: &WriteId) -> Uuid {
    Uuid::parse_str(key).or_else(|_| Uuid::parse_str(id.as_str())).unwrap_or_default()
}
