//! Pictures and videos for the window: `media://localhost/{account}/{size}/{id}`, with opaque ids,
//! never a path and never base64. A video's bytes come in pieces, by `Range` or by
//! `?start=&end=`, since a phone applies `Range` a second time.

use crate::host::Host;
use schriftje_app::api::{AppError, ErrorCode};
use schriftje_model::{AccountId, MediaId, MediaSize};
use tauri::http::{Request, Response, StatusCode, header};
use url::Url;

/// The scheme's name.
pub const SCHEME: &str = "media";

/// The most that one answer carries of a video.
const PIECE: u64 = 2 * 1024 * 1024;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    account: AccountId,
    size: MediaSize,
    id: MediaId,
    piece: Option<(u64, Option<u64>)>,
}

/// Answers one request of the window.
pub async fn answer(host: &Host, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    let Some(wanted) = parse(&request) else { return bare(StatusCode::NOT_FOUND) };
    match fetch(host, wanted).await {
        Ok(response) => response,
        Err(error) => {
            tracing::debug!(code = ?error.code, "a picture was not shown");
            bare(status(error.code))
        }
    }
}

async fn fetch(host: &Host, wanted: Wanted) -> Result<Response<Vec<u8>>, AppError> {
    let app = host.app().await?;
    let Some((start, end)) = wanted.piece else {
        let picture = app.media(wanted.account, wanted.id, wanted.size).await?;
        return Ok(respond(StatusCode::OK, &picture.mime, picture.bytes, &[]));
    };
    let last = start.saturating_add(PIECE - 1);
    let end = end.map_or(last, |end| end.min(last));
    let piece = app.media_range(wanted.account, wanted.id, start, Some(end)).await?;
    let last = piece.start + (piece.bytes.len() as u64).saturating_sub(1);
    let range = format!("bytes {}-{last}/{}", piece.start, piece.total);
    let more = [(header::CONTENT_RANGE, range), (header::ACCEPT_RANGES, "bytes".to_owned())];
    Ok(respond(StatusCode::PARTIAL_CONTENT, &piece.mime, piece.bytes, &more))
}

fn parse(request: &Request<Vec<u8>>) -> Option<Wanted> {
    // Behind a host of our own, since the platforms differ in where they put it.
    let url = Url::parse("http://media.localhost").ok()?;
    let url = url.join(request.uri().path_and_query()?.as_str()).ok()?;
    let mut parts = url.path_segments()?;
    let (account, size, id) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let size = match size {
        "thumb" => MediaSize::Thumb,
        "medium" => MediaSize::Medium,
        "full" => MediaSize::Full,
        _ => return None,
    };
    let query = |name: &str| {
        let (_, value) = url.query_pairs().find(|(key, _)| key == name)?;
        value.parse::<u64>().ok()
    };
    let piece = match query("start") {
        Some(start) => Some((start, query("end"))),
        None => request.headers().get(header::RANGE).and_then(|range| piece(range.to_str().ok()?)),
    };
    Some(Wanted { account: decoded(account)?.into(), size, id: decoded(id)?.into(), piece })
}

/// The first piece of a `Range` header that names a beginning.
fn piece(range: &str) -> Option<(u64, Option<u64>)> {
    let (start, end) = range.trim().strip_prefix("bytes=")?.split(',').next()?.split_once('-')?;
    let start = start.trim().parse().ok()?;
    let end = match end.trim() {
        "" => None,
        end => Some(end.parse().ok().filter(|end| *end >= start)?),
    };
    Some((start, end))
}

fn decoded(segment: &str) -> Option<String> {
    let text = percent_encoding::percent_decode_str(segment).decode_utf8().ok()?;
    (!text.is_empty()).then(|| text.into_owned())
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Offline
        | ErrorCode::TimedOut
        | ErrorCode::PortalDown
        | ErrorCode::TooManyRequests
        | ErrorCode::SessionExpired
        | ErrorCode::AccountEnded
        | ErrorCode::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::PictureBroken | ErrorCode::AnswerBroken => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::NotSaveable => StatusCode::FORBIDDEN,
        _ => StatusCode::NOT_FOUND,
    }
}

fn respond(
    status: StatusCode,
    mime: &str,
    bytes: Vec<u8>,
    more: &[(header::HeaderName, String)],
) -> Response<Vec<u8>> {
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, mime)
        .header(header::CONTENT_LENGTH, bytes.len())
        .header(header::CACHE_CONTROL, "private, max-age=31536000, immutable")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        // Only our own window knows the scheme; where its player does not, the page reads for it.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::ACCESS_CONTROL_EXPOSE_HEADERS, "content-range");
    for (name, value) in more {
        response = response.header(name, value);
    }
    response.body(bytes).unwrap_or_else(|_| bare(StatusCode::UNPROCESSABLE_ENTITY))
}

fn bare(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    // So that the page can tell a picture that is broken from one on its way.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ask(uri: &str, range: Option<&str>) -> Option<Wanted> {
        let mut request = Request::builder().uri(uri);
        if let Some(range) = range {
            request = request.header("Range", range);
        }
        parse(&request.body(Vec::new()).unwrap())
    }

    #[test]
    fn a_picture_is_named_by_account_size_and_id_on_every_platform() {
        let wanted = Wanted {
            account: "a1".into(),
            size: MediaSize::Thumb,
            id: "photo/1 é".into(),
            piece: None,
        };
        for uri in [
            "media://localhost/a1/thumb/photo%2F1%20%C3%A9",
            "http://media.localhost/a1/thumb/photo%2F1%20%C3%A9",
        ] {
            assert_eq!(ask(uri, None), Some(wanted.clone()), "{uri}");
        }
    }

    #[test]
    fn a_video_is_read_in_pieces_by_header_or_by_query() {
        let of = |uri, range| ask(uri, range).unwrap().piece;
        assert_eq!(of("media://localhost/a/full/v", Some("bytes=5-9")), Some((5, Some(9))));
        assert_eq!(of("media://localhost/a/full/v", Some("bytes=5-")), Some((5, None)));
        assert_eq!(of("media://localhost/a/full/v?start=5&end=9", None), Some((5, Some(9))));
        // The query is the one the phone has not applied yet.
        let both = of("media://localhost/a/full/v?start=5&end=9", Some("bytes=0-1"));
        assert_eq!(both, Some((5, Some(9))));
        assert_eq!(of("media://localhost/a/full/v", Some("bytes=9-5")), None);
        assert_eq!(of("media://localhost/a/full/v", Some("pages=1-2")), None);
    }

    #[test]
    fn what_is_no_picture_is_not_looked_for() {
        for uri in [
            "media://localhost/",
            "media://localhost/a/thumb",
            "media://localhost/a/huge/x",
            "media://localhost/a/thumb/x/y",
            "media://localhost/a/thumb/",
            "media://localhost/a/thumb/..",
            "media://localhost/a/thumb/%FF",
        ] {
            assert_eq!(ask(uri, None), None, "{uri}");
        }
    }

    proptest! {
        #[test]
        fn no_range_header_can_break_it(range in "\\PC{0,40}") {
            if let Some((start, Some(end))) = piece(&range) {
                prop_assert!(start <= end);
            }
        }
    }
}
