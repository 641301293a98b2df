//! Messages and the diary, also without a network.

use crate::world::{PASSWORD, World, names};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_without_a_network_waits_and_the_next_sync_sends_it() {
    use schriftje_demo_portal::{Fault, FaultKind};
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    world.run(&["--json", "sync"]).await.json();
    let children = world.run(&["--json", "children"]).await.json();
    let child = children[0]["child"]["firstName"].as_str().unwrap().to_owned();
    let photo = world.path("foto.jpg");
    image::RgbImage::from_pixel(64, 48, image::Rgb([90, 160, 90])).save(&photo).unwrap();
    let photo = photo.to_string_lossy().into_owned();
    // Nothing gets through.
    world.portal.faults().add(Fault::always(FaultKind::Reset));

    let subject = "Vrijdag eerder ophalen";
    let message = ["--json", "messages", "send", "--child", &child, "--subject", subject];
    let text = ["--text", "Om drie uur, door oma.", "--photo", &photo];
    let sent = world.run(&[&message[..], &text].concat()).await.json();
    assert_eq!((&sent["state"], sent["files"].as_array().unwrap().len()), (&"queued".into(), 1));
    let day = "2026-03-14";
    let diary = ["--json", "diary", "write", "--child", &child, "--text", "Een tand eruit!"];
    let diary = [&diary[..], &["--day", day]].concat();
    assert_eq!(world.run(&diary).await.json()["state"], "queued");
    let waiting = world.run(&["--json", "outbox", "list"]).await.json();
    assert_eq!(waiting.as_array().unwrap().len(), 2);
    // It is not thrown away unasked.
    let refused = world.run(&["--json", "logout"]).await;
    assert_eq!((refused.code, refused.error()), (Some(11), "unsent".into()));

    world.portal.faults().clear();
    world.run(&["--json", "sync"]).await.json();
    assert_eq!(world.run(&["--json", "outbox", "list"]).await.json(), serde_json::json!([]));
    let truth = world.portal.nursery().truth(Some("sanne")).await.unwrap();
    let there = truth.conversations.iter().filter(|one| one.subject == subject);
    let messages: Vec<_> = there.flat_map(|one| &one.messages).collect();
    assert_eq!((messages.len(), messages[0].photos), (1, 1));
    assert_eq!(
        truth
            .entries_of_parents()
            .filter(|card| {
                card.html.as_deref().is_some_and(|html| html.contains("Een tand eruit!"))
            })
            .count(),
        1
    );

    // Read, answered and found again.
    let list = world.run(&["--json", "messages", "list", "--limit", "5"]).await.json();
    let ours = list.as_array().unwrap().iter().find(|one| one["subject"] == subject).unwrap();
    let id = ours["id"].as_str().unwrap();
    world.run(&["--json", "messages", "reply", id, "--text", "Of toch half vier."]).await;
    let thread = world.run(&["--json", "messages", "show", id]).await.json();
    assert_eq!(thread["messages"].as_array().unwrap().len(), 2);
    let found = world.run(&["--json", "search", "ophaal"]).await.json();
    assert!(found.as_array().unwrap().iter().any(|one| one["place"]["conversation"] == id));
    // Something wrong is told, and nothing waits.
    let empty = world.run(&["--json", "messages", "reply", id, "--text", "  "]).await;
    assert_eq!((empty.code, empty.error()), (Some(2), "textEmpty".into()));
    let gone = world.path("weg.jpg").to_string_lossy().into_owned();
    let diary = ["--json", "diary", "write", "--child", &child, "--photo", &gone];
    let gone = world.run(&diary).await;
    assert_eq!((gone.code, gone.error()), (Some(2), "fileNotTaken".into()));
    let elsewhere = [&message[..], &["--group", "Nergens", "--text", "Hoi"]].concat();
    let elsewhere = world.run(&elsewhere).await;
    assert_eq!((elsewhere.code, elsewhere.error()), (Some(2), "groupMissing".into()));
    let many: Vec<&str> = std::iter::repeat_n(["--photo", &photo], 21).flatten().collect();
    let many = world.run(&[&diary[..5], &many].concat()).await;
    assert_eq!((many.code, many.error()), (Some(2), "tooManyFiles".into()));
    assert_eq!(world.run(&["--json", "outbox", "list"]).await.json(), serde_json::json!([]));
    // What the organisation refuses ends with a code of its own, and stands in the outbox.
    world.portal.nursery().close_conversation(id, true).await.unwrap();
    let refused = world.run(&["--json", "messages", "reply", id, "--text", "Toch niet."]).await;
    assert_eq!(refused.code, Some(12), "{}", refused.stderr);
    // A script that wrote without a network hears it from `sync`.
    assert_eq!(world.run(&["--json", "sync"]).await.code, Some(12));
    let outbox = world.run(&["--json", "outbox", "list"]).await.json();
    let [write] = &outbox.as_array().unwrap()[..] else { panic!("{outbox}") };
    let known = (&write["state"], &write["reasonCode"]);
    assert_eq!(known, (&"refused".into(), &"conversation-closed".into()));
    world.run(&["outbox", "withdraw", write["id"].as_str().unwrap()]).await;
    world.run(&["logout"]).await;
    assert_eq!(names(&world.path("data").join("accounts")), Vec::<String>::new());
}
