"use client";
import type { Route } from "next";
import Link from "next/link";
import { IntegrityMark } from "#components/audit/integrity-mark.tsx";
import { cx } from "#components/ui/class-names.ts";
import type { IntegrityState } from "#db/audit/model.ts";
import type { Status } from "./status.ts";
import { useStatus } from "./use-status.ts";

const words: Readonly<Record<IntegrityState, string>> = {
  sound: "Trail sealed",
  unproven: "Trail not verified",
  behind: "Trail not sealed",
  broken: "Trail broken",
};

/** Whether the audit trail holds: a quiet shield while it does, in words as soon as it doesn't. */
export function TrailLamp({ initial }: { initial: Status }) {
  const { trail } = useStatus(initial);
  if (!trail) return null;
  const { state, sealed } = trail;
  return (
    <Link
      href={"/audit/integrity" as Route}
      prefetch={false}
      title={sealed > 0 ? `${words[state]}: ${sealed.toLocaleString("en")} entries` : words[state]}
      className={cx(
        "flex h-8 items-center gap-2 rounded px-2 text-13 transition-colors duration-120 hover:bg-hover max-sm:h-10",
        state === "broken" ? "font-[540] text-danger" : "text-ink-soft hover:text-ink",
        // There is room for one lamp on a phone, unless this one is lit.
        state === "sound" && "max-sm:hidden",
      )}
    >
      <IntegrityMark state={state} />
      <span className={cx("whitespace-nowrap", state === "broken" ? "max-sm:sr-only" : "max-xl:sr-only")}>
        {words[state]}
      </span>
    </Link>
  );
}
