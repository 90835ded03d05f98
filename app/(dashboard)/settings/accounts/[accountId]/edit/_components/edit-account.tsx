"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/error-state.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AccountDetail } from "#db/accounts/queries.ts";
import { ConnectionFields } from "../../../../_connection/connection-fields.tsx";
import { draftOf } from "../../../../_connection/draft.ts";
import { type Naming, NamingFields } from "../../../../_connection/naming-fields.tsx";
import { type ScheduleDraft, ScheduleFields } from "../../../../_connection/schedule-fields.tsx";
import { TestPanel } from "../../../../_connection/test-panel.tsx";
import { useConnectionForm } from "../../../../_connection/use-connection-form.ts";
import { editAccountAction } from "../../../actions.ts";

const ownFields = ["name", "environment", "regions", "schedule", "scheduleTimeZone"];

type Edited = Pick<
  AccountDetail,
  | "id"
  | "cloud"
  | "level"
  | "externalId"
  | "name"
  | "environment"
  | "regions"
  | "schedule"
  | "scheduleTimeZone"
  | "revision"
  | "connection"
  | "source"
> & { storedSecrets: string[] };

/** Changes what an account is called, when it is scanned and how it is reached; what was found in it stays. */
export function EditAccount({ account, environments }: { account: Edited; environments: readonly string[] }) {
  const router = useRouter();
  const { id, cloud, level, externalId, connection: before, storedSecrets, source, revision } = account;
  const [naming, setNaming] = useState<Naming>({
    name: account.name,
    environment: account.environment ?? "",
  });
  const [schedule, setSchedule] = useState<ScheduleDraft>({
    schedule: account.schedule,
    timeZone: account.scheduleTimeZone,
  });
  const [regions, setRegions] = useState(account.regions?.join(", ") ?? "");
  const [hasOwn, setHasOwn] = useState(source === null);
  const [saving, start] = useTransition();
  const form = useConnectionForm(
    { cloud, level, externalId, before, storedSecrets, accountId: id },
    draftOf(cloud, before),
  );
  const { problems } = form;
  const isReachChanged = hasOwn && (form.isChanged || source !== null);

  const save = () =>
    start(async () => {
      const named = regions.split(/[\s,]+/).filter(Boolean);
      const answer = await editAccountAction({
        accountId: id,
        revision,
        name: naming.name,
        environment: naming.environment.trim() || null,
        schedule: schedule.schedule,
        scheduleTimeZone: schedule.timeZone,
        ...(cloud === "aws" ? { regions: named.length > 0 ? named : null } : {}),
        ...(isReachChanged ? { connection: form.connection, secrets: form.secrets } : {}),
      });
      if (!answer.ok) return form.refuse(answer, ownFields);
      router.push(`/settings/accounts/${id}`);
      router.refresh();
    });

  return (
    <form
      ref={form.form}
      noValidate
      className="grid max-w-3xl gap-10"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving && (!isReachChanged || form.check())) save();
      }}
    >
      <section aria-labelledby="naming" className="grid gap-5">
        <h2 id="naming" className="text-16">
          Name and schedule
        </h2>
        <NamingFields naming={naming} onChange={setNaming} problems={problems} environments={environments} />
        <ScheduleFields
          label="Scan it"
          id="account-schedule"
          draft={schedule}
          onChange={setSchedule}
          problem={problems.schedule}
          timeZoneProblem={problems.scheduleTimeZone}
        />
        {cloud === "aws" ? (
          <Field
            label="Regions (optional)"
            htmlFor="account-regions"
            hint="Between commas. Left empty, every region that is enabled."
            problem={
              problems.regions ?? Object.entries(problems).find(([name]) => name.startsWith("regions."))?.[1]
            }
          >
            <Input
              id="account-regions"
              value={regions}
              className="font-mono text-13"
              spellCheck={false}
              autoComplete="off"
              placeholder="eu-west-1, eu-central-1"
              onChange={({ target }) => setRegions(target.value)}
            />
          </Field>
        ) : null}
      </section>
      <section aria-labelledby="reach" className="grid gap-5">
        <h2 id="reach" className="text-16">
          How Parapet gets in
        </h2>
        {source && !hasOwn ? (
          <Notice>
            <p>
              As <Untrusted text={source.name} limit={100} /> says, for all of its members.
            </p>
            <Button size="sm" className="mt-2.5" onClick={() => setHasOwn(true)}>
              Give it a connection of its own
            </Button>
          </Notice>
        ) : (
          <>
            <ConnectionFields
              cloud={cloud}
              draft={form.draft}
              onChange={form.setDraft}
              problems={problems}
              storedSecrets={form.storedSecrets}
            />
            <TestPanel cloud={cloud} form={form} />
            <div>
              <Button
                aria-disabled={form.testing}
                onClick={() => (form.testing || !form.check() ? undefined : form.test())}
              >
                {form.testing ? "Testing…" : "Test the connection"}
              </Button>
            </div>
          </>
        )}
      </section>
      {source && !hasOwn && form.refusal ? (
        <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14">
          {form.refusal}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2 border-t border-line pt-5">
        <Button type="submit" look="primary" aria-disabled={saving}>
          {saving ? "Saving…" : "Save"}
        </Button>
        <LinkButton href={`/settings/accounts/${id}`} look="plain">
          Leave it as it is
        </LinkButton>
      </div>
    </form>
  );
}
