-- What else a resource is called: by its own id, and by the shorter forms that its provider uses where another resource
-- names it. In lower case, since Azure doesn't keep the case of its ids. No longer than an index entry may be.
CREATE FUNCTION resource_aliases(uid text, kind text, config jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT lower(alias)), '{}')
  FROM (
    SELECT uid AS alias
    UNION ALL SELECT substring(uid FROM '/([a-z]+-[0-9a-f]{8,17})$') WHERE kind LIKE 'aws.%'
    UNION ALL SELECT substring(uid FROM '^//[^/]+/(projects/[^/]+/.+)$') WHERE kind LIKE 'gcp.%'
    UNION ALL SELECT substring(uid FROM '/([^/]+)$') WHERE kind = 'gcp.iam.service-account'
    UNION ALL SELECT 'storage.googleapis.com/' || substring(uid FROM '/([^/]+)$') WHERE kind = 'gcp.storage.bucket'
    UNION ALL SELECT substring(uid FROM '/([^/]+)$') || '.blob.core.windows.net' WHERE kind = 'azure.storage.account'
    UNION ALL SELECT substring(uid FROM '/([^/]+)$') || '.vault.azure.net' WHERE kind = 'azure.keyvault.vault'
    -- An instance names the profile, and a role says which profiles hand it out.
    UNION ALL SELECT profile FROM jsonb_array_elements_text(CASE
        WHEN kind = 'aws.iam.role' AND jsonb_typeof(config -> 'instanceProfileArns') = 'array'
        THEN config -> 'instanceProfileArns' ELSE '[]' END) AS profile
    UNION ALL SELECT regexp_replace(uid, ':key/[^/]*$', ':alias/' || regexp_replace(key_alias, '^alias/', ''))
      FROM jsonb_array_elements_text(CASE
        WHEN kind = 'aws.kms.key' AND jsonb_typeof(config -> 'aliases') = 'array'
        THEN config -> 'aliases' ELSE '[]' END) AS key_alias
  ) AS called
  WHERE alias <> '' AND length(alias) <= 500
$$;--> statement-breakpoint
-- What a resource's configuration names that may be another resource, in the forms of resource_aliases. Bounded: of a
-- configuration with thousands of texts the first ones are looked at.
CREATE FUNCTION resource_mentions(uid text, kind text, config jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(mention), '{}')
  FROM (
    SELECT DISTINCT lower(named) AS mention
    FROM (
      SELECT forms.named
      FROM (
        SELECT said
        FROM jsonb_path_query(config, 'strict $.** ? (@.type() == "string")') AS word, LATERAL (SELECT word #>> '{}' AS said) AS text
        WHERE length(said) BETWEEN 8 AND 1000 AND said ~
          '^(?:arn:|alias/|/|projects/|https://|[a-z]+\.googleapis\.com/|[a-z]{1,12}-[0-9a-f]{8,17}$)|gserviceaccount\.com$'
        LIMIT 2000
      ) AS words
      CROSS JOIN LATERAL (
        SELECT regexp_replace(said, '^(arn:[^:]*:s3:::[^/]+)/.*$', '\1') AS named WHERE said LIKE 'arn:%'
        UNION ALL SELECT said WHERE said ~ '^[a-z]{1,12}-[0-9a-f]{8,17}$'
        UNION ALL SELECT said WHERE said ~* '^/subscriptions/[^/]+/resourcegroups/[^/]+/providers/'
        -- A subnet or another part of a thing names the thing too.
        UNION ALL SELECT substring(said FROM '(?i)^(/subscriptions/[^/]+/resourcegroups/[^/]+/providers/[^/]+/[^/]+/[^/]+)/[^/]+/[^/]+$')
        UNION ALL SELECT said WHERE said LIKE '//%.googleapis.com/%'
        UNION ALL SELECT regexp_replace(substring(said FROM
          '^(?:https://www\.googleapis\.com/compute/v1/|[a-z]+\.googleapis\.com/)?(projects/[^/]+/.+)$'), '/cryptoKeyVersions/[^/]*$', '')
        UNION ALL SELECT said WHERE said LIKE 'storage.googleapis.com/%'
        UNION ALL SELECT substring(said FROM '^(?:serviceAccount:)?([^:@ ]+@[a-z0-9.-]+\.gserviceaccount\.com)$')
        UNION ALL SELECT substring(said FROM '^https://([a-z0-9-]+\.(?:blob\.core\.windows|vault\.azure)\.net)(?:[:/]|$)')
        -- Some texts hold only what the account and region of the one that says them complete.
        UNION ALL SELECT regexp_replace(uid, '^(arn:[^:]*):[^:]*:([^:]*:[^:]*):.*$', '\1:kms:\2:') || said
          WHERE said LIKE 'alias/%' AND uid LIKE 'arn:%'
      ) AS forms
      UNION ALL SELECT 'arn:aws:s3:::' || (bucket #>> '{}')
        FROM jsonb_path_query(config, 'strict $.** ? (@.bucketName.type() == "string").bucketName') AS bucket
      UNION ALL SELECT regexp_replace(uid, ':user/.*$', ':group/' || user_group)
        FROM jsonb_array_elements_text(CASE WHEN kind = 'aws.iam.user' AND jsonb_typeof(config -> 'groups') = 'array'
          THEN config -> 'groups' ELSE '[]' END) AS user_group
      UNION ALL SELECT substring(uid FROM '^(//bigquery\.googleapis\.com/.+)/tables/[^/]+$')
    ) AS found
    WHERE named <> '' AND length(named) <= 500 AND lower(named) <> lower(uid)
    LIMIT 500
  ) AS mentions
$$;--> statement-breakpoint
-- Counted anew, since the counts now tell owners apart.
TRUNCATE resource_counters;--> statement-breakpoint
ALTER TABLE "resource_counters" DROP CONSTRAINT "resource_counters_account_id_service_unit_region_kind_region_pk";--> statement-breakpoint
ALTER TABLE "resource_counters" ADD COLUMN "owner" text NOT NULL;--> statement-breakpoint
ALTER TABLE "resource_counters" ADD CONSTRAINT "resource_counters_identity" PRIMARY KEY("account_id","service","unit_region","kind","region","owner");--> statement-breakpoint
INSERT INTO resource_counters (organisation_id, account_id, service, unit_region, kind, region, owner, resources)
  SELECT organisation_id, account_id, service, unit_region, kind, region, owner, count(*)
  FROM resources WHERE deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7;--> statement-breakpoint
ALTER TABLE "resources" ADD COLUMN "aliases" text[] GENERATED ALWAYS AS (resource_aliases(uid, kind, config)) STORED NOT NULL,
  ADD COLUMN "mentions" text[] GENERATED ALWAYS AS (resource_mentions(uid, kind, config)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "resources_name" ON "resources" USING btree ("organisation_id",(left(lower("name"), 200) collate "C"),"id");--> statement-breakpoint
CREATE INDEX "resources_changed" ON "resources" USING btree ("organisation_id","changed_at","id");--> statement-breakpoint
CREATE INDEX "resources_owner" ON "resources" USING btree ("organisation_id","owner","id");--> statement-breakpoint
CREATE INDEX "resources_gone" ON "resources" USING btree ("organisation_id","deleted_at","id") WHERE "resources"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "resources_tags" ON "resources" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "resources_text" ON "resources" USING gin ("name" gin_trgm_ops,"uid" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "resources_aliases" ON "resources" USING gin ("aliases");--> statement-breakpoint
CREATE INDEX "resources_mentions" ON "resources" USING gin ("mentions");