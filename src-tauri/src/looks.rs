//! How the interface looks from its very first picture: what the parent chose is there before the
//! page's own script runs, so that nothing flashes.

use schriftje_app::api::{Settings, Theme};
use tauri::window::Color;

/// The paper of `ui/src/lib/parts/tokens.css`, by light and by dark.
const LIGHT: Color = Color(0xfa, 0xf6, 0xee, 0xff);
const DARK: Color = Color(0x1a, 0x18, 0x15, 0xff);

/// What the web view runs first on every page.
pub fn script(settings: &Settings) -> String {
    let chosen = serde_json::json!({
        "textSize": settings.text_size,
        "contrast": settings.contrast,
        "theme": settings.theme,
    });
    include_str!("looks.js").replacen("CHOSEN", &chosen.to_string(), 1)
}

/// What the window shows before its page is there; the system's own where the parent follows it.
pub fn paper(settings: &Settings) -> Option<Color> {
    match settings.theme {
        Theme::System => None,
        Theme::Light => Some(LIGHT),
        Theme::Dark => Some(DARK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_script_holds_what_was_chosen() {
        let settings =
            Settings { text_size: 150, contrast: true, theme: Theme::Dark, ..Settings::default() };
        let script = script(&settings);
        let chosen = r#"const chosen = {"contrast":true,"textSize":150,"theme":"dark"};"#;
        assert!(script.contains(chosen), "{script}");
    }

    #[test]
    fn the_window_begins_on_the_paper_of_the_interface() {
        let tokens = include_str!("../../ui/src/lib/parts/tokens.css");
        for theme in [Theme::Light, Theme::Dark] {
            let Color(red, green, blue, _) =
                paper(&Settings { theme, ..Settings::default() }).unwrap();
            let told = format!("--paper: #{red:02x}{green:02x}{blue:02x};");
            assert!(tokens.contains(&told), "{told}");
        }
    }
}
