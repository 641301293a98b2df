//! The lock, in the real window, before a real credential store.

use super::{World, steps};
use anyhow::{Result, ensure};
use schriftje_tests::desktop::Desktop;
use schriftje_tests::page::Page;
use schriftje_tests::system::System;
use serde_json::json;

const PIN: &str = "4711";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn a_locked_app_tells_nothing_and_opens_where_it_was() -> Result<()> {
    let desktop = Desktop::start()?;
    let system = System::behind(&desktop).await?;
    let world = World::on(desktop).await?;
    let driven = world.open().await?;
    let page = &driven.page;
    world.sign_in(&driven).await?;
    let before = world.desktop.all_credentials()?.len();
    steps::choose_pin(page, PIN).await?;
    ensure!(world.desktop.all_credentials()?.len() == before + 1, "the PIN is in the store");

    steps::my_child(page).await?;
    let shown = steps::what_is_shown(page).await?;
    system.sleep().await?;
    page.find("lock-screen").await?;
    refuses(page).await?;
    type_pin(page, "9999").await?;
    page.says("lock-screen", "Die pincode klopt niet.").await?;
    type_pin(page, PIN).await?;
    page.gone("lock-screen").await?;
    ensure!(steps::what_is_shown(page).await? == shown, "it is as it was left");

    // The session is locked: a finger opens it as well, when it is known.
    steps::more(page).await?;
    page.click("fingerprint-switch").await?;
    page.until(
        "the fingerprint to be on",
        "return document.querySelector('[data-testid=fingerprint-switch]')?.ariaChecked === 'true' \
         || document.querySelector('[data-testid=fingerprint-switch]')?.dataset.state === 'checked'",
    )
    .await?;
    system.lock_session().await?;
    page.find("lock-screen").await?;
    system.hold_finger(false).await?;
    page.says("lock-screen", "Die vinger werd niet herkend.").await?;
    page.click("fingerprint").await?;
    system.hold_finger(true).await?;
    page.gone("lock-screen").await?;
    driven.close().await?;

    // Started anew it is locked, and holds no card until it is opened.
    let driven = world.open().await?;
    let page = &driven.page;
    page.find("lock-screen").await?;
    ensure!(!page.has("card").await?);
    refuses(page).await?;
    system.hold_finger(false).await?;
    type_pin(page, PIN).await?;
    steps::timeline(page).await?;

    // A forgotten PIN costs the accounts, and leaves nothing.
    page.call("lock_now", json!({})).await?;
    page.click("pin-forgotten").await?;
    page.click("pin-forgotten-yes").await?;
    page.find("sign-in-portal").await?;
    ensure!(world.desktop.all_credentials()?.is_empty(), "{:?}", world.desktop.all_credentials());
    driven.close().await
}

async fn type_pin(page: &Page, pin: &str) -> Result<()> {
    page.fill("pin", pin).await?;
    page.click("unlock").await
}

/// The window is answered nothing, whatever it asks.
async fn refuses(page: &Page) -> Result<()> {
    for command in ["overview", "children", "storage_use", "diagnostics", "agenda_state"] {
        let answer = page.call(command, json!({})).await;
        let error = answer.err().map(|error| error.to_string()).unwrap_or_default();
        ensure!(error.contains(r#""code":"locked""#), "{command}: {error}");
    }
    Ok(())
}
