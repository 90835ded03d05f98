ALTER TABLE "finding_activity" DROP CONSTRAINT "finding_activity_organisation_id_organisations_id_fk";
--> statement-breakpoint
ALTER TABLE "finding_activity" DROP CONSTRAINT "finding_activity_change_id_triage_changes_id_fk";
--> statement-breakpoint
ALTER TABLE "triage_items" DROP CONSTRAINT "triage_items_change_id_triage_changes_id_fk";
