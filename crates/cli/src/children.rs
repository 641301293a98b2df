//! `children`: who they are, and what the organisation knows of them.

use crate::arguments::{Children, ChildrenDo};
use crate::commands::children_called;
use crate::fact;
use crate::messages::harmless;
use crate::output::Output;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::{AppError, ChildSummary};
use schriftje_model::{ChildDetails, Fact, FactKind, Placement};
use std::fmt::Write;

/// Lists the children, or shows what is known of them.
pub async fn run(app: &App, command: Children, output: &Output) -> Result<(), AppError> {
    let Some(ChildrenDo::Show { child }) = command.command else {
        let children = app.children().await?;
        output.answer(&children, |children| list_children(children, output));
        return Ok(());
    };
    let wanted = children_called(app, &child).await?;
    let known = match fact::kept(app, FactKind::Children, output).await? {
        Some(Fact::Children(children)) => Some(children),
        _ => None,
    };
    let is_wanted = |one: &ChildDetails| {
        wanted.is_empty() || one.id.as_ref().is_some_and(|id| wanted.contains(id))
    };
    let known: Option<Vec<_>> =
        known.map(|children| children.into_iter().filter(is_wanted).collect());
    output.answer(&known, |known| {
        fact::or_not_read(known.as_ref(), output.words, |known| show(known, output.words))
    });
    Ok(())
}

fn list_children(children: &[ChildSummary], output: &Output) -> String {
    let words = output.words;
    let mut text = String::new();
    for ChildSummary { child, cards } in children {
        let groups = child.groups.join(", ");
        let _ = write!(text, "{}  {}  {cards} {}", child.first_name, groups, words.cards);
        if !child.attends {
            let _ = write!(text, "  ({})", words.no_longer_here);
        }
        text.push('\n');
    }
    text
}

fn show(children: &[ChildDetails], words: &Words) -> String {
    let mut text = String::new();
    for child in children {
        let _ = write!(text, "{}", child.name);
        if let Some(born) = child.date_of_birth {
            let _ = write!(text, "  {born}");
        }
        text.push('\n');
        let mut line = |name: &str, value: &str| {
            let _ = writeln!(text, "  {name}: {}", value.replace('\n', " "));
        };
        for (name, value) in [(words.group, &child.group), (words.mentor, &child.mentor)] {
            if let Some(value) = value {
                line(name, value);
            }
        }
        for placement in &child.placements {
            line(words.placement, &describe(placement, words));
        }
        for allergy in &child.allergies {
            line(words.allergy, allergy);
        }
        for note in &child.notes {
            line(words.note, note);
        }
    }
    harmless(&text)
}

fn describe(placement: &Placement, words: &Words) -> String {
    let Placement { name, group, location, weekdays, from, until } = placement;
    let days: Vec<&str> = weekdays.iter().filter_map(|day| weekday(*day, words)).collect();
    let day = |day: &Option<schriftje_model::Day>| day.map(|day| day.to_string());
    let (from, until) = (day(from).unwrap_or_default(), day(until).unwrap_or_default());
    let period =
        if from.is_empty() && until.is_empty() { from } else { format!("{from}–{until}") };
    let parts = [name, group, location, &days.join(" "), &period];
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    parts.join("  ")
}

/// A day of the week; 1 is Monday.
pub fn weekday(day: u8, words: &Words) -> Option<&'static str> {
    words.weekdays.get(usize::from(day).checked_sub(1)?).copied()
}
