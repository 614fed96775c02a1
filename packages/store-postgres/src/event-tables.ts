/**
 * The tables of a log, whose names begin with `log`. `streams` holds the heads: a version is never lowered. `tail` counts
 * the events of the same append that follow, so that a page is never cut inside one. Events cannot be changed; one can be
 * erased once its erasure is on record, with the reason: insert its position and id into the erasures, then delete it.
 * Positions count on from the last event or erasure, so that none is given twice. No number comes from a sequence, so a
 * copy of the tables is all there is to know.
 */
export function eventTables(schema: string, log: string): string {
  const own = `${schema}.${log}`
  return `
  CREATE TABLE ${own}_streams (
    id bigint PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    version bigint NOT NULL
  ) WITH (fillfactor = 70);
  CREATE TABLE ${own}_types (
    id integer PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE
  );
  CREATE TABLE ${own}_events (
    position bigint PRIMARY KEY,
    stream bigint NOT NULL,
    version bigint NOT NULL,
    type integer NOT NULL,
    tail integer NOT NULL,
    id uuid NOT NULL,
    data text NOT NULL,
    metadata text NOT NULL
  );
  CREATE UNIQUE INDEX ${log}_events_by_version ON ${own}_events (stream, version);
  CREATE UNIQUE INDEX ${log}_events_by_id ON ${own}_events (stream, id);
  CREATE TABLE ${own}_erasures (
    position bigint PRIMARY KEY,
    id uuid NOT NULL,
    reason text NOT NULL
  );
  CREATE FUNCTION ${own}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = '${log}_events' THEN
      IF EXISTS (SELECT FROM ${own}_erasures e WHERE e.position = OLD.position AND e.id = OLD.id) THEN
        RETURN OLD;
      END IF;
      RAISE EXCEPTION 'events are never deleted, unless their erasure is on record';
    END IF;
    RAISE EXCEPTION '% are never changed, and stay on record', replace(TG_TABLE_NAME, '${log}_', '');
  END $$;
  CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON ${own}_events
    FOR EACH ROW EXECUTE FUNCTION ${own}_keep();
  CREATE TRIGGER events_stay_all BEFORE TRUNCATE ON ${own}_events
    FOR EACH STATEMENT EXECUTE FUNCTION ${own}_keep();
  CREATE TRIGGER erasures_stay BEFORE UPDATE OR DELETE ON ${own}_erasures
    FOR EACH ROW EXECUTE FUNCTION ${own}_keep();
  CREATE TRIGGER erasures_stay_all BEFORE TRUNCATE ON ${own}_erasures
    FOR EACH STATEMENT EXECUTE FUNCTION ${own}_keep();
`
}

/** The last position that was ever given. */
export function lastPosition(own: string): string {
  return `SELECT greatest(
    coalesce((SELECT max(position) FROM ${own}_events), 0),
    coalesce((SELECT max(position) FROM ${own}_erasures), 0))`
}
