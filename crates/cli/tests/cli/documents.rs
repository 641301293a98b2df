//! Invoices and other documents.

use crate::world::{PASSWORD, World, names};
use schriftje_demo_portal::NewPaper;
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_script_saves_invoices_and_is_told_of_what_is_no_document() {
    let world = World::new().await;
    world.login("sanne", PASSWORD).await.json();
    world.run(&["--json", "sync"]).await.json();
    let listed = world.run(&["--json", "documents", "--kind", "factuur", "--year", "2026"]).await;
    let listed = listed.json().as_array().unwrap().len();
    assert!(listed > 0);
    let text = world.run(&["documents", "--year", "2026"]).await;
    assert!(text.stdout.contains("2026-03-01  factuur  Factuur maart 2026"), "{text:?}");
    let to = world.path("Facturen");
    let to = to.to_str().unwrap();
    let save = ["--json", "documents", "save", "--to", to, "--kind", "factuur", "--year", "2026"];
    let saved = world.run(&save).await.json();
    assert_eq!((&saved["saved"], &saved["failed"]), (&listed.into(), &0.into()));
    assert!(names(Path::new(to)).contains(&"2026-03-01 Factuur maart 2026.pdf".to_owned()));
    assert_eq!(world.run(&save).await.json()["already"], listed, "nothing twice");

    let program = NewPaper {
        kind: "invoice",
        subject: "Factuur.pdf".to_owned(),
        day: "2026-03-02".parse().unwrap(),
        bytes: Some(b"MZ I am a program".to_vec()),
    };
    world.portal.nursery().put_paper(program).await.unwrap();
    // A device that has read nothing yet.
    let other = World { portal: world.portal, dir: tempfile::tempdir().unwrap() };
    other.login("sanne", PASSWORD).await.json();
    other.run(&["--json", "sync"]).await.json();
    let broken = other.run(&save).await;
    assert_eq!((broken.code, broken.error()), (Some(8), "notADocument".into()));
    assert_eq!(names(Path::new(to)).len(), listed);
}
