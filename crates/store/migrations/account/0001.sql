-- Who is signed in. One row.
CREATE TABLE account (
    one          INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id           TEXT    NOT NULL,           -- the account's name on this device
    portal       TEXT    NOT NULL,           -- the portal's address
    username     TEXT    NOT NULL,
    parent_name  TEXT,                       -- once the portal has told
    email        TEXT,
    organisation TEXT,
    session      TEXT    NOT NULL CHECK (session IN ('signed_in', 'expired', 'ended')),
    device       TEXT    NOT NULL            -- a random name of this device, for the portal
) STRICT;

-- What signs in again: the session's tokens, and the password where the parent wants it kept.
CREATE TABLE secrets (
    name  TEXT NOT NULL PRIMARY KEY CHECK (name IN ('tokens', 'password')),
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the portal last said it offers beyond what is observed. One row.
CREATE TABLE capabilities (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    asked_at INTEGER NOT NULL,               -- epoch milliseconds
    answer   TEXT    NOT NULL                -- JSON
) STRICT;
