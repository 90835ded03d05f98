import { expect, test } from "vitest";
import { planOf } from "#components/remediation/test-plan.ts";
import type { PlanEvent } from "#db/remediation/model.ts";
import type { PlanDocument } from "#lib/remediation/model.ts";
import { freshPath, mergeReports } from "./plan-report.ts";

const event = (id: number): PlanEvent => ({
  ...{ id, targetId: null, stepId: null, kind: "call", detail: {}, ms: null, at: "2026-03-01T12:00:00.000Z" },
});
const document: PlanDocument = {
  ...{ format: 1, playbook: { id: "P", hash: "", title: "" }, parameters: {}, targets: [] },
};
const known = { plan: planOf({ document }), events: [event(120), event(150)], now: "1" };

test("asks for what may have come since, and leaves the document out that it has", () => {
  expect(freshPath(known)).toBe(`/api/remediation/plans/pln_1/report?after=50&hash=${"a".repeat(64)}`);
  expect(freshPath({ ...known, events: [], plan: planOf({ hash: null }) })).toBe(
    "/api/remediation/plans/pln_1/report?after=0",
  );
});

test("keeps the document, takes everything else, and puts late events where they belong", () => {
  const plan = planOf({ state: "running" });
  const merged = mergeReports(known, { plan, events: [event(130), event(150)], now: "2" });
  expect(merged).toEqual({
    plan: { ...plan, document },
    events: [event(120), event(130), event(150)],
    now: "2",
  });
});

test("a document of another hash is taken", () => {
  const plan = planOf({ hash: "b".repeat(64), document: null });
  expect(mergeReports(known, { plan, events: [], now: "2" }).plan.document).toBeNull();
});
