"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { cloudName } from "#components/findings/service-names.ts";
import { Button } from "#components/ui/button.tsx";
import { ChoiceCards } from "#components/ui/choice-cards.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { SourceView } from "#db/accounts/source-queries.ts";
import { type Cloud, clouds } from "#lib/inventory/model.ts";
import { ConnectionFields } from "../../_connection/connection-fields.tsx";
import { draftOf, emptyDraft } from "../../_connection/draft.ts";
import { type ScheduleDraft, ScheduleFields } from "../../_connection/schedule-fields.tsx";
import { Step } from "../../_connection/step.tsx";
import { useConnectionForm } from "../../_connection/use-connection-form.ts";
import { connectSourceAction, editSourceAction } from "../actions.ts";
import { type MembersDraft, MembersFields } from "./members-fields.tsx";
import { TemplateFields, templateDraftOf, templateOf } from "./template-fields.tsx";

const ownFields = [
  "name",
  "environment",
  "schedule",
  "scanSchedule",
  "scheduleTimeZone",
  "template.roleName",
  "template.externalId",
  "template.accountName",
];
const texts: Readonly<Record<Cloud, string>> = {
  aws: "AWS Organizations lists its accounts.",
  azure: "The subscriptions that a service principal can see.",
  gcp: "The projects that an identity can see.",
};

/** Connects an organisation, or changes one: how it is asked, how its members are reached, what becomes of new ones. */
export function SourceForm({
  source,
  environments,
}: {
  source: SourceView | null;
  environments: readonly string[];
}) {
  const router = useRouter();
  const [chosen, setChosen] = useState<Cloud | undefined>(source?.cloud);
  const cloud = chosen ?? "aws";
  const [name, setName] = useState(source?.name ?? "");
  const [template, setTemplate] = useState(() => templateDraftOf(cloud, source?.template ?? null));
  const [members, setMembers] = useState<MembersDraft>({
    autoConnect: source?.autoConnect ?? false,
    environment: source?.environment ?? "",
    scanSchedule: source ? source.scanSchedule : "0 3 * * *",
  });
  const [schedule, setSchedule] = useState<ScheduleDraft>({
    schedule: source ? source.schedule : "17 5 * * *",
    timeZone: source?.scheduleTimeZone ?? "UTC",
  });
  const [saving, start] = useTransition();
  const form = useConnectionForm(
    {
      ...{ cloud, level: "account" as const, externalId: null },
      before: source?.connection,
      storedSecrets: source?.secrets ?? [],
    },
    source ? draftOf(cloud, source.connection) : emptyDraft(cloud),
  );
  const { problems } = form;
  const isNew = source === null;
  useEffect(() => {
    if (isNew)
      setSchedule((before) => ({ ...before, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }));
  }, [isNew]);

  const save = () =>
    start(async () => {
      const shared = {
        ...{ name: name.trim(), autoConnect: members.autoConnect, scanSchedule: members.scanSchedule },
        environment: members.environment.trim() || null,
        template: templateOf(template, source?.template ?? null),
        schedule: schedule.schedule,
        scheduleTimeZone: schedule.timeZone,
      };
      const answer = source
        ? await editSourceAction({
            ...{ sourceId: source.id, revision: source.revision, ...shared },
            ...(form.isChanged ? { connection: form.connection, secrets: form.secrets } : {}),
          })
        : await connectSourceAction({ ...shared, cloud, connection: form.connection, secrets: form.secrets });
      if (!answer.ok) return form.refuse(answer, ownFields);
      router.push(`/settings/organisations/${answer.value.sourceId}`);
      router.refresh();
    });
  const submit = () => {
    const lacking = {
      ...(name.trim() ? {} : { name: "Fill this in." }),
      ...(template.type === "role" && !template.roleName.trim()
        ? { "template.roleName": "Fill this in." }
        : {}),
    };
    if (!saving && form.check(lacking)) save();
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
      {source ? null : (
        <Step number={1} title="Which cloud">
          <ChoiceCards
            legend="Cloud"
            name="cloud"
            columns={3}
            chosen={chosen}
            onChoose={(next) => {
              setChosen(next);
              setTemplate(templateDraftOf(next, null));
              form.reset(emptyDraft(next));
            }}
            choices={clouds.map((each) => ({ value: each, title: cloudName(each), text: texts[each] }))}
          />
        </Step>
      )}
      {chosen ? (
        <>
          <Step number={2} title="How Parapet asks it for its members">
            <ConnectionFields
              cloud={cloud}
              draft={form.draft}
              onChange={form.setDraft}
              problems={problems}
              storedSecrets={form.storedSecrets}
            />
          </Step>
          <Step number={3} title="How Parapet gets into the members">
            <TemplateFields cloud={cloud} draft={template} onChange={setTemplate} problems={problems} />
          </Step>
          <Step number={4} title="What to call it, and when to look">
            <Field label="Name" htmlFor="source-name" problem={problems.name}>
              <Input
                id="source-name"
                value={name}
                maxLength={100}
                autoComplete="off"
                aria-invalid={problems.name !== undefined}
                onChange={({ target }) => setName(target.value)}
              />
            </Field>
            <ScheduleFields
              label="Look for members"
              id="source-schedule"
              draft={schedule}
              onChange={setSchedule}
              problem={problems.schedule}
              timeZoneProblem={problems.scheduleTimeZone}
            />
            <MembersFields
              draft={members}
              onChange={setMembers}
              problems={problems}
              environments={environments}
            />
          </Step>
          {form.refusal ? (
            <p role="alert" className="rounded bg-critical-soft px-3 py-2.5 text-14">
              {form.refusal}
            </p>
          ) : null}
          <div className="flex flex-wrap gap-2 border-t border-line pt-5">
            <Button type="submit" look="primary" aria-disabled={saving}>
              {saving ? "Saving…" : source ? "Save" : "Connect and look for members"}
            </Button>
          </div>
        </>
      ) : null}
    </form>
  );
}
