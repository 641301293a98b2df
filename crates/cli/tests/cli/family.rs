//! What the organisation knows of the family, and consents that are answered.

use crate::world::{Answer, World, finish};
use serde_json::Value;
use std::io::{Read, Write};
use std::process::Child;

fn find<'a>(list: &'a Value, field: &str, is: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|one| one[field] == is).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_reads_the_family_without_a_network() {
    let world = World::new().await;
    world.read_texts("sanne").await;
    let world = world.without_network().await;

    let account = world.run(&["--json", "account", "show"]).await.json();
    assert_eq!(account["username"], "sanne");
    let told = world.run(&["account", "show"]).await.stdout;
    let email = find(&account["fields"], "field", "email")["value"].as_str().unwrap();
    assert!(told.contains(&format!("e-mail: {email}")), "{told}");

    let children = world.run(&["--json", "children", "show", "--child", "noortje"]).await.json();
    let [noortje] = &children.as_array().unwrap()[..] else { panic!("{children}") };
    let told = world.run(&["children", "show", "--child", "noortje"]).await.stdout;
    let placement = noortje["placements"].as_array().unwrap().last().unwrap();
    for said in [&noortje["name"], &noortje["mentor"], &noortje["group"], &placement["name"]] {
        assert!(told.contains(said.as_str().unwrap()), "{said}\n{told}");
    }
    let all = world.run(&["--json", "children", "show"]).await.json();
    assert!(all.as_array().unwrap().contains(noortje));
    let nobody = world.run(&["--json", "children", "show", "--child", "Pluk"]).await;
    assert_eq!((nobody.code, nobody.error()), (Some(10), "notFound".into()));
    // What was there before says the same as ever.
    assert!(world.run(&["children"]).await.stdout.contains("kaarten"));

    let titles = world.run(&["--json", "observations", "list", "--child", "Noortje"]).await.json();
    let autumn = titles.as_array().unwrap().iter();
    let autumn = autumn.rev().find(|one| one["title"].as_str().unwrap().starts_with("Herfst"));
    let autumn = autumn.unwrap();
    let told = world.run(&["observations", "list"]).await.stdout;
    assert!(told.contains(autumn["title"].as_str().unwrap()), "{told}");
    let form = world.run(&["observations", "show", autumn["id"].as_str().unwrap()]).await.stdout;
    assert!(form.contains("4 (1 nog niet – 5 heel vaak)"), "{form}");
    assert!(form.contains("Vrolijk (– Moe, Rustig, Uitgelaten)"), "{form}");
    assert!(form.contains("Een zonnetje, en een klein wolkje na het slapen."), "{form}");
    let gone = world.run(&["--json", "observations", "show", "nergens"]).await;
    assert_eq!((gone.code, gone.error()), (Some(10), "notFound".into()));

    let notices = world.run(&["--json", "notices", "list"]).await.json();
    let item = &notices["items"][0];
    let way = if item["email"] == true { "e-mail: aan" } else { "e-mail: uit" };
    let told = world.run(&["notices", "list"]).await.stdout;
    let line = told.lines().find(|line| line.starts_with(item["name"].as_str().unwrap()));
    assert!(line.unwrap().contains(way), "{told}");

    // Nothing can be answered without the portal, and nothing is kept to be sent later.
    let answer = ["--json", "consents", "answer", "--child", "Noortje", "--yes"];
    let answer = [&answer[..], &["--consent", "Uitstapjes", "--answer", "no"]].concat();
    let offline = world.run(&answer).await;
    assert_eq!((offline.code, offline.error()), (Some(5), "offline".into()));
    assert_eq!(world.run(&["--json", "outbox", "list"]).await.json(), serde_json::json!([]));
}

async fn consent(world: &World, title: &str) -> Value {
    let known = world.run(&["--json", "consents", "list", "--child", "Noortje"]).await.json();
    find(&known, "title", title).clone()
}

fn answer<'a>(title: &'a str, answer: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let command = ["--json", "consents", "answer", "--child", "noortje", "--consent", title];
    [&command[..], &["--answer", answer], more].concat()
}

/// Waits for the question, away from the runtime.
async fn asked(mut child: Child) -> (Child, String) {
    let read = tokio::task::spawn_blocking(move || {
        let (mut said, mut byte) = (Vec::new(), [0]);
        let stderr = child.stderr.as_mut().unwrap();
        while !said.ends_with(b"[j/N] ") {
            assert_eq!(stderr.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&said));
            said.push(byte[0]);
        }
        (child, String::from_utf8(said).unwrap())
    });
    read.await.unwrap()
}

async fn says(mut child: Child, answer: &str) -> Answer {
    child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
    finish(child).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_is_answered_only_when_it_is_meant_and_told_with_its_child() {
    let world = World::new().await;
    world.read_texts("sanne").await;
    let before = consent(&world, "Uitstapjes").await;
    assert_eq!(before["answer"], "given");
    let listed = world.run(&["consents", "list"]).await.stdout;
    let line = listed.lines().find(|line| line.contains("Noortje  toestemming  Uitstapjes  ja"));
    assert!(line.is_some_and(|line| line.contains("Joris Bloem")), "{listed}");

    let (child, question) =
        asked(world.command(&answer("uitstapjes", "no", &[])).spawn().unwrap()).await;
    assert!(
        question.contains("Uitstapjes  ja (Joris Bloem") && question.contains("nee"),
        "{question}"
    );
    let not = says(child, "nee\n").await;
    assert_eq!((not.code, not.stdout.as_str()), (Some(130), ""), "{not:?}");
    let nobody = world.run_with(&answer("uitstapjes", "no", &[]), "").await;
    assert_eq!(nobody.code, Some(130));
    assert_eq!(consent(&world, "Uitstapjes").await["history"], before["history"]);

    let (child, _) = asked(world.command(&answer("uitstapjes", "no", &[])).spawn().unwrap()).await;
    let now = says(child, "ja\n").await.json();
    assert_eq!((&now["answer"], &now["open"]), (&"refused".into(), &false.into()));
    assert_eq!(now["history"][0]["by"], "Sanne Bloem");
    assert_eq!(consent(&world, "Uitstapjes").await, now, "it is here as well");
    let again = world.run(&answer(before["id"].as_str().unwrap(), "yes", &["--yes"])).await.json();
    assert_eq!(again["answer"], "given");

    let fixed = world.run(&answer("Verklaring machtiging ophalen", "no", &["--yes"])).await;
    assert_eq!((fixed.code, fixed.error()), (Some(11), "valueNotAllowed".into()));
    assert!(fixed.stderr.contains("aan de deur"), "the portal's reason: {fixed:?}");
    let empty = world.run(&answer("Verklaring huisarts", "yes", &["--yes"])).await;
    assert_eq!((empty.code, empty.error()), (Some(11), "valueNotAllowed".into()));
    assert!(empty.stderr.contains("Bij welke huisarts"), "what is asked: {empty:?}");
    let more = ["--yes", "--words", "Huisarts De Wit"];
    let filled = world.run(&answer("Verklaring huisarts", "yes", &more)).await.json();
    assert_eq!(filled["history"][0]["words"], "Huisarts De Wit");
    let unknown = world.run(&answer("Vuurwerk", "yes", &["--yes"])).await;
    assert_eq!((unknown.code, unknown.error()), (Some(10), "notFound".into()));
    assert_eq!(world.run(&answer("Uitstapjes", "misschien", &["--yes"])).await.code, Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_parents_who_answer_one_consent_the_second_is_told_both_answers() {
    let world = World::new().await;
    world.read_texts("sanne").await;
    let title = "Foto's in de app";
    let (child, _) = asked(world.command(&answer(title, "yes", &[])).spawn().unwrap()).await;
    // The other parent answers on another device while the question stands.
    let other = World { dir: tempfile::tempdir().unwrap(), portal: world.portal };
    other.read_texts("joris").await;
    assert_eq!(other.run(&answer(title, "no", &["--yes"])).await.json()["answer"], "refused");
    let world = World { dir: world.dir, portal: other.portal };
    let late = says(child, "j\n").await;
    assert_eq!(late.code, Some(11), "{late:?}");
    let error: Value = serde_json::from_str(late.stderr.trim()).unwrap();
    assert_eq!(error["error"]["code"], "changedMeanwhile");
    let told: Value = serde_json::from_str(&late.stdout).unwrap();
    assert_eq!((&told["yours"], &told["now"]["answer"]), (&"given".into(), &"refused".into()));
    assert_eq!(told["now"]["history"][0]["by"], "Joris Bloem");
    assert_eq!(consent(&world, title).await, told["now"], "nothing was overwritten");
}
