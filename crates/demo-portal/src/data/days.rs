//! The history of the timeline, child by child and day by day.

use super::album::{Album, Roll};
use super::people::{Child, first_day, staff};
use super::words::Decks;
use super::{closed::closed, report, rhythm};
use crate::options::Size;
use crate::photo::ChildTag;
use crate::portal::Secret;
use crate::timeline::{EMPLOYEE, KeptChild, PARENT};
use chrono::{Datelike, Days, NaiveDate};
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rusqlite::{CachedStatement, Transaction, params};
use schriftje_demo_pictures::describe;

/// The reason a photo may not be saved.
pub const NO_CONSENT: &str =
    "Op deze foto staat een kind van wie de ouders geen toestemming gaven om te bewaren.";

/// Writes everything from the first day of each child up to today.
pub struct Chronicle<'a> {
    pub secret: &'a Secret,
    pub children: &'a [Child],
    pub today: NaiveDate,
    /// The hour it is in Amsterdam: a day's photos come in the course of it, its reports at the end.
    pub hour: u32,
    album: Album,
    roll: Roll,
    decks: Decks,
    pub size: Size,
    /// Nothing before it is remembered.
    first: NaiveDate,
    cards: i64,
}

impl<'a> Chronicle<'a> {
    pub fn new(secret: &'a Secret, children: &'a [Child], size: Size) -> Self {
        let today = NaiveDate::default();
        Self {
            secret,
            children,
            today,
            hour: 0,
            album: Album::new(pool(size)),
            roll: Roll::default(),
            decks: Decks::default(),
            size,
            first: today,
            cards: 0,
        }
    }

    /// Fills cards and photos, oldest first.
    pub fn write(&mut self, tx: &Transaction<'_>) -> rusqlite::Result<()> {
        let Some(mut day) = self.children.iter().map(|child| child.starts).min() else {
            return Ok(());
        };
        let mut pen = Pen {
            card: tx.prepare_cached(
                "INSERT INTO card (id, family, day, rank, kind, children, journal_id, author,
                                   author_kind, content, rhythm, is_new, edited)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?,
            photo: tx.prepare_cached(
                "INSERT INTO photo (id, card, position, picture, video, description,
                                    generated, child_tags, liked, is_new, may_not_be_saved)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?,
        };
        self.first = first_day(self.size, self.today);
        // From each child's own first day, remembered or not: tomorrow's portal tells the same of
        // yesterday as today's does.
        while day <= self.today {
            if !closed(day) {
                self.write_day(&mut pen, day)?;
            }
            let special = match (day.month(), day.day()) {
                (9, 10) => Some("trigger"),
                (5, 20) => Some("observation"),
                _ => None,
            };
            if let (Some(kind), Some(child)) = (special, self.children.first())
                && day >= self.first
            {
                self.special(&mut pen, child, day, kind)?;
            }
            day = day + Days::new(1);
        }
        Ok(())
    }

    fn write_day(&mut self, pen: &mut Pen<'_>, day: NaiveDate) -> rusqlite::Result<()> {
        let mut rank = 0;
        let present: Vec<&Child> =
            self.children.iter().filter(|child| present(self.secret, child, day)).collect();
        // First what parents wrote, then the photos of the day, the reports at its end.
        for child in &present {
            let mut rng = self.dice("parent", child, day);
            if rng.random_bool(0.045) {
                let author = *["Sanne Bloem", "Joris Bloem"].choose(&mut rng).unwrap_or(&"Sanne");
                let content = report::of_parent(&mut self.decks, &mut rng, child, day);
                let entry = Entry { author, author_kind: PARENT, content, rhythm: String::new() };
                self.journal(pen, &mut rng, child, day, &mut rank, &entry, 0)?;
            }
        }
        if day < self.today || self.hour >= 10 {
            for child in &present {
                self.photo_card(pen, child, day, &mut rank)?;
            }
        }
        if day < self.today || self.hour >= 16 {
            for child in &present {
                self.report(pen, child, day, &mut rank)?;
            }
        }
        Ok(())
    }

    fn report(
        &mut self,
        pen: &mut Pen<'_>,
        child: &Child,
        day: NaiveDate,
        rank: &mut i64,
    ) -> rusqlite::Result<()> {
        let mut rng = self.dice("report", child, day);
        let months = child.months(day);
        if rng.random_bool(if months < 48 { 0.04 } else { 0.15 }) {
            return Ok(());
        }
        let group = staff(child.group(day));
        let author = group.choose(&mut rng).copied().unwrap_or("Marieke");
        let colleague = group.iter().copied().find(|name| *name != author).unwrap_or(author);
        let content = report::of_day(&mut self.decks, &mut rng, child, day, colleague);
        let rhythm = rhythm::html(&rhythm::of_day(&mut rng, months));
        let entry = Entry { author, author_kind: EMPLOYEE, content, rhythm };
        let photos = *[0, 0, 0, 0, 1, 1, 2, 2, 3, 4].choose(&mut rng).unwrap_or(&0);
        self.journal(pen, &mut rng, child, day, rank, &entry, photos)
    }

    #[expect(clippy::too_many_arguments, reason = "a card has many sides")]
    fn journal(
        &mut self,
        pen: &mut Pen<'_>,
        rng: &mut ChaCha8Rng,
        child: &Child,
        day: NaiveDate,
        rank: &mut i64,
        entry: &Entry,
        photos: u32,
    ) -> rusqlite::Result<()> {
        let pictures = self.roll.series(&self.album, rng, day, photos);
        if day < self.first {
            return Ok(());
        }
        self.cards += 1;
        *rank += 1;
        let card = self.cards;
        pen.card.execute(params![
            card,
            child.family,
            day,
            *rank,
            "journal",
            on_card(child, day),
            self.secret.id(&["journal", &child.id, &day.to_string(), entry.author_kind]),
            entry.author,
            entry.author_kind,
            entry.content,
            entry.rhythm,
            self.is_new(day),
            rng.random_bool(0.03),
        ])?;
        self.add_photos(pen, rng, card, "report", child, day, &pictures, None)
    }

    fn photo_card(
        &mut self,
        pen: &mut Pen<'_>,
        child: &Child,
        day: NaiveDate,
        rank: &mut i64,
    ) -> rusqlite::Result<()> {
        let mut rng = self.dice("photos", child, day);
        let chance = match self.size {
            Size::Family => 0.6,
            Size::Small | Size::Large => 0.68,
            Size::Huge => 0.76,
        };
        if !rng.random_bool(chance) {
            return Ok(());
        }
        let photos = *[3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12, 14].choose(&mut rng).unwrap_or(&3);
        let film = rng.random_bool(0.07).then(|| rng.random_range(0..photos));
        let pictures = self.roll.series(&self.album, &mut rng, day, photos);
        if day < self.first {
            return Ok(());
        }
        self.cards += 1;
        *rank += 1;
        let card = self.cards;
        pen.card.execute(params![
            card,
            child.family,
            day,
            *rank,
            "photo",
            on_card(child, day),
            None::<String>,
            None::<String>,
            None::<String>,
            None::<String>,
            None::<String>,
            self.is_new(day),
            false,
        ])?;
        self.add_photos(pen, &mut rng, card, "series", child, day, &pictures, film)
    }

    /// A card of a kind that is hardly known.
    fn special(
        &mut self,
        pen: &mut Pen<'_>,
        child: &Child,
        day: NaiveDate,
        kind: &str,
    ) -> rusqlite::Result<()> {
        self.cards += 1;
        pen.card.execute(params![
            self.cards,
            child.family,
            day,
            90,
            kind,
            on_card(child, day),
            None::<String>,
            None::<String>,
            None::<String>,
            None::<String>,
            None::<String>,
            false,
            false,
        ])?;
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a series has many sides")]
    fn add_photos(
        &mut self,
        pen: &mut Pen<'_>,
        rng: &mut ChaCha8Rng,
        card: i64,
        of: &str,
        child: &Child,
        day: NaiveDate,
        pictures: &[i64],
        film: Option<u32>,
    ) -> rusqlite::Result<()> {
        for (position, &picture) in (0..).zip(pictures) {
            let video = if film == Some(position) { Album::film(rng, day) } else { None };
            let picture = video.map_or(picture, crate::films::poster);
            let photo = NewPhoto::draw(rng, self.secret, child, picture);
            let place = format!("{of} {position}");
            pen.photo.execute(params![
                self.secret.id(&["photo", &child.id, &day.to_string(), &place]),
                card,
                position,
                picture,
                video,
                photo.description,
                photo.generated,
                photo.tags,
                photo.liked,
                self.is_new(day),
                rng.random_bool(0.012).then_some(NO_CONSENT),
            ])?;
        }
        Ok(())
    }

    fn is_new(&self, day: NaiveDate) -> bool {
        day + Days::new(1) >= self.today
    }

    fn dice(&self, what: &str, child: &Child, day: NaiveDate) -> ChaCha8Rng {
        dice(self.secret, &["day", what, &child.id, &day.to_string()])
    }
}

/// Chance that belongs to `parts`, whatever else is made before or after.
pub fn dice(secret: &Secret, parts: &[&str]) -> ChaCha8Rng {
    ChaCha8Rng::from_seed(secret.bytes(parts))
}

/// How many different pictures a portal of this size shows.
pub fn pool(size: Size) -> u64 {
    match size {
        Size::Small | Size::Family => 600,
        Size::Large | Size::Huge => 400,
    }
}

/// Whether a child with a place was there: not on a holiday of its own, not ill.
pub fn present(secret: &Secret, child: &Child, day: NaiveDate) -> bool {
    if !child.placed(day) || closed(day) {
        return false;
    }
    let (first, last) = summer(secret, day.year());
    let away = (first..=last).contains(&day);
    let ill = dice(secret, &["ill", &child.id, &day.to_string()]).random_bool(0.035);
    !away && !ill
}

/// The first and the last day of the family's own holiday in a year.
pub fn summer(secret: &Secret, year: i32) -> (NaiveDate, NaiveDate) {
    let mut dice = dice(secret, &["summer", &year.to_string()]);
    let first = NaiveDate::from_yo_opt(year, 198 + dice.random_range(0_u32..24));
    let first = first.unwrap_or_default();
    (first, first + Days::new(18))
}

/// The children of a card as they are kept.
fn on_card(child: &Child, day: NaiveDate) -> String {
    let kept = KeptChild { id: child.id.clone(), group: child.group(day).to_owned() };
    serde_json::to_string(&[kept]).unwrap_or_default()
}

struct Entry {
    author: &'static str,
    author_kind: &'static str,
    content: String,
    rhythm: String,
}

struct Pen<'t> {
    card: CachedStatement<'t>,
    photo: CachedStatement<'t>,
}

/// What is said of a photo.
struct NewPhoto {
    description: Option<String>,
    generated: bool,
    tags: String,
    liked: bool,
}

impl NewPhoto {
    fn draw(rng: &mut impl Rng, secret: &Secret, child: &Child, picture: i64) -> Self {
        let (description, generated) = match rng.random_range(0..100) {
            0..18 => (Some(describe(picture.unsigned_abs()).to_owned()), false),
            18..34 => (Some(format!("In this photo is {}", child.first_name)), true),
            _ => (None, false),
        };
        let mut tags = vec![ChildTag {
            person_id: child.id.clone(),
            message: Some(child.first_name.to_owned()),
            own_child: true,
        }];
        for _ in 0..*[0, 0, 0, 1, 1, 2].choose(rng).unwrap_or(&0) {
            let other = rng.random_range(0..40).to_string();
            let person_id = secret.id(&["other child", &other]);
            tags.push(ChildTag { person_id, message: None, own_child: false });
        }
        let tags = serde_json::to_string(&tags).unwrap_or_default();
        Self { description, generated, tags, liked: rng.random_bool(0.08) }
    }
}
