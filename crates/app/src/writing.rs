//! What must hold before something is sent. Told before it waits anywhere; the portal decides the
//! rest.

use crate::api::{AppError, ErrorCode};
use chrono::{DateTime, Utc};
use schriftje_model::{Child, ChildId, Draft, DraftPlace, WriteWhat, today};
use schriftje_sync::Offered;

/// The write a draft becomes, or what is wrong with it.
pub(crate) fn checked(
    draft: &Draft,
    files: usize,
    children: &[Child],
    offered: &Offered,
    now: DateTime<Utc>,
) -> Result<WriteWhat, AppError> {
    let feature = if draft.place == DraftPlace::Diary { "diary" } else { "messages" };
    if !offered.has(feature) {
        let error = "nothing can be written at this portal from here";
        return Err(AppError::new(ErrorCode::WritingNotOffered, error));
    }
    let text = text(&draft.text, files, offered.limits.text_characters)?;
    match &draft.place {
        DraftPlace::Reply(conversation) => {
            Ok(WriteWhat::Reply { conversation: conversation.clone(), text })
        }
        DraftPlace::NewMessage => {
            let child = attending(draft, children)?
                .first()
                .map(|child| child.id.clone())
                .ok_or_else(no_child)?;
            let subject = subject(&draft.subject, offered.limits.subject_characters)?;
            let group = group(draft, &child, children)?;
            Ok(WriteWhat::Message { child, group, subject, text })
        }
        DraftPlace::Diary => {
            let about: Vec<ChildId> =
                attending(draft, children)?.into_iter().map(|child| child.id.clone()).collect();
            if about.is_empty() {
                return Err(no_child());
            }
            let day = draft.day.unwrap_or_else(|| today(now));
            if day > today(now) {
                let error = "an entry cannot be for a day to come";
                return Err(AppError::new(ErrorCode::DayNotAllowed, error));
            }
            Ok(WriteWhat::Diary { children: about, day, text })
        }
    }
}

/// What must arrive in order has the same target: the answers of a conversation, the new messages
/// about a child, the diary, absences, and requests.
pub(crate) fn target(what: &WriteWhat) -> String {
    match what {
        WriteWhat::Reply { conversation, .. } => format!("conversation:{conversation}"),
        WriteWhat::Message { child, .. } => format!("messages:{child}"),
        WriteWhat::Diary { .. } => "diary".to_owned(),
        WriteWhat::Absence { .. } => "absences".to_owned(),
        WriteWhat::Request { .. } => "requests".to_owned(),
    }
}

fn text(text: &str, files: usize, most: u32) -> Result<String, AppError> {
    let text = plain(text);
    if text.is_empty() && files == 0 {
        return Err(AppError::new(ErrorCode::TextEmpty, "nothing was written"));
    }
    if text.chars().count() > most as usize {
        return Err(AppError::new(ErrorCode::TextTooLong, format!("more than {most} characters")));
    }
    Ok(text)
}

fn subject(subject: &str, most: u32) -> Result<String, AppError> {
    let subject = plain(&subject.replace(['\r', '\n'], " "));
    if subject.is_empty() {
        return Err(AppError::new(ErrorCode::SubjectEmpty, "a message needs a subject"));
    }
    if subject.chars().count() > most as usize {
        let error = format!("more than {most} characters");
        return Err(AppError::new(ErrorCode::SubjectTooLong, error));
    }
    Ok(subject)
}

/// Without white space around it and characters nobody sees; everything else is the parent's.
pub(crate) fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    text.trim().to_owned()
}

fn attending<'a>(draft: &Draft, children: &'a [Child]) -> Result<Vec<&'a Child>, AppError> {
    draft
        .children
        .iter()
        .map(|id| {
            let child = children.iter().find(|child| child.id == *id);
            child.filter(|child| child.attends).ok_or_else(no_child)
        })
        .collect()
}

/// The group a message is for: the child's only one, or the one that was chosen.
fn group(draft: &Draft, child: &ChildId, children: &[Child]) -> Result<Option<String>, AppError> {
    let groups = children
        .iter()
        .find(|known| known.id == *child)
        .map(|known| known.groups.as_slice())
        .unwrap_or_default();
    match (groups, &draft.group) {
        ([], _) => Ok(None),
        ([only], _) => Ok(Some(only.clone())),
        (several, Some(chosen)) if several.contains(chosen) => Ok(Some(chosen.clone())),
        _ => Err(AppError::new(ErrorCode::GroupMissing, "choose a group")),
    }
}

fn no_child() -> AppError {
    AppError::new(ErrorCode::ChildMissing, "choose a child")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(id: &str, groups: &[&str], attends: bool) -> Child {
        Child {
            id: id.into(),
            first_name: id.into(),
            full_name: id.into(),
            attends,
            groups: groups.iter().map(|group| (*group).to_owned()).collect(),
            date_of_birth: None,
            avatar: None,
        }
    }

    fn check(draft: &Draft, files: usize) -> Result<WriteWhat, ErrorCode> {
        let children = [
            child("noortje", &["Hamsters"], true),
            child("ties", &["Floris", "BSO"], true),
            child("groot", &[], false),
        ];
        let offered = Offered {
            features: vec!["messages".into(), "diary".into(), "uploads".into()],
            ..Offered::default()
        };
        let now = "2026-03-16T22:30:00Z".parse().unwrap();
        checked(draft, files, &children, &offered, now).map_err(|error| error.code)
    }

    fn message() -> Draft {
        Draft {
            children: vec!["noortje".into()],
            subject: " Zonnebrand\n".into(),
            text: " In haar tas.\u{0} ".into(),
            ..Draft::empty(DraftPlace::NewMessage)
        }
    }

    #[test]
    fn a_message_needs_a_child_a_group_when_there_are_several_a_subject_and_words() {
        let Ok(WriteWhat::Message { group, subject, text, .. }) = check(&message(), 0) else {
            panic!("refused")
        };
        assert_eq!(group.as_deref(), Some("Hamsters"));
        assert_eq!((subject.as_str(), text.as_str()), ("Zonnebrand", "In haar tas."));
        let with = |change: fn(&mut Draft)| {
            let mut draft = message();
            change(&mut draft);
            check(&draft, 0).unwrap_err()
        };
        assert_eq!(with(|draft| draft.children.clear()), ErrorCode::ChildMissing);
        assert_eq!(with(|draft| draft.children = vec!["groot".into()]), ErrorCode::ChildMissing);
        assert_eq!(with(|draft| draft.children = vec!["ties".into()]), ErrorCode::GroupMissing);
        assert_eq!(with(|draft| draft.subject = " \n".into()), ErrorCode::SubjectEmpty);
        assert_eq!(with(|draft| draft.subject = "x".repeat(5000)), ErrorCode::SubjectTooLong);
        assert_eq!(with(|draft| draft.text = " \u{a0}\n ".into()), ErrorCode::TextEmpty);
        assert_eq!(with(|draft| draft.text = "x".repeat(100_000)), ErrorCode::TextTooLong);
    }

    #[test]
    fn emoji_and_other_scripts_go_as_they_are() {
        let text = "👩‍👧 مرحبا ❤️ <b>niet vet</b>";
        let draft = Draft { text: text.into(), ..message() };
        let Ok(WriteWhat::Message { text: sent, .. }) = check(&draft, 0) else { panic!("refused") };
        assert_eq!(sent, text);
    }

    #[test]
    fn an_entry_is_for_a_day_that_was_and_may_be_a_photo_alone() {
        let entry = Draft { children: vec!["noortje".into()], ..Draft::empty(DraftPlace::Diary) };
        assert_eq!(check(&entry, 0), Err(ErrorCode::TextEmpty));
        // Half past eleven in the evening in Amsterdam.
        let Ok(WriteWhat::Diary { day, .. }) = check(&entry, 1) else { panic!("refused") };
        assert_eq!(day.to_string(), "2026-03-16");
        let tomorrow = Draft { day: "2026-03-17".parse().ok(), ..entry };
        assert_eq!(check(&tomorrow, 1), Err(ErrorCode::DayNotAllowed));
    }

    #[test]
    fn a_portal_that_offers_nothing_gets_nothing() {
        let now = "2026-03-16T12:00:00Z".parse().unwrap();
        let error = checked(&message(), 0, &[], &Offered::default(), now).unwrap_err();
        assert_eq!(error.code, ErrorCode::WritingNotOffered);
    }
}
