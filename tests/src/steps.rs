//! What a parent does in the window, step by step. Words on the screen are left to the interface's
//! own tests: these steps find things by what they are.

use crate::page::Page;
use anyhow::{Context, Result};
use fantoccini::key::Key;
use serde_json::json;
use std::time::Duration;

/// Signs in and waits for the first card with its pictures.
pub async fn sign_in(page: &Page, portal: &str, username: &str, password: &str) -> Result<()> {
    page.fill("sign-in-portal", portal).await?;
    page.fill("sign-in-username", username).await?;
    page.fill("sign-in-password", password).await?;
    page.click("sign-in-submit").await?;
    timeline(page).await
}

/// Waits for the timeline: cards, and their pictures decoded.
pub async fn timeline(page: &Page) -> Result<()> {
    page.find("card").await?;
    let tile = "return !!document.querySelector('[data-testid=photo-tile]')";
    page.down_to("a photo in the timeline", tile).await?;
    page.find("photo-tile").await?;
    page.pictures().await?;
    Ok(())
}

/// Opens the first photo on the screen in full and waits until it is there.
pub async fn open_photo(page: &Page) -> Result<()> {
    page.click("photo-tile").await?;
    full_screen(page).await
}

/// Waits until a photo is shown in full, larger than any tile.
pub async fn full_screen(page: &Page) -> Result<()> {
    let script = "return [...document.querySelectorAll('.pswp img')].some(i => \
        i.complete && i.naturalWidth >= 640)";
    page.until("a photo in full", script).await
}

/// Leaves the full screen.
pub async fn leave_photo(page: &Page) -> Result<()> {
    page.press(&[Key::Escape]).await?;
    page.until("the full screen to close", "return !document.querySelector('.pswp')").await
}

/// Saves the photo shown in full and waits for the outcome, in the window's words.
pub async fn save_photo(page: &Page) -> Result<String> {
    page.click("save-photo").await?;
    let script = "const e = document.querySelector('[data-testid=viewer-save-result]'); \
        return !!e && e.textContent.trim().length > 0";
    page.until("the save to end", script).await?;
    page.text("viewer-save-result").await
}

/// Goes to "Overig".
pub async fn more(page: &Page) -> Result<()> {
    page.click("menu-overig").await?;
    page.find("overig").await?;
    Ok(())
}

/// Goes to "Mijn kind".
pub async fn my_child(page: &Page) -> Result<()> {
    page.click("menu-mijn-kind").await?;
    timeline(page).await
}

/// Signs out and waits for the sign-in screen.
pub async fn sign_out(page: &Page) -> Result<()> {
    more(page).await?;
    page.click("sign-out").await?;
    page.click("sign-out-confirm").await?;
    page.find("sign-in-portal").await?;
    Ok(())
}

/// Signs out of every account and waits for the sign-in screen.
pub async fn sign_out_of_all(page: &Page) -> Result<()> {
    more(page).await?;
    page.click("sign-out-all").await?;
    page.click("sign-out-confirm").await?;
    page.find("sign-in-portal").await?;
    Ok(())
}

/// Goes to the account at this organisation, from "Mijn kind".
pub async fn switch_account(page: &Page, organisation: &str) -> Result<()> {
    my_child(page).await?;
    page.click("account-switch").await?;
    page.click_saying("[data-testid=account-item]", organisation).await?;
    page.says("account-switch", organisation).await?;
    timeline(page).await
}

/// Waits until every card is here.
pub async fn synced(page: &Page) -> Result<()> {
    while page.call("sync_status", json!({})).await?["complete"] != true {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Locks the app behind a PIN from now on.
pub async fn choose_pin(page: &Page, pin: &str) -> Result<()> {
    more(page).await?;
    page.click("lock-switch").await?;
    page.fill("pin-new", pin).await?;
    page.fill("pin-again", pin).await?;
    page.click("pin-save").await?;
    page.gone("pin-dialog").await
}

/// The words of the first cards, and the photos on the first tiles, as they stand on the screen.
pub async fn what_is_shown(page: &Page) -> Result<Shown> {
    let cards = "return JSON.stringify([...document.querySelectorAll('[data-testid=card]')]\
        .slice(0, 2).map(c => c.innerText))";
    let photos = "return JSON.stringify([...document.querySelectorAll('[data-testid=photo-tile]')]\
        .slice(0, 4).map(t => t.dataset.photo))";
    let read = |value: serde_json::Value| -> Result<Vec<String>> {
        Ok(serde_json::from_str(value.as_str().context("a script answers text")?)?)
    };
    Ok(Shown { cards: read(page.run(cards).await?)?, photos: read(page.run(photos).await?)? })
}

/// What stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The words of cards.
    pub cards: Vec<String>,
    /// The photos on tiles, by identity.
    pub photos: Vec<String>,
}
