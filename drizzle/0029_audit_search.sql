DROP INDEX "audit_entries_actor";--> statement-breakpoint
DROP INDEX "audit_entries_object";--> statement-breakpoint
DROP INDEX "audit_entries_trouble";--> statement-breakpoint
CREATE INDEX "audit_entries_actor" ON "audit_entries" USING btree ("organisation_id","actor_id","at","id","action" text_pattern_ops,"result");--> statement-breakpoint
CREATE INDEX "audit_entries_object" ON "audit_entries" USING btree ("organisation_id","object_kind","object_id" text_pattern_ops,"at","id");--> statement-breakpoint
CREATE INDEX "audit_entries_trouble" ON "audit_entries" USING btree ("organisation_id","at","id","action" text_pattern_ops,"actor_id") WHERE result <> 'done';