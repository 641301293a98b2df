//! "Agenda": the app's commands about the planning, as the interface calls them. Each only passes on.

use crate::host::Host;
use crate::notify::Notifications;
use schriftje_app::api::{
    Agenda, AgendaQuery, AgendaState, AppError, CalendarFeed, ChildCredits, DayRange, Expected,
    GivenIn, Possibilities, QuoteQuery, RequestPage, RequestQuery, Today,
};
use schriftje_model::{
    AbsenceForm, CareRequest, Day, LineId, Quote, RequestForm, RequestId, RequestKind, Wish,
    WishId, Write, WriteId,
};
use std::sync::Arc;
use tauri::State;

type Shared<'a> = State<'a, Arc<Host>>;

/// Days of the planning, from the cache.
#[tauri::command]
#[specta::specta]
pub async fn agenda(host: Shared<'_>, query: AgendaQuery) -> Result<Agenda, AppError> {
    host.app().await?.agenda(query).await
}

/// How fresh the planning is, and what can be done with it at this portal.
#[tauri::command]
#[specta::specta]
pub async fn agenda_state(host: Shared<'_>) -> Result<AgendaState, AppError> {
    host.app().await?.agenda_state().await
}

/// "Herladen": reads the newest planning, and with `range` also those days; requests and credits too.
#[tauri::command]
#[specta::specta]
pub async fn refresh_agenda(host: Shared<'_>, range: Option<DayRange>) -> Result<(), AppError> {
    host.app().await?.refresh_agenda(range).await
}

/// "Vandaag": the day at a glance, from the cache.
#[tauri::command]
#[specta::specta]
pub async fn today(host: Shared<'_>) -> Result<Today, AppError> {
    host.app().await?.today().await
}

/// What is possible on a day or in a period, computed by the portal now.
#[tauri::command]
#[specta::specta]
pub async fn possibilities(
    host: Shared<'_>,
    kind: RequestKind,
    from: Day,
    until: Day,
) -> Result<Possibilities, AppError> {
    host.app().await?.possibilities(kind, from, until).await
}

/// What a booking is worth, computed by the portal now.
#[tauri::command]
#[specta::specta]
pub async fn quote(host: Shared<'_>, query: QuoteQuery) -> Result<Quote, AppError> {
    host.app().await?.quote(query).await
}

/// The form of that kind as it was left, or an empty one.
#[tauri::command]
#[specta::specta]
pub async fn request_form(host: Shared<'_>, kind: RequestKind) -> Result<RequestForm, AppError> {
    host.app().await?.request_form(kind).await
}

/// Keeps a form.
#[tauri::command]
#[specta::specta]
pub async fn save_request_form(host: Shared<'_>, form: RequestForm) -> Result<(), AppError> {
    host.app().await?.save_request_form(form).await
}

/// Throws a form away.
#[tauri::command]
#[specta::specta]
pub async fn discard_request_form(host: Shared<'_>, kind: RequestKind) -> Result<(), AppError> {
    host.app().await?.discard_request_form(kind).await
}

/// Gives a form in: into the send queue, or as a wish while the portal has not said what is possible.
#[tauri::command]
#[specta::specta]
pub async fn send_request(host: Shared<'_>, kind: RequestKind) -> Result<GivenIn, AppError> {
    host.app().await?.send_request(kind).await
}

/// Requests that wait for a network or for the parent, oldest first.
#[tauri::command]
#[specta::specta]
pub async fn wishes(host: Shared<'_>) -> Result<Vec<Wish>, AppError> {
    host.app().await?.wishes().await
}

/// Makes a wish the form of its kind again, to be completed; a form that was there is kept as a wish.
#[tauri::command]
#[specta::specta]
pub async fn open_wish(host: Shared<'_>, id: WishId) -> Result<RequestForm, AppError> {
    host.app().await?.open_wish(id).await
}

/// Throws a wish away.
#[tauri::command]
#[specta::specta]
pub async fn discard_wish(host: Shared<'_>, id: WishId) -> Result<(), AppError> {
    host.app().await?.discard_wish(id).await
}

/// What every child is expected for on a day or in a period, from the cache: what an absence is about.
#[tauri::command]
#[specta::specta]
pub async fn expected(host: Shared<'_>, from: Day, until: Day) -> Result<Vec<Expected>, AppError> {
    host.app().await?.expected(from, until).await
}

/// Reports an absence: into the send queue. What is wrong with it is told before.
#[tauri::command]
#[specta::specta]
pub async fn send_absence(host: Shared<'_>, form: AbsenceForm) -> Result<Write, AppError> {
    host.app().await?.send_absence(form).await
}

/// Sends an absence whose day had begun before it could be sent.
#[tauri::command]
#[specta::specta]
pub async fn confirm_late_absence(host: Shared<'_>, id: WriteId) -> Result<Write, AppError> {
    host.app().await?.confirm_late_absence(id).await
}

/// Requests and absences, from the cache.
#[tauri::command]
#[specta::specta]
pub async fn requests(host: Shared<'_>, query: RequestQuery) -> Result<RequestPage, AppError> {
    host.app().await?.requests(query).await
}

/// The parent has the requests before them: their notification has done its work.
#[tauri::command]
#[specta::specta]
pub async fn saw_requests(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
) -> Result<(), AppError> {
    let done = host.app().await?.saw_requests().await?;
    notifications.seen(&done).await;
    Ok(())
}

/// One request.
#[tauri::command]
#[specta::specta]
pub async fn request(host: Shared<'_>, id: RequestId) -> Result<CareRequest, AppError> {
    host.app().await?.request(id).await
}

/// Cancels one line of a request at the portal, now. A period goes whole.
#[tauri::command]
#[specta::specta]
pub async fn cancel_line(
    host: Shared<'_>,
    request: RequestId,
    line: LineId,
) -> Result<CareRequest, AppError> {
    host.app().await?.cancel_line(request, line).await
}

/// The credits of every child, from the cache.
#[tauri::command]
#[specta::specta]
pub async fn credits(host: Shared<'_>) -> Result<Vec<ChildCredits>, AppError> {
    host.app().await?.credits().await
}

/// The calendar on this device for calendar programs.
#[tauri::command]
#[specta::specta]
pub async fn calendar_feed(host: Shared<'_>) -> Result<CalendarFeed, AppError> {
    host.app().await?.calendar_feed().await
}

/// Switches that calendar on or off; switched on anew, it has a new address.
#[tauri::command]
#[specta::specta]
pub async fn set_calendar_feed(host: Shared<'_>, on: bool) -> Result<CalendarFeed, AppError> {
    host.app().await?.set_calendar_feed(on).await
}
