//! Single fields as the portal writes them: text, identities, numbers, dates. A field of another
//! type than expected reads as absent; whoever needs it decides what that means.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Europe::Amsterdam;
use schriftje_model::{Day, day_of_epoch_ms};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Longer than any name or code.
const LONGEST_LINE: usize = 300;
/// Longer than any caption.
const LONGEST_TEXT: usize = 20_000;
const LONGEST_ID: usize = 200;

fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    Value::deserialize(deserializer)
}

/// Text on one line, trimmed; empty reads as absent.
pub(crate) fn line<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(as_line(&value(d)?))
}

/// Text that may have several lines; empty reads as absent.
pub(crate) fn text<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(as_text(&value(d)?))
}

/// Text exactly as it came, such as HTML or a URL.
pub(crate) fn raw<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    match value(d)? {
        Value::String(text) => Ok(Some(text)),
        _ => Ok(None),
    }
}

/// An identity: text or a number.
pub(crate) fn id<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(as_id(&value(d)?))
}

/// True or false, also as a text or a number; anything else reads as false.
pub(crate) fn flag<'de, D: Deserializer<'de>>(d: D) -> Result<bool, D::Error> {
    Ok(match value(d)? {
        Value::Bool(flag) => flag,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        Value::Number(number) => number.as_f64() == Some(1.0),
        _ => false,
    })
}

/// True or false where the field says so, else absent.
pub(crate) fn maybe_flag<'de, D: Deserializer<'de>>(d: D) -> Result<Option<bool>, D::Error> {
    let value = value(d)?;
    Ok(if value.is_null() { None } else { flag(value).ok() })
}

/// A day: epoch milliseconds at midnight in Amsterdam (B), or an ISO date.
pub(crate) fn day<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Day>, D::Error> {
    Ok(as_day(&value(d)?))
}

/// An instant: epoch milliseconds, or ISO text.
pub(crate) fn instant<'de, D: Deserializer<'de>>(d: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    Ok(as_instant(&value(d)?))
}

/// An object, or absent when it is not one of that shape.
pub(crate) fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    d: D,
) -> Result<Option<T>, D::Error> {
    let value = value(d)?;
    Ok(if value.is_object() { T::deserialize(value).ok() } else { None })
}

/// A list whose broken items are left out and counted.
pub(crate) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    d: D,
) -> Result<List<T>, D::Error> {
    let Value::Array(values) = value(d)? else { return Ok(List::default()) };
    let mut list = List { items: Vec::with_capacity(values.len().min(1000)), broken: 0 };
    for value in values {
        match T::deserialize(value) {
            Ok(item) => list.items.push(item),
            Err(_) => list.broken += 1,
        }
    }
    Ok(list)
}

/// A list whose broken items were left out.
#[derive(Debug)]
pub(crate) struct List<T> {
    pub(crate) items: Vec<T>,
    pub(crate) broken: u32,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), broken: 0 }
    }
}

pub(crate) fn as_line(value: &Value) -> Option<String> {
    let shown: String = value
        .as_str()?
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_unprintable(*c))
        .take(LONGEST_LINE)
        .collect();
    trimmed(&shown)
}

/// Text that may have several lines; empty reads as absent.
pub(crate) fn as_text(value: &Value) -> Option<String> {
    let text = value.as_str()?.chars();
    let shown: String =
        text.filter(|c| *c != '\r' && !is_unprintable(*c)).take(LONGEST_TEXT).collect();
    trimmed(&shown)
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Control characters, and those that turn the direction of the text around them.
pub(crate) fn is_unprintable(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

pub(crate) fn as_id(value: &Value) -> Option<String> {
    let id = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        _ => return None,
    };
    // Identities become parts of addresses and lists in our own program.
    let plain = id.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'/' | b'\\' | b','));
    (!id.is_empty() && id.len() <= LONGEST_ID && plain && !matches!(id.as_str(), "." | ".."))
        .then_some(id)
}

/// An identity as a part of a path; `None` for what is none and might lead elsewhere.
pub(crate) fn segment(id: &str) -> Option<String> {
    let id = as_id(&Value::from(id))?;
    Some(url::form_urlencoded::byte_serialize(id.as_bytes()).collect())
}

pub(crate) fn as_day(value: &Value) -> Option<Day> {
    let day = match value {
        Value::String(text) => match text.trim().parse::<NaiveDate>() {
            Ok(day) => day,
            Err(_) => in_amsterdam(as_instant(value)?),
        },
        _ => day_of_epoch_ms(epoch_ms(value)?)?,
    };
    (1900..=2200).contains(&day.year()).then_some(day)
}

fn in_amsterdam(instant: DateTime<Utc>) -> Day {
    instant.with_timezone(&Amsterdam).date_naive()
}

pub(crate) fn as_instant(value: &Value) -> Option<DateTime<Utc>> {
    if let Some(ms) = epoch_ms(value) {
        return DateTime::from_timestamp_millis(ms);
    }
    let text = value.as_str()?.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.to_utc());
    }
    // An offset without its colon, as Java writes it.
    if let Ok(instant) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(instant.to_utc());
    }
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0))?;
    Some(Amsterdam.from_local_datetime(&local).earliest()?.to_utc())
}

fn epoch_ms(value: &Value) -> Option<i64> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
        Value::Number(number) => number.as_i64().or_else(|| {
            let float = number.as_f64()?;
            (float.is_finite() && float.abs() < 1e15).then(|| float.trunc() as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_day_is_the_one_in_amsterdam_in_every_form() {
        // Midnight of 7 October 2026 in Amsterdam is still the 6th in UTC.
        let day: Day = "2026-10-07".parse().unwrap();
        for value in [
            json!(1_791_324_000_000_i64),
            json!("1791324000000"),
            json!(1_791_324_000_000.0),
            json!("2026-10-07"),
            json!("2026-10-07T00:00:00"),
            json!("2026-10-06T22:00:00Z"),
            json!("2026-10-07T00:00:00+02:00"),
            json!("2026-10-07T00:00:00.000+0200"),
        ] {
            assert_eq!(as_day(&value), Some(day), "{value}");
        }
    }

    #[test]
    fn nonsense_is_no_day() {
        for value in [
            json!(null),
            json!(true),
            json!([1]),
            json!(""),
            json!("gisteren"),
            json!(i64::MAX),
            json!(1e300),
            json!("-262144-01-01"),
            json!(99_999_999_999_999_i64),
        ] {
            assert_eq!(as_day(&value), None, "{value}");
        }
    }

    #[test]
    fn identities_are_plain() {
        assert_eq!(as_id(&json!("c0ffee")), Some("c0ffee".into()));
        assert_eq!(as_id(&json!(12)), Some("12".into()));
        for value in [json!("../x"), json!(""), json!(".."), json!("a b"), json!(1.5), json!("é")]
        {
            assert_eq!(as_id(&value), None, "{value}");
        }
    }

    #[test]
    fn an_identity_in_a_path_leads_nowhere_else() {
        assert_eq!(segment("3f-2_a.B"), Some("3f-2_a.B".into()));
        assert_eq!(segment("a?b#c%2e"), Some("a%3Fb%23c%252e".into()));
        for elsewhere in ["", ".", "..", "a/b", "a\\b", "a b"] {
            assert_eq!(segment(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_name_cannot_turn_the_text_around_it() {
        assert_eq!(as_line(&json!(" Sam\u{202e}\n Test\u{0} ")), Some("Sam  Test".into()));
    }

    proptest! {
        #[test]
        fn any_text_or_number_reads_without_panic(text in ".{0,40}", number in any::<i64>(), float in any::<f64>()) {
            for value in [json!(text), json!(number), json!(float), json!(number.to_string())] {
                let _ = (as_day(&value), as_instant(&value), as_id(&value), as_line(&value));
            }
        }
    }
}
