//! `search`: words in what is here.

use crate::arguments::Search;
use crate::commands::children_named;
use crate::output::Output;
use schriftje_app::App;
use schriftje_app::api::{AppError, SearchQuery};
use schriftje_model::{FindKind, Found};
use std::fmt::Write;

/// Finds read in one go.
const PAGE: u32 = 100;

/// Looks for what was typed.
pub async fn run(app: &App, search: Search, output: &Output) -> Result<(), AppError> {
    let children = children_named(app, &search.which).await?;
    let words = search.words.join(" ");
    let mut found: Vec<Found> = Vec::new();
    let mut after = None;
    loop {
        let left = search.limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
        if left == 0 {
            break;
        }
        let page = app
            .search(SearchQuery {
                words: words.clone(),
                children: children.clone(),
                kinds: Vec::new(),
                from: search.which.from,
                until: search.which.until,
                after,
                limit: left.min(PAGE),
            })
            .await?;
        found.extend(page.found);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    output.answer(&found, |found| {
        found.iter().map(|found| show(found, output)).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

fn show(found: &Found, output: &Output) -> String {
    let words = output.words;
    let kind = match found.kind {
        FindKind::Diary => words.diary,
        FindKind::Message => words.message,
        FindKind::Caption => words.caption,
        FindKind::News => words.news,
        FindKind::Newsletter => words.newsletter,
    };
    let mut line = format!("{}  {kind}  {}", found.day, found.child_names.join(" & "));
    if let Some(title) = &found.title {
        let _ = write!(line, "  {title}");
    }
    line.push_str("\n  ");
    for fragment in &found.fragments {
        if fragment.hit {
            let _ = write!(line, "[{}]", fragment.text);
        } else {
            line.push_str(&fragment.text);
        }
    }
    let harmless = line.chars().map(|c| {
        if c == '\n' {
            c
        } else if c.is_control() {
            ' '
        } else {
            c
        }
    });
    harmless.collect()
}
