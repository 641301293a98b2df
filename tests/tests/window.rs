//! The real window, driven through its web view on a desktop without a screen.
//!
//! These tests open windows and take their time, so they run when asked for:
//! `cargo xtask test` does, or `cargo test -p schriftje-tests --test window -- --ignored`.

use anyhow::{Context, Result, ensure};
use fantoccini::key::Key;
use schriftje_demo_portal::{NewPhotos, NewReport, Options, Running, Size, Truth};
use schriftje_tests::desktop::Desktop;
use schriftje_tests::driver::{self, Driven};
use schriftje_tests::home::Home;
use schriftje_tests::steps;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[path = "window/accounts.rs"]
mod accounts;
#[path = "window/agenda.rs"]
mod agenda;
#[path = "window/family.rs"]
mod family;
#[path = "window/hostile.rs"]
mod hostile;
#[path = "window/locking.rs"]
mod locking;
#[path = "window/screens.rs"]
mod screens;
#[path = "window/staying.rs"]
mod staying;
#[path = "window/writing.rs"]
mod writing;

/// A demo portal and a place to be.
struct World {
    desktop: Desktop,
    home: Home,
    portal: Running,
    _data: tempfile::TempDir,
}

impl World {
    async fn new() -> Result<Self> {
        Self::on(Desktop::start()?).await
    }

    async fn on(desktop: Desktop) -> Result<Self> {
        Self::of(desktop, Size::Small).await
    }

    async fn of(desktop: Desktop, size: Size) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let portal = schriftje_demo_portal::start(Options::new(data.path(), size)).await?;
        Ok(Self { desktop, home: Home::new()?, portal, _data: data })
    }

    async fn open(&self) -> Result<Driven> {
        Driven::open(&self.desktop, &self.home, &driver::app(), &[]).await
    }

    fn parent(&self) -> (&str, &str) {
        let account = &self.portal.accounts[0];
        (&account.username, &account.password)
    }

    async fn sign_in(&self, driven: &Driven) -> Result<()> {
        let (username, password) = self.parent();
        steps::sign_in(&driven.page, self.portal.portal.as_str(), username, password).await
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn a_parent_signs_in_looks_saves_reads_offline_and_leaves_nothing() -> Result<()> {
    let world = World::new().await?;
    let (home, desktop) = (&world.home, &world.desktop);
    let (username, password) = world.parent();
    let (username, password) = (username.to_owned(), password.to_owned());

    // Sign in, look at a photo in full, save it.
    let driven = world.open().await?;
    world.sign_in(&driven).await?;
    ensure!(!desktop.all_credentials()?.is_empty(), "the key is in the credential store");
    steps::open_photo(&driven.page).await?;
    steps::save_photo(&driven.page).await?;
    let saved = saved_photos(home)?;
    ensure!(saved.len() == 1, "one photo was saved: {saved:?}");
    saved_with_its_day(&saved[0])?;
    steps::leave_photo(&driven.page).await?;
    let before = steps::what_is_shown(&driven.page).await?;
    ensure!(!before.photos.is_empty() && !before.cards.is_empty(), "{before:?}");
    driven.close().await?;

    // Without the portal: the same cards, the same photos.
    let World { desktop, home, portal, _data } = world;
    let truth = portal.nursery().truth(Some(&username)).await?;
    portal.stop().await;
    let driven = Driven::open(&desktop, &home, &driver::app(), &[]).await?;
    steps::timeline(&driven.page).await?;
    assert_eq!(steps::what_is_shown(&driven.page).await?, before);
    driven.close().await?;

    // As a parent opens it, without a driver: a private web view that keeps nothing.
    start_and_stop(&desktop, &home)?;
    let names = home.files()?;
    let foreign: Vec<_> = names.iter().filter(|file| !ours(file) && !system(file)).collect();
    ensure!(foreign.is_empty(), "the web view left {foreign:?}");

    // Whoever takes the disk reads nothing of it outside the photos the parent saved.
    let report = longest_word(&truth).context("no report")?;
    let names = [username.as_str(), password.as_str(), "Noortje", "127.0.0.1", "Bosrand"];
    // What every token begins with.
    let private = [&names[..], &["eyJ0eXAiOi", "eyJhbGciOi", &report]].concat();
    let readable = home.readable(&private)?;
    let readable: Vec<_> =
        readable.iter().filter(|(file, _)| !file.starts_with("Pictures")).collect();
    ensure!(readable.is_empty(), "{readable:?}");

    // Sign out: nothing of the account is left, the saved photo is.
    let driven = Driven::open(&desktop, &home, &driver::app(), &[]).await?;
    steps::timeline(&driven.page).await?;
    steps::sign_out(&driven.page).await?;
    driven.close().await?;
    let left: Vec<_> = home.files()?.into_iter().filter(|file| !system(file)).collect();
    assert_eq!(left, [saved[0].strip_prefix(home.path())?]);
    ensure!(desktop.all_credentials()?.is_empty(), "the key is still in the credential store");
    let readable = home.readable(&private)?;
    ensure!(readable.iter().all(|(file, _)| file.starts_with("Pictures")), "{readable:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn everything_on_the_main_path_is_done_by_keyboard_alone() -> Result<()> {
    let world = World::new().await?;
    let (username, password) = world.parent();
    let driven = world.open().await?;
    let page = &driven.page;

    page.find("sign-in-submit").await?;
    page.watch_policy().await?;
    for (field, text) in [
        ("sign-in-portal", world.portal.portal.as_str()),
        ("sign-in-username", username),
        ("sign-in-password", password),
    ] {
        page.tab_to(field).await?;
        page.type_text(text).await?;
    }
    page.press(&[Key::Enter]).await?;
    steps::timeline(page).await?;

    page.tab_to("photo-tile").await?;
    page.press(&[Key::Enter]).await?;
    steps::full_screen(page).await?;
    page.tab_to("save-photo").await?;
    page.press(&[Key::Enter]).await?;
    let script = "const e = document.querySelector('[data-testid=viewer-save-result]'); \
        return !!e && e.textContent.trim().length > 0";
    page.until("the save to end", script).await?;
    ensure!(saved_photos(&world.home)?.len() == 1, "the keyboard saves a photo");
    steps::leave_photo(page).await?;

    // However far down a long list the focus is, F6 leads back to the menu.
    page.press(&[Key::F6]).await?;
    page.tab_to("menu-overig").await?;
    page.press(&[Key::Enter]).await?;
    page.find("overig").await?;
    // Nothing on the way needed what the content policy forbids.
    assert_eq!(page.refused().await?, [""; 0]);
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn a_film_plays_in_the_window() -> Result<()> {
    let world = World::new().await?;
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    steps::synced(page).await?;

    let query = json!({ "children": [], "from": null, "until": null, "after": null, "limit": 200 });
    let cards = page.call("timeline", json!({ "query": query })).await?;
    let cards = cards["cards"].as_array().context("a timeline has cards")?;
    let films = |card: &Value| {
        let photos = [&card["photos"], &card["entry"]["photos"]];
        photos.into_iter().filter_map(Value::as_array).flatten().any(|p| p["kind"] == "video")
    };
    let card = cards.iter().find(|card| films(card)).context("three months hold a film")?;
    let id = card["id"].as_str().context("a card has an identity")?;
    page.go(&format!("/mijn-kind/{id}")).await?;
    page.find("report").await?;

    page.click_css("[data-testid=photo-tile]:has(.play)").await?;
    let script = "const film = document.querySelector('.pswp video'); \
        if (!film) return false; if (film.paused) film.play().catch(() => {}); \
        return film.videoWidth > 0 && film.currentTime > 0.2";
    page.until("the film to play", script).await?;
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn a_new_report_comes_with_f5_and_opens_whole() -> Result<()> {
    let world = World::new().await?;
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    steps::synced(page).await?;
    page.run("window.same = true").await?;

    let story = "<p>We zagen een kikker bij de vijver.</p>".repeat(30);
    let html = format!("{story}<p>Morgen gaan we weer kijken.</p>");
    world.portal.nursery().post_report(NewReport { html, ..NewReport::default() }).await?;
    page.press(&[Key::F5]).await?;
    let card = "[data-testid=card]:has([data-testid=read-more])";
    let script = format!("return document.querySelector('{card}')?.textContent.includes('kikker')");
    page.until("the new report", &script).await?;
    ensure!(page.run("return window.same").await? == true, "the page was loaded anew");

    page.click_css(&format!("{card} [data-testid=read-more]")).await?;
    page.says("report", "Morgen gaan we weer kijken.").await?;
    page.press(&[Key::Escape]).await?;
    steps::timeline(page).await?;
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn arrow_keys_walk_through_a_series_with_its_captions() -> Result<()> {
    let world = World::new().await?;
    let mut posted = Vec::new();
    for caption in ["In de zandbak", "Op de schommel"] {
        let new = NewPhotos { caption: Some(caption.into()), ..NewPhotos::default() };
        posted.extend(world.portal.nursery().post_photos(new).await?.photos);
    }
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;

    let query = json!({ "children": [], "from": null, "until": null, "after": null, "limit": 50 });
    let cards = page.call("timeline", json!({ "query": query })).await?;
    let mut series = cards["cards"].as_array().into_iter().flatten().map(|card| &card["photos"]);
    let series = series.find(|photos| {
        photos.as_array().into_iter().flatten().any(|photo| photo["id"] == posted[0])
    });
    let series = series.and_then(Value::as_array).context("what was posted is here")?;
    let total = series.len();
    ensure!(total >= posted.len() && series.iter().any(|photo| photo["id"] == posted[1]));

    let first = series[0]["id"].as_str().context("a photo has an identity")?;
    page.click_css(&format!("[data-photo=\"{first}\"]")).await?;
    steps::full_screen(page).await?;
    for (at, photo) in series.iter().enumerate() {
        if at > 0 {
            page.press(&[Key::Right]).await?;
        }
        page.says("viewer-position", &format!("{} van {total}", at + 1)).await?;
        match photo["caption"].as_str() {
            Some(caption) => page.says("viewer-caption", caption).await?,
            None => page.gone("viewer-caption").await?,
        }
    }
    page.press(&[Key::Left]).await?;
    page.says("viewer-position", &format!("{} van {total}", total - 1)).await?;
    steps::leave_photo(page).await?;
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn the_window_speaks_dutch_until_english_is_chosen_and_keeps_to_it() -> Result<()> {
    let world = World::new().await?;
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    page.says("menu-mijn-kind", "Mijn kind").await?;

    steps::more(page).await?;
    page.click("language-en").await?;
    page.until("the page to be English", "return document.documentElement.lang === 'en'").await?;
    page.says("menu-mijn-kind", "My child").await?;
    driven.close().await?;

    let driven = world.open().await?;
    driven.page.says("menu-mijn-kind", "My child").await?;
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn the_theme_that_was_chosen_is_shown_at_once_and_at_the_next_start() -> Result<()> {
    let world = World::new().await?;
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    page.until("the light of the system", &paper_is("light")).await?;
    steps::more(page).await?;
    page.click("theme-dark").await?;
    page.until("the dark", &paper_is("dark")).await?;
    driven.close().await?;

    let driven = world.open().await?;
    let page = &driven.page;
    steps::timeline(page).await?;
    page.until("the dark again", &paper_is("dark")).await?;
    steps::more(page).await?;
    page.click("theme-light").await?;
    page.until("the light", &paper_is("light")).await?;
    driven.close().await
}

/// Whether the page stands on light or dark paper.
fn paper_is(theme: &str) -> String {
    let (least, most) = if theme == "dark" { (0, 80) } else { (200, 255) };
    format!(
        "const canvas = document.createElement('canvas').getContext('2d'); \
         canvas.fillStyle = getComputedStyle(document.body).backgroundColor; \
         canvas.fillRect(0, 0, 1, 1); \
         const paper = canvas.getImageData(0, 0, 1, 1).data; \
         return paper[3] === 255 && [0, 1, 2].every(at => paper[at] >= {least} && paper[at] <= {most});"
    )
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn a_second_start_shows_the_window_that_is_there() -> Result<()> {
    let world = World::new().await?;
    let driven = world.open().await?;
    driven.page.find("sign-in-portal").await?;

    // The second process hands over and ends; were it a window of its own, it would stay.
    let second = app_command(&world.desktop, &world.home).status()?;
    ensure!(second.success(), "{second}");
    ensure!(driven.page.has("sign-in-portal").await?, "the first window is still there");
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn started_by_the_system_it_waits_minimised_until_the_parent_opens_it() -> Result<()> {
    let world = World::new().await?;
    let arguments = ["--minimized".to_owned()];
    let driven = Driven::open(&world.desktop, &world.home, &driver::app(), &arguments).await?;
    let page = &driven.page;
    page.until("the window to be away", "return document.visibilityState === 'hidden'").await?;

    // The parent starts it: the window that waits comes forward.
    let second = app_command(&world.desktop, &world.home).status()?;
    ensure!(second.success(), "{second}");
    page.until("the window to show", "return document.visibilityState === 'visible'").await?;
    driven.close().await
}

/// The photos in the folder photos are saved to.
fn saved_photos(home: &Home) -> Result<Vec<PathBuf>> {
    let mut photos = Vec::new();
    for entry in std::fs::read_dir(home.pictures())? {
        photos.push(entry?.path());
    }
    photos.sort();
    Ok(photos)
}

/// The day in a photo's name is the day in its metadata, with Amsterdam's offset.
fn saved_with_its_day(photo: &Path) -> Result<()> {
    let output = Command::new("exiftool")
        .args(["-json", "-validate", "-DateTimeOriginal", "-OffsetTimeOriginal"])
        .args(["-ImageDescription", "-XMP-dc:Description"])
        .arg(photo)
        .output()
        .context("exiftool is not installed")?;
    let read: Value = serde_json::from_slice(&output.stdout)?;
    let name = photo.file_name().and_then(|name| name.to_str()).context("a name")?;
    let day = name.get(..10).context("a day")?.replace('-', ":");
    let taken = read[0]["DateTimeOriginal"].as_str().context("DateTimeOriginal")?;
    ensure!(taken.starts_with(&day), "{taken} is not on {day}");
    let offset = read[0]["OffsetTimeOriginal"].as_str().context("OffsetTimeOriginal")?;
    ensure!(["+01:00", "+02:00"].contains(&offset), "{offset}");
    ensure!(read[0]["Validate"] == "OK", "{read:#}");
    ensure!(read[0]["ImageDescription"] == read[0]["Description"], "{read:#}");
    Ok(())
}

/// A word that stands in a day report and hardly anywhere else.
fn longest_word(truth: &Truth) -> Option<String> {
    let reports = truth.cards.iter().filter_map(|card| card.html.as_deref());
    let words = reports.flat_map(|html| html.split(|c: char| !c.is_ascii_alphabetic()));
    words.max_by_key(|word| word.len()).map(str::to_owned)
}

/// Opens the app without a driver until its first card is painted, then ends it as a system does.
fn start_and_stop(desktop: &Desktop, home: &Home) -> Result<()> {
    let mut app =
        app_command(desktop, home).env("SCHRIFTJE_BENCH", "1").stdout(Stdio::piped()).spawn()?;
    let output = app.stdout.take().context("the app says nothing")?;
    let painted = BufReader::new(output)
        .lines()
        .map_while(Result::ok)
        .any(|line| line.starts_with("first-card "));
    Command::new("kill").args(["-TERM", &app.id().to_string()]).status()?;
    let ended = app.wait()?;
    ensure!(painted && ended.success(), "painted: {painted}, {ended}");
    Ok(())
}

fn app_command(desktop: &Desktop, home: &Home) -> Command {
    let mut command = Command::new(driver::app());
    command
        .env_clear()
        .envs(home.environment())
        .envs(desktop.environment())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// What the app keeps: its data folder, and the photos a parent saved.
fn ours(file: &Path) -> bool {
    let data = Path::new(".local/share/nl.schriftje.app");
    file.strip_prefix(data).is_ok_and(|file| {
        ["accounts", "locks", "logs"].iter().any(|folder| file.starts_with(folder))
            || ["current-account", "window.json"].iter().any(|name| file == Path::new(name))
    }) || file.starts_with("Pictures/Schriftje")
}

/// What the system's own libraries keep for every program, with nothing of the app in it.
fn system(file: &Path) -> bool {
    [
        ".cache/fontconfig",
        ".cache/mesa_shader_cache",
        ".cache/gstreamer-1.0",
        ".config/dconf",
        ".run",
    ]
    .iter()
    .any(|folder| file.starts_with(folder))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn the_terminal_works_on_the_account_of_an_open_window() -> Result<()> {
    let world = World::new().await?;
    let (home, desktop) = (&world.home, &world.desktop);
    let driven = world.open().await?;
    world.sign_in(&driven).await?;
    steps::timeline(&driven.page).await?;

    let terminal = |arguments: &[&str]| -> Result<Value> {
        let output = Command::new(driver::built("schriftje-cli"))
            .env_clear()
            .envs(home.environment())
            .envs(desktop.environment())
            .arg("--json")
            .args(arguments)
            .output()
            .context("schriftje-cli is not built")?;
        let trouble = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{arguments:?}: {trouble}");
        Ok(serde_json::from_slice(&output.stdout)?)
    };
    terminal(&["sync"])?;
    let cards = terminal(&["timeline", "--limit", "20"])?;
    let cards = cards.as_array().context("no list of cards")?;
    let with_photos = cards.iter().find(|card| card["photos"][0].is_object());
    let day = with_photos.and_then(|card| card["day"].as_str()).context("no photos")?;
    let folder = home.path().join("from-the-terminal");
    let to = folder.to_string_lossy();
    let saved = terminal(&["photos", "save", "--to", &to, "--from", day, "--until", day])?;
    let count = saved["saved"].as_u64().context("no count")?;
    ensure!(count > 0, "nothing was saved: {saved}");
    let files = std::fs::read_dir(&folder)?.collect::<std::io::Result<Vec<_>>>()?;
    ensure!(files.len() as u64 == count, "other files than were told");
    let photos = files.iter().map(std::fs::DirEntry::path);
    let photos: Vec<_> = photos.filter(|path| path.extension() == Some("jpg".as_ref())).collect();
    ensure!(!photos.is_empty(), "only films were saved");
    for photo in photos {
        saved_with_its_day(&photo)?;
    }

    // The window was never locked out of its own account.
    steps::timeline(&driven.page).await?;
    steps::more(&driven.page).await?;
    steps::sign_out(&driven.page).await?;
    driven.close().await
}
