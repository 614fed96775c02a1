/**
 * The keys, one row for each subject that ever had one or was erased. Rows are only added at the end, and the key of an
 * erased subject is overwritten in its place by as many zeros: so SQLite never moves a row to another page. That can
 * leave a copy behind in the page it came from, which no overwriting finds later. Triggers keep it so.
 */
export const keyTables = `
  CREATE TABLE keys (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    erased INTEGER NOT NULL DEFAULT 0,
    key BLOB NOT NULL CHECK (length(key) = 32)
  );
  CREATE TABLE followed (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    log TEXT NOT NULL,
    position INTEGER NOT NULL,
    event TEXT NOT NULL
  );
  CREATE TRIGGER keys_are_not_changed BEFORE UPDATE ON keys
  WHEN NOT (NEW.id = OLD.id AND NEW.subject = OLD.subject AND NEW.erased = 1 AND NEW.key = zeroblob(32))
  BEGIN
    SELECT RAISE (ABORT, 'keys are never changed, only erased');
  END;
  CREATE TRIGGER subjects_are_kept BEFORE DELETE ON keys
  BEGIN
    SELECT RAISE (ABORT, 'subjects stay, so that none that was erased gets a key again');
  END;
`
