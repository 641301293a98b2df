//! What a save of documents, or of a file that comes with something, writes. Its number is its place
//! among all with its day and its name, so it is the same whichever are saved first.

use super::plan::{Item, Paper, Plan, Thing};
use crate::attached;
use crate::save::FileName;
use schriftje_model::{Day, Document, DocumentId, DocumentKind, FactKind, MediaId, Saveable};
use schriftje_store::{Store, StoreError};
use std::collections::BTreeMap;

/// Which documents, or which file.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    /// These.
    Some(Vec<DocumentId>),
    /// All of a kind, or of every kind, and of a year, or of any.
    All(Option<DocumentKind>, Option<i32>),
    /// The file that comes with that.
    Attached(FactKind, MediaId),
}

/// Plans a save of documents that have a file: those that are here first, since they need no
/// network, and then the oldest.
pub(crate) async fn plan(store: &Store, wanted: Wanted, today: Day) -> Result<Plan, StoreError> {
    let ids = match wanted {
        Wanted::Some(ids) => ids,
        Wanted::All(kind, year) => {
            let of = store.documents(kind, year).await?;
            of.into_iter().map(|document| document.id).collect()
        }
        Wanted::Attached(of, id) => return attached_to(store, of, id, today).await,
    };
    Ok(name(&store.documents(None, None).await?, &ids))
}

fn name(all: &[Document], ids: &[DocumentId]) -> Plan {
    let mut counts: BTreeMap<FileName, u32> = BTreeMap::new();
    let mut named = Vec::new();
    for document in all.iter().rev().filter(|document| document.has_file) {
        let name = FileName::document(document.day, document.kind, &document.subject);
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        named.push((document, name, *count));
    }
    named.retain(|(document, ..)| ids.contains(&document.id));
    named.sort_by_key(|(document, ..)| !document.here);
    let item = |(document, name, number): (&Document, FileName, u32)| Item {
        thing: Thing::Paper { paper: Paper::Document(document.id.clone()), day: document.day },
        number,
        of: counts.get(&name).copied().unwrap_or(1),
        name,
        saveable: Some(Saveable::Yes),
    };
    named.into_iter().map(item).collect()
}

/// Plans a save of a file that comes with something; nothing when it does not any more.
async fn attached_to(
    store: &Store,
    of: FactKind,
    id: MediaId,
    today: Day,
) -> Result<Plan, StoreError> {
    let files = attached::files_of(store, &of).await?;
    let day = attached::day_of(store, &of).await?.unwrap_or(today);
    let names: Vec<FileName> = files.iter().map(|file| attached::name_of(day, file)).collect();
    let Some(at) = files.iter().position(|file| file.id == id) else { return Ok(Vec::new()) };
    let name = names[at].clone();
    let same = |names: &[FileName]| {
        u32::try_from(names.iter().filter(|other| **other == name).count()).unwrap_or(1)
    };
    let (number, of_that_name) = (same(&names[..=at]), same(&names));
    Ok(vec![Item {
        thing: Thing::Paper { paper: Paper::Attached(of, id), day },
        number,
        of: of_that_name,
        name,
        saveable: Some(Saveable::Yes),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, day: &str, subject: &str, here: bool) -> Document {
        Document {
            id: id.into(),
            kind: DocumentKind::Invoice,
            day: day.parse().unwrap(),
            subject: subject.into(),
            has_file: true,
            here,
        }
    }

    #[test]
    fn two_of_one_name_have_numbers_of_their_own_whichever_is_saved() {
        let all = [
            document("c", "2026-02-01", "Factuur", true),
            document("b", "2026-01-01", "Factuur", false),
            document("a", "2026-01-01", "Factuur", false),
            Document { has_file: false, ..document("x", "2026-01-01", "Factuur", false) },
        ];
        let files = |ids: &[&str]| -> Vec<String> {
            let ids: Vec<DocumentId> = ids.iter().map(|&id| id.into()).collect();
            name(&all, &ids).iter().map(|item| item.name.with(item.number, "pdf")).collect()
        };
        let every =
            ["2026-02-01 Factuur.pdf", "2026-01-01 Factuur.pdf", "2026-01-01 Factuur 02.pdf"];
        assert_eq!(files(&["a", "b", "c", "x"]), every, "what is here needs no network");
        assert_eq!(files(&["b"]), [every[2]]);
    }
}
