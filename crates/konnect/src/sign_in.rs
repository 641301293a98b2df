//! Signing in and renewing a session, in both styles that were observed.

use crate::call::Call;
use crate::error::{PortalError, SignInError};
use crate::http::{Answer, Http, REFRESH_COOKIE, parse};
use crate::tokens::Tokens;
use crate::wire::envelope::{message_code, unwrap};
use crate::wire::field::as_instant;
use crate::wire::sign_in::{CaptchaAnswer, TokenAnswer};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::SET_COOKIE;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

/// How long a token lives where nothing says so (A, B).
const USUAL_LIFE: TimeDelta = TimeDelta::minutes(15);
/// Tokens that end sooner than this are taken for a clock that is wrong.
const SHORTEST_LIFE: TimeDelta = TimeDelta::minutes(2);
const LONGEST_TOKEN: usize = 32 * 1024;

/// Whether the portal takes passwords just now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Captcha {
    /// The parent must go through the web portal first (D).
    pub blocked: bool,
    /// Until when, where the portal says so in a way that can be read.
    pub blocked_until: Option<DateTime<Utc>>,
}

/// The two ways of signing in that were observed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignInStyle {
    /// As the official app does: a refresh token in the answer, which lasts longer than an hour (D).
    #[default]
    App,
    /// As the web portal does: a cookie of one hour (B, E). Works under https only.
    Browser,
}

impl Http {
    pub(crate) async fn captcha(&self) -> Result<Captcha, PortalError> {
        let answer = self.send(Call::get("auth-api/captcha")).await?;
        // Nothing that answers otherwise is a portal to trust with a password.
        let json = self.json(&answer).map_err(|e| match e {
            PortalError::Refused { .. } | PortalError::Unauthorized | PortalError::Redirected => {
                PortalError::NotAPortal
            }
            other => other,
        })?;
        let known = ["result", "payload", "blockedUntil"];
        if !known.iter().any(|name| json.get(name).is_some()) {
            return Err(PortalError::NotAPortal);
        }
        let blocked = match unwrap(json)? {
            Value::Null => Value::Null,
            payload => {
                CaptchaAnswer::deserialize(payload)
                    .map_err(|_| PortalError::Changed { what: "captcha" })?
                    .blocked_until
            }
        };
        let until = as_instant(&blocked);
        Ok(match (blocked, until) {
            (Value::Null | Value::Bool(false), _) => Captcha::default(),
            (_, Some(until)) if until <= self.clock.now() => Captcha::default(),
            (_, until) => Captcha { blocked: true, blocked_until: until },
        })
    }

    pub(crate) async fn sign_in(
        &self,
        username: &str,
        password: &SecretString,
        style: SignInStyle,
    ) -> Result<Tokens, SignInError> {
        let captcha = self.captcha().await?;
        if captcha.blocked {
            return Err(SignInError::LockedOut { until: captcha.blocked_until });
        }
        let username = username.trim();
        let mut body = json!({"username": username, "password": password.expose_secret()});
        match style {
            SignInStyle::App => body["deviceInfo"] = self.device_info(),
            SignInStyle::Browser => body["childMinder"] = json!(false),
        }
        let call = Call::put("auth-api/login", body).app_style(style == SignInStyle::App);
        let answer = self.send(call).await?;
        match self.tokens(&answer, username, "login") {
            Ok(tokens) => Ok(tokens),
            Err(SignInError::Refused { message_code }) => {
                // Asked once: a refusal may have been the one that locked the account.
                if let Ok(Captcha { blocked: true, blocked_until }) = self.captcha().await {
                    return Err(SignInError::LockedOut { until: blocked_until });
                }
                let wrong = answer.status.as_u16() == 401
                    || message_code.as_deref().is_none_or(is_wrong_password);
                Err(if wrong {
                    SignInError::WrongPassword { message_code }
                } else {
                    SignInError::Refused { message_code }
                })
            }
            Err(e) => Err(e),
        }
    }

    /// Renews a session: in app style where there is a refresh token, else in browser style.
    pub(crate) async fn renew(&self, old: &Tokens) -> Result<Tokens, PortalError> {
        let body = match &old.refresh_token {
            Some(refresh_token) => json!({
                "username": old.username,
                "refreshToken": refresh_token.expose_secret(),
                "connectionType": "unknown",
                "deviceInfo": self.device_info(),
            }),
            None if old.cookie.is_some() => json!({}),
            None => return Err(PortalError::Unauthorized),
        };
        let app_style = old.refresh_token.is_some();
        let call = Call::put("auth-api/token", body)
            .bearer(&old.auth_token)
            .cookie(if app_style { None } else { old.cookie.as_ref() })
            .app_style(app_style);
        let answer = self.send(call).await?;
        match self.tokens(&answer, &old.username, "token") {
            Ok(new) => Ok(Tokens {
                refresh_token: new.refresh_token.or_else(|| old.refresh_token.clone()),
                cookie: new.cookie.or_else(|| old.cookie.clone()),
                ..new
            }),
            Err(SignInError::Refused { .. } | SignInError::MustResetPassword) => {
                Err(PortalError::Unauthorized)
            }
            Err(SignInError::Elsewhere) => Err(PortalError::Redirected),
            Err(SignInError::Portal(e)) => Err(e),
            Err(_) => Err(PortalError::Changed { what: "token" }),
        }
    }

    /// The tokens in an answer of `login` or `token`. Every refusal is [`SignInError::Refused`].
    fn tokens(
        &self,
        answer: &Answer,
        username: &str,
        what: &'static str,
    ) -> Result<Tokens, SignInError> {
        if matches!(answer.status.as_u16(), 400 | 401 | 403) {
            let message_code = match parse(answer) {
                Ok(json) => message_code(&json),
                Err(PortalError::NotAPortal) if answer.status.as_u16() != 401 => {
                    return Err(PortalError::NotAPortal.into());
                }
                Err(_) => None,
            };
            return Err(SignInError::Refused { message_code });
        }
        let payload = match unwrap(self.json(answer)?) {
            Ok(payload) => payload,
            Err(PortalError::Refused { message_code, .. }) => {
                return Err(SignInError::Refused { message_code });
            }
            Err(e) => return Err(e.into()),
        };
        let changed = PortalError::Changed { what };
        if !payload.is_object() {
            return Err(changed.into());
        }
        let wire = TokenAnswer::deserialize(payload).map_err(|_| changed.clone())?;
        if wire.must_reset_password {
            return Err(SignInError::MustResetPassword);
        }
        if !self.is_here(&wire) {
            return Err(SignInError::Elsewhere);
        }
        let usable = |token: &String| {
            !token.is_empty()
                && token.len() <= LONGEST_TOKEN
                && token.bytes().all(|b| b.is_ascii_graphic())
        };
        let auth_token = wire.auth_token.filter(usable).ok_or(changed)?;
        Ok(Tokens {
            expires_at: self.expiry(wire.expiration, &auth_token),
            auth_token: auth_token.into(),
            refresh_token: wire.refresh_token.filter(usable).map(Into::into),
            cookie: self.refresh_cookie(answer),
            username: username.to_owned(),
        })
    }

    /// When a token ends: as the answer says, else as the token itself says, else as usual.
    fn expiry(&self, said: Option<DateTime<Utc>>, auth_token: &str) -> DateTime<Utc> {
        let now = self.clock.now();
        said.or_else(|| jwt_expiry(auth_token))
            .filter(|end| *end >= now + SHORTEST_LIFE)
            .unwrap_or(now + USUAL_LIFE)
    }

    /// An account may only live at this very portal, in its part for parents (D).
    fn is_here(&self, wire: &TokenAnswer) -> bool {
        let base = self.address.base();
        let host = base.host_str().unwrap_or_default();
        let server_is_here = match &wire.domain_server_name {
            Value::Null => true,
            Value::String(name) => {
                let name = name.trim().trim_end_matches('/');
                let name = name.strip_prefix("https://").unwrap_or(name).to_ascii_lowercase();
                let with_port = base.port().map(|port| format!("{host}:{port}"));
                name.is_empty()
                    || name == host
                    || Some(&name) == with_port.as_ref()
                    || host.strip_suffix(".ouderportaal.nl") == Some(name.as_str())
            }
            _ => false,
        };
        let page_is_here = match &wire.redirect_url {
            Value::Null => true,
            Value::String(text) if text.trim().is_empty() => true,
            Value::String(text) => base.join(text.trim()).is_ok_and(|url| {
                let path = url.path();
                url.origin() == base.origin()
                    && (path == "/" || path == "/parent" || path.starts_with("/parent/"))
            }),
            _ => false,
        };
        server_is_here && page_is_here
    }

    /// The refresh cookie of an answer, by the rules of its `__Host-` name: Secure, for `/`, without
    /// a domain, over https.
    fn refresh_cookie(&self, answer: &Answer) -> Option<SecretString> {
        if self.address.base().scheme() != "https" {
            return None;
        }
        answer
            .headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .filter_map(host_cookie)
            .next_back()
            .map(Into::into)
    }

    fn device_info(&self) -> Value {
        json!({
            "name": "Schriftje",
            "platform": std::env::consts::OS,
            "uuid": self.config.device.uuid,
            "version": env!("CARGO_PKG_VERSION"),
            "model": "desktop",
            "screenHeight": 1080,
            "screenWidth": 1920,
        })
    }
}

/// The value of our cookie in a `Set-Cookie` header, when it keeps the rules of its name.
fn host_cookie(header: &str) -> Option<String> {
    let mut parts = header.split(';').map(str::trim);
    let (name, value) = parts.next()?.split_once('=')?;
    if name.trim() != REFRESH_COOKIE {
        return None;
    }
    let (mut secure, mut root, mut domain) = (false, false, false);
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "secure" => secure = true,
            "path" => root = value.trim() == "/",
            "domain" => domain = true,
            _ => {}
        }
    }
    let value = value.trim().trim_matches('"');
    let plain = value.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b';' | b','));
    let usable = plain && !value.is_empty() && value.len() <= LONGEST_TOKEN;
    (secure && root && !domain && usable).then(|| value.to_owned())
}

fn jwt_expiry(token: &str) -> Option<DateTime<Utc>> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    DateTime::from_timestamp(claims.get("exp")?.as_i64()?, 0)
}

/// No code for a wrong password was ever seen; these words would be in one.
fn is_wrong_password(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    ["password", "wachtwoord", "credential", "login.failed", "login_failed", "invalid_login"]
        .iter()
        .any(|word| code.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::timeline_tests::madness;
    use crate::{ClientConfig, PortalAddress};
    use proptest::prelude::*;
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;
    use schriftje_model::SystemClock;
    use std::sync::{Arc, LazyLock};

    static PORTAL: LazyLock<Http> = LazyLock::new(|| {
        let config = ClientConfig::new(Arc::new(SystemClock), uuid::Uuid::from_u128(7));
        Http::new(PortalAddress::parse("abc").unwrap(), config).unwrap()
    });

    proptest! {
        #[test]
        fn a_mad_answer_gives_usable_tokens_or_none(
            field in prop::sample::select(vec![
                "authToken", "expiration", "refreshToken", "domainServerName", "mustResetPassword",
                "redirectUrl",
            ]),
            value in madness(),
            status in prop::sample::select(vec![200_u16, 201, 204, 400, 401, 403, 418, 500]),
        ) {
            let mut payload = json!({
                "authToken": "a.b.c", "expiration": 1, "refreshToken": "r", "redirectUrl": "/parent/",
                "domainServerName": "abc.ouderportaal.nl", "mustResetPassword": false,
            });
            payload[field] = value;
            let answer = Answer {
                status: StatusCode::from_u16(status).unwrap(),
                headers: HeaderMap::new(),
                body: payload.to_string().into(),
            };
            if let Ok(tokens) = PORTAL.tokens(&answer, "sanne", "login") {
                prop_assert!(status < 300);
                prop_assert!(tokens.auth_token.expose_secret().is_ascii());
                prop_assert!(tokens.expires_at > PORTAL.clock.now());
            }
        }
    }

    #[test]
    fn a_host_cookie_keeps_the_rules_of_its_name() {
        let good =
            "__Host-refresh_token=abc.def; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600";
        assert_eq!(host_cookie(good), Some("abc.def".into()));
        for bad in [
            "__Host-refresh_token=abc; Path=/; HttpOnly",
            "__Host-refresh_token=abc; Path=/auth; Secure",
            "__Host-refresh_token=abc; Path=/; Secure; Domain=ouderportaal.nl",
            "__Host-refresh_token=; Path=/; Secure",
            "refresh_token=abc; Path=/; Secure",
            "nonsense",
        ] {
            assert_eq!(host_cookie(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_token_tells_its_own_end() {
        let claims = URL_SAFE_NO_PAD.encode(br#"{"exp":1791324900}"#);
        assert_eq!(
            jwt_expiry(&format!("h.{claims}.s")),
            DateTime::from_timestamp(1_791_324_900, 0)
        );
        assert_eq!(jwt_expiry("no token"), None);
    }
}
