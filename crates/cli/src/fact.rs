//! What the portal tells of the place and the family, as it is kept. `sync` reads it.

use crate::output::Output;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::{AppError, ErrorCode, FactAnswer};
use schriftje_model::{Fact, FactKind};

/// A piece; nothing while it was never read.
///
/// # Errors
/// [`ErrorCode::WritingNotOffered`] at a portal that does not tell it.
pub async fn kept(app: &App, kind: FactKind, output: &Output) -> Result<Option<Fact>, AppError> {
    let FactAnswer { fact, offered, trouble, .. } = app.fact(kind).await?;
    if fact.is_none() && offered == Some(false) {
        let error = "the portal does not tell this to programs";
        return Err(AppError::new(ErrorCode::WritingNotOffered, error));
    }
    if let Some(trouble) = trouble {
        output.message(&output.say(&trouble));
    }
    Ok(fact)
}

/// In words, or that it was never read.
pub fn or_not_read<T>(known: Option<&T>, words: &Words, text: impl FnOnce(&T) -> String) -> String {
    known.map_or_else(|| words.not_read_yet.to_owned(), text)
}
