/**
 * The log. A stream's version is that of its last event, or of the last that was `erased`. `tail` counts the events of the same append that follow, so that a page is never cut inside one.
 * Events cannot be changed; one can be erased once its erasure is on record, with the reason: insert its position and
 * id into `erasures`, then delete it. Positions count on from the last event or erasure, so that none is given twice.
 */
export const eventTables = `
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    erased INTEGER NOT NULL DEFAULT -1
  );
  CREATE TABLE types (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  );
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    version INTEGER NOT NULL,
    type INTEGER NOT NULL,
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
  CREATE TRIGGER versions_are_kept AFTER DELETE ON events
  BEGIN
    UPDATE streams SET erased = max(erased, OLD.version) WHERE id = OLD.stream;
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

/**
 * The ids of events are in the order in which they were made: by id first, what is appended to many streams at once goes to
 * one page of the index and not to one of each stream.
 */
export const idsInOrder = `
  DROP INDEX events_by_id;
  CREATE UNIQUE INDEX events_by_id ON events (id, stream);
`

/** Read from an index, so that an append need not write the version twice. */
function versionOf(streams: string): string {
  return `max(${streams}.erased, ifnull((SELECT max(version) FROM events WHERE stream = ${streams}.id), -1))`
}

/** The last position that was ever given, or null. */
export const lastPosition = `SELECT max(ifnull((SELECT max(position) FROM events), 0),
  ifnull((SELECT max(position) FROM erasures), 0)) AS position`

/** A stream's id and version, by its name. */
export const streamHead = `SELECT id, ${versionOf('streams')} AS version FROM streams WHERE name = ?`

/** The same, the last position that was ever given, and id and version of a guard, whose name comes first: all that most appends ask for. */
export const headBesideGuard = `SELECT s.id, ${versionOf('s')} AS version, (${lastPosition}) AS position,
  g.id AS guard, ${versionOf('g')} AS guardVersion
  FROM streams s LEFT JOIN streams g ON g.name = ? WHERE s.name = ?`

/** The names, ids and versions of streams, by a JSON list of their names. */
export const streamHeads = `SELECT name, id, ${versionOf('streams')} AS version FROM streams
  WHERE name IN (SELECT value FROM json_each(?))`
