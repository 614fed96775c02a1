/**
 * The log. `tail` counts the events of the same append that follow, so that a page is never cut inside one.
 * Events cannot be changed; one can be erased once its erasure is on record, with the reason: insert its position and
 * id into `erasures`, then delete it. AUTOINCREMENT: a position is never given twice, whatever was erased.
 */
export const eventTables = `
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL
  );
  CREATE TABLE types (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  );
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL REFERENCES streams,
    version INTEGER NOT NULL,
    type INTEGER NOT NULL REFERENCES types,
    tail INTEGER NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  );
  CREATE UNIQUE INDEX events_by_version ON events (stream, version);
  CREATE UNIQUE INDEX events_by_id ON events (stream, id);
  CREATE TABLE erasures (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    reason TEXT NOT NULL
  );
  CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
  BEGIN
    SELECT RAISE (ABORT, 'events are never changed');
  END;
  CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
  WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE position = OLD.position AND id = OLD.id)
  BEGIN
    SELECT RAISE (ABORT, 'events are never deleted, unless their erasure is on record');
  END;
  CREATE TRIGGER erasures_are_kept BEFORE DELETE ON erasures
  BEGIN
    SELECT RAISE (ABORT, 'erasures stay on record');
  END;
  CREATE TRIGGER erasures_are_not_changed BEFORE UPDATE ON erasures
  BEGIN
    SELECT RAISE (ABORT, 'erasures stay on record');
  END;
`
