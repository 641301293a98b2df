//! Files with a news item or an information page.

use crate::media::signed;
use crate::portal::{Portal, Secret};
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use utoipa::ToSchema;

/// An attachment as it is told.
#[derive(Serialize, ToSchema)]
pub struct Attachment {
    id: String,
    name: String,
    /// The MIME type.
    #[serde(rename = "type")]
    media_type: String,
    bytes: i64,
    /// A signed address on the media origin.
    url: String,
}

/// A file to attach.
pub struct File<'a> {
    pub name: &'a str,
    pub media_type: &'a str,
    pub content: &'a [u8],
}

/// Attaches a file to the news item or page `owner`, after those that are there.
pub fn attach(
    db: &Connection,
    secret: &Secret,
    owner: &str,
    file: &File<'_>,
) -> rusqlite::Result<()> {
    let sql = "SELECT count(*) FROM attachment WHERE owner = ?1";
    let position: i64 = db.query_row(sql, [owner], |row| row.get(0))?;
    db.execute(
        "INSERT INTO attachment (id, owner, position, name, media_type, content)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            secret.id(&["attachment", owner, &position.to_string()]),
            owner,
            position,
            file.name,
            file.media_type,
            file.content,
        ],
    )
    .map(drop)
}

/// What is attached to `owner`, in order.
pub fn of(db: &Connection, portal: &Portal, owner: &str) -> rusqlite::Result<Vec<Attachment>> {
    let mut query = db.prepare_cached(
        "SELECT id, name, media_type, length(content) FROM attachment
         WHERE owner = ?1 ORDER BY position",
    )?;
    let rows = query.query_map([owner], |row| {
        let id: String = row.get(0)?;
        Ok(Attachment {
            name: row.get(1)?,
            media_type: row.get(2)?,
            bytes: row.get(3)?,
            url: signed(portal, &format!("/files/{id}")),
            id,
        })
    })?;
    rows.collect()
}

/// A file as it is fetched.
pub struct Fetched {
    name: String,
    media_type: String,
    content: Vec<u8>,
}

/// The file with this identity.
pub fn read(db: &Connection, id: &str) -> rusqlite::Result<Option<Fetched>> {
    let sql = "SELECT name, media_type, content FROM attachment WHERE id = ?1";
    db.query_row(sql, [id], |row| {
        Ok(Fetched { name: row.get(0)?, media_type: row.get(1)?, content: row.get(2)? })
    })
    .optional()
}

impl IntoResponse for Fetched {
    fn into_response(self) -> Response {
        let name: String =
            url::form_urlencoded::byte_serialize(self.name.as_bytes()).collect::<String>();
        // A form writes a space as a plus, a header does not.
        let disposition = format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"));
        let mut response = Response::new(Body::from(self.content));
        let headers = response.headers_mut();
        for (header, value) in
            [(header::CONTENT_TYPE, self.media_type), (header::CONTENT_DISPOSITION, disposition)]
        {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(header, value);
            }
        }
        response
    }
}
