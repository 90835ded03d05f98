CREATE TABLE "import_duplicates" (
	"import_id" text NOT NULL,
	"row" integer NOT NULL,
	"check_id" text NOT NULL,
	"native_check_id" text NOT NULL,
	"subject" text NOT NULL,
	"said" text NOT NULL,
	"judged" text NOT NULL,
	"contradicts" boolean NOT NULL,
	CONSTRAINT "import_duplicates_import_id_row_pk" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "imported_checks" (
	"organisation_id" text NOT NULL,
	"check_id" text NOT NULL,
	"source" text NOT NULL,
	"title" text NOT NULL,
	"severity" "severity" NOT NULL,
	"risk" text NOT NULL,
	"remediation" text NOT NULL,
	"url" text NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "imported_checks_organisation_id_check_id_pk" PRIMARY KEY("organisation_id","check_id")
);
--> statement-breakpoint
CREATE TABLE "imported_verdicts" (
	"organisation_id" text NOT NULL,
	"account_id" text NOT NULL,
	"uid" text NOT NULL,
	"check_id" text NOT NULL,
	"verdict" text NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"import_id" text NOT NULL,
	CONSTRAINT "imported_verdicts_account_id_uid_check_id_pk" PRIMARY KEY("account_id","uid","check_id")
);
--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_account_id_accounts_id_fk";
--> statement-breakpoint
ALTER TABLE "imports" ALTER COLUMN "requested_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "bytes_read" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "tool" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "resolved" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "contradicted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "import_duplicates" ADD CONSTRAINT "import_duplicates_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_checks" ADD CONSTRAINT "imported_checks_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_verdicts" ADD CONSTRAINT "imported_verdicts_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imported_verdicts" ADD CONSTRAINT "imported_verdicts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_duplicates_list" ON "import_duplicates" USING btree ("import_id","contradicts","row");--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;