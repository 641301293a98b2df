//! Care slots (table `slots`) and what is special about days (table `day_marks`).

use crate::{Store, StoreError, day};
use rusqlite::{Connection, Row};
use schriftje_model::{
    Attendance, CareSlot, ChildId, Day, DayMark, LineId, RequestId, SlotId, SlotKind,
};

impl Store {
    /// The slots from `from` to `until`, the earliest first.
    pub async fn slots(&self, from: Day, until: Day) -> Result<Vec<CareSlot>, StoreError> {
        self.0.cache.read(move |c| load(c, from, until)).await
    }

    /// What is special about the days from `from` to `until`, oldest first.
    pub async fn day_marks(&self, from: Day, until: Day) -> Result<Vec<DayMark>, StoreError> {
        self.0
            .cache
            .read(move |c| {
                c.prepare_cached(MARKS)?
                    .query_map((day::number(from), day::number(until)), |row| {
                        Ok(DayMark {
                            day: day::from_number(row.get(0)?)?,
                            closed: row.get(1)?,
                            school_holiday: row.get(2)?,
                        })
                    })?
                    .collect()
            })
            .await
    }
}

const SLOTS: &str = "SELECT id, child, child_name, day, ordinal, starts_at, ends_at, attendance,
            to_confirm, extra_info, group_name, kind, request, line
     FROM slots WHERE day BETWEEN ?1 AND ?2 ORDER BY day, starts_at, child, ordinal";
const MARKS: &str = "SELECT day, closed, school_holiday FROM day_marks
     WHERE day BETWEEN ?1 AND ?2 ORDER BY day";

pub(crate) fn load(c: &Connection, from: Day, until: Day) -> rusqlite::Result<Vec<CareSlot>> {
    c.prepare_cached(SLOTS)?.query_map((day::number(from), day::number(until)), from_row)?.collect()
}

/// Puts `slots` and `marks` in the place of all there is from `from` to `until`.
pub(crate) fn replace(
    c: &Connection,
    (from, until): (Day, Day),
    slots: &[CareSlot],
    marks: &[DayMark],
) -> rusqlite::Result<()> {
    let range = (day::number(from), day::number(until));
    c.execute("DELETE FROM slots WHERE day BETWEEN ?1 AND ?2", range)?;
    c.execute("DELETE FROM day_marks WHERE day BETWEEN ?1 AND ?2", range)?;
    let within = |day: Day| (from..=until).contains(&day);
    let mut insert = c.prepare_cached(
        "INSERT OR REPLACE INTO slots VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,
                                              ?13, ?14)",
    )?;
    for slot in slots.iter().filter(|slot| within(slot.day)) {
        insert.execute((
            slot.id.as_str(),
            slot.child.as_str(),
            &slot.child_name,
            day::number(slot.day),
            slot.ordinal,
            slot.starts_at.timestamp_millis(),
            slot.ends_at.timestamp_millis(),
            attendance_word(slot.attendance),
            slot.to_confirm,
            &slot.extra_info,
            &slot.group,
            slot.kind.map(kind_word),
            slot.request.as_ref().map(RequestId::as_str),
            slot.line.as_ref().map(LineId::as_str),
        ))?;
    }
    let mut insert = c.prepare_cached("INSERT OR REPLACE INTO day_marks VALUES (?1, ?2, ?3)")?;
    for mark in marks.iter().filter(|mark| within(mark.day)) {
        insert.execute((day::number(mark.day), &mark.closed, &mark.school_holiday))?;
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CareSlot> {
    Ok(CareSlot {
        id: SlotId(row.get(0)?),
        child: ChildId(row.get(1)?),
        child_name: row.get(2)?,
        day: day::from_number(row.get(3)?)?,
        ordinal: row.get(4)?,
        starts_at: day::instant(row.get(5)?)?,
        ends_at: day::instant(row.get(6)?)?,
        attendance: attendance(row.get_ref(7)?.as_str()?)?,
        to_confirm: row.get(8)?,
        extra_info: row.get(9)?,
        group: row.get(10)?,
        kind: row.get::<_, Option<String>>(11)?.as_deref().map(kind).transpose()?,
        request: row.get::<_, Option<String>>(12)?.map(RequestId),
        line: row.get::<_, Option<String>>(13)?.map(LineId),
    })
}

fn attendance_word(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::Attend => "attend",
        Attendance::Absent => "absent",
        Attendance::Tentative => "tentative",
        Attendance::Unknown => "unknown",
    }
}

fn attendance(word: &str) -> rusqlite::Result<Attendance> {
    match word {
        "attend" => Ok(Attendance::Attend),
        "absent" => Ok(Attendance::Absent),
        "tentative" => Ok(Attendance::Tentative),
        "unknown" => Ok(Attendance::Unknown),
        _ => Err(day::unreadable(7)),
    }
}

fn kind_word(kind: SlotKind) -> &'static str {
    match kind {
        SlotKind::Contract => "contract",
        SlotKind::Extra => "extra",
        SlotKind::Swap => "swap",
    }
}

fn kind(word: &str) -> rusqlite::Result<SlotKind> {
    match word {
        "contract" => Ok(SlotKind::Contract),
        "extra" => Ok(SlotKind::Extra),
        "swap" => Ok(SlotKind::Swap),
        _ => Err(day::unreadable(11)),
    }
}
