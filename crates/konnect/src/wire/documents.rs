//! `/administration/{type}/overview/{from}/{to}` (A).

use super::field;
use schriftje_model::Day;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireDocument {
    #[serde(default, deserialize_with = "field::maybe_flag")]
    pub(crate) has_attachment: Option<bool>,
    #[serde(default, deserialize_with = "field::day")]
    pub(crate) item_date: Option<Day>,
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) admin_id: Option<String>,
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) item_id: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) subject: Option<String>,
}
