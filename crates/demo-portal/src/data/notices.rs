//! What the organisation sends to all parents, and the papers of a family.

use super::people::{DEMO_FAMILY, first_day};
use crate::attachment::{File, attach};
use crate::day::at_ms;
use crate::options::Size;
use crate::pdf::pdf;
use crate::portal::Secret;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use rusqlite::{Transaction, params};

/// Title, first lines, the rest, for each month.
const NEWS: [(&str, &str, &str); 12] = [
    (
        "Gelukkig nieuwjaar",
        "We zijn weer begonnen, met frisse moed en warme wanten.",
        "De kerstboom is versnipperd en ligt nu als pad in de tuin. De kinderen hebben zelf gestrooid.",
    ),
    (
        "Voorleesdagen",
        "Deze weken lezen we nog meer voor dan anders, en alle opa's en oma's mogen meedoen.",
        "Schrijf u in op de lijst bij de voordeur. Een eigen lievelingsboek meenemen mag natuurlijk.",
    ),
    (
        "De moestuin gaat open",
        "Schoffels, gieters en heel veel laarzen: de moestuin achter de locatie is klaar voor het voorjaar.",
        "Elke groep heeft een eigen bak. Zaadjes van thuis zijn welkom, vooral van bloemen waar bijen van houden.",
    ),
    (
        "Koningsspelen",
        "In de laatste week van april zijn er spelletjes op het plein, met oranje limonade.",
        "Wie wil helpen bij het zaklopen kan zich melden bij de groep.",
    ),
    (
        "Ons groene plein",
        "De tegels zijn eruit, de wilgentunnel staat: het plein is een stuk groener.",
        "De kinderen hebben zelf mee mogen plannen. Vooral de modderkeuken is een groot succes.",
    ),
    (
        "Zomerfeest",
        "Zaterdag vieren we met alle gezinnen de zomer, met muziek en een lange tafel.",
        "Neem iets lekkers mee om te delen. Bij regen zitten we in de gymzaal.",
    ),
    (
        "Zomerrooster",
        "In de zomervakantie voegen we op rustige dagen groepen samen.",
        "Uw kind blijft zo veel mogelijk bij de eigen vaste gezichten. Op de deur van de groep hangt welke dagen dat zijn.",
    ),
    (
        "Op blote voeten",
        "Nu het warm is spelen we de hele dag buiten, met water en schaduw.",
        "Wilt u een zonnehoed en reservekleren meegeven? Wij zorgen voor zonnebrand.",
    ),
    (
        "Even voorstellen: onze nieuwe kok",
        "Vanaf deze maand koken we elke dag vers op de locatie.",
        "Op het prikbord hangt het weekmenu. Heeft uw kind een allergie? Geef het dan nog eens door aan de groep.",
    ),
    (
        "Herfstwandeling",
        "Zaterdag lopen we met alle gezinnen door het Bosrandbos.",
        "We verzamelen om tien uur bij de kastanje. Laarzen aan, tasje mee voor alles wat er te vinden is.",
    ),
    (
        "Lampionnen",
        "Elf november lopen we om vijf uur met onze lampionnen om het plein.",
        "De liedjes oefenen we al. Ouders mogen meezingen, de tekst ligt bij de voordeur.",
    ),
    (
        "Een lichtje in december",
        "In de laatste weken van het jaar eten we samen aan een gedekte tafel.",
        "Tussen kerst en oud en nieuw zijn we open. Laat het ons weten als uw kind er dan niet is.",
    ),
];

const NEWSLETTERS: &[(&str, &str)] = &[
    ("Een nieuw seizoen op De Bosrand", "Over ritme, regen en rode wangen."),
    ("Spelen met niks", "Waarom een kartonnen doos het beste speelgoed is."),
    ("Samen aan tafel", "Wat we eten, en waarom we er de tijd voor nemen."),
    ("Buiten is binnen", "Van de modderkeuken tot het slaaphuisje in de tuin."),
    ("Voorlezen, voorlezen, voorlezen", "De lievelingsboeken van onze groepen op een rij."),
];

/// Writes news, newsletters and papers.
pub fn write(
    tx: &Transaction<'_>,
    secret: &Secret,
    size: Size,
    today: NaiveDate,
) -> rusqlite::Result<()> {
    let first = first_day(size, today);
    let months = (today.year() - first.year()) * 12 + today.month0().cast_signed()
        - first.month0().cast_signed();
    let months = months.unsigned_abs();
    for back in 0..months {
        let Some(month) =
            today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(back)))
        else {
            continue;
        };
        news(tx, secret, month, today)?;
        newsletter(tx, secret, month, today)?;
        paper(tx, secret, "invoice", &format!("Factuur {} {}", name(month), month.year()), month)?;
        if month.month() == 2 {
            let subject = format!("Jaaropgave {}", month.year() - 1);
            paper(tx, secret, "annualstatement", &subject, month + Days::new(9))?;
        }
        if month.month() == 9 {
            paper(tx, secret, "document", "Algemene voorwaarden", month + Days::new(4))?;
        }
    }
    paper(tx, secret, "document", "Plaatsingsovereenkomst", first.with_day(1).unwrap_or(first))?;
    Ok(())
}

fn news(
    tx: &Transaction<'_>,
    secret: &Secret,
    month: NaiveDate,
    today: NaiveDate,
) -> rusqlite::Result<()> {
    let day = month + Days::new(6);
    if day > today {
        return Ok(());
    }
    let (title, snippet, rest) = NEWS[month.month0() as usize % 12];
    let id = secret.id(&["news", &month.to_string()]);
    let picture = month.month().is_multiple_of(2).then(|| i64::from(month.month()) + 40);
    tx.execute(
        "INSERT INTO news (id, title, snippet, html, picture, published, is_new)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            id,
            title,
            snippet,
            format!("<p>{snippet}</p><p>{rest}</p>"),
            picture,
            at(day, 10),
            day + Days::new(14) > today,
        ],
    )?;
    if let Some((name, lines)) = attachment(month) {
        let content = pdf(&[title, lines]);
        attach(tx, secret, &id, &File { name, media_type: "application/pdf", content: &content })?;
    }
    Ok(())
}

/// The name of what comes with the news of a month, and what stands in it.
fn attachment(month: NaiveDate) -> Option<(&'static str, &'static str)> {
    match month.month() {
        3 => Some(("Zaaikalender.pdf", "Wat zaaien we wanneer?")),
        7 => Some(("Zomerrooster.pdf", "Welke groepen zijn samen?")),
        9 => Some(("Weekmenu.pdf", "Wat eten we deze week?")),
        11 => Some(("Liedjes voor Sint-Maarten.pdf", "Elf november is de dag")),
        _ => None,
    }
}

/// As newsletters are designed: in a sheet at their head, with a part for small screens.
const NEWSLETTER_STYLE: &str = "body{background:#f2ede1;font-family:Georgia,serif}\
     table{border-collapse:collapse}\
     .kop{background:#2f6b4f;color:#ffffff;padding:28px 24px;text-align:center}\
     .tekst{background:#ffffff;color:#2b2b2b;padding:16px 28px;line-height:1.6}\
     .voet{color:#5c564a;font-size:14px;padding:16px;text-align:center}\
     @media (max-width:480px){.tekst{padding:12px}}";

fn newsletter(
    tx: &Transaction<'_>,
    secret: &Secret,
    month: NaiveDate,
    today: NaiveDate,
) -> rusqlite::Result<()> {
    let day = month + Days::new(17);
    if day > today || month.month() % 2 == 1 {
        return Ok(());
    }
    let (subject, snippet) = NEWSLETTERS[(month.month() / 2) as usize % NEWSLETTERS.len()];
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{subject}</title>\
         <style>{NEWSLETTER_STYLE}</style></head><body><table width=\"600\" align=\"center\">\
         <tr><td class=\"kop\"><h1>{subject}</h1></td></tr>\
         <tr><td class=\"tekst\"><p>Beste ouders,</p><p>{snippet}</p><p>Tot op de groep!</p></td></tr>\
         <tr><td class=\"voet\">Het team van {}</td></tr></table></body></html>",
        super::ORGANISATION
    );
    tx.execute(
        "INSERT INTO newsletter (id, subject, snippet, html, sent, unread)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            secret.id(&["newsletter", &month.to_string()]),
            subject,
            snippet,
            html,
            at(day, 19),
            day + Days::new(21) > today,
        ],
    )?;
    Ok(())
}

fn paper(
    tx: &Transaction<'_>,
    secret: &Secret,
    kind: &str,
    subject: &str,
    day: NaiveDate,
) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO paper (item_id, admin_id, family, kind, subject, date, has_attachment)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            secret.id(&["paper", kind, subject, &day.to_string()]),
            secret.id(&["administration"]),
            DEMO_FAMILY,
            kind,
            subject,
            at(day, 9),
            true,
        ],
    )?;
    Ok(())
}

fn at(day: NaiveDate, hour: u32) -> i64 {
    at_ms(day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default())
}

fn name(month: NaiveDate) -> &'static str {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    MONTHS[month.month0() as usize % 12]
}
