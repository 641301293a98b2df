//! Which links may leave the app. Text from a portal is hostile, and so are the links in it.

use url::Url;

/// The link, when it may be opened outside: `https`, `mailto`, `tel`, and plain `http` only where a portal
/// of ours is itself on this machine.
pub fn allowed(link: &str, portals: &[Url]) -> Option<Url> {
    let link = Url::parse(link).ok()?;
    let allowed = match link.scheme() {
        "https" => link.host().is_some() && link.username().is_empty() && link.password().is_none(),
        "mailto" => !link.path().is_empty(),
        // A number to call, and nothing that a telephone would take for a command of its own.
        "tel" => is_number(link.path()),
        "http" => is_loopback(&link) && portals.iter().any(|p| p.origin() == link.origin()),
        _ => false,
    };
    allowed.then_some(link)
}

fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.'))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_web_and_mail_may_be_opened() {
        for link in
            ["https://kdv.ouderportaal.nl/auth/login", "mailto:info@example.org", "tel:023-5550134"]
        {
            assert!(allowed(link, &[]).is_some(), "{link}");
        }
    }

    #[test]
    fn nothing_that_could_reach_into_this_machine_may() {
        let portal = [Url::parse("http://127.0.0.1:4000").unwrap()];
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "smb://host/share",
            "ms-msdt:/id",
            "http://example.org/",
            "http://127.0.0.1:631/",
            "http://localhost:4000/",
            "https://kdv.ouderportaal.nl@evil.example/",
            "mailto:",
            "tel:",
            "tel:*21*0612345678%23",
            "/relative",
            "",
        ] {
            assert!(allowed(link, &portal).is_none(), "{link}");
        }
    }

    #[test]
    fn a_portal_on_this_machine_may_show_its_own_pages() {
        let portal = [Url::parse("http://127.0.0.1:4000").unwrap()];
        assert!(allowed("http://127.0.0.1:4000/auth/login", &portal).is_some());
        // An organisation's http address on the internet stays closed, even when it is the portal.
        let elsewhere = [Url::parse("http://kdv.example/").unwrap()];
        assert!(allowed("http://kdv.example/", &elsewhere).is_none());
    }

    proptest! {
        #[test]
        fn whatever_comes_only_the_known_schemes_leave(link in ".{0,60}") {
            if let Some(url) = allowed(&link, &[]) {
                prop_assert!(matches!(url.scheme(), "https" | "mailto" | "tel"));
            }
        }
    }
}
