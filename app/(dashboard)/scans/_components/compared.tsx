import Link from "next/link";
import { duration } from "#components/ui/relative-time.ts";
import { Time } from "#components/ui/time.tsx";
import type { ScanView } from "#db/scans/model.ts";

const tookMs = ({ createdAt, finishedAt }: ScanView) =>
  finishedAt ? Date.parse(finishedAt) - Date.parse(createdAt) : 0;

/** What differs from the scan before that was asked to cover the same, in one line of figures. */
export function Compared({ scan, previous, now }: { scan: ScanView; previous: ScanView; now: string }) {
  const slower = tookMs(scan) - tookMs(previous);
  const parts = [
    change(scan.resources - previous.resources, "resource"),
    change(scan.units.gap + scan.units.failed - previous.units.gap - previous.units.failed, "gap"),
    change(scan.calls - previous.calls, "call"),
    Math.abs(slower) < 1_000 ? null : `${duration(Math.abs(slower))} ${slower > 0 ? "slower" : "quicker"}`,
  ].filter((part) => part !== null);
  return (
    <p className="px-4 pt-3 text-13 text-ink-soft sm:px-6">
      Against{" "}
      <Link
        href={`/scans/${previous.id}`}
        prefetch={false}
        className="underline decoration-line-strong underline-offset-4 hover:decoration-current"
      >
        the scan <Time at={previous.createdAt} now={now} />
      </Link>
      : {parts.length > 0 ? parts.join(", ") : "as many resources, gaps and calls"}.
    </p>
  );
}

function change(by: number, one: string): string | null {
  if (by === 0) return null;
  const many = Math.abs(by).toLocaleString("en");
  return `${many} ${by > 0 ? "more" : "fewer"} ${Math.abs(by) === 1 ? one : `${one}s`}`;
}
