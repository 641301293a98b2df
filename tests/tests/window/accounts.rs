//! Three accounts on one device, in the real window, before a real credential store.

use super::{World, steps, system};
use anyhow::{Context, Result, ensure};
use schriftje_demo_portal::{Options, Organisation, Size, start};
use schriftje_tests::page::Page;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "opens a window"]
async fn signing_out_of_one_of_three_leaves_two_whole_and_no_trace_of_it() -> Result<()> {
    let world = World::new().await?;
    let (home, desktop) = (&world.home, &world.desktop);
    let data = tempfile::tempdir()?;
    let organisation = Organisation::DUINPAN;
    let elsewhere = Options { organisation, ..Options::new(data.path(), Size::Small) };
    let elsewhere = start(elsewhere).await?;
    let driven = world.open().await?;
    let page = &driven.page;

    // Two parents of one family, and one of them at another organisation.
    let [one, other] = [&world.portal.accounts[0], &world.portal.accounts[1]];
    let apart = elsewhere.accounts.first().context("nobody can sign in")?;
    let (here, there) = (world.portal.portal.as_str(), elsewhere.portal.as_str());
    steps::sign_in(page, here, &one.username, &one.password).await?;
    steps::synced(page).await?;
    for (portal, account) in [(here, other), (there, apart)] {
        page.travel("/aanmelden").await?;
        steps::sign_in(page, portal, &account.username, &account.password).await?;
        steps::synced(page).await?;
    }
    let ids = accounts(page).await?;
    ensure!(ids.len() == 3, "{ids:?}");
    let overview = page.call("overview", json!({})).await?;
    let gone = overview["account"]["id"].as_str().context("one is in use")?;
    let left: BTreeSet<_> = ids.iter().filter(|id| *id != gone).cloned().collect();
    ensure!(desktop.all_credentials()?.len() == 3, "each has a key of its own");
    let theirs = |id: &str| -> Result<Vec<PathBuf>> {
        let of = |file: &PathBuf| file.to_string_lossy().contains(id);
        Ok(home.files()?.into_iter().filter(of).collect())
    };
    for id in &ids {
        ensure!(!theirs(id).context("files")?.is_empty(), "{id} has a folder of its own");
        ensure!(desktop.credentials("username", id)?.contains(id.as_str()), "{id} has a key");
    }

    // The one in use goes; the others are here as they were, also when the app starts anew.
    steps::more(page).await?;
    page.click("sign-out").await?;
    page.click("sign-out-confirm").await?;
    page.gone("sign-out-dialog").await?;
    steps::my_child(page).await?;
    ensure!(accounts(page).await? == left);
    driven.close().await?;
    ensure!(theirs(gone)?.is_empty(), "{:?}", theirs(gone)?);
    ensure!(desktop.all_credentials()?.len() == 2);
    ensure!(!desktop.credentials("username", gone)?.contains(gone));
    let readable = home.readable(&[gone, "Duinpan"])?;
    ensure!(readable.is_empty(), "{readable:?}");

    let driven = world.open().await?;
    let page = &driven.page;
    steps::timeline(page).await?;
    for id in &left {
        page.call("switch_account", json!({ "account": id })).await?;
        let query = json!({ "children": [], "from": null, "until": null, "after": null,
            "limit": 200 });
        let cards = page.call("timeline", json!({ "query": query })).await?;
        ensure!(cards["cards"].as_array().is_some_and(|cards| !cards.is_empty()), "{id}");
        ensure!(page.call("sync_status", json!({})).await?["complete"] == true, "{id}");
    }

    // Out of all of them: nothing is left at all.
    steps::sign_out_of_all(page).await?;
    driven.close().await?;
    let left: Vec<_> = home.files()?.into_iter().filter(|file| !system(file)).collect();
    ensure!(left.is_empty(), "{left:?}");
    ensure!(desktop.all_credentials()?.is_empty(), "{:?}", desktop.all_credentials()?);
    Ok(())
}

/// The accounts on this device, sorted.
async fn accounts(page: &Page) -> Result<BTreeSet<String>> {
    let overview = page.call("overview", json!({})).await?;
    let accounts = overview["accounts"].as_array().context("accounts")?;
    let ids = accounts.iter().map(|one| one["id"].as_str().map(str::to_owned));
    ids.collect::<Option<_>>().context("an account has an identity")
}
