//! Finding words, against the bare full-text query: the same texts in a plain FTS5 table,
//! unencrypted and in memory, asked for the newest thirty.

use super::query::{RUNS, median};
use super::sync::{Synced, app};
use anyhow::Result;
use rusqlite::Connection;
use schriftje_app::App;
use schriftje_app::api::{SearchQuery, TimelineQuery};
use std::time::Instant;

/// What is looked for: a word in nearly every text, one in some, two together, and half a word.
const WORDS: [&str; 4] = ["de ", "slapen ", "buiten gespeeld ", "kast"];

/// Milliseconds for each of [`WORDS`].
pub struct Searches {
    texts: usize,
    ours: [f64; WORDS.len()],
    bare: [f64; WORDS.len()],
}

/// Searches an account that was synced before.
pub async fn measure(synced: &Synced) -> Result<Searches> {
    let app = app(&synced.data).await?;
    let texts = texts(&app).await?;
    let bare = bare(&texts)?;
    let mut searches =
        Searches { texts: texts.len(), ours: [0.0; WORDS.len()], bare: [0.0; WORDS.len()] };
    for (n, words) in WORDS.iter().enumerate() {
        let query = SearchQuery { words: (*words).to_owned(), limit: 30, ..SearchQuery::default() };
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let began = Instant::now();
            app.search(query.clone()).await?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        searches.ours[n] = median(times);
        let asked = match words.strip_suffix(' ') {
            Some(whole) => whole.to_owned(),
            None => format!("{words}*"),
        };
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let began = Instant::now();
            let mut query = bare.prepare_cached(
                "SELECT text FROM texts WHERE texts MATCH ?1 ORDER BY rowid DESC LIMIT 30",
            )?;
            let found = query.query_map([&asked], |row| row.get::<_, String>(0))?;
            std::hint::black_box(found.collect::<Result<Vec<_>, _>>()?);
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        searches.bare[n] = median(times);
    }
    app.shutdown().await;
    Ok(searches)
}

/// Every text of the timeline, oldest first.
async fn texts(app: &App) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    let mut after = None;
    loop {
        let query = TimelineQuery { after, limit: 200, ..TimelineQuery::default() };
        let page = app.timeline(query).await?;
        for card in page.cards {
            let photos = card.photos.into_iter().filter_map(|photo| photo.caption);
            texts.extend(photos);
            texts.extend(card.entry.map(|entry| entry.text));
        }
        after = page.next;
        if after.is_none() {
            texts.reverse();
            return Ok(texts);
        }
    }
}

fn bare(texts: &[String]) -> Result<Connection> {
    let mut bare = Connection::open_in_memory()?;
    bare.execute_batch(
        "CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')",
    )?;
    let all = bare.transaction()?;
    for text in texts {
        all.prepare_cached("INSERT INTO texts (text) VALUES (?1)")?.execute([text])?;
    }
    all.commit()?;
    Ok(bare)
}

/// The table.
pub fn print(rows: &[(&str, &Searches)]) {
    println!("| account | texts | what | `{}` |", WORDS.map(str::trim_end).join("` | `"));
    println!("|---|--:|---|{}", "--:|".repeat(WORDS.len()));
    for (name, searches) in rows {
        for (what, times) in [("search", searches.ours), ("bare FTS5", searches.bare)] {
            let times = times.map(|time| format!("{time:.2}")).join(" | ");
            println!("| `{name}` | {} | {what} | {times} |", searches.texts);
        }
    }
}
