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
