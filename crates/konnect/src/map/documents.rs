//! From the portal's list of documents to the model's.

use crate::error::PortalError;
use crate::map::digest::short_digest;
use crate::wire::documents::WireDocument;
use crate::wire::field::{self, List};
use schriftje_model::{Day, DocumentId, DocumentKind};
use serde_json::Value;

/// Documents of one kind in one year.
const MOST: usize = 2_000;

/// The documents of one kind in one year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedDocuments {
    /// As far as they can be read, in the portal's order.
    pub documents: Vec<ListedDocument>,
    /// Those that cannot.
    pub unreadable: u32,
}

/// A document as the portal lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDocument {
    /// Its identity.
    pub id: DocumentId,
    /// What it is at the portal.
    pub place: DocumentPlace,
    /// Its day.
    pub day: Day,
    /// Its name; empty when it has none.
    pub subject: String,
    /// Whether there is a file.
    pub has_file: bool,
}

/// Where a document's file is at the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPlace {
    /// What kind it is.
    pub kind: DocumentKind,
    /// The administration it belongs to (wire: `adminId`).
    pub admin: String,
    /// Which it is (wire: `itemId`).
    pub item: String,
}

/// The wire's word for a kind.
pub(crate) fn kind_word(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Invoice => "invoice",
        DocumentKind::AnnualStatement => "annualstatement",
        DocumentKind::Other => "document",
    }
}

pub(crate) fn documents(kind: DocumentKind, answer: Value) -> Result<ListedDocuments, PortalError> {
    let changed = PortalError::Changed { what: "administration" };
    // A year without any may come as nothing at all.
    if answer.is_null() {
        return Ok(ListedDocuments::default());
    }
    if !answer.is_array() {
        return Err(changed);
    }
    let List { items, broken } = field::list(answer).map_err(|_| changed)?;
    let mut listed = ListedDocuments { unreadable: broken, ..ListedDocuments::default() };
    for wire in items {
        match document(kind, wire) {
            Some(document) if listed.documents.len() < MOST => listed.documents.push(document),
            _ => listed.unreadable += 1,
        }
    }
    Ok(listed)
}

fn document(kind: DocumentKind, wire: WireDocument) -> Option<ListedDocument> {
    let (admin, item) = (wire.admin_id?, wire.item_id?);
    Some(ListedDocument {
        id: DocumentId(short_digest(&["document", kind_word(kind), &admin, &item])),
        day: wire.item_date?,
        subject: wire.subject.unwrap_or_default(),
        // One that does not say is asked for: a refusal tells.
        has_file: wire.has_attachment.unwrap_or(true),
        place: DocumentPlace { kind, admin, item },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// Midnight of 7 October 2026 in Amsterdam.
    const DAY: i64 = 1_791_324_000_000;

    #[test]
    fn a_document_is_read_with_its_day_in_amsterdam() {
        let read = documents(
            DocumentKind::Invoice,
            json!([{"hasAttachment": true, "itemDate": DAY, "adminId": 12, "itemId": "f-9",
                    "subject": " Factuur\noktober "}]),
        )
        .unwrap();
        let [document] = read.documents.as_slice() else { panic!("one document: {read:?}") };
        assert_eq!(document.day, "2026-10-07".parse().unwrap());
        assert_eq!((document.subject.as_str(), document.has_file), ("Factuur oktober", true));
        assert_eq!((document.place.admin.as_str(), document.place.item.as_str()), ("12", "f-9"));
    }

    #[test]
    fn what_cannot_be_a_document_is_counted_and_left_out() {
        let read = documents(
            DocumentKind::Other,
            json!([
                {"itemDate": DAY, "adminId": "1", "itemId": "../../secret", "subject": "x"},
                {"itemDate": "?", "adminId": "1", "itemId": "2"},
                {"itemDate": DAY, "adminId": "1"},
                "nothing", 4, null,
                {"itemDate": DAY, "adminId": "1", "itemId": "2", "subject": 7},
            ]),
        )
        .unwrap();
        assert_eq!((read.documents.len(), read.unreadable), (1, 6));
        assert_eq!(read.documents[0].subject, "");
        assert!(read.documents[0].has_file, "a portal that does not say is asked");
        let changed = Err(PortalError::Changed { what: "administration" });
        assert_eq!(documents(DocumentKind::Other, json!({"items": []})), changed);
        let none = documents(DocumentKind::Other, json!(null)).unwrap();
        assert_eq!(none, ListedDocuments::default());
    }

    #[test]
    fn the_same_names_under_another_kind_are_another_document() {
        let id = |kind, admin, item| {
            let answer = json!([{"itemDate": DAY, "adminId": admin, "itemId": item}]);
            documents(kind, answer).unwrap().documents.remove(0).id
        };
        let invoice = id(DocumentKind::Invoice, "1", "23");
        assert_eq!(invoice, id(DocumentKind::Invoice, "1", "23"));
        assert_ne!(invoice, id(DocumentKind::Other, "1", "23"));
        assert_ne!(invoice, id(DocumentKind::Invoice, "12", "3"));
    }

    proptest! {
        #[test]
        fn any_answer_reads_without_panic(text in ".{0,40}", number in any::<i64>()) {
            for value in [json!(text), json!([{"itemDate": number, "adminId": text, "itemId": text}])] {
                let _ = documents(DocumentKind::Invoice, value);
            }
        }
    }
}
