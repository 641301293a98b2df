//! Mijn locatie and Overig in the real window: what is read there, and what is changed is so at the
//! portal.

use super::{World, steps};
use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use schriftje_demo_portal::{NewConversation, NewNewsletter, Size, Truth};
use schriftje_tests::desktop::Desktop;
use schriftje_tests::home::Home;
use schriftje_tests::letter::letter;
use schriftje_tests::page::Page;
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// After this long something is not slow but missing.
const MISSING: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn the_team_news_and_its_attachments_are_read_and_opened_in_the_system_s_program()
-> Result<()> {
    let world = World::of(Desktop::start()?, Size::Family).await?;
    let opened = a_program_that_opens_everything(&world.home)?;
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    steps::synced(page).await?;

    page.click("menu-mijn-locatie").await?;
    for way in ["call", "mail", "route"] {
        page.find(way).await?;
    }
    page.click("team-member").await?;
    let name = "return document.querySelector('[data-testid=team-dialog]')\
        ?.textContent.includes(document.querySelector('[data-testid=team-member] .name')?.textContent)";
    page.until("who it is", name).await?;
    page.press(&[Key::Escape]).await?;
    page.gone("team-dialog").await?;
    page.click("page-row").await?;
    page.until("the page", "return !!document.querySelector('[data-testid=info-page] .prose')")
        .await?;

    page.travel("/mijn-locatie/nieuws").await?;
    page.click_css("[data-testid=bulletin-row]:has([data-testid=paper-clip])").await?;
    page.click("attached-file").await?;
    let file = until("the file to be opened", || Ok(fs::read(&opened).ok())).await?;
    ensure!(file.starts_with(b"%PDF"), "{:?}", &file[..file.len().min(8)]);
    driven.close().await?;
    let copy = world.home.readable(&["%PDF"])?;
    ensure!(copy.iter().all(|(file, _)| *file == opened_name()), "a copy is left: {copy:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn a_newsletter_of_five_megabytes_is_read_and_fetches_nothing() -> Result<()> {
    let world = World::new().await?;
    let trap = TcpListener::bind("127.0.0.1:0")?;
    trap.set_nonblocking(true)?;
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    steps::synced(page).await?;
    for nested in [true, false] {
        let html = letter(&format!("http://{}", trap.local_addr()?), 5 << 20, nested);
        let subject = format!("Zomerfeest {nested}");
        let new = NewNewsletter { subject: subject.clone(), html, ..NewNewsletter::default() };
        world.portal.nursery().send_newsletter(new).await?;
        page.travel("/mijn-kind").await?;
        page.call("refresh_location", json!({})).await?;
        page.travel("/mijn-locatie/nieuwsbrieven").await?;
        page.click_saying("[data-testid=bulletin-row]", &subject).await?;
        let last = "return !!document.querySelector('[data-testid=letter]')?.shadowRoot\
            ?.textContent.includes('Tot ziens onder de kastanjeboom')";
        page.until("its last words", last).await?;
    }
    page.painted().await?;
    ensure!(trap.accept().is_err(), "something was fetched");
    // It still answers: the parent goes on.
    steps::my_child(page).await?;
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn what_a_parent_changes_under_overig_is_so_at_the_portal() -> Result<()> {
    let world = World::of(Desktop::start()?, Size::Family).await?;
    let nursery = world.portal.nursery();
    let (username, password) = world.parent();
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    steps::synced(page).await?;

    // One's own details, and a new password.
    steps::more(page).await?;
    page.click("to-account").await?;
    page.click("details-edit").await?;
    page.fill("detail-phone", "06 98765432").await?;
    page.click("details-save").await?;
    page.gone("details-form").await?;
    page.says("own-details", "98765432").await?;
    let details = told(page, "ownDetails").await?;
    ensure!(details.to_string().contains("98765432"), "{details}");
    page.click("password-change").await?;
    let new = "Kastanjeboom-bij-de-vijver-7";
    page.fill("password-current", password).await?;
    page.fill("password-new", new).await?;
    page.fill("password-again", new).await?;
    page.click("password-save").await?;
    page.gone("password-form").await?;

    // A consent of a child.
    page.click("child-link").await?;
    let one =
        "[data-testid=consent]:has([data-testid=consent-given], [data-testid=consent-refused])";
    page.until("a consent", &format!("return !!document.querySelector('{one}')")).await?;
    let id = page.run(&format!("return document.querySelector('{one}').dataset.id")).await?;
    let id = id.as_str().context("a consent has an identity")?;
    let answers = |truth: &Truth| {
        truth.consents.iter().find(|one| one.id == id).map(|one| (one.answers, one.by.clone()))
    };
    let before = answers(&nursery.truth(Some(username)).await?).context("the consent")?;
    let choose =
        format!("[data-testid=consent][data-id='{id}'] [data-testid^=consent-]:is(button)");
    page.click_css(&choose).await?;
    page.click("consent-confirm-yes").await?;
    page.gone("consent-confirm").await?;
    let began = Instant::now();
    loop {
        let after = answers(&nursery.truth(Some(username)).await?).context("the consent")?;
        if after.0 == before.0 + 1 {
            ensure!(after.1.is_some(), "nobody answered");
            break;
        }
        ensure!(began.elapsed() < MISSING, "the answer does not arrive: {after:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    // What the nursery e-mails of.
    let mailed = async |subject: &str| -> Result<bool> {
        let (subject, html) = (subject.to_owned(), "Dag".to_owned());
        let new = NewConversation { subject: subject.clone(), html, ..NewConversation::default() };
        nursery.begin_conversation(new).await?;
        let truth = nursery.truth(Some(username)).await?;
        Ok(truth.emails.iter().any(|mail| mail.account == username && mail.subject == subject))
    };
    let by_email = |told: &Value| {
        let items = told["items"].as_array().cloned().unwrap_or_default();
        items.iter().find(|item| item["id"] == "messages").map(|item| item["email"] == true)
    };
    let before = by_email(&told(page, "notices").await?).context("messages")?;
    ensure!(mailed("Voor").await? == before);
    steps::more(page).await?;
    page.click("notice-messages-email").await?;
    let began = Instant::now();
    while by_email(&told(page, "notices").await?) == Some(before) {
        ensure!(began.elapsed() < MISSING, "the switch does not arrive");
    }
    ensure!(mailed("Na").await? != before);

    // All documents, as files.
    page.travel("/overig/documenten").await?;
    page.click("documents-save-all").await?;
    let papers = page.call("documents", json!({ "kind": null, "year": null })).await?;
    let all = papers["documents"].as_array().context("documents")?;
    let with_file = all.iter().filter(|one| one["hasFile"] == true).count();
    ensure!(with_file > 1, "{papers}");
    until("the documents to be saved", || {
        let pdf = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "pdf");
        let saved = world.home.files()?.iter().filter(|file| pdf(file)).count();
        Ok((saved == with_file).then_some(()))
    })
    .await?;

    // The new password is the one that signs in.
    steps::sign_out(page).await?;
    steps::sign_in(page, world.portal.portal.as_str(), username, new).await?;
    driven.close().await
}

/// What the portal tells now.
async fn told(page: &Page, fact: &str) -> Result<Value> {
    page.call("refresh_fact", json!({ "kind": { "fact": fact } })).await?;
    let mut answer = page.call("fact", json!({ "kind": { "fact": fact } })).await?;
    Ok(answer["fact"]["is"].take())
}

/// Waits until there is something.
async fn until<T>(what: &str, look: impl Fn() -> Result<Option<T>>) -> Result<T> {
    let began = Instant::now();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        ensure!(began.elapsed() < MISSING, "waited for {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The system's program for every kind of file: it keeps what it was given, and tells where.
fn a_program_that_opens_everything(home: &Home) -> Result<PathBuf> {
    let (programs, settings) =
        (home.path().join(".local/share/applications"), home.path().join(".config"));
    fs::create_dir_all(&programs)?;
    fs::create_dir_all(&settings)?;
    let opened = home.path().join(opened_name());
    let kinds = ["application/pdf", "image/jpeg", "text/plain", "application/octet-stream"];
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Kijker\nExec=cp %f {}\nMimeType={};\n",
        opened.display(),
        kinds.join(";")
    );
    fs::write(programs.join("kijker.desktop"), entry)?;
    let lines = kinds.map(|kind| format!("{kind}=kijker.desktop\n")).concat();
    fs::write(settings.join("mimeapps.list"), format!("[Default Applications]\n{lines}"))?;
    Ok(opened)
}

fn opened_name() -> PathBuf {
    PathBuf::from("geopend.pdf")
}
