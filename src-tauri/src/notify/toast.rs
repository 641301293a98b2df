//! A notification in the words of Windows, and the link that a click on it follows.
//!
//! A link reaches us from the Action Center as well, where no event does. Anybody can write one, a
//! web page too: it names a number and nothing else, and only a number of this run opens anything.

use super::markup::escaped;
use super::numbers::name;
use super::{Kind, Notice};

/// Whose links are ours. The installers tell Windows (`tauri.windows.conf.json`).
const SCHEME: &str = "nl.schriftje.app";

/// How much of a title is sent, in characters. Windows takes 5 kB in all and shows far less.
const TITLE: usize = 150;

/// How much of the rest is sent, in characters.
const BODY: usize = 450;

/// The notification as Windows reads it.
pub fn xml(notice: &Notice, number: u64) -> String {
    let (title, body) = (text(&notice.title, TITLE), text(&notice.body, BODY));
    let link = link(number);
    let audio = match (notice.sound, notice.kind) {
        (false, _) => r#"silent="true""#,
        (true, Kind::Message) => r#"src="ms-winsoundevent:Notification.IM""#,
        (true, Kind::Arrival | Kind::Device) => r#"src="ms-winsoundevent:Notification.Default""#,
    };
    format!(
        r#"<toast activationType="protocol" launch="{link}"><visual><binding template="ToastGeneric"><text>{title}</text><text>{body}</text></binding></visual><audio {audio}/></toast>"#
    )
}

fn link(number: u64) -> String {
    format!("{SCHEME}:{}", name(number))
}

/// Whether an argument of the program is a link of ours, whatever it names.
pub fn is_link(argument: &str) -> bool {
    rest(argument).is_some()
}

/// The number that a link names.
pub fn number(link: &str) -> Option<u64> {
    // What hands a link over may write slashes to it.
    let name = rest(link)?.trim_matches('/');
    let well_formed = name.len() == 16 && name.chars().all(|c| c.is_ascii_hexdigit());
    u64::from_str_radix(name, 16).ok().filter(|_| well_formed)
}

fn rest(link: &str) -> Option<&str> {
    let (scheme, rest) = link.split_once(':')?;
    scheme.eq_ignore_ascii_case(SCHEME).then_some(rest)
}

/// Text of at most so many characters, without those that XML cannot hold at all.
fn text(text: &str, longest: usize) -> String {
    let held = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    escaped(&text.chars().filter(held).take(longest).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn notice(title: &str, body: &str) -> Notice {
        Notice {
            group: "messages:a".to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            sound: true,
            kind: Kind::Message,
            click: "Openen",
        }
    }

    #[test]
    fn what_somebody_wrote_is_shown_as_text_and_changes_nothing_else() {
        let shown = xml(&notice("Pim & Noor", "</text><audio silent=\"true\"/>\u{0}\u{1b}"), 1);
        assert!(shown.contains("<text>Pim &amp; Noor</text>"), "{shown}");
        assert!(shown.contains("<text>&lt;/text&gt;&lt;audio silent=\"true\"/&gt;</text>"));
        assert_eq!(shown.matches("<audio").count(), 1);
    }

    #[test]
    fn it_is_silent_when_sound_is_off_and_heard_when_it_is_on() {
        for kind in [Kind::Message, Kind::Arrival, Kind::Device] {
            let heard = xml(&Notice { kind, ..notice("a", "b") }, 1);
            assert!(heard.contains("<audio src=\"ms-winsoundevent:Notification."), "{heard}");
            let silent = xml(&Notice { kind, sound: false, ..notice("a", "b") }, 1);
            assert!(silent.contains("<audio silent=\"true\"/>"), "{silent}");
        }
    }

    #[test]
    fn a_click_leads_back_to_the_number_and_the_group_stays_with_us() {
        let shown = xml(&notice("a", "b"), 0x00ab_cdef);
        assert!(shown.contains("launch=\"nl.schriftje.app:0000000000abcdef\""), "{shown}");
        assert!(!shown.contains("messages"), "{shown}");
        assert_eq!(number("nl.schriftje.app:0000000000abcdef"), Some(0x00ab_cdef));
        assert_eq!(number("NL.Schriftje.App://0000000000abcdef/"), Some(0x00ab_cdef));
    }

    #[test]
    fn whatever_else_is_called_a_link_names_no_number() {
        for link in [
            "",
            "nl.schriftje.app:",
            "nl.schriftje.app:1",
            "nl.schriftje.app:+000000000abcdef",
            "nl.schriftje.app:0000000000abcdef0",
            "nl.schriftje.app:0000000000abcdef?a=b",
            "nl.schriftje.app:0000000000abcdeg",
            "nl.schriftje.app:foto/0000000000abcdef",
            "nl.schriftje.apps:0000000000abcdef",
            "https://nl.schriftje.app/0000000000abcdef",
            "0000000000abcdef",
        ] {
            assert_eq!(number(link), None, "{link}");
        }
        assert!(is_link("nl.schriftje.app:"));
        assert!(!is_link("--minimized"));
    }

    #[test]
    fn the_installers_tell_windows_whose_links_they_are() {
        let config: serde_json::Value =
            serde_json::from_str(include_str!("../../tauri.windows.conf.json")).unwrap();
        let schemes = &config["plugins"]["deep-link"]["desktop"]["schemes"];
        assert_eq!(schemes, &serde_json::json!([SCHEME]));
    }

    proptest! {
        #[test]
        fn whatever_stands_in_it_windows_takes_it(title in ".*", body in "[&<>\u{0}-\u{1f}\u{1f600}]{0,900}") {
            let shown = xml(&notice(&title, &body), u64::MAX);
            prop_assert!(shown.len() < 5000);
            let control = |c: char| (c.is_control() && c != '\n' && c != '\t' && c < ' ') || c == '\u{ffff}';
            prop_assert_eq!(shown.chars().find(|c| control(*c)), None);
            prop_assert_eq!(shown.matches("<text>").count(), 2);
        }

        #[test]
        fn every_number_comes_back_from_its_link(given: u64) {
            prop_assert_eq!(number(&link(given)), Some(given));
        }
    }
}
