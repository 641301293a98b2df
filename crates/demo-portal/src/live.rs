//! "A day at the nursery": something new now and then, for who watches the demo.

use crate::correspondence::{NewConversation, StaffAnswer};
use crate::nursery::{Nursery, NurseryError};
use crate::planners::Decision;
use crate::posting::{NewPhotos, NewReport};
use rusqlite::Connection;
use std::collections::HashSet;
use std::time::Duration;

/// Between one post and the next, for somebody who watches.
pub const PAUSE: Duration = Duration::from_secs(75);

/// How often the group looks for messages between two posts.
const LOOKS: u32 = 5;

const CAPTIONS: [&str; 5] = [
    "Net binnen uit de regen!",
    "Kijk eens wat we gemaakt hebben",
    "Samen aan tafel",
    "Even uitrusten na het buitenspelen",
    "Wat een toren!",
];

const REPORTS: [&str; 3] = [
    "<p>Noortje is net wakker en helpt nu met fruit snijden.</p>",
    "<p>We zijn buiten geweest. De laarzen van Noortje drogen bij de kachel.</p>",
    "<p>Er is gezongen voor de jarige, en Noortje zong het hardst van allemaal.</p>",
];

const LETTERS: [(&str, &str); 3] = [
    ("Even zwaaien", "<p>Noortje stond vanmorgen nog lang te zwaaien, en speelt nu heerlijk.</p>"),
    ("Reservekleding", "<p>De laatste reservebroek is aan. Neem je morgen een nieuwe mee?</p>"),
    ("Kijk eens!", "<p>Noortje wilde dat jullie dit vandaag nog te zien krijgen.</p>"),
];

/// A word parents use, and what the group answers to it.
const ANSWERS: [(&str, &str); 8] = [
    ("ziek", "<p>Wat sneu! Beterschap namens de hele groep, en een dikke knuffel.</p>"),
    ("koorts", "<p>Ach, wat vervelend. Beterschap, we horen graag hoe het morgen gaat.</p>"),
    ("ophalen", "<p>Fijn dat je het laat weten, we zorgen dat alles klaarligt.</p>"),
    ("haalt", "<p>Dank je wel, dan weten we wie er straks aan de deur staat.</p>"),
    (
        "slaap",
        "<p>Goed om te weten. We kijken vandaag hoe het slapen gaat en schrijven het op.</p>",
    ),
    ("jarig", "<p>Wat leuk! De kroon ligt klaar en we gaan natuurlijk zingen.</p>"),
    ("dank", "<p>Graag gedaan, en wat lief dat je even schrijft!</p>"),
    ("?", "<p>Goede vraag, ik overleg even met mijn collega's en kom er vandaag op terug.</p>"),
];

const ANSWER: &str = "<p>Dank je wel voor je bericht, fijn dat je het even laat weten!</p>";

/// What the group answers to a parent's message.
fn answer_to(html: &str) -> &'static str {
    let html = html.to_lowercase();
    ANSWERS.iter().find(|(word, _)| html.contains(word)).map_or(ANSWER, |(_, answer)| answer)
}

/// Posts photos, reports and messages in turn with `pause` between them, answers what parents write
/// and judges what they ask a little later, until it is dropped.
pub async fn live(nursery: Nursery, pause: Duration) {
    let look = pause / LOOKS;
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + look, look);
    let mut seen = HashSet::new();
    let mut asked = HashSet::new();
    for turn in 1_u32.. {
        tick.tick().await;
        if let Err(error) = answer(&nursery, &mut seen).await {
            tracing::warn!(%error, "nothing answered");
        }
        if let Err(error) = judge(&nursery, &mut asked).await {
            tracing::warn!(%error, "nothing judged");
        }
        if turn % LOOKS == 0
            && let Err(error) = post(&nursery, turn as usize / LOOKS as usize - 1).await
        {
            tracing::warn!(%error, "nothing posted");
        }
    }
}

async fn post(nursery: &Nursery, turn: usize) -> Result<(), NurseryError> {
    let child = Some("Noortje".to_owned());
    match turn % 4 {
        2 => {
            let html = REPORTS[turn / 4 % REPORTS.len()].to_owned();
            nursery.post_report(NewReport { child, html, ..NewReport::default() }).await?;
        }
        3 => {
            let number = turn / 4 % LETTERS.len();
            let (subject, html) = LETTERS[number];
            let letter = NewConversation {
                child,
                subject: subject.to_owned(),
                html: html.to_owned(),
                photos: u32::from(number == 2) * 2,
                ..NewConversation::default()
            };
            nursery.begin_conversation(letter).await?;
        }
        _ => {
            let photos = NewPhotos {
                child,
                count: Some(1 + u32::from(turn.is_multiple_of(2)) * 2),
                caption: Some(CAPTIONS[turn % CAPTIONS.len()].to_owned()),
                ..NewPhotos::default()
            };
            nursery.post_photos(photos).await?;
        }
    }
    Ok(())
}

/// Answers what parents wrote when it was there at the last look too.
async fn answer(nursery: &Nursery, seen: &mut HashSet<(String, i64)>) -> Result<(), NurseryError> {
    let waiting = nursery.change(|db| Ok(unanswered(db)?)).await?;
    let before = std::mem::take(seen);
    for (conversation, position, html) in waiting {
        let message = (conversation, position);
        if before.contains(&message) {
            let html = answer_to(&html).to_owned();
            let answer = StaffAnswer { html, ..StaffAnswer::default() };
            nursery.answer(&message.0, answer).await?;
        } else {
            seen.insert(message);
        }
    }
    Ok(())
}

/// Why the group says no to one request in five.
const NO: [&str; 3] = [
    "De groep is die dag vol.",
    "We hebben die dag te weinig medewerkers.",
    "We zijn die dag met de groep op pad.",
];

/// Judges what parents asked when it was there at the last look too.
async fn judge(nursery: &Nursery, seen: &mut HashSet<String>) -> Result<(), NurseryError> {
    let waiting = nursery.change(|db| Ok(unjudged(db)?)).await?;
    let before = std::mem::take(seen);
    for line in waiting {
        if before.contains(&line) {
            let chance = line.bytes().map(usize::from).sum::<usize>();
            let approve = !chance.is_multiple_of(5);
            let reason = (!approve).then(|| NO[chance / 5 % NO.len()].to_owned());
            nursery.decide_line(&line, Decision { approve, reason }).await?;
        } else {
            seen.insert(line);
        }
    }
    Ok(())
}

/// The lines parents asked for that nobody judged.
fn unjudged(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut query = db.prepare_cached(
        "SELECT care_line.id FROM care_line
         JOIN care_request ON care_request.id = care_line.request
         WHERE status = 'asked' AND verdict IS NULL AND key IS NOT NULL",
    )?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// The last messages of conversations in which a parent's write came last.
fn unanswered(db: &Connection) -> rusqlite::Result<Vec<(String, i64, String)>> {
    let mut query = db.prepare_cached(
        "SELECT conversation, position, html FROM message
         JOIN conversation ON conversation.id = message.conversation
         WHERE last_from_parent AND key IS NOT NULL
           AND position = (SELECT max(position) FROM message AS last
                           WHERE last.conversation = message.conversation)",
    )?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{Options, Size};
    use crate::truth::Truth;

    #[tokio::test]
    async fn a_day_at_the_nursery_brings_photos_reports_and_messages() {
        let folder = tempfile::tempdir().unwrap();
        let now = Some("2026-03-16T07:00:00Z".parse().unwrap());
        let options = Options { now, ..Options::new(folder.path(), Size::Small) };
        let portal = crate::start(options).await.unwrap();
        let nursery = portal.nursery();
        let before = nursery.truth(None).await.unwrap();
        let asked = "UPDATE conversation SET last_from_parent = 1; UPDATE message SET key = 'k'";
        nursery.change(move |db| Ok(db.execute_batch(asked)?)).await.unwrap();
        let day = tokio::spawn(live(nursery.clone(), Duration::from_millis(5)));
        let messages =
            |truth: &Truth| truth.conversations.iter().map(|one| one.messages.len()).sum::<usize>();
        loop {
            let truth = nursery.truth(None).await.unwrap();
            let photos = truth.photo_ids().len() - before.photo_ids().len();
            let reports =
                truth.cards.iter().filter(|card| card.html.as_deref() == Some(REPORTS[0]));
            let begun = truth.conversations.len() - before.conversations.len();
            let answered = messages(&truth) - messages(&before) - begun;
            if photos >= 4 && reports.count() > 0 && begun > 0 {
                assert_eq!(answered, before.conversations.len(), "each once");
                break;
            }
        }
        day.abort();
    }

    #[tokio::test]
    async fn what_parents_ask_is_judged_after_a_little_while() {
        let folder = tempfile::tempdir().unwrap();
        let now = Some("2026-03-16T07:00:00Z".parse().unwrap());
        let options = Options { now, ..Options::new(folder.path(), Size::Small) };
        let portal = crate::start(options).await.unwrap();
        let nursery = portal.nursery();
        let open = async || nursery.open_requests(None).await.unwrap();
        let waiting = open().await;
        assert!(!waiting.is_empty());
        // What was asked before the demo began is left for who shows it.
        let mut seen = HashSet::new();
        for _ in 0..2 {
            judge(&nursery, &mut seen).await.unwrap();
        }
        assert_eq!(open().await, waiting);
        let asked = "UPDATE care_request SET key = 'k'";
        nursery.change(move |db| Ok(db.execute_batch(asked)?)).await.unwrap();
        judge(&nursery, &mut seen).await.unwrap();
        assert_eq!(open().await.len(), waiting.len(), "not at the first look");
        judge(&nursery, &mut seen).await.unwrap();
        assert!(open().await.is_empty());
    }

    #[test]
    fn an_answer_fits_what_was_written() {
        assert!(answer_to("<p>Noortje is vandaag ZIEK</p>").contains("Beterschap"));
        assert_eq!(answer_to("<p>Hoi</p>"), ANSWER);
    }
}
