//! Finding words in what is here. No network.

use crate::App;
use crate::api::{AppError, SearchPage, SearchQuery};

/// The most finds of a page.
const MOST: u32 = 100;

impl App {
    /// Finds words, newest first.
    pub async fn search(&self, query: SearchQuery) -> Result<SearchPage, AppError> {
        let after = query
            .after
            .map(|cursor| cursor.parse())
            .transpose()
            .map_err(|_| AppError::not_found("place among the finds"))?;
        let query = schriftje_store::SearchQuery {
            words: query.words,
            children: query.children,
            kinds: query.kinds,
            from: query.from,
            until: query.until,
            after,
            limit: query.limit.clamp(1, MOST),
        };
        let page = self.registry.current()?.store.search(query).await?;
        Ok(SearchPage { found: page.found, next: page.next.map(|cursor| cursor.to_string()) })
    }
}
