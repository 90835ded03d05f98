"use client";
import { useEffect, useId, useRef, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import type { AlertRuleView } from "#db/audit/alert-model.ts";
import { MatchFields } from "../../_match/match-fields.tsx";
import { SecretOnce } from "../../_match/secret-once.tsx";
import { changeAlertRuleAction, createAlertRuleAction } from "../actions.ts";
import { ruleDraftOf, ruleInputOf } from "../rule-draft.ts";
import type { RuleChoices } from "./channel-fields.tsx";
import { Channels } from "./channels.tsx";

const numbers = [
  { name: "threshold", label: "So many acts", hint: "1 to 100,000" },
  { name: "windowMinutes", label: "Within minutes", hint: "At most a week: 10,080" },
  { name: "cooldownMinutes", label: "Then silent for minutes", hint: "Counts on meanwhile" },
] as const;

const results = ["failed", "refused"] as const;

/** Makes or changes a rule; the secrets of its new webhooks are shown once. */
export function RuleDialog({
  rule,
  choices,
  onClose,
}: {
  rule: AlertRuleView | null;
  choices: RuleChoices;
  onClose: () => void;
}) {
  const id = useId();
  const [draft, setDraft] = useState(() => ruleDraftOf(rule));
  const [secrets, setSecrets] = useState<string[]>([]);
  const [problem, setProblem] = useState<{ message: string; fields: Readonly<Record<string, string>> }>();
  const [pending, start] = useTransition();
  const problems = problem?.fields ?? {};
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The form is longer than the dialog: what is marked may be out of sight.
    if (problem) form.current?.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
  }, [problem]);
  const save = () =>
    start(async () => {
      const input = ruleInputOf(draft);
      const result = rule
        ? await changeAlertRuleAction({ ...input, ruleId: rule.id, revision: rule.revision })
        : await createAlertRuleAction(input);
      if (!result.ok) return setProblem(result);
      const made = Object.values(result.value.secrets);
      if (made.length > 0) setSecrets(made);
      else onClose();
    });
  if (secrets.length > 0) {
    return (
      <Dialog
        wide
        open
        onClose={onClose}
        title="Copy the secret now"
        footer={
          <Button look="primary" onClick={onClose}>
            I have copied it
          </Button>
        }
      >
        <div className="grid gap-6">
          {secrets.map((secret, at) => (
            <SecretOnce
              key={secret}
              secret={secret}
              {...(secrets.length > 1 ? { label: `Webhook ${at + 1}` } : {})}
            />
          ))}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      wide
      open
      onClose={onClose}
      title={rule ? "Change the rule" : "New alert rule"}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" form={`${id}form`} aria-disabled={pending}>
            {pending ? "Saving…" : "Save the rule"}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={`${id}form`}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) save();
        }}
      >
        <Field label="Name" htmlFor={`${id}name`} problem={problems.name}>
          <Input
            id={`${id}name`}
            data-autofocus
            value={draft.name}
            maxLength={80}
            autoComplete="off"
            placeholder="Many refusals"
            aria-invalid={problems.name ? true : undefined}
            onChange={({ target }) => setDraft({ ...draft, name: target.value })}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-3">
          {numbers.map(({ name, label, hint }) => (
            <Field key={name} label={label} htmlFor={`${id}${name}`} hint={hint} problem={problems[name]}>
              <Input
                id={`${id}${name}`}
                inputMode="numeric"
                value={draft[name]}
                maxLength={6}
                autoComplete="off"
                aria-invalid={problems[name] ? true : undefined}
                onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
              />
            </Field>
          ))}
        </div>
        <MatchFields
          draft={draft.match}
          onChange={(match) => setDraft({ ...draft, match })}
          results={results}
          problems={problems}
          path="match"
        />
        <Channels
          channels={draft.channels}
          onChange={(channels) => setDraft({ ...draft, channels })}
          choices={choices}
          problems={problems}
        />
        {problem ? (
          <p role="alert" className="text-13 text-pretty text-danger">
            {Object.keys(problems).length > 0
              ? "Nothing was saved: look at what is marked."
              : visibleText(problem.message)}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
