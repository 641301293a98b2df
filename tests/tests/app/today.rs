//! "Vandaag" asks of a parent what is still to be done, in time and no longer.

use crate::world::{World, now};
use chrono::TimeDelta;
use schriftje_app::App;
use schriftje_app::api::TodayAsked;
use schriftje_demo_portal::{NewCredit, Options, Size};
use schriftje_model::{AbsenceForm, AbsenceReason, ChildSlots, RequestKind, SlotRef, today};
use serde_json::json;

async fn family() -> World {
    World::with(|options| Options { size: Size::Family, ..options }).await
}

async fn asked(app: &App) -> Vec<TodayAsked> {
    app.today().await.unwrap().asked
}

#[tokio::test(flavor = "multi_thread")]
async fn until_when_something_can_be_cancelled_is_told_the_day_before() {
    let world = family().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let soon = today(now()) + TimeDelta::days(2);
    let expected = app.expected(soon, soon + TimeDelta::days(7)).await.unwrap();
    let child = expected.into_iter().find(|one| !one.slots.is_empty()).unwrap();
    let slot = child.slots.into_iter().min_by_key(|slot| slot.starts_at).unwrap();
    let named = SlotRef { day: slot.day, starts_at: slot.starts_at, ends_at: slot.ends_at };
    let form = AbsenceForm {
        from: slot.day,
        until: slot.day,
        lines: vec![ChildSlots { child: slot.child, slots: vec![named] }],
        reason: AbsenceReason::Holiday,
        remark: String::new(),
    };
    app.send_absence(form).await.unwrap();
    app.send_now().await.unwrap();
    app.refresh_agenda(None).await.unwrap();
    let ends = |asked: Vec<TodayAsked>| {
        asked.into_iter().find(|one| matches!(one, TodayAsked::CancelEnds { .. }))
    };
    assert_eq!(ends(asked(&app).await), None, "there is time yet");
    world.clock.advance(slot.starts_at - TimeDelta::hours(23) - now());
    let Some(TodayAsked::CancelEnds { kind, child_names, until, .. }) = ends(asked(&app).await)
    else {
        panic!("nothing is told");
    };
    // This organisation lets an absence be taken back until the child would come.
    assert_eq!((kind, until), (RequestKind::Absence, slot.starts_at));
    assert_eq!(child_names, [child.child.first_name]);
    world.clock.advance(TimeDelta::hours(23));
    assert_eq!(ends(asked(&app).await), None, "it is too late");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credit_is_told_of_when_it_ends_soon() {
    let world = family().await;
    let app = world.signed_in().await;
    let give = async |days: i64| {
        let credit = json!({
            "child": "Noortje", "name": format!("Nog {days} dagen"), "unit": "minutes",
            "total": 90, "validFrom": "2020-01-01",
            "validUntil": today(now()) + TimeDelta::days(days),
        });
        let credit: NewCredit = serde_json::from_value(credit).unwrap();
        world.portal.nursery().give_credit(credit).await.unwrap();
    };
    for days in [-1, 5, 60] {
        give(days).await;
    }
    app.sync_now().await.unwrap();
    let told = asked(&app).await.into_iter().filter_map(|one| match one {
        TodayAsked::CreditEnds { credit, child_name } => Some((credit.name, child_name)),
        _ => None,
    });
    let told: Vec<_> = told.filter(|(name, _)| name.starts_with("Nog ")).collect();
    assert_eq!(told, [("Nog 5 dagen".to_owned(), "Noortje".to_owned())]);
    app.shutdown().await;
}
