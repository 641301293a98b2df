//! The least a window can be, to compare a start with: it prints `first-paint MILLISECONDS`.

use std::sync::OnceLock;
use std::time::Instant;
use tauri::{WebviewUrl, WebviewWindowBuilder};

static BEGAN: OnceLock<Instant> = OnceLock::new();

#[tauri::command]
fn first_paint() {
    if let Some(began) = BEGAN.get() {
        println!("first-paint {}", began.elapsed().as_millis());
    }
}

fn main() -> tauri::Result<()> {
    BEGAN.get_or_init(Instant::now);
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![first_paint])
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
                .title("Empty window")
                .inner_size(1100.0, 800.0)
                .incognito(true)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!("examples/empty-window/tauri.conf.json"))
}
