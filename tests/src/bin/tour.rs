//! Drives the main path through the real window on a desktop without a screen:
//! `tour --app BIN --portal JSON --shots DIR [--languages nl,en] [--sheets DIR]`.

use anyhow::{Context, Result, bail};
use schriftje_tests::driver;
use schriftje_tests::sheet::sheets;
use schriftje_tests::tour::{Shots, tour};
use std::path::PathBuf;

#[tokio::main]
async fn main() -> Result<()> {
    let (mut app, mut portal, mut shots) = (driver::app(), None, PathBuf::from("screenshots"));
    let (mut languages, mut sheets_in) = (vec!["nl".to_owned()], None::<PathBuf>);
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--app" => app = value.into(),
            "--portal" => portal = Some(serde_json::from_str(&value)?),
            "--shots" => shots = value.into(),
            "--languages" => languages = value.split(',').map(str::to_owned).collect(),
            "--sheets" => sheets_in = Some(value.into()),
            _ => bail!("unknown flag {flag}"),
        }
    }
    let portal = portal.context("--portal takes the line that demo-portal prints")?;
    tour(&app, &portal, &Shots { folder: &shots, languages: &languages }).await?;
    if let Some(folder) = sheets_in {
        tokio::task::spawn_blocking(move || sheets(&shots, &folder, &languages)).await??;
    }
    Ok(())
}
