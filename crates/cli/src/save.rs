//! `photos save`: originals to a folder. Ctrl-C stops it; saving again goes on where it was.

use crate::exit;
use crate::output::Output;
use crate::stop;
use schriftje_app::App;
use schriftje_app::api::{AppError, SaveJob, SaveState, SaveWhat};
use std::path::Path;
use std::process::ExitCode;

/// Saves until all is there or Ctrl-C.
pub async fn run(
    app: &App,
    what: SaveWhat,
    folder: &Path,
    output: &Output,
) -> Result<ExitCode, AppError> {
    let job = app.save(what, Some(folder.to_string_lossy().into_owned())).await?;
    let mut progress = app.save_progress(job.id)?;
    let bar = output.bar();
    bar.set_length(job.total.into());
    let mut stopped = false;
    // One listener throughout: a Ctrl-C between two of them would be heard by none.
    let asked = stop::asked();
    tokio::pin!(asked);
    let job = loop {
        let job = progress.borrow_and_update().clone();
        bar.set_position(
            u64::from(job.saved + job.already + job.failed) + job.refused.len() as u64,
        );
        if job.state != SaveState::Running {
            break job;
        }
        tokio::select! {
            changed = progress.changed() => {
                changed.map_err(|_| AppError::internal("the save was cut short"))?;
            }
            () = &mut asked => {
                asked.set(stop::asked());
                stopped = true;
                app.cancel_save(job.id).await?;
            }
        }
    };
    bar.finish_and_clear();
    output.answer(&job, |job| describe(job, output));
    if stopped || job.state == SaveState::Cancelled {
        output.message(output.words.stopped);
        return Ok(ExitCode::from(exit::STOPPED));
    }
    match (job.state, job.trouble) {
        (SaveState::Failed, Some(trouble)) => Err(trouble),
        (_, trouble) if job.failed > 0 => {
            if let Some(trouble) = trouble {
                output.error(&trouble);
            }
            Ok(ExitCode::from(exit::SOME_FAILED))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn describe(job: &SaveJob, output: &Output) -> String {
    let words = output.words;
    let mut parts = vec![format!("{} {}", job.saved, words.saved)];
    for (count, word) in
        [(job.reduced, words.reduced), (job.already, words.already), (job.failed, words.failed)]
    {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    let mut text = parts.join(", ");
    if !job.refused.is_empty() {
        let reasons: std::collections::BTreeSet<&str> =
            job.refused.iter().map(|refused| refused.reason.as_str()).collect();
        let reasons: Vec<&str> = reasons.into_iter().collect();
        let count = job.refused.len();
        text = format!("{text}, {count} {}: {}", words.refused, reasons.join(" · "));
    }
    text.chars().filter(|c| !c.is_control()).collect()
}
