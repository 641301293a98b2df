//! The day rhythm out of its HTML (A, B): a table `day-rythm-moment` for each moment, with an icon
//! class `dagritme-*`, a title such as "10:10 - 10:48 Slapen", and what was noted.

use super::text;
use chrono::NaiveTime;
use schriftje_model::{RhythmKind, RhythmMoment};
use scraper::{ElementRef, Html, Selector};
use std::sync::LazyLock;

/// More than any day; a larger one is not read as a rhythm.
const MOST_HTML: usize = 128 * 1024;

struct Selectors {
    moment: Selector,
    icon: Selector,
    title: Selector,
    subtitle: Selector,
    entry: Selector,
    remarks: Selector,
}

static SELECTORS: LazyLock<Option<Selectors>> = LazyLock::new(|| {
    let parse = |css| Selector::parse(css).ok();
    Some(Selectors {
        moment: parse(".day-rythm-moment")?,
        icon: parse("[class*='dagritme-']")?,
        title: parse(".moment-title-span")?,
        subtitle: parse(".moment-subtitle")?,
        entry: parse(".moment-entry-description")?,
        remarks: parse(".moment-remarks")?,
    })
});

/// Reads the moments in their order; what cannot be read as one is left out.
pub(crate) fn parse(html: &str) -> Vec<RhythmMoment> {
    if html.len() > MOST_HTML || !html.contains("day-rythm-moment") {
        return Vec::new();
    }
    let Some(css) = &*SELECTORS else { return Vec::new() };
    let document = Html::parse_fragment(html);
    document.select(&css.moment).filter_map(|moment| read(moment, css)).collect()
}

fn read(moment: ElementRef<'_>, css: &Selectors) -> Option<RhythmMoment> {
    let all =
        |selector| moment.select(selector).map(text::line).filter(|line| !line.is_empty()).take(50);
    let joined = |selector| {
        let lines: Vec<_> = all(selector).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    };
    let (start, end, title) = split_title(&all(&css.title).next().unwrap_or_default());
    let read = RhythmMoment {
        kind: moment.select(&css.icon).find_map(kind_of).unwrap_or(RhythmKind::Other),
        start,
        end,
        title,
        subtitle: joined(&css.subtitle),
        entries: all(&css.entry).collect(),
        remarks: joined(&css.remarks),
    };
    let says_something = read.start.is_some()
        || !read.title.is_empty()
        || !read.entries.is_empty()
        || read.remarks.is_some();
    says_something.then_some(read)
}

fn kind_of(icon: ElementRef<'_>) -> Option<RhythmKind> {
    icon.value().classes().find_map(|class| class.strip_prefix("dagritme-")).map(kind)
}

/// The kind an icon stands for. Only `flesje` and `slapen-bedje` were seen with certainty (B); the
/// others are the words such icons carry in either language.
fn kind(icon: &str) -> RhythmKind {
    const WORDS: [(&[&str], RhythmKind); 6] = [
        (&["slaap", "slape", "bed", "sleep", "nap-", "dutje"], RhythmKind::Sleep),
        (&["fles", "bottle", "borstvoeding"], RhythmKind::Bottle),
        (
            &["luier", "nappy", "diaper", "potje", "potty", "wc", "toilet", "verschon"],
            RhythmKind::Nappy,
        ),
        (
            &[
                "eten", "maaltijd", "brood", "fruit", "lunch", "ontbijt", "drink", "drank",
                "beker", "snack", "koek", "crack", "groente", "hapje", "warm", "meal", "food",
                "bread", "cup", "eat", "yoghurt", "soep", "apple", "appel", "banaan",
            ],
            RhythmKind::Meal,
        ),
        (
            &["temperat", "thermomet", "medic", "koorts", "zalf", "verzorg", "pleister"],
            RhythmKind::Care,
        ),
        (
            &[
                "spel", "speel", "buiten", "play", "outside", "activit", "uitje", "wandel", "zwem",
                "knutsel", "muziek",
            ],
            RhythmKind::Activity,
        ),
    ];
    let icon = icon.to_ascii_lowercase();
    if icon == "nap" {
        return RhythmKind::Sleep;
    }
    WORDS
        .iter()
        .find(|(words, _)| words.iter().any(|word| icon.contains(word)))
        .map_or(RhythmKind::Other, |(_, kind)| *kind)
}

/// "10:10 - 10:48 Slapen" as its times and its words.
fn split_title(title: &str) -> (Option<NaiveTime>, Option<NaiveTime>, String) {
    let Some((start, rest)) = leading_time(title) else { return (None, None, title.to_owned()) };
    let after_dash = rest.trim_start().strip_prefix(['-', '–', '—']);
    let (end, rest) = match after_dash.and_then(leading_time) {
        Some((end, rest)) => (Some(end), rest),
        None => (None, rest),
    };
    let words = rest.trim().trim_start_matches(['-', '–', '—', ':']).trim();
    (Some(start), end, words.to_owned())
}

fn leading_time(text: &str) -> Option<(NaiveTime, &str)> {
    let text = text.trim_start();
    let (hours, rest) = digits(text)?;
    let (minutes, rest) = digits(rest.strip_prefix([':', '.'])?)?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((NaiveTime::from_hms_opt(hours, minutes, 0)?, rest))
}

/// One or two digits and what follows them.
fn digits(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length)?;
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moment(icon: &str, title: &str, rest: &str) -> String {
        format!(
            "<table class='day-rythm-moment'><tr><td><div class='icon {icon} x'></div></td><td>\
             <div class='moment-title'><span class='moment-title-span'>{title}</span></div>{rest}</td></tr></table>"
        )
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is compared with options")]
    fn time(text: &str) -> Option<NaiveTime> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_day_reads_as_it_was_written() {
        let html = [
            moment(
                "dagritme-flesje",
                "12:00 Fles",
                "<div class='moment-entry-description'>130 cc </div><div class='moment-remarks'>20cc over</div>",
            ),
            moment(
                "dagritme-slapen-bedje",
                "10:10 - 10:48 Slapen",
                "<span class='moment-subtitle'>(38 minuten)</span><div class='moment-entry-description'></div>",
            ),
            moment("dagritme-nieuw", "Zomaar iets", ""),
        ]
        .concat();
        assert_eq!(
            parse(&html),
            vec![
                RhythmMoment {
                    kind: RhythmKind::Bottle,
                    start: time("12:00"),
                    end: None,
                    title: "Fles".into(),
                    subtitle: None,
                    entries: vec!["130 cc".into()],
                    remarks: Some("20cc over".into()),
                },
                RhythmMoment {
                    kind: RhythmKind::Sleep,
                    start: time("10:10"),
                    end: time("10:48"),
                    title: "Slapen".into(),
                    subtitle: Some("(38 minuten)".into()),
                    entries: vec![],
                    remarks: None,
                },
                RhythmMoment {
                    kind: RhythmKind::Other,
                    start: None,
                    end: None,
                    title: "Zomaar iets".into(),
                    subtitle: None,
                    entries: vec![],
                    remarks: None,
                },
            ]
        );
    }

    #[test]
    fn icons_are_known_by_their_words() {
        for (icon, expected) in [
            ("flesje", RhythmKind::Bottle),
            ("bottle", RhythmKind::Bottle),
            ("slapen-bedje", RhythmKind::Sleep),
            ("sleep", RhythmKind::Sleep),
            ("nappy", RhythmKind::Nappy),
            ("luier", RhythmKind::Nappy),
            ("eten-brood", RhythmKind::Meal),
            ("thermometer", RhythmKind::Care),
            ("buitenspelen", RhythmKind::Activity),
            ("raket", RhythmKind::Other),
        ] {
            assert_eq!(kind(icon), expected, "{icon}");
        }
    }

    #[test]
    fn a_title_that_only_looks_like_a_time_stays_whole() {
        for title in ["25:10 Slapen", "10:61 Fles", "10:100 cc", "130 cc", "3", "é:10"] {
            assert_eq!(split_title(title), (None, None, title.to_owned()), "{title}");
        }
        assert_eq!(split_title("9.05 – Fruit"), (time("09:05"), None, "Fruit".into()));
        assert_eq!(
            split_title("12:00 (Fles)voeding"),
            (time("12:00"), None, "(Fles)voeding".into())
        );
    }

    proptest! {
        #[test]
        fn any_times_survive(h in 0_u32..24, m in 0_u32..60, h2 in 0_u32..24, m2 in 0_u32..60, words in "[A-Z][a-z]{0,12}") {
            let at = |h, m| NaiveTime::from_hms_opt(h, m, 0);
            prop_assert_eq!(
                split_title(&format!("{h:02}:{m:02} - {h2:02}:{m2:02} {words}")),
                (at(h, m), at(h2, m2), words.clone())
            );
            prop_assert_eq!(split_title(&format!("{h}:{m:02} {words}")), (at(h, m), None, words));
        }

        #[test]
        fn mutilated_html_never_panics(
            title in ".{0,30}",
            rest in "(<[a-z/]{0,5} ?(class='moment-[a-z-]{0,20}')?>?|.){0,20}",
            cut in 0_usize..400,
        ) {
            let html = moment("dagritme-flesje", &title, &rest);
            let cut: String = html.chars().take(cut).collect();
            for html in [html, cut] {
                for moment in parse(&html) {
                    prop_assert!(!moment.title.contains('\n'));
                }
            }
        }

        #[test]
        fn any_text_is_no_rhythm_but_no_panic(text in ".{0,200}") {
            let _ = (split_title(&text), parse(&text), kind(&text));
        }
    }
}
