-- Months are opened by whoever works as the product, who doesn't own the trail: with the owner's rights, and only this. What
-- a wrong clock or a late worker has put into the partition for everything else moves to the month that it belongs to.
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
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  -- Any number, as long as it is always the same: whoever changes the months holds it.
  PERFORM pg_advisory_xact_lock(7224011802);
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
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
  IF to_regclass('audit_entries_elsewhere') IS NOT NULL THEN
    INSERT INTO audit_entries SELECT * FROM audit_entries_elsewhere;
    DROP TABLE audit_entries_elsewhere;
  END IF;
END
$$;--> statement-breakpoint
-- A truncate of a partition doesn't ask its parent, and no right on it is asked of who goes by way of its parent.
CREATE FUNCTION audit_guard_month(name text) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON %I
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM %I', name, current_user);
END
$$;--> statement-breakpoint
-- Keeps writers out of one table. LOCK TABLE is for who may change or delete rows, which the owner may not where it has taken
-- that from itself; a trigger that is enabled already may be enabled by any owner, under the same lock.
CREATE FUNCTION audit_lock(name text) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('ALTER TABLE ONLY %I ENABLE TRIGGER audit_entries_no_truncate', name);
END
$$;--> statement-breakpoint
-- Keeps writers out of the trail until the caller's transaction ends, and waits for those that are in it. A user who may only
-- add to a table may not lock it so.
CREATE FUNCTION audit_keep_writers_out() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM audit_lock('audit_entries');
END
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION audit_open_month(date), audit_guard_month(text), audit_lock(text), audit_keep_writers_out() FROM PUBLIC;
