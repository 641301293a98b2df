//! `schriftje-cli`: the app's commands in a terminal, for scripts, servers and tests.

mod account;
mod agenda;
mod arguments;
mod bulletins;
mod children;
mod commands;
mod consents;
mod documents;
mod exit;
mod fact;
mod location;
mod messages;
mod notices;
mod observations;
mod output;
mod pages;
mod password;
mod places;
mod request;
mod requests;
mod save;
mod say;
mod search;
mod stop;
mod sync;
mod words;

use arguments::Arguments;
use clap::Parser;
use output::Output;
use schriftje_app::api::AppError;
use schriftje_app::vault::{KeyFile, SystemVault, Vault};
use schriftje_app::{App, AppOptions};
use schriftje_model::SystemClock;
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Only on request: what a parent should know is said as a message.
    let filter = EnvFilter::try_from_env("SCHRIFTJE_LOG").unwrap_or_else(|_| EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let output = Output::new(arguments.json);
    match run(arguments, &output).await {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            exit::code(error.code)
        }
    }
}

async fn run(arguments: Arguments, output: &Output) -> Result<ExitCode, AppError> {
    let vault: Arc<dyn Vault> = match &arguments.key_file {
        Some(path) => Arc::new(KeyFile::at(places::absolute(path)?)),
        None => Arc::new(SystemVault::new()),
    };
    let data_dir = match &arguments.data_dir {
        Some(path) => places::absolute(path)?,
        None => places::data_dir()?,
    };
    let app = App::start(AppOptions {
        data_dir,
        vault,
        clock: Arc::new(SystemClock),
        ca_pem: places::ca_pem(&arguments)?,
        picture_dir: places::picture_dir()?,
        background: false,
    })
    .await?;
    let result = answer(&app, arguments, output).await;
    app.shutdown().await;
    result
}

async fn answer(app: &App, arguments: Arguments, output: &Output) -> Result<ExitCode, AppError> {
    if app.is_locked() {
        app.unlock(password::read_pin(arguments.pin_stdin, output)?).await?;
    }
    commands::run(app, arguments.command, output).await
}
