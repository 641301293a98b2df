//! A send queue from before there were wishes goes on, and takes them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::connection::{Access, connect};
use crate::migrations::Kind;
use crate::{Key, OpenMode, Store, drafts, writes};
use chrono::DateTime;
use schriftje_model::{
    AbsenceForm, AbsenceReason, Draft, DraftPlace, RequestForm, RequestKind, WishId, WriteId,
    WriteState, WriteWhat,
};
use tempfile::tempdir;

#[tokio::test]
async fn what_waited_in_it_is_kept_and_it_takes_forms_wishes_and_absences() {
    let folder = tempdir().unwrap();
    let key = Key::from_bytes([1; 32]);
    let now = DateTime::from_timestamp(1_780_000_000, 0).unwrap();
    let diary = |n: usize| WriteWhat::Diary {
        children: vec!["noortje".into()],
        day: now.date_naive(),
        text: format!("Dag {n}"),
    };
    let id = |n: usize| WriteId(format!("w{n}"));
    let draft = Draft { text: "Half geschreven".into(), ..Draft::empty(DraftPlace::NewMessage) };
    {
        let path = folder.path().join(Kind::Outbox.file_name());
        let mut c = connect(&path, Kind::Outbox, &key, Access::ReadWrite).unwrap();
        Kind::Outbox.migrate_to(&mut c, 1).unwrap();
        drafts::save(&c, &draft, now.timestamp_millis()).unwrap();
        for n in 0..3 {
            let body = writes::body(&diary(n), false).unwrap();
            writes::insert(&c, &id(n), &body, "diary", now).unwrap();
        }
        c.execute_batch(
            "UPDATE writes SET state = 'sending', attempts = 1, first_attempt_at = 7
                 WHERE id = 'w0';
             UPDATE writes SET state = 'refused', code = 'no', reason = 'Nee.' WHERE id = 'w1';",
        )
        .unwrap();
    }
    let store = Store::open(folder.path(), &key, OpenMode::Create).await.unwrap().store;
    let kept = store.writes().await.unwrap();
    let kept: Vec<_> = kept.into_iter().map(|write| (write.id, write.what, write.state)).collect();
    let states = [WriteState::Sending, WriteState::Refused, WriteState::Queued];
    let expected: Vec<_> = (0..3).map(|n| (id(n), diary(n), states[n])).collect();
    assert_eq!(kept, expected);
    assert_eq!(store.drafts().await.unwrap()[0].0, draft);
    // It goes on with what it was at.
    assert!(store.mark_sent(id(0), None, now).await.unwrap());
    assert_eq!(store.take_refused_requests().await.unwrap(), [], "an entry is no request");

    let form = RequestForm { remark: "Oma".into(), ..RequestForm::empty(RequestKind::Extra) };
    store.save_form(form.clone(), now).await.unwrap();
    let wish = store.form_to_wish(form.clone(), form, WishId("w".into()), now).await.unwrap();
    let absence = AbsenceForm {
        from: now.date_naive(),
        until: now.date_naive(),
        lines: Vec::new(),
        reason: AbsenceReason::Ill,
        remark: String::new(),
    };
    let what = WriteWhat::Absence { form: absence };
    store.queue_write(id(3), what, "absences".into(), vec![], false, now).await.unwrap().unwrap();
    store.close().await;
    let store = Store::open(folder.path(), &key, OpenMode::Existing).await.unwrap().store;
    assert_eq!(store.wishes().await.unwrap(), [wish.unwrap()]);
    let unsent = store.unsent().await.unwrap();
    assert_eq!(unsent.into_iter().map(|write| write.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    store.close().await;
}
