/** The reach of views that are to be dropped when they are opened. */
export const halfMade = -1

/** The views: each has tables of its own, named by its id. Documents up to the id `indexed` are in all its indexes. */
export const viewTables = `
  CREATE TABLE views (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    shape TEXT NOT NULL,
    live INTEGER NOT NULL DEFAULT 0,
    indexed INTEGER NOT NULL DEFAULT 0,
    log TEXT,
    position INTEGER,
    event TEXT,
    UNIQUE (name, version)
  );
`

/**
 * Indexes are made one after the other for a share of the documents: those behind `indexed`, up to `reach`, are in the
 * first `made` of them. `writes` counts the batches, so that whoever makes indexes notices that documents have changed.
 */
export const sharedIndexing = `
  ALTER TABLE views ADD COLUMN reach INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE views ADD COLUMN made INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE views ADD COLUMN writes INTEGER NOT NULL DEFAULT 0;
  UPDATE views SET reach = indexed;
`

/**
 * Documents of a view whose first indexes are being made, as they were when that was begun. `writes` is no longer counted.
 */
export const changedDocuments = `
  CREATE TABLE changed_documents (
    view INTEGER NOT NULL,
    id INTEGER NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (view, id)
  ) WITHOUT ROWID;
`

/** Views whose first indexes are half made in the way of before: they are dropped when they are opened, and filled anew. */
export const begunAnew = `UPDATE views SET reach = ${halfMade} WHERE live = 0 AND reach > indexed;`
