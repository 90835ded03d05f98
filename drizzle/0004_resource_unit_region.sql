DROP INDEX "resources_unit";--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "unit_region" text;--> statement-breakpoint
-- Until now a unit held only resources of its own region.
UPDATE "resources" SET "unit_region" = "region";--> statement-breakpoint
ALTER TABLE "resources" ALTER COLUMN "unit_region" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "scan_staging" ADD COLUMN "region" text;--> statement-breakpoint
CREATE INDEX "resources_unit" ON "resources" USING btree ("account_id","service","unit_region","kind");
