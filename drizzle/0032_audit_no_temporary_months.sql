-- Whether a table is there is asked of the schema of the product alone. A caller's own temporary table or view of that name,
-- with a rule of the caller's making, would otherwise be read with the owner's rights.
CREATE OR REPLACE FUNCTION audit_open_month(day date) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  month date := date_trunc('month', day)::date;
  name text := 'audit_entries_' || to_char(month, 'YYYY_MM');
  opens timestamptz := month;
  ends timestamptz := month + interval '1 month';
BEGIN
  IF month NOT BETWEEN '2000-01-01' AND '2199-12-01' THEN
    RAISE EXCEPTION 'no month of the trail: %', day USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF to_regclass('public.' || name) IS NOT NULL THEN RETURN; END IF;
  -- Any number, as long as it is always the same: whoever changes the months holds it.
  PERFORM pg_advisory_xact_lock(7224011802);
  IF to_regclass('public.' || name) IS NOT NULL THEN RETURN; END IF;
  PERFORM audit_lock('audit_entries_default');
  IF EXISTS (SELECT FROM audit_entries_default WHERE at >= opens AND at < ends) THEN
    ALTER TABLE audit_entries DETACH PARTITION audit_entries_default;
    ALTER TABLE audit_entries_default RENAME TO audit_entries_elsewhere;
    CREATE TABLE audit_entries_default PARTITION OF audit_entries DEFAULT;
    PERFORM audit_guard_month('audit_entries_default');
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE audit_entries INCLUDING DEFAULTS INCLUDING INDEXES)', name);
  -- Attached rather than made as a partition, which would keep out every writer while it waits for the slowest reader.
  EXECUTE format('ALTER TABLE audit_entries ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, opens, ends);
  PERFORM audit_guard_month(name);
  IF to_regclass('public.audit_entries_elsewhere') IS NOT NULL THEN
    INSERT INTO audit_entries SELECT * FROM audit_entries_elsewhere;
    DROP TABLE audit_entries_elsewhere;
  END IF;
END
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION audit_release(month date)
RETURNS TABLE (of_organisation text, released bigint, lowest bigint, highest bigint) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
#variable_conflict use_column
DECLARE
  name text := 'audit_entries_' || coalesce(to_char(month, 'YYYY_MM'), 'default');
  opens timestamptz := date_trunc('month', month);
  ends timestamptz := date_trunc('month', month) + interval '1 month';
  archived int8multirange;
  earliest timestamptz;
  latest timestamptz;
  stays boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(7224011802);
  IF to_regclass('public.' || name) IS NULL THEN RETURN; END IF;
  -- Nobody places a hold while this looks for some.
  LOCK TABLE audit_holds IN SHARE MODE;
  PERFORM audit_lock(name);
  EXECUTE format('SELECT min(at), max(at) FROM %I', name) INTO earliest, latest;
  IF earliest IS NULL THEN RETURN; END IF;
  SELECT range_agg(positions) INTO archived FROM audit_archives WHERE "to" >= earliest AND "from" <= latest;
  CREATE TABLE audit_releasing (id bigint PRIMARY KEY, organisation_id text NOT NULL, position bigint NOT NULL);
  EXECUTE format('INSERT INTO audit_releasing SELECT e.id, e.organisation_id, p.position FROM %I e JOIN (
      SELECT u.id, b.first + u.n - 1 AS position FROM audit_batches b, unnest(b.entries) WITH ORDINALITY u(id, n)
      WHERE b."to" >= $1 AND b."from" <= $2
    ) p ON p.id = e.id
    WHERE p.position <@ $3 AND audit_leaves(e.organisation_id, e.action, e.at, now())', name)
    USING earliest, latest, archived;
  IF EXISTS (
    SELECT organisation_id FROM audit_releasing
    EXCEPT SELECT organisation_id FROM audit_entries
    WHERE xid = pg_current_xact_id() AND action = 'audit.release' AND object_id = name
  ) THEN
    RAISE EXCEPTION 'no entry says that % is let go of', name USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT organisation_id, count(*), min(position), max(position) FROM audit_releasing GROUP BY 1;
  IF FOUND THEN
    ANALYZE audit_releasing;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I e WHERE NOT EXISTS (
      SELECT FROM audit_releasing r WHERE r.id = e.id))', name) INTO stays;
    IF stays OR month IS NULL THEN
      CREATE TABLE audit_entries_kept (LIKE audit_entries INCLUDING DEFAULTS INCLUDING INDEXES);
      EXECUTE format('INSERT INTO audit_entries_kept SELECT e.* FROM %I e WHERE NOT EXISTS (
        SELECT FROM audit_releasing r WHERE r.id = e.id)', name);
      IF month IS NOT NULL THEN
        -- Already proven when it is attached, which then takes no time.
        EXECUTE format('ALTER TABLE audit_entries_kept ADD CONSTRAINT month CHECK (at >= %L AND at < %L)', opens, ends);
      END IF;
    END IF;
    EXECUTE format('ALTER TABLE audit_entries DETACH PARTITION %I', name);
    EXECUTE format('DROP TABLE %I', name);
    IF month IS NULL THEN
      EXECUTE format('ALTER TABLE audit_entries_kept RENAME TO %I', name);
      EXECUTE format('ALTER TABLE audit_entries ATTACH PARTITION %I DEFAULT', name);
      PERFORM audit_guard_month(name);
    ELSIF stays THEN
      EXECUTE format('ALTER TABLE audit_entries_kept RENAME TO %I', name);
      EXECUTE format('ALTER TABLE audit_entries ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, opens, ends);
      EXECUTE format('ALTER TABLE %I DROP CONSTRAINT month', name);
      PERFORM audit_guard_month(name);
    END IF;
    UPDATE audit_archives a SET dropped_at = now() WHERE dropped_at IS NULL
      AND positions && (SELECT range_agg(int8range(position, position, '[]')) FROM audit_releasing);
  END IF;
  DROP TABLE audit_releasing;
END
$$;
