//! What sending asks of a portal. A trait, so that a test can be the portal.

use async_trait::async_trait;
use bytes::Bytes;
use schriftje_konnect::{
    NewEntry, NewMessage, PortalError, SentMessage, Session, UploadId, WriteError,
};
use schriftje_model::{AbsenceForm, ConversationId, JournalId, RequestForm, RequestId};
use uuid::Uuid;

/// What sending asks of a portal. [`Session`] is one. Every call that makes something carries a
/// key: with the same key the portal does it once.
#[async_trait]
pub trait PortalWrites: Send + Sync {
    /// Begins a conversation.
    async fn send_message(
        &self,
        key: Uuid,
        message: &NewMessage,
    ) -> Result<SentMessage, WriteError>;
    /// Answers in one.
    async fn send_reply(
        &self,
        key: Uuid,
        conversation: &ConversationId,
        text: &str,
        uploads: &[UploadId],
    ) -> Result<SentMessage, WriteError>;
    /// Writes in the diary.
    async fn write_diary(&self, key: Uuid, entry: &NewEntry) -> Result<JournalId, WriteError>;
    /// Asks for extra days or a swap.
    async fn send_request(&self, key: Uuid, form: &RequestForm) -> Result<RequestId, WriteError>;
    /// Reports an absence.
    async fn report_absence(&self, key: Uuid, form: &AbsenceForm) -> Result<RequestId, WriteError>;
    /// The request or absence that was sent under `key`, where the portal has it.
    async fn request_with_key(&self, key: Uuid) -> Result<Option<RequestId>, PortalError>;
    /// Begins to upload a file of so many bytes.
    async fn create_upload(
        &self,
        key: Uuid,
        bytes: u64,
        mime: &str,
        name: &str,
    ) -> Result<UploadId, WriteError>;
    /// How many bytes of it the portal has.
    async fn upload_offset(&self, upload: &UploadId) -> Result<u64, WriteError>;
    /// Sends bytes from `offset` on; answers how many the portal has then.
    async fn upload_piece(
        &self,
        upload: &UploadId,
        offset: u64,
        piece: Bytes,
    ) -> Result<u64, WriteError>;
    /// Lets the portal forget an upload.
    async fn drop_upload(&self, upload: &UploadId) -> Result<(), WriteError>;
}

#[async_trait]
impl PortalWrites for Session {
    async fn send_message(
        &self,
        key: Uuid,
        message: &NewMessage,
    ) -> Result<SentMessage, WriteError> {
        Session::send_message(self, key, message).await
    }

    async fn send_reply(
        &self,
        key: Uuid,
        conversation: &ConversationId,
        text: &str,
        uploads: &[UploadId],
    ) -> Result<SentMessage, WriteError> {
        Session::send_reply(self, key, conversation, text, uploads).await
    }

    async fn write_diary(&self, key: Uuid, entry: &NewEntry) -> Result<JournalId, WriteError> {
        Session::write_diary(self, key, entry).await
    }

    async fn send_request(&self, key: Uuid, form: &RequestForm) -> Result<RequestId, WriteError> {
        Session::send_request(self, key, form).await
    }

    async fn report_absence(&self, key: Uuid, form: &AbsenceForm) -> Result<RequestId, WriteError> {
        Session::report_absence(self, key, form).await
    }

    async fn request_with_key(&self, key: Uuid) -> Result<Option<RequestId>, PortalError> {
        Session::request_with_key(self, key).await
    }

    async fn create_upload(
        &self,
        key: Uuid,
        bytes: u64,
        mime: &str,
        name: &str,
    ) -> Result<UploadId, WriteError> {
        Session::create_upload(self, key, bytes, mime, name).await
    }

    async fn upload_offset(&self, upload: &UploadId) -> Result<u64, WriteError> {
        Session::upload_offset(self, upload).await
    }

    async fn upload_piece(
        &self,
        upload: &UploadId,
        offset: u64,
        piece: Bytes,
    ) -> Result<u64, WriteError> {
        Session::upload_piece(self, upload, offset, piece).await
    }

    async fn drop_upload(&self, upload: &UploadId) -> Result<(), WriteError> {
        Session::drop_upload(self, upload).await
    }
}
