//! `sync`: everything that is new, with pictures. Ctrl-C stops it cleanly.

use crate::output::Output;
use crate::words::Words;
use crate::{exit, messages, stop};
use chrono::Local;
use schriftje_app::App;
use schriftje_app::api::{AppError, SyncPhase, SyncStatus};
use std::process::ExitCode;

/// Syncs until all is here or Ctrl-C.
pub async fn run(app: &App, output: &Output) -> Result<ExitCode, AppError> {
    let mut changed = app.subscribe();
    let bar = output.bar();
    let work = app.sync_all();
    // One listener throughout: a Ctrl-C between two of them would be heard by none.
    let asked = stop::asked();
    tokio::pin!(work, asked);
    let mut stopping = false;
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            heard = changed.recv() => {
                if heard.is_ok() && let Ok(status) = app.sync_status().await {
                    let (here, all) = match status.phase {
                        SyncPhase::Media => (status.thumbs, status.photos),
                        _ => (status.cards, status.cards),
                    };
                    bar.set_length(all.into());
                    bar.set_position(here.into());
                    bar.set_message(describe(&status, output.words));
                }
            }
            () = &mut asked => {
                asked.set(stop::asked());
                if stopping {
                    return Ok(ExitCode::from(exit::STOPPED));
                }
                stopping = true;
                bar.suspend(|| output.message(output.words.stopping));
                app.sync_stop().await?;
            }
        }
    };
    bar.finish_and_clear();
    let status = done?;
    output.answer(&status, |status| describe(status, output.words));
    if stopping || status.stopped {
        output.message(output.words.stopped);
        return Ok(ExitCode::from(exit::STOPPED));
    }
    messages::what_needs_the_parent(app, output).await
}

/// How things stand, in a line.
pub fn describe(status: &SyncStatus, words: &Words) -> String {
    let fresh = status.fresh_at.map(|at| at.with_timezone(&Local).format("%Y-%m-%d %H:%M"));
    let fresh = fresh.map_or_else(|| words.never.to_owned(), |at| at.to_string());
    let complete = if status.complete { words.complete } else { words.not_complete };
    format!(
        "{} {}, {} {}, {} {} · {complete} · {} {fresh}",
        status.cards,
        words.cards,
        status.photos,
        words.photos,
        status.thumbs,
        words.pictures,
        words.fresh,
    )
}
