//! What a portal takes when something is written, as its capabilities say.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Types of files in one list.
const MOST_TYPES: usize = 20;

/// What a portal takes when something is written. What it does not say, or says outside of all
/// reason, is taken to be the usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WriteLimits {
    /// Characters of a subject.
    pub subject_characters: u32,
    /// Characters of a text.
    pub text_characters: u32,
    /// Photos and videos with one message or entry; 0 takes none.
    pub uploads: u32,
    /// Bytes of one photo or video.
    pub upload_bytes: u64,
    /// Pixels of a photo on its longer side.
    pub photo_pixels: u32,
    /// MIME types of photos; never empty, as a JPEG can be made of any other.
    pub photo_types: Vec<String>,
    /// MIME types of videos; empty when the organisation takes no videos.
    pub video_types: Vec<String>,
    /// For how many hours a write is known again by its key; 0 is not at all.
    pub idempotency_hours: u32,
}

impl Default for WriteLimits {
    fn default() -> Self {
        Self {
            subject_characters: 120,
            text_characters: 10_000,
            uploads: 20,
            upload_bytes: 100 << 20,
            photo_pixels: 2560,
            photo_types: vec!["image/jpeg".to_owned()],
            video_types: Vec::new(),
            idempotency_hours: 24,
        }
    }
}

impl WriteLimits {
    /// Reads the `limits` of an answer, whatever it is.
    pub(crate) fn read(json: Option<&Value>) -> Self {
        let usual = Self::default();
        let within = |name: &str, least: u64, most: u64, usual: u64| {
            let said = json.and_then(|json| json.get(name)).and_then(Value::as_u64);
            said.filter(|said| *said >= least).unwrap_or(usual).min(most)
        };
        let number = |name, least, most, usual: u32| {
            u32::try_from(within(name, least, most, usual.into())).unwrap_or(usual)
        };
        let types = |name, of: &str| -> Vec<String> {
            let list = json.and_then(|json| json.get(name)).and_then(Value::as_array);
            let names = list.into_iter().flatten().filter_map(Value::as_str);
            let names = names.map(|name| name.trim().to_ascii_lowercase());
            names.filter(|name| is_type(name, of)).take(MOST_TYPES).collect()
        };
        let photo_types = types("photoTypes", "image/");
        Self {
            subject_characters: number("subjectCharacters", 1, 1000, usual.subject_characters),
            text_characters: number("textCharacters", 1, 100_000, usual.text_characters),
            uploads: number("uploads", 0, 100, usual.uploads),
            upload_bytes: within("uploadBytes", 1, 2 << 30, usual.upload_bytes),
            photo_pixels: number("photoPixels", 320, 10_000, usual.photo_pixels),
            photo_types: if photo_types.is_empty() { usual.photo_types } else { photo_types },
            video_types: types("videoTypes", "video/"),
            idempotency_hours: number("idempotencyHours", 0, 720, usual.idempotency_hours),
        }
    }
}

/// A MIME type of that kind, without parameters.
fn is_type(name: &str, of: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
    name.len() <= 60
        && name.strip_prefix(of).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::timeline_tests::madness;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_portals_own_limits_are_taken() {
        let limits = json!({
            "subjectCharacters": 80, "textCharacters": 5000, "uploads": 0, "uploadBytes": 1_000_000,
            "photoPixels": 1920, "photoTypes": ["image/jpeg", "image/HEIC", "text/html", 7],
            "videoTypes": ["video/mp4", "video/mp4; codecs=x", "video/"], "idempotencyHours": 48,
            "more": {},
        });
        let read = WriteLimits::read(Some(&limits));
        let expected = WriteLimits {
            subject_characters: 80,
            text_characters: 5000,
            uploads: 0,
            upload_bytes: 1_000_000,
            photo_pixels: 1920,
            photo_types: vec!["image/jpeg".into(), "image/heic".into()],
            video_types: vec!["video/mp4".into()],
            idempotency_hours: 48,
        };
        assert_eq!(read, expected);
        let kept = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<WriteLimits>(&kept).unwrap(), expected);
    }

    #[test]
    fn nothing_said_and_nonsense_are_the_usual() {
        for json in [json!(null), json!([]), json!({"uploads": -1, "photoTypes": "image/png"})] {
            assert_eq!(WriteLimits::read(Some(&json)), WriteLimits::default());
        }
        assert_eq!(WriteLimits::read(None), WriteLimits::default());
        assert_eq!(serde_json::from_str::<WriteLimits>("{}").unwrap(), WriteLimits::default());
    }

    proptest! {
        #[test]
        fn limits_stay_within_reason(value in any::<u64>(), mad in madness()) {
            let names = ["subjectCharacters", "textCharacters", "uploads", "uploadBytes",
                "photoPixels", "idempotencyHours"];
            let mut limits: Value =
                names.iter().map(|name| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into();
            limits["photoTypes"] = mad;
            let read = WriteLimits::read(Some(&limits));
            prop_assert!((1..=1000).contains(&read.subject_characters));
            prop_assert!((1..=100_000).contains(&read.text_characters));
            prop_assert!((1..=2 << 30).contains(&read.upload_bytes));
            prop_assert!((320..=10_000).contains(&read.photo_pixels));
            prop_assert!(read.uploads <= 100 && read.idempotency_hours <= 720);
            prop_assert!(!read.photo_types.is_empty());
        }
    }
}
