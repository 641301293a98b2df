//! Reading "Mijn locatie": news items and newsletters.

use crate::error::PortalError;
use crate::map::article::{self, ArticleText, Articles};
use crate::map::newsletter::{self, Mail, NewslettersPage};
use crate::session::Session;
use crate::wire::field::segment;
use schriftje_model::{ArticleId, Day, NewsletterId};

impl Session {
    /// The news of the organisation: `GET /htmlnews/view` (D).
    pub async fn articles(&self) -> Result<Articles, PortalError> {
        let answer = self.read("restservices-parent/htmlnews/view").await?;
        tokio::task::spawn_blocking(move || article::list(answer))
            .await
            .unwrap_or(Err(PortalError::Changed { what: "htmlnews" }))
    }

    /// What a news item of that day says: `GET /htmlcontent/container/{id}` (D). Whether reading
    /// it marks it read at the portal is unknown.
    ///
    /// An identity that no portal gives is refused as unknown, and nothing is sent.
    pub async fn article(&self, id: &ArticleId, day: Day) -> Result<ArticleText, PortalError> {
        let segment = segment(id.as_str()).ok_or_else(unknown)?;
        let answer =
            self.read(&format!("restservices-parent/htmlcontent/container/{segment}")).await?;
        let base = self.portal().address().base().clone();
        tokio::task::spawn_blocking(move || article::text(&base, day, answer))
            .await
            .unwrap_or(Err(PortalError::Changed { what: "htmlcontent" }))
    }

    /// Newsletters from `offset` on, the newest first: `GET /newsletter?index={offset}` (C, D).
    pub async fn newsletters_page(&self, offset: u32) -> Result<NewslettersPage, PortalError> {
        let answer = self.read(&format!("restservices-parent/newsletter?index={offset}")).await?;
        tokio::task::spawn_blocking(move || newsletter::page(answer))
            .await
            .unwrap_or(Err(PortalError::Changed { what: "newsletter" }))
    }

    /// A newsletter, whole: `GET /newsletter/generated/{id}` (D). Whether reading it marks it read
    /// at the portal is unknown.
    ///
    /// An identity that no portal gives is refused as unknown, and nothing is sent.
    pub async fn newsletter(&self, id: &NewsletterId) -> Result<Mail, PortalError> {
        let segment = segment(id.as_str()).ok_or_else(unknown)?;
        let answer =
            self.read(&format!("restservices-parent/newsletter/generated/{segment}")).await?;
        tokio::task::spawn_blocking(move || newsletter::mail(answer))
            .await
            .unwrap_or(Err(PortalError::Changed { what: "newsletter.generated" }))
    }
}

fn unknown() -> PortalError {
    PortalError::Refused { status: 404, message_code: None }
}
