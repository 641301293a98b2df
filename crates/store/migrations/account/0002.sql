-- What calendar programs were told of each care slot. It stands here and not beside the planning:
-- that may be lost and fetched again, and a sequence never goes back.
CREATE TABLE calendar_events (
    uid          TEXT    NOT NULL PRIMARY KEY,
    day          INTEGER NOT NULL,           -- days since 1970-01-01, in Amsterdam
    event        TEXT    NOT NULL,           -- what was told, as JSON
    sequence     INTEGER NOT NULL CHECK (sequence >= 0),
    changed_at   INTEGER NOT NULL,           -- when that sequence began, in epoch milliseconds
    cancelled_at INTEGER                     -- when the slot was gone
) STRICT, WITHOUT ROWID;

-- Where calendar programs on this device find it, while that is switched on. One row.
CREATE TABLE calendar_feed (
    one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    port   INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    secret TEXT    NOT NULL
) STRICT;
