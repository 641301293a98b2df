//! `observations`: forms about a child that staff filled in.

use crate::arguments::Observations;
use crate::commands::children_called;
use crate::fact;
use crate::messages::harmless;
use crate::output::Output;
use crate::requests::names;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::AppError;
use schriftje_model::{Fact, FactKind, Observation, ObservationAnswer, ObservationTitle};
use std::collections::HashMap;
use std::fmt::Write;

/// Lists them, or shows one.
pub async fn run(app: &App, command: Observations, output: &Output) -> Result<(), AppError> {
    let children = names(app).await?;
    match command {
        Observations::List { child } => {
            let wanted = children_called(app, &child).await?;
            let known = match fact::kept(app, FactKind::Observations, output).await? {
                Some(Fact::Observations(titles)) => Some(titles),
                _ => None,
            };
            let is_wanted =
                |one: &ObservationTitle| wanted.is_empty() || wanted.contains(&one.child);
            let known: Option<Vec<_>> =
                known.map(|titles| titles.into_iter().filter(is_wanted).collect());
            output.answer(&known, |known| {
                fact::or_not_read(known.as_ref(), output.words, |titles| {
                    titles.iter().map(|title| line(title, &children)).collect()
                })
            });
        }
        Observations::Show { id } => {
            let kept = fact::kept(app, FactKind::Observation(id), output).await?;
            let Some(Fact::Observation(form)) = kept else {
                return Err(AppError::not_found("observation"));
            };
            output.answer(&form, |form| show(form, &children, output.words));
        }
    }
    Ok(())
}

fn line(title: &ObservationTitle, children: &HashMap<String, String>) -> String {
    let child = children.get(title.child.as_str()).map_or("", String::as_str);
    let day = title.day.map(|day| day.to_string()).unwrap_or_default();
    let line = format!("{}  {day}  {child}  {}  ({})", title.id, title.title, title.by);
    format!("{}\n", harmless(&line))
}

fn show(form: &Observation, children: &HashMap<String, String>, words: &Words) -> String {
    let mut text = line(&form.head, children);
    for section in &form.sections {
        let _ = writeln!(text, "\n{}", section.title);
        for line in section.text.iter().flat_map(|text| text.lines()) {
            let _ = writeln!(text, "{line}");
        }
        for question in &section.questions {
            let _ = writeln!(text, "  {}", question.question.replace('\n', " "));
            let remark = question.remark.as_deref().unwrap_or_default();
            for line in answered(&question.answer, words).lines().chain(remark.lines()) {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    harmless(&text)
}

fn answered(answer: &ObservationAnswer, words: &Words) -> String {
    match answer {
        ObservationAnswer::Open => words.no_answer.to_owned(),
        ObservationAnswer::Text { text } => text.clone(),
        ObservationAnswer::Scale { value, from, to, from_label, to_label } => {
            let label = |number: &i32, label: &Option<String>| match label {
                Some(label) => format!("{number} {label}"),
                None => number.to_string(),
            };
            format!("{value} ({} – {})", label(from, from_label), label(to, to_label))
        }
        ObservationAnswer::Choice { chosen, options } => {
            let others = options.iter().filter(|option| !chosen.contains(option));
            let others: Vec<&str> = others.map(String::as_str).collect();
            match others.as_slice() {
                [] => chosen.join(", "),
                others => format!("{} (– {})", chosen.join(", "), others.join(", ")),
            }
        }
        ObservationAnswer::Day { day } => day.to_string(),
        ObservationAnswer::Picture { .. } => format!("◻ {}", words.picture),
        ObservationAnswer::Unknown { text } => {
            text.clone().unwrap_or_else(|| words.not_known_status.to_owned())
        }
    }
}
