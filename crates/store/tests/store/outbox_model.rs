//! The rules of the send queue, held against a plain model of them: order in a target, one being
//! sent at a time, every step legal or refused, and nothing that vanishes. Longer with
//! `PROPTEST_CASES`.

use crate::sample::open;
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use schriftje_model::{Draft, DraftPlace, FileId, MediaKind, WriteId, WriteState, WriteWhat};
use schriftje_store::{NewOutFile, Store};
use std::collections::BTreeMap;
use tempfile::tempdir;

#[derive(Clone, Copy, Debug)]
enum Step {
    Save(usize),
    AddFile(usize),
    Queue(usize),
    Withdraw(usize),
    ToDraft(usize),
    StartNext(Option<usize>),
    Start(usize),
    CountAttempt(usize),
    Sent(usize),
    Refused(usize),
    Unconfirmed(usize),
    Back(usize),
    Retry(usize),
    Renew(usize),
    Forget(usize),
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let place = || 0..3_usize;
    let which = || 0..12_usize;
    prop_oneof![
        3 => place().prop_map(Step::Save),
        1 => place().prop_map(Step::AddFile),
        6 => place().prop_map(Step::Queue),
        1 => which().prop_map(Step::Withdraw),
        1 => which().prop_map(Step::ToDraft),
        4 => prop::option::of(place()).prop_map(Step::StartNext),
        1 => which().prop_map(Step::Start),
        1 => which().prop_map(Step::CountAttempt),
        3 => which().prop_map(Step::Sent),
        2 => which().prop_map(Step::Refused),
        2 => which().prop_map(Step::Unconfirmed),
        2 => which().prop_map(Step::Back),
        2 => which().prop_map(Step::Retry),
        1 => which().prop_map(Step::Renew),
        1 => which().prop_map(Step::Forget),
        1 => Just(Step::Restart),
    ]
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Waiting {
    id: String,
    place: usize,
    text: String,
    files: Vec<FileId>,
    state: WriteState,
    attempts: u32,
    key: String,
    first: Option<DateTime<Utc>>,
}

#[derive(Debug, Default)]
struct Model {
    /// In the order of sending.
    writes: Vec<Waiting>,
    drafts: BTreeMap<usize, (String, Vec<FileId>)>,
}

impl Model {
    fn may_start(&self, at: usize) -> bool {
        let this = &self.writes[at];
        let blocks = |w: &Waiting| {
            use WriteState::{Queued, Sending, Unconfirmed};
            w.place == this.place && matches!(w.state, Queued | Sending | Unconfirmed)
        };
        this.state == WriteState::Queued
            && !self.writes[..at].iter().any(blocks)
            && !self.writes.iter().any(|w| w.place == this.place && w.state == WriteState::Sending)
    }

    fn next(&self, skip: Option<usize>) -> Option<usize> {
        (0..self.writes.len())
            .find(|at| Some(self.writes[*at].place) != skip && self.may_start(*at))
    }
}

fn place(n: usize) -> DraftPlace {
    match n {
        0 => DraftPlace::Diary,
        n => DraftPlace::Reply(format!("b{n}").into()),
    }
}

fn what(n: usize, text: &str) -> WriteWhat {
    let text = text.to_owned();
    match place(n) {
        DraftPlace::Reply(conversation) => WriteWhat::Reply { conversation, text },
        _ => WriteWhat::Diary { children: vec![], day: crate::sample::day(1), text },
    }
}

fn target(n: usize) -> String {
    format!("target {n}")
}

fn at(n: usize) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 + i64::try_from(n).unwrap(), 0).unwrap()
}

async fn agree(store: &Store, model: &Model) {
    let writes = store.writes().await.unwrap();
    assert_eq!(writes.len(), model.writes.len());
    for (write, expected) in writes.iter().zip(&model.writes) {
        let out = store.outgoing(write.id.clone()).await.unwrap().unwrap();
        assert_eq!(&out.write, write);
        let text = match &write.what {
            WriteWhat::Reply { text, .. } | WriteWhat::Diary { text, .. } => text.clone(),
            _ => unreachable!(),
        };
        let seen = Waiting {
            id: write.id.0.clone(),
            place: expected.place,
            text,
            files: write.files.iter().map(|file| file.id.clone()).collect(),
            state: write.state,
            attempts: write.attempts,
            key: out.key,
            first: out.first_attempt_at,
        };
        assert_eq!(&seen, expected);
        assert_eq!(write.what, what(expected.place, &expected.text));
        assert_eq!(out.target, target(expected.place));
    }
    for n in 0..3 {
        let seen = store.draft(place(n)).await.unwrap().map(|(draft, files)| {
            (draft.text, files.into_iter().map(|file| file.id).collect::<Vec<_>>())
        });
        assert_eq!(seen.as_ref(), model.drafts.get(&n));
        let sending = |w: &&Waiting| w.place == n && w.state == WriteState::Sending;
        assert!(model.writes.iter().filter(sending).count() <= 1);
    }
    let open = model.writes.iter().filter(|w| w.state != WriteState::Sent).count();
    assert_eq!(store.count_open_writes().await.unwrap() as usize, open);
    assert_eq!(store.unsent().await.unwrap().len(), open);
    let interrupted: Vec<String> =
        store.interrupted().await.unwrap().into_iter().map(|out| out.write.id.0).collect();
    let sending = model.writes.iter().filter(|w| w.state == WriteState::Sending);
    assert_eq!(interrupted, sending.map(|w| w.id.clone()).collect::<Vec<_>>());
}

/// Takes a step in both and compares what they answer.
async fn take(store: &Store, model: &mut Model, n: usize, step: Step) {
    use WriteState::{Queued, Refused, Sending, Sent, Unconfirmed};
    // A write that is there, or one that is not.
    let pick = |model: &Model, which: usize| {
        let id = model.writes.get(which).map_or_else(|| "nowhere".into(), |w| w.id.clone());
        (WriteId(id), model.writes.get(which).map(|w| w.state))
    };
    match step {
        Step::Save(p) => {
            let text = format!("text {n}");
            let draft = Draft { text: text.clone(), ..Draft::empty(place(p)) };
            store.save_draft(draft, at(n)).await.unwrap();
            model.drafts.entry(p).or_default().0 = text;
        }
        Step::AddFile(p) => {
            let name = format!("{n}.jpg");
            let new = NewOutFile { name, mime: "image/jpeg".into(), kind: MediaKind::Photo };
            let file = store.add_file(place(p), new, vec![1; n]).await.unwrap();
            model.drafts.entry(p).or_default().1.push(file.id);
        }
        Step::Queue(p) => {
            let id = format!("w{n}");
            let text = model.drafts.get(&p).map_or_else(String::new, |(text, _)| text.clone());
            let files = model.drafts.get(&p).map_or_else(Vec::new, |(_, files)| files.clone());
            let there = store.draft(place(p)).await.unwrap();
            let draft = there.map_or_else(|| Draft::empty(place(p)), |(draft, _)| draft);
            let queued = store
                .queue_draft(draft, files, WriteId(id.clone()), what(p, &text), target(p), at(n))
                .await
                .unwrap();
            let Some((text, files)) = model.drafts.remove(&p) else {
                assert_eq!(queued, None);
                return;
            };
            let (state, attempts, key, first) = (Queued, 0, id.clone(), None);
            model.writes.push(Waiting { id, place: p, text, files, state, attempts, key, first });
        }
        Step::Withdraw(w) => {
            let (id, state) = pick(model, w);
            let legal = matches!(state, Some(Queued | Refused | Unconfirmed));
            assert_eq!(store.withdraw(id).await.unwrap(), legal);
            if legal {
                model.writes.remove(w);
            }
        }
        Step::ToDraft(w) => {
            let (id, state) = pick(model, w);
            let legal = matches!(state, Some(Queued | Refused | Unconfirmed));
            let moved = store.write_to_draft(id, at(n)).await.unwrap();
            assert_eq!(moved.is_some(), legal);
            if legal {
                let back = model.writes.remove(w);
                assert_eq!(moved, Some(place(back.place)));
                let (text, files) = model.drafts.entry(back.place).or_default();
                let both = [back.text.as_str(), text].map(str::to_owned);
                *text = both.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n");
                files.splice(0..0, back.files);
            }
        }
        Step::StartNext(skip) => {
            let skipped: Vec<String> = skip.map(target).into_iter().collect();
            let next = store.next_to_send(&skipped).await.unwrap();
            let expected = model.next(skip);
            assert_eq!(
                next.as_ref().map(|out| out.write.id.0.as_str()),
                expected.map(|at| model.writes[at].id.as_str())
            );
            if let Some(w) = expected {
                assert!(store.start_sending(next.unwrap().write.id, at(n)).await.unwrap());
                let write = &mut model.writes[w];
                write.state = Sending;
                write.attempts += 1;
                write.first.get_or_insert(at(n));
            }
        }
        Step::Start(w) => {
            let (id, state) = pick(model, w);
            let legal = state.is_some() && model.may_start(w);
            assert_eq!(store.start_sending(id, at(n)).await.unwrap(), legal);
            if legal {
                let write = &mut model.writes[w];
                write.state = Sending;
                write.attempts += 1;
                write.first.get_or_insert(at(n));
            }
        }
        Step::CountAttempt(w) => {
            let (id, state) = pick(model, w);
            let legal = state == Some(Sending);
            assert_eq!(store.count_attempt(id).await.unwrap(), legal);
            if legal {
                model.writes[w].attempts += 1;
            }
        }
        Step::Sent(w) => {
            let (id, state) = pick(model, w);
            let tried = model.writes.get(w).is_some_and(|w| w.first.is_some());
            let legal = tried && matches!(state, Some(Queued | Sending | Unconfirmed));
            assert_eq!(store.mark_sent(id, Some("r".into()), at(n)).await.unwrap(), legal);
            if legal {
                model.writes[w].state = Sent;
            }
        }
        Step::Refused(w) => {
            let (id, state) = pick(model, w);
            let legal = matches!(state, Some(Queued | Sending));
            assert_eq!(store.mark_refused(id, None, Some("no".into())).await.unwrap(), legal);
            if legal {
                model.writes[w].state = Refused;
            }
        }
        Step::Unconfirmed(w) => {
            let (id, state) = pick(model, w);
            let legal = state == Some(Sending);
            assert_eq!(store.mark_unconfirmed(id).await.unwrap(), legal);
            if legal {
                model.writes[w].state = Unconfirmed;
            }
        }
        Step::Back(w) => {
            let (id, state) = pick(model, w);
            let legal = matches!(state, Some(Sending | Unconfirmed));
            assert_eq!(store.back_to_queue(id).await.unwrap(), legal);
            if legal {
                model.writes[w].state = Queued;
            }
        }
        Step::Retry(w) => {
            let (id, state) = pick(model, w);
            let legal = state == Some(Refused);
            assert_eq!(store.retry_refused(id, format!("k{n}")).await.unwrap(), legal);
            if legal {
                let write = model.writes.remove(w);
                let key = format!("k{n}");
                model.writes.push(Waiting { state: Queued, key, first: None, ..write });
            }
        }
        Step::Renew(w) => {
            let (id, state) = pick(model, w);
            let legal = matches!(state, Some(Queued | Unconfirmed));
            assert_eq!(store.renew_key(id, format!("k{n}")).await.unwrap(), legal);
            if legal {
                let write = &mut model.writes[w];
                (write.state, write.key, write.first) = (Queued, format!("k{n}"), None);
            }
        }
        Step::Forget(w) => {
            let (id, state) = pick(model, w);
            let legal = state == Some(Sent);
            assert_eq!(store.forget_sent(id).await.unwrap(), legal);
            if legal {
                model.writes.remove(w);
            }
        }
        Step::Restart => unreachable!(),
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn the_queue_keeps_its_rules(steps in prop::collection::vec(step(), 1..60)) {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
            let folder = tempdir().unwrap();
            let mut store = open(folder.path()).await;
            let mut model = Model::default();
            for (n, step) in steps.into_iter().enumerate() {
                if matches!(step, Step::Restart) {
                    store.close().await;
                    store = open(folder.path()).await;
                } else {
                    take(&store, &mut model, n, step).await;
                }
                agree(&store, &model).await;
            }
        });
    }
}
