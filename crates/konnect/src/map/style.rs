//! The inline style of a newsletter: each property by itself, and of each only values that cannot
//! fetch, move, cover or run anything.

/// More than any one element of a mail says of itself.
const MOST_STYLE: usize = 4000;
/// The longest length, in CSS pixels.
const LONGEST: f64 = 2000.0;
/// Names of fonts in a row.
const MOST_FONTS: usize = 8;

const LENGTHS: [&str; 24] = [
    "width",
    "max-width",
    "min-width",
    "height",
    "padding",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "margin",
    "margin-top",
    "margin-right",
    "margin-bottom",
    "margin-left",
    "font-size",
    "line-height",
    "letter-spacing",
    "border-spacing",
    "border-radius",
    "border-width",
    "border-top-width",
    "border-right-width",
    "border-bottom-width",
    "border-left-width",
];
const COLOURS: [&str; 7] = [
    "color",
    "background-color",
    "border-color",
    "border-top-color",
    "border-right-color",
    "border-bottom-color",
    "border-left-color",
];
const BORDERS: [&str; 5] = ["border", "border-top", "border-right", "border-bottom", "border-left"];
const LINES: [&str; 8] =
    ["none", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset"];

/// What of a style may stay, as `property:value` with semicolons between; empty when nothing may.
pub(crate) fn clean(style: &str) -> String {
    if style.len() > MOST_STYLE {
        return String::new();
    }
    let kept: Vec<String> = style.split(';').filter_map(declaration).collect();
    kept.join(";")
}

/// Whether a style shows nothing, or a dot: the mark of a picture that only counts who reads.
pub(crate) fn is_invisible(style: &str) -> bool {
    style.split(';').filter_map(|text| text.split_once(':')).any(|(property, value)| {
        let value = value.to_ascii_lowercase();
        let value = value.trim().trim_end_matches("!important").trim();
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "opacity" => value.parse::<f64>().is_ok_and(|seen| seen < 0.1),
            "width" | "height" | "max-width" | "max-height" => is_a_dot(value),
            _ => false,
        }
    })
}

fn is_a_dot(value: &str) -> bool {
    value.trim_end_matches("px").parse::<f64>().is_ok_and(|number| number <= 2.0)
}

fn declaration(text: &str) -> Option<String> {
    let (property, value) = text.split_once(':')?;
    let property = property.trim().to_ascii_lowercase();
    let value = value.trim().trim_end_matches("!important").trim();
    // `background` draws a colour here, and never a picture.
    let property = if property == "background" { "background-color" } else { &property };
    let value = match property {
        "font-family" => fonts(value)?,
        _ if COLOURS.contains(&property) => colour(value)?,
        _ if LENGTHS.contains(&property) => lengths(value)?,
        _ if BORDERS.contains(&property) => border(value)?,
        _ => keyword(property, value)?,
    };
    Some(format!("{property}:{value}"))
}

fn keyword(property: &str, value: &str) -> Option<String> {
    let value = value.to_ascii_lowercase();
    let allowed: &[&str] = match property {
        "text-align" => &["left", "right", "center", "justify", "start", "end"],
        "vertical-align" => &["top", "middle", "bottom", "baseline", "sub", "super"],
        "font-style" => &["normal", "italic", "oblique"],
        "text-decoration" => &["none", "underline", "line-through"],
        "text-transform" => &["none", "uppercase", "lowercase", "capitalize"],
        "white-space" => &["normal", "nowrap", "pre-line", "pre-wrap"],
        "display" => {
            &["none", "block", "inline", "inline-block", "table", "table-row", "table-cell"]
        }
        "border-collapse" => &["collapse", "separate"],
        "table-layout" => &["auto", "fixed"],
        "direction" => &["ltr", "rtl"],
        "list-style-type" => {
            &["none", "disc", "circle", "square", "decimal", "lower-alpha", "upper-roman"]
        }
        "border-style" => &LINES,
        "font-weight" => {
            &["normal", "bold", "bolder", "lighter", "300", "400", "500", "600", "700", "800"]
        }
        _ => return None,
    };
    allowed.contains(&value.as_str()).then_some(value)
}

/// A colour: its name, hexadecimal digits, or numbers.
pub(crate) fn colour(value: &str) -> Option<String> {
    let value = value.trim().to_ascii_lowercase();
    if let Some(digits) = value.strip_prefix('#') {
        let is_one = matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        return is_one.then_some(value);
    }
    if (3..=24).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(value);
    }
    let (name, numbers) = value.strip_suffix(')')?.split_once('(')?;
    let is_one = matches!(name, "rgb" | "rgba" | "hsl" | "hsla")
        && numbers.len() <= 40
        && numbers
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b' ' | b'%' | b'/'));
    is_one.then_some(value)
}

fn lengths(value: &str) -> Option<String> {
    let parts: Vec<String> = value.split_whitespace().map(length).collect::<Option<_>>()?;
    (1..=4).contains(&parts.len()).then(|| parts.join(" "))
}

/// Never below zero: nothing moves over its neighbour.
fn length(value: &str) -> Option<String> {
    let value = value.to_ascii_lowercase();
    if matches!(value.as_str(), "auto" | "normal") {
        return Some(value);
    }
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = value[..value.len() - unit.len()].parse().ok()?;
    let most = match unit {
        "" | "px" | "pt" => LONGEST,
        "%" => 200.0,
        "em" | "rem" => 50.0,
        _ => return None,
    };
    (0.0..=most).contains(&number).then_some(value)
}

fn border(value: &str) -> Option<String> {
    let part = |part: &str| {
        let word = part.to_ascii_lowercase();
        if LINES.contains(&word.as_str()) { Some(word) } else { length(part).or(colour(part)) }
    };
    let together = value.replace(", ", ",");
    let parts: Vec<String> = together.split_whitespace().map(part).collect::<Option<_>>()?;
    (1..=3).contains(&parts.len()).then(|| parts.join(" "))
}

/// Names of fonts that may be on the device; none is ever fetched.
pub(crate) fn fonts(value: &str) -> Option<String> {
    let names: Vec<&str> = value
        .split(',')
        .map(|name| name.trim().trim_matches(['"', '\'']).trim())
        .filter(|name| {
            (1..=40).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-'))
                && name.starts_with(|c: char| c.is_ascii_alphabetic())
        })
        .take(MOST_FONTS)
        .collect();
    (!names.is_empty()).then(|| names.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_looks_of_a_newsletter_stay() {
        for (written, kept) in [
            ("color: #333; background: #F4F1E8 !important", "color:#333;background-color:#f4f1e8"),
            (
                "padding:10px 20px;width:600px;max-width:100%",
                "padding:10px 20px;width:600px;max-width:100%",
            ),
            (
                "font-family: 'Open Sans', Arial, sans-serif; font-size:16px; line-height: 1.5",
                "font-family:Open Sans,Arial,sans-serif;font-size:16px;line-height:1.5",
            ),
            (
                "border-bottom: 1px solid rgb(1, 2, 3);margin:0 auto",
                "border-bottom:1px solid rgb(1,2,3);margin:0 auto",
            ),
            ("TEXT-ALIGN: Center; mso-line-height-rule: exactly", "text-align:center"),
        ] {
            assert_eq!(clean(written), kept, "{written}");
        }
    }

    #[test]
    fn nothing_that_fetches_moves_covers_or_runs_stays() {
        for written in [
            "background:url(https://x.example/a)",
            "background-color:url(https://x.example/a)",
            "background-image:image-set('a' 1x)",
            "list-style:url(x)",
            "content:'x'",
            "cursor:url(x)",
            "width:expression(alert(1))",
            "color:e\\78pression(x)",
            "co/**/lor:red",
            "behavior:url(x.htc)",
            "-moz-binding:url(x)",
            "@import 'x'",
            "position:fixed",
            "top:0",
            "z-index:9999",
            "float:left",
            "transform:scale(99)",
            "opacity:0",
            "margin-left:-500px",
            "margin:calc(1px - 99px)",
            "width:99999px",
            "width:1e9px",
            "width:var(--x)",
            "--x:red",
            "animation:x 1s",
            "filter:url(#x)",
            "font:12px 'x'",
            "font-family:url(x)",
            "color:red}body{display:none",
        ] {
            assert_eq!(clean(written), "", "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_stays_is_plain_and_stays_the_same(style in "[a-z:;()'\"\\\\@/*{}#0-9 .,%!<>-]{0,80}") {
            let kept = clean(&style);
            prop_assert!(!kept.contains(['\\', '@', '"', '\'', '<', '>', '{', '}', '*']), "{kept}");
            prop_assert!(!kept.contains("url") || !kept.contains('('), "{kept}");
            prop_assert_eq!(clean(&kept), kept);
        }
    }
}
