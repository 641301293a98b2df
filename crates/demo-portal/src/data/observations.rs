//! Filled-in observation forms of the demo's children.

use super::people::{Child, DEMO_FAMILY, staff};
use crate::observation::{Observation, Question, Scale, Section, keep};
use crate::portal::Secret;
use chrono::{Datelike, Days, NaiveDate};
use rusqlite::Transaction;
use serde_json::{Value, json};

/// Which pictures the forms hold.
const PICTURE: u64 = 120;

/// Writes two forms a year of each child of the demo's family that has not left, from the first
/// year on.
pub fn write(
    tx: &Transaction<'_>,
    secret: &Secret,
    children: &[Child],
    today: NaiveDate,
) -> rusqlite::Result<()> {
    let mut rank = 0;
    for child in children.iter().filter(|child| child.family == DEMO_FAMILY) {
        for year in child.born.year() + 1..=today.year() {
            for (month, season) in [(2, "Winter"), (10, "Herfst")] {
                let Some(day) = NaiveDate::from_ymd_opt(year, month, 12) else { continue };
                let there = child.starts < day && child.ends.is_none_or(|ends| day < ends);
                if day > today || !there {
                    continue;
                }
                rank += 1;
                let form = Observation {
                    id: secret.id(&["observation", &child.id, &day.to_string()]),
                    child: child.id.clone(),
                    title: format!("{season} {year}: hoe gaat het met {}?", child.first_name),
                    day: day.to_string(),
                    by: staff(child.group(day))[0].to_owned(),
                    sections: sections(child, day),
                };
                keep(tx, rank, &form)?;
            }
        }
    }
    Ok(())
}

fn sections(child: &Child, day: NaiveDate) -> Vec<Section> {
    let name = child.first_name;
    let older = child.months(day) / 12;
    let often = |question: &str, answer: Value| Question {
        scale: Some(Scale {
            from: 1,
            to: 5,
            from_label: Some("nog niet".into()),
            to_label: Some("heel vaak".into()),
        }),
        ..asked("scale", question, answer)
    };
    let mut feeling = vec![
        Question {
            options: Some(options(&["Moe", "Rustig", "Vrolijk", "Uitgelaten"])),
            ..asked("choice", &format!("Hoe is {name} meestal op de groep?"), json!("Vrolijk"))
        },
        Question {
            remark: Some("Vooral aan het begin van de dag nog even op schoot.".into()),
            ..often("Zoekt troost bij ons", json!(4))
        },
        asked(
            "text",
            "Wat valt ons op?",
            json!(format!(
                "{name} zwaait tegenwoordig zelf bij het raam, en begint daarna meteen te spelen.\n\n\
                 Wie verdrietig is krijgt een knuffel aangereikt."
            )),
        ),
    ];
    if day.month() == 10 {
        // A kind of question nobody has seen before.
        feeling.push(Question {
            as_text: Some("Een zonnetje, en een klein wolkje na het slapen.".into()),
            ..asked("weather", "Welk weer past bij deze maand?", json!({ "sun": 3, "clouds": 1 }))
        });
    }
    let playing = vec![
        Question {
            options: Some(options(&["Bouwen", "Buiten", "Tekenen", "Verkleden", "Voorlezen"])),
            ..asked("choices", "Waarmee het liefst?", json!(["Buiten", "Voorlezen"]))
        },
        often("Speelt samen met anderen", json!((older + 1).clamp(1, 5))),
        asked("date", "Voor het eerst helemaal zelf de trap op", json!(day - Days::new(9))),
        asked("picture", "Een mooi moment", json!(PICTURE + u64::from(day.month()))),
    ];
    let talking = vec![
        often("Vertelt wat er gebeurd is", if older < 2 { Value::Null } else { json!(3) }),
        asked("text", "Nieuwe woorden", Value::Null),
    ];
    vec![
        Section { title: "Hoe voelt je kind zich?".into(), text: None, questions: feeling },
        Section {
            title: "Spelen".into(),
            text: Some("We keken twee weken lang, binnen en buiten.".into()),
            questions: playing,
        },
        Section { title: "Praten".into(), text: None, questions: talking },
    ]
}

fn asked(kind: &str, question: &str, answer: Value) -> Question {
    Question { kind: kind.into(), question: question.into(), answer, ..Question::default() }
}

fn options(all: &[&str]) -> Vec<String> {
    all.iter().map(|option| (*option).to_owned()).collect()
}
