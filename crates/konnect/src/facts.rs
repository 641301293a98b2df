//! What our extension tells of the place and the family. Only for a portal whose
//! [`Capabilities`](crate::Capabilities) list the feature.

use crate::error::PortalError;
use crate::map::{family, observation, place};
use crate::media::MediaLink;
use crate::session::Session;
use crate::wire::field::segment;
use schriftje_model::{Fact, FactKind};
use serde_json::Value;

/// A piece, and where its pictures are just now.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadFact {
    /// What it says.
    pub fact: Fact,
    /// Its pictures.
    pub media: Vec<MediaLink>,
}

impl Session {
    /// Reads a piece: `GET /parent-api/v1/…`.
    pub async fn fact(&self, kind: &FactKind) -> Result<ReadFact, PortalError> {
        let unknown = || PortalError::Refused { status: 404, message_code: None };
        let path = match kind {
            FactKind::Places => "location".into(),
            FactKind::Team => "team".into(),
            FactKind::Pages => "pages".into(),
            FactKind::Page(id) => format!("pages/{}", segment(id).ok_or_else(unknown)?),
            FactKind::NewsAbout(ids) => {
                let ids: Vec<String> =
                    ids.iter().filter_map(|id| segment(id.as_str())).take(50).collect();
                format!("news/about?ids={}", ids.join(","))
            }
            FactKind::NewsFiles(id) => {
                format!("news/{}/attachments", segment(id.as_str()).ok_or_else(unknown)?)
            }
            FactKind::OwnDetails => "account".into(),
            FactKind::Children => "children".into(),
            FactKind::Consents => "consents".into(),
            FactKind::Observations => "observations".into(),
            FactKind::Observation(id) => {
                format!("observations/{}", segment(id).ok_or_else(unknown)?)
            }
            FactKind::Notices => "notification-settings".into(),
        };
        let answer = self.read(&format!("parent-api/v1/{path}")).await?;
        if !answer.is_object() {
            return Err(PortalError::Changed { what: kind.feature() });
        }
        let (base, kind) = (self.portal().address().base().clone(), kind.clone());
        let what = kind.feature();
        tokio::task::spawn_blocking(move || map(&base, &kind, &answer))
            .await
            .ok()
            .flatten()
            .ok_or(PortalError::Changed { what })
    }
}

fn map(base: &url::Url, kind: &FactKind, answer: &Value) -> Option<ReadFact> {
    let mut media = Vec::new();
    let fact = match kind {
        FactKind::Places => Fact::Places(place::places(answer)),
        FactKind::Team => {
            let (members, pictures) = place::team(base, answer);
            media = pictures;
            Fact::Team(members)
        }
        FactKind::Pages => Fact::Pages(place::pages(answer)),
        FactKind::Page(_) => {
            let (page, files) = place::page(base, answer)?;
            media = files;
            Fact::Page(page)
        }
        FactKind::NewsAbout(_) => Fact::NewsAbout(place::news_about(answer)),
        FactKind::NewsFiles(_) => {
            let (files, links) = place::files(base, answer);
            media = links;
            Fact::NewsFiles(files)
        }
        FactKind::OwnDetails => Fact::OwnDetails(family::own_details(answer)?),
        FactKind::Children => Fact::Children(family::children(answer)),
        FactKind::Consents => Fact::Consents(family::consents(answer)),
        FactKind::Observations => Fact::Observations(observation::observations(answer)),
        FactKind::Observation(_) => {
            let (read, pictures) = observation::observation(base, answer)?;
            media = pictures;
            Fact::Observation(read)
        }
        FactKind::Notices => Fact::Notices(family::notices(answer)?),
    };
    Some(ReadFact { fact, media })
}
