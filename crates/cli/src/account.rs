//! `account`: the parent's own details.

use crate::arguments::Account;
use crate::fact;
use crate::messages::harmless;
use crate::output::Output;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::AppError;
use schriftje_model::{DetailField, Fact, FactKind, OwnDetails};
use std::fmt::Write;

/// Shows them.
pub async fn run(app: &App, Account::Show: &Account, output: &Output) -> Result<(), AppError> {
    let known = match fact::kept(app, FactKind::OwnDetails, output).await? {
        Some(Fact::OwnDetails(details)) => Some(details),
        _ => None,
    };
    output.answer(&known, |known| {
        fact::or_not_read(known.as_ref(), output.words, |known| show(known, output.words))
    });
    Ok(())
}

fn show(details: &OwnDetails, words: &Words) -> String {
    let mut text = format!("{}\n", details.username);
    for field in &details.fields {
        let name = match field.field {
            DetailField::Name => words.name,
            DetailField::Email => words.email,
            DetailField::Phone => words.phone,
            DetailField::Street => words.street,
            DetailField::PostalCode => words.postal_code,
            DetailField::City => words.city,
        };
        let _ = writeln!(text, "  {name}: {}", field.value);
    }
    harmless(&text)
}
