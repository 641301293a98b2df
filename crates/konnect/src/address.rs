//! The portal's address, in every form in which a parent types it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use url::{Host, Url};

/// Where the tenants of the service live (C).
const SERVICE: &str = "ouderportaal.nl";

/// The address of one organisation's portal: an origin, without any path.
///
/// It is https, or plain http for a loopback address alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PortalAddress {
    base: Url,
}

/// Why a text is no portal address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was typed.
    #[error("the address is empty")]
    Empty,
    /// It is an e-mail address, or an address with a user name in it.
    #[error("the address holds a user name or is an e-mail address")]
    HasUserName,
    /// It is not a web address, nor the name of an organisation.
    #[error("the address is not a web address")]
    NotAnAddress,
    /// It names the service, but no organisation.
    #[error("the address names no organisation")]
    NoOrganisation,
}

impl PortalAddress {
    /// Reads an address as typed: `abc`, `ABC `, `abc.ouderportaal.nl`, with or without `https://`,
    /// a path, a trailing slash or spaces. `http://` becomes `https://` unless it is a loopback
    /// address; other hosts are accepted as they stand.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let text: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c))
            .collect();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if text.contains('@') {
            return Err(AddressError::HasUserName);
        }
        let (scheme, rest) = split_scheme(&text)?;
        let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
        if authority.is_empty() {
            return Err(AddressError::NotAnAddress);
        }
        let authority = complete(authority)?;
        let mut base =
            Url::parse(&format!("https://{authority}/")).map_err(|_| AddressError::NotAnAddress)?;
        if !plausible_host(&base) {
            return Err(AddressError::NotAnAddress);
        }
        // Without a scheme a loopback address is a portal on one's own machine.
        if is_loopback(&base) && scheme != Some(Scheme::Https) {
            base = Url::parse(&format!("http://{authority}/"))
                .map_err(|_| AddressError::NotAnAddress)?;
        } else if scheme == Some(Scheme::Http) && base.port() == Some(80) {
            base.set_port(None).map_err(|()| AddressError::NotAnAddress)?;
        }
        if matches!(base.domain(), Some(SERVICE | "www.ouderportaal.nl")) {
            return Err(AddressError::NoOrganisation);
        }
        Ok(Self { base })
    }

    /// The origin, with `/` as its path.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// The portal's own sign-in page, where a forgotten password is asked for anew (C).
    pub fn sign_in_page(&self) -> Url {
        self.at("auth/login")
    }

    /// The organisation's own web portal (C).
    pub fn web_portal(&self) -> Url {
        self.at("parent/")
    }

    /// Whether it is on this very machine, where no manners are asked for.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.base)
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

fn split_scheme(text: &str) -> Result<(Option<Scheme>, &str), AddressError> {
    // The last ones are slips of the finger.
    const FORMS: [(&str, Scheme); 6] = [
        ("https://", Scheme::Https),
        ("http://", Scheme::Http),
        ("https:/", Scheme::Https),
        ("http:/", Scheme::Http),
        ("https//", Scheme::Https),
        ("http//", Scheme::Http),
    ];
    for (prefix, scheme) in FORMS {
        if let Some(head) = text.get(..prefix.len())
            && head.eq_ignore_ascii_case(prefix)
        {
            return Ok((Some(scheme), text[prefix.len()..].trim_start_matches('/')));
        }
    }
    if text.contains("://") {
        return Err(AddressError::NotAnAddress);
    }
    Ok((None, text.trim_start_matches('/')))
}

/// Makes a whole host of what a parent calls the portal.
fn complete(authority: &str) -> Result<String, AddressError> {
    let host = authority.trim_end_matches('.').to_lowercase();
    if host.is_empty() {
        return Err(AddressError::NotAnAddress);
    }
    if host.ends_with(".ouderportaal") {
        return Ok(format!("{host}.nl"));
    }
    // The usual ports say nothing.
    let name = [":443", ":80", ":"].iter().find_map(|port| host.strip_suffix(port));
    let name = name.unwrap_or(&host);
    if name.contains(['.', ':', '[']) || name == "localhost" {
        return Ok(host);
    }
    let host = name;
    if host == "ouderportaal" {
        return Err(AddressError::NoOrganisation);
    }
    let tenant = host.len() <= 63
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !host.starts_with('-')
        && !host.ends_with('-');
    if tenant { Ok(format!("{host}.{SERVICE}")) } else { Err(AddressError::NotAnAddress) }
}

fn plausible_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name.len() <= 253
                && name.split('.').all(|label| {
                    !label.is_empty()
                        && label.len() <= 63
                        && label
                            .bytes()
                            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
                })
        }
        Some(_) => true,
        None => false,
    }
}

/// Whether a URL points at this very machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

/// Characters that a copied text carries along unseen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

impl fmt::Display for PortalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for PortalAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PortalAddress(..)")
    }
}

impl FromStr for PortalAddress {
    type Err = AddressError;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Self::parse(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(typed: &str) -> String {
        PortalAddress::parse(typed).unwrap().to_string()
    }

    #[test]
    fn every_form_a_parent_types_is_the_same_portal() {
        for typed in [
            "abc",
            "ABC ",
            " abc.ouderportaal.nl",
            "abc.ouderportaal",
            "Abc.Ouderportaal.nl.",
            "https://abc.ouderportaal.nl",
            "https://abc.ouderportaal.nl/",
            "HTTPS://ABC.OUDERPORTAAL.NL/parent/",
            "http://abc.ouderportaal.nl/auth/login?x=1#y",
            "http://abc.ouderportaal.nl:80/",
            "https://abc.ouderportaal.nl:443/parent/#/timeline",
            "https:/abc.ouderportaal.nl",
            "https//abc.ouderportaal.nl",
            "abc . ouderportaal . nl",
            "abc/parent/",
            "//abc.ouderportaal.nl/",
            "\u{200b}abc.ouderportaal.nl\u{feff}\n",
        ] {
            assert_eq!(parsed(typed), "https://abc.ouderportaal.nl", "{typed:?}");
        }
    }

    #[test]
    fn other_hosts_stand_as_typed_and_plain_http_is_for_this_machine() {
        assert_eq!(parsed("portaal.kinderopvang.example"), "https://portaal.kinderopvang.example");
        assert_eq!(parsed("http://portaal.example:8443/x"), "https://portaal.example:8443");
        assert_eq!(parsed("http://127.0.0.1:8080/"), "http://127.0.0.1:8080");
        assert_eq!(parsed("127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(parsed("http://[::1]:9/"), "http://[::1]:9");
        assert_eq!(parsed("localhost:8080"), "http://localhost:8080");
        assert_eq!(parsed("https://localhost:8080"), "https://localhost:8080");
        assert_eq!(parsed("http://10.0.0.1"), "https://10.0.0.1");
    }

    #[test]
    fn what_is_no_address_says_why() {
        for (typed, why) in [
            ("", AddressError::Empty),
            (" \t", AddressError::Empty),
            ("ouder@abc.nl", AddressError::HasUserName),
            ("https://abc.ouderportaal.nl@evil.example/", AddressError::HasUserName),
            ("ftp://abc.ouderportaal.nl", AddressError::NotAnAddress),
            ("https://", AddressError::NotAnAddress),
            ("javascript:alert(1)", AddressError::NotAnAddress),
            ("-abc-", AddressError::NotAnAddress),
            ("a_b!", AddressError::NotAnAddress),
            ("a..b", AddressError::NotAnAddress),
            ("ouderportaal.nl", AddressError::NoOrganisation),
            ("https://www.ouderportaal.nl/", AddressError::NoOrganisation),
        ] {
            assert_eq!(PortalAddress::parse(typed).err(), Some(why), "{typed:?}");
        }
    }

    #[test]
    fn its_pages_are_under_it() {
        let address = PortalAddress::parse("abc").unwrap();
        assert_eq!(address.sign_in_page().as_str(), "https://abc.ouderportaal.nl/auth/login");
        assert_eq!(address.web_portal().as_str(), "https://abc.ouderportaal.nl/parent/");
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_becomes_a_safe_origin(typed in "\\PC{0,60}") {
            if let Ok(address) = PortalAddress::parse(&typed) {
                let base = address.base();
                prop_assert!(base.scheme() == "https" || (base.scheme() == "http" && address.is_loopback()));
                prop_assert_eq!(base.path(), "/");
                prop_assert!(base.username().is_empty() && base.password().is_none());
                prop_assert!(base.query().is_none() && base.fragment().is_none());
                // What is shown can be typed again.
                prop_assert_eq!(PortalAddress::parse(&address.to_string()), Ok(address));
            }
        }

        #[test]
        fn a_tenant_is_found_in_any_dress(
            tenant in "[a-z0-9]{1,20}(-[a-z0-9]{1,5})?",
            scheme in prop::sample::select(vec!["", "http://", "https://", "HTTPS://"]),
            path in prop::sample::select(vec!["", "/", "/parent/", "/auth/login", "/parent/#/x?y"]),
            space in " {0,3}",
            upper in any::<bool>(),
        ) {
            let mut typed = format!("{space}{scheme}{tenant}.ouderportaal.nl{path}{space}");
            if upper { typed = typed.to_uppercase(); }
            prop_assume!(tenant != "www");
            prop_assert_eq!(parsed(&typed), format!("https://{tenant}.ouderportaal.nl"));
        }
    }
}
