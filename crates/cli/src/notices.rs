//! `notices`: what the organisation tells the parent of, and in which way.

use crate::arguments::Notices;
use crate::fact;
use crate::messages::harmless;
use crate::output::Output;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::AppError;
use schriftje_model::{Fact, FactKind, PortalNotices};
use std::fmt::Write;

/// Lists them.
pub async fn run(app: &App, Notices::List: &Notices, output: &Output) -> Result<(), AppError> {
    let known = match fact::kept(app, FactKind::Notices, output).await? {
        Some(Fact::Notices(notices)) => Some(notices),
        _ => None,
    };
    output.answer(&known, |known| {
        fact::or_not_read(known.as_ref(), output.words, |known| list(known, output.words))
    });
    Ok(())
}

fn list(notices: &PortalNotices, words: &Words) -> String {
    let way = |on: Option<bool>| match on {
        Some(true) => words.on,
        Some(false) => words.off,
        None => words.not_offered,
    };
    let mut text = format!("{}\n", notices.email);
    for item in &notices.items {
        let (email, push) = (way(item.email), way(item.push));
        let (by_mail, by_app) = (words.by_mail, words.by_app);
        let _ = writeln!(text, "{}  {by_mail}: {email}  {by_app}: {push}", item.name);
    }
    harmless(&text)
}
