CREATE TABLE "auto_approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"playbook" text NOT NULL,
	"account_id" text NOT NULL,
	"severity" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_windows" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"account_id" text,
	"days" smallint[] NOT NULL,
	"start" text NOT NULL,
	"end" text NOT NULL,
	"time_zone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "custom_playbooks" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"document" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"plan_id" text,
	"status" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "remediation_approvals" (
	"organisation_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"plan_hash" text NOT NULL,
	"requested_by" text NOT NULL,
	"user_id" text NOT NULL,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "remediation_approvals_plan_id_user_id_pk" PRIMARY KEY("plan_id","user_id"),
	CONSTRAINT "remediation_approvals_four_eyes" CHECK ("remediation_approvals"."user_id" <> "remediation_approvals"."requested_by")
);
--> statement-breakpoint
CREATE TABLE "remediation_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "remediation_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"plan_id" text NOT NULL,
	"target_id" text,
	"step_id" text,
	"kind" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ms" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "remediation_findings" (
	"plan_id" text NOT NULL,
	"target_id" text NOT NULL,
	"finding_id" text NOT NULL,
	CONSTRAINT "remediation_findings_plan_id_finding_id_pk" PRIMARY KEY("plan_id","finding_id")
);
--> statement-breakpoint
CREATE TABLE "remediation_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"playbook" text NOT NULL,
	"playbook_hash" text NOT NULL,
	"title" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"reason" text NOT NULL,
	"risk" text NOT NULL,
	"reversible" boolean NOT NULL,
	"approvals_needed" smallint NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"document" jsonb,
	"hash" text,
	"account_ids" text[] NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"planned_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"run_when_approved" boolean DEFAULT true NOT NULL,
	"auto_approval" text,
	"follows" text,
	"rollback_by" text,
	"rollback_reason" text,
	"rollback_at" timestamp with time zone,
	"error" text,
	"correlation_id" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "remediation_plans_approved_as" UNIQUE("id","requested_by","hash"),
	CONSTRAINT "remediation_plans_irreversible" CHECK ("remediation_plans"."reversible" or "remediation_plans"."approvals_needed" >= 2),
	CONSTRAINT "remediation_plans_submitted" CHECK ("remediation_plans"."state" in ('draft', 'cancelled') or ("remediation_plans"."document" is not null and "remediation_plans"."hash" is not null and "remediation_plans"."submitted_at" is not null and "remediation_plans"."expires_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "remediation_secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"step_id" text NOT NULL,
	"name" text NOT NULL,
	"key_id" integer,
	"sealed" "bytea",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"collected_by" text,
	"collected_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "remediation_settings" (
	"organisation_id" text PRIMARY KEY NOT NULL,
	"max_resources" integer DEFAULT 25 NOT NULL,
	"parallel" integer DEFAULT 5 NOT NULL,
	"stop_at_failed_percent" integer DEFAULT 20 NOT NULL,
	"expiry_hours" integer DEFAULT 24 NOT NULL,
	"frozen_at" timestamp with time zone,
	"frozen_by" text,
	"freeze_reason" text,
	"revision" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "remediation_steps" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"target_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"action" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"calls" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"rollback_calls" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"worker_id" text,
	"error" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "remediation_targets" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"ordinal" integer NOT NULL,
	"account_id" text NOT NULL,
	"resource_id" text NOT NULL,
	"uid" text NOT NULL,
	"kind" text NOT NULL,
	"region" text NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"verdicts" jsonb,
	"scan_id" text,
	"error" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "plan_id" text;--> statement-breakpoint
ALTER TABLE "auto_approvals" ADD CONSTRAINT "auto_approvals_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auto_approvals" ADD CONSTRAINT "auto_approvals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auto_approvals" ADD CONSTRAINT "auto_approvals_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_windows" ADD CONSTRAINT "change_windows_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "change_windows" ADD CONSTRAINT "change_windows_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_playbooks" ADD CONSTRAINT "custom_playbooks_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custom_playbooks" ADD CONSTRAINT "custom_playbooks_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_plan_id_remediation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."remediation_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_approvals" ADD CONSTRAINT "remediation_approvals_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_approvals" ADD CONSTRAINT "remediation_approvals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_approvals" ADD CONSTRAINT "remediation_approvals_plan" FOREIGN KEY ("plan_id","requested_by","plan_hash") REFERENCES "public"."remediation_plans"("id","requested_by","hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_events" ADD CONSTRAINT "remediation_events_plan_id_remediation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."remediation_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_findings" ADD CONSTRAINT "remediation_findings_plan_id_remediation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."remediation_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_findings" ADD CONSTRAINT "remediation_findings_target_id_remediation_targets_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."remediation_targets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_findings" ADD CONSTRAINT "remediation_findings_finding_id_findings_id_fk" FOREIGN KEY ("finding_id") REFERENCES "public"."findings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_plans" ADD CONSTRAINT "remediation_plans_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_plans" ADD CONSTRAINT "remediation_plans_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_plans" ADD CONSTRAINT "remediation_plans_rollback_by_users_id_fk" FOREIGN KEY ("rollback_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_secrets" ADD CONSTRAINT "remediation_secrets_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_secrets" ADD CONSTRAINT "remediation_secrets_plan_id_remediation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."remediation_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_secrets" ADD CONSTRAINT "remediation_secrets_step_id_remediation_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."remediation_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_secrets" ADD CONSTRAINT "remediation_secrets_collected_by_users_id_fk" FOREIGN KEY ("collected_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_settings" ADD CONSTRAINT "remediation_settings_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_settings" ADD CONSTRAINT "remediation_settings_frozen_by_users_id_fk" FOREIGN KEY ("frozen_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_steps" ADD CONSTRAINT "remediation_steps_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_steps" ADD CONSTRAINT "remediation_steps_plan_id_remediation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."remediation_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_steps" ADD CONSTRAINT "remediation_steps_target_id_remediation_targets_id_fk" FOREIGN KEY ("target_id") REFERENCES "public"."remediation_targets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_targets" ADD CONSTRAINT "remediation_targets_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remediation_targets" ADD CONSTRAINT "remediation_targets_plan_id_remediation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."remediation_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "auto_approvals_rule" ON "auto_approvals" USING btree ("organisation_id","playbook","account_id","severity");--> statement-breakpoint
CREATE INDEX "change_windows_account" ON "change_windows" USING btree ("organisation_id","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "custom_playbooks_version" ON "custom_playbooks" USING btree ("organisation_id","key","version");--> statement-breakpoint
CREATE UNIQUE INDEX "custom_playbooks_current" ON "custom_playbooks" USING btree ("organisation_id","key") WHERE "custom_playbooks"."retired_at" is null;--> statement-breakpoint
CREATE INDEX "mails_list" ON "mails" USING btree ("organisation_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "remediation_events_plan" ON "remediation_events" USING btree ("plan_id","id");--> statement-breakpoint
CREATE INDEX "remediation_findings_finding" ON "remediation_findings" USING btree ("finding_id");--> statement-breakpoint
CREATE INDEX "remediation_plans_list" ON "remediation_plans" USING btree ("organisation_id","state","requested_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "remediation_plans_newest" ON "remediation_plans" USING btree ("organisation_id","requested_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "remediation_plans_due" ON "remediation_plans" USING btree ("state","expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "remediation_secrets_step" ON "remediation_secrets" USING btree ("step_id","name");--> statement-breakpoint
CREATE INDEX "remediation_secrets_plan" ON "remediation_secrets" USING btree ("plan_id");--> statement-breakpoint
CREATE UNIQUE INDEX "remediation_steps_target" ON "remediation_steps" USING btree ("target_id","ordinal");--> statement-breakpoint
CREATE INDEX "remediation_steps_plan" ON "remediation_steps" USING btree ("plan_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "remediation_targets_plan" ON "remediation_targets" USING btree ("plan_id","ordinal");--> statement-breakpoint
CREATE INDEX "remediation_targets_resource" ON "remediation_targets" USING btree ("organisation_id","resource_id");--> statement-breakpoint
CREATE INDEX "remediation_targets_account" ON "remediation_targets" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_plan_id_remediation_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."remediation_plans"("id") ON DELETE no action ON UPDATE no action;