//! Whether the program is inside an app of macOS. Outside of one its notification centre ends
//! whoever asks it anything.

use std::path::Path;

/// Whether the program at this path is.
pub fn holds(program: &Path) -> bool {
    program.ancestors().nth(3).is_some_and(|app| {
        app.extension().is_some_and(|extension| extension == "app")
            && program.parent().is_some_and(|folder| folder.ends_with("Contents/MacOS"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_app_has_notifications_and_a_bare_program_has_none() {
        assert!(holds(Path::new("/Applications/Schriftje.app/Contents/MacOS/schriftje")));
        for program in [
            "/home/noor/schriftje/target/debug/schriftje",
            "/Applications/Schriftje.app/schriftje",
            "/Applications/Schriftje/Contents/MacOS/schriftje",
            "schriftje",
        ] {
            assert!(!holds(Path::new(program)), "{program}");
        }
    }
}
