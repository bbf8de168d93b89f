-- Answers to requests that carried an Idempotency-Key, in the words they were sent in.
CREATE TABLE kit.idempotency (
  account text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status integer NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (account, key)
);
CREATE INDEX idempotency_age ON kit.idempotency (created_at);
