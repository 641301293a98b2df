//! Starts a demo portal and prints one JSON line when it is ready.

use chrono::{DateTime, Utc};
use clap::Parser;
use schriftje_demo_portal::{Options, Organisation, Size, start};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// A portal to try Schriftje on: invented children, staff, day reports and photos.
#[derive(Debug, Parser)]
#[command(name = "demo-portal", version)]
struct Arguments {
    /// Where the portal listens; port 0 picks one.
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Where the photos are served; port 0 picks one.
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:0")]
    media_listen: SocketAddr,
    /// The folder for the database and the drawn pictures.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Whose portal it is.
    #[arg(long, value_name = "NAME", default_value = Organisation::BOSRAND.id,
          value_parser = Organisation::ALL.map(|organisation| organisation.id))]
    organisation: String,
    /// How much there is to see.
    #[arg(long, value_enum, default_value_t = Size::Family)]
    size: Size,
    /// What the invented data grows from.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The instant the portal's clock stands at, instead of the machine's clock.
    #[arg(long, value_name = "RFC3339")]
    now: Option<DateTime<Utc>>,
    /// HTTPS, with a certificate made on the spot.
    #[arg(long)]
    tls: bool,
    /// A plain portal: nothing under /parent-api.
    #[arg(long)]
    plain: bool,
    /// Reading a conversation marks it read.
    #[arg(long)]
    reading_marks_read: bool,
    /// Milliseconds added before every answer.
    #[arg(long, value_name = "N", default_value_t = 0)]
    latency_ms: u64,
    /// Post something new now and then.
    #[arg(long)]
    live: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .init();
    let arguments = Arguments::parse();
    let data = arguments.data.clone();
    let organisation =
        Organisation::called(&arguments.organisation).unwrap_or(Organisation::BOSRAND);
    let running = start(Options {
        organisation,
        listen: arguments.listen,
        media_listen: arguments.media_listen,
        seed: arguments.seed,
        now: arguments.now,
        tls: arguments.tls,
        plain: arguments.plain,
        reading_marks_read: arguments.reading_marks_read,
        latency: Duration::from_millis(arguments.latency_ms),
        live: arguments.live,
        ..Options::new(arguments.data, arguments.size)
    })
    .await?;
    let mut ready = serde_json::json!({
        "portal": running.portal,
        "media": running.media,
        "accounts": running.accounts.iter().map(|account| serde_json::json!({
            "username": account.username,
            "password": account.password,
        })).collect::<Vec<_>>(),
        "staff": running.staff,
    });
    if let Some(pem) = &running.ca_pem {
        let file = std::path::absolute(data.join("ca.pem"))?;
        std::fs::write(&file, pem)?;
        ready["ca_file"] = file.display().to_string().into();
    }
    println!("{ready}");
    asked_to_end().await?;
    running.stop().await;
    Ok(())
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
