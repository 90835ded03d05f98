-- As before, with what else facets choose by.
DROP INDEX "findings_due";--> statement-breakpoint
CREATE INDEX "findings_due" ON "findings" USING btree ("organisation_id","due_at","id")
  INCLUDE ("account_id","check_id","service","region","severity","owner","source","workflow","assignee_id")
  WHERE "findings"."status" = 'open' and "findings"."suppression" is null;
