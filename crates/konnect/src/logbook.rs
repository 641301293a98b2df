//! Reading "Berichten": the list of conversations, and one of them.

use crate::error::PortalError;
use crate::map::logbook::{self, ConversationDetails, ConversationsPage};
use crate::session::Session;
use crate::wire::field::segment;
use schriftje_model::ConversationId;

impl Session {
    /// Conversations from `offset` on, the one written in last first:
    /// `GET /logbook/overview?index={offset}` (A, C, D). The offset counts conversations, and shifts
    /// when something is written.
    pub async fn conversations_page(&self, offset: u32) -> Result<ConversationsPage, PortalError> {
        let path = format!("restservices-parent/logbook/overview?index={offset}");
        let answer = self.read(&path).await?;
        tokio::task::spawn_blocking(move || logbook::page(answer))
            .await
            .unwrap_or(Err(PortalError::Changed { what: "logbook.overview" }))
    }

    /// What was written in a conversation: `GET /logbook/details/{id}/summary/false` (A, D).
    /// Whether reading it marks it read at the portal is unknown.
    ///
    /// An identity that no portal gives is refused as unknown, and nothing is sent.
    pub async fn conversation(
        &self,
        id: &ConversationId,
    ) -> Result<ConversationDetails, PortalError> {
        let unknown = PortalError::Refused { status: 404, message_code: None };
        let segment = segment(id.as_str()).ok_or(unknown)?;
        let path = format!("restservices-parent/logbook/details/{segment}/summary/false");
        let answer = self.read(&path).await?;
        let base = self.portal().address().base().clone();
        let id = id.clone();
        tokio::task::spawn_blocking(move || logbook::details(&base, &id, answer))
            .await
            .unwrap_or(Err(PortalError::Changed { what: "logbook.details" }))
    }
}
