//! What becomes of a request of the family: judged child by child, expired or cancelled, and told
//! once.

use crate::family::{
    ask, day, family, form_of_both, friday, judge, letters, newest, slots, slots_of_both, thursday,
};
use crate::world::World;
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, Language, OpenWhat};
use schriftje_model::{
    Attendance, CareRequest, RequestForm, RequestKind, RequestStatus, SlotKind, noon,
};
use std::sync::Arc;

const KINDS: [RequestKind; 2] = [RequestKind::Extra, RequestKind::Swap];

async fn read(world: &World) -> Arc<App> {
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    app.take_notifications(Language::Nl).await.unwrap();
    app
}

fn statuses(request: &CareRequest) -> Vec<RequestStatus> {
    request.lines.iter().map(|line| line.status).collect()
}

async fn raised(app: &App) -> Vec<OpenWhat> {
    let raised = app.take_notifications(Language::Nl).await.unwrap();
    raised.into_iter().map(|raised| raised.what).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_judged_child_by_child_and_told_once_when_all_are_judged() {
    for kind in KINDS {
        let world = family().await;
        let app = read(&world).await;
        let form = form_of_both(&app, kind).await;
        let asked = ask(&app, form).await;
        assert_eq!(statuses(&asked), [RequestStatus::Asked, RequestStatus::Asked]);

        judge(&world, &asked.lines[0], true).await;
        assert_eq!(letters(&app).await, [], "one is still open");
        assert_eq!(raised(&app).await, []);
        assert_eq!(statuses(&newest(&app).await), [RequestStatus::Approved, RequestStatus::Asked]);

        judge(&world, &asked.lines[1], false).await;
        let told = letters(&app).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].unread);
        let account = app.overview().await.unwrap().account.unwrap().id;
        assert_eq!(raised(&app).await, [OpenWhat::Requests { account }]);
        let after = newest(&app).await;
        assert_eq!(after.conversation.as_ref(), Some(&told[0].id));
        assert_eq!(statuses(&after), [RequestStatus::Approved, RequestStatus::Refused]);
        assert_eq!(after.lines[1].status_reason.as_deref(), Some("De groep is vol."));
        assert_eq!(letters(&app).await.len(), 1);
        assert_eq!(raised(&app).await, [], "told once");
        app.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_not_judged_in_time_expires_and_is_told_once() {
    for kind in KINDS {
        let world = family().await;
        let app = read(&world).await;
        let last = day("2026-03-20");
        let expires_on = Some(last);
        let form = RequestForm { whole: true, expires_on, ..form_of_both(&app, kind).await };
        let asked = ask(&app, form).await;
        assert_eq!((asked.whole, asked.expires_on), (true, expires_on));
        // All or none: one approval alone decides nothing.
        judge(&world, &asked.lines[0], true).await;
        assert_eq!(letters(&app).await, []);

        let later = noon(last).to_utc();
        world.portal.clock().set(later);
        world.clock.set(later);
        assert_eq!(letters(&app).await.len(), 1);
        assert_eq!(raised(&app).await.len(), 1);
        assert_eq!(statuses(&newest(&app).await), [RequestStatus::Expired; 2]);
        assert_eq!(slots(&app, friday()).await, []);
        let stays = slots_of_both(&app, thursday(), thursday()).await;
        assert_eq!(stays.len(), 2, "what was given in stays");
        assert_eq!(letters(&app).await.len(), 1);
        assert_eq!(raised(&app).await, []);
        app.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_swap_is_an_option_in_the_agenda_that_moves_when_approved_and_goes_when_cancelled() {
    let world = family().await;
    let app = read(&world).await;
    let form = form_of_both(&app, RequestKind::Swap).await;
    let asked = ask(&app, form).await;
    let [noortje, ties] = &asked.lines[..] else { panic!("two children: {asked:?}") };
    let options = slots(&app, friday()).await;
    assert_eq!(options.len(), 2);
    for option in &options {
        assert_eq!(option.attendance, Attendance::Tentative);
        assert_eq!(option.extra_info.as_deref(), Some("Optie extra"));
        assert_eq!(option.kind, Some(SlotKind::Swap));
        assert_eq!(option.request.as_ref(), Some(&asked.id));
    }
    assert_eq!(slots_of_both(&app, thursday(), thursday()).await.len(), 2);

    assert!(noortje.can_cancel && ties.can_cancel);
    let cancelled = app.cancel_line(asked.id.clone(), ties.id.clone()).await.unwrap();
    assert_eq!(statuses(&cancelled), [RequestStatus::Asked, RequestStatus::Cancelled]);
    judge(&world, noortje, true).await;
    let late = app.cancel_line(asked.id.clone(), noortje.id.clone()).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::NotCancellable);
    assert!(late.portal_says.is_some_and(|says| !says.is_empty()));

    assert_eq!(statuses(&newest(&app).await), [RequestStatus::Approved, RequestStatus::Cancelled]);
    let moved = slots(&app, friday()).await;
    assert_eq!(moved.len(), 1);
    assert_eq!((&moved[0].child, moved[0].attendance), (&noortje.child, Attendance::Attend));
    let stays = slots_of_both(&app, thursday(), thursday()).await;
    assert_eq!(stays.iter().map(|one| &one.child).collect::<Vec<_>>(), [&ties.child]);
    app.shutdown().await;
}
