//! Changing what two parents, or one on two devices, may change at the same time. It goes out at once
//! or not at all, names the version it is about, and is asked once more under the same key when
//! nobody can tell whether it was done. What was lost on the way is no conflict.

use crate::account::Open;
use crate::api::{AppError, ErrorCode};
use chrono::{DateTime, Utc};
use schriftje_konnect::{Session, Settled, WriteError};
use schriftje_model::{Consent, ConsentAnswer, DetailField, Fact, FactKind, PortalNotice};
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// What is to become different, and of which version.
#[derive(Debug)]
pub(crate) enum Change {
    /// Some of the parent's own details.
    Details { etag: String, fields: Vec<(DetailField, String)> },
    /// An answer to a consent or declaration, with what was filled in.
    Consent { id: String, etag: String, answer: ConsentAnswer, words: Option<String> },
    /// What the portal is to tell of.
    Notices { etag: String, items: Vec<PortalNotice> },
}

/// What the portal tells of the thing when it answers a change.
#[derive(Debug)]
pub(crate) enum Now {
    /// A whole piece.
    Piece(Fact),
    /// One of the consents.
    Consent(Consent),
}

impl Change {
    /// The piece it stands in.
    pub(crate) fn kind(&self) -> FactKind {
        match self {
            Self::Details { .. } => FactKind::OwnDetails,
            Self::Consent { .. } => FactKind::Consents,
            Self::Notices { .. } => FactKind::Notices,
        }
    }

    /// Sends it, twice where that tells more.
    pub(crate) async fn send(&self, session: &Session) -> Result<Settled<Now>, WriteError> {
        let key = Uuid::new_v4();
        certain(|| self.send_once(session, key)).await
    }

    async fn send_once(&self, session: &Session, key: Uuid) -> Result<Settled<Now>, WriteError> {
        Ok(match self {
            Self::Details { etag, fields } => {
                let settled = session.change_details(key, etag, fields).await?;
                settled.map(|now| Now::Piece(Fact::OwnDetails(now)))
            }
            Self::Consent { id, etag, answer, words } => {
                let sent = session.answer_consent(key, id, etag, *answer, words.as_deref());
                sent.await?.map(Now::Consent)
            }
            Self::Notices { etag, items } => {
                let settled = session.set_notices(key, etag, items).await?;
                settled.map(|now| Now::Piece(Fact::Notices(now)))
            }
        })
    }

    /// Whether what was wanted holds in the piece.
    pub(crate) fn holds_in(&self, fact: &Fact) -> bool {
        match (self, fact) {
            (Self::Details { fields, .. }, Fact::OwnDetails(now)) => {
                fields.iter().all(|(field, wanted)| {
                    let is = now.fields.iter().find(|one| one.field == *field);
                    is.is_some_and(|is| plain(*field, &is.value) == plain(*field, wanted))
                })
            }
            (Self::Consent { id, answer, words, .. }, Fact::Consents(now)) => {
                now.iter().any(|one| {
                    let filled_in = one.history.first().and_then(|last| last.words.as_ref());
                    one.id == *id
                        && one.answer == Some(*answer)
                        && filled_in == words.as_ref()
                        && !one.open
                })
            }
            (Self::Notices { items, .. }, Fact::Notices(now)) => items.iter().all(|wanted| {
                let same =
                    |is: Option<bool>, wanted: Option<bool>| wanted.is_none() || is == wanted;
                now.items.iter().any(|is| {
                    is.id == wanted.id && same(is.email, wanted.email) && same(is.push, wanted.push)
                })
            }),
            _ => false,
        }
    }
}

/// A value as it is compared: a portal may write a postal code its own way.
fn plain(field: DetailField, value: &str) -> String {
    match field {
        DetailField::PostalCode => {
            value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
        }
        _ => value.trim().to_owned(),
    }
}

/// Keeps what the portal told of the thing, so that it is shown also when nothing can be read after.
pub(crate) async fn keep(
    open: &Open,
    kind: &FactKind,
    now: Now,
    at: DateTime<Utc>,
) -> Result<(), AppError> {
    let (fact, read_at) = match now {
        Now::Piece(fact) => (fact, at),
        Now::Consent(now) => {
            let Some(kept) = open.store.fact(kind).await? else { return Ok(()) };
            let Fact::Consents(mut all) = kept.fact else { return Ok(()) };
            for one in all.iter_mut().filter(|one| one.id == now.id) {
                one.clone_from(&now);
            }
            // The others are as old as they were.
            (Fact::Consents(all), kept.read_at)
        }
    };
    open.store.set_fact(kind, &fact, read_at).await?;
    Ok(())
}

/// Sends a change, and once more when nobody can tell whether it was done: under the same key it is
/// done once, and answered as it was the first time.
pub(crate) async fn certain<T, F>(send: impl Fn() -> F) -> Result<T, WriteError>
where
    F: Future<Output = Result<T, WriteError>>,
{
    let lost = match send().await {
        Err(error) if !error.is_certain_not_done() => error,
        answered => return answered,
    };
    tracing::info!(%lost, "nobody can tell whether a change was done; asked again");
    match send().await {
        // What was refused under its key was not done before either.
        Err(refused @ WriteError::Refused { .. }) if refused.is_certain_not_done() => Err(refused),
        // That nothing could be sent now tells nothing of the first time.
        Err(_) => Err(lost),
        answered => answered,
    }
}

/// What a refusal, or a portal that cannot be reached, means to the parent.
pub(crate) fn refusal(error: WriteError) -> AppError {
    match error {
        WriteError::Refused { code, detail, .. } => {
            // Its code is for a program: without a sentence of the portal's the app has its own.
            let ours = match code.as_deref() {
                Some("password-wrong") => ErrorCode::WrongPassword,
                Some("password-too-weak") => ErrorCode::PasswordTooWeak,
                Some(
                    "value-not-allowed"
                    | "field-not-changeable"
                    | "answer-not-allowed"
                    | "words-not-allowed"
                    | "consent-not-changeable"
                    | "way-not-offered",
                ) => ErrorCode::ValueNotAllowed,
                _ => ErrorCode::Refused,
            };
            AppError { portal_says: detail, ..AppError::new(ours, "the portal refused a change") }
        }
        WriteError::Portal(error) => error.into(),
    }
}

/// A change of the password of which nobody can tell whether it was done. Asked for once more it goes
/// out under its own key: under a new one the old password would be called wrong.
#[derive(Debug, Default)]
pub(crate) struct PasswordInDoubt(Mutex<Option<(SecretString, SecretString, Uuid)>>);

impl PasswordInDoubt {
    /// The key of this change.
    pub(crate) fn key(&self, current: &SecretString, new: &SecretString) -> Uuid {
        let same =
            |one: &SecretString, other: &SecretString| one.expose_secret() == other.expose_secret();
        let doubt = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            doubt.as_ref().filter(|(was, wanted, _)| same(was, current) && same(wanted, new));
        known.map_or_else(Uuid::new_v4, |(.., key)| *key)
    }

    /// Nobody can tell whether it was done.
    pub(crate) fn note(&self, current: SecretString, new: SecretString, key: Uuid) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((current, new, key));
    }

    /// Now it is known.
    pub(crate) fn settle(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schriftje_konnect::PortalError;
    use schriftje_model::{OwnDetails, OwnField, PortalNotices};
    use std::cell::RefCell;

    #[test]
    fn a_refusal_is_told_in_the_portals_sentence_or_the_apps_and_never_in_a_code() {
        for (code, ours) in [
            (Some("password-wrong"), ErrorCode::WrongPassword),
            (Some("value-not-allowed"), ErrorCode::ValueNotAllowed),
            (Some("something-new"), ErrorCode::Refused),
            (None, ErrorCode::Refused),
        ] {
            for sentence in [None, Some("Vul een geldig nummer in.".to_owned())] {
                let told = refusal(WriteError::Refused {
                    status: 422,
                    code: code.map(str::to_owned),
                    detail: sentence.clone(),
                });
                assert_eq!((told.code, told.portal_says), (ours, sentence));
            }
        }
    }

    async fn answered(answers: &[Result<u8, WriteError>]) -> (Result<u8, WriteError>, usize) {
        let left = RefCell::new(answers.iter().cloned());
        let answer = certain(|| std::future::ready(left.borrow_mut().next().unwrap())).await;
        (answer, answers.len() - left.borrow().len())
    }

    #[tokio::test]
    async fn what_nobody_can_tell_is_asked_once_more_and_the_rest_is_not() {
        let portal = |error| Err(WriteError::Portal(error));
        let refused = |code: Option<&str>| {
            let code = code.map(str::to_owned);
            Err(WriteError::Refused { status: 422, code, detail: None })
        };
        let (lost, late) = (portal(PortalError::Truncated), portal(PortalError::TimedOut));
        for certain in [Ok(1), refused(None), portal(PortalError::Offline)] {
            assert_eq!(answered(std::slice::from_ref(&certain)).await, (certain, 1));
        }
        for told in [Ok(1), refused(Some("value-not-allowed"))] {
            assert_eq!(answered(&[lost.clone(), told.clone()]).await, (told, 2));
        }
        // What says nothing of the first time leaves it lost.
        let under_way = refused(Some("idempotency-key-in-use"));
        for nothing in [late, portal(PortalError::Offline), under_way] {
            assert_eq!(answered(&[lost.clone(), nothing]).await, (lost.clone(), 2));
        }
    }

    #[test]
    fn what_is_as_it_was_wanted_is_no_conflict() {
        let details = |field, value: &str| {
            let fields = vec![OwnField { field, value: value.into(), changeable: true }];
            Fact::OwnDetails(OwnDetails { fields, ..OwnDetails::default() })
        };
        let wanted = |field, value: &str| Change::Details {
            etag: "1".into(),
            fields: vec![(field, value.into())],
        };
        let code = wanted(DetailField::PostalCode, "2099zb");
        assert!(code.holds_in(&details(DetailField::PostalCode, "2099 ZB")));
        assert!(!code.holds_in(&details(DetailField::PostalCode, "2099 ZC")));
        assert!(!code.holds_in(&details(DetailField::City, "2099 ZB")));
        assert!(
            !wanted(DetailField::City, "haarlem").holds_in(&details(DetailField::City, "Haarlem"))
        );

        let notice =
            |email, push| PortalNotice { id: "photos".into(), name: "Foto's".into(), email, push };
        let now = Fact::Notices(PortalNotices {
            email: String::new(),
            items: vec![notice(Some(true), Some(false))],
            etag: "2".into(),
        });
        let set =
            |email, push| Change::Notices { etag: "1".into(), items: vec![notice(email, push)] };
        assert!(set(Some(true), None).holds_in(&now));
        assert!(!set(Some(true), Some(true)).holds_in(&now));
    }
}
