ALTER TABLE "account_sources" ADD COLUMN "own_external_id" text;--> statement-breakpoint
CREATE INDEX "coverage_scan" ON "coverage" USING btree ("scan_id");