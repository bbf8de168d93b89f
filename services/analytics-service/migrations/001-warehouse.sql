-- Which warehouse was filled as far as the positions in this database say.
CREATE TABLE warehouse (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  identity uuid NOT NULL
);
