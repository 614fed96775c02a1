/**
 * The views: each has tables of its own, named by its id. Documents up to the id `indexed` are in indexes and text; a
 * live view has them all there.
 */
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
