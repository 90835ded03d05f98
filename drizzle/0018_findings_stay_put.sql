DROP INDEX "findings_resource";--> statement-breakpoint
CREATE INDEX "findings_resource" ON "findings" USING btree ("resource_id","severity","opened_at","id") WHERE "findings"."status" = 'open' and "findings"."suppression" is null;--> statement-breakpoint
-- Without the workflow, which changes most; to be told new from in progress, what is due is looked up.
DROP INDEX "findings_due";--> statement-breakpoint
CREATE INDEX "findings_due" ON "findings" USING btree ("organisation_id","due_at","id")
  INCLUDE ("account_id","check_id","service","region","severity","owner","source","assignee_id")
  WHERE "findings"."status" = 'open' and "findings"."suppression" is null;
