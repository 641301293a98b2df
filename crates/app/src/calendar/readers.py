"""Opens a calendar with two readers that do not know ours, and says what each found, as JSON."""

import json
import sys
import warnings
from datetime import timezone

import ics
import icalendar

warnings.simplefilter("error")


def by_icalendar(content):
    calendar = icalendar.Calendar.from_ical(content)
    for component in calendar.walk():
        assert not component.errors, component.errors
    assert not calendar.get_missing_tzids()
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Amsterdam"
    # As the calendar itself says, for who does not know the zone by its name.
    told = zone.to_tz(lookup_tzid=False)
    events = []
    for event in calendar.walk("VEVENT"):
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        for time in (start, end):
            clock = time.replace(tzinfo=None)
            assert time.tzinfo is timezone.utc or told.utcoffset(clock) == time.utcoffset(), time
        events.append(
            [
                str(event["UID"]),
                start.astimezone(timezone.utc).isoformat(),
                end.astimezone(timezone.utc).isoformat(),
                str(event["STATUS"]),
                str(event["SUMMARY"]),
                str(event["DESCRIPTION"]),
            ]
        )
    return events


def by_ics(content):
    calendar = ics.Calendar(content.decode())
    return [
        [
            event.uid,
            event.begin.to("utc").isoformat(),
            event.end.to("utc").isoformat(),
            event.status,
            event.name,
            event.description,
        ]
        for event in calendar.events
    ]


with open(sys.argv[1], "rb") as file:
    content = file.read()
print(json.dumps({"icalendar": by_icalendar(content), "ics": by_ics(content)}))
