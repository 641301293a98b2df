//! `pages`: what the organisation writes for parents.

use crate::arguments::Pages;
use crate::fact;
use crate::messages::{harmless, local};
use crate::output::Output;
use schriftje_app::App;
use schriftje_app::api::AppError;
use schriftje_app::words_of_html;
use schriftje_model::{Fact, FactKind, InfoPage, InfoPageTitle};
use std::fmt::Write;

/// Lists pages, or shows one.
pub async fn run(app: &App, command: Pages, output: &Output) -> Result<(), AppError> {
    match command {
        Pages::List => {
            let known = match fact::kept(app, FactKind::Pages, output).await? {
                Some(Fact::Pages(pages)) => Some(pages),
                _ => None,
            };
            output.answer(&known, |known| {
                fact::or_not_read(known.as_ref(), output.words, |pages| list(pages))
            });
        }
        Pages::Show { id } => {
            let Some(Fact::Page(page)) = fact::kept(app, FactKind::Page(id), output).await? else {
                return Err(AppError::not_found("page"));
            };
            output.answer(&page, show);
        }
    }
    Ok(())
}

fn list(pages: &[InfoPageTitle]) -> String {
    let mut text = String::new();
    for InfoPageTitle { id, title, summary, .. } in pages {
        let _ = writeln!(text, "{id}  {title}  {summary}");
    }
    harmless(&text)
}

fn show(page: &InfoPage) -> String {
    let changed = page.changed_at.map(local).unwrap_or_default();
    let mut text = format!("{}  {changed}\n\n{}\n", page.title, words_of_html(&page.html));
    for file in &page.files {
        let _ = writeln!(text, "▤ {}", file.name);
    }
    harmless(&text)
}
