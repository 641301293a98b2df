//! What is asked of the planning: forms, wishes, and absences.

use crate::App;
use crate::api::{AppError, GivenIn};
use schriftje_model::{AbsenceForm, RequestForm, RequestKind, Wish, WishId, Write, WriteId};

impl App {
    /// The form of that kind as it was left, or an empty one.
    pub async fn request_form(&self, kind: RequestKind) -> Result<RequestForm, AppError> {
        let _ = kind;
        Err(AppError::not_found("request_form"))
    }

    /// Keeps a form.
    pub async fn save_request_form(&self, form: RequestForm) -> Result<(), AppError> {
        let _ = form;
        Err(AppError::not_found("save_request_form"))
    }

    /// Throws a form away.
    pub async fn discard_request_form(&self, kind: RequestKind) -> Result<(), AppError> {
        let _ = kind;
        Err(AppError::not_found("discard_request_form"))
    }

    /// Gives a form in: into the send queue, or as a wish while the portal has not said what is possible.
    pub async fn send_request(&self, kind: RequestKind) -> Result<GivenIn, AppError> {
        let _ = kind;
        Err(AppError::not_found("send_request"))
    }

    /// Requests that wait for a network or for the parent, oldest first.
    pub async fn wishes(&self) -> Result<Vec<Wish>, AppError> {
        Err(AppError::not_found("wishes"))
    }

    /// Makes a wish the form of its kind again, to be completed; a form that was there is kept as a wish.
    pub async fn open_wish(&self, id: WishId) -> Result<RequestForm, AppError> {
        let _ = id;
        Err(AppError::not_found("open_wish"))
    }

    /// Throws a wish away.
    pub async fn discard_wish(&self, id: WishId) -> Result<(), AppError> {
        let _ = id;
        Err(AppError::not_found("discard_wish"))
    }

    /// Reports an absence: into the send queue. What is wrong with it is told before.
    pub async fn send_absence(&self, form: AbsenceForm) -> Result<Write, AppError> {
        let _ = form;
        Err(AppError::not_found("send_absence"))
    }

    /// Sends an absence whose day had begun before it could be sent.
    pub async fn confirm_late_absence(&self, id: WriteId) -> Result<Write, AppError> {
        let _ = id;
        Err(AppError::not_found("confirm_late_absence"))
    }
}
