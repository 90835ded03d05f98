"use client";
import { usualSchedules } from "#components/accounts/say-schedule.ts";
import { Checkbox, Field, Input, Select } from "#components/ui/field.tsx";
import type { Problems } from "../../_connection/use-connection-form.ts";

/** What becomes of members that are connected from the list. */
export type MembersDraft = { autoConnect: boolean; environment: string; scanSchedule: string | null };

export function MembersFields({
  draft,
  onChange,
  problems,
  environments,
}: {
  draft: MembersDraft;
  onChange: (draft: MembersDraft) => void;
  problems: Problems;
  environments: readonly string[];
}) {
  const isUsual =
    draft.scanSchedule === null || usualSchedules.some(({ cron }) => cron === draft.scanSchedule);
  return (
    <>
      <Checkbox
        checked={draft.autoConnect}
        onChange={({ target }) => onChange({ ...draft, autoConnect: target.checked })}
      >
        <span className="text-14">Connect new members at once, without being asked</span>
      </Checkbox>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label="Their environment (optional)"
          htmlFor="members-environment"
          problem={problems.environment}
        >
          <Input
            id="members-environment"
            list="environments"
            value={draft.environment}
            maxLength={50}
            placeholder="production"
            autoComplete="off"
            onChange={({ target }) => onChange({ ...draft, environment: target.value })}
          />
          <datalist id="environments">
            {environments.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </Field>
        <Field label="Scan them" htmlFor="members-schedule" problem={problems.scanSchedule}>
          <Select
            id="members-schedule"
            className="h-9 text-14"
            value={draft.scanSchedule ?? ""}
            onChange={({ target }) => onChange({ ...draft, scanSchedule: target.value || null })}
          >
            {usualSchedules.map(({ cron, words }) => (
              <option key={cron} value={cron}>
                {words}
              </option>
            ))}
            <option value="">Only when asked</option>
            {isUsual ? null : <option value={draft.scanSchedule ?? ""}>{draft.scanSchedule}</option>}
          </Select>
        </Field>
      </div>
    </>
  );
}
