-- What the platform sends to the chain, and how far it is.

-- One row per sending account. Whoever holds the lease has the newest token; writes under an older one are refused.
CREATE TABLE relay_signer (
  address text PRIMARY KEY,
  next_nonce bigint NOT NULL,
  lease_holder uuid NOT NULL,
  lease_token bigint NOT NULL,
  leased_until timestamptz NOT NULL
);

-- A transaction of ours: one nonce, one content, for ever.
CREATE TABLE relay_transaction (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  signer text NOT NULL REFERENCES relay_signer,
  nonce bigint NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('splitter', 'mint', 'settlement', 'gap')),
  -- For a splitter: its address.
  subject text,
  to_address text NOT NULL,
  data text NOT NULL,
  gas bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('signed', 'sent', 'mined', 'final')),
  block_number bigint,
  block_hash text,
  mined_hash text,
  succeeded boolean,
  gas_used numeric(78, 0),
  gas_price_wei numeric(78, 0),
  UNIQUE (signer, nonce),
  CHECK ((state IN ('mined', 'final')) = (block_number IS NOT NULL))
);
CREATE INDEX relay_transaction_open ON relay_transaction (signer, nonce) WHERE state <> 'final';
CREATE INDEX relay_transaction_splitter ON relay_transaction (subject) WHERE purpose = 'splitter';

-- Everything ever signed for it, stored before it is first sent; the fees of one nonce only rise.
CREATE TABLE relay_attempt (
  transaction_id bigint NOT NULL REFERENCES relay_transaction,
  number integer NOT NULL,
  hash text NOT NULL UNIQUE,
  raw text NOT NULL,
  max_fee_per_gas_wei numeric(78, 0) NOT NULL,
  max_priority_fee_per_gas_wei numeric(78, 0) NOT NULL,
  signed_at timestamptz NOT NULL,
  PRIMARY KEY (transaction_id, number)
);

-- What was asked for. Kept for good: the id is the idempotency key.
CREATE TABLE relay_request (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id uuid NOT NULL UNIQUE,
  request_hash bytea NOT NULL,
  work text NOT NULL CHECK (work IN ('mint', 'settlement')),
  -- In the wire form of the topic it came by.
  payload jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'signed', 'sent', 'confirmed', 'final', 'failed')),
  transaction_id bigint REFERENCES relay_transaction,
  -- Set as soon as it is seen; the request has failed only once the state says so.
  failure_code text,
  failure_says text,
  updated_at timestamptz NOT NULL,
  CHECK (state <> 'failed' OR failure_code IS NOT NULL),
  CHECK (state IN ('queued', 'failed') OR transaction_id IS NOT NULL)
);
CREATE INDEX relay_request_queued ON relay_request (sequence) WHERE state = 'queued';
CREATE INDEX relay_request_of_transaction ON relay_request (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX relay_request_of_token ON relay_request ((payload ->> 'tokenId')) WHERE work = 'mint';
