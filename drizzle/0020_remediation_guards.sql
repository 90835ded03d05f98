-- What was submitted stays as it was submitted, a plan moves only along its states, and none runs without its approvals.
CREATE FUNCTION guard_remediation_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  allowed text[];
  granted int;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      RAISE EXCEPTION 'A plan begins as a draft.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.organisation_id, NEW.requested_by, NEW.requested_at, NEW.playbook)
    IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.requested_by, OLD.requested_at, OLD.playbook)
    OR OLD.state <> 'draft' AND (NEW.playbook_hash, NEW.parameters, NEW.reason, NEW.risk, NEW.reversible, NEW.approvals_needed,
      NEW.document, NEW.hash, NEW.account_ids, NEW.submitted_at, NEW.expires_at, NEW.follows)
    IS DISTINCT FROM (OLD.playbook_hash, OLD.parameters, OLD.reason, OLD.risk, OLD.reversible, OLD.approvals_needed,
      OLD.document, OLD.hash, OLD.account_ids, OLD.submitted_at, OLD.expires_at, OLD.follows) THEN
    RAISE EXCEPTION 'Plan % was submitted and can''t be changed.', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  allowed := CASE OLD.state
    WHEN 'draft' THEN '{awaiting_approval,approved,cancelled}'
    WHEN 'awaiting_approval' THEN '{approved,rejected,expired,cancelled}'
    WHEN 'approved' THEN '{running,expired,cancelled}'
    WHEN 'running' THEN '{verifying,succeeded,changed_unverified,failed,rolling_back}'
    WHEN 'verifying' THEN '{succeeded,changed_unverified,failed}'
    WHEN 'succeeded' THEN '{rolling_back}'
    WHEN 'changed_unverified' THEN '{rolling_back}'
    WHEN 'failed' THEN '{rolling_back}'
    WHEN 'rolling_back' THEN '{rolled_back,rollback_failed}'
    WHEN 'rollback_failed' THEN '{rolling_back}'
    ELSE '{}' END;
  IF NEW.state <> ALL (allowed) THEN
    RAISE EXCEPTION 'Plan % can''t go from % to %.', OLD.id, OLD.state, NEW.state USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state IN ('approved', 'running') THEN
    IF NEW.expires_at <= now() THEN
      RAISE EXCEPTION 'Plan % has expired.', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.auto_approval IS NOT NULL THEN
      IF OLD.state <> 'approved' AND (NOT NEW.reversible OR NEW.risk <> 'low' OR NOT EXISTS (SELECT FROM auto_approvals a WHERE a.id = NEW.auto_approval
        AND a.organisation_id = NEW.organisation_id AND a.playbook = NEW.playbook)) THEN
        RAISE EXCEPTION 'No rule approves plan %.', OLD.id USING ERRCODE = 'integrity_constraint_violation';
      END IF;
    ELSE
      SELECT count(*) INTO granted FROM remediation_approvals a
        WHERE a.plan_id = NEW.id AND a.plan_hash = NEW.hash AND a.decision = 'approve';
      IF granted < NEW.approvals_needed
        OR EXISTS (SELECT FROM remediation_approvals a WHERE a.plan_id = NEW.id AND a.decision = 'reject') THEN
        RAISE EXCEPTION 'Plan % doesn''t have the approvals that it takes.', OLD.id USING ERRCODE = 'integrity_constraint_violation';
      END IF;
    END IF;
  ELSIF NEW.auto_approval IS DISTINCT FROM OLD.auto_approval THEN
    RAISE EXCEPTION 'Plan % was not approved by a rule.', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER remediation_plans_guard BEFORE INSERT OR UPDATE ON remediation_plans
  FOR EACH ROW EXECUTE FUNCTION guard_remediation_plan();
--> statement-breakpoint
CREATE TRIGGER remediation_plans_kept BEFORE DELETE ON remediation_plans
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER remediation_approvals_kept BEFORE UPDATE OR DELETE ON remediation_approvals
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER remediation_events_kept BEFORE UPDATE OR DELETE ON remediation_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A before-image that was stored is what the way back leads to: nobody writes another over it.
CREATE FUNCTION keep_before_image() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.before IS NOT NULL AND NEW.before IS DISTINCT FROM OLD.before THEN
    RAISE EXCEPTION 'The before-image of step % is kept.', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER remediation_steps_before BEFORE UPDATE ON remediation_steps
  FOR EACH ROW EXECUTE FUNCTION keep_before_image();
