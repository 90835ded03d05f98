import { relativeTime } from "#components/ui/relative-time.ts";
import type { AuditIntegrity, VerificationView } from "#db/audit/model.ts";

type Verification = AuditIntegrity["verification"];

/** The verification that ended last, whatever its extent. */
export function newestVerification({ all, tail }: Verification): VerificationView | null {
  if (!all || !tail) return all ?? tail;
  return all.endedAt > tail.endedAt ? all : tail;
}

/** Positions below this were found as they should be; null where none was verified so. */
export function verifiedBelow({ all, tail }: Verification): number | null {
  const ends = [all, tail].flatMap((each) => (each?.ok ? [each.to] : []));
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** How many things are known to be wrong; what both verifications name counts once. */
export function countProblems({ all, tail }: Verification): number {
  const problems = [all, tail].flatMap((each) => (each && !each.ok ? each.problems : []));
  return new Set(problems.map(({ kind, position, detail }) => `${kind}|${position ?? ""}|${detail}`)).size;
}

/** The state of the trail in a line; `now` is ISO 8601. */
export function sayIntegrity(integrity: Omit<AuditIntegrity, "reasons" | "batches">, now: string): string {
  const { state, sealed, pending, verification } = integrity;
  const newest = newestVerification(verification);
  const to = sealed > 0 ? `Sealed to #${(sealed - 1).toLocaleString("en")}` : "Nothing is sealed yet";
  if (state === "broken") {
    const count = countProblems(verification);
    return count === 1 ? "Something in the trail is wrong" : `${count} things in the trail are wrong`;
  }
  if (state === "behind" && pending.count > 0) {
    return `${pending.count.toLocaleString("en")}${pending.atLeast ? " or more" : ""} not sealed yet`;
  }
  if (newest?.ok)
    return `${to}, verified ${relativeTime(newest.endedAt, now > newest.endedAt ? now : newest.endedAt)}`;
  return sealed > 0 ? `${to}, not verified yet` : to;
}
