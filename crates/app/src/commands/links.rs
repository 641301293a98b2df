//! What is known of a portal before anybody signs in.

use crate::App;
use crate::api::{AppError, PortalLinks};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{PageLinks, PortalAddress};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A portal is asked once a day at most.
const EVERY: TimeDelta = TimeDelta::days(1);

/// Links seen since the app started.
#[derive(Debug, Default)]
pub(crate) struct LinksSeen(Mutex<HashMap<String, (DateTime<Utc>, PageLinks)>>);

impl App {
    /// What is known of a portal before signing in, by its address as typed.
    pub async fn portal_links(&self, portal: String) -> Result<PortalLinks, AppError> {
        let address = PortalAddress::parse(&portal)?;
        let name = address.to_string();
        let seen = self.links.0.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        let now = self.host.clock.now();
        let links = match seen {
            Some((at, links)) if now - at < EVERY => links,
            _ => {
                let links = self.ask_links(address.clone()).await?;
                let mut seen = self.links.0.lock().unwrap_or_else(PoisonError::into_inner);
                seen.insert(name.clone(), (now, links.clone()));
                links
            }
        };
        let text = |url: Option<url::Url>| url.map(String::from);
        Ok(PortalLinks {
            portal: name,
            sign_in_page: String::from(links.sign_in.unwrap_or_else(|| address.sign_in_page())),
            privacy: text(links.privacy),
            disclosure: text(links.disclosure),
        })
    }

    async fn ask_links(&self, address: PortalAddress) -> Result<PageLinks, AppError> {
        let portal = self.host.portal(address, uuid::Uuid::nil())?;
        let mut links = portal.capabilities().await?.links;
        if links.privacy.is_none() || links.disclosure.is_none() {
            // A page without links is no trouble: they are then not shown.
            let page = portal.sign_in_page_links().await.unwrap_or_default();
            links.privacy = links.privacy.or(page.privacy);
            links.disclosure = links.disclosure.or(page.disclosure);
        }
        Ok(links)
    }
}
