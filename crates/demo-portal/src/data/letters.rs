//! Conversations between parents and the group.

use super::days::dice;
use super::people::{Child, DEMO_FAMILY, called, first_day, staff};
use crate::day::at_ms;
use crate::options::Size;
use crate::portal::Secret;
use chrono::{NaiveDate, NaiveTime};
use rand::Rng;
use rand::seq::IndexedRandom;
use rusqlite::{Transaction, params};

/// A subject and what is written about it, the parents and the group in turn.
struct Topic {
    subject: &'static str,
    parent_begins: bool,
    messages: &'static [&'static str],
}

const TOPICS: &[Topic] = &[
    Topic {
        subject: "Reservekleding",
        parent_begins: false,
        messages: &[
            "Zouden jullie nieuwe reservekleding voor {naam} willen meegeven? De broekjes worden te klein.",
            "Doen we, morgen zit er een tasje bij.",
            "Super, dank je wel!",
        ],
    },
    Topic {
        subject: "Ophalen",
        parent_begins: true,
        messages: &[
            "Vandaag haalt opa {naam} op, rond half vijf.",
            "Fijn dat je het laat weten, we houden het in de gaten.",
        ],
    },
    Topic {
        subject: "Slaapjes",
        parent_begins: true,
        messages: &[
            "{naam} slaapt thuis 's middags bijna niet meer. Hoe gaat dat bij jullie?",
            "Hier slaapt {naam} nog ongeveer een uur. Zullen we het korter maken?",
            "Graag, dan kijken we of de avonden makkelijker gaan.",
            "We maken {naam} voortaan om half twee wakker.",
        ],
    },
    Topic {
        subject: "Verjaardag vieren",
        parent_begins: true,
        messages: &[
            "We willen {naam} graag trakteren op de groep. Kan dat volgende week?",
            "Natuurlijk! Iets kleins en gezonds is het leukst. We zorgen voor de kroon.",
            "Dan nemen we fruitspiesjes mee.",
        ],
    },
    Topic {
        subject: "Jas kwijt",
        parent_begins: true,
        messages: &[
            "De blauwe jas van {naam} is niet mee naar huis gekomen. Hangt hij nog op de groep?",
            "Gevonden! Hij hing aan het haakje van een ander kindje. We leggen hem in het mandje.",
        ],
    },
    Topic {
        subject: "Oudergesprek",
        parent_begins: false,
        messages: &[
            "We plannen graag een gesprek over hoe het met {naam} gaat. Welke dag komt uit?",
            "Donderdag na vijven zou mooi zijn.",
            "Genoteerd: donderdag om kwart over vijf. De koffie staat klaar.",
        ],
    },
    Topic {
        subject: "Zonnebrand",
        parent_begins: false,
        messages: &[
            "Het wordt warm deze week. Willen jullie {naam} thuis al insmeren? Wij doen het rond de middag opnieuw.",
            "Doen we. Er zit ook een zonnehoed in de tas.",
        ],
    },
    Topic {
        subject: "Koortsig",
        parent_begins: false,
        messages: &[
            "{naam} is wat hangerig en heeft 38,2. We houden het in de gaten en bellen als het oploopt.",
            "Dank je wel voor het bericht. Ik kan er om drie uur zijn als het nodig is.",
            "Na het slaapje was het 37,6 en {naam} speelt weer. Tot straks!",
        ],
    },
    Topic {
        subject: "Nieuwe knuffel",
        parent_begins: true,
        messages: &[
            "De knuffel van {naam} moet echt in de was, dus vandaag gaat zijn broertje mee.",
            "De vervanger is met open armen ontvangen.",
        ],
    },
    Topic {
        subject: "Uitstapje naar de kinderboerderij",
        parent_begins: false,
        messages: &[
            "Volgende week gaan we met de groep naar de kinderboerderij. Mag {naam} mee in de bolderkar?",
            "Ja, heel leuk! {naam} praat al dagen over geitjes.",
        ],
    },
    Topic {
        subject: "Voeding",
        parent_begins: true,
        messages: &[
            "Vanaf maandag mag {naam} met de pot mee-eten.",
            "Wat leuk, we schrijven het op het bord in de keuken.",
        ],
    },
    Topic {
        subject: "Mooie tekening",
        parent_begins: true,
        messages: &["Wat een prachtige tekening nam {naam} mee naar huis. Dank voor alle zorg!"],
    },
];

/// Writes the conversations of the demo family.
pub fn write(
    tx: &Transaction<'_>,
    secret: &Secret,
    children: &[Child],
    size: Size,
    today: NaiveDate,
) -> rusqlite::Result<()> {
    let a_day: f64 = match size {
        Size::Small => 0.15,
        Size::Family => 0.085,
        Size::Large => 0.33,
        Size::Huge => 1.18,
    };
    let children: Vec<&Child> =
        children.iter().filter(|child| child.family == DEMO_FAMILY).collect();
    let mut conversation = tx.prepare_cached(
        "INSERT INTO conversation (id, family, child, group_name, subject, date, last_written,
                                   unread, last_from_parent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8)",
    )?;
    let mut message = tx.prepare_cached(
        "INSERT INTO message (conversation, position, html, written_by, from_parent, date,
                              child_first_name)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (day, number) in first_day(size, today)
        .iter_days()
        .take_while(|day| *day <= today)
        .flat_map(|day| [(day, "first"), (day, "second")])
    {
        let mut rng = dice(secret, &["letter", &day.to_string(), number]);
        let chance = if number == "first" { a_day } else { a_day - 1.0 };
        if !rng.random_bool(chance.clamp(0.0, 1.0)) {
            continue;
        }
        let there: Vec<&&Child> = children
            .iter()
            .filter(|child| child.starts <= day && child.ends.is_none_or(|ends| day < ends))
            .collect();
        let (Some(child), Some(topic)) = (there.choose(&mut rng), TOPICS.choose(&mut rng)) else {
            continue;
        };
        let id = secret.id(&["conversation", &day.to_string(), number]);
        let group = staff(child.group(day)).choose(&mut rng).copied().unwrap_or("Marieke");
        let parent = *["Sanne Bloem", "Joris Bloem"].choose(&mut rng).unwrap_or(&"Sanne Bloem");
        let mut at = at_ms(day, NaiveTime::MIN) + minutes(rng.random_range(7 * 60..18 * 60));
        let began = at;
        let mut from_parent = topic.parent_begins;
        let mut lines = Vec::new();
        for (position, text) in (0_i64..).zip(topic.messages) {
            if position > 0 {
                at += minutes(rng.random_range(6..240));
                from_parent = !from_parent;
            }
            let html = format!("<p>{}</p>", text.replace("{naam}", called(child.first_name)));
            let writer = if from_parent { parent } else { group };
            lines.push((position, html, writer, from_parent, at));
        }
        conversation.execute(params![
            id,
            DEMO_FAMILY,
            child.id,
            child.group(day),
            topic.subject,
            began,
            at,
            from_parent,
        ])?;
        for (position, html, writer, from_parent, at) in lines {
            let of = child.first_name;
            message.execute(params![id, position, html, writer, from_parent, at, of])?;
        }
    }
    // The last two things the group wrote have not been read yet.
    tx.execute(
        "UPDATE conversation SET unread = 1 WHERE id IN (SELECT id FROM conversation
         WHERE last_from_parent = 0 ORDER BY last_written DESC LIMIT 2)",
        [],
    )?;
    Ok(())
}

fn minutes(minutes: i64) -> i64 {
    minutes * 60_000
}
