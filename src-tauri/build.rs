//! Prepares Tauri's configuration, and a page to show when the interface has not been built.

use std::{fs, path::Path};

/// Shown when the interface was never built, so that a fresh checkout compiles.
const NOT_BUILT: &str = "<!doctype html><meta charset=\"utf-8\"><title>Schriftje</title>\
    <p>The interface has not been built: npm --prefix ui ci && npm --prefix ui run build";

fn main() {
    let built = Path::new("../ui/build");
    println!("cargo:rerun-if-changed={}", built.display());
    if !built.join("index.html").exists() {
        println!("cargo:warning=ui/build is not there: the window will say so");
        let written =
            fs::create_dir_all(built).and_then(|()| fs::write(built.join("index.html"), NOT_BUILT));
        if let Err(error) = written {
            println!("cargo:warning=cannot write a page in its place: {error}");
        }
    }
    tauri_build::build();
}
