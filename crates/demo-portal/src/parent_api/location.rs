//! "Mijn locatie": where the family's children go, and how one gets there or calls.

use super::problem::Problem;
use crate::bearer::Parent;
use crate::household::own_groups;
use crate::portal::{Portal, Shared};
use crate::site;
use axum::Json;
use axum::extract::State;
use chrono::NaiveTime;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(location))
}

#[derive(Serialize, ToSchema)]
#[schema(as = MyLocation)]
struct Answer {
    organisation: Organisation,
    locations: Vec<Location>,
}

#[derive(Serialize, ToSchema)]
struct Organisation {
    name: &'static str,
    phone: Option<&'static str>,
    email: Option<&'static str>,
    website: Option<&'static str>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Location {
    id: String,
    name: &'static str,
    address: Address,
    coordinates: Option<Coordinates>,
    phone: Option<&'static str>,
    email: Option<&'static str>,
    /// A weekday that is not there is closed; one with a break comes twice.
    opening_hours: Vec<Opening>,
    /// For who comes by.
    note: Option<&'static str>,
    /// Those of the family's children.
    groups: Vec<Group>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Address {
    /// With the house number.
    street: &'static str,
    postal_code: &'static str,
    city: &'static str,
}

#[derive(Serialize, ToSchema)]
struct Coordinates {
    /// Degrees.
    latitude: f64,
    longitude: f64,
}

#[derive(Serialize, ToSchema)]
struct Opening {
    /// 1 for Monday.
    weekday: u8,
    /// `HH:MM`.
    opens: String,
    closes: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Group {
    name: String,
    phone: Option<&'static str>,
    child_ids: Vec<String>,
}

impl Location {
    fn of(portal: &Portal, location: &site::Location, groups: Vec<Group>) -> Self {
        let degrees = |millionths| f64::from(millionths) / 1e6;
        let hour = |time: NaiveTime| time.format("%H:%M").to_string();
        Self {
            id: portal.secret.id(&["location", location.id]),
            name: location.name,
            address: Address {
                street: location.street,
                postal_code: location.postal_code,
                city: location.city,
            },
            coordinates: location.coordinates.map(|(latitude, longitude)| Coordinates {
                latitude: degrees(latitude),
                longitude: degrees(longitude),
            }),
            phone: location.phone,
            email: location.email,
            opening_hours: (1..=7)
                .flat_map(|weekday| {
                    let on = location.hours.iter();
                    let on =
                        on.filter(move |(first, last, ..)| (*first..=*last).contains(&weekday));
                    on.map(move |(_, _, opens, closes)| Opening {
                        weekday,
                        opens: hour(*opens),
                        closes: hour(*closes),
                    })
                })
                .collect(),
            note: location.note,
            groups,
        }
    }
}

/// The organisation, and the locations and groups of the children that have not left. Part of the
/// feature `location`.
#[utoipa::path(
    get, path = "/parent-api/v1/location", security(("bearer" = [])),
    responses((status = 200, body = Answer)),
)]
async fn location(State(portal): State<Shared>, parent: Parent) -> Result<Json<Answer>, Problem> {
    let today = crate::day::today(portal.clock.now());
    let own = portal.store.run(move |db| own_groups(db, parent.family, today)).await?;
    let organisation = portal.options.organisation;
    let site = organisation.site;
    let locations = site.locations.iter().filter_map(|location| {
        let at = |group: &str| location.groups.contains(&group);
        let groups = own.iter().filter(|(group, _)| at(group)).map(|(group, children)| Group {
            name: group.clone(),
            phone: organisation.rules.care.phone_of(group),
            child_ids: children.clone(),
        });
        let groups: Vec<Group> = groups.collect();
        (!groups.is_empty()).then(|| Location::of(&portal, location, groups))
    });
    Ok(Json(Answer {
        locations: locations.collect(),
        organisation: Organisation {
            name: organisation.name,
            phone: site.phone,
            email: site.email,
            website: site.website,
        },
    }))
}
