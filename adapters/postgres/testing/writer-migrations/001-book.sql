CREATE TABLE book (name text PRIMARY KEY, owner text NOT NULL, notes bigint NOT NULL);
