-- Version 5: identities end, and keys rotate. The same tables as PostgreSQL's, where the reasons are written.
CREATE TABLE person_trait (
  sas_id     TEXT NOT NULL,
  trait_hash TEXT NOT NULL,
  surrogate  TEXT NOT NULL,
  PRIMARY KEY (sas_id, trait_hash)
) STRICT, WITHOUT ROWID;
INSERT INTO person_trait SELECT sas_id, trait_hash, surrogate FROM person WHERE surrogate NOT LIKE 'call-%';
CREATE INDEX person_trait_surrogate ON person_trait (surrogate);

-- SQLite cannot drop a column that a constraint names: the table is written anew.
CREATE TABLE person_5 (
  surrogate   TEXT NOT NULL PRIMARY KEY,
  sas_id      TEXT NOT NULL,
  sealed      TEXT NOT NULL,
  used_at     INTEGER NOT NULL,
  objected_at INTEGER
) STRICT;
INSERT INTO person_5 SELECT surrogate, sas_id, sealed, unixepoch() * 1000000, NULL FROM person;
DROP TABLE person;
ALTER TABLE person_5 RENAME TO person;
CREATE INDEX person_used ON person (used_at);

ALTER TABLE note ADD COLUMN territory_id TEXT NOT NULL DEFAULT '';
ALTER TABLE note ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
UPDATE note SET used_at = unixepoch() * 1000000, territory_id = coalesce((SELECT e.territory_id FROM event e
  WHERE e.stream IN ('agenda/' || substr(note_id, 1, instr(note_id, '.') - 1), 'request/' || note_id) LIMIT 1), '');
CREATE INDEX note_surrogate ON note (surrogate);
CREATE INDEX note_used ON note (used_at) WHERE sealed <> '';
CREATE INDEX note_spent ON note (used_at) WHERE sealed = '';
