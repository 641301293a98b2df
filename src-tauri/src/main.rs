//! The window's program on a desktop.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    schriftje_shell::run();
}
