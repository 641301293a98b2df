//! What is known of a portal before anybody signs in.

use crate::App;
use crate::api::{AppError, PortalLinks};
use chrono::{DateTime, TimeDelta, Utc};
use schriftje_konnect::{Capabilities, PageLinks, PortalAddress};
use schriftje_sync::Offered;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A portal is asked once a day at most.
const EVERY: TimeDelta = TimeDelta::days(1);

/// What portals said since the app started, and the links of their own pages.
#[derive(Debug, Default)]
pub(crate) struct LinksSeen(Mutex<HashMap<String, Seen>>);

#[derive(Clone, Debug)]
struct Seen {
    at: DateTime<Utc>,
    /// None where an account has asked already.
    said: Option<Capabilities>,
    links: PageLinks,
}

impl App {
    /// What is known of a portal before signing in, by its address as typed.
    pub async fn portal_links(&self, portal: String) -> Result<PortalLinks, AppError> {
        let address = PortalAddress::parse(&portal)?;
        let name = address.to_string();
        let now = self.host.clock.now();
        let seen = if let Some(seen) = self.seen(&name).filter(|seen| now - seen.at < EVERY) {
            seen
        } else {
            let seen = self.ask_links(address.clone(), now).await?;
            let mut all = self.links.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(name.clone(), seen.clone());
            seen
        };
        let links = seen.links;
        let text = |url: Option<url::Url>| url.map(String::from);
        Ok(PortalLinks {
            portal: name,
            sign_in_page: String::from(links.sign_in.unwrap_or_else(|| address.sign_in_page())),
            privacy: text(links.privacy),
            disclosure: text(links.disclosure),
        })
    }

    /// What a portal said before anybody signed in, and when, so that it is not asked again.
    pub(crate) fn portal_said(&self, portal: &str) -> Option<(DateTime<Utc>, Capabilities)> {
        let seen = self.seen(portal)?;
        Some((seen.at, seen.said?))
    }

    fn seen(&self, portal: &str) -> Option<Seen> {
        self.links.0.lock().unwrap_or_else(PoisonError::into_inner).get(portal).cloned()
    }

    async fn ask_links(
        &self,
        address: PortalAddress,
        now: DateTime<Utc>,
    ) -> Result<Seen, AppError> {
        let kept = self.kept_by_an_account(&address.to_string(), now).await;
        let portal = self.host.portal(address, uuid::Uuid::nil())?;
        let (said, mut links) = if let Some(links) = kept {
            (None, links)
        } else {
            let said = portal.capabilities().await?;
            let links = said.links.clone();
            (Some(said), links)
        };
        if links.privacy.is_none() || links.disclosure.is_none() {
            // A page without links is no trouble: they are then not shown.
            let page = portal.sign_in_page_links().await.unwrap_or_default();
            links.privacy = links.privacy.or(page.privacy);
            links.disclosure = links.disclosure.or(page.disclosure);
        }
        Ok(Seen { at: now, said, links })
    }

    /// The links an account at that portal was told of within a day.
    async fn kept_by_an_account(&self, portal: &str, now: DateTime<Utc>) -> Option<PageLinks> {
        for open in self.registry.all().await.ok()? {
            if let Ok(Some(record)) = open.store.account().await
                && record.portal == portal
                && let Ok(Some(kept)) = Offered::kept(&open.store, now).await
            {
                return Some(kept.links);
            }
        }
        None
    }
}
