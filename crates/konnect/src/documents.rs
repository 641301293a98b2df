//! "Documenten": what the administration has for this parent, and the files.

use crate::MediaBody;
use crate::call::Call;
use crate::error::PortalError;
use crate::http::failure;
use crate::map::documents::{self as map, DocumentPlace, ListedDocuments, kind_word};
use crate::session::Session;
use crate::wire::envelope::unwrap;
use crate::wire::field::segment;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, StatusCode};
use schriftje_model::DocumentKind;
use serde_json::Value;
use std::time::Duration;

/// How much longer than a call the file of a document may take as a whole.
const EXTRA_TIME: Duration = Duration::from_mins(10);
/// An answer that is no file is read so far, to learn what the portal says.
const LARGEST_WORD: usize = 64 << 10;

impl Session {
    /// The documents of a kind in a year:
    /// `GET /administration/{type}/overview/{Y}0101/{Y}1231` (A).
    pub async fn documents(
        &self,
        kind: DocumentKind,
        year: i32,
    ) -> Result<ListedDocuments, PortalError> {
        let word = kind_word(kind);
        let path = format!(
            "restservices-parent/administration/{word}/overview/{year:04}0101/{year:04}1231"
        );
        map::documents(kind, self.read(&path).await?)
    }

    /// The file of a document, of at most `limit` bytes:
    /// `GET /administration/{adminId}/{type}/{itemId}` (A). What it is only its bytes tell.
    ///
    /// Names that no portal gives are refused as unknown, and nothing is sent.
    pub async fn document(
        &self,
        place: &DocumentPlace,
        limit: u64,
    ) -> Result<MediaBody, PortalError> {
        let unknown = || PortalError::Refused { status: 404, message_code: None };
        let admin = segment(&place.admin).ok_or_else(unknown)?;
        let item = segment(&place.item).ok_or_else(unknown)?;
        let word = kind_word(place.kind);
        let mut call =
            Call::get(format!("restservices-parent/administration/{admin}/{word}/{item}"));
        call.accept = "application/pdf, */*";
        call.extra_time = EXTRA_TIME;
        let http = &self.portal().http;
        let tokens = self.fresh().await?;
        let mut response = http.open(call.clone().bearer(&tokens.auth_token)).await?;
        if response.status() == StatusCode::UNAUTHORIZED {
            let tokens = self.renewed(tokens).await?;
            response = http.open(call.bearer(&tokens.auth_token)).await?;
        }
        if response.status() != StatusCode::OK {
            return Err(http.status_failure(response.status(), response.headers(), None));
        }
        match kind_of_text(&response) {
            Some(Text::Page) => Err(PortalError::NotAPortal),
            Some(Text::Json) => Err(said(response).await),
            None => MediaBody::of_portal(response, limit, http.config.timeouts.stalled),
        }
    }
}

/// An answer that is no file.
enum Text {
    Page,
    Json,
}

fn kind_of_text(response: &Response) -> Option<Text> {
    let mime = response.headers().get(CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    match mime.split(';').next()?.trim() {
        "text/html" | "application/xhtml+xml" => Some(Text::Page),
        "application/json" => Some(Text::Json),
        _ => None,
    }
}

/// What the portal says in place of a file.
async fn said(mut response: Response) -> PortalError {
    let changed = PortalError::Changed { what: "administration.file" };
    let mut text = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if text.len() + chunk.len() <= LARGEST_WORD => {
                text.extend_from_slice(&chunk);
            }
            Ok(Some(_)) => return changed,
            Ok(None) => break,
            Err(error) => return failure(&error),
        }
    }
    match serde_json::from_slice::<Value>(&text).map(unwrap) {
        Ok(Err(refused)) => refused,
        _ => changed,
    }
}
