//! What the list of conversations leaves out: whom they are about, and whether they take answers.

use crate::error::PortalError;
use crate::session::Session;
use crate::wire::field::{self, List, segment};
use schriftje_model::{ChildId, ConversationId};
use serde::Deserialize;
use serde_json::Value;

/// Conversations asked about in one call.
const AT_ONCE: usize = 50;
/// Children of one conversation.
const MOST_CHILDREN: usize = 100;

/// What the list of conversations leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutConversation {
    /// Which conversation.
    pub id: ConversationId,
    /// The children it is about.
    pub children: Vec<ChildId>,
    /// The group it is with.
    pub group: Option<String>,
    /// Who wrote last, as the portal names them.
    pub last_author: Option<String>,
    /// Whether it takes no more answers.
    pub closed: bool,
}

#[derive(Deserialize)]
struct AboutAnswer {
    #[serde(deserialize_with = "field::list")]
    conversations: List<WireAbout>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireAbout {
    #[serde(default, deserialize_with = "field::id")]
    id: Option<String>,
    #[serde(default, deserialize_with = "field::list")]
    child_ids: List<Value>,
    #[serde(default, deserialize_with = "field::line")]
    group: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    last_author: Option<String>,
    #[serde(default, deserialize_with = "field::flag")]
    closed: bool,
}

impl Session {
    /// What the list leaves out about these conversations: `GET /parent-api/v1/messages/about`. Only
    /// for a portal whose [`Capabilities`](crate::Capabilities) list `messages`; a conversation of
    /// another family is left out.
    pub async fn conversations_about(
        &self,
        ids: &[ConversationId],
    ) -> Result<Vec<AboutConversation>, PortalError> {
        let asked: Vec<_> = ids.iter().filter_map(|id| segment(id.as_str())).collect();
        let mut all = Vec::with_capacity(asked.len());
        for some in asked.chunks(AT_ONCE) {
            let list = some.join("%2C");
            let path = format!("parent-api/v1/messages/about?ids={list}");
            all.extend(about(self.read(&path).await?)?);
        }
        all.retain(|about| ids.contains(&about.id));
        Ok(all)
    }
}

fn about(answer: Value) -> Result<impl Iterator<Item = AboutConversation>, PortalError> {
    let changed = PortalError::Changed { what: "messages.about" };
    let answer = if answer.is_object() { AboutAnswer::deserialize(answer).ok() } else { None };
    Ok(answer.ok_or(changed)?.conversations.items.into_iter().filter_map(|wire| {
        let children = wire.child_ids.items.iter().filter_map(field::as_id).map(ChildId);
        Some(AboutConversation {
            id: ConversationId(wire.id?),
            children: children.take(MOST_CHILDREN).collect(),
            group: wire.group,
            last_author: wire.last_author,
            closed: wire.closed,
        })
    }))
}
