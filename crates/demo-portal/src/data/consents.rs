//! Consents and declarations of the children, and what their parents answered.

use super::people::{Child, DEMO_FAMILY, called, staff};
use crate::day::at_ms;
use crate::portal::Secret;
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use rusqlite::{Transaction, params};

struct Form {
    title: &'static str,
    declaration: bool,
    text: &'static str,
    /// What the demo's parents answered, and how many days after the first.
    answers: &'static [(&'static str, &'static str, u64)],
    /// On the tenth of September of each year the first child's parents are asked again.
    asked: bool,
    fixed: Option<&'static str>,
    /// What is to be filled in, and what the demo's parents did.
    asks: Option<(&'static str, &'static str)>,
}

const SANNE: &str = "Sanne Bloem";
const JORIS: &str = "Joris Bloem";

const FORM: Form = Form {
    title: "",
    declaration: false,
    text: "",
    answers: &[],
    asked: false,
    fixed: None,
    asks: None,
};

const FORMS: &[Form] = &[
    Form {
        title: "Foto's in de app",
        text: "We maken foto's van je kind en zetten ze in de app van jullie eigen gezin.\n\nStaan er \
               andere kinderen op, dan zien hun ouders de foto ook, als jij en zij dat goedvinden.",
        answers: &[("given", SANNE, 0)],
        ..FORM
    },
    Form {
        title: "Foto's op de website",
        text: "We mogen een foto waar je kind herkenbaar op staat laten zien op onze website en in \
               onze folder. Je naam of die van je kind staat er nooit bij.",
        answers: &[("given", SANNE, 0), ("refused", JORIS, 30)],
        ..FORM
    },
    Form {
        title: "Uitstapjes",
        text: "Je kind mag mee met uitstapjes in de buurt: naar het bos, de markt, de kinderboerderij. \
               We gaan lopend of met de bolderkar, altijd met twee medewerkers.\n\nVoor een uitstapje \
               met de auto of de bus vragen we het je apart.",
        answers: &[("given", JORIS, 0)],
        asked: true,
        ..FORM
    },
    Form {
        title: "Zwemmen en waterspel",
        text: "Op warme dagen staat er een badje in de tuin, tot de knieën. Er zit altijd iemand bij. \
               Je zegt hiermee dat je kind daarin mag spelen.",
        asked: true,
        ..FORM
    },
    Form {
        title: "Paracetamol bij koorts",
        text: "Krijgt je kind hier koorts en kunnen we je niet bereiken, dan mogen we een keer \
               paracetamol geven, in de hoeveelheid die bij het gewicht past. We bellen je eerst, en \
               schrijven op wanneer we het gaven.",
        answers: &[("refused", SANNE, 0), ("given", SANNE, 12)],
        ..FORM
    },
    Form {
        title: "Verklaring inentingen",
        declaration: true,
        text: "Je verklaart dat je kind meedoet aan het Rijksvaccinatieprogramma. We vragen dit om te \
               weten wat we moeten doen als er op de groep een besmettelijke ziekte is. Antwoord je \
               nee, dan is je kind even welkom.",
        answers: &[("given", SANNE, 1)],
        ..FORM
    },
    Form {
        title: "Verklaring machtiging ophalen",
        declaration: true,
        text: "Je verklaart wie je kind mogen ophalen behalve jullie zelf. De namen staan bij de \
               gegevens van je kind.",
        answers: &[("given", JORIS, 2)],
        fixed: Some("Dit leggen we aan de deur vast, samen met jullie. Spreek ons even aan."),
        ..FORM
    },
    Form {
        title: "Verklaring huisarts",
        declaration: true,
        text: "Als er iets met je kind is bellen we jullie eerst. Je verklaart dat we daarna de huisarts \
               mogen bellen die je hier invult.",
        answers: &[("given", SANNE, 1)],
        asks: Some((
            "Bij welke huisarts hoort je kind, en wat is daar het nummer?",
            "Huisartsen aan de Lindenhof, 023 555 01 40",
        )),
        ..FORM
    },
];

/// Writes the forms of every child, and the answers of the demo's parents.
pub fn write(
    tx: &Transaction<'_>,
    secret: &Secret,
    children: &[Child],
    today: NaiveDate,
) -> rusqlite::Result<()> {
    for (number, child) in children.iter().enumerate() {
        for (position, form) in (0_i64..).zip(FORMS) {
            let id = secret.id(&["consent", &child.id, form.title]);
            let asked = asking_day(today)
                .filter(|day| form.asked && number == 0 && child.starts <= *day)
                .map(|day| {
                    (at(day, 9), called(staff(child.group(day))[0]), form.answers.is_empty())
                });
            tx.execute(
                "INSERT INTO consent (id, child, position, kind, title, text, asked_at, asked_by,
                                      open, fixed, asks)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    id,
                    child.id,
                    position,
                    if form.declaration { "declaration" } else { "consent" },
                    form.title,
                    form.text.replace("je kind", child.first_name),
                    asked.map(|(at, ..)| at),
                    asked.map(|(_, by, _)| by),
                    asked.is_some_and(|(.., open)| open),
                    form.fixed,
                    form.asks.map(|(asks, _)| asks.replace("je kind", child.first_name)),
                ],
            )?;
            for (answer, by, later) in form.answers {
                let day = child.starts - Days::new(20) + Days::new(*later);
                if child.family == DEMO_FAMILY && day <= today {
                    tx.execute(
                        "INSERT INTO consent_answer (consent, answer, at, by, words)
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                        params![id, answer, at(day, 20), by, form.asks.map(|(_, words)| words)],
                    )?;
                }
            }
        }
    }
    Ok(())
}

/// The last day on which parents were asked, when a card says so on the timeline.
fn asking_day(today: NaiveDate) -> Option<NaiveDate> {
    let this_year = NaiveDate::from_ymd_opt(today.year(), 9, 10)?;
    if this_year <= today { Some(this_year) } else { this_year.with_year(today.year() - 1) }
}

fn at(day: NaiveDate, hour: u32) -> i64 {
    at_ms(day, NaiveTime::from_hms_opt(hour, 15, 0).unwrap_or_default())
}
