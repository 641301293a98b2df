//! Answers a calendar program on this device. What the path holds is told to nobody.

use super::book::Book;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use schriftje_store::FeedPlace;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The calendar's name behind the secret.
pub(super) const FILE: &str = "opvang.ics";

/// The answer to a request.
pub(super) async fn answer(
    request: &Parts,
    place: &FeedPlace,
    book: &Book,
) -> Response<Full<Bytes>> {
    // A page in a browser that was led here by a name of its own says that name.
    if !is_host(request, place.port) {
        return plain(StatusCode::MISDIRECTED_REQUEST);
    }
    if !is_path(request.uri.path(), place) {
        return plain(StatusCode::NOT_FOUND);
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED);
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let Ok(issue) = book.issue(None, None).await else {
        tracing::warn!("the calendar could not be read");
        return plain(StatusCode::SERVICE_UNAVAILABLE);
    };
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(&issue.text)));
    let same = is_same(&request.headers, &tag);
    let length = issue.text.len();
    let with_body = !same && request.method == Method::GET;
    let mut response = plain(if same { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    if with_body {
        *response.body_mut() = Full::from(issue.text);
    }
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    let changed = issue.changed_at.map(|at| at.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if let Some(Ok(changed)) = changed.map(|changed| HeaderValue::from_str(&changed)) {
        headers.insert(header::LAST_MODIFIED, changed);
    }
    if !same {
        let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
    response
}

/// An answer without a body. No page of another site may read or show any.
fn plain(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    for (name, value) in [
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether this address is the one that was asked, in all places where one is named.
fn is_host(request: &Parts, port: u16) -> bool {
    let ours = |host: &str| {
        let name = host.strip_suffix(&format!(":{port}"));
        name.is_some_and(|name| name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
    };
    let mut hosts = request.headers.get_all(header::HOST).iter();
    let named = hosts.next().and_then(|host| host.to_str().ok()).is_some_and(ours);
    let authority = request.uri.authority().map(hyper::http::uri::Authority::as_str);
    named && hosts.next().is_none() && authority.is_none_or(ours)
}

/// Whether the path holds the secret. How long that takes says nothing of it.
fn is_path(path: &str, place: &FeedPlace) -> bool {
    let wanted = format!("/{}/{FILE}", place.secret.expose_secret());
    path.as_bytes().ct_eq(wanted.as_bytes()).into()
}

fn is_same(headers: &HeaderMap, tag: &str) -> bool {
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|known| known.to_str().ok()).any(
        |known| {
            let mut known = known.split(',').map(str::trim);
            known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
        },
    )
}
