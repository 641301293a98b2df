//! What the demo family asks of the planning together: Noortje in day care, Ties around school.

use crate::world::{World, now};
use schriftje_app::App;
use schriftje_app::api::{AgendaQuery, ChildPossibilities, GivenIn, QuoteQuery, RequestQuery};
use schriftje_demo_portal::{Decision, Options, PlacesSet, Size, TrueRequest};
use schriftje_model::{
    Booking, BookingLine, CareRequest, CareSlot, ChildSlots, Conversation, Day, RequestForm,
    RequestKind, RequestLine, SlotRef, WriteId,
};

/// A portal with the whole demo family, and room for both on the Friday.
pub async fn family() -> World {
    let world = World::with(|options| Options { size: Size::Family, ..options }).await;
    room(&world, friday()).await;
    world
}

/// Makes room for Noortje in the morning and for Ties after school.
pub async fn room(world: &World, day: Day) {
    for (group, part) in [("Hamsters", "ochtend"), ("Floris", "naschools")] {
        let (group, part) = (group.to_owned(), part.to_owned());
        let set = PlacesSet { group, day, part, places: 5 };
        world.portal.nursery().set_places(set).await.unwrap();
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A Friday on which nobody of the family comes.
pub fn friday() -> Day {
    day("2026-03-27")
}

/// The Thursday before it, on which both are expected.
pub fn thursday() -> Day {
    day("2026-03-26")
}

/// What both are expected for in a period, child by child.
pub async fn slots_of_both(app: &App, from: Day, until: Day) -> Vec<ChildSlots> {
    let named = |slot: &CareSlot| SlotRef {
        day: slot.day,
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
    };
    let expected = app.expected(from, until).await.unwrap();
    let of_child = expected.into_iter().filter(|one| !one.slots.is_empty());
    of_child
        .map(|one| ChildSlots { child: one.child.id, slots: one.slots.iter().map(named).collect() })
        .collect()
}

/// The line that takes a day part of a child, by its id.
pub fn line(child: &ChildPossibilities, part: &str) -> BookingLine {
    let part = child.parts.iter().find(|one| one.part.id == part).unwrap();
    assert!(!part.days.is_empty(), "{part:?}");
    BookingLine { child: child.child.clone(), parts: vec![part.part.clone()], credit: None }
}

/// Noortje's morning and Ties' afternoon after school; for a swap, Thursday is given in.
pub async fn booking_of_both(app: &App, kind: RequestKind, from: Day, until: Day) -> Booking {
    let possible = app.possibilities(kind, from, until).await.unwrap();
    let child = |name| possible.children.iter().find(|one| one.child_name == name).unwrap();
    let lines = vec![line(child("Noortje"), "ochtend"), line(child("Ties"), "naschools")];
    let given = match kind {
        RequestKind::Swap => slots_of_both(app, thursday(), thursday()).await,
        _ => Vec::new(),
    };
    quoted(app, kind, Booking { from, until, lines, given, quote: None }).await
}

/// The booking with what the portal says of it.
pub async fn quoted(app: &App, kind: RequestKind, booking: Booking) -> Booking {
    let query = QuoteQuery { kind, booking: booking.clone(), before: Vec::new() };
    Booking { quote: Some(app.quote(query).await.unwrap()), ..booking }
}

/// A form for both on the Friday.
pub async fn form_of_both(app: &App, kind: RequestKind) -> RequestForm {
    let bookings = vec![booking_of_both(app, kind, friday(), friday()).await];
    RequestForm { bookings, ..RequestForm::empty(kind) }
}

/// Gives a form in; answers in which write it waits.
pub async fn give_in(app: &App, form: RequestForm) -> WriteId {
    let kind = form.kind;
    app.save_request_form(form).await.unwrap();
    let GivenIn::Queued { write } = app.send_request(kind).await.unwrap() else {
        panic!("it was priced");
    };
    write.id
}

/// Gives a form in and sends it; answers the request it became.
pub async fn ask(app: &App, form: RequestForm) -> CareRequest {
    give_in(app, form).await;
    assert_eq!(app.send_now().await.unwrap().sent, 1);
    newest(app).await
}

/// The newest request, as it is kept after it was read again.
pub async fn newest(app: &App) -> CareRequest {
    app.refresh_agenda(None).await.unwrap();
    let query = RequestQuery { limit: 1, ..RequestQuery::default() };
    app.requests(query).await.unwrap().requests.remove(0)
}

/// The slots of a day, as they are kept.
pub async fn slots(app: &App, day: Day) -> Vec<CareSlot> {
    let query = AgendaQuery { children: Vec::new(), from: day, until: day };
    app.agenda(query).await.unwrap().days.into_iter().flat_map(|day| day.slots).collect()
}

/// The planning department judges a line.
pub async fn judge(world: &World, line: &RequestLine, approve: bool) {
    let reason = (!approve).then(|| "De groep is vol.".to_owned());
    let decision = Decision { approve, reason };
    world.portal.nursery().decide_line(line.id.as_str(), decision).await.unwrap();
}

/// The conversations about requests, as they are read now.
pub async fn letters(app: &App) -> Vec<Conversation> {
    app.sync_now().await.unwrap();
    let page = app.conversations(None, 50).await.unwrap();
    let about = |one: &Conversation| one.subject.to_lowercase().contains("aanvraag");
    page.conversations.into_iter().filter(about).collect()
}

/// The requests that were sent to the portal since the world began, oldest first.
pub async fn arrived(world: &World) -> Vec<TrueRequest> {
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let begins = now().timestamp_millis();
    let mut sent: Vec<_> =
        truth.requests.into_iter().filter(|request| request.sent_at >= begins).collect();
    sent.sort_by_key(|request| request.sent_at);
    sent
}
