//! What the portal tells of the place and the family: as it is kept, read anew, and changed.

use crate::App;
use crate::account::{Asked, Open};
use crate::api::{AppError, DetailChange, ErrorCode, FactAnswer, PasswordStrength};
use crate::attached;
use crate::changing::{Change, certain, keep, refusal};
use schriftje_konnect::{PortalError, Settled, WriteError};
use schriftje_model::{
    ConsentAnswer, DetailField, DocumentFormat, FactKind, MOST_FILLED_IN, MediaId, PortalNotice,
    today,
};
use schriftje_sync::{Offered, SyncError, attached_as};
use secrecy::{ExposeSecret, SecretString};
use std::path::PathBuf;
use std::sync::Arc;

/// The most characters of a detail, and of a password.
const LONGEST: usize = 200;

impl App {
    /// A piece as it is kept. No network.
    pub async fn fact(&self, kind: FactKind) -> Result<FactAnswer, AppError> {
        let open = self.registry.current()?;
        let kept = open.store.fact(&kind).await?;
        let told = open.store.capabilities().await?.is_some();
        let offered = Offered::last_told(&open.store).await?;
        let trouble = open.line().ok().and_then(|line| line.engine.fact_trouble(&kind));
        let (fact, fresh_at) = kept.map(|kept| (kept.fact, kept.read_at)).unzip();
        Ok(FactAnswer {
            fact,
            fresh_at,
            offered: told.then(|| offered.has(kind.feature())),
            trouble: trouble.map(AppError::from),
        })
    }

    /// Reads a piece now.
    pub async fn refresh_fact(&self, kind: FactKind) -> Result<(), AppError> {
        let open = self.registry.current()?;
        offers(&open, &kind).await?;
        refresh(&open, &kind).await
    }

    /// Changes some of the parent's own details.
    ///
    /// # Errors
    /// [`ErrorCode::ChangedMeanwhile`] when somebody else changed them first: what holds now is kept
    /// then, and nothing was changed. [`ErrorCode::ValueNotAllowed`] with the portal's reason.
    pub async fn change_details(
        &self,
        etag: String,
        changes: Vec<DetailChange>,
    ) -> Result<(), AppError> {
        let open = self.registry.current()?;
        let fields: Vec<(DetailField, String)> = changes
            .into_iter()
            .map(|change| (change.field, change.value.trim().to_owned()))
            .collect();
        if fields.is_empty() {
            return Err(AppError::new(ErrorCode::NothingChosen, "nothing is to be changed"));
        }
        if fields.iter().any(|(_, value)| value.chars().count() > LONGEST) {
            return Err(AppError::new(ErrorCode::ValueNotAllowed, "a detail is too long"));
        }
        self.change(&open, Change::Details { etag, fields }).await?;
        // Where e-mails go stands with what the portal tells of, and a change of that names it.
        if offers(&open, &FactKind::Notices).await.is_ok()
            && let Err(error) = refresh(&open, &FactKind::Notices).await
        {
            tracing::warn!(code = ?error.code, "where e-mails go cannot be read again");
        }
        Ok(())
    }

    /// Changes the password at the portal; one that is remembered here is the new one then.
    ///
    /// # Errors
    /// [`ErrorCode::WrongPassword`] when `current` is not the password, [`ErrorCode::PasswordTooWeak`],
    /// [`ErrorCode::TooManyRequests`] after too many wrong ones.
    pub async fn change_password(
        &self,
        current: SecretString,
        new: SecretString,
    ) -> Result<(), AppError> {
        let open = self.registry.current()?;
        offers(&open, &FactKind::OwnDetails).await?;
        let characters = new.expose_secret().chars().count();
        if characters == 0 || characters > LONGEST || current.expose_secret().is_empty() {
            return Err(AppError::new(ErrorCode::PasswordTooWeak, "a password is missing"));
        }
        let session = open.line()?.session;
        let key = open.password_in_doubt.key(&current, &new);
        let changed = certain(|| session.change_password(key, &current, &new)).await;
        match changed {
            Err(error) if !error.is_certain_not_done() => {
                open.password_in_doubt.note(current, new, key);
                return Err(refusal(error));
            }
            // That nothing could be sent tells nothing of what was sent before.
            Err(WriteError::Portal(error)) => return Err(error.into()),
            answered => {
                open.password_in_doubt.settle();
                answered.map_err(refusal)?;
            }
        }
        if open.store.has_password().await? {
            open.store.set_password(Some(new)).await?;
        }
        Ok(())
    }

    /// How good a new password would be. Nothing of it leaves this device or is kept.
    pub async fn password_strength(&self, password: SecretString) -> PasswordStrength {
        let judged = tokio::task::spawn_blocking(move || {
            let beginning: String = password.expose_secret().chars().take(100).collect();
            u8::from(zxcvbn::zxcvbn(&beginning, &[]).score())
        });
        PasswordStrength { score: judged.await.unwrap_or(0) }
    }

    /// Answers a consent or declaration, with `words` where something is to be filled in.
    ///
    /// # Errors
    /// [`ErrorCode::ValueNotAllowed`] when `words` are none or too long, and
    /// [`ErrorCode::ChangedMeanwhile`] when another parent answered first: what holds now is kept
    /// then, and nothing was changed.
    pub async fn answer_consent(
        &self,
        id: String,
        etag: String,
        answer: ConsentAnswer,
        words: Option<String>,
    ) -> Result<(), AppError> {
        let open = self.registry.current()?;
        let words = words.map(|words| words.trim().to_owned());
        if words
            .as_ref()
            .is_some_and(|words| !(1..=MOST_FILLED_IN).contains(&words.chars().count()))
        {
            return Err(AppError::new(ErrorCode::ValueNotAllowed, "nothing or too much filled in"));
        }
        self.change(&open, Change::Consent { id, etag, answer, words }).await
    }

    /// Says what the portal is to tell of, and in which way.
    ///
    /// # Errors
    /// [`ErrorCode::ChangedMeanwhile`] when they were changed on another device first.
    pub async fn set_portal_notices(
        &self,
        etag: String,
        items: Vec<PortalNotice>,
    ) -> Result<(), AppError> {
        let open = self.registry.current()?;
        self.change(&open, Change::Notices { etag, items }).await
    }

    /// A copy of a file that comes with a news item or a page, for the system's own program to open:
    /// under a name that is safe everywhere and says what its bytes are.
    ///
    /// # Errors
    /// [`ErrorCode::NotADocument`] when its bytes are none that may be opened, or the way to the
    /// portal.
    pub async fn attached_to_open(&self, kind: FactKind, id: MediaId) -> Result<PathBuf, AppError> {
        let open = self.registry.current()?;
        offers(&open, &kind).await?;
        let files = attached::files_of(&open.store, &kind).await?;
        let file = files.into_iter().find(|file| file.id == id);
        let file = file.ok_or_else(|| AppError::not_found("file"))?;
        let day = attached::day_of(&open.store, &kind).await?;
        let bytes = attached::file_of(&open, kind, id.clone(), Asked::ByParent).await?;
        let head = open.store.document_piece(&bytes, 0, DocumentFormat::HEAD as u64).await?;
        let format = DocumentFormat::of(&head).ok_or(SyncError::NotADocument)?;
        let day = day.unwrap_or_else(|| today(self.host.clock.now()));
        let name = attached::name_of(day, &file).with(1, format.extension());
        self.copies.make(&open.store, &bytes, &attached_as(&id), &name).await
    }

    /// Sends a change, and keeps and reads what holds after it, after one that came too late, and
    /// after one that may have been lost. What holds as it was wanted is well, whoever saw to it.
    async fn change(&self, open: &Arc<Open>, change: Change) -> Result<(), AppError> {
        let kind = change.kind();
        offers(open, &kind).await?;
        let session = open.line()?.session;
        let (now, error) = match change.send(&session).await {
            Ok(Settled::Done(now)) => (now, None),
            Ok(Settled::Late { now, says }) => {
                let late = AppError::new(ErrorCode::ChangedMeanwhile, "somebody else was first");
                (now, Some(AppError { portal_says: says, ..late }))
            }
            Err(error) if error.is_certain_not_done() => return Err(refusal(error)),
            Err(error) => (None, Some(refusal(error))),
        };
        let told = now.is_some();
        // What was changed is changed, whether it can be kept and read again or not.
        if let Some(now) = now
            && let Err(error) = keep(open, &kind, now, self.host.clock.now()).await
        {
            tracing::warn!(code = ?error.code, "what was changed cannot be kept");
        }
        let read = refresh(open, &kind).await;
        if let Err(error) = &read {
            tracing::warn!(code = ?error.code, "what was changed cannot be read again");
        }
        let Some(error) = error else { return Ok(()) };
        let kept = open.store.fact(&kind).await?;
        let holds = kept.is_some_and(|kept| change.holds_in(&kept.fact));
        if holds && (told || read.is_ok()) { Ok(()) } else { Err(error) }
    }
}

async fn offers(open: &Open, kind: &FactKind) -> Result<(), AppError> {
    if Offered::last_told(&open.store).await?.has(kind.feature()) {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::WritingNotOffered, "the portal does not tell this to programs"))
}

async fn refresh(open: &Arc<Open>, kind: &FactKind) -> Result<(), AppError> {
    let engine = open.line()?.engine;
    let mut read = engine.refresh_fact(kind.clone()).await;
    if matches!(read, Err(SyncError::Portal(PortalError::Unauthorized)))
        && open.renew(Asked::ByParent).await?
    {
        read = engine.refresh_fact(kind.clone()).await;
    }
    Ok(read?)
}
