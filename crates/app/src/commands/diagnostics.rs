//! What to copy when something is wrong.

use crate::App;
use crate::api::AppError;
use std::fmt::Write;

impl App {
    /// Versions, counts and error codes, to copy into a report. Nothing private: no names, texts,
    /// addresses or folders.
    pub async fn diagnostics(&self) -> Result<String, AppError> {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "Schriftje {}", env!("CARGO_PKG_VERSION"));
        let _ = writeln!(text, "system: {} {}", std::env::consts::OS, std::env::consts::ARCH);
        let _ = writeln!(text, "time: {}", self.host.clock.now().format("%Y-%m-%dT%H:%M:%SZ"));
        let _ = writeln!(text, "credential store: {:?}", self.host.vault.availability().await);
        let open = self.registry.all().await?;
        let _ = writeln!(text, "accounts: {}", open.len());
        for broken in self.registry.broken() {
            let _ = writeln!(text, "account that cannot be opened: {:?}", broken.error.code);
        }
        for open in open {
            let account = open.account().await?;
            let _ = writeln!(text, "account:");
            let _ = writeln!(text, "  session: {:?}", account.session);
            let _ = writeln!(text, "  remembered: {}", account.remembered);
            let _ = writeln!(text, "  until closed: {}", account.until_closed);
            let used = open.store.storage_use().await?;
            let _ = writeln!(text, "  cards: {}", used.totals.cards);
            let _ = writeln!(text, "  photos: {}", used.totals.photos);
            let _ = writeln!(text, "  thumbnails: {}", used.totals.thumbs);
            let _ = writeln!(text, "  medium sizes: {}", used.totals.mediums);
            let _ = writeln!(text, "  texts: {} bytes", used.texts);
            let _ = writeln!(text, "  pictures: {} bytes", used.media);
            let state = open.store.timeline_state().await?;
            let _ = writeln!(text, "  complete: {}", state.complete);
            let fresh = state.fresh_at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string());
            let _ = writeln!(text, "  fresh at: {}", fresh.as_deref().unwrap_or("never"));
            if let Ok(line) = open.line()
                && let Some(trouble) = line.engine.progress().borrow().trouble.clone()
            {
                let trouble = AppError::from(trouble);
                let _ = writeln!(text, "  trouble: {:?} ({})", trouble.code, trouble.message);
            }
        }
        for job in self.saves.list() {
            let code = job.trouble.map(|trouble| trouble.code);
            let _ = writeln!(
                text,
                "save: {:?}, {} of {} new, {} there, {} refused, {} failed, trouble {code:?}",
                job.state,
                job.saved,
                job.total,
                job.already,
                job.refused.len(),
                job.failed,
            );
        }
        Ok(text)
    }
}
