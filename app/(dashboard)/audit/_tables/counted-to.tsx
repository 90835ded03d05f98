import { Time } from "#components/ui/time.tsx";

/** Says so where what happened last isn't in the figures yet. */
export function CountedTo({ countedTo, now }: { countedTo: string | null; now: string }) {
  if (countedTo === null) return null;
  return (
    <p className="px-4 py-3 text-12 text-ink-faint sm:px-6">
      Counted up to <Time at={countedTo} now={now > countedTo ? now : countedTo} />; what came since follows
      by itself.
    </p>
  );
}
