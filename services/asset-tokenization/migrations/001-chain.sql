-- The chain as far as it has been followed: what is here belongs to canonical blocks, and leaves with them.

-- How far: the last applied block, and up to where facts have been announced as safe and finalized.
CREATE TABLE chain_cursor (
  chain_id bigint PRIMARY KEY,
  block_number bigint NOT NULL,
  -- Null before the first block.
  block_hash text,
  safe_number bigint NOT NULL,
  finalized_number bigint NOT NULL
);

-- Headers from the last finalized block to the tip; older ones can no longer be undone and are dropped.
CREATE TABLE block (
  block_number bigint PRIMARY KEY,
  block_hash text NOT NULL UNIQUE,
  parent_hash text NOT NULL,
  block_time timestamptz NOT NULL
);

-- Every log that concerns the platform, as the node gave it.
CREATE TABLE raw_log (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  block_hash text NOT NULL,
  transaction_hash text NOT NULL,
  address text NOT NULL,
  topics text[] NOT NULL,
  data text NOT NULL,
  PRIMARY KEY (block_number, log_index)
);

-- What the logs say. A log can say more than one thing, so the topic is part of the key.
CREATE TABLE fact (
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  topic text NOT NULL,
  block_hash text NOT NULL,
  -- The token or the splitter that the fact is about.
  token_id numeric(78, 0),
  splitter text,
  -- Token transfers: the transfer count after this one.
  epoch numeric(78, 0),
  finality text NOT NULL CHECK (finality IN ('pending', 'safe', 'finalized')),
  -- In the wire form of its topic, less the finality.
  payload jsonb NOT NULL,
  PRIMARY KEY (block_number, log_index, topic)
);
CREATE INDEX fact_of_token ON fact (token_id, topic, block_number, log_index) WHERE token_id IS NOT NULL;
CREATE INDEX fact_of_splitter ON fact (splitter, topic) WHERE splitter IS NOT NULL;
CREATE INDEX fact_unsettled ON fact (block_number) WHERE finality <> 'finalized';

-- The tokens by those facts; always recomputed from them, never edited.
CREATE TABLE token (
  token_id numeric(78, 0) PRIMARY KEY,
  collection text NOT NULL,
  creator text NOT NULL,
  -- Null once burnt.
  owner text,
  epoch numeric(78, 0) NOT NULL,
  content_hash text NOT NULL,
  uri_hash text NOT NULL,
  royalty_bps integer NOT NULL,
  royalty_receiver text NOT NULL,
  block_number bigint NOT NULL,
  log_index integer NOT NULL,
  minted_at timestamptz NOT NULL,
  transaction_hash text NOT NULL
);
CREATE INDEX token_newest ON token (block_number DESC, log_index DESC);
CREATE INDEX token_of_owner ON token (owner, block_number DESC, log_index DESC);
CREATE INDEX token_of_creator ON token (creator, block_number DESC, log_index DESC);
