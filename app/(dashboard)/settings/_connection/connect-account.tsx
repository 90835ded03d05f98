"use client";
import { type ReactNode, useEffect, useState, useTransition } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { connectAccountAction } from "../accounts/actions.ts";
import { levelWord } from "../accounts/level-word.ts";
import { CloudStep } from "./cloud-step.tsx";
import { ConnectionFields } from "./connection-fields.tsx";
import { type Draft, emptyDraft } from "./draft.ts";
import { type Naming, NamingFields } from "./naming-fields.tsx";
import { type ScheduleDraft, ScheduleFields } from "./schedule-fields.tsx";
import { Step } from "./step.tsx";
import { TestPanel } from "./test-panel.tsx";
import { useConnectionForm } from "./use-connection-form.ts";

const ownFields = ["name", "environment", "externalId", "schedule", "scheduleTimeZone"];

export type RoleTemplateSlot = (about: { cloud: Cloud; level: AccountLevel; draft: Draft }) => ReactNode;

/** Leads from nothing to an account whose first scan runs: how Parapet gets in, whether it does, what to call it. */
export function ConnectAccount({
  initialCloud,
  suggestedExternalId,
  roleTemplate,
  environments,
  onConnected,
}: {
  initialCloud?: Cloud | undefined;
  /** For an AWS role's trust policy; nobody can guess it. */
  suggestedExternalId: string;
  roleTemplate: RoleTemplateSlot;
  /** Those in use, to pick from. */
  environments: readonly string[];
  onConnected: (connected: { accountId: string; scanId: string }) => void;
}) {
  const draftFor = (next: Cloud): Draft => ({
    ...emptyDraft(next),
    values: next === "aws" ? { externalId: suggestedExternalId } : {},
  });
  const [chosen, setChosen] = useState(initialCloud);
  const cloud = chosen ?? "aws";
  const [level, setLevel] = useState<AccountLevel>("account");
  const [typedId, setTypedId] = useState("");
  const [naming, setNaming] = useState<Naming>({ name: "", environment: "" });
  const [schedule, setSchedule] = useState<ScheduleDraft>({ schedule: "0 3 * * *", timeZone: "UTC" });
  const [connecting, start] = useTransition();
  const form = useConnectionForm({ cloud, level, externalId: typedId.trim() || null }, draftFor(cloud));
  const { problems, reached } = form;
  useEffect(() => {
    setSchedule((before) => ({ ...before, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }));
  }, []);

  const connect = () =>
    start(async () => {
      const externalId = form.externalId ?? reached?.externalId ?? "";
      const answer = await connectAccountAction({
        ...{ cloud, level, externalId, connection: form.connection, secrets: form.secrets },
        name: naming.name.trim() || reached?.accountName || externalId,
        environment: naming.environment.trim() || null,
        schedule: schedule.schedule,
        scheduleTimeZone: schedule.timeZone,
      });
      if (answer.ok) onConnected(answer.value);
      else form.refuse(answer, ownFields);
    });
  const submit = () => {
    if (form.testing || connecting || !form.check()) return;
    if (reached) connect();
    else form.test();
  };

  return (
    <form
      ref={form.form}
      noValidate
      className="grid max-w-3xl gap-10"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Step number={1} title="Which cloud">
        <CloudStep
          cloud={chosen}
          level={level}
          onLevel={setLevel}
          onCloud={(next) => {
            setChosen(next);
            setLevel("account");
            setTypedId("");
            form.reset(draftFor(next));
          }}
        />
      </Step>
      {chosen ? (
        <>
          <Step number={2} title="How Parapet gets in">
            <ConnectionFields
              cloud={cloud}
              draft={form.draft}
              onChange={form.setDraft}
              problems={problems}
              between={roleTemplate({ cloud, level, draft: form.draft })}
            />
            {level === "account" && form.draft.type !== "assume_role" ? (
              <Field
                label={`${levelWord(cloud)} id (optional)`}
                htmlFor="external-id"
                hint={
                  form.derivedId
                    ? "Left empty, it is the service account's own."
                    : "Left empty, it is the one that these credentials reach."
                }
                problem={problems.externalId}
              >
                <Input
                  id="external-id"
                  className="font-mono text-13"
                  value={typedId}
                  placeholder={form.derivedId}
                  spellCheck={false}
                  autoComplete="off"
                  aria-invalid={problems.externalId !== undefined}
                  onChange={({ target }) => setTypedId(target.value)}
                />
              </Field>
            ) : null}
          </Step>
          <Step number={3} title="What to call it, and when to scan it">
            <NamingFields
              naming={naming}
              onChange={setNaming}
              problems={problems}
              environments={environments}
              suggestedName={reached?.accountName ?? ""}
            />
            <ScheduleFields
              label="Scan it"
              id="account-schedule"
              draft={schedule}
              onChange={setSchedule}
              problem={problems.schedule}
              timeZoneProblem={problems.scheduleTimeZone}
            />
          </Step>
          <Step number={4} title="Test and connect">
            <TestPanel cloud={cloud} form={form} />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" look="primary" aria-disabled={form.testing || connecting}>
                {reached
                  ? connecting
                    ? "Connecting…"
                    : "Connect and scan"
                  : form.testing
                    ? "Testing…"
                    : "Test the connection"}
              </Button>
              {reached ? (
                <Button aria-disabled={form.testing} onClick={form.testing ? undefined : form.test}>
                  Test again
                </Button>
              ) : null}
              {form.result && !reached && form.externalId ? (
                <Button look="plain" aria-disabled={connecting} onClick={connecting ? undefined : connect}>
                  {connecting ? "Connecting…" : "Connect it all the same"}
                </Button>
              ) : null}
            </div>
          </Step>
        </>
      ) : null}
    </form>
  );
}
