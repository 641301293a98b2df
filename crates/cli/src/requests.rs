//! `requests`: what was asked and told about the planning.

use crate::arguments::Requests;
use crate::messages::{harmless, local};
use crate::output::Output;
use crate::words::Words;
use schriftje_app::App;
use schriftje_app::api::{AppError, ErrorCode, RequestQuery};
use schriftje_model::{
    CareRequest, Child, Day, LineId, RequestId, RequestKind, RequestLine, RequestStatus,
};
use std::collections::HashMap;
use std::fmt::Write;

/// Requests read in one go.
const PAGE: u32 = 100;

/// Does what was asked with requests.
pub async fn run(app: &App, command: Requests, output: &Output) -> Result<(), AppError> {
    match command {
        Requests::List { limit } => {
            let requests = list(app, limit).await?;
            let children = names(app).await?;
            output.answer(&requests, |requests| {
                let shown = requests.iter().map(|request| show(request, &children, output.words));
                shown.collect()
            });
        }
        Requests::Show { id } => {
            let request = app.request(RequestId(id)).await?;
            let children = names(app).await?;
            output.answer(&request, |request| show(request, &children, output.words));
        }
        Requests::Cancel { id, line } => {
            let request = app.request(RequestId(id)).await?;
            let line = line_of(&request, line)?;
            let request = app.cancel_line(request.id, line).await?;
            let children = names(app).await?;
            output.answer(&request, |request| show(request, &children, output.words));
        }
    }
    Ok(())
}

async fn list(app: &App, limit: u32) -> Result<Vec<CareRequest>, AppError> {
    let mut all: Vec<CareRequest> = Vec::new();
    let mut after = None;
    loop {
        let left = limit.saturating_sub(u32::try_from(all.len()).unwrap_or(u32::MAX));
        if left == 0 {
            return Ok(all);
        }
        let query = RequestQuery { after, limit: left.min(PAGE), ..RequestQuery::default() };
        let page = app.requests(query).await?;
        all.extend(page.requests);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

/// The line that is meant: the only one, unless it is said.
fn line_of(request: &CareRequest, line: Option<String>) -> Result<LineId, AppError> {
    match (line, request.lines.as_slice()) {
        (Some(line), lines) => lines
            .iter()
            .find(|known| known.id.as_str() == line)
            .map(|known| known.id.clone())
            .ok_or_else(|| AppError::not_found("line")),
        (None, [only]) => Ok(only.id.clone()),
        (None, _) => Err(AppError::new(ErrorCode::NothingChosen, "say which with --line")),
    }
}

/// The first names of the children, by their ids.
pub async fn names(app: &App) -> Result<HashMap<String, String>, AppError> {
    let children = app.children().await?.into_iter().map(|known| known.child);
    Ok(children.map(|Child { id, first_name, .. }| (id.0, first_name)).collect())
}

fn show(request: &CareRequest, children: &HashMap<String, String>, words: &Words) -> String {
    let sent = local(request.sent_at);
    let mut text = format!("{}  {sent}  {}\n", request.id, kind(request.kind, words));
    for line in &request.lines {
        let child = children.get(line.child.as_str()).map_or("", String::as_str);
        let _ = writeln!(text, "  {}  {child}  {}", line.id, describe(line, words));
    }
    harmless(&text)
}

fn describe(line: &RequestLine, words: &Words) -> String {
    let parts: Vec<&str> = line.parts.iter().map(|part| part.name.as_str()).collect();
    let mut text = format!("{}  {}", days(line.from, line.until), parts.join(", "));
    if let Some(group) = &line.group {
        let _ = write!(text, "  {group}");
    }
    let _ = write!(text, "  {}", status(line.status, words));
    if let Some(reason) = &line.status_reason {
        let _ = write!(text, " ({reason})");
    }
    text.replace('\n', " ")
}

/// A day or a period.
pub fn days(from: Day, until: Day) -> String {
    if from == until { from.to_string() } else { format!("{from}–{until}") }
}

/// What is asked.
pub fn kind(kind: RequestKind, words: &Words) -> &'static str {
    match kind {
        RequestKind::Extra => words.extra,
        RequestKind::Swap => words.swap,
        RequestKind::Absence => words.absence,
    }
}

fn status(status: RequestStatus, words: &Words) -> &'static str {
    match status {
        RequestStatus::Asked => words.asked,
        RequestStatus::Approved => words.approved,
        RequestStatus::Refused => words.rejected,
        RequestStatus::Cancelled => words.cancelled,
        RequestStatus::Expired => words.lapsed,
        RequestStatus::Registered => words.registered,
        RequestStatus::Unknown => words.not_known_status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(lines: &[&str]) -> CareRequest {
        let line = |id: &&str| RequestLine {
            id: LineId((*id).to_owned()),
            child: "noortje".into(),
            from: "2026-03-18".parse().unwrap(),
            until: "2026-03-18".parse().unwrap(),
            parts: Vec::new(),
            given: Vec::new(),
            group: None,
            status: RequestStatus::Asked,
            status_reason: None,
            decided_at: None,
            payments: Vec::new(),
            brings: None,
            can_cancel: true,
            cancel_until: None,
            cancel_reason: None,
        };
        CareRequest {
            id: RequestId("r".into()),
            kind: RequestKind::Extra,
            sent_at: "2026-03-14T15:00:00Z".parse().unwrap(),
            sent_by: None,
            whole: false,
            expires_on: None,
            remark: None,
            reason: None,
            conversation: None,
            lines: lines.iter().map(line).collect(),
        }
    }

    #[test]
    fn of_several_lines_none_is_cancelled_that_was_not_named() {
        let cancelled = |lines: &[&str], named: Option<&str>| {
            line_of(&request(lines), named.map(str::to_owned)).map_err(|error| error.code)
        };
        assert_eq!(cancelled(&["a"], None), Ok(LineId("a".into())));
        assert_eq!(cancelled(&["a", "b"], Some("b")), Ok(LineId("b".into())));
        assert_eq!(cancelled(&["a", "b"], None), Err(ErrorCode::NothingChosen));
        assert_eq!(cancelled(&["a"], Some("c")), Err(ErrorCode::NotFound));
    }
}
