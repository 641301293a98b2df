//! `/parent`, `/customer/info` and `/notification/notifications`.

use super::field;
use serde::Deserialize;

/// `GET /restservices-parent/parent` (C).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ParentAnswer {
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) fullname: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) email_address: Option<String>,
}

/// `GET /restservices-parent/customer/info` (C).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CustomerAnswer {
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) customer_name: Option<String>,
}

/// `GET /restservices-parent/notification/notifications` (C, D).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "these are the portal's names")]
pub(crate) struct CountersAnswer {
    #[serde(default)]
    pub(crate) nr_of_new_messages: Option<u32>,
    #[serde(default)]
    pub(crate) nr_of_new_news_items: Option<u32>,
    #[serde(default)]
    pub(crate) nr_of_new_newsletters: Option<u32>,
}
