//! `/timeline/cards/v2/{offset}` (A, B).

use super::child::{WireChild, WireUrls};
use super::field::{self, List};
use schriftje_model::Day;
use serde::Deserialize;

/// A card.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireCard {
    #[serde(default, deserialize_with = "field::day")]
    pub(crate) date: Option<Day>,
    #[serde(default, rename = "type", deserialize_with = "field::line")]
    pub(crate) kind: Option<String>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) children: List<WireChild>,
    #[serde(default, deserialize_with = "field::object")]
    pub(crate) journal: Option<WireJournal>,
    #[serde(default, deserialize_with = "photo_list")]
    pub(crate) photos: Option<List<WirePhoto>>,
}

/// A diary entry.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireJournal {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) journal_id: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) written_by_name: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) written_by_type: Option<String>,
    /// Text and day rhythm together, when the next two are not given apart.
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) content: Option<String>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) journal_content: Option<String>,
    #[serde(default, deserialize_with = "field::raw")]
    pub(crate) day_rythm_content: Option<String>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) photos: List<WirePhoto>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) attachment_content_items: List<WireAttachment>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) edited: bool,
    #[serde(default, deserialize_with = "field::maybe_flag")]
    pub(crate) is_new: Option<bool>,
}

/// A photo or video.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WirePhoto {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) id: Option<String>,
    #[serde(default, deserialize_with = "field::text")]
    pub(crate) description: Option<String>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) generated_description: bool,
    #[serde(default, deserialize_with = "field::day")]
    pub(crate) date: Option<Day>,
    #[serde(default, deserialize_with = "field::list")]
    pub(crate) child_tags: List<WireTag>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) media_type: Option<String>,
    #[serde(default, deserialize_with = "field::maybe_flag")]
    pub(crate) new: Option<bool>,
    #[serde(flatten)]
    pub(crate) urls: WireUrls,
}

/// A person in a photo.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireTag {
    #[serde(default, deserialize_with = "field::id")]
    pub(crate) person_id: Option<String>,
    #[serde(default, deserialize_with = "field::flag")]
    pub(crate) own_child: bool,
}

/// A file with an entry. Its fields were never seen; a name is looked for where one may stand.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireAttachment {
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) file_name: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) name: Option<String>,
    #[serde(default, deserialize_with = "field::line")]
    pub(crate) title: Option<String>,
}

/// Absent and empty are different: a photo card without `photos` is not understood.
fn photo_list<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<List<WirePhoto>>, D::Error> {
    let value = serde_json::Value::deserialize(d)?;
    if !value.is_array() {
        return Ok(None);
    }
    Ok(field::list(value).ok())
}
