-- The trail anew, by month. Entries of before come along; what seals first takes them in as they stand.
ALTER TABLE "audit_entries" RENAME TO "audit_entries_before";--> statement-breakpoint
ALTER INDEX "audit_entries_list" RENAME TO "audit_entries_before_list";--> statement-breakpoint
ALTER INDEX "audit_entries_object" RENAME TO "audit_entries_before_object";--> statement-breakpoint
ALTER INDEX "audit_entries_pkey" RENAME TO "audit_entries_before_pkey";--> statement-breakpoint
ALTER SEQUENCE "audit_entries_id_seq" RENAME TO "audit_entries_before_id_seq";--> statement-breakpoint
CREATE SEQUENCE "audit_entries_id_seq" AS bigint;--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint DEFAULT nextval('audit_entries_id_seq'::regclass) NOT NULL,
	"entry_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"organisation_id" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_token_id" text,
	"action" text NOT NULL,
	"object_kind" text NOT NULL,
	"object_id" text NOT NULL,
	"result" text DEFAULT 'done' NOT NULL,
	"duration_ms" double precision,
	"origin" text,
	"before" text,
	"after" text,
	"correlation_id" text NOT NULL,
	"personal" jsonb,
	"leaf" bytea,
	"mac" bytea,
	"key_id" text,
	"xid" xid8 DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "audit_entries_id_at_pk" PRIMARY KEY("id","at"),
	CONSTRAINT "audit_entries_entry" UNIQUE("entry_id","at")
) PARTITION BY RANGE ("at");--> statement-breakpoint
ALTER SEQUENCE "audit_entries_id_seq" OWNED BY "audit_entries"."id";--> statement-breakpoint
CREATE INDEX "audit_entries_xid" ON "audit_entries" USING btree ("xid");--> statement-breakpoint
CREATE INDEX "audit_entries_list" ON "audit_entries" USING btree ("organisation_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("organisation_id","actor_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_action" ON "audit_entries" USING btree ("organisation_id","action","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_object" ON "audit_entries" USING btree ("organisation_id","object_kind","object_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_entries_correlation" ON "audit_entries" USING btree ("organisation_id","correlation_id");--> statement-breakpoint
CREATE INDEX "audit_entries_trouble" ON "audit_entries" USING btree ("organisation_id","id" DESC NULLS LAST) WHERE result <> 'done';--> statement-breakpoint
-- What a wrong clock dates outside the months that are there: no act fails for it.
CREATE TABLE "audit_entries_default" PARTITION OF "audit_entries" DEFAULT;--> statement-breakpoint
-- Makes the month of a day, unless it is there. A truncate of a partition doesn't ask its parent, so each has its own guard.
CREATE FUNCTION audit_open_month(day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month date := date_trunc('month', day)::date;
  name text := 'audit_entries_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF audit_entries FOR VALUES FROM (%L) TO (%L)', name,
    month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
  EXECUTE format('CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON %I
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
END
$$;--> statement-breakpoint
SELECT audit_open_month(month::date) FROM (
  SELECT DISTINCT date_trunc('month', "at" AT TIME ZONE 'UTC') AS month FROM "audit_entries_before"
  UNION SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n) FROM generate_series(0, 2) n
) months ORDER BY month;--> statement-breakpoint
INSERT INTO "audit_entries" (id, entry_id, at, organisation_id, actor_kind, actor_id, actor_token_id, action, object_kind,
  object_id, before, after, correlation_id)
SELECT id, 'ent_' || lpad(to_hex(id), 28, '0'), date_trunc('milliseconds', at), organisation_id, actor_kind, actor_id,
  actor_token_id, action, object_kind, object_id, before::text, after::text, correlation_id
FROM "audit_entries_before" ORDER BY id;--> statement-breakpoint
SELECT setval('audit_entries_id_seq', greatest(max(id), 1), max(id) IS NOT NULL) FROM "audit_entries";--> statement-breakpoint
DROP TABLE "audit_entries_before";--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON "audit_entries_default"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TABLE "audit_alert_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"name" text NOT NULL,
	"match" jsonb NOT NULL,
	"threshold" integer NOT NULL,
	"window_minutes" integer NOT NULL,
	"cooldown_minutes" integer NOT NULL,
	"channels" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"last_fired_at" timestamp with time zone,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_alert_rules_name" UNIQUE("organisation_id","name")
);--> statement-breakpoint
CREATE TABLE "audit_alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"rule_id" text,
	"name" text NOT NULL,
	"count" integer NOT NULL,
	"threshold" integer NOT NULL,
	"window_minutes" integer NOT NULL,
	"samples" jsonb NOT NULL,
	"outcomes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);--> statement-breakpoint
CREATE TABLE "audit_anchors" (
	"name" text PRIMARY KEY NOT NULL,
	"size" bigint,
	"at" timestamp with time zone,
	"error" text,
	"failing_since" timestamp with time zone
);--> statement-breakpoint
CREATE TABLE "audit_archives" (
	"id" text PRIMARY KEY NOT NULL,
	"month" date,
	"part" integer DEFAULT 1 NOT NULL,
	"file" text NOT NULL,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"entries" integer NOT NULL,
	"first" bigint NOT NULL,
	"last" bigint NOT NULL,
	"from" timestamp with time zone NOT NULL,
	"to" timestamp with time zone NOT NULL,
	"checkpoint_size" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text,
	"dropped_at" timestamp with time zone,
	CONSTRAINT "audit_archives_file_unique" UNIQUE("file")
);--> statement-breakpoint
CREATE TABLE "audit_batches" (
	"n" bigint PRIMARY KEY NOT NULL,
	"first" bigint NOT NULL,
	"size" integer NOT NULL,
	"entries" bigint[] NOT NULL,
	"leaves" "bytea" NOT NULL,
	"from" timestamp with time zone NOT NULL,
	"to" timestamp with time zone NOT NULL,
	"xid_from" "xid8" NOT NULL,
	"xid_to" "xid8" NOT NULL,
	"cluster" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"previous" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"mac" "bytea" NOT NULL,
	"key_id" text NOT NULL,
	CONSTRAINT "audit_batches_first" UNIQUE("first")
);--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_checkpoints_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"key_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);--> statement-breakpoint
CREATE TABLE "audit_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"stream_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"entry_at" timestamp with time zone NOT NULL,
	"position" bigint NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"status" integer,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "audit_deliveries_once" UNIQUE("stream_id","position")
);--> statement-breakpoint
CREATE TABLE "audit_holds" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"name" text NOT NULL,
	"reason" text NOT NULL,
	"from" timestamp with time zone,
	"to" timestamp with time zone,
	"placed_by" text NOT NULL,
	"placed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lifted_by" text,
	"lifted_at" timestamp with time zone
);--> statement-breakpoint
CREATE TABLE "audit_nodes" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_nodes_level_index_pk" PRIMARY KEY("level","index")
);--> statement-breakpoint
CREATE TABLE "audit_policies" (
	"organisation_id" text PRIMARY KEY NOT NULL,
	"retention_days" integer DEFAULT 90 NOT NULL,
	"category_days" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"archive_mb" integer DEFAULT 50 NOT NULL,
	"reports" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);--> statement-breakpoint
CREATE TABLE "audit_reports" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"kind" text NOT NULL,
	"from" timestamp with time zone NOT NULL,
	"to" timestamp with time zone NOT NULL,
	"html" text NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);--> statement-breakpoint
CREATE TABLE "audit_streams" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"secret_key_id" text NOT NULL,
	"filter" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"position" bigint NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"failing_since" timestamp with time zone,
	CONSTRAINT "audit_streams_name" UNIQUE("organisation_id","name")
);--> statement-breakpoint
CREATE TABLE "audit_subjects" (
	"organisation_id" text NOT NULL,
	"id" text NOT NULL,
	"lookup" "bytea",
	"wrapped_key" "bytea",
	"key_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "audit_subjects_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);--> statement-breakpoint
CREATE TABLE "audit_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"extent" text NOT NULL,
	"from" bigint NOT NULL,
	"to" bigint NOT NULL,
	"ok" boolean NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone DEFAULT now() NOT NULL
);--> statement-breakpoint
ALTER TABLE "audit_alert_rules" ADD CONSTRAINT "audit_alert_rules_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_alerts" ADD CONSTRAINT "audit_alerts_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_alerts" ADD CONSTRAINT "audit_alerts_rule_id_audit_alert_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."audit_alert_rules"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_deliveries" ADD CONSTRAINT "audit_deliveries_stream_id_audit_streams_id_fk" FOREIGN KEY ("stream_id") REFERENCES "public"."audit_streams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_holds" ADD CONSTRAINT "audit_holds_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_policies" ADD CONSTRAINT "audit_policies_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_reports" ADD CONSTRAINT "audit_reports_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_streams" ADD CONSTRAINT "audit_streams_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_alerts_newest" ON "audit_alerts" USING btree ("organisation_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_archives_month" ON "audit_archives" USING btree ("month");--> statement-breakpoint
CREATE INDEX "audit_batches_to" ON "audit_batches" USING btree ("to");--> statement-breakpoint
CREATE INDEX "audit_deliveries_state" ON "audit_deliveries" USING btree ("stream_id","state","position" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_holds_organisation" ON "audit_holds" USING btree ("organisation_id","placed_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_reports_newest" ON "audit_reports" USING btree ("organisation_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "audit_reports_scheduled" ON "audit_reports" USING btree ("organisation_id","kind","from") WHERE created_by is null;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_subjects_lookup" ON "audit_subjects" USING btree ("organisation_id","lookup");--> statement-breakpoint
CREATE INDEX "audit_verifications_newest" ON "audit_verifications" USING btree ("ended_at" DESC NULLS LAST);--> statement-breakpoint
CREATE TRIGGER audit_batches_append_only BEFORE UPDATE OR DELETE ON "audit_batches"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_batches_no_truncate BEFORE TRUNCATE ON "audit_batches"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_nodes_append_only BEFORE UPDATE OR DELETE ON "audit_nodes"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_nodes_no_truncate BEFORE TRUNCATE ON "audit_nodes"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE ON "audit_checkpoints"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_no_truncate BEFORE TRUNCATE ON "audit_checkpoints"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE FUNCTION keep_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.wrapped_key IS NOT NULL AND OLD.wrapped_key IS NULL THEN
    RAISE EXCEPTION 'an erased person stays erased' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_subjects_stay_erased BEFORE UPDATE ON "audit_subjects"
  FOR EACH ROW EXECUTE FUNCTION keep_subject();
