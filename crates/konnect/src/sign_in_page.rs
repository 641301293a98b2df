//! The links a portal's own sign-in page carries (C): privacy statement and responsible disclosure.

use crate::call::Call;
use crate::capabilities::PageLinks;
use crate::error::PortalError;
use crate::http::{Http, outside_link};
use scraper::{Html, Selector};
use url::Url;

/// More than any sign-in page needs.
const MOST_HTML: usize = 1 << 20;

impl Http {
    pub(crate) async fn sign_in_page_links(&self) -> Result<PageLinks, PortalError> {
        let answer = self.send(Call { accept: "text/html", ..Call::get("auth/login") }).await?;
        if !answer.status.is_success() {
            return Err(self.status_failure(answer.status, &answer.headers, Some(&answer)));
        }
        let html = String::from_utf8_lossy(&answer.body[..answer.body.len().min(MOST_HTML)]);
        Ok(read(&self.address.sign_in_page(), &html))
    }
}

fn read(page: &Url, html: &str) -> PageLinks {
    let mut links = PageLinks::default();
    let Ok(anchors) = Selector::parse("a[href]") else { return links };
    for anchor in Html::parse_document(html).select(&anchors) {
        let Some(href) = anchor.attr("href") else { continue };
        let said = format!("{} {href}", anchor.text().collect::<String>()).to_lowercase();
        let Some(url) = outside_link(page, href) else { continue };
        if said.contains("disclosure") || said.contains("kwetsbaarhe") {
            links.disclosure.get_or_insert(url);
        } else if said.contains("privacy") {
            links.privacy.get_or_insert(url);
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_and_unsafe_ones_left_out() {
        let page = Url::parse("https://abc.ouderportaal.nl/auth/login").unwrap();
        let links = read(
            &page,
            "<a href='javascript:privacy()'>Privacy</a><a href=\"http://x.example/privacy\">x</a>
             <a href='/privacyverklaring'>Privacyverklaring</a>
             <p><a href='https://example.org/rd'>Responsible <b>disclosure</b></a>",
        );
        let text = |url: Option<Url>| url.map(String::from);
        assert_eq!(
            text(links.privacy).as_deref(),
            Some("https://abc.ouderportaal.nl/privacyverklaring")
        );
        assert_eq!(text(links.disclosure).as_deref(), Some("https://example.org/rd"));
        assert_eq!(read(&page, "<app-root></app-root>"), PageLinks::default());
    }
}
