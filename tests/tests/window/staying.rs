//! Closing the window: where a tray is shown the app goes on in it, elsewhere it ends.

use super::{World, app_command, steps};
use anyhow::{Result, ensure};
use schriftje_tests::desktop::Desktop;
use schriftje_tests::driver::{self, Driven};
use schriftje_tests::notifications::Notifications;
use schriftje_tests::tray_host::TrayHost;
use serde_json::json;

const WINDOW: &str = "Schriftje";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn closed_to_the_tray_it_goes_on_and_comes_back_when_asked() -> Result<()> {
    let desktop = Desktop::without_notifications()?;
    let notifications = Notifications::serve(&desktop).await?;
    let tray = TrayHost::show(&desktop).await?;
    let world = World::on(desktop).await?;
    let desktop = &world.desktop;
    let driven = world.open().await?;
    world.sign_in(&driven).await?;
    let icon = tray.icon().await?;
    ensure!(icon.tooltip().await?.0 == "Schriftje");

    // Closed, it goes on, and says so with a way back.
    desktop.until_shows(WINDOW, true).await?;
    desktop.close(WINDOW)?;
    desktop.until_shows(WINDOW, false).await?;
    let said = notifications.wait_for(|said| said.title == "Schriftje blijft actief").await?;
    ensure!(said.actions.len() == 2 && !said.sound, "{said:?}");
    ensure!(driven.page.call("resolve_language", json!({})).await? == "nl");
    notifications.click(said.id).await?;
    desktop.until_shows(WINDOW, true).await?;

    // It says so once.
    desktop.close(WINDOW)?;
    desktop.until_shows(WINDOW, false).await?;
    icon.click().await?;
    desktop.until_shows(WINDOW, true).await?;
    steps::timeline(&driven.page).await?;
    ensure!(notifications.raised().len() == 1, "{:?}", notifications.raised());

    // Started again, the window that is hidden comes forward.
    desktop.close(WINDOW)?;
    desktop.until_shows(WINDOW, false).await?;
    let second = app_command(desktop, &world.home).status()?;
    ensure!(second.success(), "{second}");
    desktop.until_shows(WINDOW, true).await?;

    icon.choose("Afsluiten").await?;
    driven.ended().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn without_a_tray_closing_ends_it_after_saying_so_once() -> Result<()> {
    let world = World::new().await?;
    let desktop = &world.desktop;
    let driven = world.open().await?;
    // Of whom nobody is signed in nothing is kept, and so not that it was said either.
    world.sign_in(&driven).await?;
    desktop.until_shows(WINDOW, true).await?;
    desktop.close(WINDOW)?;
    let said = "Schriftje wordt afgesloten";
    desktop.until_shows(said, true).await?;
    desktop.close(said)?;
    driven.ended().await?;

    let driven = world.open().await?;
    steps::timeline(&driven.page).await?;
    desktop.until_shows(WINDOW, true).await?;
    desktop.close(WINDOW)?;
    driven.ended().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn started_by_the_system_it_waits_in_the_tray() -> Result<()> {
    let world = World::new().await?;
    let tray = TrayHost::show(&world.desktop).await?;
    let arguments = ["--minimized".to_owned()];
    let driven = Driven::open(&world.desktop, &world.home, &driver::app(), &arguments).await?;
    let icon = tray.icon().await?;
    // When it looks the second time, it has done what it does after the first.
    tray.until_looked_for_again().await?;
    tray.until_looked_for_again().await?;
    world.desktop.until_in_taskbar(false).await?;
    icon.click().await?;
    world.desktop.until_shows(WINDOW, true).await?;

    // Where the tray goes for good, the window can be found again.
    world.desktop.close(WINDOW)?;
    world.desktop.until_in_taskbar(false).await?;
    tray.leave().await?;
    world.desktop.until_in_taskbar(true).await?;
    driven.close().await
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn it_starts_with_the_system_where_the_parent_asks_for_it_and_no_longer() -> Result<()> {
    let world = World::new().await?;
    let driven = world.open().await?;
    world.sign_in(&driven).await?;
    steps::more(&driven.page).await?;
    let entry = world.home.path().join(".config/autostart/Schriftje.desktop");
    ensure!(!entry.exists(), "it starts with the system unasked");

    driven.page.click("autostart").await?;
    // Each look goes through the app, which does it meanwhile.
    while !entry.exists() {
        driven.page.call("overview", json!({})).await?;
    }
    let written = std::fs::read_to_string(&entry)?;
    let starts = format!("Exec={} --minimized", driver::app().display());
    ensure!(written.starts_with("[Desktop Entry]\nType=Application\n"), "{written}");
    ensure!(written.lines().any(|line| line == starts), "{written}");

    driven.page.click("autostart").await?;
    while entry.exists() {
        driven.page.call("overview", json!({})).await?;
    }
    driven.close().await
}
