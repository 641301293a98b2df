//! The main path through the window, with pictures of every screen in three sizes, light and dark.

use crate::desktop::Desktop;
use crate::driver::Driven;
use crate::home::Home;
use crate::page::Page;
use crate::steps;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A demo portal that runs already, as it announces itself.
#[derive(Clone, Debug, Deserialize)]
pub struct Portal {
    /// Its address.
    pub portal: String,
    /// Who can sign in.
    pub accounts: Vec<Account>,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
}

/// A phone, a tablet, a laptop.
const SIZES: [(u32, u32); 3] = [(390, 844), (820, 1180), (1280, 800)];

/// Signs in, looks around, saves a photo and signs out; leaves pictures in `shots`.
pub async fn tour(app: &Path, portal: &Portal, shots: &Path) -> Result<()> {
    let desktop = Desktop::start()?;
    let account = portal.accounts.first().context("the portal has no accounts")?;
    for (theme, name) in [("Adwaita", "light"), ("Adwaita:dark", "dark")] {
        let home = Home::new()?;
        let look = [("GTK_THEME", theme)];
        let driven = Driven::open_with(&desktop, &home, app, &[], &look).await?;
        let page = &driven.page;
        let camera = Camera { folder: shots.to_owned(), theme: name };

        page.find("sign-in-portal").await?;
        camera.every_size(page, "aanmelden", SignIn).await?;
        page.resize(1280, 800).await?;
        steps::sign_in(page, &portal.portal, &account.username, &account.password).await?;
        camera.every_size(page, "mijn-kind", Timeline).await?;
        around(page, &camera).await?;
        writing(page, &camera).await?;

        steps::more(page).await?;
        camera.every_size(page, "overig", More).await?;
        steps::sign_out(page).await?;
        driven.close().await?;
    }
    Ok(())
}

/// A photo in full, a report, the dialog that saves everything.
async fn around(page: &Page, camera: &Camera) -> Result<()> {
    steps::open_photo(page).await?;
    camera.every_size(page, "foto", Photo).await?;
    steps::save_photo(page).await?;
    page.screenshot(&camera.file("foto-bewaard", SIZES[2])).await?;
    steps::leave_photo(page).await?;
    page.gone("save-job").await?;

    page.click("save-all").await?;
    page.find("save-all-dialog").await?;
    camera.every_size(page, "bewaar-alles", SaveAll).await?;
    page.press(&[fantoccini::key::Key::Escape]).await?;
    page.gone("save-all-dialog").await?;

    page.click("open-card").await?;
    page.find("report").await?;
    camera.every_size(page, "verslag", Report).await?;
    page.click("back").await?;
    steps::timeline(page).await
}

/// Conversations, one of them, and what is written.
async fn writing(page: &Page, camera: &Camera) -> Result<()> {
    page.click("write-diary").await?;
    camera.every_size(page, "dagboek-schrijven", Form("diary-text")).await?;
    page.click("back").await?;
    steps::timeline(page).await?;

    page.click("menu-berichten").await?;
    camera.every_size(page, "berichten", Form("conversation-row")).await?;
    page.click("write-message").await?;
    camera.every_size(page, "bericht-schrijven", Form("message-text")).await?;
    // A wide window has the list beside it, and no way back.
    page.click("menu-berichten").await?;
    page.click("conversation-row").await?;
    camera.every_size(page, "gesprek", Form("message")).await?;

    page.click("menu-mijn-kind").await?;
    steps::timeline(page).await?;
    page.click("open-search").await?;
    page.fill("search-words", "slapen").await?;
    camera.every_size(page, "zoeken", Form("found")).await?;
    page.click("menu-mijn-kind").await?;
    steps::timeline(page).await
}

use Screen::{Form, More, Photo, Report, SaveAll, SignIn, Timeline};

/// What has to be there before a picture of it is taken.
#[derive(Clone, Copy)]
enum Screen {
    SignIn,
    Timeline,
    Photo,
    SaveAll,
    Report,
    More,
    /// One that is there when this `data-testid` is.
    Form(&'static str),
}

impl Screen {
    async fn ready(self, page: &Page) -> Result<()> {
        match self {
            SignIn => page.find("sign-in-submit").await.map(drop),
            Timeline => steps::timeline(page).await,
            Photo => steps::full_screen(page).await,
            SaveAll => page.find("save-all-start").await.map(drop),
            Report => page.find("report").await.map(drop),
            More => page.find("account").await.map(drop),
            Form(testid) => page.find(testid).await.map(drop),
        }
    }
}

struct Camera {
    folder: PathBuf,
    theme: &'static str,
}

impl Camera {
    async fn every_size(&self, page: &Page, name: &str, screen: Screen) -> Result<()> {
        for size in SIZES {
            page.resize(size.0, size.1).await?;
            screen.ready(page).await?;
            page.screenshot(&self.file(name, size)).await?;
        }
        Ok(())
    }

    fn file(&self, name: &str, (width, height): (u32, u32)) -> PathBuf {
        self.folder.join(format!("{name}-{width}x{height}-{}.png", self.theme))
    }
}
