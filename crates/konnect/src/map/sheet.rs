//! The style sheet of a newsletter: what it says of an element is put on that element, where each
//! property is judged by itself, and the sheet goes.

use css_inline::CSSInliner;
use scraper::{Html, Selector};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Bytes of a style sheet times elements it may be about; beyond it the sheet is not looked at.
const MOST_WORK: usize = 40_000_000;
/// A mail that its sheet makes longer than this many bytes does without.
const LONGEST: usize = 2 * 1024 * 1024;

static SHEETS: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("style").ok());

/// The mail with the rules of its own sheets in the `style` of its elements. Nothing is fetched:
/// what a sheet imports or links to stays away, and so does what holds for some screens only.
pub(crate) fn on_elements(mail: &str) -> Cow<'_, str> {
    let rules = rules(mail);
    let elements = mail.bytes().filter(|&byte| byte == b'<').count();
    if rules.trim().is_empty() || rules.len().saturating_mul(elements) > MOST_WORK {
        return Cow::Borrowed(mail);
    }
    let inliner = CSSInliner::options()
        .inline_style_tags(false)
        .load_remote_stylesheets(false)
        .extra_css(Some(rules.into()))
        .build();
    match inliner.inline(mail) {
        Ok(styled) if styled.len() <= LONGEST => Cow::Owned(styled),
        _ => Cow::Borrowed(mail),
    }
}

fn rules(mail: &str) -> String {
    let Some(sheets) = SHEETS.as_ref().filter(|_| mail.contains('{')) else {
        return String::new();
    };
    let document = Html::parse_document(mail);
    let mut rules = String::new();
    for sheet in document.select(sheets) {
        // Old mails hide their sheet from programs older still.
        let words: String = sheet.text().collect();
        rules.push_str(words.trim().trim_start_matches("<!--").trim_end_matches("-->"));
        rules.push('\n');
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_says_stands_on_the_elements_and_yields_to_what_they_say_themselves() {
        let styled = on_elements(
            "<head><style><!-- td.kop { color: #fff; padding: 4px } p { color: red } \
             #los p { color: green } @media print { p { color: blue } } --></style></head>\
             <body><table><tr><td class=kop style='color:#000'>Zomer</td></tr></table>\
             <div id=los><p>Dag</p></div></body>",
        );
        assert!(styled.contains("color: green"), "{styled}");
        assert!(!styled.contains("blue;\""), "{styled}");
        let cell = styled.split("<td").nth(1).and_then(|rest| rest.split('>').next());
        let cell = cell.unwrap();
        assert!(cell.contains("padding: 4px"), "{cell}");
        assert!(cell.rfind("#000") > cell.rfind("#fff"), "{cell}");
    }

    #[test]
    fn a_sheet_that_is_too_much_work_is_left_alone() {
        let mail = format!("<style>{}</style>{}", "b i{x:y}".repeat(8000), "<b><i>x".repeat(700));
        assert!(matches!(on_elements(&mail), Cow::Borrowed(_)));
        let longer =
            format!("<style>p{{color:{}}}</style>{}", "a".repeat(4000), "<p>x".repeat(900));
        assert!(matches!(on_elements(&longer), Cow::Borrowed(_)));
    }

    #[test]
    fn broken_sheets_and_selectors_lose_no_words() {
        for rules in ["}{", "p{", ":::{color:red}", "p{color:red;;}}", "@", "\\", "p{--x:var(--x)}"]
        {
            let styled = on_elements(&format!("<style>{rules}</style><p>Dag</p>")).into_owned();
            assert!(styled.contains("Dag"), "{rules}: {styled}");
        }
    }
}
