//! A portal for one test, and a parent who asks it things over HTTP.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use schriftje_demo_portal::{Options, Running, Size, start};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Monday 16 March 2026, half past ten in Amsterdam: where the clock stands unless a test moves it.
pub const NOW: &str = "2026-03-16T09:30:00Z";

pub fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// A running portal and the folder it lives in.
pub struct House {
    pub portal: Running,
    pub folder: TempDir,
    pub http: Client,
}

impl House {
    pub async fn small() -> Self {
        Self::with(|options| options).await
    }

    pub async fn with(change: impl FnOnce(Options) -> Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options =
            Options { now: Some(now()), seed: 7, ..Options::new(folder.path(), Size::Small) };
        let portal = start(change(options)).await.unwrap();
        Self { portal, folder, http: client() }
    }

    pub fn url(&self, path: &str) -> String {
        self.portal.portal.join(path).unwrap().into()
    }

    pub fn staff(&self, path: &str) -> String {
        self.portal.staff.join(path).unwrap().into()
    }

    pub fn login(&self, username: &str, password: &str) -> RequestBuilder {
        let body = json!({ "username": username, "password": password, "childMinder": false });
        self.http.put(self.url("/auth-api/login")).json(&body)
    }

    pub async fn sign_in(&self, username: &str) -> Parent<'_> {
        let answer = self.login(username, "welkom-demo").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        let cookie = cookie(&answer);
        let answer: Value = answer.json().await.unwrap();
        Parent { house: self, token: answer["authToken"].as_str().unwrap().to_owned(), cookie }
    }
}

/// A new idempotency key.
pub fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A signed-in parent.
pub struct Parent<'a> {
    pub house: &'a House,
    pub token: String,
    pub cookie: Option<String>,
}

impl Parent<'_> {
    pub async fn ask(&self, path: &str) -> Response {
        self.house.http.get(self.house.url(path)).bearer_auth(&self.token).send().await.unwrap()
    }

    pub async fn text(&self, path: &str) -> String {
        let answer = self.ask(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    pub async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path).await).unwrap()
    }

    pub async fn cards(&self, offset: usize) -> Vec<Value> {
        let path = format!("/restservices-parent/timeline/cards/v2/{offset}");
        self.json(&path).await.as_array().unwrap().clone()
    }

    /// The whole timeline, walked as a client does.
    pub async fn timeline(&self) -> Vec<Value> {
        let mut all = Vec::new();
        loop {
            let page = self.cards(all.len()).await;
            if page.is_empty() {
                return all;
            }
            all.extend(page);
        }
    }
}

/// What a parent does beyond reading.
impl Parent<'_> {
    /// A call below `/parent-api/v1`.
    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.house.url(&format!("/parent-api/v1{path}"));
        self.house.http.request(method, url).bearer_auth(&self.token)
    }

    pub fn write(&self, path: &str, key: &str, body: &Value) -> RequestBuilder {
        self.call(Method::POST, path).header("Idempotency-Key", key).json(body)
    }

    /// Writes something and hands back the answer, which must be good.
    pub async fn written(&self, path: &str, body: &Value) -> Value {
        let answer = self.write(path, &key(), body).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert_eq!(status, StatusCode::CREATED, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// The status and the code of a write that is refused.
    pub async fn refused(&self, path: &str, body: &Value) -> (u16, String) {
        code(self.write(path, &key(), body).send().await.unwrap()).await
    }

    /// The identity of the family's first child.
    pub async fn child(&self) -> String {
        let children = self.json("/restservices-parent/children/").await;
        children["payload"]["activeChildren"][0]["id"].as_str().unwrap().to_owned()
    }

    /// A call of tus.
    pub fn tus(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.house.portal.portal.join(path).unwrap();
        self.house
            .http
            .request(method, url)
            .bearer_auth(&self.token)
            .header("Tus-Resumable", "1.0.0")
    }

    pub fn create(&self, key: &str, media_type: &str, length: usize) -> RequestBuilder {
        let metadata =
            format!("filetype {},filename {}", STANDARD.encode(media_type), STANDARD.encode("a"));
        self.tus(Method::POST, "/parent-api/v1/uploads")
            .header("Idempotency-Key", key)
            .header("Upload-Length", length)
            .header("Upload-Metadata", metadata)
    }

    pub fn append(&self, location: &str, offset: usize, piece: &[u8]) -> RequestBuilder {
        self.tus(Method::PATCH, location)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", offset)
            .header("Upload-Checksum", format!("sha256 {}", STANDARD.encode(Sha256::digest(piece))))
            .body(piece.to_vec())
    }

    /// Begins an upload; where it is expected comes back.
    pub async fn begin_upload(&self, media_type: &str, length: usize) -> String {
        let answer = self.create(&key(), media_type, length).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Uploads a whole file; its identity comes back.
    pub async fn upload(&self, media_type: &str, bytes: &[u8]) -> String {
        let location = self.begin_upload(media_type, bytes.len()).await;
        let answer = self.append(&location, 0, bytes).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        location.rsplit_once('/').unwrap().1.to_owned()
    }
}

/// The status of an answer and the code of its problem.
pub async fn code(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["status"], status);
    (status, problem["code"].as_str().unwrap_or_default().to_owned())
}

/// A photo of one colour.
pub fn a_photo(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(width, height, image::Rgb([90, 140, 60]));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

pub fn client() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// The photos of a card or of its entry.
pub fn photos(card: &Value) -> &[Value] {
    let owner = if card["journal"].is_object() { &card["journal"] } else { card };
    owner["photos"].as_array().map_or(&[], Vec::as_slice)
}

/// The refresh cookie of an answer, as a client sends it back.
pub fn cookie(answer: &Response) -> Option<String> {
    let set = answer.headers().get("set-cookie")?.to_str().unwrap();
    Some(set.split(';').next().unwrap().to_owned())
}
