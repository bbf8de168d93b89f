CREATE TABLE upload (
  id uuid PRIMARY KEY,
  account text NOT NULL REFERENCES account,
  -- What the creator calls it: never a path.
  file_name text NOT NULL,
  -- As announced; what is stored has exactly this size.
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  announced_sha256 text,
  state text NOT NULL CHECK (state IN ('waiting', 'receiving', 'stored', 'failed')),
  received_bytes bigint NOT NULL DEFAULT 0,
  -- Where the bytes of the present attempt are written, or lie once stored. Each attempt has a key of its own.
  file_key text,
  -- When bytes last made progress: an attempt that stands still is given up.
  progress_at timestamptz,
  sha256 text,
  cid text,
  kind text,
  media_type text,
  failure text,
  created_at timestamptz NOT NULL,
  CHECK (state <> 'receiving' OR (file_key IS NOT NULL AND progress_at IS NOT NULL)),
  CHECK (
    (state = 'stored')
    = (sha256 IS NOT NULL AND cid IS NOT NULL AND kind IS NOT NULL AND media_type IS NOT NULL AND file_key IS NOT NULL)
  ),
  CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE INDEX receiving_uploads ON upload (progress_at) WHERE state = 'receiving';
CREATE INDEX uploads_by_age ON upload (created_at);

-- Keys of files that nothing refers to; they are removed once no attempt can still write to them.
CREATE TABLE discarded_file (
  file_key text PRIMARY KEY,
  remove_at timestamptz NOT NULL
);

CREATE TABLE work (
  sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id uuid PRIMARY KEY,
  creator text NOT NULL REFERENCES account,
  upload_id uuid NOT NULL REFERENCES upload,
  title text NOT NULL,
  description text NOT NULL,
  content_hash text NOT NULL,
  token_id numeric(78, 0) NOT NULL UNIQUE,
  -- [{address, sharePpm}], in the order of the splitter's positions.
  shares jsonb NOT NULL,
  royalty_bps integer NOT NULL CHECK (royalty_bps BETWEEN 0 AND 1000),
  royalty_receiver text NOT NULL,
  -- The metadata document, as the bytes whose SHA-256 the token carries.
  metadata bytea NOT NULL,
  uri_hash text NOT NULL,
  -- The latest request to mint.
  mint_request_id uuid,
  created_at timestamptz NOT NULL,
  UNIQUE (creator, content_hash)
);
CREATE INDEX works_of_upload ON work (upload_id);
CREATE INDEX works_of_creator ON work (creator, sequence);

CREATE TABLE mint_request (
  id uuid PRIMARY KEY,
  work_id uuid NOT NULL REFERENCES work,
  account text NOT NULL REFERENCES account,
  requested_at timestamptz NOT NULL,
  -- Set when the request will never take effect.
  failure_code text,
  failure_says text,
  CHECK ((failure_code IS NULL) = (failure_says IS NULL))
);
ALTER TABLE work ADD FOREIGN KEY (mint_request_id) REFERENCES mint_request;
CREATE INDEX requests_of_account ON mint_request (account, requested_at);

-- What the chain says of tokens, of those no work is known of too: rows of undone blocks are deleted.
CREATE TABLE token_mint (
  fact_id text PRIMARY KEY,
  token_id numeric(78, 0) NOT NULL,
  content_hash text NOT NULL,
  owner text NOT NULL,
  transaction_hash text NOT NULL,
  block_number bigint NOT NULL,
  finality text NOT NULL
);
CREATE INDEX mints_of_token ON token_mint (token_id, block_number);

CREATE TABLE token_transfer (
  fact_id text PRIMARY KEY,
  token_id numeric(78, 0) NOT NULL,
  -- The zero address once burned.
  owner text NOT NULL,
  -- The transfer count after this movement.
  epoch numeric(78, 0) NOT NULL,
  block_number bigint NOT NULL,
  finality text NOT NULL
);
CREATE INDEX transfers_of_token ON token_transfer (token_id, epoch, block_number);
