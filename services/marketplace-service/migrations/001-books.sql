-- One row for each book (collection and currency): whoever writes to a book holds its lock. Consumers hold those of all
-- books of the collection, taken in the order of the currencies, so that no two writers can wait for each other.
CREATE TABLE book (
  collection text NOT NULL,
  currency text NOT NULL,
  -- The number of the last command.
  sequence bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (collection, currency)
);

-- Everything that happened to a book, in order: replayed, it gives the same matches and standings.
CREATE TABLE command (
  collection text NOT NULL,
  currency text NOT NULL,
  sequence bigint NOT NULL,
  command jsonb NOT NULL,
  carried_out_at timestamptz NOT NULL,
  PRIMARY KEY (collection, currency, sequence)
);

CREATE TABLE signed_order (
  id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  order_hash text PRIMARY KEY,
  collection text NOT NULL,
  currency text NOT NULL,
  -- The command that placed it: the time in price-time priority.
  sequence bigint NOT NULL,
  side text NOT NULL CHECK (side IN ('ask', 'bid')),
  maker text NOT NULL,
  -- The only account that may take it; null = anyone.
  taker text,
  -- Null = any token of the collection.
  token_id numeric(78, 0),
  token_epoch numeric(78, 0) NOT NULL,
  price numeric(78, 0) NOT NULL CHECK (price > 0),
  max_fills bigint NOT NULL CHECK (max_fills > 0),
  ends_at bigint NOT NULL,
  nonce numeric(78, 0) NOT NULL,
  -- The order and its signature as they came.
  document jsonb NOT NULL,
  -- Signed by the maker's key, which stays so, or approved by the maker's contract, which may change its mind.
  signed_by text NOT NULL CHECK (signed_by IN ('key', 'contract')),
  filled bigint NOT NULL CHECK (filled >= 0),
  reserved bigint NOT NULL CHECK (reserved >= 0),
  closed text CHECK (closed IN ('cancelled', 'expired')),
  hold_code text,
  hold_says text CHECK ((hold_says IS NULL) = (hold_code IS NULL)),
  state text NOT NULL CHECK (state IN ('open', 'settling', 'filled', 'cancelled', 'expired', 'unfillable')),
  placed_at timestamptz NOT NULL,
  -- When to ask the chain again whether it can fill; null = only when something happens to it.
  recheck_at timestamptz,
  UNIQUE (collection, currency, sequence),
  CHECK (side = 'bid' OR (token_id IS NOT NULL AND max_fills = 1))
);
CREATE INDEX open_asks ON signed_order (collection, currency, price, sequence) WHERE side = 'ask' AND state = 'open';
CREATE INDEX open_asks_of_token ON signed_order (collection, currency, token_id, price, sequence) WHERE side = 'ask' AND state = 'open';
CREATE INDEX open_bids ON signed_order (collection, currency, token_id, price DESC, sequence) WHERE side = 'bid' AND state = 'open';
CREATE INDEX live_nonces ON signed_order (maker, nonce) WHERE state IN ('open', 'settling', 'unfillable');
CREATE INDEX live_ends ON signed_order (ends_at) WHERE state IN ('open', 'unfillable');
CREATE INDEX live_rechecks ON signed_order (recheck_at) WHERE state IN ('open', 'unfillable');
CREATE INDEX live_orders_of_token ON signed_order (token_id) WHERE state IN ('open', 'settling', 'unfillable');
CREATE INDEX orders_of_maker ON signed_order (maker, id);
CREATE INDEX orders_of_token ON signed_order (token_id, id);

-- A reservation of one unit of an ask and of a bid for each other.
CREATE TABLE order_match (
  id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  request_id uuid PRIMARY KEY,
  collection text NOT NULL,
  currency text NOT NULL,
  token_id numeric(78, 0) NOT NULL,
  price numeric(78, 0) NOT NULL,
  ask_hash text NOT NULL REFERENCES signed_order,
  bid_hash text NOT NULL REFERENCES signed_order,
  seller text NOT NULL,
  buyer text NOT NULL,
  state text NOT NULL CHECK (state IN ('settling', 'settled', 'failed')),
  finality text,
  transaction_hash text,
  failure text,
  matched_at timestamptz NOT NULL
);
-- An ask fills once: it is in one match at a time.
CREATE UNIQUE INDEX settling_asks ON order_match (ask_hash) WHERE state = 'settling';
CREATE INDEX settling_buyers ON order_match (buyer, currency) WHERE state = 'settling';
CREATE INDEX matches_of_ask ON order_match (ask_hash, bid_hash);
CREATE INDEX matches_of_token ON order_match (token_id, id);
CREATE INDEX matches_of_seller ON order_match (seller, id);
CREATE INDEX matches_of_buyer ON order_match (buyer, id);

-- Trades of the chain and what each did here, so that it is done once and can be undone.
CREATE TABLE chain_trade (
  fact_id text PRIMARY KEY,
  ask_hash text NOT NULL,
  bid_hash text NOT NULL,
  -- The match it settled; null when a taker filled an order on chain.
  request_id uuid REFERENCES order_match,
  -- True when the match held a reservation that the trade used up.
  used_reservation boolean NOT NULL,
  finality text NOT NULL,
  reverted boolean NOT NULL
);
CREATE INDEX trades_of_ask ON chain_trade (ask_hash);
CREATE INDEX trades_of_bid ON chain_trade (bid_hash);

-- How often each token has moved, as the chain's events have told so far.
CREATE TABLE token (
  token_id numeric(78, 0) PRIMARY KEY,
  epoch numeric(78, 0) NOT NULL
);
