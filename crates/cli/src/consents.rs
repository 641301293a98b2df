//! `consents`: what the parents were asked to allow or to declare, and answering it. Another parent
//! may answer at the same time: the answer goes out against what was read just before, or not at all.

use crate::arguments::{AnswerConsent, Consents};
use crate::commands::{child_named, children_called};
use crate::fact;
use crate::messages::{harmless, local};
use crate::output::Output;
use crate::requests::names;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::{AppError, ErrorCode};
use schriftje_model::{ChildId, Consent, ConsentAnswer, Fact, FactKind};
use serde::Serialize;
use std::fmt::Write;

/// The answer of `consents answer` when another parent was first: what was to be answered, and
/// what holds.
#[derive(Serialize)]
struct TooLate {
    yours: ConsentAnswer,
    now: Consent,
}

/// Lists them, or answers one.
pub async fn run(app: &App, command: Consents, output: &Output) -> Result<(), AppError> {
    match command {
        Consents::List { child } => {
            let wanted = children_called(app, &child).await?;
            let known = kept(app, output).await?.map(|known| {
                let is_wanted = |one: &Consent| wanted.is_empty() || wanted.contains(&one.child);
                known.into_iter().filter(is_wanted).collect::<Vec<_>>()
            });
            let children = names(app).await?;
            output.answer(&known, |known| {
                fact::or_not_read(known.as_ref(), output.words, |known| {
                    let name = |one: &Consent| children.get(one.child.as_str()).cloned();
                    let line =
                        |one: &Consent| describe(one, &name(one).unwrap_or_default(), output.words);
                    known.iter().map(line).collect()
                })
            });
            Ok(())
        }
        Consents::Answer(answer) => give(app, answer, output).await,
    }
}

async fn kept(app: &App, output: &Output) -> Result<Option<Vec<Consent>>, AppError> {
    Ok(match fact::kept(app, FactKind::Consents, output).await? {
        Some(Fact::Consents(consents)) => Some(consents),
        _ => None,
    })
}

async fn give(app: &App, answer: AnswerConsent, output: &Output) -> Result<(), AppError> {
    let child = child_named(app, &answer.child).await?;
    app.refresh_fact(FactKind::Consents).await?;
    let read = async || Ok::<_, AppError>(kept(app, output).await?.unwrap_or_default());
    let consent = called(&read().await?, &child, &answer.consent)?.clone();
    if !consent.changeable {
        let error = AppError::new(ErrorCode::ValueNotAllowed, "it cannot be answered here");
        return Err(consent.reason.clone().into_iter().fold(error, AppError::saying));
    }
    let yours: ConsentAnswer = answer.answer.into();
    let asks = consent.asks.as_deref().filter(|_| yours == ConsentAnswer::Given);
    if asks.is_some() != answer.words.is_some() {
        let why = asks.map_or(output.words.nothing_to_fill_in.to_owned(), harmless);
        let error =
            AppError::new(ErrorCode::ValueNotAllowed, "something is to be filled in, or not");
        return Err(error.saying(why));
    }
    let name = names(app).await?.remove(child.as_str()).unwrap_or_default();
    if !answer.yes {
        let words = output.words;
        let known = describe(&consent, &name, words);
        let filled_in = answer.words.iter().map(|words| format!(" ({})", harmless(words)));
        let answer = format!("{}{}", said(yours, words), filled_in.collect::<String>());
        let question = format!("{known}{}: {answer}", words.your_answer);
        confirm(&format!("{question}\n{}", words.send_answer))?;
    }
    let (id, etag) = (consent.id.clone(), consent.etag.clone());
    let sent = app.answer_consent(id, etag, yours, answer.words).await;
    let now = read().await?.into_iter().find(|one| one.id == consent.id);
    match (sent, now) {
        (Ok(()), now) => {
            let now = now.unwrap_or(consent);
            output.answer(&now, |now| describe(now, &name, output.words));
            Ok(())
        }
        (Err(error), Some(now)) if error.code == ErrorCode::ChangedMeanwhile => {
            let late = TooLate { yours, now };
            output.answer(&late, |late| late.describe(&name, output.words));
            Err(error)
        }
        (Err(error), _) => Err(error),
    }
}

impl TooLate {
    fn describe(&self, name: &str, words: &Words) -> String {
        let yours = said(self.yours, words);
        let now = describe(&self.now, name, words);
        format!("{}: {yours} ({})\n{}: {now}", words.your_answer, words.not_sent, words.now)
    }
}

/// Asks; anything but a yes is a no.
fn confirm(question: &str) -> Result<(), AppError> {
    Output::ask(question);
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    let line = line.trim().to_lowercase();
    if read.is_ok() && ["j", "ja", "y", "yes"].contains(&line.as_str()) {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::Cancelled, "it was not meant, or nobody said so"))
}

/// The one of the child that is called so. Nothing is guessed where several are.
fn called<'a>(known: &'a [Consent], child: &ChildId, name: &str) -> Result<&'a Consent, AppError> {
    let name = name.trim().to_lowercase();
    let is_called =
        |one: &&Consent| one.title.to_lowercase() == name || one.id.to_lowercase() == name;
    let mut called = known.iter().filter(|one| one.child == *child).filter(is_called);
    let consent = called.next().ok_or_else(|| AppError::not_found("consent"))?;
    if called.next().is_some() {
        return Err(AppError::new(ErrorCode::NothingChosen, "several are called so; give its id"));
    }
    Ok(consent)
}

fn said(answer: ConsentAnswer, words: &Words) -> &'static str {
    match answer {
        ConsentAnswer::Given => words.yes,
        ConsentAnswer::Refused => words.no,
    }
}

fn describe(consent: &Consent, name: &str, words: &Words) -> String {
    let mark = if consent.open { "*" } else { " " };
    let kind = if consent.declaration { words.declaration } else { words.consent };
    let answer = consent.answer.map_or(words.no_answer, |answer| said(answer, words));
    let mut line = format!("{mark} {}  {name}  {kind}  {}  {answer}", consent.id, consent.title);
    if let Some(last) = consent.history.first() {
        let at = last.at.map(local).unwrap_or_default();
        let _ = write!(line, " ({}  {at})", last.by);
        if let Some(words) = &last.words {
            let _ = write!(line, "  {words}");
        }
    }
    format!("{}\n", harmless(&line.replace('\n', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consent(id: &str, child: &str, title: &str) -> Consent {
        Consent {
            id: id.into(),
            child: child.into(),
            declaration: false,
            title: title.into(),
            text: String::new(),
            answer: None,
            asked_at: None,
            asked_day: None,
            open: true,
            asks: None,
            changeable: true,
            reason: None,
            history: Vec::new(),
            etag: String::new(),
        }
    }

    #[test]
    fn only_the_childs_own_consent_is_answered_and_none_is_guessed() {
        let known = [
            consent("1", "noortje", "Uitstapjes"),
            consent("2", "ties", "Uitstapjes"),
            consent("3", "ties", "Zwemmen"),
            consent("4", "ties", "Zwemmen"),
        ];
        let of = |child: &str, name: &str| {
            called(&known, &child.into(), name)
                .map(|one| one.id.clone())
                .map_err(|error| error.code)
        };
        assert_eq!(of("ties", " uitstapjes "), Ok("2".to_owned()));
        assert_eq!(of("ties", "zwemmen"), Err(ErrorCode::NothingChosen));
        assert_eq!(of("ties", "4"), Ok("4".to_owned()));
        assert_eq!(of("noortje", "2"), Err(ErrorCode::NotFound));
    }
}
