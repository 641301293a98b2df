//! The texts that can be found, as they are indexed and shown.

use crate::search_index::{FAR, Source};
use crate::{day, rhythm};
use rusqlite::{Connection, OptionalExtension};
use schriftje_model::{Day, RhythmMoment, day_of_epoch_ms, midnight_epoch_ms};

/// A text that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Findable {
    /// Its day in Amsterdam.
    pub day: Day,
    /// When on that day, in seconds; what has no time comes at its end.
    pub second: i64,
    /// The text.
    pub text: String,
    /// What it is about. It counts for a text that holds one of the words itself.
    pub subject: String,
}

impl Findable {
    pub fn day_number(&self) -> i64 {
        day::number(self.day)
    }
}

pub(crate) const CARD: &str = "SELECT day, text FROM entries CROSS JOIN cards ON cards.n = card
     WHERE card = ?1";
pub(crate) const PHOTO: &str = "SELECT day, caption FROM photos WHERE n = ?1";
pub(crate) const MESSAGE: &str = "SELECT coalesce(at, last_written), text, subject
     FROM messages CROSS JOIN conversations ON conversations.n = conversation
     WHERE messages.n = ?1";
pub(crate) const CONVERSATION: &str =
    "SELECT last_written, subject, iif(thread_hash IS NULL, snippet, '')
     FROM conversations WHERE n = ?1";

// Until all of it is here, what the list says of it.
pub(crate) const ARTICLE: &str =
    "SELECT published, title, iif(text = '', snippet, text) FROM articles WHERE n = ?1";
pub(crate) const NEWSLETTER: &str =
    "SELECT sent, subject, iif(text = '', snippet, text) FROM newsletters WHERE n = ?1";

/// Reads a text; `None` when it is not there (any more).
pub(crate) fn load(c: &Connection, source: Source) -> rusqlite::Result<Option<Findable>> {
    match source {
        Source::Card(n) => card(c, n),
        Source::Photo(n) => c
            .prepare_cached(PHOTO)?
            .query_row([n], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?)))
            .optional()?
            .map(|(number, caption)| on_day(number, 86_398, caption.unwrap_or_default()))
            .transpose(),
        Source::Message(n) => c
            .prepare_cached(MESSAGE)?
            .query_row([n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?
            .map(|(at, text, subject)| at_instant(at, text, subject))
            .transpose(),
        // Until its messages are here, what the list says of the last one.
        Source::Conversation(n) => below_a_line(c, CONVERSATION, n),
        Source::Article(n) => below_a_line(c, ARTICLE, n),
        Source::Newsletter(n) => below_a_line(c, NEWSLETTER, n),
    }
}

/// An instant, a line, and the text below it.
fn below_a_line(c: &Connection, sql: &str, n: i64) -> rusqlite::Result<Option<Findable>> {
    let found: Option<(i64, String, String)> = c
        .prepare_cached(sql)?
        .query_row([n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    found
        .map(|(at, line, text)| at_instant(at, format!("{line}\n{text}"), String::new()))
        .transpose()
}

fn card(c: &Connection, n: i64) -> rusqlite::Result<Option<Findable>> {
    let entry: Option<(i64, String)> =
        c.prepare_cached(CARD)?.query_row([n], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((number, mut text)) = entry else { return Ok(None) };
    for moment in rhythm::load(c, n)? {
        text.push('\n');
        text.push_str(&line(&moment));
    }
    on_day(number, 86_399, text).map(Some)
}

/// A moment of the day rhythm on one line.
fn line(moment: &RhythmMoment) -> String {
    let parts: Vec<&str> = std::iter::once(&moment.title)
        .chain(&moment.subtitle)
        .chain(&moment.entries)
        .chain(&moment.remarks)
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}

fn on_day(number: i64, second: i64, text: String) -> rusqlite::Result<Findable> {
    Ok(Findable { day: day::from_number(number)?, second, text, subject: String::new() })
}

/// A day, in milliseconds.
const DAY_MS: i64 = 86_400_000;

fn at_instant(at: i64, text: String, subject: String) -> rusqlite::Result<Findable> {
    let at = at.clamp(-FAR * DAY_MS, FAR * DAY_MS);
    let day = day_of_epoch_ms(at).ok_or(rusqlite::Error::IntegralValueOutOfRange(0, at))?;
    let second = (at - midnight_epoch_ms(day)) / 1000;
    Ok(Findable { day, second, text, subject })
}
