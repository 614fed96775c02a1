import { lastPosition } from './event-tables.js'

/** The first half of the locks' keys, so that they meet nobody else's: 'Vitr'. The other half is the OID of a table. */
export const lockSpace = 0x56697472

/** Takes the lock under which all that is written to a log is written, until the transaction ends. */
export function takeLock(own: string): string {
  return `
    IF current_setting('transaction_isolation') <> 'read committed' THEN
      RAISE EXCEPTION 'the isolation is %', current_setting('transaction_isolation') USING ERRCODE = '25001';
    END IF;
    PERFORM set_config('lock_timeout', p_patience::text, true);
    PERFORM pg_advisory_xact_lock(${lockSpace}, '${own}_events'::regclass::oid::integer);`
}

/**
 * Stores a group of appends in one call: the lock first, then the checks against the heads of the streams, then the
 * inserts, each a statement of its own, so that each sees what was committed before the lock was had. Members are judged in
 * order, each seeing those before it; what does not fit writes nothing. Its rows say for each member, for its writes and
 * then for its guards, what was found: the version, -1 for none; what is known of the ids; and the position of the first event.
 */
export function appendFunction(schema: string, log: string): string {
  const own = `${schema}.${log}`
  return `
  CREATE FUNCTION ${own}_append(
    p_patience integer, p_writes integer[], p_guards integer[],
    p_streams text[], p_expected bigint[], p_counts integer[],
    p_ids uuid[], p_types text[], p_data text[], p_metadata text[],
    p_guarded text[], p_versions bigint[]
  ) RETURNS TABLE (o_actual bigint, o_ids text, o_first bigint) LANGUAGE plpgsql VOLATILE AS $$
  DECLARE
    v_reached bigint;
    v_types integer[];
    v_streams bigint[] := '{}';
    v_stream bigint;
    v_write integer := 0;
    v_guard integer := 0;
    v_event integer := 0;
    v_same boolean;
    v_fits boolean;
    v_left integer;
    v_next bigint;
  BEGIN
    ${takeLock(own)}
    ${lastPosition(own)} INTO v_reached;
    IF v_reached + cardinality(p_ids) > 9007199254740991 THEN
      RAISE EXCEPTION 'no position is left' USING ERRCODE = '22003';
    END IF;
    SELECT array_agg(t.id ORDER BY u.at) INTO v_types
      FROM unnest(p_types) WITH ORDINALITY u (name, at) LEFT JOIN ${own}_types t ON t.name = u.name;
    IF array_position(v_types, NULL) IS NOT NULL THEN
      INSERT INTO ${own}_types (id, name)
        SELECT (SELECT coalesce(max(id), 0) FROM ${own}_types) + row_number() OVER (), fresh.name
        FROM (SELECT unnest(p_types) COLLATE "C" AS name EXCEPT SELECT name FROM ${own}_types) fresh;
      SELECT array_agg(t.id ORDER BY u.at) INTO v_types
        FROM unnest(p_types) WITH ORDINALITY u (name, at) JOIN ${own}_types t ON t.name = u.name;
    END IF;

    FOR member IN 1 .. cardinality(p_writes) LOOP
      v_fits := true;
      v_left := 0;
      v_next := v_reached + 1;
      FOR w IN v_write + 1 .. v_write + p_writes[member] LOOP
        v_stream := NULL;
        SELECT s.id, s.version INTO v_stream, o_actual FROM ${own}_streams s WHERE s.name = p_streams[w];
        o_actual := coalesce(o_actual, -1);
        o_ids := 'unknown';
        o_first := v_next;
        IF v_stream IS NOT NULL AND o_actual = p_expected[w] THEN
          IF EXISTS (
            SELECT FROM ${own}_events e
            WHERE e.stream = v_stream AND e.id = ANY (p_ids[v_event + v_left + 1 : v_event + v_left + p_counts[w]])
          ) THEN
            o_ids := 'elsewhere';
          END IF;
        ELSIF v_stream IS NOT NULL THEN
          SELECT
            CASE count(*) WHEN p_counts[w] THEN 'same' ELSE 'elsewhere' END, min(e.position),
            bool_and(e.type = v_types[v_event + v_left + n] AND e.data = p_data[v_event + v_left + n]
              AND e.metadata = p_metadata[v_event + v_left + n])
            INTO o_ids, o_first, v_same
            FROM generate_series(1, p_counts[w]) n JOIN ${own}_events e
            ON e.stream = v_stream AND e.version = p_expected[w] + n AND e.id = p_ids[v_event + v_left + n];
          IF o_ids = 'same' AND NOT v_same THEN
            o_ids := 'changed';
          END IF;
        END IF;
        v_fits := v_fits AND o_actual = p_expected[w] AND o_ids = 'unknown';
        v_streams[w] := v_stream;
        v_left := v_left + p_counts[w];
        v_next := v_next + p_counts[w];
        RETURN NEXT;
      END LOOP;
      o_ids := NULL;
      o_first := NULL;
      FOR g IN v_guard + 1 .. v_guard + p_guards[member] LOOP
        SELECT s.version INTO o_actual FROM ${own}_streams s WHERE s.name = p_guarded[g];
        o_actual := coalesce(o_actual, -1);
        v_fits := v_fits AND o_actual = p_versions[g];
        RETURN NEXT;
      END LOOP;

      FOR w IN v_write + 1 .. v_write + p_writes[member] LOOP
        IF v_fits THEN
          v_stream := v_streams[w];
          IF v_stream IS NULL THEN
            INSERT INTO ${own}_streams (id, name, version)
              SELECT coalesce(max(s.id), 0) + 1, p_streams[w], p_counts[w] - 1 FROM ${own}_streams s
              RETURNING id INTO v_stream;
          ELSE
            UPDATE ${own}_streams s SET version = p_expected[w] + p_counts[w] WHERE s.id = v_stream;
          END IF;
          INSERT INTO ${own}_events (position, stream, version, type, tail, id, data, metadata)
            SELECT v_reached + n, v_stream, p_expected[w] + n, v_types[v_event + n], v_left - n,
              p_ids[v_event + n], p_data[v_event + n], p_metadata[v_event + n]
            FROM generate_series(1, p_counts[w]) n;
          v_reached := v_reached + p_counts[w];
          v_left := v_left - p_counts[w];
        END IF;
        v_event := v_event + p_counts[w];
      END LOOP;
      v_write := v_write + p_writes[member];
      v_guard := v_guard + p_guards[member];
    END LOOP;
  END $$;
`
}
