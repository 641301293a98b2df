//! Slots to stay away from and days to ask for. Each serves one write: what is asked twice is
//! refused.

use super::device::{World, now};
use chrono::Days;
use schriftje_model::{
    AbsenceForm, AbsenceReason, Attendance, Booking, BookingLine, ChildSlots, Day, RequestForm,
    RequestKind, SlotRef, WriteWhat, today,
};

/// So far away that no pause of a case reaches it, and the days of a period at most.
const FROM: u64 = 120;
const PERIOD: u64 = 90;

#[derive(Default)]
pub struct Stock {
    absences: Vec<AbsenceForm>,
    requests: Vec<RequestForm>,
}

impl Stock {
    pub async fn of(world: &World) -> Self {
        let from = today(now()) + Days::new(FROM);
        let until = from + Days::new(2 * PERIOD);
        let planned = world.session.planning(from, until).await.unwrap().slots;
        let expected = planned.into_iter().filter(|slot| slot.attendance == Attendance::Attend);
        let absences = expected.map(|slot| AbsenceForm {
            from: slot.day,
            until: slot.day,
            lines: vec![ChildSlots {
                child: slot.child,
                slots: vec![SlotRef {
                    day: slot.day,
                    starts_at: slot.starts_at,
                    ends_at: slot.ends_at,
                }],
            }],
            reason: AbsenceReason::Ill,
            remark: String::new(),
        });
        let absences = absences.collect();
        let mut requests = Vec::new();
        for from in [from, from + Days::new(PERIOD)] {
            requests.extend(Self::possible(world, from, from + Days::new(PERIOD - 1)).await);
        }
        Self { absences, requests }
    }

    /// A priced request for each day on which a morning is possible.
    async fn possible(world: &World, from: Day, until: Day) -> Vec<RequestForm> {
        let (session, kind) = (&world.session, RequestKind::Extra);
        let possible = session.possibilities(kind, from, until).await.unwrap();
        let child = possible.children.into_iter().next().unwrap();
        let morning = child.parts.into_iter().find(|part| part.part.id == "ochtend").unwrap();
        let mut priced = Vec::new();
        for day in morning.days {
            let line = BookingLine {
                child: child.child.clone(),
                parts: vec![morning.part.clone()],
                credit: None,
            };
            let (lines, given) = (vec![line], Vec::new());
            let booking = Booking { from: day, until: day, lines, given, quote: None };
            let quote = Some(session.quote(kind, &booking, &[]).await.unwrap());
            let bookings = vec![Booking { quote, ..booking }];
            priced.push(RequestForm { bookings, ..RequestForm::empty(kind) });
        }
        priced
    }

    pub fn absence(&mut self) -> WriteWhat {
        WriteWhat::Absence { form: self.absences.pop().expect("a slot is left") }
    }

    pub fn request(&mut self) -> WriteWhat {
        WriteWhat::Request { form: self.requests.pop().expect("a day is left") }
    }

    /// Whether there is enough left for one more case.
    pub fn serves(&self, writes: usize) -> bool {
        self.absences.len() >= writes && self.requests.len() >= writes
    }
}
