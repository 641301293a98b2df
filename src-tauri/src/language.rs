//! The language of window, tray and interface.

use schriftje_app::api::{Language, Settings};

/// What the parent chose, else what the system speaks: Dutch unless that is English.
pub fn resolve(settings: &Settings) -> Language {
    settings.language.unwrap_or_else(|| of_locale(sys_locale::get_locale().as_deref()))
}

fn of_locale(locale: Option<&str>) -> Language {
    match locale {
        Some(tag)
            if tag.len() >= 2 && tag.is_char_boundary(2) && tag[..2].eq_ignore_ascii_case("en") =>
        {
            Language::En
        }
        _ => Language::Nl,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_english_system_gets_english() {
        for tag in ["en", "en-GB", "en_US.UTF-8", "EN"] {
            assert_eq!(of_locale(Some(tag)), Language::En, "{tag}");
        }
        for tag in [Some("nl-NL"), Some("fr"), Some("C"), Some("é"), Some(""), None] {
            assert_eq!(of_locale(tag), Language::Nl, "{tag:?}");
        }
    }

    #[test]
    fn a_choice_goes_before_the_system() {
        let settings = Settings { language: Some(Language::En), ..Settings::default() };
        assert_eq!(resolve(&settings), Language::En);
    }
}
