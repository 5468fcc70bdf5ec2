-- Version 3: a desk finds its territory's requests. Partial, so that only commits that open one pay for it.
CREATE INDEX event_request_opened ON event (territory_id, occurred_at) WHERE kind = 'request-opened';
