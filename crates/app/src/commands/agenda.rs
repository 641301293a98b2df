//! "Agenda": the planning, what can be asked of it, and what was asked.

use crate::App;
use crate::api::{
    Agenda, AgendaQuery, AgendaState, AppError, CalendarFeed, ChildCredits, DayRange, Expected,
    ExportedCalendar, Possibilities, QuoteQuery, RequestPage, RequestQuery, Today,
};
use schriftje_model::{CareRequest, Day, LineId, Quote, RequestId, RequestKind};
use std::path::PathBuf;

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

    /// What every child is expected for on a day or in a period, from the cache: what an absence is about.
    pub async fn expected(&self, from: Day, until: Day) -> Result<Vec<Expected>, AppError> {
        let _ = from;
        let _ = until;
        Err(AppError::not_found("expected"))
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

    /// The calendar on this device for calendar programs.
    pub async fn calendar_feed(&self) -> Result<CalendarFeed, AppError> {
        Err(AppError::not_found("calendar_feed"))
    }

    /// Switches that calendar on or off; switched on anew, it has a new address.
    pub async fn set_calendar_feed(&self, on: bool) -> Result<CalendarFeed, AppError> {
        let _ = on;
        Err(AppError::not_found("set_calendar_feed"))
    }

    /// Writes the slots from `from` to `until`, or all that are known, to an iCalendar file.
    pub async fn export_calendar(
        &self,
        to: PathBuf,
        from: Option<Day>,
        until: Option<Day>,
    ) -> Result<ExportedCalendar, AppError> {
        let _ = (to, from, until);
        Err(AppError::not_found("export_calendar"))
    }
}
