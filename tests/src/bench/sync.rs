//! First and second sync of an account.

use super::portal::{Asked, Portal};
use anyhow::{Context, Result};
use schriftje_app::api::SignIn;
use schriftje_app::vault::SystemVault;
use schriftje_app::{App, AppOptions};
use schriftje_model::SystemClock;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A sync as it went.
pub struct Synced {
    /// The folder it filled.
    pub data: PathBuf,
    /// Cards and photos known afterwards.
    pub cards: u32,
    /// Photos and videos known afterwards.
    pub photos: u32,
    /// Until the newest cards could be shown.
    newest: Duration,
    /// Until every text was in.
    texts: Duration,
    /// Until every picture was in, when they were fetched.
    pictures: Option<Duration>,
    asked: Asked,
    portal_cpu: f64,
    own_cpu: f64,
}

/// The app on a data folder, with the desktop's credential store.
pub async fn app(data: &Path) -> Result<Arc<App>> {
    Ok(App::start(AppOptions {
        data_dir: data.to_owned(),
        vault: Arc::new(SystemVault::new()),
        clock: Arc::new(SystemClock),
        ca_pem: None,
        picture_dir: data.join("saved"),
        background: false,
    })
    .await?)
}

/// Signs in and fetches everything, pictures too.
pub async fn first(portal: &Portal, name: &str) -> Result<Synced> {
    fetch(portal, name, true).await
}

/// Signs in and fetches every text.
pub async fn texts(portal: &Portal, name: &str) -> Result<Synced> {
    fetch(portal, name, false).await
}

async fn fetch(portal: &Portal, name: &str, pictures: bool) -> Result<Synced> {
    eprintln!("first sync: {name}");
    let home = std::env::var_os("HOME").context("no home")?;
    let data = Path::new(&home).join(name);
    let app = app(&data).await?;
    portal.asked().await?;
    let (portal_cpu, own_cpu, began) = (portal.cpu().await?, own_cpu()?, Instant::now());
    let (username, password) = portal.account();
    app.sign_in(SignIn {
        portal: portal.address().to_owned(),
        username,
        password: password.into(),
        remember: false,
        until_closed: false,
    })
    .await?;
    app.sync_now().await?;
    let newest = began.elapsed();
    let all = tokio::spawn({
        let app = app.clone();
        async move { app.sync_all().await }
    });
    let mut texts = None;
    while !all.is_finished() {
        if texts.is_none() && app.sync_status().await?.complete {
            texts = Some(began.elapsed());
            if !pictures {
                app.sync_stop().await?;
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let ended = all.await?;
    if pictures {
        ended?;
    }
    let took = began.elapsed();
    let status = app.sync_status().await?;
    let synced = Synced {
        data,
        cards: status.cards,
        photos: status.photos,
        newest,
        texts: texts.unwrap_or(took),
        pictures: pictures.then_some(took),
        asked: portal.asked().await?,
        portal_cpu: portal.cpu().await? - portal_cpu,
        own_cpu: self::own_cpu()? - own_cpu,
    };
    app.shutdown().await;
    Ok(synced)
}

/// A second look with nothing new.
pub struct Second {
    took: Duration,
    calls: Vec<String>,
}

/// Syncs again.
pub async fn second(portal: &Portal, first: &Synced) -> Result<Second> {
    let app = app(&first.data).await?;
    portal.asked().await?;
    let began = Instant::now();
    app.sync_now().await?;
    let took = began.elapsed();
    let calls = portal.asked().await?.calls;
    app.shutdown().await;
    Ok(Second { took, calls })
}

/// CPU time of this process, in seconds.
fn own_cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> =
        after.split_whitespace().filter_map(|field| field.parse().ok()).collect();
    // The state letter does not parse, so utime and stime stand one place earlier; ticks are 10 ms.
    Ok((fields.get(10).unwrap_or(&0.0) + fields.get(11).unwrap_or(&0.0)) / 100.0)
}

/// The table of first syncs.
pub fn print_first(rows: &[(&str, &Synced)]) {
    println!(
        "| link | cards | photos | newest shown | all texts | cards/s | all pictures | calls | pictures | MB | app CPU | portal CPU |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (name, sync) in rows {
        println!(
            "| {name} | {} | {} | {:.2} s | {:.1} s | {:.0} | {} | {} | {} | {:.1} | {:.1} s | {:.1} s |",
            sync.cards,
            sync.photos,
            sync.newest.as_secs_f64(),
            sync.texts.as_secs_f64(),
            f64::from(sync.cards) / sync.texts.as_secs_f64(),
            sync.pictures
                .map_or_else(|| "–".to_owned(), |took| format!("{:.1} s", took.as_secs_f64())),
            sync.asked.calls.len(),
            sync.asked.pictures,
            sync.asked.bytes as f64 / 1e6,
            sync.own_cpu,
            sync.portal_cpu,
        );
    }
}

/// What a second sync asked.
pub fn print_second(second: &Second) {
    println!("{:.0} ms; asked: {}", second.took.as_secs_f64() * 1e3, second.calls.join(", "));
}
