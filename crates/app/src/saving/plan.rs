//! What a save writes and what each file is called. A photo's number is its place among all of
//! its day with the same children, so it is the same whichever photos are saved first.

use super::papers::{self, Wanted};
use crate::api::SaveWhat;
use crate::save::{FileName, Identity, Stamp};
use schriftje_model::{ChildId, Day, DocumentId, FactKind, MediaId, Photo, PhotoId, Saveable};
use schriftje_store::{Scope, Store, StoreError};
use std::collections::{BTreeMap, HashMap};

/// What is saved.
#[derive(Clone, Debug)]
pub(crate) enum Thing {
    /// A photo or film, and what is written into it.
    Photo { id: PhotoId, stamp: Stamp },
    /// A file that is saved as it is.
    Paper { paper: Paper, day: Day },
}

/// A file that is saved as it is.
#[derive(Clone, Debug)]
pub(crate) enum Paper {
    /// The file of a document.
    Document(DocumentId),
    /// A file that comes with something.
    Attached(FactKind, MediaId),
}

/// One thing to save.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) thing: Thing,
    pub(crate) name: FileName,
    pub(crate) number: u32,
    /// How many of that day have that name.
    pub(crate) of: u32,
    /// Whether it may be saved; `None` when that is asked at its turn.
    pub(crate) saveable: Option<Saveable>,
}

/// What a save writes, in its order.
pub(crate) type Plan = Vec<Item>;

/// Plans a save on the day `today`.
pub(crate) async fn plan(store: &Store, what: SaveWhat, today: Day) -> Result<Plan, StoreError> {
    let scope = match scope(what) {
        Ok(scope) => scope,
        Err(wanted) => return papers::plan(store, wanted, today).await,
    };
    let wanted = store.photos_in(scope).await?;
    let days = wanted.iter().map(|scoped| scoped.photo.day);
    let (Some(from), Some(until)) = (days.clone().min(), days.max()) else {
        return Ok(Vec::new());
    };
    let around = Scope::Range { children: Vec::new(), from: Some(from), until: Some(until) };
    let around = store.photos_in(around).await?;
    let children = store.children().await?;
    let first_names: HashMap<ChildId, String> =
        children.into_iter().map(|counted| (counted.child.id, counted.child.first_name)).collect();
    let around: Vec<Photo> = around.into_iter().map(|scoped| scoped.photo).collect();
    let wanted: Vec<Photo> = wanted.into_iter().map(|scoped| scoped.photo).collect();
    Ok(name(&wanted, &around, &first_names))
}

/// Which photos, or else which papers.
fn scope(what: SaveWhat) -> Result<Scope, Wanted> {
    match what {
        SaveWhat::Photos { ids } => Ok(Scope::Photos(ids)),
        SaveWhat::Card { id } => Ok(Scope::Card(id)),
        SaveWhat::Day { day, children } => {
            Ok(Scope::Range { children, from: Some(day), until: Some(day) })
        }
        SaveWhat::Range { children, from, until } => Ok(Scope::Range { children, from, until }),
        SaveWhat::Documents { ids } => Err(Wanted::Some(ids)),
        SaveWhat::AllDocuments { kind, year } => Err(Wanted::All(kind, year)),
        SaveWhat::Attached { of, id } => Err(Wanted::Attached(of, id)),
    }
}

fn name(wanted: &[Photo], around: &[Photo], first_names: &HashMap<ChildId, String>) -> Plan {
    let people = |photo: &Photo| -> Vec<String> {
        photo.own_children.iter().filter_map(|id| first_names.get(id)).cloned().collect()
    };
    let mut counts: BTreeMap<FileName, u32> = BTreeMap::new();
    let mut numbers: HashMap<(&PhotoId, Day), u32> = HashMap::new();
    for photo in around.iter().chain(wanted) {
        if numbers.contains_key(&(&photo.id, photo.day)) {
            continue;
        }
        let count = counts.entry(FileName::new(photo.day, &people(photo))).or_default();
        *count += 1;
        numbers.insert((&photo.id, photo.day), *count);
    }
    wanted
        .iter()
        .map(|photo| {
            let people = people(photo);
            let name = FileName::new(photo.day, &people);
            Item {
                number: numbers.get(&(&photo.id, photo.day)).copied().unwrap_or(1),
                of: counts.get(&name).copied().unwrap_or(1),
                thing: Thing::Photo {
                    id: photo.id.clone(),
                    stamp: Stamp {
                        identity: Identity::of(&photo.id),
                        day: photo.day,
                        caption: photo.caption.clone().filter(|caption| !caption.trim().is_empty()),
                        people,
                        reduced: false,
                    },
                },
                name,
                saveable: None,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use schriftje_model::{Cached, MediaKind};

    fn photo(id: u32, day: u32, children: &[&str]) -> Photo {
        Photo {
            id: format!("photo-{id}").into(),
            day: Day::from_ymd_opt(2026, 3, day).unwrap(),
            kind: MediaKind::Photo,
            caption: Some("Zand".into()),
            machine_description: Some("In this photo is Sam".into()),
            own_children: children.iter().map(|&id| id.into()).collect(),
            cached: Cached::Nothing,
            saveable: Saveable::Yes,
        }
    }

    fn names() -> HashMap<ChildId, String> {
        [("n", "Noortje"), ("t", "Ties")].map(|(id, name)| (id.into(), name.into())).into()
    }

    fn files(plan: &Plan) -> Vec<String> {
        plan.iter().map(|item| item.name.with(item.number, "jpg")).collect()
    }

    #[test]
    fn numbers_count_a_day_and_its_children_apart() {
        let all = [
            photo(1, 14, &["n"]),
            photo(2, 14, &["n", "t"]),
            photo(3, 14, &["n"]),
            photo(4, 14, &[]),
            photo(5, 15, &["n"]),
        ];
        let expected = [
            "2026-03-14 Noortje 01.jpg",
            "2026-03-14 Noortje & Ties 01.jpg",
            "2026-03-14 Noortje 02.jpg",
            "2026-03-14 Groep 01.jpg",
            "2026-03-15 Noortje 01.jpg",
        ];
        assert_eq!(files(&name(&all, &all, &names())), expected);
    }

    #[test]
    fn a_machines_words_and_other_peoples_children_are_never_written() {
        let all = [photo(1, 14, &["n", "somebody else's"])];
        let plan = name(&all, &all, &names());
        let Thing::Photo { stamp, .. } = &plan[0].thing else { panic!("a photo") };
        assert_eq!(stamp.people, ["Noortje"]);
        assert!(!format!("{plan:?}").contains("Sam"));
    }

    proptest! {
        #[test]
        fn whichever_photos_are_saved_first_their_names_are_the_same(
            kinds in proptest::collection::vec((1_u32..4, 0_usize..3), 1..30),
            picks in proptest::collection::vec(any::<bool>(), 30),
        ) {
            let children: [&[&str]; 3] = [&[], &["n"], &["n", "t"]];
            let mut all: Vec<Photo> = kinds
                .iter()
                .zip(0..)
                .map(|(&(day, kind), id)| photo(id, day, children[kind]))
                .collect();
            all.sort_by_key(|photo| photo.day);
            let whole = files(&name(&all, &all, &names()));
            let distinct: std::collections::BTreeSet<_> = whole.iter().collect();
            prop_assert_eq!(distinct.len(), whole.len());
            let some: Vec<Photo> =
                all.iter().zip(&picks).filter(|&(_, &pick)| pick).map(|(p, _)| p.clone()).collect();
            let expected: Vec<String> =
                whole.iter().zip(&picks).filter(|&(_, &pick)| pick).map(|(n, _)| n.clone()).collect();
            prop_assert_eq!(files(&name(&some, &all, &names())), expected);
        }
    }
}
