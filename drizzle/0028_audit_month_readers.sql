-- As a month's own guard, and whoever reads the trail may read its months by themselves.
CREATE OR REPLACE FUNCTION audit_guard_month(name text) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  reader regrole;
BEGIN
  EXECUTE format('CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON %I
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
  EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM %I', name, current_user);
  FOR reader IN
    SELECT DISTINCT acl.grantee FROM pg_class c, aclexplode(c.relacl) acl
    WHERE c.oid = 'audit_entries'::regclass AND acl.privilege_type = 'SELECT' AND acl.grantee NOT IN (0, c.relowner)
  LOOP
    EXECUTE format('GRANT SELECT ON %I TO %s', name, reader);
  END LOOP;
END
$$;
