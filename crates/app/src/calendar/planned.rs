//! The care slots that are known.

use crate::api::DayRange;
use schriftje_model::CareSlot;
use schriftje_store::{Store, StoreError};

/// The days of which the planning was ever read, with all their slots; none when nothing was.
pub(super) async fn planned(
    store: &Store,
) -> Result<Option<(DayRange, Vec<CareSlot>)>, StoreError> {
    let Some((from, until)) = store.planning_state().await?.known else { return Ok(None) };
    Ok(Some((DayRange { from, until }, store.slots(from, until).await?)))
}

#[cfg(test)]
pub(super) mod sample {
    use chrono::{NaiveTime, TimeDelta};
    use schriftje_model::{Attendance, CareSlot, SlotId};

    /// A slot of eleven hours from that hour (UTC) on.
    pub fn slot(child: &str, day: &str, hour: u32) -> CareSlot {
        let day: schriftje_model::Day = day.parse().unwrap();
        let starts_at = day.and_time(NaiveTime::from_hms_opt(hour, 30, 0).unwrap()).and_utc();
        CareSlot {
            id: SlotId(format!("{child}-{day}")),
            child: child.into(),
            child_name: "Noortje".into(),
            day,
            ordinal: 0,
            starts_at,
            ends_at: starts_at + TimeDelta::hours(11),
            attendance: Attendance::Attend,
            to_confirm: false,
            extra_info: None,
            group: Some("Hamsters".into()),
            kind: None,
            request: None,
            line: None,
        }
    }
}
