//! The time zone of every care slot, for programs that do not know it by its name.

use super::content::Content;

/// Its name.
pub(super) const NAME: &str = "Europe/Amsterdam";

/// Adds it, with both nights on which the clock changes.
pub(super) fn add(content: &mut Content) {
    content.line("BEGIN", "VTIMEZONE");
    content.line("TZID", NAME);
    for (season, name, from, to, first, rule) in [
        ("DAYLIGHT", "CEST", "+0100", "+0200", "19960331T020000", "BYMONTH=3;BYDAY=-1SU"),
        ("STANDARD", "CET", "+0200", "+0100", "19961027T030000", "BYMONTH=10;BYDAY=-1SU"),
    ] {
        content.line("BEGIN", season);
        content.line("DTSTART", first);
        content.line("RRULE", &format!("FREQ=YEARLY;{rule}"));
        content.line("TZOFFSETFROM", from);
        content.line("TZOFFSETTO", to);
        content.line("TZNAME", name);
        content.line("END", season);
    }
    content.line("END", "VTIMEZONE");
}
