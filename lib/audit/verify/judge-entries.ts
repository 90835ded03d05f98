import type { Found } from "./judge-batches.ts";
import type { Mismatch, Unproven } from "./part.ts";
import type { Problem } from "./problem.ts";

/** Names what is wrong with rows, one by one. Those of batches that were rewritten are named with their batch. */
export function judgeEntries(found: Found): Problem[] {
  const broken = new Set(found.faults.filter(({ fault }) => fault !== "key").map(({ n }) => n));
  return [
    ...judgeMismatches(found.mismatches, broken),
    ...judgeUnproven(found.unproven, broken),
    ...found.twice
      .filter(({ batch }) => !broken.has(batch))
      .map(
        ({ position, batch, id }): Problem => ({
          ...{ kind: "inserted", position, batch },
          detail: `The row ${id} is sealed a second time here.`,
        }),
      ),
  ];
}

function judgeMismatches(mismatches: readonly Mismatch[], broken: ReadonlySet<number>): Problem[] {
  const problems: Problem[] = [];
  const sealed = new Map(mismatches.map((each) => [each.sealed, each]));
  for (const each of mismatches) {
    const { position, batch, entryId, leaf } = each;
    const place = { position, batch, ...(entryId === "" ? {} : { entryId }) };
    const from = leaf === null ? undefined : sealed.get(leaf);
    // Where its batch was rewritten, what was done to it is told with the batch.
    if (broken.has(batch) && (each.genuine || !from)) continue;
    if (from) {
      problems.push({
        ...{ kind: "reordered", ...place },
        detail: `The entry that stands here was sealed at position ${from.position}.`,
      });
    } else if (each.genuine) {
      problems.push({
        ...{ kind: "changed", ...place },
        detail: "Another entry, which Parapet did write, stands in place of the one that was sealed here.",
      });
    } else {
      problems.push({
        ...{ kind: "changed", ...place },
        detail:
          leaf === null
            ? "The entry holds what no entry of Parapet's says."
            : "The entry says something else than what was sealed.",
      });
    }
  }
  return problems;
}

function judgeUnproven(unproven: readonly Unproven[], broken: ReadonlySet<number>): Problem[] {
  const problems: Problem[] = [];
  const byKey = new Map<string, Unproven[]>();
  for (const each of unproven) {
    const { position, batch, entryId, why, keyId } = each;
    const place = { position, batch, entryId };
    if (why === "key") {
      const others = byKey.get(keyId ?? "") ?? [];
      byKey.set(keyId ?? "", [...others, each]);
    } else if (why === "leaf") {
      problems.push({
        ...{ kind: "changed", ...place },
        detail: "The hash stored beside the entry was changed; what it says is what was sealed.",
      });
    } else if (!broken.has(batch)) {
      problems.push({
        ...{ kind: "inserted", ...place },
        detail:
          why === "no_mac"
            ? "Parapet didn't write this entry: it has no HMAC."
            : "Parapet didn't write this entry, or its HMAC was changed since: it isn't one of any key of the trail.",
      });
    }
  }
  for (const [keyId, entries] of byKey) {
    problems.push({
      ...{ kind: "key_missing", position: Math.min(...entries.map(({ position }) => position)) },
      ...{ count: entries.length, of: keyId },
      detail: `${entries.length} entries were written under the key ${keyId}, which PARAPET_AUDIT_KEYS lacks.`,
    });
  }
  return problems;
}
