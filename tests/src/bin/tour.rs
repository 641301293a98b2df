//! Drives the main path through the real window on a desktop without a screen:
//! `tour --app BIN --portal JSON --shots DIR`.

use anyhow::{Context, Result, bail};
use schriftje_tests::driver;
use schriftje_tests::tour::tour;
use std::path::PathBuf;

#[tokio::main]
async fn main() -> Result<()> {
    let (mut app, mut portal, mut shots) = (driver::app(), None, PathBuf::from("screenshots"));
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--app" => app = value.into(),
            "--portal" => portal = Some(serde_json::from_str(&value)?),
            "--shots" => shots = value.into(),
            _ => bail!("unknown flag {flag}"),
        }
    }
    let portal = portal.context("--portal takes the line that demo-portal prints")?;
    tour(&app, &portal, &shots).await
}
