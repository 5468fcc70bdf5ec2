-- The ledger, version 1; the same tables as PostgreSQL's, where the reasons are written. Instants are microseconds since 1970, UTC.
CREATE TABLE event (
  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
  stream       TEXT NOT NULL,
  version      INTEGER NOT NULL CHECK (version >= 1),
  actor_id     TEXT NOT NULL,
  request_id   BLOB NOT NULL CHECK (length(request_id) = 16),
  fingerprint  TEXT NOT NULL,
  answer       TEXT NOT NULL,
  occurred_at  INTEGER NOT NULL,
  local_date   TEXT NOT NULL,
  territory_id TEXT NOT NULL,
  care_stream  TEXT NOT NULL,
  kind         TEXT NOT NULL,
  channel      TEXT NOT NULL,
  schema       INTEGER NOT NULL,
  payload      TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_stream_version ON event (stream, version);
CREATE UNIQUE INDEX event_request ON event (request_id, actor_id);
CREATE INDEX event_held ON event (occurred_at) WHERE kind = 'slot-held';

CREATE TABLE claim (
  holder   TEXT NOT NULL,
  key      TEXT NOT NULL,
  owner    TEXT NOT NULL,
  until    INTEGER NOT NULL,
  stream   TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  PRIMARY KEY (holder, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE occupancy (
  slot_id    TEXT NOT NULL,
  place      INTEGER NOT NULL CHECK (place >= 1),
  booking_id TEXT NOT NULL UNIQUE,
  stream     TEXT NOT NULL,
  PRIMARY KEY (slot_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE slot (
  slot_id   TEXT NOT NULL PRIMARY KEY,
  agenda_id TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  version   INTEGER NOT NULL,
  facts     TEXT NOT NULL,
  stream    TEXT NOT NULL,
  CHECK (ends_at > starts_at),
  CHECK (ends_at - starts_at <= 86400000000)
) STRICT;
CREATE INDEX slot_agenda_start ON slot (agenda_id, starts_at);

CREATE TABLE due (
  stream TEXT NOT NULL,
  cause  TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (stream, cause)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_by_time ON due (due_at);

CREATE TABLE snapshot (
  stream  TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  schema  INTEGER NOT NULL,
  state   TEXT NOT NULL
) STRICT;

CREATE TABLE document (
  type    TEXT NOT NULL,
  key     TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (type, key)
) STRICT;

CREATE TABLE person (
  surrogate  TEXT NOT NULL PRIMARY KEY,
  sas_id     TEXT NOT NULL,
  trait_hash TEXT NOT NULL,
  sealed     TEXT NOT NULL,
  UNIQUE (sas_id, trait_hash)
) STRICT;
CREATE TABLE note (
  note_id   TEXT NOT NULL PRIMARY KEY,
  surrogate TEXT NOT NULL,
  sealed    TEXT NOT NULL
) STRICT;
