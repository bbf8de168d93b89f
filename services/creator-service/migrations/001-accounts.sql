-- Accounts that have signed in, by CAIP-10.
CREATE TABLE account (
  id text PRIMARY KEY,
  display_name text NOT NULL,
  bio text NOT NULL DEFAULT '',
  first_seen_at timestamptz NOT NULL
);

-- Nonces of sign-ins that have begun: each is deleted when it is used, whatever comes of it.
CREATE TABLE sign_in_nonce (
  nonce text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX expiring_nonces ON sign_in_nonce (expires_at);

-- One for each sign-in; all refresh tokens that follow from it belong to it and end with it.
CREATE TABLE session (
  id uuid PRIMARY KEY,
  account text NOT NULL REFERENCES account,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  closed_at timestamptz,
  closed_because text CHECK (closed_because IN ('signed-out', 'token-reused')),
  CHECK ((closed_at IS NULL) = (closed_because IS NULL))
);
CREATE INDEX expiring_sessions ON session (expires_at);

-- SHA-256 of each refresh token that was given out; a used one is kept so that using it again is noticed.
CREATE TABLE refresh_token (
  hash bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX tokens_of_session ON refresh_token (session_id);
