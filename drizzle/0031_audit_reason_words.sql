-- As before, but words that only look like numbers in hex ("ec2") stay: what is taken out is digits alone, long hex and ids.
CREATE OR REPLACE FUNCTION audit_reason(after text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  told jsonb;
  field text;
BEGIN
  IF after IS NULL THEN RETURN ''; END IF;
  told := after::jsonb;
  FOREACH field IN ARRAY ARRAY['code', 'reason', 'error', 'message'] LOOP
    IF jsonb_typeof(told -> field) = 'string' AND told ->> field <> '' THEN
      RETURN left(regexp_replace(left(told ->> field, 500),
        '\m([0-9]+|[a-z]{2,5}_[0-9a-f]{12,}|[0-9a-f]{12,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\M', '#', 'g'), 120);
    END IF;
  END LOOP;
  RETURN '';
EXCEPTION WHEN data_exception THEN
  RETURN '';
END
$$;
