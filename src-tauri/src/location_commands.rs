//! The app's commands of "Mijn locatie", as the interface calls them. Each only passes on.

use crate::host::Host;
use crate::notify::Notifications;
use schriftje_app::api::{
    AppError, ArticlePage, Location, NewsletterPage, WholeArticle, WholeNewsletter,
};
use schriftje_model::{ArticleId, NewsletterId};
use std::sync::Arc;
use tauri::State;

type Shared<'a> = State<'a, Arc<Host>>;

/// The newest news and newsletters, from what is here. The notification about several of them has
/// done its work.
#[tauri::command]
#[specta::specta]
pub async fn location(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
) -> Result<Location, AppError> {
    let app = host.app().await?;
    notifications.seen(&app.saw_location()?).await;
    app.location().await
}

/// Reads the newest news and newsletters.
#[tauri::command]
#[specta::specta]
pub async fn refresh_location(host: Shared<'_>) -> Result<(), AppError> {
    host.app().await?.refresh_location().await
}

/// A page of the news, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn articles(
    host: Shared<'_>,
    after: Option<String>,
    limit: u32,
) -> Result<ArticlePage, AppError> {
    host.app().await?.articles(after, limit).await
}

/// A news item as it is here. No network.
#[tauri::command]
#[specta::specta]
pub async fn article(host: Shared<'_>, id: ArticleId) -> Result<WholeArticle, AppError> {
    host.app().await?.article(id).await
}

/// Reads a news item anew where the portal can be reached, and marks it read.
#[tauri::command]
#[specta::specta]
pub async fn open_article(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
    id: ArticleId,
) -> Result<WholeArticle, AppError> {
    let app = host.app().await?;
    notifications.seen(&app.saw_article(id.clone())?).await;
    app.open_article(id).await
}

/// A page of the newsletters, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn newsletters(
    host: Shared<'_>,
    after: Option<String>,
    limit: u32,
) -> Result<NewsletterPage, AppError> {
    host.app().await?.newsletters(after, limit).await
}

/// A newsletter as it is here. No network.
#[tauri::command]
#[specta::specta]
pub async fn newsletter(host: Shared<'_>, id: NewsletterId) -> Result<WholeNewsletter, AppError> {
    host.app().await?.newsletter(id).await
}

/// Reads a newsletter anew where the portal can be reached, and marks it read.
#[tauri::command]
#[specta::specta]
pub async fn open_newsletter(
    host: Shared<'_>,
    notifications: State<'_, Notifications>,
    id: NewsletterId,
) -> Result<WholeNewsletter, AppError> {
    let app = host.app().await?;
    notifications.seen(&app.saw_newsletter(id.clone())?).await;
    app.open_newsletter(id).await
}

/// The parent asks to see the pictures of a newsletter, now and later.
#[tauri::command]
#[specta::specta]
pub async fn show_newsletter_pictures(
    host: Shared<'_>,
    id: NewsletterId,
) -> Result<WholeNewsletter, AppError> {
    host.app().await?.show_newsletter_pictures(id).await
}
