//! The main path through the window, with pictures of every screen in three sizes, light and dark.

use crate::desktop::Desktop;
use crate::driver::Driven;
use crate::home::Home;
use crate::screens::{BEYOND, SCREENS, SECTIONS, SIZES, go_beyond, speak, uncover};
use crate::steps;
use anyhow::{Context, Result};
use schriftje_demo_portal::{Options, Organisation, Size, start};
use serde::Deserialize;
use std::path::Path;

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

/// What to look at, and where the pictures go.
pub struct Shots<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// Languages of the interface, such as `nl`.
    pub languages: &'a [String],
}

/// Signs in, looks at every screen, saves a photo and signs out; leaves pictures in `shots`.
pub async fn tour(app: &Path, portal: &Portal, shots: &Shots<'_>) -> Result<()> {
    let desktop = Desktop::start()?;
    let folder = tempfile::tempdir()?;
    let organisation = Organisation::DUINPAN;
    let elsewhere = Options { organisation, ..Options::new(folder.path(), Size::Small) };
    let elsewhere = start(elsewhere).await?;
    let account = portal.accounts.first().context("the portal has no accounts")?;
    for (theme, name) in [("Adwaita", "light"), ("Adwaita:dark", "dark")] {
        let home = Home::new()?;
        let look = [("GTK_THEME", theme)];
        let driven = Driven::open_with(&desktop, &home, app, &[], &look).await?;
        let page = &driven.page;
        let file = |screen: &str, language: &str, (width, height): (u32, u32)| {
            shots.folder.join(format!("{screen}-{language}-{name}-{width}x{height}.png"))
        };

        for language in shots.languages {
            speak(page, language).await?;
            page.find("sign-in-submit").await?;
            for size in SIZES {
                page.resize(size.0, size.1).await?;
                page.still().await?;
                page.screenshot(&file("aanmelden", language, size)).await?;
            }
        }
        page.resize(1280, 800).await?;
        steps::sign_in(page, &portal.portal, &account.username, &account.password).await?;
        steps::open_photo(page).await?;
        steps::save_photo(page).await?;
        steps::leave_photo(page).await?;
        page.gone("save-job").await?;
        for beyond in [false, true] {
            page.resize(1280, 800).await?;
            if beyond {
                go_beyond(page, &elsewhere).await?;
            }
            for language in shots.languages {
                uncover(page).await?;
                speak(page, language).await?;
                let screens = if beyond { [BEYOND, &[]] } else { [SCREENS, SECTIONS] };
                for screen in screens.into_iter().flatten() {
                    page.resize(1280, 800).await?;
                    screen.open(page).await?;
                    for size in SIZES {
                        page.resize(size.0, size.1).await?;
                        screen.ready(page).await?;
                        page.screenshot(&file(screen.name, language, size)).await?;
                    }
                }
            }
        }
        page.resize(1280, 800).await?;
        uncover(page).await?;
        steps::sign_out_of_all(page).await?;
        driven.close().await?;
    }
    Ok(())
}
