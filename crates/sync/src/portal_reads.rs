//! What a sync asks of a portal. A trait, so that a test can be the portal.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures::StreamExt;
use schriftje_konnect::{
    AboutConversation, ArticleText, Articles, ByteRange, Capabilities, Children,
    ConversationDetails, ConversationsPage, Counters, DocumentPlace, Events, ListedDocuments, Mail,
    MediaBody, MediaSource, NewslettersPage, ParentInfo, Planning, PlanningDetails, PlanningRules,
    PortalError, ReadFact, RequestsPage, Session, TimelinePage, WriteError,
};
use schriftje_model::{
    ArticleId, ConversationId, Credit, Day, DocumentKind, FactKind, NewsletterId, PhotoId, Saveable,
};

/// What a sync asks of a portal. [`Session`] is one.
#[async_trait]
pub trait PortalReads: Send + Sync {
    /// What is new.
    async fn counters(&self) -> Result<Counters, PortalError>;
    /// The children.
    async fn children(&self) -> Result<Children, PortalError>;
    /// The parent.
    async fn parent(&self) -> Result<ParentInfo, PortalError>;
    /// The organisation's name.
    async fn organisation(&self) -> Result<Option<String>, PortalError>;
    /// Cards from `offset` on.
    async fn timeline_page(&self, offset: u32) -> Result<TimelinePage, PortalError>;
    /// What the portal offers beyond the observed calls.
    async fn capabilities(&self) -> Result<Capabilities, PortalError>;
    /// Whether photos may be saved; only where the portal offers `media`.
    async fn media_saveable(
        &self,
        ids: &[PhotoId],
    ) -> Result<Vec<(PhotoId, Saveable)>, PortalError>;
    /// Conversations from `offset` on, the one written in last first. A portal without any has
    /// none.
    async fn conversations_page(&self, _offset: u32) -> Result<ConversationsPage, PortalError> {
        Ok(ConversationsPage::default())
    }
    /// What was written in a conversation. Reading it may mark it read.
    async fn conversation(&self, _id: &ConversationId) -> Result<ConversationDetails, PortalError> {
        Err(PortalError::Refused { status: 404, message_code: None })
    }
    /// What conversations are about; only where the portal offers `messages`.
    async fn conversations_about(
        &self,
        _ids: &[ConversationId],
    ) -> Result<Vec<AboutConversation>, PortalError> {
        Ok(Vec::new())
    }
    /// Marks a conversation read; only where the portal offers `messages`.
    async fn mark_read(&self, _id: &ConversationId) -> Result<(), WriteError> {
        Ok(())
    }
    /// The planning of some days. A portal without any has none.
    async fn planning(&self, _from: Day, _until: Day) -> Result<Planning, PortalError> {
        Ok(Planning::default())
    }
    /// What the planning leaves out; only where the portal offers `planning`.
    async fn planning_details(
        &self,
        _from: Day,
        _until: Day,
    ) -> Result<PlanningDetails, PortalError> {
        Ok(PlanningDetails::default())
    }
    /// What holds at the organisation; only where the portal offers `planning`.
    async fn planning_rules(&self) -> Result<PlanningRules, PortalError> {
        Ok(PlanningRules::default())
    }
    /// Requests and absences; only where the portal offers `requests` or `absences`.
    async fn requests(&self, _after: Option<&str>) -> Result<RequestsPage, PortalError> {
        Ok(RequestsPage::default())
    }
    /// Credits; only where the portal offers `credits`.
    async fn credits(&self) -> Result<Vec<Credit>, PortalError> {
        Ok(Vec::new())
    }
    /// The documents of a kind in a year. A portal without any has none.
    async fn documents(
        &self,
        _kind: DocumentKind,
        _year: i32,
    ) -> Result<ListedDocuments, PortalError> {
        Ok(ListedDocuments::default())
    }
    /// The file of a document, of at most `limit` bytes.
    async fn document(
        &self,
        _place: &DocumentPlace,
        _limit: u64,
    ) -> Result<MediaBody, PortalError> {
        Err(PortalError::Refused { status: 404, message_code: None })
    }
    /// The news of the organisation. A portal without any has none.
    async fn articles(&self) -> Result<Articles, PortalError> {
        Ok(Articles::default())
    }
    /// What a news item of that day says. Reading it may mark it read.
    async fn article(&self, _id: &ArticleId, _day: Day) -> Result<ArticleText, PortalError> {
        Err(PortalError::Refused { status: 404, message_code: None })
    }
    /// Newsletters from `offset` on, the newest first. A portal without any has none.
    async fn newsletters_page(&self, _offset: u32) -> Result<NewslettersPage, PortalError> {
        Ok(NewslettersPage::default())
    }
    /// A newsletter, whole. Reading it may mark it read.
    async fn newsletter(&self, _id: &NewsletterId) -> Result<Mail, PortalError> {
        Err(PortalError::Refused { status: 404, message_code: None })
    }
    /// A piece of what is told of the place and the family; only where the portal offers it.
    async fn fact(&self, _kind: &FactKind) -> Result<ReadFact, PortalError> {
        Err(PortalError::Refused { status: 404, message_code: None })
    }
    /// A picture or film, or a part of it, of at most `limit` bytes.
    async fn download(
        &self,
        source: &MediaSource,
        range: Option<ByteRange>,
        limit: u64,
    ) -> Result<MediaBody, PortalError>;
    /// What changes, as it changes, after the event with that identity; only where the portal
    /// offers `events`.
    async fn events(&self, _last: Option<String>) -> Result<Events, PortalError> {
        Ok(futures::stream::empty().boxed())
    }
    /// The present instant on the portal's clock: its addresses die by that one.
    fn now(&self) -> DateTime<Utc>;
    /// Whether the portal is on this machine, where no manners are asked for.
    fn is_loopback(&self) -> bool;
}

#[async_trait]
impl PortalReads for Session {
    async fn counters(&self) -> Result<Counters, PortalError> {
        Session::counters(self).await
    }

    async fn children(&self) -> Result<Children, PortalError> {
        Session::children(self).await
    }

    async fn parent(&self) -> Result<ParentInfo, PortalError> {
        Session::parent(self).await
    }

    async fn organisation(&self) -> Result<Option<String>, PortalError> {
        Session::organisation(self).await
    }

    async fn timeline_page(&self, offset: u32) -> Result<TimelinePage, PortalError> {
        Session::timeline_page(self, offset).await
    }

    async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        self.portal().capabilities().await
    }

    async fn media_saveable(
        &self,
        ids: &[PhotoId],
    ) -> Result<Vec<(PhotoId, Saveable)>, PortalError> {
        Session::media_saveable(self, ids).await
    }

    async fn conversations_page(&self, offset: u32) -> Result<ConversationsPage, PortalError> {
        Session::conversations_page(self, offset).await
    }

    async fn conversation(&self, id: &ConversationId) -> Result<ConversationDetails, PortalError> {
        Session::conversation(self, id).await
    }

    async fn conversations_about(
        &self,
        ids: &[ConversationId],
    ) -> Result<Vec<AboutConversation>, PortalError> {
        Session::conversations_about(self, ids).await
    }

    async fn mark_read(&self, id: &ConversationId) -> Result<(), WriteError> {
        Session::mark_read(self, id).await
    }

    async fn planning(&self, from: Day, until: Day) -> Result<Planning, PortalError> {
        Session::planning(self, from, until).await
    }

    async fn planning_details(
        &self,
        from: Day,
        until: Day,
    ) -> Result<PlanningDetails, PortalError> {
        Session::planning_details(self, from, until).await
    }

    async fn planning_rules(&self) -> Result<PlanningRules, PortalError> {
        Session::planning_rules(self).await
    }

    async fn requests(&self, after: Option<&str>) -> Result<RequestsPage, PortalError> {
        Session::requests(self, after).await
    }

    async fn credits(&self) -> Result<Vec<Credit>, PortalError> {
        Session::credits(self).await
    }

    async fn documents(
        &self,
        kind: DocumentKind,
        year: i32,
    ) -> Result<ListedDocuments, PortalError> {
        Session::documents(self, kind, year).await
    }

    async fn document(&self, place: &DocumentPlace, limit: u64) -> Result<MediaBody, PortalError> {
        Session::document(self, place, limit).await
    }

    async fn articles(&self) -> Result<Articles, PortalError> {
        Session::articles(self).await
    }

    async fn article(&self, id: &ArticleId, day: Day) -> Result<ArticleText, PortalError> {
        Session::article(self, id, day).await
    }

    async fn newsletters_page(&self, offset: u32) -> Result<NewslettersPage, PortalError> {
        Session::newsletters_page(self, offset).await
    }

    async fn newsletter(&self, id: &NewsletterId) -> Result<Mail, PortalError> {
        Session::newsletter(self, id).await
    }

    async fn fact(&self, kind: &FactKind) -> Result<ReadFact, PortalError> {
        Session::fact(self, kind).await
    }

    async fn download(
        &self,
        source: &MediaSource,
        range: Option<ByteRange>,
        limit: u64,
    ) -> Result<MediaBody, PortalError> {
        Session::download(self, source, range, limit).await
    }

    async fn events(&self, last: Option<String>) -> Result<Events, PortalError> {
        Session::events(self, last).await
    }

    fn now(&self) -> DateTime<Utc> {
        self.portal().now()
    }

    fn is_loopback(&self) -> bool {
        self.portal().address().is_loopback()
    }
}
