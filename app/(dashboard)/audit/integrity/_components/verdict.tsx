import { IntegrityMark } from "#components/audit/integrity-mark.tsx";
import { countProblems, verifiedBelow } from "#components/audit/integrity-words.ts";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { AuditIntegrity } from "#db/audit/model.ts";

const titles = {
  sound: "The trail is whole",
  behind: "Nothing is known to be wrong, and not all of it is proven yet",
  unproven: "The trail has not been verified yet",
} as const;

/** The answer first, in a sentence. */
export function Verdict({ integrity }: { integrity: AuditIntegrity }) {
  const { state, sealed, reasons, verification } = integrity;
  const count = countProblems(verification);
  const verified = verifiedBelow(verification) ?? 0;
  const isBroken = state === "broken";
  return (
    <section
      aria-label="Verdict"
      data-state={state}
      className={`flex gap-3.5 border-b border-line px-4 py-5 sm:px-6 ${isBroken ? "bg-critical-soft" : ""}`}
    >
      <IntegrityMark state={state} className="mt-1.5 size-5!" />
      <div className="min-w-0">
        <h2 className="text-20">
          {isBroken
            ? count === 1
              ? "Something in the trail is wrong"
              : `${count.toLocaleString("en")} things in the trail are wrong`
            : titles[state]}
        </h2>
        {isBroken && count > 0 ? (
          <p className="mt-1 max-w-[76ch] text-14 text-pretty text-ink-soft">
            Each is named below, with where it is. Whoever runs this installation should know at once; the
            anchors and archives, kept elsewhere, say what was there before.
          </p>
        ) : reasons.length > 0 ? (
          <ul className="mt-1 grid max-w-[76ch] gap-0.5 text-14 text-pretty text-ink-soft">
            {reasons.slice(0, 8).map((reason) => (
              <li key={reason}>
                <Untrusted text={reason} limit={600} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="mt-1 max-w-[76ch] text-14 text-pretty text-ink-soft">
            {verified >= sealed ? "All" : "Of"} {sealed.toLocaleString("en")} entries
            {verified >= sealed ? "" : `, ${verified.toLocaleString("en")} were verified so far: they`} say
            what they said when they were sealed, none is missing, none was put in, and the checkpoints that
            Parapet signed lead to them.
          </p>
        )}
      </div>
    </section>
  );
}
