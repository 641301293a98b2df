//! The families and the staff. Everybody is invented.

use crate::options::Size;
use crate::portal::Secret;
use chrono::{Datelike, Days, Months, NaiveDate};

/// The family of the demo, and that of a child who has not started yet.
pub const DEMO_FAMILY: i64 = 1;
pub const NEW_FAMILY: i64 = 2;

/// A child and its places over the years.
#[derive(Clone, Debug)]
pub struct Child {
    pub id: String,
    pub family: i64,
    pub first_name: &'static str,
    pub middle_name: &'static str,
    pub last_name: &'static str,
    pub girl: bool,
    pub born: NaiveDate,
    /// The first day at the nursery.
    pub starts: NaiveDate,
    /// The first day no longer there.
    pub ends: Option<NaiveDate>,
    pub day_care_group: &'static str,
    pub after_school_group: &'static str,
    /// Where it goes in the school holidays besides, once it goes to school.
    pub holiday_group: Option<&'static str>,
    /// Monday is the lowest bit.
    pub weekdays: u8,
    pub face: i64,
}

impl Child {
    /// Whether it has a place on `day`, open or closed.
    pub fn placed(&self, day: NaiveDate) -> bool {
        let bit = 1_u8 << day.weekday().num_days_from_monday();
        self.starts <= day && self.ends.is_none_or(|ends| day < ends) && self.weekdays & bit != 0
    }

    /// Its group on `day`.
    pub fn group(&self, day: NaiveDate) -> &'static str {
        if super::goes_to_school(self.born, day) {
            self.after_school_group
        } else {
            self.day_care_group
        }
    }

    /// Whole months since its birth.
    pub fn months(&self, day: NaiveDate) -> i32 {
        let months = |date: NaiveDate| date.year() * 12 + date.month0().cast_signed();
        months(day) - months(self.born) - i32::from(day.day() < self.born.day())
    }
}

/// How far back the portal remembers.
pub fn first_day(size: Size, today: NaiveDate) -> NaiveDate {
    let months = match size {
        Size::Small => 3,
        Size::Family => 24,
        Size::Large => 60,
        Size::Huge => 168,
    };
    today.checked_sub_months(Months::new(months)).unwrap_or(today)
}

const MON_TUE_THU: u8 = 0b0_1011;
const TUE_THU: u8 = 0b0_1010;
const MON_TUE_THU_FRI: u8 = 0b1_1011;

/// Every child of the portal, the demo family's first.
pub fn children(size: Size, secret: &Secret, today: NaiveDate) -> Vec<Child> {
    let year = today.year();
    let child = |first_name, girl, years: i32, month, day, face| Child {
        id: secret.id(&["child", first_name]),
        family: DEMO_FAMILY,
        first_name,
        middle_name: "",
        last_name: "Bloem",
        girl,
        born: date(year - years, month, day),
        starts: date(year - years, month, day) + Months::new(3),
        ends: None,
        day_care_group: "Hamsters",
        after_school_group: "Floris",
        holiday_group: None,
        weekdays: MON_TUE_THU,
        face,
    };
    let noortje = child("Noortje", true, 2, 2, 8, 11);
    let ties = Child {
        day_care_group: "Egeltjes",
        holiday_group: Some("Vakantiegroep"),
        ..child("Ties", false, 5, 9, 14, 12)
    };
    let fenna = child("Fenna", true, 13, 5, 21, 13);
    let mut children = match size {
        Size::Small => vec![noortje],
        Size::Family => {
            let left = Child { ends: Some(date(year - 1, 7, 12)), weekdays: TUE_THU, ..fenna };
            vec![noortje, ties, left]
        }
        Size::Large => {
            // Old enough that all of them came for as long as the portal remembers, or nearly so.
            let noortje = child("Noortje", true, 3, 2, 8, 11);
            let ties = Child { day_care_group: "Egeltjes", ..child("Ties", false, 6, 9, 14, 12) };
            let fenna = child("Fenna", true, 8, 5, 21, 13);
            [noortje, ties, fenna].map(|child| Child { weekdays: MON_TUE_THU_FRI, ..child }).into()
        }
        Size::Huge => MANY
            .iter()
            .zip(0_i32..)
            .map(|(&(first_name, girl), older)| {
                let month = 1 + older.unsigned_abs() * 5 % 12;
                let child =
                    child(first_name, girl, 2 + older * 4 / 5, month, 8, 11 + i64::from(older));
                Child {
                    ends: Some(child.born + Months::new(12 * 12)).filter(|ends| *ends <= today),
                    weekdays: MON_TUE_THU_FRI,
                    day_care_group: DAY_CARE[older.unsigned_abs() as usize % DAY_CARE.len()],
                    ..child
                }
            })
            .filter(|child| child.ends.is_none_or(|ends| ends > child.starts))
            .collect(),
    };
    children.push(Child {
        family: NEW_FAMILY,
        middle_name: "van den",
        last_name: "Berg",
        // In four weeks; a child may be known six weeks before it starts.
        starts: today + Days::new(28),
        born: today - Days::new(60),
        ..child("Mees", false, 0, 1, 8, 14)
    });
    children
}

const MANY: &[(&str, bool)] = &[
    ("Noortje", true),
    ("Ties", false),
    ("Fenna", true),
    ("Pelle", false),
    ("Juna", true),
    ("Krijn", false),
    ("Hanna", true),
    ("Wolf", false),
    ("Bente", true),
    ("Siem", false),
    ("Iris", true),
    ("Tobias", false),
    ("Madelief", true),
    ("Rijk", false),
    ("Suze", true),
    ("Okke", false),
];

const DAY_CARE: [&str; 4] = ["Hamsters", "Egeltjes", "Uiltjes", "Bevertjes"];

/// Who works in a group.
pub fn staff(group: &str) -> [&'static str; 4] {
    match group {
        "Hamsters" => ["Marieke de Wit", "Fatima Amrani", "Anouk Visser", "Rosa Hendriks"],
        "Egeltjes" => ["Jolanda Kuipers", "Priya Ramdin", "Ilse van Dam", "Thomas Bakker"],
        "Floris" => ["Bas Verhoeven", "Naomi Felter", "Gijs Mulder", "Esra Yilmaz"],
        "Uiltjes" => ["Willemijn Post", "Samira Haddou", "Karin Dekker", "Joost Prins"],
        _ => ["Els Timmerman", "Lucia Pinto", "Hanneke Vos", "Ruben Smit"],
    }
}

/// What children call somebody.
pub fn called(full_name: &str) -> &str {
    full_name.split(' ').next().unwrap_or(full_name)
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
