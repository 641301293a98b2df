//! Documents: read, opened and saved with their dates, without a network too, whatever the portal
//! calls them.

use crate::world::{World, files, names};
use chrono::{DateTime, Utc};
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, SaveAbout, SaveJob, SaveState, SaveWhat};
use schriftje_demo_portal::{Fault, FaultKind, NewPaper, Origin};
use schriftje_model::{Day, Document, DocumentKind};
use std::path::Path;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn paper(subject: &str, on: &str, bytes: Option<&[u8]>) -> NewPaper {
    NewPaper {
        kind: "invoice",
        subject: subject.to_owned(),
        day: day(on),
        bytes: bytes.map(<[u8]>::to_vec),
    }
}

pub async fn put(world: &World, subject: &str, on: &str, bytes: Option<&[u8]>) {
    world.portal.nursery().put_paper(paper(subject, on, bytes)).await.unwrap();
}

async fn all(app: &App) -> Vec<Document> {
    app.documents(None, None).await.unwrap().documents
}

pub async fn called(app: &App, subject: &str) -> Document {
    let all = all(app).await;
    all.into_iter().find(|document| document.subject == subject).expect("it is listed")
}

async fn save(app: &App, what: SaveWhat) -> SaveJob {
    let job = app.save(what, None).await.unwrap();
    app.save_done(job.id).await.unwrap()
}

fn everything() -> SaveWhat {
    SaveWhat::AllDocuments { kind: None, year: None }
}

fn no_network(world: &World) {
    world.portal.faults().add(Fault::always(FaultKind::Reset).on(Origin::Portal));
}

/// How often a file was asked for.
fn fetched(world: &World) -> usize {
    let requests = world.portal.requests();
    let files = requests.iter().filter(|request| {
        let path = &request.path_and_query;
        path.starts_with("/restservices-parent/administration/") && !path.contains("/overview/")
    });
    files.count()
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_every_year_are_read_and_nothing_is_fetched_before_it_is_wanted() {
    let world = World::new().await;
    put(&world, "Contract 2019", "2025-05-06", None).await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let known = app.documents(None, None).await.unwrap();
    assert!(known.fresh_at.is_some() && known.trouble.is_none() && !known.busy);
    let days: Vec<Day> = known.documents.iter().map(|document| document.day).collect();
    assert!(days.is_sorted_by(|newer, older| newer >= older), "{days:?}");
    let invoices = app.documents(Some(DocumentKind::Invoice), Some(2025)).await.unwrap().documents;
    assert!(invoices.iter().any(|document| document.subject == "Contract 2019"));
    assert!(known.documents.iter().all(|document| document.has_file && !document.here));
    assert_eq!(fetched(&world), 0);

    // What is put ready later is there after a day, or when the parent asks.
    put(&world, "Factuur maart", "2026-03-14", None).await;
    app.sync_now().await.unwrap();
    assert_eq!(all(&app).await.len(), known.documents.len());
    app.refresh_documents().await.unwrap();
    assert_eq!(all(&app).await[0].subject, "Factuur maart");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_opened_once_opens_without_a_network_and_no_copy_stays() {
    let world = World::new().await;
    put(&world, "Factuur maart", "2026-03-02", None).await;
    put(&world, "Factuur april", "2026-03-03", None).await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let march = called(&app, "Factuur maart").await.id;
    let copy = app.document_to_open(march.clone()).await.unwrap();
    assert_eq!(copy.file_name().unwrap(), "2026-03-02 Factuur maart.pdf");
    let bytes = std::fs::read(&copy).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&copy), 0o600);
        assert_eq!(mode(copy.parent().unwrap().parent().unwrap()), 0o700);
    }
    no_network(&world);
    assert!(called(&app, "Factuur maart").await.here);
    let again = app.document_to_open(march.clone()).await.unwrap();
    assert_eq!((&again, fetched(&world)), (&copy, 1));
    let april = called(&app, "Factuur april").await.id;
    let error = app.document_to_open(april).await.unwrap_err();
    assert!(error.retryable, "{error:?}");
    app.shutdown().await;
    assert!(!copy.exists());

    // The file itself lies encrypted, also after a restart.
    let app = world.app().await;
    let kept = files(&world.data());
    assert!(kept.iter().all(|(_, bytes)| !bytes.windows(5).any(|five| five == b"%PDF-")));
    let copy = app.document_to_open(march).await.unwrap();
    assert_eq!(std::fs::read(&copy).unwrap(), bytes);
    let account = app.overview().await.unwrap().account.unwrap().id;
    app.sign_out(account, true).await.unwrap();
    assert!(!copy.exists(), "it goes with a sign-out");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_are_saved_with_their_dates_and_saving_again_goes_on_where_it_stopped() {
    let world = World::new().await;
    put(&world, "Factuur maart", "2026-03-02", None).await;
    put(&world, "Factuur maart", "2026-03-02", None).await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let count = u32::try_from(all(&app).await.len()).unwrap();
    let fault = Fault::always(FaultKind::Status { status: 503 });
    world.portal.faults().add(fault.at("/restservices-parent/administration").after(2).times(3));
    let broken = save(&app, everything()).await;
    assert_eq!((broken.saved, broken.failed), (count - 3, 3), "{broken:?}");
    assert_eq!(broken.trouble.as_ref().unwrap().code, ErrorCode::PortalDown);
    world.portal.faults().clear();
    let whole = save(&app, everything()).await;
    assert_eq!((whole.state, whole.about), (SaveState::Done, SaveAbout::Documents));
    assert_eq!((whole.saved + whole.already, whole.failed), (count, 0), "{whole:?}");
    assert_eq!(whole.already, broken.saved);
    let folder = world.saved().join("Documenten");
    assert_eq!(names(&folder).len(), count as usize, "{:?}", names(&folder));
    assert!(names(&folder).contains("2026-03-02 Factuur maart 02.pdf"));
    let saved = folder.join("2026-03-02 Factuur maart.pdf");
    let modified: DateTime<Utc> = saved.metadata().unwrap().modified().unwrap().into();
    assert_eq!(modified.to_rfc3339(), "2026-03-02T11:00:00+00:00", "noon in Amsterdam");

    // Nothing is overwritten, and what is here needs no network.
    std::fs::write(&saved, "the parent's own").unwrap();
    no_network(&world);
    let again = save(&app, everything()).await;
    assert_eq!((again.saved, again.already, again.failed), (1, count - 1, 0), "{again:?}");
    assert_eq!(std::fs::read_to_string(&saved).unwrap(), "the parent's own");
    assert!(names(&folder).contains("2026-03-02 Factuur maart 03.pdf"));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_leaves_the_folder_and_no_program_passes_for_a_document() {
    let world = World::new().await;
    let long = "é".repeat(300);
    let program = Some(&b"MZ\x90\0 I am a program %PDF-1.4"[..]);
    for (subject, bytes) in [
        ("../../.bashrc", None),
        ("CON.pdf", None),
        ("factuur\u{202e}fdp.exe", None),
        (long.as_str(), None),
        ("Factuur.pdf", program),
        ("Leeg", Some(&b""[..])),
    ] {
        put(&world, subject, "2026-03-01", bytes).await;
    }
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let march: Vec<Document> =
        all(&app).await.into_iter().filter(|one| one.day == day("2026-03-01")).collect();
    let program = march.iter().find(|document| document.subject == "Factuur.pdf").unwrap();
    let refused = app.document_to_open(program.id.clone()).await.unwrap_err();
    assert_eq!((refused.code, refused.retryable), (ErrorCode::NotADocument, false));
    assert!(!called(&app, "Factuur.pdf").await.here, "what may not be opened is not kept");
    let ids = march.iter().map(|document| document.id.clone()).collect();
    let job = save(&app, SaveWhat::Documents { ids }).await;
    let made: Vec<String> = names(&world.saved()).into_iter().collect();
    // The invoice of the demo is of that day as well.
    assert_eq!((job.failed, job.saved as usize), (2, made.len()), "{job:?}");
    assert_eq!(job.trouble.unwrap().code, ErrorCode::NotADocument);
    for wanted in ["2026-03-01 bashrc.pdf", "2026-03-01 CON.pdf", "2026-03-01 factuurfdp.exe.pdf"] {
        assert!(made.iter().any(|name| name == wanted), "{wanted}: {made:?}");
    }
    assert!(
        made.iter().all(|name| name.len() <= 120 && Path::new(name).extension().unwrap() == "pdf"),
        "{made:?}"
    );
    for document in march.iter().filter(|document| document.here || document.subject == long) {
        let copy = app.document_to_open(document.id.clone()).await.unwrap();
        assert!(copy.starts_with(world.data()), "{copy:?}");
    }
    assert_eq!(files(&world.saved()).len(), made.len(), "nothing lies elsewhere");
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_organisation_takes_back_goes_and_a_refusal_leaves_the_rest_alone() {
    let world = World::new().await;
    let item = world.portal.nursery().put_paper(paper("Proefnota", "2026-03-01", None)).await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let id = called(&app, "Proefnota").await.id;
    world.portal.nursery().take_back_paper(&item.unwrap()).await.unwrap();
    assert_eq!(app.document_to_open(id.clone()).await.unwrap_err().code, ErrorCode::NotFound);
    app.refresh_documents().await.unwrap();
    assert!(all(&app).await.iter().all(|document| document.id != id));
    // A portal where the administration is closed to parents still has a timeline.
    let fault = Fault::always(FaultKind::Status { status: 403 });
    world.portal.faults().add(fault.at("/restservices-parent/administration"));
    world.clock.advance(chrono::TimeDelta::days(2));
    app.sync_now().await.unwrap();
    let known = app.documents(None, None).await.unwrap();
    assert_eq!(known.trouble.unwrap().code, ErrorCode::Refused);
    assert!(!known.documents.is_empty(), "what was read stays");
    assert!(app.sync_status().await.unwrap().trouble.is_none());
    app.shutdown().await;
}
