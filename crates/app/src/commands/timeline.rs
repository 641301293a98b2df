//! Children, cards and pages of the timeline, from what is here. No network.

use crate::App;
use crate::api::{AppError, ChildSummary, TimelinePage, TimelineQuery};
use schriftje_model::{CardId, TimelineCard};

/// The most cards of a page.
const MOST: u32 = 200;

impl App {
    /// The children of the account in use.
    pub async fn children(&self) -> Result<Vec<ChildSummary>, AppError> {
        let children = self.registry.current()?.store.children().await?;
        Ok(children
            .into_iter()
            .map(|counted| ChildSummary { child: counted.child, cards: counted.cards })
            .collect())
    }

    /// A page of the timeline, newest first.
    pub async fn timeline(&self, query: TimelineQuery) -> Result<TimelinePage, AppError> {
        let after = query
            .after
            .map(|cursor| cursor.parse())
            .transpose()
            .map_err(|_| AppError::not_found("place in the timeline"))?;
        let query = schriftje_store::TimelineQuery {
            children: query.children,
            from: query.from,
            until: query.until,
            after,
            limit: query.limit.clamp(1, MOST),
        };
        let page = self.registry.current()?.store.timeline(query).await?;
        Ok(TimelinePage { cards: page.cards, next: page.next.map(|cursor| cursor.to_string()) })
    }

    /// One card, whole.
    pub async fn card(&self, id: CardId) -> Result<TimelineCard, AppError> {
        let card = self.registry.current()?.store.card(id).await?;
        card.ok_or_else(|| AppError::not_found("card"))
    }
}
