//! `/calendar/{from}/until/{to}` (D, F), and the planning of our own extension.

use super::field::{self, List};
use chrono::{DateTime, NaiveTime, Utc};
use schriftje_model::Day;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The observed calendar.
#[derive(Deserialize)]
pub(crate) struct WireCalendar {
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) days: List<WireDay>,
}

#[derive(Deserialize)]
pub(crate) struct WireDay {
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) children: List<WireDayOfChild>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireDayOfChild {
    #[serde(default, deserialize_with = "field::object")]
    pub(crate) child: Option<WireDayChild>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) combined_planning_parts: List<WireCombined>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireDayChild {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) id: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) first_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireCombined {
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) planning_parts: List<WirePart>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WirePart {
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) start_time: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) end_time: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) extra_info: Option<String>,
    #[serde(default, deserialize_with = "field::object")]
    pub(crate) planned_attendance_code: Option<WireCode>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) to_confirm_product: bool,
}

#[derive(Deserialize)]
pub(crate) struct WireCode {
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) code: Option<String>,
}

/// What the observed calendar leaves out.
#[derive(Deserialize)]
pub(crate) struct WireDetails {
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) slots: List<WireSlotDetails>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) days: List<WireMark>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireSlotDetails {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) child_id: Option<String>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) start: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::instant")]
    pub(crate) end: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) group: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) kind: Option<String>,
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) request_id: Option<String>,
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) line_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireMark {
    #[serde(default, deserialize_with = "field::day")]
    pub(crate) day: Option<Day>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) closed: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) school_holiday: Option<String>,
}

/// What holds at the organisation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireRules {
    #[serde(default, deserialize_with = "field::day")]
    pub(crate) furthest: Option<Day>,
    #[serde(default, deserialize_with = "count")]
    pub(crate) longest_period: Option<u32>,
    #[serde(default, deserialize_with = "field::text")]
    pub(crate) extra: Option<String>,
    #[serde(default, deserialize_with = "field::text")]
    pub(crate) swap: Option<String>,
    #[serde(default, deserialize_with = "field::text")]
    pub(crate) absence: Option<String>,
    #[serde(default, deserialize_with = "field::text")]
    pub(crate) contract: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) credits: Option<String>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) groups: List<WirePhone>,
}

#[derive(Deserialize)]
pub(crate) struct WirePhone {
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) group: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) phone: Option<String>,
}

fn count<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u32>, D::Error> {
    Ok(as_count(&Value::deserialize(d)?))
}

pub(crate) fn as_count(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

/// A time of the day, `HH:MM`.
pub(crate) fn as_time(value: &Value) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(value.as_str()?.trim(), "%H:%M").ok()
}
