//! Text in markup, where it stays text.

/// Text that no reader of markup takes for anything else. Not for attributes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_text_and_never_markup() {
        assert_eq!(escaped("<b>Pim & Noor</b>"), "&lt;b&gt;Pim &amp; Noor&lt;/b&gt;");
    }
}
