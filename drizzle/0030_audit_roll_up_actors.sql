-- Counters can be made anew from the trail, and are.
TRUNCATE "audit_roll_ups", "audit_roll_up_actors", "audit_roll_up_durations";--> statement-breakpoint
UPDATE "audit_roll_up_state" SET position = 0, at = NULL;--> statement-breakpoint
ALTER TABLE "audit_roll_up_actors" DROP CONSTRAINT "audit_roll_up_actors_pk";--> statement-breakpoint
ALTER TABLE "audit_roll_up_actors" DROP COLUMN "action";--> statement-breakpoint
ALTER TABLE "audit_roll_up_actors" ADD CONSTRAINT "audit_roll_up_actors_pk" PRIMARY KEY("organisation_id","grain","start","actor_kind","actor_id","result");
