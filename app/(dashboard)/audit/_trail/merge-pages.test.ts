import { describe, expect, it } from "vitest";
import type { AuditEntryView, AuditPage } from "#db/audit/model.ts";
import { mergePages } from "./merge-pages.ts";

const entry = (n: number, sealed = true): AuditEntryView => ({
  id: `ent_${n}`,
  at: new Date(n * 1_000).toISOString(),
  actor: { kind: "system", id: "scheduler", name: "scheduler", tokenId: null },
  action: "scan.start",
  object: { kind: "scan", id: `scn_${n}`, name: null },
  result: "done",
  durationMs: null,
  correlationId: "c",
  origin: null,
  before: null,
  after: null,
  sealed,
});
const page = (from: number, to: number, next: string | null): AuditPage => ({
  entries: Array.from({ length: from - to + 1 }, (_, at) => entry(from - at)),
  next,
});
const told = ({ entries, next }: AuditPage) => ({ ids: entries.map(({ id }) => id), next });

describe("mergePages", () => {
  it("puts what came since on top, and keeps where reading goes on", () => {
    expect(told(mergePages(page(5, 1, "one"), page(7, 3, "three")))).toEqual({
      ids: ["ent_7", "ent_6", "ent_5", "ent_4", "ent_3", "ent_2", "ent_1"],
      next: "one",
    });
  });

  it("takes what it has of an entry from the newest reading", () => {
    const shown = { entries: [entry(2, false), entry(1)], next: null };
    expect(mergePages(shown, page(2, 1, null))).toEqual(page(2, 1, null));
  });

  it("begins anew where so much happened that the two don't meet", () => {
    expect(told(mergePages(page(5, 1, "one"), page(20, 16, "sixteen")))).toEqual({
      ids: ["ent_20", "ent_19", "ent_18", "ent_17", "ent_16"],
      next: "sixteen",
    });
  });

  it("drops what is no longer within the stretch of time", () => {
    expect(told(mergePages(page(3, 1, null), page(4, 2, null)))).toEqual({
      ids: ["ent_4", "ent_3", "ent_2"],
      next: null,
    });
  });

  it("shows nothing where nothing is left", () => {
    expect(told(mergePages(page(3, 1, null), { entries: [], next: null }))).toEqual({ ids: [], next: null });
  });
});
