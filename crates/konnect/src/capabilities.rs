//! What a portal offers beyond the observed calls, by one GET of our own that goes out without token or cookie.

use crate::call::Call;
use crate::error::PortalError;
use crate::http::{Http, outside_link, parse};
use crate::write_limits::WriteLimits;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

/// The marker that tells a portal of ours from a web app that answers everything with 200.
const FORMAT: &str = "schriftje-parent-api";
const MOST_FEATURES: usize = 100;

/// What a portal offers beyond the observed calls. It may be kept as JSON; what an older version of
/// this program kept reads too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Capabilities {
    /// The version of the extension; `None` is a plain Konnect portal.
    pub version: Option<u32>,
    /// The names of what it offers, such as `media`.
    pub features: Vec<String>,
    /// What it takes when something is written.
    pub limits: WriteLimits,
    /// Pages it names.
    pub links: PageLinks,
}

impl Capabilities {
    /// A plain Konnect portal: the observed calls and nothing else.
    pub fn plain() -> Self {
        Self::default()
    }

    /// Whether it is a plain Konnect portal.
    pub fn is_plain(&self) -> bool {
        self.version.is_none() && self.features.is_empty()
    }

    /// Whether it offers `feature`.
    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|name| name == feature)
    }

    /// Whether messages can be written, answered and marked read.
    pub fn offers_messages(&self) -> bool {
        self.has("messages")
    }

    /// Whether diary entries can be written.
    pub fn offers_diary(&self) -> bool {
        self.has("diary")
    }

    /// Whether photos and videos can go along.
    pub fn offers_uploads(&self) -> bool {
        self.has("uploads") && self.limits.uploads > 0
    }

    /// Whether it tells of changes as they happen.
    pub fn offers_events(&self) -> bool {
        self.has("events")
    }
}

/// Pages a portal names; on the portal itself, or https.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PageLinks {
    /// The privacy statement.
    pub privacy: Option<Url>,
    /// Responsible disclosure.
    pub disclosure: Option<Url>,
    /// The sign-in page, where it is another than the usual one.
    pub sign_in: Option<Url>,
}

impl Http {
    /// Anything but 200 with JSON that carries our marker is a plain portal. Only a network that
    /// fails is an error: it says nothing about the portal.
    pub(crate) async fn capabilities(&self) -> Result<Capabilities, PortalError> {
        let answer = match self.send(Call::get("parent-api/v1/capabilities")).await {
            Ok(answer) => answer,
            Err(e) if e.is_network() || e == PortalError::Certificate => return Err(e),
            Err(_) => return Ok(Capabilities::plain()),
        };
        if answer.status.as_u16() != 200 {
            return Ok(Capabilities::plain());
        }
        Ok(parse(&answer)
            .ok()
            .and_then(|json| read(self.address.base(), &json))
            .unwrap_or_default())
    }
}

fn read(base: &Url, json: &Value) -> Option<Capabilities> {
    if json.get("format")?.as_str()? != FORMAT {
        return None;
    }
    let version = u32::try_from(json.get("version")?.as_u64()?).ok()?;
    let features = json.get("features").and_then(Value::as_array).map_or_else(Vec::new, |names| {
        names
            .iter()
            .filter_map(Value::as_str)
            .filter(|name| name.len() <= 60)
            .take(MOST_FEATURES)
            .map(str::to_owned)
            .collect()
    });
    let link = |name| {
        json.pointer(&format!("/links/{name}"))
            .and_then(Value::as_str)
            .and_then(|text| outside_link(base, text))
    };
    let links = PageLinks {
        privacy: link("privacy"),
        disclosure: link("disclosure"),
        sign_in: link("signIn"),
    };
    let limits = WriteLimits::read(json.get("limits"));
    Some(Capabilities { version: Some(version), features, limits, links })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_kept_reads_again_also_from_an_older_version() {
        let base = Url::parse("https://abc.ouderportaal.nl/").unwrap();
        let answer = json!({
            "format": FORMAT, "version": 1, "features": ["messages", "uploads"],
            "limits": {"textCharacters": 500}, "links": {"privacy": "/privacy"},
        });
        let read = read(&base, &answer).unwrap();
        assert!(read.offers_messages() && read.offers_uploads());
        assert!(!read.offers_diary() && !read.offers_events());
        let kept = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Capabilities>(&kept).unwrap(), read);
        let older: Capabilities = serde_json::from_str(r#"{"features":["media"]}"#).unwrap();
        assert!(older.has("media") && !older.is_plain());
        assert_eq!(older.limits, WriteLimits::default());
        let plain: Capabilities = serde_json::from_str(r#"{"features":[]}"#).unwrap();
        assert!(plain.is_plain());
    }
}
