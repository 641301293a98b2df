//! The commands, each with its answer.

use crate::arguments::{Command, Login, Photos, Timeline, Which};
use crate::output::Output;
use crate::{
    account, agenda, bulletins, children, consents, documents, location, messages, notices,
    observations, pages, password, places, request, requests, save, search, sync,
};
use schriftje_app::App;
use schriftje_app::api::{
    Account, AppError, ErrorCode, SaveWhat, SessionState, SignIn, SyncStatus, TimelineQuery,
};
use schriftje_model::{CardKind, Child, ChildId, MediaKind, TimelineCard};
use serde::Serialize;
use std::fmt::Write;
use std::process::ExitCode;

/// Cards read in one go.
const PAGE: u32 = 200;

/// Does what was typed.
pub async fn run(app: &App, command: Command, output: &Output) -> Result<ExitCode, AppError> {
    match command {
        Command::Login(login) => sign_in(app, login, output).await?,
        Command::Sync => return sync::run(app, output).await,
        Command::Status => status(app, output).await?,
        Command::Children(command) => children::run(app, command, output).await?,
        Command::Timeline(timeline) => show_timeline(app, timeline, output).await?,
        Command::Photos(Photos::Save { to, which }) => {
            let children = children_named(app, &which).await?;
            let what = SaveWhat::Range { children, from: which.from, until: which.until };
            return save::run(app, what, &places::absolute(&to)?, output).await;
        }
        Command::Documents(command) => return documents::run(app, command, output).await,
        Command::Location => location::run(app, output).await?,
        Command::News(command) => bulletins::news(app, command, output).await?,
        Command::Newsletters(command) => bulletins::newsletters(app, command, output).await?,
        Command::Pages(command) => pages::run(app, command, output).await?,
        Command::Account(command) => account::run(app, &command, output).await?,
        Command::Consents(command) => consents::run(app, command, output).await?,
        Command::Observations(command) => observations::run(app, command, output).await?,
        Command::Notices(command) => notices::run(app, &command, output).await?,
        Command::Messages(command) => return messages::messages(app, command, output).await,
        Command::Diary(command) => return messages::diary(app, command, output).await,
        Command::Outbox(command) => return messages::outbox(app, command, output).await,
        Command::Agenda(days) => agenda::agenda(app, &days, output).await?,
        Command::Calendar(command) => agenda::calendar(app, command, output).await?,
        Command::Requests(command) => requests::run(app, command, output).await?,
        Command::Request(command) => return request::run(app, command, output).await,
        Command::Search(search) => search::run(app, search, output).await?,
        Command::Logout { discard_unsent, all } => {
            sign_out(app, all, discard_unsent, output).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn sign_in(app: &App, login: Login, output: &Output) -> Result<(), AppError> {
    let password = password::read(login.password_stdin, output)?;
    let form = SignIn {
        portal: login.portal,
        username: login.user,
        password,
        remember: login.remember,
        until_closed: false,
    };
    let account = app.sign_in(form).await?;
    output.answer(&account, |account| describe(account, output));
    output.message(output.words.signed_in);
    Ok(())
}

async fn sign_out(
    app: &App,
    all: bool,
    discard_unsent: bool,
    output: &Output,
) -> Result<(), AppError> {
    if all {
        app.sign_out_all(discard_unsent).await?;
    } else {
        let account = app.overview().await?.account.ok_or_else(AppError::not_signed_in)?;
        app.sign_out(account.id, discard_unsent).await?;
    }
    output.message(output.words.signed_out);
    Ok(())
}

/// The answer of `status`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    account: Option<Account>,
    accounts: Vec<Account>,
    sync: Option<SyncStatus>,
}

async fn status(app: &App, output: &Output) -> Result<(), AppError> {
    let overview = app.overview().await?;
    let sync = match &overview.account {
        Some(_) => Some(app.sync_status().await?),
        None => None,
    };
    let status = Status { account: overview.account, accounts: overview.accounts, sync };
    output.answer(&status, |status| {
        let words = output.words;
        if status.accounts.is_empty() {
            return words.nobody.to_owned();
        }
        let mut text = String::new();
        for account in &status.accounts {
            let current = Some(&account.id) == status.account.as_ref().map(|account| &account.id);
            let mark = if current { "*" } else { " " };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{mark} {}", describe(account, output));
        }
        if let Some(sync) = &status.sync {
            let _ = writeln!(text, "{}", sync::describe(sync, words));
        }
        text
    });
    Ok(())
}

fn describe(account: &Account, output: &Output) -> String {
    let place = account.organisation.as_deref().unwrap_or(&account.portal);
    let state = match account.session {
        SessionState::SignedIn => return format!("{} @ {place}", account.username),
        SessionState::Expired => output.words.expired,
        SessionState::Ended => output.words.ended,
    };
    format!("{} @ {place} ({state})", account.username)
}

async fn show_timeline(app: &App, timeline: Timeline, output: &Output) -> Result<(), AppError> {
    let children = children_named(app, &timeline.which).await?;
    let mut cards: Vec<TimelineCard> = Vec::new();
    let mut after = None;
    loop {
        let left = timeline.limit.saturating_sub(u32::try_from(cards.len()).unwrap_or(u32::MAX));
        if left == 0 {
            break;
        }
        let query = TimelineQuery {
            children: children.clone(),
            from: timeline.which.from,
            until: timeline.which.until,
            after,
            limit: left.min(PAGE),
        };
        let page = app.timeline(query).await?;
        cards.extend(page.cards);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    output.answer(&cards, |cards| {
        cards.iter().map(|card| show_card(card, output)).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

fn show_card(card: &TimelineCard, output: &Output) -> String {
    let names: Vec<&str> = card.children.iter().map(|child| child.first_name.as_str()).collect();
    let mut text = format!("{}  {}", card.day, names.join(" & "));
    let mut photos = card.photos.iter().collect::<Vec<_>>();
    if let Some(entry) = &card.entry {
        photos.extend(&entry.photos);
        if let Some(author) = &entry.author {
            let _ = write!(text, "  ({author})");
        }
        let _ = writeln!(text);
        for moment in &entry.rhythm {
            let time = |time: Option<chrono::NaiveTime>| {
                time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default()
            };
            let until = moment.end.map(|_| format!("-{}", time(moment.end))).unwrap_or_default();
            let entries = moment.entries.join(", ");
            let _ = writeln!(text, "  {}{until} {} {entries}", time(moment.start), moment.title);
        }
        for line in entry.text.lines() {
            let _ = writeln!(text, "  {line}");
        }
    } else {
        let _ = writeln!(text);
    }
    if let CardKind::Unsupported(kind) = &card.kind {
        let _ = writeln!(text, "  {}: {kind}", output.words.unsupported);
    }
    for photo in photos {
        let sign = if photo.kind == MediaKind::Video { "▶" } else { "◻" };
        let _ = writeln!(text, "  {sign} {}", photo.caption.as_deref().unwrap_or_default());
    }
    // The nursery's texts may hold anything, also what would steer a terminal.
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// The children that were named, by first name, full name or id.
pub async fn children_named(app: &App, which: &Which) -> Result<Vec<ChildId>, AppError> {
    children_called(app, &which.child).await
}

/// The children that have these names; all, which is none, where there are no names.
pub async fn children_called(app: &App, names: &[String]) -> Result<Vec<ChildId>, AppError> {
    if names.is_empty() {
        // Also finds out whether anybody is signed in.
        app.children().await?;
        return Ok(Vec::new());
    }
    let known = app.children().await?;
    let mut found = Vec::new();
    for name in names {
        let before = found.len();
        found.extend(
            known
                .iter()
                .map(|known| &known.child)
                .filter(|child| is_called(child, name))
                .map(|child| child.id.clone()),
        );
        if found.len() == before {
            return Err(AppError::not_found("child"));
        }
    }
    Ok(found)
}

/// The one child that was named. What is written cannot be taken back, so nobody is guessed.
pub async fn child_named(app: &App, name: &str) -> Result<ChildId, AppError> {
    one_called(name, app.children().await?.iter().map(|known| &known.child))
}

fn one_called<'a>(
    name: &str,
    children: impl Iterator<Item = &'a Child>,
) -> Result<ChildId, AppError> {
    let mut called = children.filter(|child| is_called(child, name));
    let child = called.next().ok_or_else(|| AppError::not_found("child"))?;
    if called.next().is_some() {
        let error = "several children have that name";
        return Err(AppError::new(ErrorCode::ChildMissing, error));
    }
    Ok(child.id.clone())
}

fn is_called(child: &Child, name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let names = [child.first_name.as_str(), &child.full_name, child.id.as_str()];
    names.iter().any(|known| known.to_lowercase() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(id: &str, first_name: &str, full_name: &str) -> Child {
        Child {
            id: id.into(),
            first_name: first_name.into(),
            full_name: full_name.into(),
            attends: true,
            groups: Vec::new(),
            date_of_birth: None,
            avatar: None,
        }
    }

    #[test]
    fn nobody_is_guessed_when_two_children_have_one_name() {
        let children = [child("1", "Mees", "Mees Bos"), child("2", "Mees", "Mees de Wit")];
        let named = |name: &str| one_called(name, children.iter()).map_err(|error| error.code);
        assert_eq!(named("mees"), Err(ErrorCode::ChildMissing));
        assert_eq!(named(" mees de wit "), Ok("2".into()));
        assert_eq!(named("Fien"), Err(ErrorCode::NotFound));
    }
}
