CREATE TABLE "account_secrets" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"account_id" text,
	"source_id" text,
	"identity" text NOT NULL,
	"name" text NOT NULL,
	"key_id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"rotated_at" timestamp with time zone,
	CONSTRAINT "account_secrets_owner" CHECK (num_nonnulls("account_secrets"."account_id", "account_secrets"."source_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "account_source_members" (
	"organisation_id" text NOT NULL,
	"source_id" text NOT NULL,
	"external_id" text NOT NULL,
	"level" text DEFAULT 'account' NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp with time zone NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_source_members_source_id_external_id_pk" PRIMARY KEY("source_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "account_sources" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" text NOT NULL,
	"cloud" text NOT NULL,
	"name" text NOT NULL,
	"connection" jsonb NOT NULL,
	"template" jsonb NOT NULL,
	"auto_connect" boolean DEFAULT false NOT NULL,
	"environment" text,
	"scan_schedule" text,
	"schedule" text,
	"schedule_time_zone" text DEFAULT 'UTC' NOT NULL,
	"last_sync" jsonb,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "write_connection" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "source_id" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "read_test" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "write_test" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "deletion" jsonb;--> statement-breakpoint
ALTER TABLE "account_secrets" ADD CONSTRAINT "account_secrets_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_secrets" ADD CONSTRAINT "account_secrets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_secrets" ADD CONSTRAINT "account_secrets_source_id_account_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."account_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_source_members" ADD CONSTRAINT "account_source_members_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_source_members" ADD CONSTRAINT "account_source_members_source_id_account_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."account_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_sources" ADD CONSTRAINT "account_sources_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_secrets_account" ON "account_secrets" USING btree ("account_id","identity","name") WHERE "account_secrets"."account_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "account_secrets_source" ON "account_secrets" USING btree ("source_id","identity","name") WHERE "account_secrets"."source_id" is not null;--> statement-breakpoint
CREATE INDEX "account_secrets_key" ON "account_secrets" USING btree ("key_id","id");--> statement-breakpoint
CREATE INDEX "account_source_members_external" ON "account_source_members" USING btree ("organisation_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "account_sources_name" ON "account_sources" USING btree ("organisation_id","name");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_source_id_account_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."account_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_source" ON "accounts" USING btree ("source_id");