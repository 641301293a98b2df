//! "Mijn locatie": news and newsletters, from what is here; and reading one anew.

use crate::App;
use crate::account::{Asked, Open};
use crate::api::{
    AppError, ArticlePage, Location, NewsletterPage, OpenWhat, WholeArticle, WholeNewsletter,
};
use schriftje_konnect::PortalError;
use schriftje_model::{ArticleId, NewsletterId};
use schriftje_store::{Bulletin, BulletinCursor};
use schriftje_sync::{SyncEngine, SyncError};
use std::sync::Arc;

/// The newest of each that the screen shows first.
const NEWEST: u32 = 3;
/// The most of a page.
const MOST: u32 = 200;

impl App {
    /// The newest news and newsletters, and how fresh they are. No network.
    pub async fn location(&self) -> Result<Location, AppError> {
        let open = self.registry.current()?;
        let articles = open.store.articles(None, NEWEST).await?;
        let newsletters = open.store.newsletters(None, NEWEST).await?;
        let fresh = [
            open.store.bulletin_state(Bulletin::Articles).await?.fresh_at,
            open.store.bulletin_state(Bulletin::Newsletters).await?.fresh_at,
        ];
        let line = open.line().ok();
        let trouble = line.and_then(|line| line.engine.bulletin_trouble());
        Ok(Location {
            more_articles: articles.next.is_some(),
            articles: articles.articles,
            more_newsletters: newsletters.next.is_some(),
            newsletters: newsletters.newsletters,
            fresh_at: fresh.into_iter().min().flatten(),
            trouble: trouble.map(|error| AppError::from(SyncError::from(error))),
        })
    }

    /// Reads the newest news and newsletters.
    pub async fn refresh_location(&self) -> Result<(), AppError> {
        let open = self.registry.current()?;
        read(&open, Asked::ByParent, &Wanted::Newest).await
    }

    /// A page of the news, the newest first.
    pub async fn articles(
        &self,
        after: Option<String>,
        limit: u32,
    ) -> Result<ArticlePage, AppError> {
        let open = self.registry.current()?;
        let page = open.store.articles(place(after)?, limit.clamp(1, MOST)).await?;
        let next = page.next.map(|cursor| cursor.to_string());
        Ok(ArticlePage { articles: page.articles, next })
    }

    /// A news item as it is here. No network.
    pub async fn article(&self, id: ArticleId) -> Result<WholeArticle, AppError> {
        whole_article(&*self.registry.current()?, id, None).await
    }

    /// Reads a news item anew where the portal can be reached, and marks it read. Without the
    /// portal it answers what is here, and why that may not be the newest.
    pub async fn open_article(&self, id: ArticleId) -> Result<WholeArticle, AppError> {
        let open = self.registry.current()?;
        let read = read(&open, Asked::ByItself, &Wanted::Article(id.clone())).await;
        whole_article(&open, id, read.err()).await
    }

    /// A page of the newsletters, the newest first.
    pub async fn newsletters(
        &self,
        after: Option<String>,
        limit: u32,
    ) -> Result<NewsletterPage, AppError> {
        let open = self.registry.current()?;
        let page = open.store.newsletters(place(after)?, limit.clamp(1, MOST)).await?;
        let next = page.next.map(|cursor| cursor.to_string());
        Ok(NewsletterPage { newsletters: page.newsletters, next })
    }

    /// A newsletter as it is here. No network.
    pub async fn newsletter(&self, id: NewsletterId) -> Result<WholeNewsletter, AppError> {
        whole_newsletter(&*self.registry.current()?, id, None).await
    }

    /// Reads a newsletter anew, as [`App::open_article`] does.
    pub async fn open_newsletter(&self, id: NewsletterId) -> Result<WholeNewsletter, AppError> {
        let open = self.registry.current()?;
        let read = read(&open, Asked::ByItself, &Wanted::Newsletter(id.clone())).await;
        whole_newsletter(&open, id, read.err()).await
    }

    /// The parent asks to see the pictures of a newsletter, now and later: from here on the media
    /// protocol fetches them where they are.
    pub async fn show_newsletter_pictures(
        &self,
        id: NewsletterId,
    ) -> Result<WholeNewsletter, AppError> {
        let open = self.registry.current()?;
        open.store.ask_newsletter_pictures(id.clone()).await?;
        whole_newsletter(&open, id, None).await
    }

    /// The parent has "Mijn locatie" of the account in use before them. Each news item and
    /// newsletter is news until it is opened. Answers as [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn saw_location(&self) -> Result<Vec<OpenWhat>, AppError> {
        Ok(vec![OpenWhat::Location { account: self.registry.current()?.id.clone() }])
    }

    /// The parent has this news item before them. Answers as [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn saw_article(&self, id: ArticleId) -> Result<Vec<OpenWhat>, AppError> {
        Ok(vec![OpenWhat::Article { account: self.registry.current()?.id.clone(), id }])
    }

    /// The parent has this newsletter before them. Answers as [`App::saw_cards`] does.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn saw_newsletter(&self, id: NewsletterId) -> Result<Vec<OpenWhat>, AppError> {
        Ok(vec![OpenWhat::Newsletter { account: self.registry.current()?.id.clone(), id }])
    }
}

fn place(after: Option<String>) -> Result<Option<BulletinCursor>, AppError> {
    after
        .map(|cursor| cursor.parse())
        .transpose()
        .map_err(|_| AppError::not_found("place in the list"))
}

/// What is to be read anew.
enum Wanted {
    Newest,
    Article(ArticleId),
    Newsletter(NewsletterId),
}

/// Asks the portal, once more after a session that had ended was renewed.
async fn read(open: &Arc<Open>, asked: Asked, wanted: &Wanted) -> Result<(), AppError> {
    let line = open.line()?;
    let mut read = ask(&line.engine, wanted).await;
    if matches!(read, Err(SyncError::Portal(PortalError::Unauthorized)))
        && open.renew(asked).await?
    {
        read = ask(&line.engine, wanted).await;
    }
    Ok(read?)
}

async fn ask(engine: &SyncEngine, wanted: &Wanted) -> Result<(), SyncError> {
    match wanted {
        Wanted::Newest => engine.refresh_bulletins().await,
        Wanted::Article(id) => engine.open_article(id.clone()).await,
        Wanted::Newsletter(id) => engine.open_newsletter(id.clone()).await,
    }
}

async fn whole_article(
    open: &Open,
    id: ArticleId,
    trouble: Option<AppError>,
) -> Result<WholeArticle, AppError> {
    let found = open.store.article(id).await?.ok_or_else(|| AppError::not_found("news item"))?;
    let schriftje_store::WholeArticle { article, parts, has_video, .. } = found;
    Ok(WholeArticle { article, parts, has_video, trouble })
}

async fn whole_newsletter(
    open: &Open,
    id: NewsletterId,
    trouble: Option<AppError>,
) -> Result<WholeNewsletter, AppError> {
    let found = open.store.newsletter(id).await?;
    let found = found.ok_or_else(|| AppError::not_found("newsletter"))?;
    let schriftje_store::WholeNewsletter { newsletter, html, pictures, pictures_asked, .. } = found;
    Ok(WholeNewsletter { newsletter, html, pictures, pictures_asked, trouble })
}
