import type { ReactNode } from "react";
import { verifiedBelow } from "#components/audit/integrity-words.ts";
import { Identifier } from "#components/ui/identifier.tsx";
import { duration } from "#components/ui/relative-time.ts";
import { Time } from "#components/ui/time.tsx";
import type { AuditIntegrity, VerificationView } from "#db/audit/model.ts";

/** How far each step of the proof has come: written, sealed, signed, verified. */
export function Standing({ integrity, now }: { integrity: AuditIntegrity; now: string }) {
  const { sealed, batches, lastSealedAt, pending, blockedBy, checkpoint, verification } = integrity;
  return (
    <dl className="grid gap-px border-b border-line bg-line sm:grid-cols-2 @5xl/page:grid-cols-4">
      <Step
        name="Waiting to be sealed"
        figure={`${pending.count.toLocaleString("en")}${pending.atLeast ? "+" : ""}`}
      >
        {pending.oldestAt ? (
          <>
            the oldest written <Ago at={pending.oldestAt} now={now} />
          </>
        ) : (
          "everything written is sealed"
        )}
        {blockedBy ? (
          <span className="block text-ink">
            A transaction{blockedBy.application ? ` of ${blockedBy.application}` : ""} has been open for{" "}
            {duration(blockedBy.sinceMs)}.
          </span>
        ) : null}
      </Step>
      <Step name="Sealed" figure={sealed.toLocaleString("en")}>
        {lastSealedAt ? (
          <>
            in {batches.toLocaleString("en")} {batches === 1 ? "batch" : "batches"}, the last{" "}
            <Ago at={lastSealedAt} now={now} />
          </>
        ) : (
          "a worker seals what was written within seconds"
        )}
      </Step>
      <Step name="Signed" figure={checkpoint ? checkpoint.size.toLocaleString("en") : "–"}>
        {checkpoint ? (
          <>
            <Ago at={checkpoint.at} now={now} />, under the key{" "}
            <span className="font-mono">{checkpoint.keyId}</span>
            <span className="mt-1 block">
              <Identifier value={checkpoint.root} what="the root" />
            </span>
          </>
        ) : (
          "a checkpoint is signed each minute"
        )}
      </Step>
      <Step name="Verified" figure={verifiedBelow(verification)?.toLocaleString("en") ?? "–"}>
        <Verified name="Everything" view={verification.all} now={now} never="verified once a day" />
        <Verified name="What is new" view={verification.tail} now={now} never="verified each minute" />
      </Step>
    </dl>
  );
}

const Ago = ({ at, now }: { at: string; now: string }) => <Time at={at} now={now > at ? now : at} />;

function Step({ name, figure, children }: { name: string; figure: string; children: ReactNode }) {
  return (
    <div className="min-w-0 bg-ground px-4 py-4 sm:px-6">
      <dt className="label-caps">{name}</dt>
      <dd className="mt-1 text-20 tracking-[-0.01em]">{figure}</dd>
      <dd className="mt-0.5 text-12 text-pretty text-ink-faint">{children}</dd>
    </div>
  );
}

function Verified({
  name,
  view,
  now,
  never,
}: {
  name: string;
  view: VerificationView | null;
  now: string;
  never: string;
}) {
  return (
    <span className="block">
      {name}:{" "}
      {view ? (
        <>
          {view.ok ? "as it should be" : <span className="font-[540] text-danger">something is wrong</span>},{" "}
          <Ago at={view.endedAt} now={now} />
        </>
      ) : (
        never
      )}
    </span>
  );
}
