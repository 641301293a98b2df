//! Photos and videos of a card or a message.

use crate::media::{MediaLink, MediaSource};
use crate::wire::field::List;
use crate::wire::timeline::WirePhoto;
use schriftje_model::{
    Cached, ChildId, Day, MediaId, MediaKind, MediaSize, Photo, PhotoId, Saveable,
};
use url::Url;

/// The photos of a list, and how many of it could not be read. One without a day of its own is of
/// `day`.
pub(crate) fn photos(
    base: &Url,
    day: Option<Day>,
    wire: List<WirePhoto>,
    links: &mut Vec<MediaLink>,
) -> (Vec<Photo>, u32) {
    let mut unreadable = wire.broken;
    let mut photos: Vec<Photo> = Vec::with_capacity(wire.items.len());
    for wire in wire.items {
        match photo(base, day, wire, links) {
            Some(photo) if photos.iter().any(|known| known.id == photo.id) => {}
            Some(photo) => photos.push(photo),
            None => unreadable += 1,
        }
    }
    (photos, unreadable)
}

fn photo(
    base: &Url,
    day: Option<Day>,
    wire: WirePhoto,
    links: &mut Vec<MediaLink>,
) -> Option<Photo> {
    let id = wire.id?;
    let day = wire.date.or(day)?;
    let kind = match wire.media_type.as_deref() {
        Some(kind) if kind.eq_ignore_ascii_case("video") => MediaKind::Video,
        _ => MediaKind::Photo,
    };
    for (size, url) in [
        (MediaSize::Thumb, wire.urls.thumb_url),
        (MediaSize::Medium, wire.urls.medium_url),
        (MediaSize::Full, wire.urls.full_size_url),
    ] {
        if let Some(source) = url.and_then(|url| MediaSource::read(base, &url)) {
            links.push(MediaLink { id: MediaId(id.clone()), kind, size, source });
        }
    }
    let (caption, machine_description) = if wire.generated_description {
        (None, wire.description)
    } else {
        (wire.description, None)
    };
    let mut own_children: Vec<ChildId> = Vec::new();
    for tag in wire.child_tags.items {
        if let (Some(person), true) = (tag.person_id, tag.own_child) {
            let child = ChildId(person);
            if !own_children.contains(&child) {
                own_children.push(child);
            }
        }
    }
    Some(Photo {
        id: PhotoId(id),
        day,
        kind,
        caption,
        machine_description,
        own_children,
        cached: Cached::Nothing,
        saveable: Saveable::Yes,
    })
}
