"use client";
import { MoreHorizontal } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmByName } from "#components/ui/confirm-by-name.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { showToast } from "#components/ui/toaster.tsx";
import type { AlertRuleView } from "#db/audit/alert-model.ts";
import type { ChannelTest } from "#lib/audit/alerts/verbs/test-alert-rule.ts";
import { changeAlertRuleAction, deleteAlertRuleAction, testAlertRuleAction } from "../actions.ts";
import type { RuleChoices } from "./channel-fields.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { TestOutcome } from "./test-outcome.tsx";

/** Tries a rule's channels out, changes it, switches it, deletes it. */
export function RuleActions({ rule, choices }: { rule: AlertRuleView; choices: RuleChoices }) {
  const [opened, setOpened] = useState<"edit" | "delete" | null>(null);
  const [tests, setTests] = useState<ChannelTest[]>();
  const [pending, start] = useTransition();
  const close = () => setOpened(null);
  const test = () =>
    start(async () => {
      const result = await testAlertRuleAction(rule.id);
      if (result.ok) setTests(result.value);
      else showToast({ text: result.message, tone: "danger" });
    });
  const toggle = () =>
    start(async () => {
      const { id, revision, enabled } = rule;
      const result = await changeAlertRuleAction({ ruleId: id, revision, enabled: !enabled });
      if (!result.ok) showToast({ text: result.message, tone: "danger" });
    });
  return (
    <div className="flex items-center gap-1">
      <Button
        size="sm"
        aria-disabled={pending}
        aria-label={`Send a test of ${rule.name}`}
        onClick={() => pending || test()}
      >
        {pending ? "One moment…" : "Send a test"}
      </Button>
      <Menu label={`More about ${rule.name}`} face={<MoreHorizontal aria-hidden className="size-4" />}>
        <MenuItem onSelect={() => setOpened("edit")}>Change it</MenuItem>
        <MenuItem onSelect={toggle}>{rule.enabled ? "Switch it off" : "Switch it on"}</MenuItem>
        <MenuItem onSelect={() => setOpened("delete")}>Delete it</MenuItem>
      </Menu>
      {opened === "edit" ? <RuleDialog rule={rule} choices={choices} onClose={close} /> : null}
      <TestOutcome tests={tests ?? null} people={choices.people} onClose={() => setTests(undefined)} />
      <ConfirmByName
        open={opened === "delete"}
        onClose={close}
        name={rule.name}
        label="Type the rule's name"
        title="Delete this rule?"
        verb="Delete"
        pendingWord="Deleting…"
        onConfirm={async () => {
          const result = await deleteAlertRuleAction(rule.id);
          return result.ok ? undefined : result.message;
        }}
      >
        Nobody is told by it any more. The alerts that it raised stay listed.
      </ConfirmByName>
    </div>
  );
}
