//! The description of our extension (`OpenAPI`), made from what is served.

use crate::parent::House;
use reqwest::{Method, StatusCode};
use serde_json::Value;

/// Every call of `docs/portal-api.md`.
const CALLS: [(&str, &str); 38] = [
    ("get", "/parent-api/v1/capabilities"),
    ("get", "/parent-api/v1/media"),
    ("post", "/parent-api/v1/messages"),
    ("post", "/parent-api/v1/messages/{conversationId}/replies"),
    ("put", "/parent-api/v1/messages/{conversationId}/read"),
    ("get", "/parent-api/v1/messages/about"),
    ("post", "/parent-api/v1/diary"),
    ("post", "/parent-api/v1/uploads"),
    ("options", "/parent-api/v1/uploads"),
    ("head", "/parent-api/v1/uploads/{id}"),
    ("patch", "/parent-api/v1/uploads/{id}"),
    ("delete", "/parent-api/v1/uploads/{id}"),
    ("get", "/parent-api/v1/events"),
    ("get", "/parent-api/v1/planning/{from}/until/{until}"),
    ("get", "/parent-api/v1/planning/rules"),
    ("post", "/parent-api/v1/possibilities"),
    ("post", "/parent-api/v1/quote"),
    ("post", "/parent-api/v1/requests"),
    ("get", "/parent-api/v1/requests"),
    ("post", "/parent-api/v1/requests/{id}/lines/{lineId}/cancel"),
    ("post", "/parent-api/v1/absences"),
    ("get", "/parent-api/v1/credits"),
    ("get", "/parent-api/v1/location"),
    ("get", "/parent-api/v1/team"),
    ("get", "/parent-api/v1/pages"),
    ("get", "/parent-api/v1/pages/{id}"),
    ("get", "/parent-api/v1/news/about"),
    ("get", "/parent-api/v1/news/{htmlContentId}/attachments"),
    ("get", "/parent-api/v1/account"),
    ("patch", "/parent-api/v1/account"),
    ("post", "/parent-api/v1/account/password"),
    ("get", "/parent-api/v1/children"),
    ("get", "/parent-api/v1/consents"),
    ("put", "/parent-api/v1/consents/{id}"),
    ("get", "/parent-api/v1/observations"),
    ("get", "/parent-api/v1/observations/{id}"),
    ("get", "/parent-api/v1/notification-settings"),
    ("put", "/parent-api/v1/notification-settings"),
];

#[tokio::test]
async fn every_call_is_described_and_every_described_call_is_served() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let description = parent.json("/parent-api/v1/openapi.json").await;
    assert_eq!(description["openapi"], "3.1.0");
    let mut described: Vec<(&str, &str)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(move |method| (method.as_str(), path.as_str()))
        })
        .collect();
    let mut expected = CALLS.to_vec();
    described.sort_unstable();
    expected.sort_unstable();
    assert_eq!(described, expected);
    for (method, path) in described {
        let method: Method = method.to_uppercase().parse().unwrap();
        let path = path.replace("{conversationId}", "nergens").replace("{id}", "nergens");
        let answer = house.http.request(method.clone(), house.url(&path)).send().await.unwrap();
        assert_ne!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert_ne!(answer.status(), StatusCode::NOT_FOUND, "{method} {path}");
    }
}

#[tokio::test]
async fn answers_hold_what_the_description_says() {
    let house = House::small().await;
    let parent = house.sign_in("sanne").await;
    let description = parent.json("/parent-api/v1/openapi.json").await;
    for path in [
        "capabilities",
        "media",
        "messages/about",
        "planning/rules",
        "requests",
        "credits",
        "location",
        "team",
        "pages",
        "news/about",
        "account",
        "children",
        "consents",
        "observations",
        "notification-settings",
    ] {
        let path = format!("/parent-api/v1/{path}");
        let answer = parent.json(&format!("{path}?ids=")).await;
        let schema = &description["paths"][&path]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        let named = schema["$ref"].as_str().unwrap().trim_start_matches('#');
        let schema: &Value = description.pointer(named).unwrap();
        for field in schema["required"].as_array().unwrap() {
            assert!(answer.get(field.as_str().unwrap()).is_some(), "{path}: {field}");
        }
    }
    let write = &description["paths"]["/parent-api/v1/messages"]["post"];
    assert_eq!(write["parameters"][0]["name"], "Idempotency-Key");
    assert_eq!(write["security"][0]["bearer"], serde_json::json!([]));
    assert_eq!(description["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
}
