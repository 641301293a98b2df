//! `location`: where the children go, how to reach it, and who works there.

use crate::children::weekday;
use crate::fact;
use crate::messages::harmless;
use crate::output::Output;
use crate::requests::names;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::AppError;
use schriftje_model::{CareLocation, Contact, Fact, FactKind, Places, TeamMember};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write;

/// The answer of `location`; nothing of what was never read or is not told.
#[derive(Serialize)]
struct Location {
    places: Option<Places>,
    team: Option<Vec<TeamMember>>,
}

/// Shows the place and the team.
pub async fn run(app: &App, output: &Output) -> Result<(), AppError> {
    let places = fact::kept(app, FactKind::Places, output).await;
    let team = fact::kept(app, FactKind::Team, output).await;
    let (places, team) = match (places, team) {
        (Err(error), Err(_)) => return Err(error),
        (places, team) => (places.ok().flatten(), team.ok().flatten()),
    };
    let location = Location {
        places: places.and_then(|fact| match fact {
            Fact::Places(places) => Some(places),
            _ => None,
        }),
        team: team.and_then(|fact| match fact {
            Fact::Team(team) => Some(team),
            _ => None,
        }),
    };
    let children = names(app).await?;
    output.answer(&location, |location| show(location, &children, output.words));
    Ok(())
}

fn show(location: &Location, children: &HashMap<String, String>, words: &Words) -> String {
    if location.places.is_none() && location.team.is_none() {
        return words.not_read_yet.to_owned();
    }
    let mut text = String::new();
    if let Some(places) = &location.places {
        for place in &places.locations {
            show_place(&mut text, place, children, words);
        }
        let _ = writeln!(text, "{}", places.name);
        show_contact(&mut text, &places.contact);
    }
    if let Some(team) = &location.team {
        let _ = writeln!(text, "{}", words.team);
        for member in team {
            let groups = member.groups.join(", ");
            let _ = writeln!(text, "  {}  {}  {groups}", member.name, member.role);
            for line in member.text.iter().flat_map(|text| text.lines()) {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    harmless(&text)
}

fn show_place(
    text: &mut String,
    place: &CareLocation,
    children: &HashMap<String, String>,
    words: &Words,
) {
    let _ = writeln!(text, "{}", place.name);
    for line in [&place.street, &place.town] {
        if !line.is_empty() {
            let _ = writeln!(text, "  {line}");
        }
    }
    show_contact(text, &place.contact);
    for hours in &place.opening_hours {
        if let Some(day) = weekday(hours.weekday, words) {
            let _ = writeln!(text, "  {day} {}–{}", hours.opens, hours.closes);
        }
    }
    for line in place.note.iter().flat_map(|note| note.lines()) {
        let _ = writeln!(text, "  {line}");
    }
    for group in &place.groups {
        let named = group.children.iter().filter_map(|child| children.get(child.as_str()));
        let named: Vec<&str> = named.map(String::as_str).collect();
        let phone = group.phone.as_deref().unwrap_or_default();
        let _ = writeln!(text, "  {}  {phone}  {}", group.name, named.join(" & "));
    }
}

fn show_contact(text: &mut String, contact: &Contact) {
    for way in [&contact.phone, &contact.email, &contact.website].into_iter().flatten() {
        let _ = writeln!(text, "  {way}");
    }
}
