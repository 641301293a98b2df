//! "Ons team": what everybody who works on a group says about themselves. Everybody is invented.

use super::people::staff;
use crate::portal::Secret;
use crate::team::picture_id;
use rusqlite::{Transaction, params};

const GROUPS: [&str; 5] = ["Hamsters", "Egeltjes", "Floris", "Uiltjes", "Bevertjes"];

/// Works on two groups.
const OF_TWO: (&str, &str) = ("Rosa Hendriks", "Egeltjes");

/// Drawn for people who work there, not for children.
const FIRST_FACE: i64 = 400;

const WORKER: &str = "Pedagogisch medewerker";
const MENTOR: &str = "Pedagogisch medewerker en mentor";
const TRAINEE: &str = "Stagiair";

/// Role and text of each, in the order of their groups.
const ABOUT: [(&str, Option<&str>); 20] = [
    (
        MENTOR,
        Some(
            "Al vijftien jaar mag ik de kleintjes zien opgroeien, en het went nooit. Je vindt me het \
             vaakst op het grote kleed, met een boek en minstens drie kinderen op schoot.\n\nThuis \
             heb ik twee pubers en een moestuin. De courgettes neem ik mee.",
        ),
    ),
    (
        MENTOR,
        Some(
            "Ik houd van zingen, ook als het vals is. Met de baby's maak ik elke ochtend een rondje \
             langs de ramen: wie fietst daar, en welke vogel zit in de kastanje?",
        ),
    ),
    (
        WORKER,
        Some(
            "Sinds vorig jaar werk ik op De Bosrand, op maandag, dinsdag en donderdag. Buiten zijn \
             vind ik het fijnst: regen is ook weer.",
        ),
    ),
    (WORKER, None),
    (
        MENTOR,
        Some(
            "Bij mij mag alles vies worden. Verf, klei, modder: daar zijn schorten voor. Ik ben er van \
             dinsdag tot en met vrijdag.",
        ),
    ),
    (
        MENTOR,
        Some(
            "Ik ben opgeleid als danseres, en dat merken de kinderen. Na het fruit gaat de muziek \
             aan.",
        ),
    ),
    (WORKER, Some("Rustig wakker worden, samen eten, nog een boekje: kleine dingen maken de dag.")),
    (
        TRAINEE,
        Some(
            "Ik loop tot de zomer stage en leer hier elke dag iets nieuws. Vraag me vooral naar de \
             treinbaan.",
        ),
    ),
    (
        MENTOR,
        Some(
            "Na school eerst even niks: sap, een cracker en vertellen hoe het was. Daarna voetballen \
             we tot het licht uitgaat.\n\nOp vrijdag koken we met een groepje voor iedereen.",
        ),
    ),
    (
        MENTOR,
        Some(
            "Hutten bouwen, proefjes doen en soms een beetje rommel maken. Ik haal jullie kinderen op \
             met de gele hesjes, je herkent me aan mijn muts.",
        ),
    ),
    (WORKER, Some("Ik lees voor alsof ik alle stemmen zelf ben. Strips tellen ook als lezen.")),
    (WORKER, Some("Op dinsdag en donderdag ben ik er, met de schaakborden en de naaimachine.")),
    (MENTOR, Some("Ik luister graag: naar de kinderen, en aan de deur naar jullie.")),
    (WORKER, Some("Wie met mij naar buiten gaat, komt terug met zakken vol eikels.")),
    (WORKER, None),
    (TRAINEE, Some("Ik studeer nog en werk hier twee dagen. Mijn gitaar heb ik altijd bij me.")),
    (MENTOR, Some("Al sinds de opening werk ik hier. Sommige ouders had ik zelf nog op de groep!")),
    (WORKER, Some("Ik spreek ook Portugees, en leer de kinderen tellen tot tien.")),
    (WORKER, Some("Knutselen met wat er is: een doos is een boot, een laken is de zee.")),
    (WORKER, Some("Ik ben van het bewegen. Klimmen mag, vallen hoort erbij, een pleister ook.")),
];

/// Writes down who works there.
pub fn write(tx: &Transaction<'_>, secret: &Secret) -> rusqlite::Result<()> {
    let names = GROUPS.iter().flat_map(|group| staff(group).map(|name| (name, *group)));
    for (position, ((name, group), (role, text))) in (0_i64..).zip(names.zip(ABOUT)) {
        let id = member(secret, name);
        let mut groups = vec![group];
        groups.extend((name == OF_TWO.0).then_some(OF_TWO.1));
        // A trainee has no picture yet.
        let picture = (role != TRAINEE).then_some(FIRST_FACE + position);
        tx.execute(
            "INSERT INTO team_member (id, position, name, role, groups, text, picture, picture_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                id,
                position,
                name,
                role,
                serde_json::json!(groups).to_string(),
                text,
                picture,
                picture.map(|picture| picture_id(secret, &id, picture)),
            ],
        )?;
    }
    Ok(())
}

/// The identity of somebody who works there.
pub fn member(secret: &Secret, name: &str) -> String {
    secret.id(&["team", name])
}
