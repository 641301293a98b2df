//! "Agenda": the planning, what can be asked of it, and what was asked.

use crate::App;
use crate::api::{
    Agenda, AgendaQuery, AgendaState, AppError, ChildCredits, DayRange, Expected, GivenIn,
    Possibilities, QuoteQuery, RequestPage, RequestQuery, Today,
};
use schriftje_model::{
    AbsenceForm, CareRequest, Day, LineId, Quote, RequestForm, RequestId, RequestKind, Wish,
    WishId, Write, WriteId,
};

impl App {
    /// Days of the planning, from the cache.
    pub async fn agenda(&self, query: AgendaQuery) -> Result<Agenda, AppError> {
        let _ = query;
        Err(AppError::not_found("agenda"))
    }

    /// How fresh the planning is, and what can be done with it at this portal.
    pub async fn agenda_state(&self) -> Result<AgendaState, AppError> {
        Err(AppError::not_found("agenda_state"))
    }

    /// "Herladen": reads the newest planning, and with `range` also those days; requests and credits too.
    pub async fn refresh_agenda(&self, range: Option<DayRange>) -> Result<(), AppError> {
        let _ = range;
        Err(AppError::not_found("refresh_agenda"))
    }

    /// "Vandaag": the day at a glance, from the cache.
    pub async fn today(&self) -> Result<Today, AppError> {
        Err(AppError::not_found("today"))
    }

    /// What is possible on a day or in a period, computed by the portal now.
    pub async fn possibilities(
        &self,
        kind: RequestKind,
        from: Day,
        until: Day,
    ) -> Result<Possibilities, AppError> {
        let _ = kind;
        let _ = from;
        let _ = until;
        Err(AppError::not_found("possibilities"))
    }

    /// What a booking is worth, computed by the portal now.
    pub async fn quote(&self, query: QuoteQuery) -> Result<Quote, AppError> {
        let _ = query;
        Err(AppError::not_found("quote"))
    }

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

    /// What every child is expected for on a day or in a period, from the cache: what an absence is about.
    pub async fn expected(&self, from: Day, until: Day) -> Result<Vec<Expected>, AppError> {
        let _ = from;
        let _ = until;
        Err(AppError::not_found("expected"))
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

    /// Requests and absences, from the cache.
    pub async fn requests(&self, query: RequestQuery) -> Result<RequestPage, AppError> {
        let _ = query;
        Err(AppError::not_found("requests"))
    }

    /// One request.
    pub async fn request(&self, id: RequestId) -> Result<CareRequest, AppError> {
        let _ = id;
        Err(AppError::not_found("request"))
    }

    /// Cancels one line of a request at the portal, now. A period goes whole.
    pub async fn cancel_line(
        &self,
        request: RequestId,
        line: LineId,
    ) -> Result<CareRequest, AppError> {
        let _ = request;
        let _ = line;
        Err(AppError::not_found("cancel_line"))
    }

    /// The credits of every child, from the cache.
    pub async fn credits(&self) -> Result<Vec<ChildCredits>, AppError> {
        Err(AppError::not_found("credits"))
    }
}
