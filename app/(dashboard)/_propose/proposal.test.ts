import { expect, test } from "vitest";
import type { FindingRow } from "#db/findings/model.ts";
import type { FindingFix, PlaybookView } from "#db/remediation/model.ts";
import { arrangeProposal } from "./proposal.ts";

const finding = (
  id: string,
  checkId: string,
  resource: string,
  more: Partial<FindingRow> = {},
): FindingRow => ({
  ...{ id, checkId, severity: "high", status: "open", state: "new", source: "parapet", reason: `${id}!` },
  account: { id: "acc", name: "prod", cloud: "aws", disabled: false },
  ...{
    service: "s3",
    region: "us-east-1",
    resource: { id: resource, name: resource, uid: `arn:${resource}` },
  },
  ...{ assignee: null, owner: "", openedAt: "2026-01-01T00:00:00Z", dueAt: null, resolvedAt: null },
  ...{ suppressedUntil: null, acceptanceAsked: false, reopened: 0, unverifiedSince: null, revision: 1 },
  ...more,
});

const playbook = (id: string, fixes: string[]): PlaybookView => ({
  ...{ id, title: `Do ${id}`, description: "It does so.", category: "exposure", clouds: ["aws"] },
  ...{ severity: "high", fixes, parameters: {}, prerequisites: [], risk: "low", approvals: 1 },
  ...{ irreversible: [], leftToPeople: [], actions: [], source: "built_in", version: 1, hash: "h" },
  ...{ openFindings: 0, permissions: [], createdBy: null, createdAt: null },
});

const fix = (state: FindingFix["state"]): FindingFix => ({
  ...{ id: "pln_1", playbook: "A", title: "Do A", state, targetState: "waiting" },
  ...{ requestedBy: { id: "u", name: "Ana" }, requestedAt: "2026-01-01T00:00:00Z", expiresAt: null },
});

const arrange = (
  rows: FindingRow[],
  playbooks: PlaybookView[],
  fixes: [string, FindingFix][] = [],
  maxResources = 25,
) =>
  arrangeProposal({
    ...{ rows, playbooks, maxResources, freeze: null },
    fixes: new Map(fixes),
    titleOf: (checkId) => `Title of ${checkId}`,
    kindOf: () => "aws.s3.bucket",
  });

test("the playbook that fixes most comes first, and says what it leaves to others", () => {
  const rows = [
    finding("f1", "c1", "r1"),
    finding("f2", "c2", "r2"),
    finding("f3", "c2", "r3"),
    finding("f4", "c9", "r4"),
  ];
  const { options, unfixable } = arrange(rows, [playbook("A", ["c1"]), playbook("B", ["c2"])]);
  expect(
    options.map(({ playbook: { id }, taken, resources, others }) => ({
      id,
      taken: taken.map((f) => f.id),
      resources,
      others,
    })),
  ).toEqual([
    {
      ...{ id: "B", taken: ["f2", "f3"], resources: 2 },
      others: [
        { findings: 1, title: "Title of c1", why: "other_playbook", playbooks: ["Do A"] },
        { findings: 1, title: "Title of c9", why: "no_playbook" },
      ],
    },
    {
      ...{ id: "A", taken: ["f1"], resources: 1 },
      others: [
        { findings: 2, title: "Title of c2", why: "other_playbook", playbooks: ["Do B"] },
        { findings: 1, title: "Title of c9", why: "no_playbook" },
      ],
    },
  ]);
  expect(unfixable).toEqual([]);
});

test("another tool's, resolved ones and those with a plan under way are left out; a plan that ended is in nobody's way", () => {
  const rows = [
    finding("f1", "c1", "r1", { source: "prowler" }),
    finding("f2", "c1", "r2", { status: "resolved", state: "resolved" }),
    finding("f3", "c1", "r3"),
    finding("f4", "c1", "r4"),
  ];
  const proposal = arrange(
    rows,
    [playbook("A", ["c1"])],
    [
      ["f3", fix("awaiting_approval")],
      ["f4", fix("rolled_back")],
    ],
  );
  expect(proposal.options.map(({ taken, others }) => ({ taken: taken.map(({ id }) => id), others }))).toEqual(
    [
      {
        taken: ["f4"],
        others: [
          { findings: 1, title: "Title of c1", why: "imported" },
          { findings: 1, title: "Title of c1", why: "resolved" },
          { findings: 1, title: "Title of c1", why: "under_way", planId: "pln_1" },
        ],
      },
    ],
  );
});

test("a plan takes the first resources up to the limit, with all of their findings", () => {
  const rows = [
    finding("f1", "c1", "r1"),
    finding("f2", "c1", "r2"),
    finding("f3", "c1", "r3"),
    finding("f4", "c2", "r1"),
  ];
  const [option] = arrange(rows, [playbook("A", ["c1", "c2"])], [], 2).options;
  expect(
    option && { taken: option.taken.map(({ id }) => id), resources: option.resources, beyond: option.beyond },
  ).toEqual({
    ...{ taken: ["f1", "f2", "f4"], resources: 2, beyond: { findings: 1, resources: 1 } },
  });
});

test("where nothing fixes any, all of them say why", () => {
  const { options, unfixable } = arrange([finding("f1", "c1", "r1"), finding("f2", "c1", "r2")], []);
  expect({ options, unfixable }).toEqual({
    options: [],
    unfixable: [{ findings: 2, title: "Title of c1", why: "no_playbook" }],
  });
});
