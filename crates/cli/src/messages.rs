//! `messages`, `diary`, `outbox`: reading conversations, and writing. What is written waits when
//! the portal cannot be reached, and `sync` sends it.

use crate::arguments::{Diary, Files, Messages, Outbox, SendMessage};
use crate::commands::child_named;
use crate::output::Output;
use crate::{exit, places, requests};
use chrono::{DateTime, Local, Utc};
use schriftje_app::App;
use schriftje_app::api::{AppError, ConversationPage, Decision, ErrorCode, Thread};
use schriftje_model::{
    Conversation, ConversationId, Draft, DraftPlace, FILE_NOT_TAKEN, MediaKind, NO_REASON, Photo,
    Write, WriteId, WriteState, WriteWhat,
};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Conversations read in one go.
const PAGE: u32 = 200;

/// Does what was asked with conversations.
pub async fn messages(app: &App, command: Messages, output: &Output) -> Result<ExitCode, AppError> {
    match command {
        Messages::List { limit } => list(app, limit, output).await,
        Messages::Show { id } => show(app, id, output).await,
        Messages::Send(message) => send(app, message, output).await,
        Messages::Reply { id, text, files } => {
            let place = DraftPlace::Reply(ConversationId(id.clone()));
            // Only where there is something to answer.
            app.conversation(ConversationId(id)).await?;
            let (draft, paths) = with_files(Draft { text, ..Draft::empty(place) }, &files)?;
            give_in(app, draft, paths, output).await
        }
    }
}

/// Does what was asked with the diary.
pub async fn diary(app: &App, command: Diary, output: &Output) -> Result<ExitCode, AppError> {
    let Diary::Write { child, text, day, files } = command;
    let mut children = Vec::with_capacity(child.len());
    for name in &child {
        children.push(child_named(app, name).await?);
    }
    let draft = Draft { children, text, day, ..Draft::empty(DraftPlace::Diary) };
    let (draft, paths) = with_files(draft, &files)?;
    give_in(app, draft, paths, output).await
}

/// Does what was asked with the outbox.
pub async fn outbox(app: &App, command: Outbox, output: &Output) -> Result<ExitCode, AppError> {
    match command {
        Outbox::List => {
            let writes = app.outbox().await?;
            output.answer(&writes, |writes| {
                writes.iter().map(|write| describe(write, output)).collect::<Vec<_>>().join("\n")
            });
            Ok(ExitCode::SUCCESS)
        }
        Outbox::Withdraw { id } => {
            app.withdraw_write(WriteId(id)).await?;
            Ok(ExitCode::SUCCESS)
        }
        Outbox::Retry { id } => {
            let id = WriteId(id);
            let known = app.outbox().await?.into_iter().find(|write| write.id == id);
            match known.map(|write| write.state) {
                None => return Err(AppError::not_found("write")),
                Some(WriteState::Refused) => drop(app.retry_write(id.clone()).await?),
                Some(WriteState::Unconfirmed) => {
                    drop(app.decide_write(id.clone(), Decision::SendAgain).await?);
                }
                // What waits is sent now as well.
                Some(WriteState::Queued | WriteState::Sending | WriteState::Sent) => {}
            }
            sent_or_waits(app, id, output).await
        }
    }
}

async fn list(app: &App, limit: u32, output: &Output) -> Result<ExitCode, AppError> {
    let mut all: Vec<Conversation> = Vec::new();
    let mut after = None;
    loop {
        let left = limit.saturating_sub(u32::try_from(all.len()).unwrap_or(u32::MAX));
        if left == 0 {
            break;
        }
        let ConversationPage { conversations, next } =
            app.conversations(after, left.min(PAGE)).await?;
        all.extend(conversations);
        after = next;
        if after.is_none() {
            break;
        }
    }
    output.answer(&all, |all| {
        let mut text = String::new();
        for conversation in all {
            let mark = if conversation.unread { "*" } else { " " };
            let about = conversation.child_names.join(" & ");
            let _ = writeln!(
                text,
                "{mark} {}  {}  {}  {about}  {}",
                conversation.id,
                local(conversation.last_written),
                conversation.subject,
                conversation.group.as_deref().unwrap_or_default(),
            );
        }
        harmless(&text)
    });
    Ok(ExitCode::SUCCESS)
}

async fn show(app: &App, id: String, output: &Output) -> Result<ExitCode, AppError> {
    let thread = app.open_conversation(ConversationId(id)).await?;
    if let Some(trouble) = &thread.trouble {
        output.message(&output.say(trouble));
    }
    output.answer(&thread, |thread| show_thread(thread, output));
    Ok(ExitCode::SUCCESS)
}

fn show_thread(thread: &Thread, output: &Output) -> String {
    let mut text = format!("{}\n", thread.conversation.subject);
    for message in &thread.messages {
        let at = message.at.map(local).unwrap_or_default();
        let author = message.author.as_deref().unwrap_or_default();
        let child = message.child_name.as_deref().unwrap_or_default();
        let _ = writeln!(text, "\n{at}  {author}  {child}");
        for line in message.text.lines() {
            let _ = writeln!(text, "  {line}");
        }
        for photo in &message.photos {
            let _ = writeln!(text, "  {} {}", sign(photo), caption(photo));
        }
        for attachment in &message.attachments {
            let _ = writeln!(text, "  ▤ {}", attachment.name);
        }
    }
    for write in &thread.writes {
        let _ = writeln!(text, "\n{}", describe(write, output));
    }
    harmless(&text)
}

fn sign(photo: &Photo) -> &'static str {
    if photo.kind == MediaKind::Video { "▶" } else { "◻" }
}

fn caption(photo: &Photo) -> &str {
    photo.caption.as_deref().unwrap_or_default()
}

async fn send(app: &App, message: SendMessage, output: &Output) -> Result<ExitCode, AppError> {
    let child = child_named(app, &message.child).await?;
    if let Some(group) = &message.group {
        let children = app.children().await?;
        let known = children.iter().find(|known| known.child.id == child);
        if !known.is_some_and(|known| known.child.groups.contains(group)) {
            return Err(AppError::new(ErrorCode::GroupMissing, "the child is not in that group"));
        }
    }
    let draft = Draft {
        children: vec![child],
        group: message.group,
        subject: message.subject,
        text: message.text,
        ..Draft::empty(DraftPlace::NewMessage)
    };
    let (draft, paths) = with_files(draft, &message.files)?;
    give_in(app, draft, paths, output).await
}

fn with_files(draft: Draft, files: &Files) -> Result<(Draft, Vec<PathBuf>), AppError> {
    let paths = files.photo.iter().map(|path| places::absolute(path));
    let paths = paths.collect::<Result<_, _>>()?;
    Ok((Draft { keep_place: files.keep_place, ..draft }, paths))
}

async fn give_in(
    app: &App,
    draft: Draft,
    paths: Vec<PathBuf>,
    output: &Output,
) -> Result<ExitCode, AppError> {
    let write = app.write(draft, paths).await?;
    sent_or_waits(app, write.id, output).await
}

/// Sends, and says how it went. Without the portal it waits, which is no failure.
pub async fn sent_or_waits(app: &App, id: WriteId, output: &Output) -> Result<ExitCode, AppError> {
    let trouble = app.send_now().await.err();
    if let Some(trouble) = &trouble {
        output.message(&output.say(trouble));
    }
    let writes = app.outbox().await?;
    let Some(write) = writes.into_iter().find(|write| write.id == id) else {
        // It stands in what is read already.
        output.message(output.words.sent);
        return Ok(ExitCode::SUCCESS);
    };
    output.answer(&write, |write| describe(write, output));
    if matches!(write.state, WriteState::Queued | WriteState::Sending) {
        output.message(output.words.waits);
    }
    Ok(outcome([&write]))
}

/// Names what was refused or may not have arrived, whichever command wrote it: a script that wrote
/// without a network hears it from `sync`.
pub async fn what_needs_the_parent(app: &App, output: &Output) -> Result<ExitCode, AppError> {
    let writes = app.outbox().await?;
    for write in &writes {
        if matches!(write.state, WriteState::Refused | WriteState::Unconfirmed) {
            output.message(&describe(write, output));
        }
    }
    Ok(outcome(&writes))
}

fn outcome<'a>(writes: impl IntoIterator<Item = &'a Write>) -> ExitCode {
    let states: Vec<WriteState> = writes.into_iter().map(|write| write.state).collect();
    if states.contains(&WriteState::Refused) {
        ExitCode::from(exit::REFUSED)
    } else if states.contains(&WriteState::Unconfirmed) {
        ExitCode::from(exit::UNCONFIRMED)
    } else {
        ExitCode::SUCCESS
    }
}

fn describe(write: &Write, output: &Output) -> String {
    let words = output.words;
    let state = match write.state {
        WriteState::Queued => words.queued,
        WriteState::Sending => words.sending,
        WriteState::Sent => words.sent,
        WriteState::Refused => words.write_refused,
        WriteState::Unconfirmed => words.unconfirmed,
    };
    let (what, text) = match &write.what {
        WriteWhat::Message { subject, text, .. } => (subject.clone(), text),
        WriteWhat::Reply { text, .. } | WriteWhat::Diary { text, .. } => (String::new(), text),
        WriteWhat::Absence { form } => {
            let days = requests::days(form.from, form.until);
            (format!("{} {days}", words.absence), &form.remark)
        }
        WriteWhat::Request { form } => {
            let booked = form.bookings.iter().map(|booking| (booking.from, booking.until));
            let days: Vec<_> = booked.map(|(from, until)| requests::days(from, until)).collect();
            (format!("{} {}", requests::kind(form.kind, words), days.join(", ")), &form.remark)
        }
    };
    let mut line = format!("{}  {}  {state}", write.id, local(write.written_at));
    let ours = match write.reason_code.as_deref() {
        Some(NO_REASON) => Some(words.no_reason),
        Some(FILE_NOT_TAKEN) => Some(words.file_not_taken),
        _ => None,
    };
    if let Some(reason) = write.reason.as_deref().or(ours) {
        let _ = write_reason(&mut line, reason);
    }
    let shown: String = text.chars().take(60).collect();
    let _ = write!(line, "  {what}  {shown}");
    harmless(&line.replace('\n', " "))
}

fn write_reason(line: &mut String, reason: &str) -> std::fmt::Result {
    write!(line, " ({reason})")
}

pub fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}

/// What others wrote may hold anything, also what would steer a terminal.
pub fn harmless(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}
