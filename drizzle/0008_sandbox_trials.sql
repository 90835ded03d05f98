CREATE TABLE "sandbox_trials" (
	"organisation_id" text PRIMARY KEY NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"url" text,
	"ready_at" timestamp with time zone,
	"error" text
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "sandbox" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sandbox_trials" ADD CONSTRAINT "sandbox_trials_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "accounts" SET "sandbox" = true FROM "organisations" WHERE "organisations"."id" = "accounts"."organisation_id" AND "organisations"."sandbox";
