//! Changing what our extension tells of the family, which somebody else may change at the same time.
//! Only for a portal whose [`Capabilities`](crate::Capabilities) list the feature.

use crate::call::Call;
use crate::error::PortalError;
use crate::http::{Answer, parse};
use crate::map::family;
use crate::session::Session;
use crate::wire::envelope::unwrap;
use crate::wire::field::{as_line, segment};
use crate::write_error::WriteError;
use crate::writing::with_key;
use reqwest::header::{HeaderValue, IF_MATCH};
use reqwest::{Method, StatusCode};
use schriftje_model::{
    Consent, ConsentAnswer, DetailField, OwnDetails, PortalNotice, PortalNotices,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What the portal answered to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled<T> {
    /// It is done. The thing as it was then, where the answer can be read.
    Done(Option<T>),
    /// Somebody else changed it first, and nothing was done.
    Late {
        /// The thing as it is now, where the answer tells it.
        now: Option<T>,
        /// The portal's own sentence for the parent, on one line.
        says: Option<String>,
    },
}

impl<T> Settled<T> {
    /// The same, with what it is about as something else.
    pub fn map<U>(self, as_other: impl FnOnce(T) -> U) -> Settled<U> {
        match self {
            Self::Done(now) => Settled::Done(now.map(as_other)),
            Self::Late { now, says } => Settled::Late { now: now.map(as_other), says },
        }
    }

    fn read<U>(self, read: impl FnOnce(&T) -> Option<U>) -> Settled<U> {
        match self {
            Self::Done(now) => Settled::Done(now.as_ref().and_then(read)),
            Self::Late { now, says } => Settled::Late { now: now.as_ref().and_then(read), says },
        }
    }
}

impl Session {
    /// Changes some of the parent's own details: `PATCH /parent-api/v1/account`. Empty empties one.
    pub async fn change_details(
        &self,
        key: Uuid,
        etag: &str,
        changes: &[(DetailField, String)],
    ) -> Result<Settled<OwnDetails>, WriteError> {
        let body: Map<String, Value> = changes
            .iter()
            .map(|(field, value)| (field.word().to_owned(), Value::from(value.as_str())))
            .collect();
        let settled = self.change(Method::PATCH, "account", key, etag, body.into()).await?;
        Ok(settled.read(family::own_details))
    }

    /// Changes the password: `POST /parent-api/v1/account/password`. Neither is kept anywhere.
    pub async fn change_password(
        &self,
        key: Uuid,
        current: &SecretString,
        new: &SecretString,
    ) -> Result<(), WriteError> {
        let body = json!({"current": current.expose_secret(), "new": new.expose_secret()});
        self.post("parent-api/v1/account/password", key, body).await?;
        Ok(())
    }

    /// Answers what is asked, with `words` where something is to be filled in:
    /// `PUT /parent-api/v1/consents/{id}`.
    pub async fn answer_consent(
        &self,
        key: Uuid,
        id: &str,
        etag: &str,
        answer: ConsentAnswer,
        words: Option<&str>,
    ) -> Result<Settled<Consent>, WriteError> {
        let path = format!("consents/{}", segment(id).ok_or_else(WriteError::unknown)?);
        let word = match answer {
            ConsentAnswer::Given => "given",
            ConsentAnswer::Refused => "refused",
        };
        let mut body = json!({"answer": word});
        if let Some(words) = words {
            body["words"] = words.into();
        }
        let settled = self.change(Method::PUT, &path, key, etag, body).await?;
        Ok(settled.read(|wire| family::consent(wire).filter(|told| told.id == id)))
    }

    /// Says what the portal is to tell of: `PUT /parent-api/v1/notification-settings`.
    pub async fn set_notices(
        &self,
        key: Uuid,
        etag: &str,
        items: &[PortalNotice],
    ) -> Result<Settled<PortalNotices>, WriteError> {
        let items: Vec<Value> = items
            .iter()
            .map(|item| json!({"id": item.id, "email": item.email, "push": item.push}))
            .collect();
        let body = json!({"items": items});
        let settled = self.change(Method::PUT, "notification-settings", key, etag, body).await?;
        Ok(settled.read(family::notices))
    }

    async fn change(
        &self,
        method: Method,
        path: &str,
        key: Uuid,
        etag: &str,
        body: Value,
    ) -> Result<Settled<Value>, WriteError> {
        let etag = HeaderValue::try_from(etag).map_err(|_| PortalError::Setup)?;
        let call = Call::write(method, format!("parent-api/v1/{path}")).json(body);
        let answer = self.send(with_key(call, key)?.header(IF_MATCH, etag)).await?;
        if answer.status == StatusCode::PRECONDITION_FAILED {
            return Ok(late(&answer));
        }
        let answer = self.portal().http.done(answer)?;
        Ok(Settled::Done(Some(unwrap(parse(&answer)?)?)))
    }
}

/// Too late: the problem tells the thing as it is now.
fn late(answer: &Answer) -> Settled<Value> {
    let said = parse(answer).unwrap_or_default();
    Settled::Late { now: said.get("current").cloned(), says: said.get("detail").and_then(as_line) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use reqwest::header::HeaderMap;

    fn refused(body: impl Into<Bytes>) -> Settled<OwnDetails> {
        let status = StatusCode::PRECONDITION_FAILED;
        let answer = Answer { status, headers: HeaderMap::new(), body: body.into() };
        late(&answer).read(family::own_details)
    }

    #[test]
    fn who_is_too_late_is_told_what_holds_as_far_as_the_portal_says_it() {
        let current = json!({"username": "s", "etag": "\"a-2\"", "city": "Haarlem"});
        let problem =
            json!({"code": "changed-meanwhile", "detail": "Te laat.", "current": current});
        let Settled::Late { now: Some(now), says } = refused(problem.to_string()) else { panic!() };
        assert_eq!((now.etag.as_str(), says.as_deref()), ("\"a-2\"", Some("Te laat.")));
        let nothing = Settled::Late { now: None, says: None };
        for said in ["", "<html>", "{\"current\": 7}", "{\"current\": {\"username\": \"s\"}}", "[]"]
        {
            assert_eq!(refused(said), nothing, "{said}");
        }
    }
}
