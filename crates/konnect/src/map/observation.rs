//! Observations, as our extension tells them.

use super::place::{each, picture};
use crate::media::MediaLink;
use crate::wire::field::{as_day, as_id, as_line, as_text};
use schriftje_model::{
    ChildId, Observation, ObservationAnswer, ObservationQuestion, ObservationSection,
    ObservationTitle,
};
use serde_json::Value;
use url::Url;

/// Of a scale: more is drawn as a number alone.
const LONGEST_SCALE: i32 = 100;

pub(crate) fn observations(answer: &Value) -> Vec<ObservationTitle> {
    each(&answer["observations"], title)
}

fn title(wire: &Value) -> Option<ObservationTitle> {
    Some(ObservationTitle {
        id: as_id(&wire["id"])?,
        child: ChildId(as_id(&wire["childId"])?),
        title: as_line(&wire["title"])?,
        day: as_day(&wire["day"]),
        by: as_line(&wire["by"]).unwrap_or_default(),
    })
}

/// An observation, and where its pictures are just now.
pub(crate) fn observation(base: &Url, answer: &Value) -> Option<(Observation, Vec<MediaLink>)> {
    let head = title(answer)?;
    let mut links = Vec::new();
    let mut sections = Vec::new();
    for wire in each(&answer["sections"], |wire| Some(wire.clone())) {
        let mut questions = Vec::new();
        for wire in each(&wire["questions"], |wire| Some(wire.clone())) {
            let Some(question) = as_text(&wire["question"]) else { continue };
            questions.push(ObservationQuestion {
                question,
                answer: answered(base, &wire, &mut links),
                remark: as_text(&wire["remark"]),
            });
        }
        sections.push(ObservationSection {
            title: as_line(&wire["title"]).unwrap_or_default(),
            text: as_text(&wire["text"]),
            questions,
        });
    }
    Some((Observation { head, sections }, links))
}

fn answered(base: &Url, wire: &Value, links: &mut Vec<MediaLink>) -> ObservationAnswer {
    use ObservationAnswer::{Choice, Day, Open, Picture, Text, Unknown};
    let answer = &wire["answer"];
    let nothing = match answer {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    let kind = wire["type"].as_str().unwrap_or_default();
    let unknown = || Unknown { text: as_text(&wire["asText"]).or_else(|| as_text(answer)) };
    if nothing && as_text(&wire["asText"]).is_none() {
        return Open;
    }
    match kind {
        "text" => as_text(answer).map(|text| Text { text }),
        "scale" => scale(&wire["scale"], answer),
        "choice" => as_line(answer).map(|chosen| Choice {
            chosen: vec![chosen],
            options: each(&wire["options"], as_line),
        }),
        "choices" => answer.is_array().then(|| Choice {
            chosen: each(answer, as_line),
            options: each(&wire["options"], as_line),
        }),
        "date" => as_day(answer).map(|day| Day { day }),
        "picture" => picture(base, answer, &["thumbUrl", "mediumUrl", "fullSizeUrl"], links)
            .map(|id| Picture { id }),
        _ => None,
    }
    .unwrap_or_else(unknown)
}

fn scale(wire: &Value, answer: &Value) -> Option<ObservationAnswer> {
    let whole = |value: &Value| i32::try_from(value.as_i64()?).ok();
    let (value, from, to) = (whole(answer)?, whole(&wire["from"])?, whole(&wire["to"])?);
    let (from, to) = (from.min(to), from.max(to));
    (to.checked_sub(from)? <= LONGEST_SCALE).then(|| ObservationAnswer::Scale {
        value,
        from,
        to,
        from_label: as_line(&wire["fromLabel"]),
        to_label: as_line(&wire["toLabel"]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(question: &Value) -> ObservationAnswer {
        let base = Url::parse("https://abc.ouderportaal.nl/").unwrap();
        answered(&base, question, &mut Vec::new())
    }

    #[test]
    fn whatever_was_asked_something_is_shown() {
        use ObservationAnswer::{Open, Unknown};
        assert_eq!(read(&json!({"type": "text", "answer": " "})), Open);
        assert_eq!(read(&json!({"type": "choices", "answer": []})), Open);
        let said = Unknown { text: Some("Drie sterren".into()) };
        assert_eq!(read(&json!({"type": "stars", "answer": 3, "asText": "Drie sterren"})), said);
        assert_eq!(read(&json!({"type": "stars", "answer": {"x": 1}})), Unknown { text: None });
        let odd = json!({"type": "scale", "answer": "veel", "scale": {"from": 1, "to": 5}});
        assert_eq!(read(&odd), Unknown { text: Some("veel".into()) });
        let endless = json!({"type": "scale", "answer": 3, "scale": {"from": -2_000_000_000, "to": 2_000_000_000}});
        assert_eq!(read(&endless), Unknown { text: None });
    }

    #[test]
    fn a_scale_the_wrong_way_round_is_turned() {
        let wire = json!({"type": "scale", "answer": 2, "scale": {"from": 5, "to": 1}});
        let ObservationAnswer::Scale { from, to, .. } = read(&wire) else { panic!("a scale") };
        assert_eq!((from, to), (1, 5));
    }

    #[test]
    fn ten_thousand_options_are_bounded() {
        let options: Vec<String> = (0..10_000).map(|n| format!("optie {n}")).collect();
        let wire = json!({"type": "choice", "answer": "optie 1", "options": options});
        let ObservationAnswer::Choice { options, .. } = read(&wire) else { panic!("a choice") };
        assert!(options.len() <= 200);
    }
}
