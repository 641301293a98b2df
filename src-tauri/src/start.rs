//! From nothing to a window.

use crate::changed;
use crate::dropped::LastDrop;
use crate::host::Host;
use crate::log_file::LogFile;
use crate::notify::{self, Notifications};
use crate::opened::Opening;
use crate::options::Options;
use crate::pieces::Pieces;
use crate::traces::Traces;
use crate::{bench, bindings, media, traces, window};
use schriftje_app::api::AppError;
use schriftje_app::vault::{KeyFile, SystemVault, Vault};
use schriftje_app::{App, AppOptions};
use schriftje_model::SystemClock;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{AppHandle, Manager, RunEvent};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// What is written to the log: what we say ourselves. A library might quote an address or a name.
const LOGGED: &str = "off,schriftje_shell=info,schriftje_app=info,schriftje_sync=info,\
    schriftje_store=info,schriftje_konnect=info";

/// Runs the app until it is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    bench::begin();
    let options = Options::told();

    let host = Arc::new(Host::default());
    let commands = bindings::builder();
    let builder = tauri::Builder::default()
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .manage(host.clone())
        .manage(options.clone())
        .manage(Opening::default())
        .manage(LastDrop::default())
        .manage(Pieces::default())
        .invoke_handler(bindings::answers(&commands))
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, {
            let host = host.clone();
            move |_, request, responder| {
                let host = host.clone();
                tauri::async_runtime::spawn(async move {
                    responder.respond(media::answer(&host, request).await);
                });
            }
        });
    #[cfg(mobile)]
    let builder = builder.plugin(tauri_plugin_notification::init());
    #[cfg(desktop)]
    let builder = crate::desktop::plugins(builder, &options);

    let built = builder
        .setup(move |app| {
            commands.mount_events(app);
            let app = app.handle();
            let data_dir = data_dir(app, &options)?;
            let minimized = options.minimized;
            let log = LogFile::in_folder(&data_dir.join("logs"));
            log_to(&log);
            tauri::async_runtime::spawn(start_app(
                app.clone(),
                host.clone(),
                options,
                data_dir.clone(),
            ));
            app.manage(Notifications::of_the_system(app));
            tauri::async_runtime::spawn(changed::forward(app.clone(), host.clone()));
            tauri::async_runtime::spawn(notify::follow(app.clone(), host.clone()));
            #[cfg(desktop)]
            crate::desktop::begin(app, &host);
            #[cfg(desktop)]
            crate::desktop::keep_window_state(app, &data_dir)?;
            window::open(app, &data_dir, &host, minimized)?;
            app.manage(Traces { data_dir, log });
            #[cfg(desktop)]
            crate::desktop::end_when_told(app);
            Ok(())
        })
        .build(tauri::generate_context!());

    match built {
        Ok(app) => app.run(|app, event| match event {
            RunEvent::Exit => {
                #[cfg(any(windows, target_os = "macos"))]
                notify::end(app);
                traces::end(app);
            }
            // The dock was clicked.
            #[cfg(target_os = "macos")]
            RunEvent::Reopen { .. } => crate::desktop::bring_forward(app, None),
            _ => {}
        }),
        Err(error) => {
            eprintln!("schriftje: {error}");
            std::process::exit(1);
        }
    }
}

async fn start_app(window: AppHandle, host: Arc<Host>, options: Options, data_dir: PathBuf) {
    host.started(open_app(&window, &options, data_dir).await);
}

/// Starts the app as it was told to when the program began.
pub async fn open_app_again(window: &AppHandle) -> Result<Arc<App>, AppError> {
    let options = window.state::<Options>().inner().clone();
    let traces = window.try_state::<Traces>();
    let data_dir = traces.map(|traces| traces.data_dir.clone());
    let data_dir = data_dir.ok_or_else(|| AppError::internal("the window is not open"))?;
    open_app(window, &options, data_dir).await
}

async fn open_app(
    window: &AppHandle,
    options: &Options,
    data_dir: PathBuf,
) -> Result<Arc<App>, AppError> {
    let vault: Arc<dyn Vault> = match options.key_file() {
        Some(file) => Arc::new(KeyFile::at(file)),
        None => Arc::new(SystemVault::new()),
    };
    let ca_pem = match options.ca_file() {
        Some(file) => Some(tokio::fs::read(file).await.map_err(|error| {
            AppError::internal(format!(
                "the certificate authority cannot be read: {}",
                error.kind()
            ))
        })?),
        None => None,
    };
    App::start(AppOptions {
        data_dir,
        vault,
        clock: Arc::new(SystemClock),
        ca_pem,
        picture_dir: picture_dir(window)?,
        background: true,
    })
    .await
}

fn data_dir(app: &AppHandle, options: &Options) -> tauri::Result<PathBuf> {
    match &options.data_dir {
        Some(folder) => Ok(std::path::absolute(folder)?),
        None => app.path().app_local_data_dir(),
    }
}

/// The system's picture folder / Schriftje. A desktop that names none gets one in the home folder.
fn picture_dir(app: &AppHandle) -> Result<PathBuf, AppError> {
    let pictures =
        app.path().picture_dir().or_else(|_| Ok(app.path().home_dir()?.join("Pictures")));
    let pictures: tauri::Result<PathBuf> = pictures;
    Ok(pictures.map_err(|_| AppError::internal("there is no home folder"))?.join("Schriftje"))
}

fn log_to(log: &LogFile) {
    let to_file = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(log.clone());
    let registry = tracing_subscriber::registry().with(EnvFilter::new(LOGGED)).with(to_file);
    if registry.try_init().is_err() {
        eprintln!("schriftje: something else keeps the log");
    }
}
