-- One table per topic, one row per fact, request or order: redelivery and later states replace the row by
-- aggregate_version, so reading with FINAL gives each its latest state exactly once. Every sorting key is made of
-- columns that never change for the same row. Statements end with a semicolon at the end of a line.

CREATE TABLE IF NOT EXISTS content_registered (
  event_id UUID,
  aggregate_version UInt64,
  work_id UUID,
  creator String,
  title String,
  kind LowCardinality(String),
  media_type LowCardinality(String),
  size_bytes UInt64,
  content_hash FixedString(66),
  cid String,
  token_id UInt256,
  royalty_bps UInt16,
  share_holders Array(FixedString(42)),
  shares_ppm Array(UInt32),
  registered_at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY work_id;

CREATE TABLE IF NOT EXISTS mint_requested (
  event_id UUID,
  aggregate_version UInt64,
  requested_at DateTime64(3, 'UTC'),
  request_id UUID,
  work_id UUID,
  token_id UInt256,
  creator FixedString(42),
  recipient FixedString(42),
  price UInt256,
  currency FixedString(42),
  royalty_bps UInt16,
  royalty_receiver FixedString(42)
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY request_id;

CREATE TABLE IF NOT EXISTS nft_minted (
  event_id UUID,
  aggregate_version UInt64,
  fact_id String,
  chain_id UInt64,
  block_number UInt64,
  block_hash FixedString(66),
  block_time DateTime64(3, 'UTC'),
  transaction_hash FixedString(66),
  log_index UInt32,
  finality Enum8('pending' = 1, 'safe' = 2, 'finalized' = 3),
  reverted Bool,
  collection FixedString(42),
  token_id UInt256,
  creator FixedString(42),
  recipient FixedString(42),
  content_hash FixedString(66),
  uri_hash FixedString(66),
  royalty_bps UInt16,
  royalty_receiver FixedString(42),
  price UInt256,
  currency FixedString(42)
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY (royalty_receiver, token_id, fact_id);

CREATE TABLE IF NOT EXISTS token_transfers (
  event_id UUID,
  aggregate_version UInt64,
  fact_id String,
  chain_id UInt64,
  block_number UInt64,
  block_hash FixedString(66),
  block_time DateTime64(3, 'UTC'),
  transaction_hash FixedString(66),
  log_index UInt32,
  finality Enum8('pending' = 1, 'safe' = 2, 'finalized' = 3),
  reverted Bool,
  collection FixedString(42),
  token_id UInt256,
  sender FixedString(42),
  recipient FixedString(42),
  epoch UInt256
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY (collection, token_id, block_number, log_index, fact_id);

CREATE TABLE IF NOT EXISTS trades (
  event_id UUID,
  aggregate_version UInt64,
  fact_id String,
  chain_id UInt64,
  block_number UInt64,
  block_hash FixedString(66),
  block_time DateTime64(3, 'UTC'),
  transaction_hash FixedString(66),
  log_index UInt32,
  finality Enum8('pending' = 1, 'safe' = 2, 'finalized' = 3),
  reverted Bool,
  collection FixedString(42),
  token_id UInt256,
  ask_hash FixedString(66),
  bid_hash FixedString(66),
  seller FixedString(42),
  buyer FixedString(42),
  currency FixedString(42),
  price UInt256,
  fee UInt256,
  royalty UInt256,
  royalty_receiver FixedString(42),
  INDEX by_time block_time TYPE minmax
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY (collection, token_id, block_number, log_index, fact_id);

-- A column that a kind does not have is NULL in its rows.
CREATE TABLE IF NOT EXISTS royalty_distributions (
  event_id UUID,
  aggregate_version UInt64,
  fact_id String,
  chain_id UInt64,
  block_number UInt64,
  block_hash FixedString(66),
  block_time DateTime64(3, 'UTC'),
  transaction_hash FixedString(66),
  log_index UInt32,
  finality Enum8('pending' = 1, 'safe' = 2, 'finalized' = 3),
  reverted Bool,
  kind Enum8('split-created' = 1, 'paid' = 2, 'claimed' = 3, 'position-moved' = 4),
  splitter FixedString(42),
  recipients Array(FixedString(42)),
  shares_ppm Array(UInt32),
  collection Nullable(FixedString(42)),
  token_id Nullable(UInt256),
  currency Nullable(FixedString(42)),
  amount Nullable(UInt256),
  position Nullable(UInt32),
  holder Nullable(FixedString(42)),
  previous_holder Nullable(FixedString(42))
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY (splitter, block_number, log_index, fact_id);

CREATE TABLE IF NOT EXISTS relay_failed (
  event_id UUID,
  aggregate_version UInt64,
  failed_at DateTime64(3, 'UTC'),
  request_id UUID,
  work LowCardinality(String),
  code LowCardinality(String),
  says String,
  transaction_hash Nullable(FixedString(66))
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY request_id;

CREATE TABLE IF NOT EXISTS orders_matched (
  event_id UUID,
  aggregate_version UInt64,
  request_id UUID,
  collection FixedString(42),
  token_id UInt256,
  currency FixedString(42),
  price UInt256,
  ask_hash FixedString(66),
  bid_hash FixedString(66),
  seller FixedString(42),
  buyer FixedString(42),
  matched_at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY (collection, token_id, request_id);

CREATE TABLE IF NOT EXISTS order_changes (
  event_id UUID,
  aggregate_version UInt64,
  order_hash FixedString(66),
  side Enum8('ask' = 1, 'bid' = 2),
  maker FixedString(42),
  collection FixedString(42),
  token_id Nullable(UInt256),
  currency FixedString(42),
  price UInt256,
  state LowCardinality(String),
  remaining UInt64,
  reason Nullable(String),
  changed_at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree(aggregate_version)
ORDER BY (collection, currency, side, order_hash);
