//! `news` and `newsletters`: what the organisation tells all parents.

use crate::arguments::Bulletins;
use crate::messages::{harmless, local};
use crate::output::Output;
use crate::words::Words;
use chrono::{DateTime, Utc};
use schriftje_app::App;
use schriftje_app::api::{AppError, WholeArticle, WholeNewsletter};
use schriftje_app::words_of_html;
use schriftje_model::{
    Article, ArticleId, ArticlePart, AttachedFile, Fact, FactKind, Newsletter, NewsletterId,
};
use serde::Serialize;
use std::fmt::Write;

/// Items read in one go.
const PAGE: u32 = 200;

/// The answer of `news show`: all of it, and the files that come with it.
#[derive(Serialize)]
struct News {
    #[serde(flatten)]
    whole: WholeArticle,
    files: Vec<AttachedFile>,
}

/// Lists news, or shows an item.
pub async fn news(app: &App, command: Bulletins, output: &Output) -> Result<(), AppError> {
    match command {
        Bulletins::List { limit } => {
            let mut all: Vec<Article> = Vec::new();
            let mut after = None;
            while let Some(left) = left(limit, all.len()) {
                let page = app.articles(after, left).await?;
                all.extend(page.articles);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            output.answer(&all, |all| {
                let line =
                    |one: &Article| line(one.unread, one.id.as_str(), one.published, &one.title);
                all.iter().map(line).collect()
            });
        }
        Bulletins::Show { id } => {
            let id = ArticleId(id);
            let whole = app.open_article(id.clone()).await?;
            if let Some(trouble) = &whole.trouble {
                output.message(&output.say(trouble));
            }
            let news = News { whole, files: files(app, id).await? };
            output.answer(&news, |news| show_news(news, output.words));
        }
    }
    Ok(())
}

/// Lists newsletters, or shows one.
pub async fn newsletters(app: &App, command: Bulletins, output: &Output) -> Result<(), AppError> {
    match command {
        Bulletins::List { limit } => {
            let mut all: Vec<Newsletter> = Vec::new();
            let mut after = None;
            while let Some(left) = left(limit, all.len()) {
                let page = app.newsletters(after, left).await?;
                all.extend(page.newsletters);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            output.answer(&all, |all| {
                let line =
                    |one: &Newsletter| line(one.unread, one.id.as_str(), one.sent, &one.subject);
                all.iter().map(line).collect()
            });
        }
        Bulletins::Show { id } => {
            let whole = app.open_newsletter(NewsletterId(id)).await?;
            if let Some(trouble) = &whole.trouble {
                output.message(&output.say(trouble));
            }
            output.answer(&whole, show_newsletter);
        }
    }
    Ok(())
}

/// How many the next page may hold; nothing when there are enough.
fn left(limit: u32, read: usize) -> Option<u32> {
    let left = limit.saturating_sub(u32::try_from(read).unwrap_or(u32::MAX));
    (left > 0).then(|| left.min(PAGE))
}

/// The files of a news item: read anew where that is possible, else as they were read last.
async fn files(app: &App, id: ArticleId) -> Result<Vec<AttachedFile>, AppError> {
    let of = FactKind::NewsFiles(id);
    // Without the portal, or at one without files, what is here has to do.
    drop(app.refresh_fact(of.clone()).await);
    Ok(match app.fact(of).await?.fact {
        Some(Fact::NewsFiles(files)) => files,
        _ => Vec::new(),
    })
}

fn line(unread: bool, id: &str, at: DateTime<Utc>, title: &str) -> String {
    let mark = if unread { "*" } else { " " };
    format!("{}\n", harmless(&format!("{mark} {id}  {}  {title}", local(at)).replace('\n', " ")))
}

fn show_news(news: &News, words: &Words) -> String {
    let article = &news.whole.article;
    let mut text = format!("{}  {}\n", local(article.published), article.title);
    for part in &news.whole.parts {
        let _ = match part {
            ArticlePart::Text { html } => writeln!(text, "\n{}", words_of_html(html)),
            ArticlePart::Picture { photo } => {
                writeln!(text, "\n◻ {}", photo.caption.as_deref().unwrap_or_default())
            }
        };
    }
    if news.whole.parts.is_empty() {
        let _ = writeln!(text, "\n{}", article.snippet);
    }
    if news.whole.has_video {
        let _ = writeln!(text, "\n{}", words.film);
    }
    for file in &news.files {
        let _ = writeln!(text, "▤ {}", file.name);
    }
    harmless(&text)
}

fn show_newsletter(whole: &WholeNewsletter) -> String {
    let letter = &whole.newsletter;
    let words = whole.html.as_deref().map(words_of_html);
    let words = words.unwrap_or_else(|| letter.snippet.clone());
    harmless(&format!("{}  {}\n\n{words}", local(letter.sent), letter.subject))
}
