//! What our extension tells of the place and the family, and changing what can be changed there. Only
//! for a portal whose [`Capabilities`](crate::Capabilities) list the feature.

use crate::call::Call;
use crate::error::PortalError;
use crate::http::parse;
use crate::map::{family, observation, place};
use crate::media::MediaLink;
use crate::session::Session;
use crate::wire::envelope::unwrap;
use crate::wire::field::segment;
use crate::write_error::WriteError;
use crate::writing::with_key;
use reqwest::Method;
use reqwest::header::{HeaderValue, IF_MATCH};
use schriftje_model::{ConsentAnswer, DetailField, Fact, FactKind, PortalNotice};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use uuid::Uuid;

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

    /// Changes some of the parent's own details: `PATCH /parent-api/v1/account`. Empty empties one.
    pub async fn change_details(
        &self,
        key: Uuid,
        etag: &str,
        changes: &[(DetailField, String)],
    ) -> Result<(), WriteError> {
        let body: Map<String, Value> = changes
            .iter()
            .map(|(field, value)| (field.word().to_owned(), Value::from(value.as_str())))
            .collect();
        self.change(Method::PATCH, "account", key, Some(etag), body.into()).await
    }

    /// Changes the password: `POST /parent-api/v1/account/password`. Neither is kept anywhere.
    pub async fn change_password(
        &self,
        key: Uuid,
        current: &SecretString,
        new: &SecretString,
    ) -> Result<(), WriteError> {
        let body = json!({"current": current.expose_secret(), "new": new.expose_secret()});
        self.change(Method::POST, "account/password", key, None, body).await
    }

    /// Answers what is asked: `PUT /parent-api/v1/consents/{id}`.
    pub async fn answer_consent(
        &self,
        key: Uuid,
        id: &str,
        etag: &str,
        answer: ConsentAnswer,
    ) -> Result<(), WriteError> {
        let path = format!("consents/{}", segment(id).ok_or_else(WriteError::unknown)?);
        let word = match answer {
            ConsentAnswer::Given => "given",
            ConsentAnswer::Refused => "refused",
        };
        self.change(Method::PUT, &path, key, Some(etag), json!({"answer": word})).await
    }

    /// Says what the portal is to tell of: `PUT /parent-api/v1/notification-settings`.
    pub async fn set_notices(
        &self,
        key: Uuid,
        etag: &str,
        items: &[PortalNotice],
    ) -> Result<(), WriteError> {
        let items: Vec<Value> = items
            .iter()
            .map(|item| json!({"id": item.id, "email": item.email, "push": item.push}))
            .collect();
        let body = json!({"items": items});
        self.change(Method::PUT, "notification-settings", key, Some(etag), body).await
    }

    async fn change(
        &self,
        method: Method,
        path: &str,
        key: Uuid,
        etag: Option<&str>,
        body: Value,
    ) -> Result<(), WriteError> {
        let call = Call::write(method, format!("parent-api/v1/{path}")).json(body);
        let mut call = with_key(call, key)?;
        if let Some(etag) = etag {
            let etag = HeaderValue::try_from(etag).map_err(|_| PortalError::Setup)?;
            call = call.header(IF_MATCH, etag);
        }
        let answer = self.write(call).await?;
        unwrap(parse(&answer)?)?;
        Ok(())
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
