-- Version 4: who read or searched which patient's data. Append-only, chained by hashes (silo/Access); the only way out is the end of the retention.
CREATE TABLE access_log (
  seq             INTEGER PRIMARY KEY CHECK (seq >= 1),
  at              INTEGER NOT NULL,
  actor_id        TEXT NOT NULL,
  role            TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  session         TEXT NOT NULL,
  action          TEXT NOT NULL,
  subject         TEXT NOT NULL,
  territory_id    TEXT NOT NULL,
  sas_id          TEXT NOT NULL,
  why             TEXT NOT NULL,
  object          TEXT NOT NULL,
  previous        TEXT NOT NULL,
  hash            TEXT NOT NULL
) STRICT;
CREATE INDEX access_log_subject ON access_log (subject, seq);
CREATE INDEX access_log_territory ON access_log (territory_id, seq);
CREATE INDEX access_log_sas ON access_log (sas_id, seq);
CREATE INDEX access_log_at ON access_log (at);
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
-- The retention announces itself in meta within its transaction.
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'access-purge')
BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;
