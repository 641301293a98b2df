//! The day rhythm as the portal writes it (B): a table of HTML a moment.

use rand::Rng;
use rand::seq::IndexedRandom;

/// One moment of a day.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The end of the icon's class, `dagritme-…`. `flesje` and `slapen-bedje` have been observed (B).
    pub icon: &'static str,
    /// Minutes since midnight.
    pub start: u32,
    /// Minutes since midnight, for what lasts.
    pub end: Option<u32>,
    pub title: &'static str,
    pub subtitle: Option<&'static str>,
    pub entry: Option<String>,
    pub remarks: Option<&'static str>,
}

/// The moments as the portal's HTML.
pub fn html(moments: &[Moment]) -> String {
    moments.iter().map(moment_html).collect()
}

fn moment_html(moment: &Moment) -> String {
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let (times, lasted) = match moment.end {
        Some(end) => (
            format!("{} - {}", clock(moment.start), clock(end)),
            Some(format!("({} minuten)", end - moment.start)),
        ),
        None => (clock(moment.start), None),
    };
    let subtitle = lasted
        .or_else(|| moment.subtitle.map(|text| format!("({text})")))
        .map(|text| format!("<span class='moment-subtitle'>{text}</span>"));
    format!(
        "<table class='day-rythm-moment'><tr><td class='day-rythm-icon-journal-cell'>\
         <div class='icon dagritme-{icon} day-rythm-journal-icon' aria-hidden='true'></div></td>\
         <td class='day-rythm-moment-journal-cell'><div class='moment-title'>\
         <span class='moment-title-span'>{times} {title}</span>{subtitle}</div>\
         <div class='moment-entry-description'>{entry}</div>\
         <div class='moment-remarks'>{remarks}</div></td></tr></table>",
        icon = moment.icon,
        title = moment.title,
        subtitle = subtitle.unwrap_or_default(),
        entry = moment.entry.as_deref().unwrap_or_default(),
        remarks = moment.remarks.unwrap_or_default(),
    )
}

/// The moments of a day for a child of so many months; none once it goes to school.
pub fn of_day(rng: &mut impl Rng, months: i32) -> Vec<Moment> {
    let mut moments = match months {
        ..12 => baby(rng, months),
        12..30 => toddler(rng),
        30..48 => preschooler(rng),
        _ => Vec::new(),
    };
    moments.sort_by_key(|moment| moment.start);
    moments
}

fn baby(rng: &mut impl Rng, months: i32) -> Vec<Moment> {
    let shift = rng.random_range(0..25);
    let mut day = Vec::new();
    for base in [9 * 60 + 15, 12 * 60 + 40, 15 * 60 + 30] {
        let last = if months < 7 { base + 25 } else { base };
        let end = last + rng.random_range(35..110);
        day.push(sleep(rng, last + shift, end + shift));
    }
    if months >= 8 {
        // Two naps are enough by now.
        day.pop();
    }
    for base in [8 * 60 + 30, 11 * 60 + 45, 14 * 60 + 50] {
        let amount = 20 * rng.random_range(5..11) + if rng.random_bool(0.3) { 10 } else { 0 };
        day.push(Moment {
            icon: "flesje",
            start: base + shift,
            end: None,
            title: "(Fles)voeding",
            subtitle: (months < 6).then_some("Flesvoeding"),
            entry: Some(format!("{amount} cc (Fles)voeding ")),
            remarks: pick(rng, 0.2, &["Dronk rustig.", "Kleine pauze gehad.", "Alles op!"]),
        });
    }
    if months >= 5 {
        let amount = ["Alles op", "Half bakje", "Een paar hapjes", "Hele bak"].choose(rng);
        day.push(Moment {
            icon: "eten",
            start: 10 * 60 + 30 + shift,
            end: None,
            title: "Fruithapje",
            subtitle: ["Peer en banaan", "Appel", "Banaan", "Mango en peer"].choose(rng).copied(),
            entry: amount.map(|&text| text.to_owned()),
            remarks: None,
        });
    }
    let nappies = rng.random_range(3..5);
    add_nappies(rng, &mut day, nappies);
    add_temperature(rng, &mut day);
    day
}

fn toddler(rng: &mut impl Rng) -> Vec<Moment> {
    let start = 12 * 60 + rng.random_range(20..50);
    let end = start + rng.random_range(60..140);
    let mut day = vec![fruit(rng), lunch(rng), sleep(rng, start, end), snack(rng), drink(rng)];
    if rng.random_bool(0.5) {
        let amount = 20 * rng.random_range(7..11);
        day.push(Moment {
            icon: "flesje",
            start: 12 * 60 + 10,
            end: None,
            title: "(Fles)voeding",
            subtitle: None,
            entry: Some(format!("{amount} cc (Fles)voeding ")),
            remarks: None,
        });
    }
    let nappies = rng.random_range(2..5);
    add_nappies(rng, &mut day, nappies);
    add_temperature(rng, &mut day);
    day
}

fn preschooler(rng: &mut impl Rng) -> Vec<Moment> {
    let mut day = vec![
        fruit(rng),
        lunch(rng),
        snack(rng),
        Moment {
            icon: "buiten",
            start: 10 * 60 + 35,
            end: Some(11 * 60 + rng.random_range(25..50)),
            title: "Buiten spelen",
            subtitle: None,
            entry: None,
            remarks: pick(rng, 0.3, &["In het bos.", "Op het plein.", "In de moestuin."]),
        },
    ];
    if rng.random_bool(0.45) {
        let start = 12 * 60 + rng.random_range(40..60);
        let end = start + rng.random_range(40..85);
        day.push(sleep(rng, start, end));
    }
    for _ in 0..rng.random_range(1..3) {
        day.push(Moment {
            icon: "potje",
            start: rng.random_range(9 * 60..16 * 60 + 30),
            end: None,
            title: "Potje",
            subtitle: ["Plas", "Plas en poep", "Geprobeerd"].choose(rng).copied(),
            entry: None,
            remarks: None,
        });
    }
    day
}

fn sleep(rng: &mut impl Rng, start: u32, end: u32) -> Moment {
    Moment {
        icon: "slapen-bedje",
        start,
        end: Some(end),
        title: "Slapen",
        subtitle: None,
        entry: None,
        remarks: pick(
            rng,
            0.3,
            &[
                "Sliep meteen.",
                "Even hulp nodig gehad.",
                "Wakker geworden van de bel.",
                "Heel diep geslapen.",
                "Vrolijk wakker.",
                "Buiten in het lutjepotje.",
            ],
        ),
    }
}

fn fruit(rng: &mut impl Rng) -> Moment {
    let amount = ["Alles op", "Twee stukjes", "Goed gegeten", "Weinig trek"].choose(rng);
    Moment {
        icon: "fruit",
        start: 9 * 60 + rng.random_range(30..50),
        end: None,
        title: "Fruit",
        subtitle: ["Appel en banaan", "Peer", "Druiven en meloen", "Mandarijn", "Aardbeien"]
            .choose(rng)
            .copied(),
        entry: amount.map(|&text| text.to_owned()),
        remarks: None,
    }
}

fn lunch(rng: &mut impl Rng) -> Moment {
    let amount =
        ["1 boterham", "1,5 boterham", "2 boterhammen", "3 boterhammen", "Bord leeg"].choose(rng);
    Moment {
        icon: "eten",
        start: 11 * 60 + rng.random_range(35..55),
        end: None,
        title: "Lunch",
        subtitle: ["Brood met kaas", "Brood met hummus", "Pasta met groenten", "Soep en brood"]
            .choose(rng)
            .copied(),
        entry: amount.map(|&text| text.to_owned()),
        remarks: pick(rng, 0.15, &["Melk erbij.", "Zelf gesmeerd!", "Korstjes gelaten."]),
    }
}

fn snack(rng: &mut impl Rng) -> Moment {
    Moment {
        icon: "eten",
        start: 15 * 60 + rng.random_range(0..30),
        end: None,
        title: "Tussendoortje",
        subtitle: ["Cracker", "Rijstwafel", "Soepstengel", "Komkommer"].choose(rng).copied(),
        entry: None,
        remarks: None,
    }
}

fn drink(rng: &mut impl Rng) -> Moment {
    let amount = 10 * rng.random_range(8..20);
    Moment {
        icon: "drinken",
        start: 10 * 60 + rng.random_range(0..20),
        end: None,
        title: "Drinken",
        subtitle: ["Water", "Thee", "Melk"].choose(rng).copied(),
        entry: Some(format!("{amount} cc")),
        remarks: None,
    }
}

fn add_nappies(rng: &mut impl Rng, day: &mut Vec<Moment>, count: u32) {
    for number in 0..count {
        day.push(Moment {
            icon: "luier",
            start: 8 * 60 + 50 + number * 130 + rng.random_range(0..40),
            end: None,
            title: "Luier",
            subtitle: ["Plas", "Poep", "Plas en poep", "Plas"].choose(rng).copied(),
            entry: None,
            remarks: pick(rng, 0.06, &["Billen iets rood, ingesmeerd."]),
        });
    }
}

fn add_temperature(rng: &mut impl Rng, day: &mut Vec<Moment>) {
    if rng.random_bool(0.03) {
        let tenths = rng.random_range(372..383);
        day.push(Moment {
            icon: "thermometer",
            start: 14 * 60 + rng.random_range(0..50),
            end: None,
            title: "Temperatuur",
            subtitle: None,
            entry: Some(format!("{},{} °C", tenths / 10, tenths % 10)),
            remarks: Some("We houden het in de gaten."),
        });
    }
}

fn pick(rng: &mut impl Rng, chance: f64, texts: &[&'static str]) -> Option<&'static str> {
    if rng.random_bool(chance) { texts.choose(rng).copied() } else { None }
}
