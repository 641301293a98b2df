//! Where the children go, as our extension tells it: locations, team, pages.

use super::html;
use crate::media::{MediaLink, MediaSource};
use crate::wire::field::{as_id, as_instant, as_line, as_text};
use schriftje_model::{
    ArticleId, AttachedCount, AttachedFile, CareGroup, CareLocation, ChildId, Contact, InfoPage,
    InfoPageTitle, MediaId, MediaKind, MediaSize, OpeningHours, Places, TeamMember,
};
use serde_json::Value;
use url::Url;

/// Of anything in one answer.
const MOST: usize = 200;

/// The items of a list that can be read, up to a bound.
pub(crate) fn each<T>(list: &Value, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    list.as_array().into_iter().flatten().take(MOST).filter_map(read).collect()
}

fn line(value: &Value) -> String {
    as_line(value).unwrap_or_default()
}

pub(crate) fn places(answer: &Value) -> Places {
    let organisation = &answer["organisation"];
    Places {
        name: line(&organisation["name"]),
        contact: contact(organisation),
        locations: each(&answer["locations"], location),
    }
}

fn contact(of: &Value) -> Contact {
    Contact {
        phone: as_line(&of["phone"]),
        email: as_line(&of["email"]),
        website: of["website"].as_str().and_then(website),
    }
}

fn website(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    (url.scheme() == "https" && url.has_host()).then(|| url.into())
}

fn location(wire: &Value) -> Option<CareLocation> {
    let address = &wire["address"];
    let town = [line(&address["postalCode"]), line(&address["city"])];
    Some(CareLocation {
        name: as_line(&wire["name"])?,
        street: line(&address["street"]),
        town: town.join("  ").trim().to_owned(),
        contact: contact(wire),
        opening_hours: each(&wire["openingHours"], hours),
        note: as_line(&wire["note"]),
        groups: each(&wire["groups"], |group| {
            Some(CareGroup {
                name: as_line(&group["name"])?,
                phone: as_line(&group["phone"]),
                children: each(&group["childIds"], |id| as_id(id).map(ChildId)),
            })
        }),
    })
}

fn hours(wire: &Value) -> Option<OpeningHours> {
    let weekday = u8::try_from(wire["weekday"].as_u64()?).ok()?;
    let clock = |field: &Value| {
        as_line(field)?.parse::<chrono::NaiveTime>().ok().map(|at| at.format("%H:%M").to_string())
    };
    let (opens, closes) = (clock(&wire["opens"])?, clock(&wire["closes"])?);
    ((1..=7).contains(&weekday)).then_some(OpeningHours { weekday, opens, closes })
}

/// The team, and where its pictures are just now.
pub(crate) fn team(base: &Url, answer: &Value) -> (Vec<TeamMember>, Vec<MediaLink>) {
    let mut links = Vec::new();
    let members = answer["members"].as_array().into_iter().flatten().take(MOST);
    let members = members
        .filter_map(|wire| {
            Some(TeamMember {
                id: as_id(&wire["id"])?,
                name: as_line(&wire["name"])?,
                role: line(&wire["role"]),
                groups: each(&wire["groups"], as_line),
                text: as_text(&wire["text"]),
                picture: picture(base, &wire["picture"], &["url"], &mut links),
            })
        })
        .collect();
    (members, links)
}

/// A picture with an identity of its own, and its addresses from the smallest to the largest.
pub(crate) fn picture(
    base: &Url,
    wire: &Value,
    addresses: &[&str],
    links: &mut Vec<MediaLink>,
) -> Option<MediaId> {
    let id = MediaId(format!("fact-{}", as_id(&wire["id"])?));
    let sources: Vec<MediaSource> = addresses
        .iter()
        .filter_map(|name| MediaSource::read(base, wire[*name].as_str()?))
        .collect();
    let (first, last) = (sources.first()?.clone(), sources.last()?.clone());
    let middle = sources.get(1).unwrap_or(&last).clone();
    for (size, source) in
        [(MediaSize::Thumb, first), (MediaSize::Medium, middle), (MediaSize::Full, last)]
    {
        links.push(MediaLink { id: id.clone(), kind: MediaKind::Photo, size, source });
    }
    Some(id)
}

pub(crate) fn pages(answer: &Value) -> Vec<InfoPageTitle> {
    each(&answer["pages"], |wire| {
        Some(InfoPageTitle {
            id: as_id(&wire["id"])?,
            title: as_line(&wire["title"])?,
            summary: line(&wire["summary"]),
            changed_at: as_instant(&wire["changedAt"]),
        })
    })
}

pub(crate) fn page(base: &Url, answer: &Value) -> Option<(InfoPage, Vec<MediaLink>)> {
    let (files, links) = files(base, answer);
    let page = InfoPage {
        title: as_line(&answer["title"])?,
        changed_at: as_instant(&answer["changedAt"]),
        html: html::clean(answer["html"].as_str().unwrap_or_default()).html,
        files,
    };
    Some((page, links))
}

/// Files that come with something, and where they are just now.
pub(crate) fn files(base: &Url, answer: &Value) -> (Vec<AttachedFile>, Vec<MediaLink>) {
    let mut links = Vec::new();
    let mut files = Vec::new();
    for wire in each(&answer["attachments"], |wire| Some(wire.clone())) {
        let read = || {
            let id = MediaId(format!("file-{}", as_id(&wire["id"])?));
            let source = MediaSource::read(base, wire["url"].as_str()?)?;
            let bytes = wire["bytes"].as_u64().unwrap_or(0).try_into().unwrap_or(u32::MAX);
            let name = line(&wire["name"]);
            Some((AttachedFile { id: id.clone(), name, bytes }, id, source))
        };
        let Some((file, id, source)) = read() else { continue };
        files.push(file);
        links.push(MediaLink { id, kind: MediaKind::Photo, size: MediaSize::Full, source });
    }
    (files, links)
}

pub(crate) fn news_about(answer: &Value) -> Vec<AttachedCount> {
    each(&answer["news"], |wire| {
        Some(AttachedCount {
            id: ArticleId(as_id(&wire["id"])?),
            files: wire["attachments"].as_u64()?.try_into().ok()?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_number_and_an_address_are_kept_as_they_are_written_and_a_page_only_by_https() {
        for (phone, email) in [
            ("023-5550134 / 06-12345678", "info@kdv.example of oc@kdv.example"),
            ("023-5550134 (ma-vr)", "Planning <planning@kdv.example>"),
            ("zie de app", "info(at)kdv.example"),
        ] {
            let read = contact(&json!({"phone": phone, "email": email}));
            assert_eq!((read.phone.as_deref(), read.email.as_deref()), (Some(phone), Some(email)));
            let wire = json!({"name": "Bos", "groups": [{"name": "Uiltjes", "phone": phone}]});
            let place = location(&wire).unwrap();
            assert_eq!(place.groups[0].phone.as_deref(), Some(phone));
        }
        let website = |is: &str| contact(&json!({"website": is, "phone": " \n", "email": 5}));
        assert_eq!(website("javascript:alert(1)"), Contact::default());
        assert!(website("https://kdv.example/").website.is_some());
    }

    #[test]
    fn opening_hours_are_hours_of_a_weekday() {
        let read = each(
            &json!([
                {"weekday": 1, "opens": "07:30", "closes": "18:30"},
                {"weekday": 8, "opens": "07:30", "closes": "18:30"},
                {"weekday": 2, "opens": "25:00", "closes": "18:30"},
                "Dag"
            ]),
            hours,
        );
        assert_eq!(read.len(), 1);
    }
}
