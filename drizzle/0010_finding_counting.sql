-- Search by any part of a name or id.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
-- A crash of the database may empty the memory of the rate limit.
ALTER TABLE "api_usage" SET UNLOGGED;--> statement-breakpoint
-- When a finding ought to be mended; an organisation without a policy has the usual one. Null for no such time.
CREATE FUNCTION sla_due(organisation text, severity severity, opened_at timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT opened_at + make_interval(days => CASE
    WHEN p.organisation_id IS NOT NULL THEN (p.days ->> sla_due.severity::text)::int
    WHEN sla_due.severity = 'critical' THEN 7
    WHEN sla_due.severity = 'high' THEN 30
    WHEN sla_due.severity = 'medium' THEN 90
    WHEN sla_due.severity = 'low' THEN 120
  END)
  FROM (SELECT 1) one LEFT JOIN sla_policies p ON p.organisation_id = sla_due.organisation
$$;--> statement-breakpoint
UPDATE findings f SET owner = r.owner, due_at = sla_due(f.organisation_id, f.severity, f.opened_at)
  FROM resources r WHERE r.id = f.resource_id;--> statement-breakpoint
INSERT INTO finding_counts (organisation_id, account_id, check_id, service, region, severity, state, assignee_id, owner,
    source, findings)
  SELECT organisation_id, account_id, check_id, service, region, severity, state, coalesce(assignee_id, ''), owner, source,
    count(*)
  FROM findings GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;--> statement-breakpoint
INSERT INTO resource_counters (organisation_id, account_id, service, unit_region, kind, region, resources)
  SELECT organisation_id, account_id, service, unit_region, kind, region, count(*)
  FROM resources WHERE deleted_at IS NULL GROUP BY 1, 2, 3, 4, 5, 6;--> statement-breakpoint
-- One statement, one change per kind of finding it touched: what left a kind and what came to it are summed up together,
-- so a change of what nobody counts by writes nothing.
CREATE FUNCTION count_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO finding_count_changes (organisation_id, account_id, check_id, service, region, severity, state,
        assignee_id, owner, source, findings)
      SELECT organisation_id, account_id, check_id, service, region, severity, state, coalesce(assignee_id, ''), owner,
        source, count(*)
      FROM now_there GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO finding_count_changes (organisation_id, account_id, check_id, service, region, severity, state,
        assignee_id, owner, source, findings)
      SELECT organisation_id, account_id, check_id, service, region, severity, state, coalesce(assignee_id, ''), owner,
        source, -count(*)
      FROM was_there GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
  ELSE
    INSERT INTO finding_count_changes (organisation_id, account_id, check_id, service, region, severity, state,
        assignee_id, owner, source, findings)
      SELECT organisation_id, account_id, check_id, service, region, severity, state, coalesce(assignee_id, ''), owner,
        source, sum(n)
      FROM (SELECT *, 1 AS n FROM now_there UNION ALL SELECT *, -1 FROM was_there) changed
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(n) <> 0;
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER findings_counted_insert AFTER INSERT ON "findings" REFERENCING NEW TABLE AS now_there
  FOR EACH STATEMENT EXECUTE FUNCTION count_findings();--> statement-breakpoint
CREATE TRIGGER findings_counted_update AFTER UPDATE ON "findings" REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
  FOR EACH STATEMENT EXECUTE FUNCTION count_findings();--> statement-breakpoint
CREATE TRIGGER findings_counted_delete AFTER DELETE ON "findings" REFERENCING OLD TABLE AS was_there
  FOR EACH STATEMENT EXECUTE FUNCTION count_findings();--> statement-breakpoint
-- TRUNCATE would empty the table past the counting.
CREATE FUNCTION forget_finding_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE finding_counts, finding_count_changes;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER findings_counted_truncate AFTER TRUNCATE ON "findings"
  FOR EACH STATEMENT EXECUTE FUNCTION forget_finding_counts();--> statement-breakpoint
-- Facets narrow by columns that hang together; the planner is told so.
CREATE STATISTICS findings_together (dependencies, mcv) ON account_id, service, region, check_id, severity, state FROM findings;
