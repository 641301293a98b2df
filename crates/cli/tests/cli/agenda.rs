//! The planning: for calendar programs, and what is asked and told about it.

use crate::world::{PASSWORD, World};
use schriftje_demo_portal::{Options, PlacesSet, Size, start};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn a_script_writes_the_planning_for_calendar_programs() {
    let world = World::new().await;
    let file = world.path("opvang.ics");
    let to = file.to_str().unwrap();
    let nobody = world.run(&["--json", "calendar", "export", "--to", to]).await;
    assert_eq!((nobody.code, nobody.error()), (Some(3), "notSignedIn".into()));
    world.login("sanne", PASSWORD).await.json();
    let exported = world.run(&["--json", "calendar", "export", "--to", to]).await.json();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(exported["events"], text.matches("BEGIN:VEVENT").count());
    let nowhere = world.path("weg/opvang.ics");
    let nowhere = nowhere.to_str().unwrap();
    let refused = world.run(&["--json", "calendar", "export", "--to", nowhere]).await;
    assert_eq!((refused.code, refused.error()), (Some(7), "folderNotWritable".into()));
    let turned = ["--from", "2026-03-16", "--until", "2026-03-15"];
    let turned =
        world.run(&[&["--json", "calendar", "export", "--to", to], &turned[..]].concat()).await;
    assert_eq!((turned.code, turned.error()), (Some(2), "periodNotAllowed".into()));
    // A reason that is none never reaches the app.
    let absence =
        ["request", "absence", "--child", "Noortje", "--from", "2026-03-16", "--reason", "moe"];
    assert_eq!(world.run(&absence).await.code, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_reports_an_absence_and_cancels_it_by_what_the_agenda_says() {
    let dir = tempfile::tempdir().unwrap();
    let portal = start(Options::new(dir.path().join("portal"), Size::Small)).await.unwrap();
    let world = World { portal, dir };
    world.login("sanne", PASSWORD).await.json();
    world.run(&["sync"]).await;
    let planned = world.run(&["--json", "agenda"]).await.json();
    // Far enough away that it is no matter of minutes.
    let day = planned["days"].as_array().unwrap().iter().skip(4).find(|day| {
        day["slots"]
            .as_array()
            .unwrap()
            .iter()
            .any(|slot| slot["childName"] == "Noortje" && slot["attendance"] == "attend")
    });
    let day = day.unwrap()["day"].as_str().unwrap().to_owned();
    let report =
        ["request", "absence", "--child", "Noortje", "--from", &day, "--reason", "vakantie"];
    let told = world.run(&[&["--json"], &report[..]].concat()).await;
    assert_eq!(told.code, Some(0), "{told:?}");
    let listed = || async { world.run(&["--json", "requests", "list"]).await.json() };
    let newest = listed().await[0].clone();
    assert_eq!((&newest["kind"], &newest["reason"]), (&"absence".into(), &"holiday".into()));
    let line = &newest["lines"][0];
    assert_eq!((&line["from"], &line["status"]), (&day.clone().into(), &"registered".into()));
    let absent = world.run(&["--json", "agenda", "--from", &day, "--until", &day]).await.json();
    assert!(absent.to_string().contains("\"absent\""));

    let again = world.run(&[&["--json"], &report[..]].concat()).await;
    assert_ne!(again.code, Some(0), "nothing is left to report");
    let id = newest["id"].as_str().unwrap();
    let cancelled = world.run(&["--json", "requests", "cancel", id]).await.json();
    assert_eq!(cancelled["lines"][0]["status"], "cancelled");
    let back = world.run(&["--json", "agenda", "--from", &day, "--until", &day]).await.json();
    assert!(!back.to_string().contains("\"absent\""));
}

/// A device that has read the planning, at the time it is.
async fn read_now() -> World {
    let dir = tempfile::tempdir().unwrap();
    let portal = start(Options::new(dir.path().join("portal"), Size::Small)).await.unwrap();
    let world = World { portal, dir };
    read_planning(&world, "sanne").await;
    world
}

/// Signs in and reads the planning; the pictures are not needed.
async fn read_planning(world: &World, user: &str) {
    use schriftje_demo_portal::{Fault, FaultKind, Origin};
    world.login(user, PASSWORD).await.json();
    let slow = Fault::always(FaultKind::Latency { ms: 600_000 });
    world.portal.faults().add(slow.on(Origin::Media));
    let mut sync = world.command(&["--json", "sync"]).spawn().unwrap();
    while planned_days(world).await.len() < 6 || newest_request(world).await.is_null() {
        assert!(sync.try_wait().unwrap().is_none(), "the sync ended early");
    }
    sync.kill().unwrap();
    sync.wait().unwrap();
    world.portal.faults().clear();
}

/// The days to come on which Noortje is expected.
async fn planned_days(world: &World) -> Vec<String> {
    let planned = world.run(&["--json", "agenda"]).await.json();
    let expected = |day: &&Value| {
        let slots = day["slots"].as_array().unwrap();
        slots.iter().any(|slot| slot["attendance"] == "attend")
    };
    let days = planned["days"].as_array().unwrap().iter().filter(expected);
    days.map(|day| day["day"].as_str().unwrap().to_owned()).collect()
}

/// One of them more than a week away.
async fn planned_day(world: &World) -> String {
    planned_days(world).await.swap_remove(5)
}

/// The first day after `after` on which the command is possible, with `DAY` in its place.
async fn possible_day(world: &World, after: &str, command: &[&str]) -> String {
    let after: chrono::NaiveDate = after.parse().unwrap();
    for day in after.iter_days().skip(1).take(60) {
        let day = day.to_string();
        if world.run(&asked(command, &day, &["--dry-run"])).await.code == Some(0) {
            return day;
        }
    }
    panic!("nothing is possible in two months");
}

fn asked<'a>(command: &[&'a str], day: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let named = command.iter().map(|word| if *word == "DAY" { day } else { word });
    named.chain(more.iter().copied()).collect()
}

async fn newest_request(world: &World) -> Value {
    world.run(&["--json", "requests", "list"]).await.json()[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_asks_for_a_day_hears_its_price_first_and_why_it_cannot_be() {
    let world = read_now().await;
    let ask = ["request", "day", "--child", "Noortje", "--day", "DAY", "--part", "Ochtend"];
    let json_ask = [&["--json"], &ask[..]].concat();
    let planned = planned_day(&world).await;
    let before = newest_request(&world).await;
    let day = possible_day(&world, &planned, &ask).await;
    let worth = world.run(&asked(&json_ask, &day, &["--dry-run"])).await.json();
    let cents = worth["cents"].as_u64().unwrap();
    assert_eq!(worth["lines"][0]["payment"]["by"], "invoice");
    let price = format!("€ {},{:02}", cents / 100, cents % 100);
    let told = world.run(&asked(&ask, &day, &["--dry-run"])).await;
    assert!(cents > 0 && told.stdout.contains(&price), "{told:?}");
    assert_eq!(newest_request(&world).await, before, "nothing is sent to hear a price");

    let sent = world.run(&asked(&ask, &day, &["--remark", "Oma is jarig"])).await;
    assert_eq!(sent.code, Some(0), "{sent:?}");
    let newest = newest_request(&world).await;
    assert_eq!((&newest["kind"], &newest["remark"]), (&"extra".into(), &"Oma is jarig".into()));
    let line = &newest["lines"][0];
    assert_eq!((&line["from"], &line["status"]), (&day.clone().into(), &"asked".into()));
    assert_eq!(line["payments"][0]["cents"], cents);

    // The same once more, a day on which she comes already, and one on which the group is full.
    let full = possible_day(&world, &day, &ask).await;
    let no_places = PlacesSet {
        group: "Hamsters".to_owned(),
        day: full.parse().unwrap(),
        part: "ochtend".to_owned(),
        places: 0,
    };
    world.portal.nursery().set_places(no_places).await.unwrap();
    for not in [&day, &planned, &full] {
        let refused = world.run(&asked(&json_ask, not, &[])).await;
        assert_eq!((refused.code, refused.error()), (Some(2), "periodNotAllowed".into()), "{not}");
        let error: Value = serde_json::from_str(&refused.stderr).unwrap();
        assert!(!error["error"]["portalSays"].as_str().unwrap().is_empty(), "{error}");
    }
    let unknown = world.run(&asked(&json_ask, "2027-02-29", &[])).await;
    assert_eq!(unknown.code, Some(2), "there is no such day");
    assert_eq!(newest_request(&world).await["id"], newest["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_swaps_a_day_and_hears_what_lapses_and_what_cannot_be() {
    let world = read_now().await;
    let give = planned_day(&world).await;
    let ask = ["request", "swap", "--child", "Noortje", "--give", &give, "--day", "DAY"];
    let ask = [&ask[..], &["--part", "Ochtend"]].concat();
    let json_ask = [&["--json"], &ask[..]].concat();
    let day = possible_day(&world, &give, &ask).await;
    let told = world.run(&asked(&ask, &day, &["--dry-run"])).await;
    assert!(told.stdout.contains("vervalt"), "{told:?}");

    // A day on which she comes already; and giving in a day on which she does not come.
    let refused = world.run(&asked(&json_ask, &give, &[])).await;
    assert_eq!((refused.code, refused.error()), (Some(2), "periodNotAllowed".into()));
    let nothing = ["--json", "request", "swap", "--child", "Noortje", "--give", &day, "--day"];
    let nothing = [&nothing[..], &[&day, "--part", "Ochtend"]].concat();
    let refused = world.run(&nothing).await;
    assert_eq!((refused.code, refused.error()), (Some(2), "nothingChosen".into()));

    let sent = world.run(&asked(&ask, &day, &["--expires", &day, "--whole"])).await;
    assert_eq!(sent.code, Some(0), "{sent:?}");
    let newest = newest_request(&world).await;
    assert_eq!((&newest["kind"], &newest["whole"]), (&"swap".into(), &true.into()));
    assert_eq!(newest["expiresOn"], day);
    let line = &newest["lines"][0];
    assert_eq!((&line["from"], &line["status"]), (&day.clone().into(), &"asked".into()));
    assert_eq!(line["given"][0]["day"], give);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_organisation_refuses_ends_with_its_reason_and_a_code_of_its_own() {
    let world = read_now().await;
    let day = planned_day(&world).await;
    // The other parent tells it first, on another device.
    let report = ["request", "absence", "--child", "Noortje", "--from", &day, "--reason", "ziek"];
    let other = World { dir: tempfile::tempdir().unwrap(), portal: world.portal };
    read_planning(&other, "joris").await;
    assert_eq!(other.run(&report).await.code, Some(0));
    let world = World { dir: world.dir, portal: other.portal };
    let refused = world.run(&report).await;
    assert_eq!(refused.code, Some(12), "{refused:?}");
    let kept = world.run(&["--json", "outbox", "list"]).await.json();
    assert_eq!(
        (&kept[0]["state"], &kept[0]["reasonCode"]),
        (&"refused".into(), &"already-absent".into())
    );
    let reason = kept[0]["reason"].as_str().unwrap();
    assert!(refused.stdout.contains(reason), "{refused:?}");
}
