//! News items: their list, which comes in one answer, and all of one.

use crate::engine::Inner;
use crate::news::Announced;
use crate::{SyncError, SyncEvent};
use schriftje_konnect::{ArticleText, MappedArticle, MappedPart, PortalError};
use schriftje_model::{ArticleId, ArticlePart, today};
use schriftje_store::{Bulletin, NewArticle, NewArticleText, NewsKind};

impl Inner {
    /// Reads the list, when the portal counts so many as new.
    pub async fn newest_articles(&self, counter: Option<u32>) -> Result<(), SyncError> {
        let turn = self.turn().await?;
        let first = !self.store.bulletin_state(Bulletin::Articles).await?.complete;
        let mapped = self.portal.articles().await?;
        if mapped.unreadable > 0 {
            tracing::warn!(articles = mapped.unreadable, "the news holds what cannot be read");
        }
        let announced = mapped.articles.iter().filter(|one| one.unread).map(announced).collect();
        let list = mapped.articles.into_iter().map(new_article).collect();
        let applied = self.store.apply_articles(list).await?;
        self.store.set_bulletin_fresh(Bulletin::Articles, self.now(), counter, true).await?;
        drop(turn);
        if applied.visible || first {
            self.tell(SyncEvent::LocationChanged);
        }
        // Nothing of the first fetch is news.
        if !first {
            self.note_bulletins(NewsKind::Article, announced, &applied.new).await?;
        }
        Ok(())
    }

    /// Reads all of a news item and takes it in.
    pub async fn read_article(&self, id: &ArticleId) -> Result<(), SyncError> {
        let Some(known) = self.store.article(id.clone()).await? else { return Ok(()) };
        let _turn = self.turn().await?;
        let mut text = self.portal.article(id, today(known.article.published)).await?;
        if text.unreadable > 0 {
            tracing::warn!(unreadable = text.unreadable, "news holds what cannot be read");
        }
        self.links.note(text.media.drain(..));
        if self.store.set_article_text(id.clone(), new_text(text)).await? {
            self.tell(SyncEvent::LocationChanged);
            self.pictures.notify_waiters();
        }
        Ok(())
    }

    /// Reads a news item again, for where its pictures are just now. Not one that reading might
    /// mark read: its pictures have to wait until it is opened.
    pub async fn find_in_article(&self, id: &ArticleId, unread: bool) -> Result<(), SyncError> {
        if unread {
            return Err(PortalError::MediaExpired.into());
        }
        self.read_article(id).await
    }
}

fn announced(mapped: &MappedArticle) -> Announced {
    Announced { id: mapped.id.0.clone(), title: mapped.title.clone(), at: mapped.published }
}

fn new_article(mapped: MappedArticle) -> NewArticle {
    let MappedArticle { id, title, snippet, published, unread, hash } = mapped;
    NewArticle { id, title, snippet, published, unread, hash }
}

fn new_text(text: ArticleText) -> NewArticleText {
    let parts = text.parts.into_iter().map(|part| match part {
        MappedPart::Text(html) => ArticlePart::Text { html },
        MappedPart::Picture(photo) => ArticlePart::Picture { photo },
    });
    NewArticleText {
        parts: parts.collect(),
        text: text.text,
        has_video: text.has_video,
        hash: text.hash,
    }
}
