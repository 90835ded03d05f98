"use client";
import { Plus, X } from "lucide-react";
import { useId, useState, useTransition } from "react";
import { nounOf } from "#components/audit/words.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Input, Select } from "#components/ui/field.tsx";
import type { AuditPolicy } from "#db/audit/keeping.ts";
import { setAuditPolicyAction } from "../actions.ts";
import {
  draftOf,
  leastDays,
  leastMb,
  mostDays,
  mostMb,
  type PolicyDraft,
  policyOf,
  wholeNumber,
} from "../policy-draft.ts";

/** How long entries stay in the database, and how large a file of archived ones may grow. */
export function PolicyForm({
  policy,
  categories,
  may,
}: {
  policy: AuditPolicy;
  /** What entries are about so far: what stands before the dot of an action. */
  categories: readonly string[];
  may: boolean;
}) {
  const id = useId();
  const [draft, setDraft] = useState(() => draftOf(policy));
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();
  const meant = policyOf(draft);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(policy));
  const change = (next: Partial<PolicyDraft>) => {
    setDraft({ ...draft, ...next });
    setRefusal(undefined);
  };
  const setCategory = (index: number, next: Partial<PolicyDraft["categories"][number]>) =>
    change({
      categories: draft.categories.map((each, at) => (at === index ? { ...each, ...next } : each)),
    });
  const chosen = new Set(draft.categories.map(({ category }) => category));
  const left = categories.filter((category) => !chosen.has(category));
  const save = () =>
    start(async () => {
      if (!meant) return;
      const result = await setAuditPolicyAction(meant, policy.revision);
      setRefusal(result.ok ? undefined : result.message);
    });
  return (
    <form
      noValidate
      className="max-w-3xl"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending && isChanged && meant) save();
      }}
    >
      <dl className="border-t border-line">
        <Row
          id={`${id}days`}
          word="Keep entries for"
          about="Then a month that is wholly older is archived to files, and leaves the database."
          unit="days"
          value={draft.days}
          problem={
            wholeNumber(draft.days, leastDays, mostDays) === null
              ? `A whole number, ${leastDays} to 3,650.`
              : undefined
          }
          onChange={may ? (days) => change({ days }) : null}
        />
        {draft.categories.map(({ category, days }, index) => (
          <CategoryRow
            key={category}
            id={`${id}${index}`}
            category={category}
            days={days}
            least={wholeNumber(draft.days, leastDays, mostDays) ?? leastDays}
            onChange={may ? (next) => setCategory(index, { days: next }) : null}
            onRemove={() => change({ categories: draft.categories.filter((_, at) => at !== index) })}
          />
        ))}
        {may && left.length > 0 ? (
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3">
            <dt className="min-w-0 flex-1 basis-56">
              <label htmlFor={`${id}add`} className="inline-flex items-center gap-2 text-14 text-ink-soft">
                <Plus aria-hidden className="size-4" />
                Keep one kind of act longer
              </label>
            </dt>
            <dd>
              <Select
                id={`${id}add`}
                value=""
                className="h-9 w-56 text-14 max-sm:h-10"
                onChange={({ target }) => {
                  if (target.value === "") return;
                  const days = String((wholeNumber(draft.days, leastDays, mostDays) ?? 90) + 275);
                  change({ categories: [...draft.categories, { category: target.value, days }] });
                }}
              >
                <option value="">Choose a kind…</option>
                {left.map((category) => (
                  <option key={category} value={category}>
                    {nounOf(category)}
                  </option>
                ))}
              </Select>
            </dd>
          </div>
        ) : null}
        <Row
          id={`${id}mb`}
          word="Size of an archive file"
          about="Packed. What would be larger becomes several files."
          unit="MB"
          value={draft.archiveMb}
          problem={
            wholeNumber(draft.archiveMb, leastMb, mostMb) === null
              ? `A whole number, ${leastMb} to 2,000.`
              : undefined
          }
          onChange={may ? (archiveMb) => change({ archiveMb }) : null}
        />
      </dl>
      {refusal ? (
        <p role="alert" className="mt-3 text-13 text-pretty text-danger">
          {refusal}
        </p>
      ) : null}
      {may && isChanged ? (
        <div className="mt-4 flex flex-wrap gap-2">
          <Button type="submit" look="primary" disabled={meant === null} aria-disabled={pending}>
            {pending ? "Saving…" : "Save"}
          </Button>
          <Button look="plain" onClick={() => setDraft(draftOf(policy))}>
            Leave it as it was
          </Button>
        </div>
      ) : null}
    </form>
  );
}

function CategoryRow({
  id,
  category,
  days,
  least,
  onChange,
  onRemove,
}: {
  id: string;
  category: string;
  days: string;
  least: number;
  onChange: ((days: string) => void) | null;
  onRemove: () => void;
}) {
  const kept = wholeNumber(days, leastDays, mostDays);
  const problem =
    kept === null
      ? `A whole number, ${leastDays} to 3,650.`
      : kept <= least
        ? "Longer than everything else is kept."
        : undefined;
  return (
    <Row
      id={id}
      word={`Keep ${nounOf(category)} entries for`}
      about={`All acts ${category}.*`}
      unit="days"
      value={days}
      problem={problem}
      onChange={onChange}
      action={
        onChange ? (
          <IconButton label={`Keep ${nounOf(category)} entries no longer than others`} onClick={onRemove}>
            <X aria-hidden className="size-4" />
          </IconButton>
        ) : null
      }
    />
  );
}

function Row({
  id,
  word,
  about,
  unit,
  value,
  problem,
  onChange,
  action,
}: {
  id: string;
  word: string;
  about: string;
  unit: string;
  value: string;
  problem?: string | undefined;
  /** Null for who may only look. */
  onChange: ((value: string) => void) | null;
  action?: React.ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-3">
      <dt className="min-w-0 flex-1 basis-56">
        {onChange ? (
          <label htmlFor={id} className="text-14 font-[540]">
            {word}
          </label>
        ) : (
          <span className="text-14 font-[540]">{word}</span>
        )}
        <span className="mt-0.5 block text-13 text-pretty text-ink-soft">{about}</span>
        {problem ? (
          <span id={`${id}-problem`} role="alert" className="block text-13 text-danger">
            {problem}
          </span>
        ) : null}
      </dt>
      <dd className="flex items-center gap-2 text-14">
        {onChange ? (
          <span className="w-24">
            <Input
              id={id}
              inputMode="numeric"
              maxLength={5}
              value={value}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? `${id}-problem` : undefined}
              className="text-right"
              onChange={({ target }) => onChange(target.value)}
            />
          </span>
        ) : (
          <span className="font-[540]">{value}</span>
        )}
        <span className="w-10 text-ink-soft">{unit}</span>
        {action ?? (onChange ? <span aria-hidden className="w-9 max-sm:hidden" /> : null)}
      </dd>
    </div>
  );
}
