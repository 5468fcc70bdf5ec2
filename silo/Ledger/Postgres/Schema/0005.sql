-- Version 5: identities end, and keys rotate.
-- A person is found under one keyed hash of their traits per key in use: while a key is replaced, under two. A file of a call has none.
CREATE TABLE person_trait (
  sas_id     text COLLATE "C" NOT NULL,
  trait_hash text COLLATE "C" NOT NULL,
  surrogate  text COLLATE "C" NOT NULL,
  CONSTRAINT person_trait_key PRIMARY KEY (sas_id, trait_hash)
);
INSERT INTO person_trait SELECT sas_id, trait_hash, surrogate FROM person WHERE surrogate NOT LIKE 'call-%';
CREATE INDEX person_trait_surrogate ON person_trait (surrogate);
ALTER TABLE person DROP COLUMN trait_hash;

-- used_at: end of the last appointment, or the last change; the retention counts from there (of what was kept before: from this upgrade).
-- objected_at: the patient objects to sharing with the registered GP.
ALTER TABLE person ADD COLUMN used_at timestamptz NOT NULL DEFAULT now(), ADD COLUMN objected_at timestamptz;
ALTER TABLE person ALTER COLUMN used_at DROP DEFAULT;
-- Rows come in the order of their time, and only walks look by it: block ranges cost a booking nothing.
CREATE INDEX person_used ON person USING brin (used_at);

-- territory_id: whose data officer may see it. A note whose words are purged stays, empty, as the link between a person and their bookings until the person goes.
ALTER TABLE note ADD COLUMN territory_id text COLLATE "C" NOT NULL DEFAULT '', ADD COLUMN used_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE note ALTER COLUMN used_at DROP DEFAULT;
UPDATE note SET territory_id = coalesce((SELECT e.territory_id FROM event e
  WHERE e.stream IN ('agenda/' || split_part(note_id, '.', 1), 'request/' || note_id) LIMIT 1), '');
CREATE INDEX note_surrogate ON note (surrogate);
CREATE INDEX note_used ON note USING brin (used_at);
