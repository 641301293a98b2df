//! Each rule, on whatever is asked.

use super::asking::{Ask, ask, quote};
use super::booking::{Booking, GivenIn, Wanted};
use super::rules::{Unit, Weeks};
use super::sample::{asked, booking, child, credit, day, family, now, quoted, sender, slots_on};
use super::slots::{Attendance, SlotKind, Slots};
use super::state::{By, Change, Kind, Planning, Reason, Status};
use super::{Absence, Letter, Refused, Verdict, absent, cancel, decide, expire, left, may_cancel};
use crate::Organisation;
use crate::data::{closed, school_holiday};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::HashMap;

fn bosrand() -> Planning {
    family(Organisation::BOSRAND)
}

fn approve() -> Verdict {
    Verdict { approved: true, reason: None }
}

fn refuse() -> Verdict {
    Verdict { approved: false, reason: Some("Vol.".to_owned()) }
}

/// A day within two months, often one on which nobody comes yet.
fn a_day() -> impl Strategy<Value = NaiveDate> {
    let weekday = prop_oneof![1 => 0_u64..7, 2 => Just(2), 2 => Just(4)];
    (0_u64..8, weekday)
        .prop_map(|(weeks, day_of)| day("2026-03-16") + Days::new(weeks * 7 + day_of))
}

/// Day parts of a child, and now and then one that is not for it.
fn some_parts(number: usize) -> impl Strategy<Value = Vec<String>> {
    let own = if number == 1 { ["voorschools", "naschools"] } else { ["ochtend", "middag"] };
    let all = own.into_iter().chain(["vakantieochtend"]).map(str::to_owned).collect::<Vec<_>>();
    prop_oneof![
        5 => prop::sample::subsequence(all[..2].to_vec(), 1..3),
        1 => prop::sample::subsequence(all, 1..4),
    ]
}

fn wanted() -> impl Strategy<Value = Wanted> {
    (0_usize..3).prop_flat_map(|number| (Just(number), some_parts(number), 0_usize..3)).prop_map(
        |(number, parts, with)| Wanted {
            child: child(&with_credits(), number),
            parts,
            credit: (with > 0).then(|| format!("credit {number} {with}")),
        },
    )
}

fn a_booking() -> impl Strategy<Value = Booking> {
    let length = prop_oneof![3 => Just(0), 1 => 0_u64..12];
    (a_day(), length, prop::collection::vec(wanted(), 1..3)).prop_map(|(from, length, lines)| {
        Booking { from, until: from + Days::new(length), lines, given: Vec::new() }
    })
}

/// Noortje has a twin in the same group, where one place is left; each child has two credits.
fn with_credits() -> Planning {
    let mut planning = bosrand();
    let twin = crate::data::people::Child { id: "twin".to_owned(), ..planning.children[0].clone() };
    planning.children[2] = twin;
    for day in day("2026-03-16").iter_days().take(120) {
        for part in ["ochtend", "middag"] {
            planning.others.insert(("Hamsters".to_owned(), day, part.to_owned()), 2);
        }
    }
    for number in 0..3 {
        let of = child(&planning, number);
        planning.credits.push(credit(&of, &format!("credit {number} 1"), 700));
        let school = credit(&of, &format!("credit {number} 2"), 1_300);
        planning.credits.push(super::Credit { weeks: Weeks::School, ..school });
    }
    planning
}

/// What parents and the organisation may do.
#[derive(Clone, Debug)]
enum Step {
    Ask { bookings: Vec<Booking>, whole: bool, expires_in: Option<u64> },
    Swap { number: usize, on: NaiveDate, booking: Booking },
    Absent { number: usize, from: NaiveDate, length: u64 },
    Decide { which: usize, approve: bool },
    Cancel { which: usize },
    Pass { hours: i64 },
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (prop::collection::vec(a_booking(), 1..3), any::<bool>(), prop::option::of(1_u64..30))
            .prop_map(|(bookings, whole, expires_in)| Step::Ask { bookings, whole, expires_in }),
        2 => (0_usize..3, a_day(), a_booking())
            .prop_map(|(number, on, booking)| Step::Swap { number, on, booking }),
        2 => (0_usize..3, a_day(), 0_u64..10)
            .prop_map(|(number, from, length)| Step::Absent { number, from, length }),
        4 => (any::<usize>(), any::<bool>())
            .prop_map(|(which, approve)| Step::Decide { which, approve }),
        2 => any::<usize>().prop_map(|which| Step::Cancel { which }),
        1 => (1_i64..400).prop_map(|hours| Step::Pass { hours }),
    ]
}

fn all_slots(planning: &Planning, number: usize, from: NaiveDate, length: u64) -> GivenIn {
    let of = child(planning, number);
    let days = (0..=length).map(|days| (from + Days::new(days)).to_string());
    let slots = days.flat_map(|on| slots_on(planning, &of, &on).slots).collect();
    GivenIn { child: of, slots }
}

fn take(
    planning: &mut Planning,
    step: &Step,
    number: usize,
    now: &mut DateTime<Utc>,
) -> Result<Vec<Letter>, Refused> {
    let sender = sender(&format!("request {number}"));
    let line = |planning: &Planning, which: usize| {
        let lines: Vec<(String, String)> =
            planning.lines().map(|(request, line)| (request.id.clone(), line.id.clone())).collect();
        lines.get(which % lines.len().max(1)).cloned().ok_or(Refused::RequestUnknown)
    };
    match step {
        Step::Ask { bookings, whole, expires_in } => {
            let mut new = quoted(planning, Kind::Extra, bookings, *now);
            new.whole = *whole;
            new.expires_on = expires_in.map(|days| crate::day::today(*now) + Days::new(days));
            ask(planning, &new, &sender, *now).map(|()| Vec::new())
        }
        Step::Swap { number, on, booking } => {
            let given = all_slots(planning, *number, *on, 0);
            let lines = booking.lines.iter().map(|line| Wanted {
                child: given.child.clone(),
                credit: None,
                ..line.clone()
            });
            let booking =
                Booking { lines: lines.take(1).collect(), given: vec![given], ..booking.clone() };
            let new = quoted(planning, Kind::Swap, &[booking], *now);
            ask(planning, &new, &sender, *now).map(|()| Vec::new())
        }
        Step::Absent { number, from, length } => {
            let lines = vec![all_slots(planning, *number, *from, *length)];
            let (reason, remark) = (Reason::Other, String::new());
            let until = *from + Days::new(*length);
            let absence = Absence { from: *from, until, lines, reason, remark };
            absent(planning, &absence, &sender, *now).map(|()| Vec::new())
        }
        Step::Decide { which, approve: yes } => {
            let (_, line) = line(planning, *which)?;
            let verdict = if *yes { approve() } else { refuse() };
            Ok(decide(planning, &line, verdict, *now)?.into_iter().collect())
        }
        Step::Cancel { which } => {
            let (request, line) = line(planning, *which)?;
            Ok(cancel(planning, &request, &line, *now)?.into_iter().collect())
        }
        Step::Pass { hours } => {
            *now += TimeDelta::hours(*hours);
            Ok(expire(planning, *now))
        }
    }
}

/// What holds whatever was done.
fn check(planning: &Planning) -> Result<(), TestCaseError> {
    for credit in &planning.credits {
        let left = left(planning, credit);
        prop_assert!((0..=credit.total).contains(&left), "{left} of {}", credit.total);
    }
    let mut places = std::collections::BTreeMap::new();
    for (_, line) in planning.lines().filter(|(request, _)| request.kind != Kind::Absence) {
        for slot in line.slots.iter().filter(|_| line.holds()) {
            let spot = (line.group.clone(), slot.day, slot.part.clone());
            let others = planning.others.get(&spot).copied().unwrap_or_default();
            let held = places.entry(spot.clone()).or_insert(others);
            *held += 1;
            let group = planning.rules.group(&spot.0).unwrap();
            prop_assert!(*held <= group.places_in(&spot.2), "{spot:?}");
            prop_assert!(!closed(slot.day));
        }
    }
    for child in &planning.children {
        let slots = Slots::of(planning, child);
        for day in day("2026-03-01").iter_days().take(140) {
            let on = slots.on(day);
            for (number, planned) in on.iter().enumerate() {
                for other in &on[number + 1..] {
                    prop_assert!(!planned.slot.overlaps(&other.slot), "{planned:?} {other:?}");
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    /// Nothing overlaps, no group takes more than it can, no credit is overdrawn; what is refused
    /// changes nothing, what is final stays so, and there is one message a request.
    #[test]
    fn whatever_is_done_the_planning_holds(steps in prop::collection::vec(a_step(), 1..24)) {
        let mut planning = with_credits();
        let mut now = now();
        let mut letters = 0;
        for (number, step) in steps.iter().enumerate() {
            let before = planning.clone();
            if let Ok(told) = take(&mut planning, step, number, &mut now) {
                letters += told.len();
            } else {
                prop_assert_eq!(&planning.requests, &before.requests);
                prop_assert_eq!(&planning.credits, &before.credits);
            }
            for (request, line) in before.lines() {
                let (at, position) = planning.find(&line.id).unwrap();
                let after = &planning.requests[at].lines[position];
                let may = match line.status {
                    Status::Asked => after.status != Status::Registered,
                    Status::Registered => {
                        matches!(after.status, Status::Registered | Status::Cancelled)
                    }
                    status => after.status == status,
                };
                prop_assert!(may, "{:?}: {:?} to {:?}", request.kind, line.status, after.status);
            }
            check(&planning)?;
        }
        let judged = planning.requests.iter().filter(|request| {
            let is = |wanted: &[Status]| {
                request.lines.iter().any(|line| wanted.contains(&line.status))
            };
            !is(&[Status::Asked]) && is(&[Status::Approved, Status::Refused, Status::Expired])
        });
        prop_assert_eq!(letters, judged.count());
    }

    #[test]
    fn a_day_part_is_paid_by_credit_wholly_or_not_at_all(
        booking in a_booking(), total in 1_i64..2_000
    ) {
        let mut planning = with_credits();
        for credit in &mut planning.credits {
            credit.total = total;
        }
        let Ok(booked) = quote(planning.clone(), Kind::Extra, &[], &booking, now()) else {
            return Ok(());
        };
        prop_assert_eq!(booked.lines.len(), booking.lines.len());
        let mut invoiced = 0;
        let mut spent = HashMap::<_, i64>::new();
        for (wanted, line) in booking.lines.iter().zip(&booked.lines) {
            prop_assert_eq!(&wanted.child, &line.child);
            for quote in &line.quotes {
                let slots = line.slots.iter().filter(|slot| slot.part == quote.part);
                let minutes: i64 = slots.map(super::Slot::minutes).sum();
                match &quote.by {
                    By::Credit { credit, unit, amount } => {
                        prop_assert_eq!(wanted.credit.as_ref(), Some(credit));
                        prop_assert_eq!((*unit, *amount), (Unit::Minutes, minutes));
                        *spent.entry(credit.as_str()).or_default() += amount;
                    }
                    By::Invoice { cents } => {
                        prop_assert!(*cents > 0);
                        invoiced += cents;
                        if let (Some(credit), Some(_)) = (&wanted.credit, &quote.notice) {
                            let before = spent.get(credit.as_str()).unwrap_or(&0);
                            prop_assert!(before + minutes > total);
                        }
                    }
                }
            }
        }
        prop_assert!(spent.values().all(|spent| *spent <= total));
        prop_assert_eq!(booked.cents, invoiced);
    }

    #[test]
    fn a_credit_is_usable_for_its_child_in_its_days_and_weeks_only(
        on in a_day(), number in 0_usize..2, owner in 0_usize..2,
        from in -100_i64..100, length in 0_i64..200, school in any::<bool>(), points in any::<bool>()
    ) {
        let mut planning = bosrand();
        let valid_from = day("2026-03-16") + TimeDelta::days(from);
        let owner_id = child(&planning, owner);
        planning.credits.push(super::Credit {
            valid_from,
            valid_until: valid_from + TimeDelta::days(length),
            weeks: if school { Weeks::School } else { Weeks::Holiday },
            unit: if points { Unit::Points } else { Unit::Minutes },
            ..credit(&owner_id, "credit", 9_000)
        });
        let part = if number == 0 { "ochtend" } else { "naschools" };
        let mut wanted = booking(&child(&planning, number), &on.to_string(), &on.to_string(), &[part]);
        prop_assume!(quote(planning.clone(), Kind::Extra, &[], &wanted, now()).is_ok());
        wanted.lines[0].credit = Some("credit".to_owned());
        let quoted = quote(planning.clone(), Kind::Extra, &[], &wanted, now());
        let valid = valid_from <= on && on <= valid_from + TimeDelta::days(length);
        let usable = number == owner && valid && !points && school == school_holiday(on).is_none();
        let by_credit = quoted.as_ref().is_ok_and(|booked| booked.cents == 0);
        prop_assert_eq!(by_credit, usable, "{:?}", quoted);
    }

    #[test]
    fn a_credit_is_reserved_consumed_or_given_back(how in 0_u8..4) {
        let mut planning = bosrand();
        let noortje = child(&planning, 0);
        planning.credits.push(credit(&noortje, "credit", 700));
        let mut wanted = booking(&noortje, "2026-03-20", "2026-03-20", &["ochtend", "middag"]);
        wanted.lines[0].credit = Some("credit".to_owned());
        let lines = asked(&mut planning, Kind::Extra, &[wanted], |new| {
            new.expires_on = (how == 3).then(|| day("2026-03-18"));
        }).unwrap();
        prop_assert_eq!(left(&planning, &planning.credits[0]), 70);
        match how {
            0 => drop(decide(&mut planning, &lines[0], approve(), now()).unwrap()),
            1 => drop(decide(&mut planning, &lines[0], refuse(), now()).unwrap()),
            2 => drop(cancel(&mut planning, "request 0", &lines[0], now()).unwrap()),
            _ => drop(expire(&mut planning, now() + TimeDelta::days(2))),
        }
        let expected = if how == 0 { 70 } else { 700 };
        prop_assert_eq!(left(&planning, &planning.credits[0]), expected);
    }

    #[test]
    fn judged_as_a_whole_all_come_or_none(verdicts in prop::array::uniform2(any::<bool>())) {
        let mut planning = bosrand();
        let (noortje, ties) = (child(&planning, 0), child(&planning, 1));
        let mut both = booking(&noortje, "2026-03-20", "2026-03-20", &["ochtend"]);
        both.lines.extend(booking(&ties, "2026-03-20", "2026-03-20", &["naschools"]).lines);
        let lines = asked(&mut planning, Kind::Extra, &[both], |new| new.whole = true).unwrap();
        let first = Verdict { approved: verdicts[0], reason: None };
        prop_assert!(decide(&mut planning, &lines[0], first, now()).unwrap().is_none());
        prop_assert_eq!(planning.requests[0].lines[0].status, Status::Asked);
        let last = Verdict { approved: verdicts[1], reason: None };
        prop_assert!(decide(&mut planning, &lines[1], last, now()).unwrap().is_some());
        let expected = if verdicts == [true; 2] { Status::Approved } else { Status::Refused };
        for line in &planning.requests[0].lines {
            prop_assert_eq!(line.status, expected);
        }
    }

    #[test]
    fn only_a_request_for_one_day_is_judged_as_a_whole(first in 0_u64..30, second in 0_u64..30, length in 0_u64..3) {
        let mut planning = bosrand();
        let noortje = child(&planning, 0);
        let on = |days| day("2026-03-18") + Days::new(days);
        let bookings = [
            booking(&noortje, &on(first).to_string(), &(on(first + length)).to_string(), &["ochtend"]),
            booking(&noortje, &on(second).to_string(), &on(second).to_string(), &["middag"]),
        ];
        let possible = asked(&mut planning.clone(), Kind::Extra, &bookings, |_| {});
        prop_assume!(possible.is_ok());
        let whole = asked(&mut planning, Kind::Extra, &bookings, |new| new.whole = true);
        if first == second && length == 0 {
            prop_assert!(whole.is_ok());
        } else {
            prop_assert_eq!(whole, Err(Refused::WholeNotAllowed));
        }
    }

    #[test]
    fn a_request_expires_on_the_chosen_day_and_is_told_once(
        chosen in 1_u64..12, looks in prop::collection::vec(1_i64..60, 1..12)
    ) {
        let mut planning = bosrand();
        let noortje = child(&planning, 0);
        let wanted = booking(&noortje, "2026-03-27", "2026-03-27", &["ochtend"]);
        let on = day("2026-03-16") + Days::new(chosen);
        let made = asked(&mut planning, Kind::Extra, &[wanted], |new| new.expires_on = Some(on));
        prop_assert_eq!(made.is_ok(), on <= day("2026-03-27"));
        prop_assume!(made.is_ok());
        let (mut at, mut letters) = (now(), 0);
        for hours in looks {
            at += TimeDelta::hours(hours);
            letters += expire(&mut planning, at).len();
            let expired = planning.requests[0].lines[0].status == Status::Expired;
            prop_assert_eq!(expired, crate::day::today(at) >= on);
            prop_assert_eq!(letters, usize::from(expired));
        }
    }

    #[test]
    fn an_option_is_cancelled_until_policy_forbids_and_a_period_whole(hours in 0_i64..200) {
        let mut planning = bosrand();
        let ties = child(&planning, 1);
        // Wednesday and Friday; Thursday is planned already.
        let wanted = booking(&ties, "2026-03-18", "2026-03-20", &["naschools"]);
        let lines = asked(&mut planning, Kind::Extra, &[wanted], |_| {}).unwrap();
        prop_assert_eq!(planning.requests[0].lines[0].slots.len(), 2);
        let at = now() + TimeDelta::hours(hours);
        // The first begins on Wednesday at half past two, 52 hours from now.
        let allowed = hours <= 52 - 24;
        let line = &planning.requests[0].lines[0];
        prop_assert_eq!(may_cancel(&planning, line, at).is_ok(), allowed);
        match cancel(&mut planning, "request 0", &lines[0], at) {
            Ok(told) => prop_assert!(allowed && told.is_none()),
            Err(why) => {
                let policy = "Annuleren kan tot 24 uur van tevoren.".to_owned();
                prop_assert!(!allowed);
                prop_assert_eq!(why, Refused::TooLateToCancel(policy));
            }
        }
        let slots = Slots::of(&planning, planning.child(&ties).unwrap());
        for on in ["2026-03-18", "2026-03-20"] {
            prop_assert_eq!(slots.on(day(on)).is_empty(), allowed);
        }
    }

    #[test]
    fn a_swap_gives_its_slots_when_approved_and_leftover_time_lapses(
        approved in any::<bool>(), give in 1_usize..3, want in 1_usize..3
    ) {
        let mut planning = bosrand();
        let noortje = child(&planning, 0);
        let parts = &["ochtend", "middag"][..want];
        let mut wanted = booking(&noortje, "2026-03-20", "2026-03-20", parts);
        let mut given = slots_on(&planning, &noortje, "2026-03-19");
        given.slots.truncate(give);
        wanted.given = vec![given];
        let booked = quote(planning.clone(), Kind::Swap, &[], &wanted, now()).unwrap();
        let minutes = [330, 300];
        let (gives, wants): (i64, i64) =
            (minutes[..give].iter().sum(), minutes[..want].iter().sum());
        prop_assert_eq!(booked.notices.iter().any(|notice| notice.contains("vervalt")), gives > wants);
        prop_assert_eq!(booked.cents, (wants - gives).max(0) * 1_050 / 60);
        let lines = asked(&mut planning, Kind::Swap, &[wanted], |_| {}).unwrap();
        let there = |planning: &Planning, on: &str| slots_on(planning, &noortje, on).slots.len();
        prop_assert_eq!(there(&planning, "2026-03-19"), 2, "as long as it is an option");
        let verdict = Verdict { approved, reason: None };
        decide(&mut planning, &lines[0], verdict, now()).unwrap();
        prop_assert_eq!(there(&planning, "2026-03-19"), if approved { 2 - give } else { 2 });
        prop_assert_eq!(there(&planning, "2026-03-20"), if approved { want } else { 0 });
        if approved {
            let of = planning.child(&noortje).unwrap();
            let swapped = Slots::of(&planning, of).on(day("2026-03-20"));
            prop_assert!(swapped.iter().all(|planned| planned.kind == SlotKind::Swap));
        }
    }

    #[test]
    fn an_absence_is_registered_at_once_and_brings_a_credit_in_time(hours in 0_i64..80) {
        let mut planning = bosrand();
        let noortje = child(&planning, 0);
        let absence = Absence {
            from: day("2026-03-19"),
            until: day("2026-03-19"),
            lines: vec![slots_on(&planning, &noortje, "2026-03-19")],
            reason: Reason::Holiday,
            remark: String::new(),
        };
        let at = now() + TimeDelta::hours(hours);
        // Thursday at half past seven is 69 hours away, one o'clock 74.5, six o'clock 79.5.
        let told = absent(&mut planning, &absence, &sender("absence"), at);
        if hours > 74 {
            prop_assert_eq!(told, Err(Refused::DayPast));
            return Ok(());
        }
        told.unwrap();
        let line = &planning.requests[0].lines[0];
        prop_assert_eq!(line.status, Status::Registered);
        let brought: i64 = planning.credits.iter().map(|credit| credit.total).sum();
        let expected = match hours { 0..=21 => 630, 22..=26 => 300, _ => 0 };
        prop_assert_eq!(brought, expected, "{:?}", line.brings);
        let of = planning.child(&noortje).unwrap();
        let slots = Slots::of(&planning, of).on(day("2026-03-19"));
        prop_assert!(slots.iter().all(|planned| planned.attendance == Attendance::Absent));
        let again = absent(&mut planning, &absence, &sender("again"), at);
        prop_assert_eq!(again, Err(Refused::AlreadyAbsent));
        // Cancelled before it begins, what it brought goes too.
        let line = planning.requests[0].lines[0].id.clone();
        prop_assert_eq!(cancel(&mut planning, "absence", &line, at).is_ok(), hours <= 69);
        prop_assert_eq!(planning.credits.is_empty(), hours <= 69 || expected == 0);
    }

    #[test]
    fn places_are_by_group_and_day_part(places in 0_u32..5, others in 0_u32..5) {
        let mut planning = bosrand();
        let noortje = child(&planning, 0);
        let spot = ("Hamsters".to_owned(), day("2026-03-20"), "ochtend".to_owned());
        planning.places.insert(spot.clone(), places);
        planning.others.insert(spot, others);
        let wanted = |part| booking(&noortje, "2026-03-20", "2026-03-20", &[part]);
        let morning = asked(&mut planning, Kind::Extra, &[wanted("ochtend")], |_| {});
        if places > others {
            prop_assert!(morning.is_ok());
        } else {
            prop_assert_eq!(morning, Err(Refused::NoRoom));
        }
        let afternoon = asked(&mut planning, Kind::Extra, &[wanted("middag")], |_| {});
        prop_assert!(afternoon.is_ok());
    }

    #[test]
    fn notice_differs_by_kind_and_organisation(hours in 0_i64..200, swap in any::<bool>()) {
        let mut planning = family(Organisation::DUINPAN);
        let noortje = child(&planning, 0);
        let mut wanted = booking(&noortje, "2026-03-20", "2026-03-20", &["dag"]);
        let kind = if swap { Kind::Swap } else { Kind::Extra };
        if swap {
            wanted.given = vec![slots_on(&planning, &noortje, "2026-03-23")];
        }
        // Friday at eight is 93.5 hours away.
        let at = now() + TimeDelta::hours(hours) - TimeDelta::days(5);
        let before = 120 + 93 - hours;
        let new = quoted(&planning, kind, &[wanted], at);
        let told = ask(&mut planning, &new, &sender("request"), at);
        prop_assert_eq!(told.is_ok(), before >= if swap { 96 } else { 72 }, "{:?}", told);
    }

    #[test]
    fn a_moved_slot_stays_what_it_is(minutes in 1_i64..90) {
        let mut planning = bosrand();
        let noortje = child(&planning, 0);
        let absence = Absence {
            from: day("2026-03-19"),
            until: day("2026-03-19"),
            lines: vec![slots_on(&planning, &noortje, "2026-03-19")],
            reason: Reason::Ill,
            remark: String::new(),
        };
        absent(&mut planning, &absence, &sender("absence"), now()).unwrap();
        let of = planning.child(&noortje).unwrap().clone();
        let first = Slots::of(&planning, &of).on(day("2026-03-19")).remove(0).slot;
        let later = first.starts + TimeDelta::minutes(minutes);
        planning.changes.push(Change {
            child: noortje,
            day: first.day,
            part: first.part,
            of: None,
            to: Some((later, first.ends)),
        });
        let moved = Slots::of(&planning, &of).on(day("2026-03-19")).remove(0);
        prop_assert_eq!((moved.slot.starts, moved.attendance), (later, Attendance::Absent));
    }
}

#[test]
fn a_day_part_lies_within_the_opening_hours_of_its_group() {
    let planning = bosrand();
    let noortje = child(&planning, 0);
    let early = booking(&noortje, "2026-03-20", "2026-03-20", &["vroeg"]);
    let told = quote(planning.clone(), Kind::Extra, &[], &early, now());
    assert_eq!(told, Err(Refused::PartUnknown), "the Hamsters open at half past seven");
    let ties = child(&planning, 1);
    let early = booking(&ties, "2026-03-20", "2026-03-20", &["voorschools"]);
    assert!(quote(planning, Kind::Extra, &[], &early, now()).is_ok(), "Floris opens at seven");
}

#[test]
fn the_same_booking_twice_in_a_request_is_asked_already() {
    let mut planning = bosrand();
    let noortje = child(&planning, 0);
    let wanted = booking(&noortje, "2026-03-20", "2026-03-20", &["ochtend"]);
    let twice = asked(&mut planning, Kind::Extra, &[wanted.clone(), wanted], |_| {});
    assert_eq!(twice, Err(Refused::AlreadyAsked));
}

#[test]
fn a_credit_that_an_earlier_booking_uses_up_pays_nothing_more() {
    let mut planning = bosrand();
    let noortje = child(&planning, 0);
    planning.credits.push(credit(&noortje, "credit", 400));
    let with_credit = |on: &str| {
        let mut wanted = booking(&noortje, on, on, &["ochtend"]);
        wanted.lines[0].credit = Some("credit".to_owned());
        wanted
    };
    let both = [with_credit("2026-03-20"), with_credit("2026-03-27")];
    // Each for itself could be paid so.
    let alone: Vec<_> = both
        .iter()
        .map(|wanted| {
            let booked = quote(planning.clone(), Kind::Extra, &[], wanted, now()).unwrap();
            assert_eq!(booked.cents, 0);
            (wanted.clone(), Some(super::token(Kind::Extra, wanted, &booked)))
        })
        .collect();
    let new = Ask {
        kind: Kind::Extra,
        bookings: alone,
        whole: false,
        expires_on: None,
        remark: String::new(),
    };
    let told = ask(&mut planning, &new, &sender("alone"), now());
    assert_eq!(told, Err(Refused::CreditGone));
    asked(&mut planning, Kind::Extra, &both, |_| {}).unwrap();
    assert!(matches!(planning.requests[0].lines[1].payments[0].by, By::Invoice { cents: 5_775 }));
}

#[test]
fn an_absence_whose_credit_is_used_stays() {
    let mut planning = bosrand();
    let noortje = child(&planning, 0);
    let absence = Absence {
        from: day("2026-03-19"),
        until: day("2026-03-19"),
        lines: vec![slots_on(&planning, &noortje, "2026-03-19")],
        reason: Reason::Holiday,
        remark: String::new(),
    };
    absent(&mut planning, &absence, &sender("absence"), now()).unwrap();
    let mut wanted = booking(&noortje, "2026-03-20", "2026-03-20", &["ochtend"]);
    wanted.lines[0].credit = Some(planning.credits[0].id.clone());
    asked(&mut planning, Kind::Extra, &[wanted], |_| {}).unwrap();
    let line = planning.requests[0].lines[0].id.clone();
    let told = cancel(&mut planning, "absence", &line, now()).unwrap_err();
    assert_eq!(told.code(), "too-late-to-cancel");
    assert_eq!(told.to_string(), "Het tegoed van deze afwezigheid is al gebruikt.");
}
