/**
 * The keys, one row for each subject that ever had one or was erased. The row of `keys_destroyed` is written in each
 * transaction that destroys keys: the table's file holds what was destroyed until it is written anew behind that.
 */
export function keyTables(schema: string): string {
  return `
  CREATE TABLE ${schema}.keys (
    subject text COLLATE "C" PRIMARY KEY,
    key bytea CHECK (length(key) = 32)
  );
  CREATE TABLE ${schema}.keys_followed (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    log text,
    position bigint,
    event text
  );
  INSERT INTO ${schema}.keys_followed DEFAULT VALUES;
  CREATE TABLE ${schema}.keys_destroyed (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    times bigint NOT NULL DEFAULT 1
  );
  CREATE FUNCTION ${schema}.keys_keep() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'UPDATE' THEN
      IF NEW.subject = OLD.subject AND NEW.key IS NULL THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'keys are never changed, only erased';
    END IF;
    RAISE EXCEPTION 'subjects stay, so that none that was erased gets a key again';
  END $$;
  CREATE TRIGGER keys_stay BEFORE UPDATE OR DELETE ON ${schema}.keys
    FOR EACH ROW EXECUTE FUNCTION ${schema}.keys_keep();
  CREATE TRIGGER keys_stay_all BEFORE TRUNCATE ON ${schema}.keys
    FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.keys_keep();
`
}
