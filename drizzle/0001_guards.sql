-- A crash of the database may empty the staging table; a merge notices and its unit runs again.
ALTER TABLE "scan_staging" SET UNLOGGED;--> statement-breakpoint
-- Rows are rewritten in place when a resource or a finding changes.
ALTER TABLE "resources" SET (fillfactor = 85);--> statement-breakpoint
ALTER TABLE "findings" SET (fillfactor = 85);--> statement-breakpoint
-- The twin of newId() in db/columns.ts: 12 hex digits of milliseconds, then 16 of chance.
CREATE FUNCTION new_id(prefix text) RETURNS text LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT prefix || '_' || lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
    || right(replace(gen_random_uuid()::text, '-', ''), 16)
$$;--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
