-- No uniqueness: a note applied twice must show.
CREATE TABLE heard (place bigint GENERATED ALWAYS AS IDENTITY, topic text NOT NULL, book text NOT NULL, n integer NOT NULL);
