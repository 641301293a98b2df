//! What the organisation was told about parents and children.

use super::people::{Child, DEMO_FAMILY, staff};
use super::team::member;
use crate::portal::Secret;
use chrono::NaiveDate;
use rusqlite::{Transaction, params};

/// Allergies and notes by first name.
const ABOUT: [(&str, &[&str], &[&str]); 4] = [
    (
        "Noortje",
        &["Pinda's en noten: geen sporen. De antihistamine ligt in de groepskast."],
        &["Slaapt met Konijn. Konijn mag niet in de was zonder dat ze het weet."],
    ),
    ("Ties", &[], &["Mag met Oma Bloem mee naar huis.", "Draagt op school en op de BSO een bril."]),
    ("Fenna", &["Hooikoorts"], &[]),
    ("Mees", &[], &["Krijgt flesvoeding, om de drie uur."]),
];

/// Writes down the parents' addresses, and mentor, allergies and notes of the children.
pub fn write(
    tx: &Transaction<'_>,
    secret: &Secret,
    children: &[Child],
    today: NaiveDate,
) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE account SET
           phone = '06 5550 01' || printf('%02d', number),
           street = iif(family = ?1, 'Lindenhof 7', 'Zonnestraat 21'),
           postal_code = iif(family = ?1, '2099 AC', '2099 DK'),
           city = 'Wilgenveen'",
        [DEMO_FAMILY],
    )?;
    for (number, child) in children.iter().enumerate() {
        let known = ABOUT.iter().find(|(name, ..)| *name == child.first_name);
        let (allergies, notes) = known.map_or((&[][..], &[][..]), |known| (known.1, known.2));
        let mentor = staff(child.group(today))[number % 2];
        tx.execute(
            "INSERT INTO child_about (child, mentor, allergies, notes) VALUES (?1, ?2, ?3, ?4)",
            params![
                child.id,
                member(secret, mentor),
                serde_json::json!(allergies).to_string(),
                serde_json::json!(notes).to_string(),
            ],
        )?;
    }
    Ok(())
}
