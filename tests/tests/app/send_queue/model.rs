//! Random writes, edits, withdrawals, faults, restarts and kills.

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::strategy::BoxedStrategy;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use schriftje_demo_portal::{Fault, FaultKind};
use uuid::Uuid;

use super::device::*;

#[derive(Clone, Debug)]
enum Step {
    Write {
        place: Place,
        photo: bool,
    },
    Edit(usize),
    Withdraw(usize),
    Retry(usize),
    Send,
    /// The program dies when the portal was asked so many times more.
    SendAndDie(usize),
    Restart,
    Fault(FaultKind, u32),
    Heal,
    Close(usize),
    Open(usize),
    /// So long a pause that the portal forgets its keys.
    LongPause,
    /// The device's clock is set to another time.
    WrongClock(i64),
}

/// How many writes there are; what they become depends on what reached the portal, and is kept
/// with the device.
#[derive(Clone, Debug)]
struct Count(usize);

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        Just(Place::Message),
        (0..CONVERSATIONS).prop_map(Place::Reply),
        (0..CONVERSATIONS).prop_map(Place::Reply),
        Just(Place::Diary),
        Just(Place::Absence),
        Just(Place::Request),
    ]
}

fn fault() -> impl Strategy<Value = FaultKind> {
    prop_oneof![
        3 => Just(FaultKind::EffectThenReset),
        2 => Just(FaultKind::Reset),
        1 => Just(FaultKind::Status { status: 500 }),
        1 => Just(FaultKind::Status { status: 503 }),
        1 => Just(FaultKind::TooManyRequests { retry_after: 1 }),
        1 => Just(FaultKind::Unauthorized),
        1 => Just(FaultKind::Truncated),
        1 => Just(FaultKind::HalfJson),
        1 => Just(FaultKind::Html),
        1 => Just(FaultKind::LateAnswer { ms: 5 }),
    ]
}

impl ReferenceStateMachine for Count {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self(0)).boxed()
    }

    fn transitions(state: &Self) -> BoxedStrategy<Step> {
        let write = (place(), prop::bool::weighted(0.2))
            .prop_map(|(place, photo)| Step::Write { place, photo });
        let some = 0..state.0.max(1);
        prop_oneof![
            8 => write,
            2 => some.clone().prop_map(Step::Edit),
            2 => some.clone().prop_map(Step::Withdraw),
            2 => some.prop_map(Step::Retry),
            4 => Just(Step::Send),
            4 => (0_usize..8).prop_map(Step::SendAndDie),
            1 => Just(Step::Restart),
            6 => (fault(), 0_u32..4).prop_map(|(kind, after)| Step::Fault(kind, after)),
            2 => Just(Step::Heal),
            1 => (0..CONVERSATIONS).prop_map(Step::Close),
            1 => (0..CONVERSATIONS).prop_map(Step::Open),
            1 => Just(Step::LongPause),
            1 => (-30_i64..30).prop_map(Step::WrongClock),
        ]
        .boxed()
    }

    fn preconditions(state: &Self, step: &Step) -> bool {
        match step {
            Step::Edit(n) | Step::Withdraw(n) | Step::Retry(n) => *n < state.0,
            _ => true,
        }
    }

    fn apply(state: Self, step: &Step) -> Self {
        match step {
            Step::Write { .. } => Self(state.0 + 1),
            _ => state,
        }
    }
}

struct Queue;

impl StateMachineTest for Queue {
    type SystemUnderTest = Device;
    type Reference = Count;

    fn init_test(_: &Count) -> Device {
        let world = World::shared();
        world.portal.faults().clear();
        let tag = format!("geval {}", Uuid::new_v4().simple());
        RUNTIME.block_on(Device::fresh(world, tag))
    }

    fn apply(mut device: Device, _: &Count, step: Step) -> Device {
        RUNTIME.block_on(async {
            match step {
                Step::Write { place, photo } => {
                    device.write(place, photo && place.takes_photos()).await;
                }
                Step::Edit(n) => {
                    if !device.meant[n].withdrawn {
                        device.edit(n).await;
                    }
                }
                Step::Withdraw(n) => {
                    let id = device.meant[n].id.clone();
                    if device.store.withdraw(id).await.unwrap() {
                        device.meant[n].withdrawn = true;
                    }
                }
                Step::Retry(n) => device.retry(n).await,
                Step::Send => drop(device.send().await),
                Step::SendAndDie(requests) => device.die_sending(requests).await,
                Step::Restart => device.restart().await,
                Step::Fault(kind, after) => {
                    let fault = Fault::once(kind).at("/parent-api/v1/").after(after);
                    device.world.portal.faults().add(fault);
                }
                Step::Heal => device.world.portal.faults().clear(),
                Step::Close(n) | Step::Open(n) => {
                    let id = device.world.conversations[n].clone();
                    let closed = matches!(step, Step::Close(_));
                    let nursery = device.world.portal.nursery();
                    nursery.close_conversation(id.as_str(), closed).await.unwrap();
                }
                Step::LongPause => device.pause(),
                Step::WrongClock(hours) => {
                    device.world.clock.advance(TimeDelta::hours(hours));
                    device.clock_was_set = true;
                }
            }
            device.check_queue().await;
        });
        device
    }

    fn teardown(mut device: Device, _: Count) {
        RUNTIME.block_on(async {
            device.finish().await;
            device.check().await;
            device.store.close().await;
        });
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig {
        // `PROPTEST_CASES` asks for more.
        cases: std::env::var("PROPTEST_CASES").map_or(60, |cases| cases.parse().unwrap_or(60)),
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_goes_wrong_each_write_arrives_once_and_in_order(sequential 1..STEPS => Queue);
}
