-- No uniqueness: a note applied twice must show.
CREATE TABLE heard (place bigint GENERATED ALWAYS AS IDENTITY, topic text NOT NULL, book text NOT NULL, n integer NOT NULL);
-- Checked at the COMMIT: a book of this name cannot be heard.
CREATE TABLE banned (book text PRIMARY KEY);
INSERT INTO banned VALUES ('banned');
CREATE FUNCTION refuse_banned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT FROM banned WHERE book = NEW.book) THEN RAISE EXCEPTION 'a banned book'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER no_banned AFTER INSERT ON heard DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION refuse_banned();
