-- Version 4: who read or searched which patient's data. Append-only, chained by hashes (silo/Access); the only way out is the end of the retention.
-- With AccessLog:Connection the server appends as a role of its own, which needs no more than:
--   CREATE ROLE snplive_access LOGIN PASSWORD '…';
--   GRANT USAGE ON SCHEMA public TO snplive_access;
--   GRANT SELECT, INSERT ON access_log TO snplive_access;
CREATE TABLE access_log (
  seq             bigint NOT NULL CONSTRAINT access_log_seq PRIMARY KEY CHECK (seq >= 1),
  at              timestamptz NOT NULL,
  actor_id        text COLLATE "C" NOT NULL,
  role            text COLLATE "C" NOT NULL,
  organization_id text COLLATE "C" NOT NULL,
  session         text COLLATE "C" NOT NULL,
  action          text COLLATE "C" NOT NULL,
  subject         text COLLATE "C" NOT NULL,
  territory_id    text COLLATE "C" NOT NULL,
  sas_id          text COLLATE "C" NOT NULL,
  why             text COLLATE "C" NOT NULL,
  object          text COLLATE "C" NOT NULL,
  previous        text COLLATE "C" NOT NULL,
  hash            text COLLATE "C" NOT NULL
);
CREATE INDEX access_log_subject ON access_log (subject, seq);
CREATE INDEX access_log_territory ON access_log (territory_id, seq);
CREATE INDEX access_log_sas ON access_log (sas_id, seq);
CREATE INDEX access_log_at ON access_log (at);

-- Keeps mistakes out, also the owner's; malice the chain finds. The retention announces itself within its transaction.
CREATE FUNCTION access_log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('snplive.access_purge', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'access_log is append-only' USING ERRCODE = 'SL002';
END $$;
CREATE TRIGGER access_log_rows BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION access_log_stands();
CREATE TRIGGER access_log_all BEFORE TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION access_log_stands();
