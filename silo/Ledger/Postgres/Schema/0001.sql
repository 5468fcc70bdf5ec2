-- The ledger, version 1. Runs in one transaction under an advisory lock.
-- Text compares by bytes (COLLATE "C"): keys are opaque, and byte order is several times cheaper than a language's.

-- The truth. One row per accepted command; nothing ever updates or deletes one.
-- payload and answer are text: the ledger never looks inside. Measured with 200,000 payloads of 400 bytes (two cores, busy): text 4 µs a row,
-- json 7 µs, jsonb 13 µs and 12 % larger; a booking costs about 60 µs in all. A reader that wants to look inside casts.
CREATE TABLE event (
  seq          bigint GENERATED ALWAYS AS IDENTITY,
  stream       text COLLATE "C" NOT NULL,
  version      bigint NOT NULL CONSTRAINT event_version_positive CHECK (version >= 1),
  actor_id     text COLLATE "C" NOT NULL,
  request_id   uuid NOT NULL,
  fingerprint  text COLLATE "C" NOT NULL,
  answer       text COLLATE "C" NOT NULL,
  occurred_at  timestamptz NOT NULL,
  local_date   date NOT NULL,
  territory_id text COLLATE "C" NOT NULL,
  care_stream  text COLLATE "C" NOT NULL,
  kind         text COLLATE "C" NOT NULL,
  channel      text COLLATE "C" NOT NULL,
  schema       integer NOT NULL,
  payload      text COLLATE "C" NOT NULL,
  CONSTRAINT event_stream_version PRIMARY KEY (stream, version),
  -- The id first: it decides nearly every comparison.
  CONSTRAINT event_request UNIQUE (request_id, actor_id)
);
-- Which agendas have recent holds. Partial, so that other commits do not pay for it.
CREATE INDEX event_held ON event (occurred_at) WHERE kind = 'slot-held';

-- One active owner per (holder, key). stream: whose fold accounts for the row, for the audit.
CREATE TABLE claim (
  holder   text COLLATE "C" NOT NULL,
  key      text COLLATE "C" NOT NULL,
  owner    text COLLATE "C" NOT NULL,
  until    timestamptz NOT NULL,
  stream   text COLLATE "C" NOT NULL,
  taken_at timestamptz NOT NULL,
  CONSTRAINT claim_holder_key PRIMARY KEY (holder, key)
) WITH (fillfactor = 90);

-- The second lock against a double sale.
CREATE TABLE occupancy (
  slot_id    text COLLATE "C" NOT NULL,
  place      integer NOT NULL CONSTRAINT occupancy_place_positive CHECK (place >= 1),
  booking_id text COLLATE "C" NOT NULL,
  stream     text COLLATE "C" NOT NULL,
  CONSTRAINT occupancy_slot_place PRIMARY KEY (slot_id, place),
  CONSTRAINT occupancy_booking UNIQUE (booking_id)
);

-- Published facts. The bound on the length makes the range query two-sided on the index.
CREATE TABLE slot (
  slot_id   text COLLATE "C" NOT NULL CONSTRAINT slot_id PRIMARY KEY,
  agenda_id text COLLATE "C" NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at   timestamptz NOT NULL,
  withdrawn boolean NOT NULL,
  version   bigint NOT NULL,
  facts     text COLLATE "C" NOT NULL,
  stream    text COLLATE "C" NOT NULL,
  CONSTRAINT slot_ends_after_start CHECK (ends_at > starts_at),
  CONSTRAINT slot_within_a_day CHECK (ends_at - starts_at <= interval '24 hours')
);
CREATE INDEX slot_agenda_start ON slot (agenda_id, starts_at);

-- Wake-ups: one per stream and cause.
CREATE TABLE due (
  stream text COLLATE "C" NOT NULL,
  cause  text COLLATE "C" NOT NULL,
  due_at timestamptz NOT NULL,
  CONSTRAINT due_stream_cause PRIMARY KEY (stream, cause)
) WITH (fillfactor = 90);
CREATE INDEX due_by_time ON due (due_at);

CREATE TABLE snapshot (
  stream  text COLLATE "C" NOT NULL CONSTRAINT snapshot_stream PRIMARY KEY,
  version bigint NOT NULL,
  schema  integer NOT NULL,
  state   text COLLATE "C" NOT NULL
);

CREATE TABLE document (
  type    text COLLATE "C" NOT NULL,
  key     text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  payload text COLLATE "C" NOT NULL,
  CONSTRAINT document_type_key PRIMARY KEY (type, key)
);

-- Sealed identities and notes: erasable without touching the log.
CREATE TABLE person (
  surrogate  text COLLATE "C" NOT NULL CONSTRAINT person_surrogate PRIMARY KEY,
  sas_id     text COLLATE "C" NOT NULL,
  trait_hash text COLLATE "C" NOT NULL,
  sealed     text COLLATE "C" NOT NULL,
  CONSTRAINT person_traits UNIQUE (sas_id, trait_hash)
);
CREATE TABLE note (
  note_id   text COLLATE "C" NOT NULL CONSTRAINT note_id PRIMARY KEY,
  surrogate text COLLATE "C" NOT NULL,
  sealed    text COLLATE "C" NOT NULL
);

-- Ends a statement whose rows were changed by another process between its snapshot and its writes.
CREATE FUNCTION ledger_expect(expected bigint, written bigint, what text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF expected <> written THEN
    RAISE EXCEPTION '%: % of % rows could be written', what, written, expected USING ERRCODE = 'SL001';
  END IF;
  RETURN what;
END $$;
