//! What a session reads: one method for each call.

use crate::error::PortalError;
use crate::map::child::{self, Children};
use crate::map::timeline::{self, TimelinePage};
use crate::session::Session;
use crate::wire::account::{CountersAnswer, CustomerAnswer, ParentAnswer};
use schriftje_model::{PhotoId, Saveable};
use serde::Deserialize;
use serde_json::Value;

/// Photos asked about in one call.
const MEDIA_AT_ONCE: usize = 50;

/// The parent (C).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParentInfo {
    /// The parent's name.
    pub full_name: Option<String>,
    /// The parent's e-mail address.
    pub email: Option<String>,
}

/// What is new (C, D). Counters may stay equal while things change: one read, one new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages.
    pub messages: u32,
    /// News items.
    pub news: u32,
    /// Newsletters.
    pub newsletters: u32,
}

impl Session {
    /// The children: `GET /children/` (B, C).
    pub async fn children(&self) -> Result<Children, PortalError> {
        let answer = self.read("restservices-parent/children/").await?;
        child::children(self.portal().address().base(), answer)
    }

    /// The parent: `GET /parent` (C).
    pub async fn parent(&self) -> Result<ParentInfo, PortalError> {
        let answer: ParentAnswer = self.read_as("restservices-parent/parent", "parent").await?;
        Ok(ParentInfo { full_name: answer.fullname, email: answer.email_address })
    }

    /// The name of the organisation: `GET /customer/info` (C).
    pub async fn organisation(&self) -> Result<Option<String>, PortalError> {
        let answer: CustomerAnswer =
            self.read_as("restservices-parent/customer/info", "customer").await?;
        Ok(answer.customer_name)
    }

    /// What is new: `GET /notification/notifications` (C, D).
    pub async fn counters(&self) -> Result<Counters, PortalError> {
        let answer: CountersAnswer =
            self.read_as("restservices-parent/notification/notifications", "counters").await?;
        Ok(Counters {
            messages: answer.nr_of_new_messages.unwrap_or(0),
            news: answer.nr_of_new_news_items.unwrap_or(0),
            newsletters: answer.nr_of_new_newsletters.unwrap_or(0),
        })
    }

    /// Cards from `offset` on, newest day first: `GET /timeline/cards/v2/{offset}` (A, B). The
    /// offset counts cards, and shifts when something new is posted.
    pub async fn timeline_page(&self, offset: u32) -> Result<TimelinePage, PortalError> {
        let answer = self.read(&format!("restservices-parent/timeline/cards/v2/{offset}")).await?;
        let base = self.portal().address().base().clone();
        tokio::task::spawn_blocking(move || timeline::page(&base, answer))
            .await
            .unwrap_or(Err(PortalError::Changed { what: "timeline.cards" }))
    }

    /// Whether photos may be saved: `GET /parent-api/v1/media`. Only for a portal whose
    /// [`Capabilities`](crate::Capabilities) list `media`; a photo that is not answered for may be.
    pub async fn media_saveable(
        &self,
        ids: &[PhotoId],
    ) -> Result<Vec<(PhotoId, Saveable)>, PortalError> {
        let mut all = Vec::with_capacity(ids.len());
        for some in ids.chunks(MEDIA_AT_ONCE) {
            let list = some.iter().map(PhotoId::as_str).collect::<Vec<_>>().join(",");
            let list: String = url::form_urlencoded::byte_serialize(list.as_bytes()).collect();
            let answer: MediaAnswer =
                self.read_as(&format!("parent-api/v1/media?ids={list}"), "media").await?;
            for id in some {
                let said = answer.media.iter().find(|media| media.id == id.as_str());
                let saveable = match said {
                    Some(media) if !media.saveable => {
                        Saveable::No(media.reason.clone().unwrap_or_default())
                    }
                    _ => Saveable::Yes,
                };
                all.push((id.clone(), saveable));
            }
        }
        Ok(all)
    }

    async fn read_as<T: for<'de> Deserialize<'de>>(
        &self,
        path: &str,
        what: &'static str,
    ) -> Result<T, PortalError> {
        let changed = PortalError::Changed { what };
        let answer = self.read(path).await?;
        if !matches!(answer, Value::Object(_)) {
            return Err(changed);
        }
        T::deserialize(answer).map_err(|_| changed)
    }
}

#[derive(Deserialize)]
struct MediaAnswer {
    media: Vec<MediaItem>,
}

#[derive(Deserialize)]
struct MediaItem {
    id: String,
    saveable: bool,
    reason: Option<String>,
}
