//! Comparing an answer with bytes written by hand.
//!
//! A golden file is the answer, laid out for reading: white space outside strings does not count,
//! everything else does, the order of fields too. What cannot be known beforehand stands as a mark:
//! `«id»` 32 hexadecimal digits, `«id NAME»` the same ones wherever that name stands, `«secret»` 64
//! of them, `«jwt»`, `«portal»` the portal's address, and `«media PATH»` an address on the media
//! origin that is signed until an hour after the clock's time.

use std::collections::HashMap;

pub struct Known<'a> {
    pub portal: &'a str,
    pub media: &'a str,
    pub expires: i64,
}

pub fn assert_golden(answer: &str, golden: &str, known: &Known<'_>) {
    let expected = without_white_space(golden);
    if let Err(at) = matches(answer, &expected, known) {
        panic!("differs at byte {at}\n answer: {answer}\n golden: {expected}");
    }
}

fn matches(answer: &str, golden: &str, known: &Known<'_>) -> Result<(), usize> {
    let mut rest = answer;
    let mut golden = golden;
    let mut names: HashMap<&str, &str> = HashMap::new();
    let here = |rest: &str| answer.len() - rest.len();
    loop {
        let (literal, mark) = match golden.split_once('«') {
            Some((literal, after)) => {
                let (mark, after) = after.split_once('»').expect("a mark ends");
                golden = after;
                (literal, Some(mark))
            }
            None => (golden, None),
        };
        let common = literal.bytes().zip(rest.bytes()).take_while(|(a, b)| a == b).count();
        rest = rest.strip_prefix(literal).ok_or(here(rest) + common)?;
        let Some(mark) = mark else {
            return if rest.is_empty() { Ok(()) } else { Err(here(rest)) };
        };
        let hex = |rest: &str, length: usize| {
            let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
            (digits == length).then_some(length)
        };
        let length = match mark.split_once(' ').unwrap_or((mark, "")) {
            ("id", "") => hex(rest, 32),
            ("id", name) => hex(rest, 32).filter(|length| {
                let found = &rest[..*length];
                *names.entry(name).or_insert(found) == found
            }),
            ("secret", _) => hex(rest, 64),
            ("jwt", _) => {
                let token = rest.split('"').next().unwrap();
                (token.split('.').filter(|part| part.len() > 20).count() == 3)
                    .then_some(token.len())
            }
            ("portal", _) => rest.starts_with(known.portal).then_some(known.portal.len()),
            ("media", path) => signed(rest, path, known, &mut names),
            _ => panic!("no such mark: {mark}"),
        };
        rest = &rest[length.ok_or(here(rest))?..];
    }
}

fn signed<'a>(
    rest: &'a str,
    path: &str,
    known: &Known<'_>,
    names: &mut HashMap<&'a str, &'a str>,
) -> Option<usize> {
    let url = rest.split('"').next().unwrap();
    let (found, query) = url.strip_prefix(known.media)?.split_once('?')?;
    // `{NAME}` in the path is an identity met before.
    let expected = names
        .iter()
        .fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
    let start = format!("Expires={}&Key-Pair-Id=KSCHRIFTJEDEMO1&Signature=", known.expires);
    let signature = query.strip_prefix(&start)?;
    let url_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (found == expected && signature.len() == 43 && signature.bytes().all(url_safe))
        .then_some(url.len())
}

fn without_white_space(golden: &str) -> String {
    let mut in_string = false;
    let mut escaped = false;
    golden
        .chars()
        .filter(|&letter| {
            let counts = in_string || !letter.is_whitespace();
            if letter == '"' && !escaped {
                in_string = !in_string;
            }
            escaped = in_string && letter == '\\' && !escaped;
            counts
        })
        .collect()
}

#[test]
fn a_difference_of_one_byte_is_seen() {
    let known = Known { portal: "http://p/", media: "http://m/", expires: 1 };
    let golden = "{ \"a b\": [\"«id x»\", \"«id x»\"] }";
    let id = "0123456789abcdef0123456789abcdef";
    assert_eq!(
        matches(&format!("{{\"a b\":[\"{id}\",\"{id}\"]}}"), &without_white_space(golden), &known),
        Ok(())
    );
    for wrong in [
        format!("{{\"a b\":[\"{id}\",\"{id}\"]}} "),
        format!("{{\"ab\":[\"{id}\",\"{id}\"]}}"),
        format!("{{\"a b\":[\"{id}\",\"{}\"]}}", id.replace('a', "b")),
        format!("{{\"a b\":[\"{id}0\",\"{id}\"]}}"),
    ] {
        assert!(matches(&wrong, &without_white_space(golden), &known).is_err(), "{wrong}");
    }
}
