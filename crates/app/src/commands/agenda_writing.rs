//! What is asked of the planning: forms as they are filled in, wishes, requests and absences.

use crate::App;
use crate::account::Open;
use crate::api::{AppError, ErrorCode, GivenIn, Tag};
use crate::asking::{checked_absence, checked_request};
use crate::writing::target;
use schriftje_model::{
    AbsenceForm, RequestForm, RequestKind, Wish, WishId, Write, WriteId, WriteState, WriteWhat,
};
use schriftje_sync::{DAY_BEGUN, Offered, SyncError};
use uuid::Uuid;

impl App {
    /// The form of that kind as it was left, or an empty one.
    pub async fn request_form(&self, kind: RequestKind) -> Result<RequestForm, AppError> {
        has_form(kind)?;
        let kept = self.registry.current()?.store.form(kind).await?;
        Ok(kept.unwrap_or_else(|| RequestForm::empty(kind)))
    }

    /// Keeps a form.
    pub async fn save_request_form(&self, form: RequestForm) -> Result<(), AppError> {
        has_form(form.kind)?;
        let open = self.registry.current()?;
        Ok(open.store.save_form(form, self.host.clock.now()).await?)
    }

    /// Throws a form away.
    pub async fn discard_request_form(&self, kind: RequestKind) -> Result<(), AppError> {
        self.registry.current()?.store.discard_form(kind).await?;
        Ok(())
    }

    /// Gives a form in: into the send queue, or as a wish while the portal has not said what is
    /// possible. What is wrong with it is told before, and the form stays as it is.
    ///
    /// # Errors
    /// [`ErrorCode::AgendaNotOffered`], [`ErrorCode::NothingChosen`],
    /// [`ErrorCode::PeriodNotAllowed`] or [`ErrorCode::TextTooLong`]; [`ErrorCode::Busy`] when the
    /// form changed meanwhile.
    pub async fn send_request(&self, kind: RequestKind) -> Result<GivenIn, AppError> {
        has_form(kind)?;
        let open = self.registry.current()?;
        let form = open.store.form(kind).await?;
        let form = form.unwrap_or_else(|| RequestForm::empty(kind));
        let now = self.host.clock.now();
        let sent = checked_request(&form, &offered(&open).await?, now)?;
        let given_in = if form.is_quoted() {
            let id = WriteId(Uuid::new_v4().to_string());
            let target = target(&WriteWhat::Request { form: sent.clone() });
            let queued = open.store.queue_form(form, sent, id, target, now).await?;
            queued.map(|write| GivenIn::Queued { write: Box::new(write) })
        } else {
            let id = WishId(Uuid::new_v4().to_string());
            let kept = open.store.form_to_wish(form, sent, id, now).await?;
            kept.map(|wish| GivenIn::Wish { wish: Box::new(wish) })
        };
        let changed = || AppError::new(ErrorCode::Busy, "the form is still being changed");
        let given_in = given_in.ok_or_else(changed)?;
        self.asked(&open);
        Ok(given_in)
    }

    /// Requests that wait for a network or for the parent, oldest first.
    pub async fn wishes(&self) -> Result<Vec<Wish>, AppError> {
        Ok(self.registry.current()?.store.wishes().await?)
    }

    /// Makes a wish the form of its kind again, to be completed; a form that was there is kept as a
    /// wish.
    pub async fn open_wish(&self, id: WishId) -> Result<RequestForm, AppError> {
        let open = self.registry.current()?;
        let kept_as = WishId(Uuid::new_v4().to_string());
        let form = open.store.open_wish(id, kept_as, self.host.clock.now()).await?;
        self.host.changes.tell(Tag::Agenda);
        form.ok_or_else(|| AppError::not_found("wish"))
    }

    /// Throws a wish away.
    pub async fn discard_wish(&self, id: WishId) -> Result<(), AppError> {
        self.registry.current()?.store.discard_wish(id).await?;
        self.host.changes.tell(Tag::Agenda);
        Ok(())
    }

    /// Reports an absence: into the send queue. What is wrong with it is told before. The same once
    /// more, while it waits, is the one that waits.
    ///
    /// # Errors
    /// As for [`App::send_request`].
    pub async fn send_absence(&self, form: AbsenceForm) -> Result<Write, AppError> {
        let open = self.registry.current()?;
        let now = self.host.clock.now();
        let form = checked_absence(form, &offered(&open).await?, now)?;
        let what = WriteWhat::Absence { form };
        let waits = open.store.unsent().await?.into_iter().find(|write| {
            write.what == what && matches!(write.state, WriteState::Queued | WriteState::Sending)
        });
        if let Some(write) = waits {
            open.send();
            return Ok(write);
        }
        let id = WriteId(Uuid::new_v4().to_string());
        let target = target(&what);
        let queued = open.store.queue_write(id, what, target, Vec::new(), false, now).await?;
        self.asked(&open);
        queued.ok_or_else(|| AppError::internal("an absence was not queued"))
    }

    /// Sends an absence whose day had begun before it could be sent.
    pub async fn confirm_late_absence(&self, id: WriteId) -> Result<Write, AppError> {
        let open = self.registry.current()?;
        let key = Uuid::new_v4().to_string();
        let goes = open.store.let_go_late(id.clone(), DAY_BEGUN, key).await?;
        self.asked(&open);
        let write = open.store.write(id).await?;
        let write = write.ok_or_else(|| AppError::not_found("write"))?;
        if goes {
            return Ok(write);
        }
        Err(AppError::new(ErrorCode::TooLate, "it waits for no word of the parent"))
    }

    fn asked(&self, open: &Open) {
        self.host.changes.tell(Tag::Outbox);
        self.host.changes.tell(Tag::Agenda);
        open.send();
    }
}

/// What the portal offers, as it says or else as it last said: without a network an absence must be
/// taken just the same.
async fn offered(open: &Open) -> Result<Offered, AppError> {
    if let Ok(line) = open.line() {
        match line.engine.offered().await {
            Ok(offered) => return Ok(offered),
            Err(SyncError::Store(error)) => return Err(error.into()),
            Err(_) => {}
        }
    }
    Ok(Offered::last_told(&open.store).await?)
}

/// An absence is given in at once and never kept half-filled.
fn has_form(kind: RequestKind) -> Result<(), AppError> {
    if kind == RequestKind::Absence { Err(AppError::not_found("form")) } else { Ok(()) }
}
