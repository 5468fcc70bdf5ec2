-- Version 2: an organisation finds its own bookings. Partial, so that only commits that book pay for it.
CREATE INDEX event_booked ON event (actor_id, occurred_at) WHERE kind = 'slot-booked';
