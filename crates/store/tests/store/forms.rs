//! What a parent relies on of requests that are being filled in, and of wishes.

use crate::sample::{day, open};
use chrono::{DateTime, Utc};
use schriftje_model::{
    Booking, BookingLine, RequestForm, RequestKind, Wish, WishId, WriteId, WriteState, WriteWhat,
};
use schriftje_store::Store;
use tempfile::tempdir;

const EXTRA: RequestKind = RequestKind::Extra;
const SWAP: RequestKind = RequestKind::Swap;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000 + seconds, 0).unwrap()
}

fn form(kind: RequestKind, remark: &str) -> RequestForm {
    let line = BookingLine { child: "noortje".into(), parts: Vec::new(), credit: None };
    let booking =
        Booking { from: day(3), until: day(4), lines: vec![line], given: Vec::new(), quote: None };
    RequestForm {
        bookings: vec![booking],
        expires_on: Some(day(2)),
        remark: remark.into(),
        ..RequestForm::empty(kind)
    }
}

async fn queued(store: &Store, form: &RequestForm, id: &str) -> bool {
    let (id, target) = (WriteId(id.into()), "requests".to_owned());
    let queued = store.queue_form(form.clone(), form.clone(), id, target, at(9)).await;
    queued.unwrap().is_some()
}

async fn wished(store: &Store, form: &RequestForm, id: &str, seconds: i64) -> Option<Wish> {
    store.save_form(form.clone(), at(seconds)).await.unwrap();
    let id = WishId(id.into());
    store.form_to_wish(form.clone(), form.clone(), id, at(seconds)).await.unwrap()
}

async fn wishes(store: &Store) -> Vec<(String, bool, RequestForm)> {
    let wishes = store.wishes().await.unwrap().into_iter();
    wishes.map(|wish| (wish.id.0, wish.ready, wish.form)).collect()
}

#[tokio::test]
async fn a_form_is_kept_by_kind_over_a_restart_until_it_is_thrown_away() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let (extra, swap) = (form(EXTRA, "Oma is jarig"), form(SWAP, "Liever vrijdag"));
    store.save_form(swap.clone(), at(0)).await.unwrap();
    store.save_form(extra.clone(), at(1)).await.unwrap();
    store.close().await;
    let store = open(folder.path()).await;
    assert_eq!(store.forms().await.unwrap(), [extra.clone(), swap.clone()], "last changed first");
    // Changed, it stays one form.
    let changed = form(SWAP, "Liever maandag");
    store.save_form(changed.clone(), at(2)).await.unwrap();
    assert_eq!(store.forms().await.unwrap(), [changed.clone(), extra.clone()]);
    // One in which nothing stands is nobody's concern.
    store.save_form(RequestForm::empty(EXTRA), at(3)).await.unwrap();
    assert_eq!(store.forms().await.unwrap(), [changed]);
    assert!(store.discard_form(SWAP).await.unwrap());
    assert!(!store.discard_form(SWAP).await.unwrap());
    assert_eq!(store.form(SWAP).await.unwrap(), None);
}

#[tokio::test]
async fn a_form_is_given_in_once_and_only_as_it_was_seen() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let seen = form(EXTRA, "Oma is jarig");
    let changed = form(EXTRA, "Opa is jarig");
    store.save_form(changed.clone(), at(0)).await.unwrap();
    assert!(!queued(&store, &seen, "w1").await, "it changed meanwhile");
    assert_eq!(store.form(EXTRA).await.unwrap(), Some(changed.clone()));
    assert!(queued(&store, &changed, "w1").await);
    assert!(!queued(&store, &changed, "w2").await, "pressed twice");
    assert_eq!(store.form(EXTRA).await.unwrap(), None);
    assert_eq!(store.unsent().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_refused_request_is_told_once_and_comes_back_as_it_was_filled_in() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let form = form(EXTRA, "Oma is jarig");
    store.save_form(form.clone(), at(0)).await.unwrap();
    assert!(queued(&store, &form, "w1").await);
    let id = WriteId("w1".into());
    let (code, reason) = (Some("no-room".to_owned()), Some("De groep is vol.".to_owned()));
    assert!(store.mark_refused(id.clone(), code, reason.clone()).await.unwrap());
    store.close().await;
    let store = open(folder.path()).await;
    let told = store.take_refused_requests().await.unwrap();
    assert_eq!(told.iter().map(|write| &write.id).collect::<Vec<_>>(), [&id]);
    assert_eq!((told[0].state, &told[0].reason), (WriteState::Refused, &reason));
    assert_eq!(told[0].what, WriteWhat::Request { form: form.clone() });
    assert_eq!(store.take_refused_requests().await.unwrap(), []);
    // It is a form again before the write goes; a draft it never was.
    assert_eq!(store.write_to_draft(id.clone(), at(1)).await.unwrap(), None);
    store.save_form(form.clone(), at(1)).await.unwrap();
    assert!(store.withdraw(id.clone()).await.unwrap());
    assert_eq!(store.form(EXTRA).await.unwrap(), Some(form));
    assert_eq!(store.write(id).await.unwrap(), None);
}

#[tokio::test]
async fn wishes_are_kept_in_their_order_over_a_restart_until_they_are_thrown_away() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let forms = [form(EXTRA, "een"), form(SWAP, "twee"), form(EXTRA, "drie")];
    for (n, form) in forms.iter().enumerate() {
        // A clock that goes back changes no order.
        let kept_at = 100 - i64::try_from(n).unwrap();
        assert!(wished(&store, form, &format!("wens {n}"), kept_at).await.is_some());
        assert_eq!(store.form(form.kind).await.unwrap(), None, "the form is empty again");
    }
    store.close().await;
    let store = open(folder.path()).await;
    let named = |n: usize| (format!("wens {n}"), false, forms[n].clone());
    assert_eq!(wishes(&store).await, [named(0), named(1), named(2)]);
    let second = WishId("wens 1".into());
    assert_eq!(store.wish(second.clone()).await.unwrap().map(|wish| wish.kept_at), Some(at(99)));
    assert!(store.discard_wish(second.clone()).await.unwrap());
    assert!(!store.discard_wish(second.clone()).await.unwrap());
    assert_eq!(wishes(&store).await, [named(0), named(2)]);
    assert_eq!(store.open_wish(second, WishId("x".into()), at(0)).await.unwrap(), None);
    // Not as it was looked at: neither the form nor the wishes change.
    store.save_form(forms[0].clone(), at(0)).await.unwrap();
    let (other, id) = (forms[2].clone(), WishId("wens 4".into()));
    assert_eq!(store.form_to_wish(other.clone(), other, id, at(0)).await.unwrap(), None);
    assert_eq!(store.form(EXTRA).await.unwrap(), Some(forms[0].clone()));
    assert_eq!(wishes(&store).await.len(), 2);
}

#[tokio::test]
async fn a_wish_is_edited_as_a_form_and_what_stood_there_is_kept() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    let wish = form(EXTRA, "de wens");
    wished(&store, &wish, "wens", 0).await.unwrap();
    let half = form(EXTRA, "half ingevuld");
    store.save_form(half.clone(), at(1)).await.unwrap();
    let (id, kept_as) = (WishId("wens".into()), WishId("half".into()));
    let opened = store.open_wish(id.clone(), kept_as.clone(), at(2)).await.unwrap();
    assert_eq!(opened, Some(wish.clone()));
    store.close().await;
    let store = open(folder.path()).await;
    assert_eq!(store.form(EXTRA).await.unwrap(), Some(wish.clone()));
    assert_eq!(wishes(&store).await, [("half".to_owned(), false, half)]);
    // Over an empty form nothing is kept.
    store.discard_form(EXTRA).await.unwrap();
    store.save_form(RequestForm::empty(EXTRA), at(3)).await.unwrap();
    store.open_wish(kept_as, id, at(4)).await.unwrap().unwrap();
    assert_eq!(wishes(&store).await, []);
}

#[tokio::test]
async fn a_wish_that_is_ready_is_told_once() {
    let folder = tempdir().unwrap();
    let store = open(folder.path()).await;
    wished(&store, &form(EXTRA, "een"), "een", 0).await.unwrap();
    assert_eq!(store.take_ready_wishes().await.unwrap(), []);
    assert_eq!(store.ready_wishes().await.unwrap(), 1);
    wished(&store, &form(EXTRA, "twee"), "twee", 1).await.unwrap();
    store.close().await;
    let store = open(folder.path()).await;
    let told = async || {
        let told = store.take_ready_wishes().await.unwrap();
        told.into_iter().map(|wish| wish.id.0).collect::<Vec<_>>()
    };
    assert_eq!(told().await, ["een"]);
    assert!(told().await.is_empty());
    assert_eq!(store.ready_wishes().await.unwrap(), 1);
    assert_eq!(told().await, ["twee"]);
    // What gives way to an opened one is known to be there.
    let half = form(EXTRA, "half ingevuld");
    store.save_form(half, at(2)).await.unwrap();
    store.open_wish(WishId("een".into()), WishId("half".into()), at(3)).await.unwrap().unwrap();
    assert!(told().await.is_empty());
}
