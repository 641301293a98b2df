//! Where an organisation is and how it is reached: its locations, their groups and opening hours.

use crate::planning::rules::at;
use chrono::NaiveTime;

/// An organisation for who wants to call, write or come by.
#[derive(Debug, PartialEq, Eq)]
pub struct Site {
    /// The office.
    pub phone: Option<&'static str>,
    /// The office.
    pub email: Option<&'static str>,
    /// Its pages for everybody.
    pub website: Option<&'static str>,
    /// Every location.
    pub locations: &'static [Location],
}

/// A building with groups.
#[derive(Debug, PartialEq, Eq)]
pub struct Location {
    /// Its name here.
    pub id: &'static str,
    /// Its name for parents.
    pub name: &'static str,
    /// Street and house number.
    pub street: &'static str,
    /// As it is written on letters.
    pub postal_code: &'static str,
    /// Where that is.
    pub city: &'static str,
    /// Latitude and longitude in millionths of a degree.
    pub coordinates: Option<(i32, i32)>,
    /// At the front door.
    pub phone: Option<&'static str>,
    /// Of the location.
    pub email: Option<&'static str>,
    /// From which weekday until which, 1 for Monday, and between which times.
    pub hours: &'static [(u8, u8, NaiveTime, NaiveTime)],
    /// Something parents should know who come by.
    pub note: Option<&'static str>,
    /// The names of its groups.
    pub groups: &'static [&'static str],
}

impl Site {
    /// The location a group is at.
    pub fn of_group(&self, group: &str) -> Option<&'static Location> {
        self.locations.iter().find(|location| location.groups.contains(&group))
    }
}

/// De Bosrand: the nursery at the wood, and after-school care beside the school.
pub const BOSRAND: &Site = &Site {
    phone: Some("023 555 01 00"),
    email: Some("info@debosrand.example"),
    website: Some("https://debosrand.example/"),
    locations: &[
        Location {
            id: "bosrand",
            name: "De Bosrand",
            street: "Kastanjelaan 12",
            postal_code: "2099 ZB",
            city: "Wilgenveen",
            coordinates: Some((52_381_250, 4_612_300)),
            phone: Some("023 555 01 10"),
            email: Some("bosrand@debosrand.example"),
            hours: &[(1, 5, at(7, 0), at(18, 30))],
            note: Some(
                "De bel zit links naast de groene deur. Je fiets kan onder het afdak staan.",
            ),
            groups: &["Hamsters", "Egeltjes", "Uiltjes", "Bevertjes"],
        },
        Location {
            id: "floris",
            name: "BSO Floris",
            street: "Schoolpad 3",
            postal_code: "2099 ZD",
            city: "Wilgenveen",
            coordinates: Some((52_383_900, 4_618_750)),
            phone: Some("023 555 01 20"),
            email: Some("floris@debosrand.example"),
            hours: &[(1, 5, at(7, 0), at(8, 30)), (1, 5, at(14, 0), at(18, 30))],
            note: Some("In de schoolvakanties zijn we de hele dag open, van 8.00 tot 18.30 uur."),
            groups: &["Floris"],
        },
    ],
};

/// De Duinpan: all groups in one house, reached by telephone alone.
pub const DUINPAN: &Site = &Site {
    phone: Some("0255 55 02 00"),
    email: None,
    website: None,
    locations: &[Location {
        id: "duinpan",
        name: "De Duinpan",
        street: "Helmgras 1",
        postal_code: "1980 XA",
        city: "Zeewijk",
        coordinates: None,
        phone: Some("0255 55 02 10"),
        email: None,
        hours: &[(1, 5, at(7, 30), at(18, 0))],
        note: None,
        groups: &["Hamsters", "Egeltjes", "Uiltjes", "Bevertjes", "Floris"],
    }],
};
