//! Opening a newsletter that is far too large: from asking the portal to its words being kept and
//! found.

use super::query::median;
use crate::letter::letter;
use anyhow::{Context, Result};
use schriftje_app::api::SignIn;
use schriftje_app::vault::MemoryVault;
use schriftje_app::{App, AppOptions};
use schriftje_demo_portal::{NewNewsletter, Options, Size, start};
use schriftje_model::{NewsletterId, SystemClock};
use std::sync::Arc;
use std::time::Instant;

const RUNS: usize = 11;

/// A newsletter and how long it took.
pub struct Opened {
    what: &'static str,
    bytes: usize,
    kept: usize,
    /// Milliseconds.
    took: f64,
}

/// Opens one that is kept for its words alone, and one that is just small enough to be kept whole.
pub async fn measure() -> Result<Vec<Opened>> {
    let folder = tempfile::tempdir()?;
    let portal = start(Options::new(folder.path().join("portal"), Size::Small)).await?;
    let app = App::start(AppOptions {
        data_dir: folder.path().join("data"),
        vault: Arc::new(MemoryVault::default()),
        clock: Arc::new(SystemClock),
        ca_pem: None,
        picture_dir: folder.path().join("saved"),
        background: false,
    })
    .await?;
    let parent = portal.accounts.first().context("nobody can sign in")?;
    app.sign_in(SignIn {
        portal: portal.portal.to_string(),
        username: parent.username.clone(),
        password: parent.password.clone().into(),
        remember: false,
        until_closed: false,
    })
    .await?;
    let mut all = Vec::new();
    for (what, bytes, nested) in
        [("5 MiB, its words alone", 5 << 20, true), ("900 KiB, whole", 900 << 10, false)]
    {
        let (mut kept, mut times) = (0, Vec::new());
        for _ in 0..RUNS {
            let html = letter(portal.media.join("spy")?.as_str(), bytes, nested);
            let new = NewNewsletter { subject: what.into(), html, ..NewNewsletter::default() };
            let id = NewsletterId(portal.nursery().send_newsletter(new).await?);
            app.refresh_location().await?;
            let began = Instant::now();
            let whole = app.open_newsletter(id).await?;
            times.push(began.elapsed().as_secs_f64() * 1e3);
            kept = whole.html.context("nothing was read")?.len();
        }
        all.push(Opened { what, bytes, kept, took: median(times) });
    }
    app.shutdown().await;
    portal.stop().await;
    Ok(all)
}

/// Prints the table.
pub fn print(all: &[Opened]) {
    println!("\n### Opening a hostile newsletter, median of {RUNS}\n");
    println!("| newsletter | KiB | kept, KiB | ms |\n|---|--:|--:|--:|");
    for Opened { what, bytes, kept, took } in all {
        println!("| {what} | {} | {} | {took:.0} |", bytes >> 10, kept >> 10);
    }
}
