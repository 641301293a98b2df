//! Children and their pictures.

use super::digest::short_digest;
use crate::error::PortalError;
use crate::media::{MediaLink, MediaSource};
use crate::wire::child::{ChildrenAnswer, WireChild, WireUrls};
use schriftje_model::{CardChild, Child, ChildId, MediaId, MediaKind, MediaSize};
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// The children of an account, and where their pictures are just now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Children {
    /// Those that attend first, each group in the portal's order.
    pub children: Vec<Child>,
    /// Their pictures.
    pub avatars: Vec<MediaLink>,
    /// How many could not be read.
    pub unreadable: u32,
}

pub(crate) fn children(base: &Url, answer: Value) -> Result<Children, PortalError> {
    let changed = PortalError::Changed { what: "children" };
    let answer = ChildrenAnswer::deserialize(answer).map_err(|_| changed.clone())?;
    let mut mapped = Children {
        unreadable: answer.active_children.broken + answer.inactive_children.broken,
        ..Children::default()
    };
    let active = answer.active_children.items.into_iter().map(|child| (child, true));
    let inactive = answer.inactive_children.items.into_iter().map(|child| (child, false));
    for (wire, attends) in active.chain(inactive) {
        let Some((id, first_name)) = identity(&wire) else {
            mapped.unreadable += 1;
            continue;
        };
        if mapped.children.iter().any(|known| known.id == id) {
            continue;
        }
        let avatar = avatar(base, &id, wire.avatars.as_ref(), &mut mapped.avatars);
        mapped.children.push(Child {
            full_name: full_name(&wire, &first_name),
            id,
            first_name,
            attends,
            groups: wire.active_groups.items.into_iter().filter_map(|group| group.name).collect(),
            date_of_birth: wire.date_of_birth,
            avatar,
        });
    }
    if mapped.children.is_empty() && mapped.unreadable > 0 {
        return Err(changed);
    }
    Ok(mapped)
}

pub(crate) fn card_child(
    base: &Url,
    wire: &WireChild,
    avatars: &mut Vec<MediaLink>,
) -> Option<CardChild> {
    let (id, first_name) = identity(wire)?;
    let avatar = avatar(base, &id, wire.avatars.as_ref(), avatars);
    Some(CardChild { id, first_name, group: wire.child_group.clone(), avatar })
}

fn identity(wire: &WireChild) -> Option<(ChildId, String)> {
    let name = wire.first_name.clone().or_else(|| {
        let full = wire.fullname.as_ref().or(wire.last_name.as_ref())?;
        Some(full.split_whitespace().next()?.to_owned())
    })?;
    Some((ChildId(wire.id.clone()?), name))
}

fn full_name(wire: &WireChild, first_name: &str) -> String {
    wire.fullname.clone().unwrap_or_else(|| {
        let rest = [wire.middle_name.as_deref(), wire.last_name.as_deref()];
        std::iter::once(first_name)
            .chain(rest.into_iter().flatten().filter(|name| *name != first_name))
            .collect::<Vec<_>>()
            .join(" ")
    })
}

/// An avatar has no identity at the portal: ours is its owner's, with a hash of the path of its
/// largest size. Without smaller sizes of its own, the largest stands for them.
fn avatar(
    base: &Url,
    owner: &ChildId,
    urls: Option<&WireUrls>,
    links: &mut Vec<MediaLink>,
) -> Option<MediaId> {
    let urls = urls?;
    let source = |url: &Option<String>| MediaSource::read(base, url.as_deref()?);
    let (thumb, medium, full) =
        (source(&urls.thumb_url), source(&urls.medium_url), source(&urls.full_size_url));
    let largest = full.clone().or_else(|| medium.clone()).or_else(|| thumb.clone())?;
    let id = MediaId(format!("avatar-{}", short_digest(&[owner.as_str(), largest.path()])));
    if !links.iter().any(|link| link.id == id) {
        for (size, source) in [
            (MediaSize::Thumb, thumb.or_else(|| medium.clone()).unwrap_or_else(|| largest.clone())),
            (MediaSize::Medium, medium.unwrap_or_else(|| largest.clone())),
            (MediaSize::Full, largest),
        ] {
            links.push(MediaLink { id: id.clone(), kind: MediaKind::Photo, size, source });
        }
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::timeline_tests::{madness, places};
    use proptest::prelude::*;
    use proptest::sample::Index;
    use serde_json::json;

    fn read(answer: Value) -> Result<Children, PortalError> {
        children(&Url::parse("https://abc.ouderportaal.nl/").unwrap(), answer)
    }

    #[test]
    fn children_are_read_with_their_groups_and_whether_they_attend() {
        let mapped = read(json!({
            "activeChildren": [{
                "id": "a1", "fullname": "Noortje van der Bloem", "firstName": "Noortje",
                "lastName": "Bloem", "activeGroups": [{"name": "Hamsters"}, {"name": null}],
                "dateOfBirth": 1_791_324_000_000_i64,
            }],
            "inactiveChildren": [
                {"id": "a2", "fullname": "Ties Bloem"},
                {"id": "a1", "fullname": "Noortje, twice"},
                {"fullname": "Nobody"},
            ],
        }))
        .unwrap();
        assert_eq!(mapped.unreadable, 1);
        let [noortje, ties] = &mapped.children[..] else { panic!("{mapped:?}") };
        assert_eq!(noortje.full_name, "Noortje van der Bloem");
        assert_eq!(noortje.groups, ["Hamsters"]);
        assert_eq!(noortje.date_of_birth.unwrap().to_string(), "2026-10-07");
        assert!(noortje.attends && !ties.attends);
        assert_eq!((ties.first_name.as_str(), ties.full_name.as_str()), ("Ties", "Ties Bloem"));
    }

    proptest! {
        #[test]
        fn mutilated_children_are_read_or_refused(place in any::<Index>(), value in madness()) {
            let mut answer = json!({
                "activeChildren": [{"id": "a1", "fullname": "Noor", "activeGroups": [{"name": "x"}]}],
                "inactiveChildren": [{"id": 2, "firstName": "Ties", "avatars": {"fullSizeUrl": "/a"}}],
            });
            let mut found = Vec::new();
            places(&answer, "", &mut found);
            if let Some(target) = answer.pointer_mut(place.get::<String>(&found)) {
                *target = value;
            }
            match read(answer) {
                Ok(read) => prop_assert!(read.children.iter().all(|child| !child.id.as_str().is_empty())),
                Err(e) => prop_assert_eq!(e, PortalError::Changed { what: "children" }),
            }
        }
    }

    #[test]
    fn no_child_yet_is_fine_and_another_shape_is_not() {
        assert_eq!(read(json!({"activeChildren": []})), Ok(Children::default()));
        for answer in [json!([]), json!({}), json!(null), json!({"activeChildren": [{"naam": 1}]})]
        {
            assert_eq!(read(answer), Err(PortalError::Changed { what: "children" }));
        }
    }
}
