//! A portal for one test, and a parent who asks it things over HTTP.

use chrono::{DateTime, Utc};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use schriftje_demo_portal::{Options, Running, Size, start};
use serde_json::{Value, json};
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
