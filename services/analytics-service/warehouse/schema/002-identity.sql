-- Tells one warehouse from another: a database whose positions belong to another one must read everything again.
CREATE TABLE IF NOT EXISTS warehouse_identity (
  identity UUID
) ENGINE = MergeTree
ORDER BY identity;
