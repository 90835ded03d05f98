import { Untrusted } from "#components/ui/untrusted.tsx";
import { actOf, type Said } from "./sentence.ts";

/** Who did what, in one sentence. Names in it came from people and clouds. */
export function EntrySentence({
  entry,
  limit = 300,
}: {
  entry: Said & { actor: NonNullable<Said["actor"]> };
  limit?: number;
}) {
  const { actor } = entry;
  return (
    <>
      <span className="font-[540]">
        {actor.kind === "user" ? (
          <Untrusted text={actor.name} limit={80} />
        ) : (
          <Untrusted text={`Parapet (${actor.name})`} limit={80} />
        )}
      </span>{" "}
      <span className="text-ink-soft">
        <Untrusted text={actOf(entry)} limit={limit} />
      </span>
    </>
  );
}
