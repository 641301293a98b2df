//! `/children/` (B, C), and children as they stand on a card (A, B).

use super::field::{self, List};
use schriftje_model::Day;
use serde::Deserialize;

/// `GET /restservices-parent/children/`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ChildrenAnswer {
    #[serde(deserialize_with = "field::list")]
    pub(crate) active_children: List<WireChild>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) inactive_children: List<WireChild>,
}

/// A child in either place.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireChild {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) id: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) fullname: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) first_name: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) middle_name: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) last_name: Option<String>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) active_groups: List<WireGroup>,
    #[serde(default, deserialize_with = "group")]
    pub(crate) child_group: Option<String>,
    #[serde(default, deserialize_with = "field::day")]
    pub(crate) date_of_birth: Option<Day>,
    #[serde(default, deserialize_with = "field::object")]
    pub(crate) avatars: Option<WireUrls>,
}

/// A group.
#[derive(Deserialize)]
pub(crate) struct WireGroup {
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) name: Option<String>,
}

/// The addresses of a picture in its sizes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "these are the portal's names")]
pub(crate) struct WireUrls {
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) full_size_url: Option<String>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) medium_url: Option<String>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) thumb_url: Option<String>,
}

/// The group on a card: its name, or an object that has one (only null was ever seen).
fn group<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    let value = serde_json::Value::deserialize(d)?;
    Ok(field::as_line(value.get("name").unwrap_or(&value)))
}
