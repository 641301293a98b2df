-- What a demo portal keeps. Days are ISO text, so that they sort; instants are epoch milliseconds.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  number INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  full_name TEXT NOT NULL,
  email TEXT NOT NULL,
  family INTEGER NOT NULL,
  phone TEXT,
  street TEXT,
  postal_code TEXT,
  city TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'locks', 'must_reset', 'ended'))
) STRICT;

CREATE TABLE session (
  token TEXT PRIMARY KEY,
  username TEXT NOT NULL REFERENCES account (username),
  style TEXT NOT NULL CHECK (style IN ('app', 'browser')),
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The link of a parent who forgot the password.
CREATE TABLE new_password (
  username TEXT PRIMARY KEY REFERENCES account (username),
  key TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE child (
  id TEXT PRIMARY KEY,
  family INTEGER NOT NULL,
  position INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  middle_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  born TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT,
  day_care_group TEXT NOT NULL,
  after_school_group TEXT NOT NULL,
  holiday_group TEXT,
  weekdays INTEGER NOT NULL,
  face INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
  id INTEGER PRIMARY KEY,
  family INTEGER NOT NULL,
  day TEXT NOT NULL,
  rank INTEGER NOT NULL,
  kind TEXT NOT NULL,
  children TEXT NOT NULL,
  journal_id TEXT UNIQUE,
  author TEXT,
  author_kind TEXT,
  content TEXT,
  rhythm TEXT,
  is_new INTEGER NOT NULL DEFAULT 0,
  edited INTEGER NOT NULL DEFAULT 0,
  -- The idempotency key of the write that made it.
  key TEXT
) STRICT;
CREATE INDEX card_newest_first ON card (family, day DESC, rank DESC);

CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  family INTEGER NOT NULL,
  child TEXT NOT NULL REFERENCES child,
  group_name TEXT,
  subject TEXT NOT NULL,
  date INTEGER NOT NULL,
  last_written INTEGER NOT NULL,
  -- Orders what was written in one and the same millisecond.
  rank INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL,
  last_from_parent INTEGER NOT NULL,
  closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_newest_first ON conversation (family, last_written DESC, rank DESC);

CREATE TABLE message (
  conversation TEXT NOT NULL REFERENCES conversation,
  position INTEGER NOT NULL,
  html TEXT NOT NULL,
  written_by TEXT NOT NULL,
  from_parent INTEGER NOT NULL,
  date INTEGER NOT NULL,
  child_first_name TEXT NOT NULL,
  -- The idempotency key of the write that made it.
  key TEXT,
  PRIMARY KEY (conversation, position)
) STRICT, WITHOUT ROWID;

-- A file a parent sends; its bytes are in the folder `uploads`.
CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (username),
  length INTEGER NOT NULL,
  received INTEGER NOT NULL DEFAULT 0,
  media_type TEXT NOT NULL,
  -- When its last piece came.
  touched INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Drawn, or uploaded; on a card, or with a message.
CREATE TABLE photo (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  card INTEGER REFERENCES card,
  conversation TEXT,
  message INTEGER,
  position INTEGER NOT NULL,
  picture INTEGER NOT NULL,
  video INTEGER,
  upload TEXT REFERENCES upload,
  description TEXT,
  generated INTEGER NOT NULL,
  child_tags TEXT NOT NULL,
  liked INTEGER NOT NULL DEFAULT 0,
  is_new INTEGER NOT NULL DEFAULT 0,
  may_not_be_saved TEXT,
  FOREIGN KEY (conversation, message) REFERENCES message (conversation, position),
  CHECK ((card IS NULL) <> (message IS NULL))
) STRICT;
CREATE INDEX photo_of_card ON photo (card, position);
CREATE INDEX photo_of_message ON photo (conversation, message, position)
  WHERE conversation IS NOT NULL;

-- Writes that were done, and what was answered: written together with what they did.
CREATE TABLE done (
  account TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER NOT NULL,
  location TEXT,
  etag TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;

-- Where there is something new, for who listens; written together with what is new.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  family INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('timeline', 'messages', 'planning', 'location', 'family'))
) STRICT;

CREATE TABLE news (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  snippet TEXT NOT NULL,
  html TEXT NOT NULL,
  picture INTEGER,
  published INTEGER NOT NULL,
  is_new INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE newsletter (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  snippet TEXT NOT NULL,
  html TEXT NOT NULL,
  sent INTEGER NOT NULL,
  unread INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE paper (
  item_id TEXT PRIMARY KEY,
  admin_id TEXT NOT NULL,
  family INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'annualstatement', 'document')),
  subject TEXT NOT NULL,
  date INTEGER NOT NULL,
  has_attachment INTEGER NOT NULL,
  -- The file itself; drawn from the subject where there is none.
  bytes BLOB
) STRICT, WITHOUT ROWID;

-- Numbers the staff side set; what is null is counted.
CREATE TABLE counters (
  family INTEGER PRIMARY KEY,
  messages INTEGER,
  news INTEGER,
  newsletters INTEGER
) STRICT;

-- What parents ask and tell about the planning.
CREATE TABLE care_request (
  -- Orders them, the oldest first.
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  family INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('extra', 'swap', 'absence')),
  sent_at INTEGER NOT NULL,
  sent_by TEXT NOT NULL,
  account TEXT NOT NULL,
  -- The idempotency key of the write that made it.
  key TEXT,
  whole INTEGER NOT NULL,
  expires_on TEXT,
  remark TEXT NOT NULL,
  reason TEXT,
  told INTEGER NOT NULL,
  -- The conversation in which that was told.
  conversation TEXT
) STRICT;
CREATE INDEX care_request_of_family ON care_request (family, number);

-- One child in one booking of it; slots, payments and the verdict are JSON.
CREATE TABLE care_line (
  id TEXT PRIMARY KEY,
  request TEXT NOT NULL REFERENCES care_request (id),
  position INTEGER NOT NULL,
  child TEXT NOT NULL REFERENCES child,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  group_name TEXT NOT NULL,
  slots TEXT NOT NULL,
  given TEXT NOT NULL,
  payments TEXT NOT NULL,
  status TEXT NOT NULL,
  status_reason TEXT,
  decided_at INTEGER,
  verdict TEXT,
  brings TEXT,
  -- When it lapses, while it is asked.
  deadline INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX care_line_of_request ON care_line (request, position);
CREATE INDEX care_line_to_lapse ON care_line (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX care_line_holding ON care_line (until_day) WHERE status IN ('asked', 'approved');

-- What is left of a credit is counted from the lines that pay with it.
CREATE TABLE credit (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  child TEXT NOT NULL REFERENCES child,
  name TEXT NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('points', 'minutes')),
  total INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  weeks TEXT NOT NULL CHECK (weeks IN ('all', 'school', 'holiday')),
  note TEXT,
  -- The line of the absence that brought it.
  line TEXT
) STRICT;
CREATE INDEX credit_of_child ON credit (child, number);

-- Places the organisation set; where it did not, its rules hold.
CREATE TABLE places (
  group_name TEXT NOT NULL,
  day TEXT NOT NULL,
  part TEXT NOT NULL,
  places INTEGER NOT NULL,
  PRIMARY KEY (group_name, day, part)
) STRICT, WITHOUT ROWID;

-- Slots the organisation moved, or took out when `starts` is null.
CREATE TABLE slot_change (
  child TEXT NOT NULL REFERENCES child,
  day TEXT NOT NULL,
  part TEXT NOT NULL,
  of TEXT NOT NULL DEFAULT '',
  starts INTEGER,
  ends INTEGER,
  PRIMARY KEY (child, day, part, of)
) STRICT, WITHOUT ROWID;

-- Who works there; groups are a JSON list of names.
CREATE TABLE team_member (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  groups TEXT NOT NULL,
  text TEXT,
  picture INTEGER,
  -- Another picture has another identity.
  picture_id TEXT UNIQUE
) STRICT, WITHOUT ROWID;

-- "Informatiepagina's".
CREATE TABLE page (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  html TEXT NOT NULL,
  changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A file with a news item or a page, whose identity `owner` is.
CREATE TABLE attachment (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX attachment_of ON attachment (owner, position);

-- What the organisation was told about a child; allergies and notes are JSON lists of texts.
CREATE TABLE child_about (
  child TEXT PRIMARY KEY REFERENCES child,
  mentor TEXT REFERENCES team_member,
  allergies TEXT NOT NULL,
  notes TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
  id TEXT PRIMARY KEY,
  child TEXT NOT NULL REFERENCES child,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('consent', 'declaration')),
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  -- When it was last asked for, and by whom.
  asked_at INTEGER,
  asked_by TEXT,
  -- Whether that still waits for an answer.
  open INTEGER NOT NULL DEFAULT 0,
  -- Why parents cannot change it here.
  fixed TEXT,
  -- What is to be filled in by who gives it.
  asks TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_of_child ON consent (child, position);

CREATE TABLE consent_answer (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  consent TEXT NOT NULL REFERENCES consent,
  answer TEXT NOT NULL CHECK (answer IN ('given', 'refused')),
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  -- What was filled in.
  words TEXT,
  -- The idempotency key of the write that made it.
  key TEXT
) STRICT;
CREATE INDEX answer_of_consent ON consent_answer (consent, number);

-- A filled-in form; its sections are JSON.
CREATE TABLE observation (
  id TEXT PRIMARY KEY,
  child TEXT NOT NULL REFERENCES child,
  title TEXT NOT NULL,
  day TEXT NOT NULL,
  -- Orders those of one day.
  rank INTEGER NOT NULL,
  by TEXT NOT NULL,
  sections TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a parent set; the rest is as the organisation begins with.
CREATE TABLE notification_setting (
  account TEXT NOT NULL REFERENCES account (username),
  item TEXT NOT NULL,
  email INTEGER,
  push INTEGER,
  PRIMARY KEY (account, item)
) STRICT, WITHOUT ROWID;

-- The e-mails it would send.
CREATE TABLE email (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL REFERENCES account (username),
  address TEXT NOT NULL,
  item TEXT NOT NULL,
  subject TEXT NOT NULL,
  link TEXT,
  at INTEGER NOT NULL
) STRICT;
