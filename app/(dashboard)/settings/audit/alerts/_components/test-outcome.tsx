"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ChannelTest } from "#lib/audit/alerts/verbs/test-alert-rule.ts";
import { channelWords } from "../alert-words.ts";

/** Whom a test reached, and why not the others. */
export function TestOutcome({
  tests,
  people,
  onClose,
}: {
  tests: readonly ChannelTest[] | null;
  people: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const nameOf = ({ kind, to }: ChannelTest) =>
    kind === "email" ? (people.find(({ id }) => id === to)?.name ?? to) : to;
  return (
    <Dialog
      open={tests !== null}
      onClose={onClose}
      title={
        tests?.every(({ told }) => told) ? "The test reached everyone" : "The test did not reach everyone"
      }
      footer={
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <ul className="grid gap-3">
        {(tests ?? []).map((test) => (
          <li key={`${test.kind}${test.to}`} className="text-14">
            <span className="flex flex-wrap justify-between gap-x-4">
              <span className="min-w-0 break-words">
                <span className="text-ink-faint">{channelWords[test.kind]} </span>
                <Untrusted text={nameOf(test)} limit={100} />
              </span>
              <span className={test.told ? "text-ink-soft" : "text-danger"}>
                {test.told ? "reached" : "not reached"}
              </span>
            </span>
            {test.error ? (
              <span className="block text-13 text-pretty break-words text-ink-soft">
                <Untrusted text={test.error} limit={400} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
