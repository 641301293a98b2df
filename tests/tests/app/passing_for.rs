//! Files that come with news and pages are what their bytes are, whatever they call themselves.

use crate::world::{World, files};
use schriftje_app::App;
use schriftje_app::api::{ErrorCode, SaveJob, SaveState, SaveWhat};
use schriftje_demo_portal::{NewAttachment, NewNews};
use schriftje_model::{ArticleId, AttachedFile, Fact, FactKind};
use std::path::{Path, PathBuf};

async fn post(world: &World, attachments: Vec<NewAttachment>) -> FactKind {
    let html = "<p>Zie de bijlagen.</p>".to_owned();
    let news = NewNews { title: "Bijlagen".into(), html, attachments, ..NewNews::default() };
    FactKind::NewsFiles(ArticleId(world.portal.nursery().post_news(news).await.unwrap()))
}

/// Its files, as they are read now.
async fn attached(app: &App, of: &FactKind) -> Vec<AttachedFile> {
    app.refresh_fact(of.clone()).await.unwrap();
    let Some(Fact::NewsFiles(files)) = app.fact(of.clone()).await.unwrap().fact else { panic!() };
    files
}

/// Every file that is not the portal's.
fn on_this_device(world: &World) -> Vec<PathBuf> {
    let portal = world.dir.path().join("portal");
    let all = files(world.dir.path()).into_iter().map(|(path, _)| path);
    all.filter(|path| !path.starts_with(&portal)).collect()
}

fn copies(world: &World) -> Vec<PathBuf> {
    let opened = world.data().join("opened");
    on_this_device(world).into_iter().filter(|path| path.starts_with(&opened)).collect()
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_news_gets_a_name_that_is_safe_everywhere_and_lies_nowhere_else() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let long = "é".repeat(300);
    let called = [
        ("../../.bashrc", "2026-03-14 bashrc.pdf"),
        ("..\\..\\Windows\\System32\\drivers.pdf", "2026-03-14 Windows System32 drivers.pdf"),
        ("/etc/cron.d/elk uur", "2026-03-14 etc cron.d elk uur.pdf"),
        ("CON.pdf", "2026-03-14 CON.pdf"),
        ("rekening\u{202e}fdp.exe", "2026-03-14 rekeningfdp.exe.pdf"),
        ("Menu.pdf.exe", "2026-03-14 Menu.pdf.exe.pdf"),
        ("a\u{0}b|c:d*e?.pdf", "2026-03-14 ab c d e.pdf"),
        ("...", "2026-03-14 Document.pdf"),
        (&long, ""),
        ("Menu.pdf", "2026-03-14 Menu.pdf"),
        ("Menu.pdf", "2026-03-14 Menu.pdf"),
    ];
    let attach = |number: usize, name: &str| NewAttachment {
        name: name.into(),
        text: format!("Bladzijde {number}"),
        ..NewAttachment::default()
    };
    let all = called.iter().enumerate().map(|(number, (name, _))| attach(number, name)).collect();
    let of = post(&world, all).await;
    let files = attached(&app, &of).await;
    assert_eq!(files.len(), called.len());
    let before = on_this_device(&world);
    let mut made = Vec::new();
    for (file, (_, expected)) in files.iter().zip(called) {
        let copy = app.attached_to_open(of.clone(), file.id.clone()).await.unwrap();
        assert!(expected.is_empty() || name(&copy) == expected, "{copy:?}");
        assert!(name(&copy).len() <= 120 && copy.extension().unwrap() == "pdf", "{copy:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        made.push(copy);
    }
    // Two of one name are two, each with its own words; opened again it is the same.
    let [.., one, other] = &made[..] else { panic!() };
    assert_ne!(std::fs::read(one).unwrap(), std::fs::read(other).unwrap());
    let again = app.attached_to_open(of, files[0].id.clone()).await.unwrap();
    assert_eq!(again, made[0]);
    let mut new = on_this_device(&world);
    new.retain(|path| !before.contains(path) && name(path) != "alive.lock");
    let (mut lying, mut told) = (new, made.clone());
    lying.sort();
    told.sort();
    assert_eq!(lying, told, "nothing lies elsewhere");
    app.shutdown().await;
    assert_eq!(copies(&world), Vec::<PathBuf>::new(), "they go when the app closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_document_is_neither_opened_nor_left_on_the_disk() {
    let world = World::new().await;
    let app = world.signed_in().await;
    app.sync_now().await.unwrap();
    let attach = |name: &str, media_type: &str, text: &str| NewAttachment {
        name: name.into(),
        media_type: Some(media_type.into()),
        text: text.into(),
    };
    let all = vec![
        attach("Menu.pdf", "application/pdf", "MZ dit is een programma %PDF-1.4"),
        attach("Menu.pdf", "application/x-msdownload", "MZ dit is een programma"),
        attach("Menu.exe", "application/pdf", "#!/bin/sh\nrm -rf ~\n"),
        attach("Foto.jpg", "image/jpeg", "<script>gestolen()</script>"),
        attach("Tekening.svg", "image/svg+xml", "<svg onload='gestolen()'/>"),
        attach("Leeg.pdf", "application/pdf", ""),
        attach("Menu.exe", "application/x-msdownload", "%PDF-1.4 dit is er wel een"),
    ];
    let of = post(&world, all).await;
    let files = attached(&app, &of).await;
    let [refused @ .., document] = &files[..] else { panic!() };
    assert_eq!(refused.len(), 6);
    for file in refused {
        let told = app.attached_to_open(of.clone(), file.id.clone()).await.unwrap_err();
        assert_eq!((told.code, told.retryable), (ErrorCode::NotADocument, false), "{file:?}");
    }
    assert_eq!(copies(&world), Vec::<PathBuf>::new());
    let copy = app.attached_to_open(of, document.id.clone()).await.unwrap();
    assert_eq!(name(&copy), "2026-03-14 Menu.exe.pdf");

    // A page of information has its files by the same way.
    let Some(Fact::Pages(pages)) = app.fact(FactKind::Pages).await.unwrap().fact else { panic!() };
    let mut opened = 0;
    for page in pages {
        let kind = FactKind::Page(page.id);
        let Some(Fact::Page(page)) = app.fact(kind.clone()).await.unwrap().fact else { panic!() };
        for file in page.files {
            let copy = app.attached_to_open(kind.clone(), file.id).await.unwrap();
            assert!(std::fs::read(&copy).unwrap().starts_with(b"%PDF-"));
            opened += 1;
        }
    }
    assert!(opened > 0);
    app.shutdown().await;
}

async fn save(app: &App, of: &FactKind, file: &AttachedFile) -> SaveJob {
    let what = SaveWhat::Attached { of: of.clone(), id: file.id.clone() };
    let job = app.save(what, None).await.unwrap();
    app.save_done(job.id).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_with_news_or_a_page_is_saved_where_documents_are_and_overwrites_nothing() {
    let world = World::new().await;
    let app = world.signed_in().await;
    let attach = |text: &str| NewAttachment {
        name: "../Menu.pdf".into(),
        text: text.into(),
        ..NewAttachment::default()
    };
    let mut all = vec![attach("Soep"), attach("Brood")];
    all.push(NewAttachment { media_type: Some("application/x-msdownload".into()), ..attach("MZ") });
    let of = post(&world, all).await;
    app.sync_now().await.unwrap();
    let told = attached(&app, &of).await;
    // The day in its name is that of the news, whenever it is saved.
    let days = chrono::TimeDelta::days(3);
    world.portal.clock().advance(days);
    world.clock.advance(days);
    let folder = world.saved().join("Documenten");
    std::fs::create_dir_all(&folder).unwrap();
    let own = folder.join("2026-03-14 Menu 02.pdf");
    std::fs::write(&own, "van mij").unwrap();
    let job = save(&app, &of, &told[1]).await;
    assert_eq!(
        (job.state, job.saved, job.folder.as_str()),
        (SaveState::Done, 1, folder.to_str().unwrap())
    );
    let job = save(&app, &of, &told[0]).await;
    assert_eq!((job.state, job.saved), (SaveState::Done, 1));
    assert_eq!(std::fs::read(&own).unwrap(), b"van mij", "what was there stays");
    let saved = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let first = saved("2026-03-14 Menu.pdf");
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(files(&world.saved()).len(), 3, "{:?}", files(&world.saved()));
    // Saved again it is the same file, and what is no document is none here either.
    let job = save(&app, &of, &told[0]).await;
    assert_eq!((job.saved, job.already), (0, 1));
    let job = save(&app, &of, &told[2]).await;
    assert_eq!((job.saved, job.failed), (0, 1));
    assert_eq!(job.trouble.map(|trouble| trouble.code), Some(ErrorCode::NotADocument));
    assert_eq!(files(&world.saved()).len(), 3);

    // Without a network what was fetched ahead is saved all the same.
    let Some(Fact::Pages(pages)) = app.fact(FactKind::Pages).await.unwrap().fact else { panic!() };
    let World { portal, dir, .. } = world;
    portal.stop().await;
    let mut of_pages = 0;
    for page in pages {
        let kind = FactKind::Page(page.id);
        let Some(Fact::Page(page)) = app.fact(kind.clone()).await.unwrap().fact else { panic!() };
        for file in page.files {
            let job = save(&app, &kind, &file).await;
            assert_eq!((job.state, job.saved), (SaveState::Done, 1), "{job:?}");
            of_pages += 1;
        }
    }
    assert!(of_pages > 0);
    let gone = SaveWhat::Attached { of, id: "weg".into() };
    assert_eq!(app.save(gone, None).await.unwrap_err().code, ErrorCode::NotFound);
    app.shutdown().await;
    drop(dir);
}
