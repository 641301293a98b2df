//! The agenda in the real window: a day for both children, a swap and a holiday are asked for,
//! judged by staff, followed in calendar and overview, cancelled, and expire; with a network and
//! without one in between.

use super::{World, steps};
use anyhow::{Context, Result, ensure};
use chrono::{TimeDelta, Utc};
use forms::{add, complete, give_in, open, remark, send, want};
use plan::Plan;
use schriftje_demo_portal::{Decision, NewCredit, Running, Size, TrueRequest};
use schriftje_model::today;
use schriftje_tests::desktop::Desktop;
use schriftje_tests::driver::Driven;
use schriftje_tests::notifications::{Notifications, Raised};
use schriftje_tests::page::Page;
use seen::{
    Letters, arrived, calendar, card, card_says, day_forgets, day_says, line, overview, picture,
    truth,
};
use serde_json::json;

#[path = "agenda/forms.rs"]
mod forms;
#[path = "agenda/plan.rs"]
mod plan;
#[path = "agenda/seen.rs"]
mod seen;

const EXTRA: &str = "We gaan die dag verhuizen.";
const SWAP: &str = "Ze slaapt die ochtend bij oma.";
const HOLIDAY: &str = "We zijn een week naar zee.";
const LAPSES: &str = "Alleen als het op tijd kan.";
const SEND: &str = "Aanvraag indienen";
const WISH: &str = "Bewaren tot er internet is";

/// A family of two with a credit, signed in, and the days of its story.
struct Family {
    world: World,
    notifications: Notifications,
    driven: Driven,
    plan: Plan,
}

impl Family {
    async fn at_home() -> Result<Self> {
        let desktop = Desktop::without_notifications()?;
        let notifications = Notifications::serve(&desktop).await?;
        let world = World::of(desktop, Size::Family).await?;
        let credit: NewCredit = serde_json::from_value(json!({
            "child": "Ties", "name": "Cadeau", "unit": "minutes", "total": 400,
            "validFrom": "2020-01-01", "validUntil": "2100-01-01"
        }))?;
        world.portal.nursery().give_credit(credit).await?;
        let driven = world.open().await?;
        let page = &driven.page;
        // Wide enough for what can be done to stand beside the planning.
        page.resize(1280, 800).await?;
        world.sign_in(&driven).await?;
        steps::synced(page).await?;
        let plan = plan(page, &world.portal).await?;
        Ok(Self { world, notifications, driven, plan })
    }
}

async fn plan(page: &Page, portal: &Running) -> Result<Plan> {
    let today = today(Utc::now());
    let (from, until) = Plan::stretch(today);
    let possible = async |kind: &str| {
        let query = json!({ "kind": kind, "from": from, "until": until });
        page.call("possibilities", query).await
    };
    let (extra, swap) = (possible("extra").await?, possible("swap").await?);
    Plan::find(today, &truth(portal).await?, &extra, &swap)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn what_is_asked_in_the_agenda_is_judged_followed_cancelled_and_expires() -> Result<()> {
    let Family { world, notifications, driven, plan } = Family::at_home().await?;
    let (page, portal) = (&driven.page, &world.portal);
    let mut letters = Letters::to(&notifications);

    // A day for both, judged as a whole.
    open(page, "agenda-ask-day").await?;
    page.says("not-structural", "verandert niets aan je vaste dagen").await?;
    page.click("add-day").await?;
    want(page, plan.extra).await?;
    forms::parts_of_both(page, &plan).await?;
    picture(page, "dag-toevoegen").await?;
    add(page).await?;
    page.click("request-whole").await?;
    remark(page, EXTRA).await?;
    send(page, SEND).await?;
    let extra = arrived(portal, EXTRA).await?;
    ensure!(extra.whole && paid_with_credit(&extra, &plan.ties) == 240, "{extra:?}");
    ensure!(paid_with_credit(&extra, &plan.noortje) == 0, "{extra:?}");
    asked(page, &extra, &plan).await?;

    // A morning for an afternoon that is shorter.
    open(page, "agenda-ask-swap").await?;
    page.click("add-day").await?;
    give_in(page, &plan).await?;
    want(page, plan.wanted).await?;
    forms::afternoon(page, &plan).await?;
    picture(page, "ruildag-toevoegen").await?;
    add(page).await?;
    remark(page, SWAP).await?;
    send(page, SEND).await?;
    let swap = arrived(portal, SWAP).await?;
    card_says(page, line(&swap, &plan.noortje)?, &["Ruildag", "13:00 – 18:00", "In aanvraag"])
        .await?;

    // A week of holiday, from "Mijn kind".
    steps::my_child(page).await?;
    page.click("report-absence").await?;
    forms::holiday(page, &plan, HOLIDAY).await?;
    page.click("absence-send").await?;
    page.says("absence-sent", "Doorgegeven").await?;
    let holiday = arrived(portal, HOLIDAY).await?;
    ensure!(holiday.reason.as_deref() == Some("holiday"), "{holiday:?}");
    page.click("absence-overview").await?;
    on_holiday(page, &holiday, &plan).await?;

    // Both can come: it is done once both are judged, and told once.
    let (noortje, ties) = (line(&extra, &plan.noortje)?, line(&extra, &plan.ties)?);
    approve(portal, noortje).await?;
    approve(portal, ties).await?;
    let words = ["Noortje", "Ties", "goedgekeurd"];
    letters.read(page, "Je aanvraag is beoordeeld", &words).await?;
    overview(page).await?;
    for line in [noortje, ties] {
        card_says(page, line, &["Extra dag", "Goedgekeurd"]).await?;
    }
    calendar(page, plan.extra).await?;
    day_says(page, &["Noortje", "Extra dag", "07:30 – 13:00"]).await?;
    day_says(page, &["Ties", "Extra dag", "14:30 – 18:30"]).await?;
    day_forgets(page, &["Optie extra"]).await?;

    // The swap is decided while the parent is asked whether it is to be cancelled.
    decided_meanwhile(page, portal, line(&swap, &plan.noortje)?).await?;
    letters.read(page, "Je ruilaanvraag is beoordeeld", &["Noortje", "Ingeruild:"]).await?;
    swapped(page, &plan).await?;

    // Ties does come in the week of the holiday.
    overview(page).await?;
    let ties = line(&holiday, &plan.ties)?;
    page.click_css(&format!("{} [data-testid=cancel-line]", card(ties))).await?;
    page.says("cancel-confirm", "De hele periode van Ties").await?;
    page.click("cancel-confirm-yes").await?;
    card_says(page, ties, &["Geannuleerd"]).await?;
    comes_after_all(page, portal, &plan).await?;

    // Nobody judges the last one until it expires.
    open(page, "agenda-ask-day").await?;
    page.click("add-day").await?;
    want(page, plan.lapses).await?;
    forms::morning(page, &plan).await?;
    add(page).await?;
    forms::expires(page, plan.expires).await?;
    remark(page, LAPSES).await?;
    send(page, SEND).await?;
    expires(page, portal, &plan, &mut letters).await?;
    let told =
        ["Je aanvraag is vervallen", "Je ruilaanvraag is beoordeeld", "Je aanvraag is beoordeeld"];
    letters.were(portal, &told).await?;
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn what_is_asked_in_the_agenda_without_a_network_goes_when_it_is_back() -> Result<()> {
    let Family { world, notifications, driven, plan } = Family::at_home().await?;
    let World { desktop: _desktop, home: _home, portal, _data } = world;
    let page = &driven.page;
    let mut letters = Letters::to(&notifications);
    let options = portal.options();
    portal.stop().await;

    // Without a network nobody knows what is possible: what is wanted is kept as a wish.
    open(page, "agenda-ask-day").await?;
    page.click("add-day").await?;
    want(page, plan.extra).await?;
    for name in ["Noortje", "Ties"] {
        page.click_saying("[data-testid=wish-children] label", name).await?;
    }
    add(page).await?;
    page.find("booking-incomplete").await?;
    page.click("request-whole").await?;
    remark(page, EXTRA).await?;
    send(page, WISH).await?;

    open(page, "agenda-ask-swap").await?;
    page.click("add-day").await?;
    give_in(page, &plan).await?;
    want(page, plan.wanted).await?;
    page.click_saying("[data-testid=wish-children] label", "Noortje").await?;
    add(page).await?;
    remark(page, SWAP).await?;
    send(page, WISH).await?;

    open(page, "agenda-ask-day").await?;
    page.click("add-day").await?;
    want(page, plan.lapses).await?;
    page.click_saying("[data-testid=wish-children] label", "Noortje").await?;
    add(page).await?;
    forms::expires(page, plan.expires).await?;
    remark(page, LAPSES).await?;
    send(page, WISH).await?;

    // An absence waits to go out, and says so.
    open(page, "agenda-tell-absence").await?;
    forms::holiday(page, &plan, HOLIDAY).await?;
    page.click("absence-send").await?;
    page.says("absence-sent", "Wordt doorgegeven").await?;
    page.says("absence-sent", "Dit gaat vanzelf, ook als je dit scherm verlaat.").await?;
    page.click("absence-overview").await?;
    page.says("unsent-request", "Nog niet doorgegeven").await?;
    wishes(page, 3, false).await?;
    picture(page, "overzicht-zonder-internet").await?;
    calendar(page, plan.holiday.0).await?;
    day_says(page, &["Noortje"]).await?;
    day_forgets(page, &["Afwezig gemeld"]).await?;

    // The network is back: the absence goes by itself, the wishes wait for the parent.
    let portal = schriftje_demo_portal::start(options).await?;
    let portal = &portal;
    let holiday = arrived(portal, HOLIDAY).await?;
    overview(page).await?;
    page.gone("unsent-request").await?;
    on_holiday(page, &holiday, &plan).await?;
    overview(page).await?;
    wishes(page, 3, true).await?;
    page.says("agenda-freshness", "Bijgewerkt").await?;
    let sent = truth(portal).await?.requests;
    ensure!(!sent.iter().any(|one| [EXTRA, SWAP, LAPSES].contains(&one.remark.as_str())));
    notifications.wait_for(ready).await?;
    let told = notifications.raised().into_iter().find(ready).context("no wish was told of")?;
    notifications.click(told.id).await?;

    // Each is completed with what is possible, and sent as it was meant.
    complete(page).await?;
    forms::parts_of_both(page, &plan).await?;
    add(page).await?;
    send(page, SEND).await?;
    let extra = arrived(portal, EXTRA).await?;
    ensure!(extra.whole && paid_with_credit(&extra, &plan.ties) == 240, "{extra:?}");
    asked(page, &extra, &plan).await?;

    overview(page).await?;
    page.click("wish-open").await?;
    complete(page).await?;
    forms::afternoon(page, &plan).await?;
    add(page).await?;
    send(page, SEND).await?;
    let swap = arrived(portal, SWAP).await?;
    card_says(page, line(&swap, &plan.noortje)?, &["Ruildag", "In aanvraag"]).await?;

    page.click("wish-open").await?;
    complete(page).await?;
    forms::morning(page, &plan).await?;
    add(page).await?;
    send(page, SEND).await?;
    page.gone("wish").await?;

    // Ties cannot come, and so neither does Noortje: it was one request.
    let (noortje, ties) = (line(&extra, &plan.noortje)?, line(&extra, &plan.ties)?);
    approve(portal, noortje).await?;
    let full = Decision { approve: false, reason: Some("Bij Floris is het vol.".to_owned()) };
    portal.nursery().decide_line(ties, full).await?;
    let words = ["Noortje", "Bij Floris is het vol."];
    letters.read(page, "Je aanvraag is beoordeeld", &words).await?;
    overview(page).await?;
    card_says(page, ties, &["Afgekeurd", "Bij Floris is het vol."]).await?;
    let why = ["Afgekeurd", "Niet alle kinderen konden geplaatst worden."];
    card_says(page, noortje, &why).await?;
    calendar(page, plan.extra).await?;
    day_forgets(page, &["07:30"]).await?;

    decided_meanwhile(page, portal, line(&swap, &plan.noortje)?).await?;
    letters.read(page, "Je ruilaanvraag is beoordeeld", &["Noortje", "Ingeruild:"]).await?;
    swapped(page, &plan).await?;

    // Ties does come in the week of the holiday: cancelled from the calendar.
    calendar(page, plan.holiday.0).await?;
    page.click_saying("[data-testid=chosen-day] [data-testid=slot]", "Ties").await?;
    page.click_css("[data-testid=slot-request] [data-testid=cancel-line]").await?;
    page.click("cancel-confirm-yes").await?;
    page.says("slot-request", "Geannuleerd").await?;
    page.click_css("[data-testid=slot-dialog] .modal-close").await?;
    page.gone("slot-dialog").await?;
    comes_after_all(page, portal, &plan).await?;

    expires(page, portal, &plan, &mut letters).await?;
    let told =
        ["Je aanvraag is vervallen", "Je ruilaanvraag is beoordeeld", "Je aanvraag is beoordeeld"];
    letters.were(portal, &told).await?;
    driven.close().await
}

/// How much of credits a child's line pays with.
fn paid_with_credit(request: &TrueRequest, child: &str) -> i64 {
    let lines = request.lines.iter().filter(|line| line.child == child);
    lines.flat_map(|line| &line.paid_with).map(|(_, amount)| amount).sum()
}

/// The day for both is seen in overview and calendar as what is still to be judged.
async fn asked(page: &Page, extra: &TrueRequest, plan: &Plan) -> Result<()> {
    for (child, times) in [(&plan.noortje, "07:30 – 13:00"), (&plan.ties, "14:30 – 18:30")] {
        card_says(page, line(extra, child)?, &["Extra dag", times, "In aanvraag"]).await?;
    }
    // A tap anywhere on the request opens it.
    page.click_css(&card(line(extra, &plan.ties)?)).await?;
    for words in ["Als geheel", EXTRA, "Betaald met tegoed: 4 uur", "57,75"] {
        page.says("request-dialog", words).await?;
    }
    page.click_css("[data-testid=request-dialog] .modal-close").await?;
    page.gone("request-dialog").await?;
    calendar(page, plan.extra).await?;
    for name in ["Noortje", "Ties"] {
        day_says(page, &[name, "Optie extra"]).await?;
    }
    picture(page, "optie-extra").await
}

/// The week of holiday is seen in the overview, and in the calendar from its Monday.
async fn on_holiday(page: &Page, holiday: &TrueRequest, plan: &Plan) -> Result<()> {
    overview(page).await?;
    for child in [&plan.noortje, &plan.ties] {
        card_says(page, line(holiday, child)?, &["Afwezigheid", "Geregistreerd"]).await?;
    }
    calendar(page, plan.holiday.0).await?;
    for name in ["Noortje", "Ties"] {
        day_says(page, &[name, "Afwezig gemeld"]).await?;
    }
    Ok(())
}

async fn approve(portal: &Running, line: &str) -> Result<()> {
    let decision = Decision { approve: true, reason: None };
    Ok(portal.nursery().decide_line(line, decision).await?)
}

/// Staff decides while the parent is asked whether it is to be cancelled: the portal refuses that,
/// and its reason is read.
async fn decided_meanwhile(page: &Page, portal: &Running, line: &str) -> Result<()> {
    overview(page).await?;
    page.click_css(&format!("{} [data-testid=cancel-line]", card(line))).await?;
    page.find("cancel-confirm-yes").await?;
    approve(portal, line).await?;
    page.click("cancel-confirm-yes").await?;
    page.says("cancel-refused", "Annuleren is niet gelukt.").await?;
    page.says("cancel-refused", "Hierover is al beslist. Neem contact op met de groep.").await?;
    card_says(page, line, &["Goedgekeurd"]).await?;
    let bin = format!("return !document.querySelector('{} [data-testid=cancel-line]')", card(line));
    page.until("the bin to go", &bin).await?;
    picture(page, "annuleren-geweigerd").await
}

/// The afternoon took the place of the morning.
async fn swapped(page: &Page, plan: &Plan) -> Result<()> {
    calendar(page, plan.wanted).await?;
    day_says(page, &["Noortje", "Ruildag", "13:00 – 18:00"]).await?;
    day_forgets(page, &["Noortje", "Optie extra"]).await?;
    calendar(page, plan.given).await?;
    day_says(page, &["Noortje", "13:00 – 18:00"]).await?;
    day_forgets(page, &["Noortje", "07:30 – 13:00"]).await
}

/// Only Noortje is on holiday any more.
async fn comes_after_all(page: &Page, portal: &Running, plan: &Plan) -> Result<()> {
    calendar(page, plan.holiday.0).await?;
    day_forgets(page, &["Ties", "Afwezig gemeld"]).await?;
    day_says(page, &["Ties"]).await?;
    day_says(page, &["Noortje", "Afwezig gemeld"]).await?;
    let holiday = arrived(portal, HOLIDAY).await?;
    let of = |child: &str| holiday.lines.iter().find(|line| line.child == child);
    let status = |child: &str| of(child).map(|line| line.status.as_str());
    ensure!(status(&plan.ties) == Some("cancelled"), "{holiday:?}");
    ensure!(status(&plan.noortje) == Some("registered"), "{holiday:?}");
    Ok(())
}

/// Time passes until nobody has judged the last request.
async fn expires(
    page: &Page,
    portal: &Running,
    plan: &Plan,
    letters: &mut Letters<'_>,
) -> Result<()> {
    let lapses = arrived(portal, LAPSES).await?;
    ensure!(lapses.expires_on == Some(plan.expires), "{lapses:?}");
    let line = line(&lapses, &plan.noortje)?;
    overview(page).await?;
    card_says(page, line, &["Extra dag", "In aanvraag"]).await?;
    portal.clock().advance(TimeDelta::days(2));
    card_says(page, line, &["Vervallen", "Niet op tijd beoordeeld."]).await?;
    picture(page, "vervallen").await?;
    letters.read(page, "Je aanvraag is vervallen", &["Noortje", "vervallen"]).await?;
    calendar(page, plan.lapses).await?;
    day_forgets(page, &["Noortje"]).await
}

/// Waits until so many wishes stand in the overview, ready to be completed or not.
async fn wishes(page: &Page, count: usize, ready: bool) -> Result<()> {
    let script = format!(
        "return document.querySelectorAll('[data-testid=wish][data-ready={ready}]').length === \
         {count}"
    );
    page.until(&format!("{count} wishes"), &script).await
}

/// A notification that a wish can be completed.
fn ready(raised: &Raised) -> bool {
    raised.title == "Je aanvraag kan nu verstuurd worden"
}
