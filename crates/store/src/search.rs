//! Finding texts by their words, newest first.

use crate::fragments::{self, Wanted};
use crate::search_index::{Source, first_number};
use crate::{NoCursor, Store, StoreError, card_children, day, findable};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use schriftje_model::{
    ArticleId, CardId, ChildId, ConversationId, Day, FindKind, Found, FoundPlace, MessageId,
    NewsletterId, PhotoId,
};
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words as they were typed. Every one must stand there, itself or in another form; the
    /// last may be the beginning of one, unless something follows it.
    pub words: String,
    /// Only what is about one of these children; empty means every child.
    pub children: Vec<ChildId>,
    /// Only these kinds; empty means every kind.
    pub kinds: Vec<FindKind>,
    /// From this day on.
    pub from: Option<Day>,
    /// Up to and including this day.
    pub until: Option<Day>,
    /// Go on after this.
    pub after: Option<SearchCursor>,
    /// How much at most.
    pub limit: u32,
}

/// A page of what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPage {
    /// What was found, newest first.
    pub found: Vec<Found>,
    /// Where the next page begins; `None` when there is none.
    pub next: Option<SearchCursor>,
}

/// A place in what was found. Its text form is opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchCursor(i64);

impl fmt::Display for SearchCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for SearchCursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        text.parse().map(Self).map_err(|_| NoCursor)
    }
}

impl Store {
    /// A page of what holds all the words. Nothing is found by no words.
    pub async fn search(&self, query: SearchQuery) -> Result<SearchPage, StoreError> {
        self.0.cache.read(move |c| page(c, &query)).await
    }
}

/// So many words say what is meant; more would only slow the answer.
const MOST_WORDS: usize = 16;

fn page(c: &Connection, query: &SearchQuery) -> rusqlite::Result<SearchPage> {
    let mut wanted = Wanted::parse(&query.words);
    wanted.truncate(MOST_WORDS);
    if wanted.is_empty() || query.limit == 0 || !is_there(c)? {
        return Ok(SearchPage::default());
    }
    let from = query.from.map_or(i64::MIN, |from| first_number(day::number(from), 0));
    let until = query.until.map_or(i64::MAX, |until| first_number(day::number(until) + 1, 0));
    let before = query.after.map_or(until, |SearchCursor(after)| after.min(until));
    let kind = |kind| query.kinds.is_empty() || query.kinds.contains(&kind);
    let mut values: Vec<Value> = vec![expression(&wanted).into(), from.into(), before.into()];
    for wanted in [
        FindKind::Diary,
        FindKind::Caption,
        FindKind::Message,
        FindKind::News,
        FindKind::Newsletter,
    ] {
        values.push(kind(wanted).into());
    }
    let mut sql = EVERY_CHILD;
    if !query.children.is_empty() {
        sql = SOME_CHILDREN;
        values.push(serde_json::to_string(&query.children).unwrap_or_else(|_| "[]".into()).into());
    }
    let mut statement = c.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut page = SearchPage::default();
    let mut last = None;
    while let Some(row) = rows.next()? {
        if page.found.len() >= query.limit as usize {
            page.next = last;
            break;
        }
        last = Some(SearchCursor(row.get(0)?));
        page.found.extend(show(c, source(row)?, &wanted)?);
    }
    Ok(page)
}

/// Whether there is an index: a folder that cannot be written may be from before.
fn is_there(c: &Connection) -> rusqlite::Result<bool> {
    c.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = 'search_index'")?.exists([])
}

pub(crate) const EVERY_CHILD: &str =
    "SELECT f.n, f.card, f.photo, f.message, f.conversation, f.article,
            f.newsletter
     FROM search_index AS s CROSS JOIN findable AS f ON f.n = s.rowid
     WHERE search_index MATCH ?1 AND s.rowid >= ?2 AND s.rowid < ?3
       AND ((?4 AND f.card IS NOT NULL) OR (?5 AND f.photo IS NOT NULL)
            OR (?6 AND coalesce(f.message, f.conversation) IS NOT NULL)
            OR (?7 AND f.article IS NOT NULL) OR (?8 AND f.newsletter IS NOT NULL))
     ORDER BY s.rowid DESC";
/// News and newsletters are about no child. A plain portal tells of a conversation only what its children are called.
pub(crate) const SOME_CHILDREN: &str =
    "SELECT f.n, f.card, f.photo, f.message, f.conversation, f.article,
            f.newsletter
     FROM search_index AS s CROSS JOIN findable AS f ON f.n = s.rowid
     WHERE search_index MATCH ?1 AND s.rowid >= ?2 AND s.rowid < ?3
       AND ((?4 AND f.card IS NOT NULL) OR (?5 AND f.photo IS NOT NULL)
            OR (?6 AND coalesce(f.message, f.conversation) IS NOT NULL)
            OR (?7 AND f.article IS NOT NULL) OR (?8 AND f.newsletter IS NOT NULL))
       AND CASE
           WHEN f.card IS NOT NULL THEN EXISTS (
               SELECT 1 FROM card_children WHERE card = f.card
                   AND child IN (SELECT value FROM json_each(?9)))
           WHEN f.photo IS NOT NULL THEN EXISTS (
               SELECT 1 FROM card_photos AS cp CROSS JOIN card_children AS cc ON cc.card = cp.card
               WHERE cp.photo = f.photo AND cc.child IN (SELECT value FROM json_each(?9)))
           ELSE EXISTS (
               SELECT 1 FROM conversations AS b
               WHERE b.n = coalesce((SELECT conversation FROM messages WHERE n = f.message),
                                    f.conversation)
                 AND (EXISTS (SELECT 1 FROM json_each(b.children)
                              WHERE value IN (SELECT value FROM json_each(?9)))
                      OR (b.children = '[]' AND EXISTS (
                          SELECT 1 FROM json_each(b.child_names)
                          WHERE value IN (SELECT first_name FROM children WHERE id IN
                                          (SELECT value FROM json_each(?9)))))))
           END
     ORDER BY s.rowid DESC";

/// What the index is asked: every word in the text or its subject, and one in the text itself.
/// Words hold letters and digits alone, so that nothing in them means anything to the index.
fn expression(wanted: &[Wanted]) -> String {
    let mut every = String::new();
    let mut one = String::new();
    for wanted in wanted {
        if !every.is_empty() {
            every.push_str(" AND ");
            one.push_str(" OR ");
        }
        let _ = write!(every, "({})", word(wanted, "{words subject}", "{stems subject_stems}"));
        let _ = write!(one, "({})", word(wanted, "{words}", "{stems}"));
    }
    format!("({one}) AND {every}")
}

fn word(wanted: &Wanted, words: &str, stems: &str) -> String {
    let any: Vec<String> = wanted.stems.iter().map(|stem| format!("\"{stem}\"")).collect();
    let form = format!("{stems} : ({})", any.join(" OR "));
    if wanted.begins { format!("{words} : \"{}\" * OR {form}", wanted.folded) } else { form }
}

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(if let Some(n) = row.get(1)? {
        Source::Card(n)
    } else if let Some(n) = row.get(2)? {
        Source::Photo(n)
    } else if let Some(n) = row.get(3)? {
        Source::Message(n)
    } else if let Some(n) = row.get(4)? {
        Source::Conversation(n)
    } else if let Some(n) = row.get(5)? {
        Source::Article(n)
    } else {
        Source::Newsletter(row.get(6)?)
    })
}

fn show(c: &Connection, source: Source, wanted: &[Wanted]) -> rusqlite::Result<Option<Found>> {
    let Some(text) = findable::load(c, source)? else { return Ok(None) };
    let Some(around) = surroundings(c, source)? else { return Ok(None) };
    Ok(Some(Found {
        kind: match source {
            Source::Card(_) => FindKind::Diary,
            Source::Photo(_) => FindKind::Caption,
            Source::Message(_) | Source::Conversation(_) => FindKind::Message,
            Source::Article(_) => FindKind::News,
            Source::Newsletter(_) => FindKind::Newsletter,
        },
        place: around.place,
        day: text.day,
        title: around.title.filter(|title| !title.is_empty()),
        child_names: around.child_names,
        fragments: fragments::around(&text.text, wanted),
    }))
}

/// Where a text stands.
struct Surroundings {
    place: FoundPlace,
    title: Option<String>,
    child_names: Vec<String>,
}

pub(crate) const OF_CARD: &str =
    "SELECT cards.id, author FROM cards CROSS JOIN entries ON card = n WHERE n = ?1";
pub(crate) const OF_PHOTO: &str = "SELECT cards.id, photos.id, cards.n
     FROM photos CROSS JOIN card_photos ON photo = photos.n
     CROSS JOIN cards ON cards.n = card_photos.card WHERE photos.n = ?1 LIMIT 1";
pub(crate) const OF_PHOTO_IN_MESSAGE: &str = "SELECT conversation, messages.id
     FROM message_photos CROSS JOIN messages ON messages.n = message WHERE photo = ?1 LIMIT 1";
pub(crate) const OF_MESSAGE: &str =
    "SELECT conversation, id, child_name FROM messages WHERE n = ?1";
pub(crate) const OF_CONVERSATION: &str =
    "SELECT id, subject, child_names, children FROM conversations WHERE n = ?1";

pub(crate) const OF_ARTICLE: &str = "SELECT id, title FROM articles WHERE n = ?1";
pub(crate) const OF_NEWSLETTER: &str = "SELECT id, subject FROM newsletters WHERE n = ?1";

fn surroundings(c: &Connection, source: Source) -> rusqlite::Result<Option<Surroundings>> {
    match source {
        Source::Card(n) => {
            let child_names = names_on_card(c, n)?;
            c.prepare_cached(OF_CARD)?
                .query_row([n], |row| {
                    let place = FoundPlace::Card { card: CardId(row.get(0)?) };
                    Ok(Surroundings { place, title: row.get(1)?, child_names })
                })
                .optional()
        }
        Source::Photo(n) => {
            let on_card: Option<(FoundPlace, i64)> = c
                .prepare_cached(OF_PHOTO)?
                .query_row([n], |row| {
                    let (card, photo) = (CardId(row.get(0)?), PhotoId(row.get(1)?));
                    Ok((FoundPlace::Photo { card, photo }, row.get(2)?))
                })
                .optional()?;
            if let Some((place, card)) = on_card {
                let child_names = names_on_card(c, card)?;
                return Ok(Some(Surroundings { place, title: None, child_names }));
            }
            let in_message = c
                .prepare_cached(OF_PHOTO_IN_MESSAGE)?
                .query_row([n], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            in_message.map_or(Ok(None), |(conversation, id): (_, String)| {
                of_conversation(c, conversation, Some(MessageId(id)), None)
            })
        }
        Source::Message(n) => {
            let (conversation, id, child) = c
                .prepare_cached(OF_MESSAGE)?
                .query_row([n], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            of_conversation(c, conversation, Some(MessageId(id)), child)
        }
        Source::Conversation(n) => of_conversation(c, n, None, None),
        Source::Article(n) => {
            of_bulletin(c, OF_ARTICLE, n, |id| FoundPlace::News { article: ArticleId(id) })
        }
        Source::Newsletter(n) => of_bulletin(c, OF_NEWSLETTER, n, |id| FoundPlace::Newsletter {
            newsletter: NewsletterId(id),
        }),
    }
}

fn of_bulletin(
    c: &Connection,
    sql: &str,
    n: i64,
    place: fn(String) -> FoundPlace,
) -> rusqlite::Result<Option<Surroundings>> {
    c.prepare_cached(sql)?
        .query_row([n], |row| {
            Ok(Surroundings { place: place(row.get(0)?), title: row.get(1)?, child_names: vec![] })
        })
        .optional()
}

fn names_on_card(c: &Connection, n: i64) -> rusqlite::Result<Vec<String>> {
    Ok(card_children::load(c, n)?.into_iter().map(|child| child.first_name).collect())
}

fn of_conversation(
    c: &Connection,
    n: i64,
    message: Option<MessageId>,
    child: Option<String>,
) -> rusqlite::Result<Option<Surroundings>> {
    let list = |json: &str| -> rusqlite::Result<Vec<String>> {
        serde_json::from_str(json).map_err(|_| day::unreadable(2))
    };
    let found = c
        .prepare_cached(OF_CONVERSATION)?
        .query_row([n], |row| {
            Ok((
                ConversationId(row.get(0)?),
                row.get(1)?,
                list(row.get_ref(2)?.as_str()?)?,
                list(row.get_ref(3)?.as_str()?)?,
            ))
        })
        .optional()?;
    let Some((conversation, title, mut child_names, children)) = found else { return Ok(None) };
    if let Some(child) = child {
        child_names = vec![child];
    } else if child_names.is_empty() {
        let mut name = c.prepare_cached("SELECT first_name FROM children WHERE id = ?1")?;
        for id in children {
            child_names.extend(name.query_row([id], |row| row.get::<_, String>(0)).optional()?);
        }
    }
    let place = FoundPlace::Conversation { conversation, message };
    Ok(Some(Surroundings { place, title, child_names }))
}
