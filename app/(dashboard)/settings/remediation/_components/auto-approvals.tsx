"use client";
import { useId, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Field, Select } from "#components/ui/field.tsx";
import { SeverityMark, severityWords } from "#components/ui/severity-mark.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { AutoApproval } from "#db/remediation/model.ts";
import type { Severity } from "#lib/checks/model.ts";
import { allowAutoApprovalAction, withdrawAutoApprovalAction } from "../actions.ts";
import type { AccountChoice } from "./change-windows.tsx";

const order = ["critical", "high", "medium", "low", "info"] as const satisfies readonly Severity[];
type PlaybookChoice = { id: string; title: string };

/** Standing approvals: which playbook, in which account, for findings of which severity. */
export function AutoApprovals({
  rules,
  playbooks,
  titles,
  accounts,
  may,
  now,
}: {
  rules: readonly AutoApproval[];
  /** Those that a rule may be made for. */
  playbooks: readonly PlaybookChoice[];
  /** Of every playbook, by id. */
  titles: Readonly<Record<string, string>>;
  accounts: readonly AccountChoice[];
  may: boolean;
  now: string;
}) {
  const [adding, setAdding] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();
  const withdraw = (ruleId: string) =>
    start(async () => {
      const result = await withdrawAutoApprovalAction(ruleId);
      setRefusal(result.ok ? undefined : result.message);
    });
  return (
    <div className="max-w-3xl">
      {rules.length === 0 ? (
        <p className="border-y border-line py-4 text-14 text-pretty text-ink-soft">
          Off: somebody decides on every plan.
        </p>
      ) : (
        <ul className="border-t border-line">
          {rules.map((rule) => (
            <li
              key={rule.id}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="text-14 font-[540]">
                  <Untrusted text={titles[rule.playbook] ?? rule.playbook} limit={120} />
                </p>
                <p className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-13 text-ink-soft">
                  <SeverityMark severity={rule.severity} />
                  <Untrusted text={rule.account.name} limit={100} />
                  <span className="text-ink-faint">
                    by <Untrusted text={rule.createdBy.name} limit={80} />,{" "}
                    <Time at={rule.createdAt} now={now} />
                  </span>
                </p>
              </div>
              {may ? (
                <Button
                  size="sm"
                  look="plain"
                  aria-disabled={pending}
                  aria-label={`Withdraw the rule for ${titles[rule.playbook] ?? rule.playbook} in ${rule.account.name}`}
                  onClick={() => pending || withdraw(rule.id)}
                >
                  Withdraw
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {refusal ? (
        <p role="alert" className="mt-3 text-13 text-danger">
          {visibleText(refusal)}
        </p>
      ) : null}
      {may && playbooks.length > 0 && accounts.length > 0 ? (
        <Button className="mt-4" onClick={() => setAdding(true)}>
          Add a rule
        </Button>
      ) : may ? (
        <p className="mt-3 text-13 text-pretty text-ink-faint">
          There is no playbook of low risk that can be rolled back wholly, so there is nothing to make a rule
          for.
        </p>
      ) : null}
      {adding ? (
        <RuleDialog playbooks={playbooks} accounts={accounts} onClose={() => setAdding(false)} />
      ) : null}
    </div>
  );
}

function RuleDialog({
  playbooks,
  accounts,
  onClose,
}: {
  playbooks: readonly PlaybookChoice[];
  accounts: readonly AccountChoice[];
  onClose: () => void;
}) {
  const id = useId();
  const [playbook, setPlaybook] = useState(playbooks[0]?.id ?? "");
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? "");
  const [severity, setSeverity] = useState<Severity>("low");
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();
  const save = () =>
    start(async () => {
      const result = await allowAutoApprovalAction({ playbook, accountId, severity });
      if (result.ok) onClose();
      else setRefusal(result.message);
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title="Approve automatically"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={`${id}form`} aria-disabled={pending}>
            {pending ? "Adding…" : "Add the rule"}
          </Button>
        </>
      }
    >
      <form
        id={`${id}form`}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) save();
        }}
      >
        <Notice>
          Plans that fit begin without anybody's decision, within limits, change windows and freeze. The trail
          names this rule.
        </Notice>
        <Field label="Playbook" htmlFor={`${id}playbook`}>
          <Select
            id={`${id}playbook`}
            data-autofocus
            className="h-9 text-14 max-sm:h-10"
            value={playbook}
            onChange={({ target }) => setPlaybook(target.value)}
          >
            {playbooks.map((each) => (
              <option key={each.id} value={each.id}>
                {visibleText(each.title)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="In the account" htmlFor={`${id}account`}>
          <Select
            id={`${id}account`}
            className="h-9 text-14 max-sm:h-10"
            value={accountId}
            onChange={({ target }) => setAccountId(target.value)}
          >
            {accounts.map((account) => (
              <option key={account.id} value={account.id}>
                {visibleText(account.name)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="For findings of severity"
          htmlFor={`${id}severity`}
          hint="Exactly this one. A plan with a finding of another waits for a decision."
        >
          <Select
            id={`${id}severity`}
            className="h-9 text-14 max-sm:h-10"
            value={severity}
            onChange={({ target }) => setSeverity(order.find((each) => each === target.value) ?? "low")}
          >
            {order.map((each) => (
              <option key={each} value={each}>
                {severityWords[each]}
              </option>
            ))}
          </Select>
        </Field>
        {refusal ? (
          <p role="alert" className="text-13 text-pretty text-danger">
            {visibleText(refusal)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
