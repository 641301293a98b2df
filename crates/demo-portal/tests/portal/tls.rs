//! HTTPS with an authority of the portal's own, and the cookie that needs it.

use crate::parent::House;
use reqwest::{Certificate, Client, StatusCode, Version};

#[tokio::test]
async fn both_origins_speak_https_to_who_trusts_the_authority() {
    let mut house = House::with(|mut options| {
        options.tls = true;
        options
    })
    .await;
    assert_eq!(house.portal.portal.scheme(), "https");
    assert_eq!(house.portal.media.scheme(), "https");
    let untrusting = house.http.get(house.url("/auth-api/captcha")).send().await;
    assert!(untrusting.is_err(), "nobody trusts it unasked");

    let authority = house.portal.ca_pem.clone().unwrap();
    let authority = Certificate::from_pem(authority.as_bytes()).unwrap();
    house.http = Client::builder().tls_certs_only([authority]).build().unwrap();
    let answer = house.login("sanne", "welkom-demo").send().await.unwrap();
    assert_eq!(answer.version(), Version::HTTP_2);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-refresh_token="), "{cookie}");
    for rule in ["Secure", "HttpOnly", "Path=/", "Max-Age=3600"] {
        assert!(cookie.split("; ").any(|part| part == rule), "{rule}");
    }
    assert!(!cookie.contains("Domain"));

    let parent = house.sign_in("sanne").await;
    let cards = parent.cards(0).await;
    let face = cards[0]["children"][0]["avatars"]["fullSizeUrl"].as_str().unwrap();
    assert_eq!(house.http.get(face).send().await.unwrap().status(), StatusCode::OK);
}
