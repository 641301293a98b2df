//! Editing a write that waits: it becomes the draft of its place again.

use crate::{Store, StoreError, drafts, out_files, writes};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use schriftje_model::{Draft, DraftPlace, Write, WriteId, WriteState, WriteWhat};

impl Store {
    /// Makes a write that is not being sent and was not sent the draft of its place again, with
    /// its files. What stood in a draft there comes after it. `None` when it is being sent, was
    /// sent, or is not there, and for an absence or a request, which has a form and no draft.
    pub async fn write_to_draft(
        &self,
        id: WriteId,
        at: DateTime<Utc>,
    ) -> Result<Option<DraftPlace>, StoreError> {
        self.0.outbox.write(move |c| move_back(c, &id, at.timestamp_millis())).await
    }
}

fn move_back(c: &Connection, id: &WriteId, at: i64) -> rusqlite::Result<Option<DraftPlace>> {
    let Some(write) = writes::load(c, id)? else { return Ok(None) };
    if matches!(write.state, WriteState::Sending | WriteState::Sent) {
        return Ok(None);
    }
    let Some(draft) = draft_of(&write) else { return Ok(None) };
    let draft = Draft { keep_place: writes::keeps_place(c, id)?, ..draft };
    let place = draft.place.clone();
    let key = drafts::key(&place);
    let merged = match drafts::load(c, &key)? {
        Some(there) => {
            // For photos that are there already something was chosen, and that holds.
            let there_decides = out_files::any_of_draft(c, &key)?;
            let keep_place = if there_decides { there.keep_place } else { draft.keep_place };
            Draft { keep_place, ..merge(draft, there) }
        }
        None => draft,
    };
    drafts::save(c, &merged, at)?;
    out_files::give_to_draft(c, id.as_str(), &key)?;
    c.execute("DELETE FROM writes WHERE id = ?1", [id.as_str()])?;
    Ok(Some(place))
}

/// The draft a write came from, where it came from one.
fn draft_of(write: &Write) -> Option<Draft> {
    match write.what.clone() {
        WriteWhat::Message { child, group, subject, text } => Some(Draft {
            children: vec![child],
            group,
            subject,
            text,
            ..Draft::empty(DraftPlace::NewMessage)
        }),
        WriteWhat::Reply { conversation, text } => {
            Some(Draft { text, ..Draft::empty(DraftPlace::Reply(conversation)) })
        }
        WriteWhat::Diary { children, day, text } => {
            Some(Draft { children, day: Some(day), text, ..Draft::empty(DraftPlace::Diary) })
        }
        WriteWhat::Absence { .. } | WriteWhat::Request { .. } => None,
    }
}

/// What comes back, followed by what stood there.
fn merge(back: Draft, there: Draft) -> Draft {
    let mut parts = vec![back.text];
    let mut subject = back.subject;
    if subject.trim().is_empty() {
        subject = there.subject;
    } else if subject.trim() != there.subject.trim() {
        parts.push(there.subject);
    }
    parts.push(there.text);
    parts.retain(|part| !part.trim().is_empty());
    let mut children = back.children;
    // A diary entry can be about several, a message about one.
    if back.place == DraftPlace::Diary {
        for child in there.children {
            if !children.contains(&child) {
                children.push(child);
            }
        }
    }
    Draft {
        place: back.place,
        children,
        group: back.group,
        subject,
        text: parts.join("\n\n"),
        day: back.day,
        keep_place: back.keep_place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_either_is_lost() {
        let draft = |subject: &str, text: &str| Draft {
            subject: subject.into(),
            text: text.into(),
            ..Draft::empty(DraftPlace::NewMessage)
        };
        for (back, there, subject, text) in [
            (("Slapen", "Hoe sliep ze?"), ("", ""), "Slapen", "Hoe sliep ze?"),
            (("", "Een"), ("Slapen", "Twee"), "Slapen", "Een\n\nTwee"),
            (("Slapen", "Een"), ("slapen ", "Twee"), "Slapen", "Een\n\nslapen \n\nTwee"),
            (("Slapen", "Een"), ("Slapen", "  "), "Slapen", "Een"),
            (("Slapen", ""), ("Eten", "Twee"), "Slapen", "Eten\n\nTwee"),
        ] {
            let merged = merge(draft(back.0, back.1), draft(there.0, there.1));
            assert_eq!((merged.subject.as_str(), merged.text.as_str()), (subject, text));
        }
    }
}
