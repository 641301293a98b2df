//! A parent who changes what two people may change at once.

use crate::parent::{Parent, key};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

/// The version a thing says it is.
pub fn etag(thing: &Value) -> String {
    thing["etag"].as_str().unwrap().to_owned()
}

/// The version the thing at this path is in now, which the header says too.
pub async fn version(parent: &Parent<'_>, path: &str) -> String {
    let answer = parent.call(Method::GET, path).send().await.unwrap();
    let header = answer.headers()["etag"].to_str().unwrap().to_owned();
    let thing: Value = answer.json().await.unwrap();
    assert_eq!(etag(&thing), header, "{path}");
    header
}

impl Parent<'_> {
    /// Changes something, based on a version of it.
    pub fn change(
        &self,
        method: Method,
        path: &str,
        etag: &str,
        key: &str,
        body: &Value,
    ) -> RequestBuilder {
        self.call(method, path).header("If-Match", etag).header("Idempotency-Key", key).json(body)
    }

    /// Changes something as it is now, and hands back the answer.
    pub async fn changes(&self, method: Method, path: &str, body: &Value) -> Response {
        let etag = version(self, path).await;
        self.change(method, path, &etag, &key(), body).send().await.unwrap()
    }

    /// The consent of this name of the first child that has it.
    pub async fn consent(&self, title: &str) -> Value {
        let consents = self.json("/parent-api/v1/consents").await;
        let found = consents["consents"].as_array().unwrap().iter();
        found.clone().find(|consent| consent["title"] == title).unwrap().clone()
    }

    /// Answers a consent as it was read.
    pub async fn answers(&self, consent: &Value, answer: &str) -> Response {
        self.answers_with(consent, &serde_json::json!({ "answer": answer })).await
    }

    /// Answers a consent as it was read with this.
    pub async fn answers_with(&self, consent: &Value, body: &Value) -> Response {
        let path = format!("/consents/{}", consent["id"].as_str().unwrap());
        self.change(Method::PUT, &path, &etag(consent), &key(), body).send().await.unwrap()
    }
}
