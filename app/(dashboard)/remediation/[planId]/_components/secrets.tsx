"use client";
import { useState, useTransition } from "react";
import { countOf, sayLeft } from "#components/remediation/plan-words.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { PlanDetail } from "#db/remediation/model.ts";
import { collectSecretAction } from "../../actions.ts";

type Secret = PlanDetail["secrets"][number];

/**
 * Secrets that the provider handed out on the way: shown once, to who asked for the plan, and gone from here after that.
 * On the page itself and not in a dialog, which a slip of the finger closes.
 */
export function Secrets({
  plan: { secrets, requestedBy },
  own,
  now,
  onDone,
}: {
  plan: PlanDetail;
  own: boolean;
  now: string;
  onDone: () => Promise<void>;
}) {
  const [shownIds, setShownIds] = useState<ReadonlySet<string>>(new Set());
  const listed = secrets.filter(
    ({ id, collectedAt, expiresAt }) =>
      shownIds.has(id) || (collectedAt === null && Date.parse(expiresAt) > Date.parse(now)),
  );
  if (listed.length === 0) return null;
  const mark = (id: string, isShown: boolean) => {
    const next = new Set(shownIds);
    if (isShown) next.add(id);
    else next.delete(id);
    setShownIds(next);
    if (!isShown) void onDone();
  };
  return (
    <section aria-labelledby="secrets" className="border-b border-line bg-surface px-4 py-4 sm:px-6">
      <h2 id="secrets" className="text-16">
        {countOf(listed.length, "new secret")} to collect
      </h2>
      <p className="mt-1 max-w-[72ch] text-14 text-pretty text-ink-soft">
        {own ? (
          "Each is shown once, and to you alone. Have the place ready where it is to be kept: after that Parapet doesn't know it any more."
        ) : (
          <>
            <Untrusted text={requestedBy.name} limit={80} />, who asked for this, can collect what was handed
            out.
          </>
        )}
      </p>
      <ul className="mt-3 grid max-w-2xl gap-2">
        {listed.map((secret) => (
          <li key={secret.id} className="rounded border border-line-strong px-3.5 py-2.5">
            {own ? (
              <Collect secret={secret} now={now} onShown={(isShown) => mark(secret.id, isShown)} />
            ) : (
              <Name secret={secret} now={now} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const Name = ({ secret, now }: { secret: Secret; now: string }) => (
  <span className="grid min-w-0 text-14">
    <Untrusted text={secret.name} limit={120} />
    <span className="text-12 text-ink-faint">destroyed in {sayLeft(secret.expiresAt, now)}</span>
  </span>
);

function Collect({
  secret,
  now,
  onShown,
}: {
  secret: Secret;
  now: string;
  onShown: (isShown: boolean) => void;
}) {
  const [value, setValue] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const collect = () =>
    start(async () => {
      const result = await collectSecretAction(secret.id);
      if (!result.ok) return setProblem(result.message);
      setProblem(undefined);
      setValue(result.value.value);
      onShown(true);
    });
  if (value !== undefined) {
    return (
      <div role="status" className="grid gap-2">
        <span className="text-14">
          <Untrusted text={secret.name} limit={120} />
        </span>
        <div className="flex items-start gap-1 rounded border border-line bg-inset py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 py-1.5 text-13 break-all whitespace-pre-wrap select-all max-sm:py-3">
            {value}
          </code>
          <CopyButton text={value} label="Copy the secret" className="size-9 max-sm:size-11" />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-13 text-pretty text-danger">
            It can't be shown again once this is hidden.
          </span>
          <Button
            className="max-sm:h-12 max-sm:w-full"
            onClick={() => {
              setValue(undefined);
              onShown(false);
            }}
          >
            I have kept it: hide it
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <Name secret={secret} now={now} />
      <Button
        className="max-sm:h-12 max-sm:w-full"
        aria-disabled={pending}
        onClick={() => (pending ? undefined : collect())}
      >
        {pending ? "Fetching it…" : "Show it, once"}
      </Button>
      {problem ? (
        <p role="alert" className="basis-full text-13 text-danger">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
