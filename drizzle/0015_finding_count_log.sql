CREATE TABLE "finding_count_log" (
	"organisation_id" text NOT NULL,
	"account_id" text NOT NULL,
	"check_id" text NOT NULL,
	"service" text NOT NULL,
	"region" text NOT NULL,
	"severity" "severity" NOT NULL,
	"state" text NOT NULL,
	"assignee_id" text NOT NULL,
	"owner" text NOT NULL,
	"source" text NOT NULL,
	"findings" integer NOT NULL,
	"writer" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"folded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "finding_count_changes_list";--> statement-breakpoint
ALTER TABLE "finding_count_changes" ADD COLUMN "writer" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
CREATE INDEX "finding_count_log_list" ON "finding_count_log" USING btree ("organisation_id","writer");--> statement-breakpoint
CREATE INDEX "finding_count_log_folded" ON "finding_count_log" USING btree ("folded_at");--> statement-breakpoint
CREATE INDEX "findings_service" ON "findings" USING btree ("organisation_id","service","status");--> statement-breakpoint
CREATE INDEX "findings_region" ON "findings" USING btree ("organisation_id","region","status");--> statement-breakpoint
CREATE INDEX "findings_owner" ON "findings" USING btree ("organisation_id","owner","status");--> statement-breakpoint
CREATE INDEX "finding_count_changes_list" ON "finding_count_changes" USING btree ("organisation_id","writer");--> statement-breakpoint
-- What is due is counted by the facets' choices; with what they choose by in the index, no finding need be read.
DROP INDEX "findings_due";--> statement-breakpoint
CREATE INDEX "findings_due" ON "findings" USING btree ("organisation_id","due_at","id")
  INCLUDE ("account_id","check_id","service","region","severity","owner","source")
  WHERE "findings"."status" = 'open' and "findings"."suppression" is null;--> statement-breakpoint
-- Room on each page, so that a change of a finding that no index knows of can stay there.
ALTER TABLE "findings" SET (fillfactor = 85);
