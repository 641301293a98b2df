//! Plain text, as the portal keeps it: as HTML.

/// `text` as paragraphs: a blank line ends one, a line break stays a line break.
pub fn html(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.lines() {
        match paragraphs.last_mut() {
            _ if line.trim().is_empty() => paragraphs.push(Vec::new()),
            Some(paragraph) => paragraph.push(escaped(line.trim_end())),
            None => {}
        }
    }
    paragraphs
        .iter()
        .filter(|lines| !lines.is_empty())
        .map(|lines| format!("<p>{}</p>", lines.join("<br>")))
        .collect::<Vec<_>>()
        .concat()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn text_becomes_paragraphs_and_never_markup() {
        for (text, expected) in [
            ("Dag!", "<p>Dag!</p>"),
            ("Een\nregel\r\n\r\n\n  \nNog een ", "<p>Een<br>regel</p><p>Nog een</p>"),
            ("<b>&\"'</b>", "<p>&lt;b&gt;&amp;&quot;'&lt;/b&gt;</p>"),
            ("مرحبا 👋🏽", "<p>مرحبا 👋🏽</p>"),
            (" \n\t\n", ""),
        ] {
            assert_eq!(html(text), expected, "{text:?}");
        }
    }
}
