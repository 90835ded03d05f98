import type { Store } from "#db/client.ts";
import { type Commitment, replaceCommitments } from "../personal/commitment.ts";
import { revealPersonal } from "../personal/reveal.ts";
import type { BundledValues } from "./format.ts";
import type { SealedEntry } from "./sealed.ts";
import type { BundleOptions } from "./write-bundle.ts";

/**
 * Has a bundle tell the personal data that its entries commit to. Only for who may read it in the organisation's trail;
 * what was erased, and what belongs to another organisation, isn't told.
 */
export function revealInBundle(db: Store, organisationId: string): NonNullable<BundleOptions["reveal"]> {
  return async (entries) => {
    const own = entries
      .filter((entry) => entry.organisationId === organisationId)
      .map(({ position, origin, before, after, personal }) => ({
        position,
        personal,
        ...{ origin: parse(origin), before: parse(before), after: parse(after) },
      }));
    const revealed = await revealPersonal(db, organisationId, own);
    const told = new Map<number, BundledValues>();
    for (const { position, ...entry } of own) {
      const values: Record<string, { kind: string; value: string; opening: string }> = {};
      const take = ({ personal: kind, commitment }: Commitment) => {
        const found = revealed.get(commitment);
        if (found && "value" in found) values[commitment] = { kind, ...found };
      };
      replaceCommitments([entry.origin, entry.before, entry.after], take);
      if (Object.keys(values).length > 0) told.set(position, values);
    }
    return told;
  };
}

/** The text is what was hashed, and canonical JSON of an object. */
function parse(text: SealedEntry["origin"]): Record<string, unknown> | null {
  return text === null ? null : JSON.parse(text);
}
