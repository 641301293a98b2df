//! Newsletters: a page of their list, and one of them.

use super::digest::content_hash;
use super::{html, mail};
use crate::error::PortalError;
use crate::map::mail::Picture;
use crate::wire::news::{WireMail, WireNewsletter};
use chrono::{DateTime, Utc};
use schriftje_model::NewsletterId;
use serde::Deserialize;
use serde_json::Value;

/// Newsletters that are looked at in one answer. What follows comes with the next offset.
const MOST_NEWSLETTERS: usize = 1000;

/// A page of the list of newsletters, in the portal's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewslettersPage {
    /// Those that could be read.
    pub newsletters: Vec<MappedNewsletter>,
    /// How many were looked at, readable or not: the next offset is this much further. 0 ends the
    /// list.
    pub received: u32,
    /// How many could not be read, for want of an identity or a date.
    pub unreadable: u32,
}

/// A newsletter as the list gives it (C, D).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedNewsletter {
    /// Its identity (wire: `generatedHtmlNewsLetterId`).
    pub id: NewsletterId,
    /// What it is about; empty when the portal gives nothing.
    pub subject: String,
    /// Its beginning on one line, without mark-up; at most 300 characters.
    pub snippet: String,
    /// When it was sent.
    pub sent: DateTime<Utc>,
    /// Whether it was not read.
    pub unread: bool,
    /// A hash of what the list says, without what reading changes.
    pub hash: String,
}

/// A newsletter, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// It as HTML that fetches nothing: the place of a picture is kept in `data-picture`, by its
    /// name, and a style in `data-style`.
    pub html: String,
    /// Its words, without mark-up.
    pub text: String,
    /// Its pictures, for when the parent asks to see them.
    pub pictures: Vec<Picture>,
}

/// Maps the answer of `/newsletter?index={offset}` (C, D).
pub(crate) fn page(answer: Value) -> Result<NewslettersPage, PortalError> {
    let changed = PortalError::Changed { what: "newsletter" };
    let Value::Object(mut fields) = answer else { return Err(changed) };
    let Some(Value::Array(mut raw)) = fields.remove("newsletterItems") else { return Err(changed) };
    raw.truncate(MOST_NEWSLETTERS);
    let received = u32::try_from(raw.len()).map_err(|_| changed.clone())?;
    let mut page = NewslettersPage { received, ..NewslettersPage::default() };
    for raw in raw {
        match newsletter(&raw) {
            Some(mapped) if page.newsletters.iter().any(|known| known.id == mapped.id) => {}
            Some(mapped) => page.newsletters.push(mapped),
            None => page.unreadable += 1,
        }
    }
    if page.newsletters.is_empty() && received > 0 {
        return Err(changed);
    }
    Ok(page)
}

fn newsletter(raw: &Value) -> Option<MappedNewsletter> {
    let wire = WireNewsletter::deserialize(raw).ok()?;
    Some(MappedNewsletter {
        id: NewsletterId(wire.id?),
        subject: wire.mail_subject.unwrap_or_default(),
        snippet: html::snippet(&wire.content_snippet.unwrap_or_default()),
        sent: wire.send_date?,
        unread: wire.unread,
        hash: content_hash(raw),
    })
}

/// Maps the answer of `/newsletter/generated/{id}` (D).
pub(crate) fn mail(answer: Value) -> Result<Mail, PortalError> {
    let changed = PortalError::Changed { what: "newsletter.generated" };
    let wire = WireMail::deserialize(answer).map_err(|_| changed.clone())?;
    let cleaned = mail::clean(&wire.full_source.ok_or(changed)?);
    Ok(Mail { html: cleaned.html, text: cleaned.text, pictures: cleaned.pictures })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::timeline_tests::{madness, places};
    use proptest::prelude::*;
    use serde_json::json;

    fn one() -> Value {
        json!({
            "mailSubject": "Samen aan tafel", "contentSnippet": "Wat we eten",
            "sendDate": 1_780_826_400_000_i64, "unread": true, "generatedHtmlNewsLetterId": "l1",
        })
    }

    #[test]
    fn newsletters_are_read_page_by_page() {
        let mapped = page(json!({"newsletterItems": [one(), {"mailSubject": "x"}]})).unwrap();
        assert_eq!((mapped.received, mapped.unreadable), (2, 1));
        assert_eq!(mapped.newsletters[0].id.as_str(), "l1");
        assert_eq!(mapped.newsletters[0].subject, "Samen aan tafel");
        assert!(mapped.newsletters[0].unread);
        let end = page(json!({"newsletterItems": []})).unwrap();
        assert_eq!(end.received, 0);
        for answer in [json!(null), json!([]), json!({"newsletterItems": [1]})] {
            assert_eq!(page(answer), Err(PortalError::Changed { what: "newsletter" }));
        }
    }

    #[test]
    fn a_newsletter_is_read_whole() {
        let read = mail(json!({"fullSource": "<html><body><h1>Dag</h1></body></html>"})).unwrap();
        assert_eq!((&*read.html, &*read.text), ("<div><h1>Dag</h1></div>", "Dag"));
        for answer in [json!(null), json!({}), json!({"fullSource": 7}), json!("x")] {
            assert_eq!(mail(answer), Err(PortalError::Changed { what: "newsletter.generated" }));
        }
    }

    proptest! {
        #[test]
        fn a_mutilated_page_is_read_or_refused_and_never_more(
            changes in prop::collection::vec((any::<prop::sample::Index>(), madness()), 1..4)
        ) {
            let mut answer = json!({"newsletterItems": [one(), one()]});
            for (place, value) in changes {
                let mut found = Vec::new();
                places(&answer, "", &mut found);
                if let Some(target) = answer.pointer_mut(place.get::<String>(&found)) {
                    *target = value;
                }
            }
            if let Ok(page) = page(answer) {
                let taken = page.newsletters.len() + page.unreadable as usize;
                prop_assert!(taken <= page.received as usize);
            }
        }
    }
}
