//! `documents`: invoices, annual statements and other documents, from what is here, and saving them.

use crate::arguments::{Documents, DocumentsDo};
use crate::messages::harmless;
use crate::output::Output;
use crate::words::Words;
use crate::{places, save};
use schriftje_app::App;
use schriftje_app::api::{AppError, SaveWhat};
use schriftje_model::{Document, DocumentKind};
use std::fmt::Write;
use std::process::ExitCode;

/// Lists documents, or saves them.
pub async fn run(app: &App, command: Documents, output: &Output) -> Result<ExitCode, AppError> {
    let which = match command.command {
        Some(DocumentsDo::Save { to, which }) => {
            let kind = which.kind.map(DocumentKind::from);
            let what = SaveWhat::AllDocuments { kind, year: which.year };
            return save::run(app, what, &places::absolute(&to)?, output).await;
        }
        None => command.which,
    };
    let known = app.documents(which.kind.map(DocumentKind::from), which.year).await?;
    output.answer(&known.documents, |documents| list(documents, output.words));
    Ok(ExitCode::SUCCESS)
}

fn list(documents: &[Document], words: &Words) -> String {
    if documents.is_empty() {
        return words.no_documents.to_owned();
    }
    let mut text = String::new();
    for Document { kind, day, subject, has_file, here, .. } in documents {
        let kind = match kind {
            DocumentKind::Invoice => words.invoice,
            DocumentKind::AnnualStatement => words.annual_statement,
            DocumentKind::Other => words.document,
        };
        let mark = if *here { "*" } else { " " };
        let _ = write!(text, "{mark} {day}  {kind}  {subject}");
        if !has_file {
            let _ = write!(text, "  ({})", words.no_file);
        }
        text.push('\n');
    }
    harmless(&text)
}
