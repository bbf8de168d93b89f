-- The log of what this service has published, and how far it has read the logs of others.
CREATE SCHEMA events;

-- The last version given out for each aggregate; its row lock makes versions contiguous and in commit order.
CREATE TABLE events.aggregate (
  topic text NOT NULL,
  key text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (topic, key)
) WITH (fillfactor = 80);

-- Never updated and never deleted from: every projection can be rebuilt from it.
CREATE TABLE events.log (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  topic text NOT NULL,
  version integer NOT NULL,
  key text NOT NULL,
  aggregate_version bigint NOT NULL,
  occurred_at timestamptz NOT NULL,
  causation_id text,
  traceparent text,
  payload jsonb NOT NULL,
  PRIMARY KEY (topic, xid, sequence)
);
CREATE UNIQUE INDEX log_aggregate ON events.log (topic, key, aggregate_version);

-- How far each topic of each publisher has been read.
CREATE TABLE events.position (
  publisher text NOT NULL,
  topic text NOT NULL,
  xid xid8 NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (publisher, topic)
);

-- The last version of each aggregate whose effect is in this database. Versions have no gaps, so this one number tells
-- of every fact whether it took effect.
CREATE TABLE events.inbox (
  topic text NOT NULL,
  key text NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (topic, key)
) WITH (fillfactor = 80);

-- Keys with a fact that could not be applied: the fact and all later ones of the key wait until an operator unparks it.
CREATE TABLE events.parked (
  id uuid PRIMARY KEY,
  publisher text NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  event_id uuid NOT NULL,
  event_version bigint NOT NULL,
  last_version bigint NOT NULL,
  error text NOT NULL,
  parked_at timestamptz NOT NULL,
  unpark_requested_at timestamptz,
  UNIQUE (topic, key)
);
