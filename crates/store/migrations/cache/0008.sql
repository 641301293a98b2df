-- What the portal tells of the place and the family, piece by piece, as it was read.
CREATE TABLE facts (
    name    TEXT    NOT NULL PRIMARY KEY,
    body    TEXT    NOT NULL,
    read_at INTEGER NOT NULL
) STRICT;
