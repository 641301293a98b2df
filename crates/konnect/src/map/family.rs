//! The family, as our extension tells it: own details, children, consents, what is told of.

use super::place::each;
use crate::wire::field::{as_day, as_id, as_instant, as_line, as_text};
use schriftje_model::{
    ChildDetails, ChildId, Consent, ConsentAnswer, ConsentGiven, DetailField, OwnDetails, OwnField,
    Placement, PortalNotice, PortalNotices,
};
use serde_json::Value;

/// Longer than any etag.
const LONGEST_ETAG: usize = 200;

fn line(value: &Value) -> String {
    as_line(value).unwrap_or_default()
}

/// The text for `If-Match`, exactly as it came.
fn etag(of: &Value) -> Option<String> {
    let text = of["etag"].as_str()?;
    let plain = text.bytes().all(|b| b.is_ascii_graphic());
    (plain && !text.is_empty() && text.len() <= LONGEST_ETAG).then(|| text.to_owned())
}

pub(crate) fn own_details(answer: &Value) -> Option<OwnDetails> {
    let changeable = each(&answer["changeable"], as_line);
    Some(OwnDetails {
        username: as_line(&answer["username"])?,
        fields: DetailField::ALL
            .into_iter()
            .map(|field| OwnField {
                field,
                value: line(&answer[field.word()]),
                changeable: changeable.iter().any(|name| name == field.word()),
            })
            .collect(),
        least_characters: answer["password"]["leastCharacters"]
            .as_u64()
            .and_then(|least| u32::try_from(least).ok())
            .map_or(0, |least| least.min(100)),
        password_rules: each(&answer["password"]["rules"], as_line),
        etag: etag(answer)?,
    })
}

pub(crate) fn children(answer: &Value) -> Vec<ChildDetails> {
    each(&answer["children"], |wire| {
        Some(ChildDetails {
            id: Some(ChildId(as_id(&wire["id"])?)),
            name: as_line(&wire["name"]).or_else(|| as_line(&wire["firstName"]))?,
            date_of_birth: as_day(&wire["dateOfBirth"]),
            group: as_line(&wire["group"]),
            mentor: as_line(&wire["mentor"]["name"]),
            placements: each(&wire["placements"], placement),
            allergies: each(&wire["allergies"], as_text),
            notes: each(&wire["notes"], as_text),
        })
    })
}

fn placement(wire: &Value) -> Option<Placement> {
    let mut weekdays: Vec<u8> = each(&wire["weekdays"], |day| {
        u8::try_from(day.as_u64()?).ok().filter(|day| (1..=7).contains(day))
    });
    weekdays.sort_unstable();
    weekdays.dedup();
    Some(Placement {
        name: as_line(&wire["name"]).or_else(|| as_line(&wire["kind"]))?,
        group: line(&wire["group"]),
        location: line(&wire["location"]),
        weekdays,
        from: as_day(&wire["from"]),
        until: as_day(&wire["until"]),
    })
}

pub(crate) fn consents(answer: &Value) -> Vec<Consent> {
    each(&answer["consents"], consent)
}

pub(crate) fn consent(wire: &Value) -> Option<Consent> {
    let asked = &wire["asked"];
    let etag = etag(wire);
    Some(Consent {
        id: as_id(&wire["id"])?,
        child: ChildId(as_id(&wire["childId"])?),
        declaration: wire["kind"] == "declaration",
        title: as_line(&wire["title"])?,
        text: as_text(&wire["text"]).unwrap_or_default(),
        answer: answered(&wire["answer"]),
        asked_at: as_instant(&asked["at"]),
        asked_day: as_day(&asked["day"]),
        open: asked["open"] == true,
        asks: as_text(&wire["asks"]),
        // A change has to name what it changes.
        changeable: wire["changeable"] == true && etag.is_some(),
        reason: as_line(&wire["reason"]),
        history: each(&wire["history"], |given| {
            Some(ConsentGiven {
                answer: answered(&given["answer"])?,
                at: as_instant(&given["at"]),
                by: line(&given["by"]),
                words: as_text(&given["words"]),
            })
        }),
        etag: etag.unwrap_or_default(),
    })
}

fn answered(wire: &Value) -> Option<ConsentAnswer> {
    match wire.as_str()? {
        "given" => Some(ConsentAnswer::Given),
        "refused" => Some(ConsentAnswer::Refused),
        _ => None,
    }
}

pub(crate) fn notices(answer: &Value) -> Option<PortalNotices> {
    Some(PortalNotices {
        email: line(&answer["email"]),
        items: each(&answer["items"], |wire| {
            Some(PortalNotice {
                id: as_id(&wire["id"])?,
                name: as_line(&wire["name"])?,
                email: wire["email"].as_bool(),
                push: wire["push"].as_bool(),
            })
        }),
        etag: etag(answer)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_etag_is_kept_with_its_quotes_and_nothing_else_is_one() {
        let wire =
            json!({"username": "s", "etag": "\"a-1\"", "changeable": ["phone"], "phone": "06"});
        let read = own_details(&wire).unwrap();
        assert_eq!(read.etag, "\"a-1\"");
        let changeable: Vec<_> =
            read.fields.iter().filter(|field| field.changeable).map(|field| field.field).collect();
        assert_eq!(changeable, [DetailField::Phone]);
        for etag in [json!("a\r\nX: y"), json!(""), json!(7), json!(null)] {
            assert!(own_details(&json!({"username": "s", "etag": etag})).is_none());
        }
    }

    #[test]
    fn a_consent_whose_version_cannot_be_named_is_seen_and_not_changed_here() {
        let told = json!({"id": "1", "childId": "2", "title": "Foto's", "changeable": true});
        for bad in [json!(null), json!(""), json!(7), json!("a\r\nX: y"), json!("é")] {
            let mut wire = told.clone();
            wire["etag"] = bad;
            let read = consent(&wire).unwrap();
            assert_eq!((read.changeable, read.etag.as_str()), (false, ""));
        }
    }

    #[test]
    fn what_was_filled_in_is_plain_text_and_nothing_else_is() {
        let mut wire = json!({"id": "1", "childId": "2", "title": "Huisarts", "etag": "x",
            "asks": " Welke?\r\n", "history": [{"answer": "given", "words": "De Wit\u{202e}\nLindenhof\u{0}"}]});
        let read = consent(&wire).unwrap();
        assert_eq!(read.asks.as_deref(), Some("Welke?"));
        assert_eq!(read.history[0].words.as_deref(), Some("De Wit\nLindenhof"));
        for odd in [json!(7), json!([]), json!(""), json!(" "), json!({"a": 1})] {
            wire["asks"] = odd.clone();
            wire["history"][0]["words"] = odd;
            let read = consent(&wire).unwrap();
            assert_eq!((&read.asks, &read.history[0].words), (&None, &None));
        }
    }

    #[test]
    fn an_answer_that_nobody_knows_is_none() {
        let wire = json!({"id": "1", "childId": "2", "title": "Foto's", "etag": "x", "answer": "maybe",
            "history": [{"answer": "perhaps"}, {"answer": "given", "at": "gisteren"}]});
        let read = consent(&wire).unwrap();
        assert_eq!((read.answer, read.history.len(), read.changeable), (None, 1, false));
    }
}
