//! Which pictures go together: of one season, and of one or two things happening.

use crate::films;
use chrono::{Datelike, NaiveDate};
use rand::Rng;
use rand::seq::{IndexedRandom, SliceRandom};
use schriftje_demo_pictures::subject;
use std::collections::{BTreeMap, HashMap};

/// The pictures of a portal, by season and scene.
#[derive(Clone, Debug)]
pub struct Album {
    seasons: [BTreeMap<u8, Vec<i64>>; 4],
}

impl Album {
    /// An album of the first `pool` pictures.
    pub fn new(pool: u64) -> Self {
        let mut seasons: [BTreeMap<u8, Vec<i64>>; 4] = Default::default();
        for picture in 0..pool {
            let about = subject(picture);
            if let Some(season) = seasons.get_mut(usize::from(about.season)) {
                season.entry(about.scene).or_default().push(picture.cast_signed());
            }
        }
        Self { seasons }
    }

    /// A film that could have been taken on `day`, where there is one.
    pub fn film(rng: &mut impl Rng, day: NaiveDate) -> Option<i64> {
        let all: Vec<i64> = (0..films::count()).collect();
        let fits = |film: &i64| {
            let poster = films::poster(*film).unsigned_abs();
            usize::from(subject(poster).season) == season(day)
        };
        let fitting: Vec<i64> = all.iter().copied().filter(fits).collect();
        fitting.choose(rng).or(all.first()).copied()
    }
}

/// The way pictures are taken out of an album: none comes back before the others of its scene, no
/// scene before the others of its season.
#[derive(Debug, Default)]
pub struct Roll {
    scenes: [Vec<u8>; 4],
    pictures: HashMap<(usize, u8), Vec<i64>>,
}

impl Roll {
    /// `count` different pictures that could have been taken on one afternoon of `day`; fewer when
    /// the album has no more.
    pub fn series(
        &mut self,
        album: &Album,
        rng: &mut impl Rng,
        day: NaiveDate,
        count: u32,
    ) -> Vec<i64> {
        let season = season(day);
        let scenes = &album.seasons[season];
        let count = count as usize;
        let mut taken: Vec<i64> = Vec::with_capacity(count);
        // Twice through the season: a scene may be in the middle of its pictures.
        for _ in 0..2 * scenes.len() {
            if taken.len() >= count {
                break;
            }
            let left = &mut self.scenes[season];
            if left.is_empty() {
                left.extend(scenes.keys());
                left.shuffle(rng);
            }
            let Some(scene) = left.pop() else { break };
            let pictures = self.pictures.entry((season, scene)).or_default();
            // A scene gives a handful, so that a long series shows more than one.
            for _ in 0..rng.random_range(4..9).min(count - taken.len()) {
                if pictures.is_empty() {
                    pictures.extend(scenes.get(&scene).into_iter().flatten());
                    pictures.shuffle(rng);
                }
                match pictures.pop() {
                    Some(picture) if !taken.contains(&picture) => taken.push(picture),
                    _ => break,
                }
            }
        }
        taken
    }
}

fn season(day: NaiveDate) -> usize {
    match day.month() {
        3..=5 => 0,
        6..=8 => 1,
        9..=11 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::HashSet;

    #[test]
    fn a_series_is_of_its_season_and_no_picture_returns_soon() {
        let album = Album::new(600);
        let mut roll = Roll::default();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for (month, season) in [(4, 0), (7, 1), (10, 2), (1, 3)] {
            let day = NaiveDate::from_ymd_opt(2026, month, 10).unwrap();
            let mut seen = HashSet::new();
            for _ in 0..6 {
                let series = roll.series(&album, &mut rng, day, 10);
                assert_eq!(series.len(), 10);
                for picture in series {
                    assert_eq!(subject(picture.unsigned_abs()).season, season);
                    assert!(seen.insert(picture), "{picture} came back");
                }
            }
        }
    }
}
