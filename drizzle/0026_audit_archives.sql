ALTER TABLE "audit_archives" ADD COLUMN "organisation_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_archives" ADD COLUMN "positions" "int8multirange" NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_archives" ADD CONSTRAINT "audit_archives_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_archives_newest" ON "audit_archives" USING btree ("organisation_id","created_at" DESC NULLS LAST);--> statement-breakpoint
-- How long an organisation keeps entries of that action: 90 days unless it says otherwise, and never less than 30.
CREATE FUNCTION audit_keep_days(organisation text, action text) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT greatest(30, coalesce((
    SELECT greatest(p.retention_days, coalesce((p.category_days ->> split_part(action, '.', 1))::integer, 0))
    FROM audit_policies p WHERE p.organisation_id = organisation), 90))
$$;--> statement-breakpoint
-- Whether an entry may leave the database: its whole month is older than it is to be kept, and no hold covers it.
CREATE FUNCTION audit_leaves(organisation text, action text, "at" timestamptz, as_of timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT (date_trunc('month', "at" AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC'
      + make_interval(hours => 24 * audit_keep_days(organisation, action)) <= as_of
    AND NOT EXISTS (
      SELECT FROM audit_holds h WHERE h.organisation_id = organisation AND h.lifted_at IS NULL
        AND (h."from" IS NULL OR "at" >= h."from") AND (h."to" IS NULL OR "at" < h."to"))
$$;--> statement-breakpoint
-- Lets go of what may leave of a month, or of the partition for everything else when it is null: only of entries that an
-- archive is recorded to hold, and only when the same transaction says so in an entry of each organisation concerned. What
-- is to stay is put into a new partition that takes the place of the old one; nothing is ever deleted from one that is there.
CREATE FUNCTION audit_release(month date)
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
  IF to_regclass(name) IS NULL THEN RETURN; END IF;
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
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION audit_release(date) FROM PUBLIC;
