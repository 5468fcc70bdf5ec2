-- Version 6: what coordinators count comes from this index alone.
CREATE INDEX event_territory_day ON event (territory_id, local_date, kind, channel);
