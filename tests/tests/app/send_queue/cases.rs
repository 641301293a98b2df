//! Single cases worth a name.

use chrono::TimeDelta;
use schriftje_demo_portal::{Fault, FaultKind, StaffAnswer};
use schriftje_model::{FILE_NOT_TAKEN, NO_REASON, WriteId, WriteState};
use schriftje_store::CapabilitiesRecord;
use schriftje_sync::{Offered, SyncEngine, SyncOptions};
use std::sync::Arc;
use uuid::Uuid;

use super::device::*;

/// A device that wrote one answer whose request met `fault`, and waited longer than the portal
/// keeps its keys.
async fn answered_long_ago(fault: FaultKind) -> (Device, WriteId) {
    let mut device = fresh("lang geleden").await;
    device.write(Place::Reply(0), false).await;
    device.world.portal.faults().add(Fault::once(fault).at("/parent-api/v1/messages").only("POST"));
    assert!(device.send().await.is_none());
    let id = device.meant[0].id.clone();
    let state = device.store.write(id.clone()).await.unwrap().unwrap().state;
    assert_eq!(state, WriteState::Sending);
    // The portal forgets its keys in the meantime, and so the session renews itself.
    let long = TimeDelta::hours(30);
    device.world.clock.advance(long);
    device.world.portal.clock().advance(long);
    (device, id)
}

#[test]
fn what_arrived_and_was_never_answered_is_found_when_the_keys_are_forgotten() {
    RUNTIME.block_on(async {
        let (device, _) = answered_long_ago(FaultKind::EffectThenReset).await;
        device.send().await.unwrap();
        assert!(device.store.unsent().await.unwrap().is_empty());
        device.check().await;
    });
}

#[test]
fn what_nobody_can_tell_is_left_to_the_parent() {
    RUNTIME.block_on(async {
        let (device, id) = answered_long_ago(FaultKind::Reset).await;
        assert_eq!(device.send().await.unwrap().unconfirmed, 1);
        let write = device.store.write(id.clone()).await.unwrap().unwrap();
        assert_eq!(write.state, WriteState::Unconfirmed);
        // It is not sent by itself, whatever happens.
        device.send().await.unwrap();
        let write = device.store.write(id.clone()).await.unwrap().unwrap();
        assert_eq!(write.state, WriteState::Unconfirmed);
        // The parent looked, and has it sent again.
        device.store.renew_key(id, Uuid::new_v4().to_string()).await.unwrap();
        assert_eq!(device.send().await.unwrap().sent, 1);
        device.check().await;
    });
}

#[test]
fn a_try_that_did_nothing_makes_nothing_of_one_before_it_that_was_not_answered() {
    RUNTIME.block_on(async {
        let mut device = fresh("nog eens gevraagd").await;
        device.write(Place::Reply(0), false).await;
        let faults = device.world.portal.faults();
        for kind in [FaultKind::EffectThenReset, FaultKind::TooManyRequests { retry_after: 1 }] {
            faults.add(Fault::once(kind).at("/parent-api/v1/messages").only("POST"));
            assert!(device.send().await.is_none());
            // It may stand at the portal: edited now, it would arrive twice.
            let id = device.meant[0].id.clone();
            assert_eq!(device.store.write_to_draft(id, now()).await.unwrap(), None);
        }
        device.finish().await;
        device.check().await;
    });
}

#[test]
fn a_film_that_does_not_get_through_keeps_no_message_waiting() {
    RUNTIME.block_on(async {
        let mut device = fresh("slechte lijn").await;
        device.write(Place::Diary, true).await;
        device.write(Place::Reply(0), false).await;
        device.write(Place::Reply(1), true).await;
        device.world.portal.faults().add(Fault::always(FaultKind::Reset).only("PATCH"));
        assert!(device.send().await.is_none());
        assert_eq!(device.state(0).await, Some(WriteState::Queued));
        assert_eq!(device.at_portal().await[&target(Place::Reply(0))].len(), 1);
        device.finish().await;
        device.check().await;
    });
}

#[test]
fn one_write_the_portal_makes_nothing_of_keeps_no_other_waiting() {
    RUNTIME.block_on(async {
        let mut device = fresh("onleesbaar").await;
        device.write(Place::Reply(0), false).await;
        device.write(Place::Diary, false).await;
        let replies = "/parent-api/v1/messages";
        device.world.portal.faults().add(Fault::always(FaultKind::Html).at(replies).only("POST"));
        for _ in 0..3 {
            assert!(device.send().await.is_none());
            assert_eq!(device.state(0).await, Some(WriteState::Sending));
        }
        assert_eq!(device.at_portal().await[&target(Place::Diary)].len(), 1);
        device.finish().await;
        device.check().await;
    });
}

#[test]
fn a_gateway_that_refuses_for_the_portal_neither_refuses_nor_sends_twice() {
    RUNTIME.block_on(async {
        let mut device = fresh("tussenstation").await;
        device.write(Place::Reply(0), false).await;
        let replies = "/parent-api/v1/messages";
        let gateway = || Fault::once(FaultKind::Status { status: 404 }).at(replies).only("POST");
        device.world.portal.faults().add(gateway());
        assert!(device.send().await.is_none());
        assert_eq!(device.state(0).await, Some(WriteState::Queued));
        // It arrives and is not answered; then the gateway speaks again.
        let faults = device.world.portal.faults();
        faults.add(Fault::once(FaultKind::EffectThenReset).at(replies).only("POST"));
        faults.add(gateway());
        for _ in 0..2 {
            assert!(device.send().await.is_none());
            assert_eq!(device.state(0).await, Some(WriteState::Sending));
        }
        device.finish().await;
        device.check().await;
    });
}

#[test]
fn anothers_words_are_not_taken_for_what_was_never_answered() {
    RUNTIME.block_on(async {
        let (device, id) = answered_long_ago(FaultKind::Reset).await;
        // The nursery happens to say the very same.
        let answer = StaffAnswer {
            html: format!("<p>{}</p>", device.meant[0].text),
            ..StaffAnswer::default()
        };
        let conversation = device.world.conversations[0].clone();
        device.world.portal.nursery().answer(conversation.as_str(), answer).await.unwrap();
        assert_eq!(device.send().await.unwrap().unconfirmed, 1);
        let write = device.store.write(id).await.unwrap().unwrap();
        assert_eq!((write.state, write.files.len()), (WriteState::Unconfirmed, 0));
    });
}

#[test]
fn an_entry_of_photos_alone_is_not_taken_for_another() {
    RUNTIME.block_on(async {
        let mut device = fresh("alleen een foto").await;
        // One that arrives, and one of which nobody can tell.
        for _ in 0..2 {
            device.write_words(Place::Diary, String::new(), true).await;
        }
        let diary = "/parent-api/v1/diary";
        device.world.portal.faults().add(Fault::once(FaultKind::Reset).at(diary).after(1));
        assert!(device.send().await.is_none());
        let long = TimeDelta::hours(30);
        device.world.clock.advance(long);
        device.world.portal.clock().advance(long);
        assert_eq!(device.send().await.unwrap().unconfirmed, 1);
        // Its photo is still here, to be sent again.
        let left = device.store.unsent().await.unwrap();
        assert_eq!((left.len(), left[0].files.len()), (1, 1));
    });
}

/// Sends until what was written first no longer waits; answers how often that was.
async fn rounds(device: &Device) -> u32 {
    let mut rounds = 0;
    while device.state(0).await == Some(WriteState::Queued) {
        device.send().await;
        rounds += 1;
        assert!(rounds < 20, "it waits for ever");
    }
    rounds
}

#[test]
fn a_gateway_that_takes_no_files_is_in_the_end_a_refusal() {
    for (method, status) in [("POST", 413), ("PATCH", 413), ("PATCH", 404), ("HEAD", 403)] {
        RUNTIME.block_on(async {
            let mut device = fresh("te groot").await;
            device.write(Place::Diary, true).await;
            let faults = device.world.portal.faults();
            let uploads =
                || Fault::always(FaultKind::Status { status }).at("/parent-api/v1/uploads");
            if method == "HEAD" {
                faults.add(Fault::once(FaultKind::Reset).only("PATCH"));
                device.send().await;
            }
            faults.add(uploads().only(method));
            // What is counted is still there after a restart.
            device.send().await;
            device.restart().await;
            assert_eq!(rounds(&device).await, 8, "{method} {status}");
            let write = device.store.write(device.meant[0].id.clone()).await.unwrap().unwrap();
            assert_eq!(write.state, WriteState::Refused);
            let code = if status == 413 { "upload-too-large" } else { FILE_NOT_TAKEN };
            assert_eq!(write.reason_code.as_deref(), Some(code));
            // The parent has it sent again, and nothing is in the way.
            device.finish().await;
            device.check().await;
        });
    }
}

#[test]
fn a_refusal_in_nobodys_words_says_in_the_end_that_no_reason_was_given() {
    RUNTIME.block_on(async {
        let mut device = fresh("zonder woorden").await;
        device.write(Place::Diary, false).await;
        let diary = "/parent-api/v1/diary";
        let gateway = Fault::always(FaultKind::Status { status: 403 }).at(diary);
        device.world.portal.faults().add(gateway);
        assert_eq!(rounds(&device).await, 9);
        let write = device.store.write(device.meant[0].id.clone()).await.unwrap().unwrap();
        assert_eq!(write.state, WriteState::Refused);
        assert_eq!((write.reason_code.as_deref(), write.reason), (Some(NO_REASON), None));
        device.finish().await;
        device.check().await;
    });
}

#[test]
fn a_photo_whose_key_the_portal_knows_of_another_begins_under_a_new_one() {
    RUNTIME.block_on(async {
        let mut device = fresh("sleutel van een ander").await;
        device.write(Place::Diary, true).await;
        let write = device.store.write(device.meant[0].id.clone()).await.unwrap().unwrap();
        let key = Uuid::new_v4();
        device.world.session.create_upload(key, 9, "image/jpeg", "ander.jpg").await.unwrap();
        device.store.set_upload(write.files[0].id.clone(), None, key.to_string()).await.unwrap();
        assert_eq!(device.send().await.unwrap().sent, 1);
        device.check().await;
    });
}

#[test]
fn a_portal_that_knows_every_key_of_a_photo_already_is_in_the_end_a_refusal() {
    RUNTIME.block_on(async {
        let mut device = fresh("elke sleutel al gebruikt").await;
        device.write(Place::Diary, true).await;
        let uploads = "/parent-api/v1/uploads";
        let (status, code) = (422, "idempotency-key-reused".to_owned());
        let reused = Fault::always(FaultKind::Problem { status, code: code.clone() });
        device.world.portal.faults().add(reused.at(uploads).only("POST"));
        assert_eq!(rounds(&device).await, 9);
        let write = device.store.write(device.meant[0].id.clone()).await.unwrap().unwrap();
        assert_eq!((write.state, write.reason_code), (WriteState::Refused, Some(code)));
        // Begun anew once each time, and no more often.
        let requests = device.world.portal.requests();
        let begun = requests.iter().filter(|one| one.path_and_query == uploads).count();
        assert_eq!(begun, 18);
        device.finish().await;
        device.check().await;
    });
}

#[test]
fn a_gateway_that_takes_no_files_for_a_while_refuses_nothing_and_makes_no_key_old() {
    RUNTIME.block_on(async {
        let mut device = fresh("even niet").await;
        device.write(Place::Diary, true).await;
        let faults = device.world.portal.faults();
        let gateway = Fault::always(FaultKind::Status { status: 403 }).only("PATCH");
        faults.add(gateway.times(4));
        for _ in 0..4 {
            assert!(device.send().await.is_none());
            assert_eq!(device.state(0).await, Some(WriteState::Queued));
        }
        // It is first sent long after, and the key it is sent under is young.
        let long = TimeDelta::hours(30);
        device.world.clock.advance(long);
        device.world.portal.clock().advance(long);
        let diary = "/parent-api/v1/diary";
        faults.add(Fault::once(FaultKind::Reset).at(diary).only("POST"));
        assert!(device.send().await.is_none());
        assert_eq!(device.state(0).await, Some(WriteState::Sending));
        assert_eq!(device.send().await.unwrap().sent, 1);
        device.check().await;
    });
}

#[test]
fn a_round_that_was_cut_off_while_it_was_counted_sends_nothing_without_its_photo() {
    RUNTIME.block_on(async {
        let mut device = fresh("afgebroken").await;
        device.write(Place::Diary, true).await;
        let id = device.meant[0].id.clone();
        assert!(device.store.start_sending(id, now()).await.unwrap());
        device.restart().await;
        assert_eq!(device.send().await.unwrap().sent, 1);
        device.check().await;
    });
}

#[test]
fn an_echo_goes_once_its_message_is_read_also_beside_a_refusal() {
    RUNTIME.block_on(async {
        let mut device = fresh("teruglezen").await;
        device.write(Place::Reply(0), false).await;
        device.write(Place::Reply(1), false).await;
        let closed = device.world.conversations[1].clone();
        device.world.portal.nursery().close_conversation(closed.as_str(), true).await.unwrap();
        let faults = device.world.portal.faults();
        faults.add(Fault::always(FaultKind::Reset).at("/restservices-parent/logbook/"));
        let sent = device.send().await.unwrap();
        assert_eq!((sent.sent, sent.refused), (1, 1));
        assert_eq!(device.state(0).await, Some(WriteState::Sent));
        faults.clear();
        // A poll and the parent read it meanwhile.
        let session = Arc::new(device.world.session.clone());
        let clock = Arc::new(device.world.clock.clone());
        let options = SyncOptions { pictures_ahead: false, ..SyncOptions::default() };
        let engine = SyncEngine::new(device.store.clone(), session, clock, options);
        engine.refresh_conversations().await.unwrap();
        engine.open_conversation(device.world.conversations[0].clone()).await.unwrap();
        device.send().await.unwrap();
        assert_eq!(device.state(0).await, None);
        assert_eq!(device.state(1).await, Some(WriteState::Refused));
    });
}

/// A device that wrote one answer with a photo whose request met `fault`, at a portal that then
/// forgot its keys earlier than it says.
async fn forgotten_early(fault: FaultKind) -> Device {
    let mut device = fresh("te vroeg vergeten").await;
    let mut offered = Offered::kept(&device.store, now()).await.unwrap().unwrap();
    offered.limits.idempotency_hours = 200;
    let answer = serde_json::to_string(&offered).unwrap();
    let record = CapabilitiesRecord { asked_at: now(), answer };
    device.store.set_capabilities(record).await.unwrap();
    device.write(Place::Reply(0), true).await;
    device.world.portal.faults().add(Fault::once(fault).at("/parent-api/v1/messages").only("POST"));
    assert!(device.send().await.is_none());
    assert_eq!(device.state(0).await, Some(WriteState::Sending));
    device.world.portal.clock().advance(TimeDelta::hours(30));
    device
}

#[test]
fn what_arrived_with_its_photo_is_not_sent_again_when_its_key_is_forgotten_early() {
    RUNTIME.block_on(async {
        let device = forgotten_early(FaultKind::EffectThenReset).await;
        device.send().await.unwrap();
        assert!(device.store.unsent().await.unwrap().is_empty());
        device.check().await;
    });
}

#[test]
fn what_may_have_arrived_with_photos_that_are_gone_is_left_to_the_parent() {
    RUNTIME.block_on(async {
        let mut device = forgotten_early(FaultKind::Reset).await;
        let sent = device.send().await.unwrap();
        assert_eq!((sent.sent, sent.unconfirmed), (0, 1));
        assert_eq!(device.state(0).await, Some(WriteState::Unconfirmed));
        device.finish().await;
        device.check().await;
    });
}
