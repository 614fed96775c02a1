/**
 * The views of a view store, whose tables' names begin with `views`: each has tables of its own, named by its id. Documents with
 * keys up to `indexed` are in all its indexes and in its text.
 */
export function viewTables(schema: string, views: string): string {
  return `
  CREATE TABLE ${schema}.${views} (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    shape text NOT NULL,
    live boolean NOT NULL DEFAULT false,
    indexed text COLLATE "C" NOT NULL DEFAULT '',
    log text,
    position bigint,
    event text,
    UNIQUE (name, version)
  ) WITH (fillfactor = 50);
`
}
